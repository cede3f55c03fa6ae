"""Backups: why one is made, what its file is called, which of them are kept, and what one holds."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final, NamedTuple

from checkin_tui.domain.clock import Millis

LAST_KEPT: Final = 10
"""The newest backups, all of which are kept; of those before them the newest of each week."""

_SECOND: Final = 1_000
_STAMP: Final = "%Y-%m-%dT%H%M%SZ"
_NAME: Final = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{6}Z)-([a-z]+)\.db", re.ASCII)


class Why(StrEnum):
    """What a backup was made before, or for."""

    DAY = "day"
    IMPORT = "import"
    MIGRATION = "migration"
    REPAIR = "repair"
    RESTORE = "restore"
    ASKED = "asked"


class BackupName(NamedTuple):
    """`2026-05-18T143000Z-day.db`: when it was made, in UTC to the second, and why. Names sort by time,

    which a wrong clock may have told: how new a backup is says `newest_first`.
    """

    made: Millis
    why: Why

    def __str__(self) -> str:
        return f"{datetime.fromtimestamp(self.made / _SECOND, UTC).strftime(_STAMP)}-{self.why.value}.db"

    @classmethod
    def parse(cls, text: str) -> BackupName | None:
        """The name that is written so and in no other way; None for anything else."""
        found = _NAME.fullmatch(text)
        if found is None:
            return None
        try:
            made = datetime.strptime(found[1], _STAMP).replace(tzinfo=UTC)
            name = cls(int(made.timestamp()) * _SECOND, Why(found[2]))
        except ValueError:
            return None
        return name if str(name) == text else None


def free_name(now: Millis, why: Why, taken: Iterable[BackupName]) -> BackupName:
    """A name for a backup made now. A second that has one already gives way to the next: no two are equally old."""
    seconds = {name.made for name in taken}
    made = now - now % _SECOND
    while made in seconds:
        made += _SECOND
    return BackupName(made, why)


class Held(NamedTuple):
    """How new a backup is by what it holds.

    program: whose it is. generation: grows whenever a backup is put in the place of the file. recorded: the newest
    recorded time in it, wall clock and counter; (0, 0) without any.
    """

    name: BackupName
    program: bytes
    generation: int
    recorded: tuple[Millis, int]


def newest_first(held: Collection[Held], unreadable: Iterable[BackupName] = ()) -> list[BackupName]:
    """The backups of one file by what they hold, then by name; those that cannot be read come last.

    Recorded times only ever go forward, whatever a clock says, but for a restore: what was made after it is newer than
    all before it. A file that was begun anew has generations of its own, so each program is put in order by itself.
    """
    latest: dict[bytes, tuple[tuple[Millis, int], BackupName]] = {}
    for one in held:
        latest[one.program] = max(latest.get(one.program, ((-1, -1), one.name)), (one.recorded, one.name))
    in_order = sorted(held, key=lambda one: (latest[one.program], *one[2:], one.name), reverse=True)
    return [*(one.name for one in in_order), *sorted(unreadable, reverse=True)]


def superfluous(in_order: Sequence[BackupName], spared: Collection[BackupName] = ()) -> list[BackupName]:
    """Which of these are not kept any more: neither one of the last ten nor the newest of its week. Oldest first.

    in_order: the newest first. A week is that of ISO 8601, from Monday, in UTC like the names. spared: kept whatever
    the rest, as the one just made is even where others hold just as much.
    """
    kept = set(in_order[:LAST_KEPT])
    weeks: set[tuple[int, int]] = set()
    for name in in_order:
        week = datetime.fromtimestamp(name.made / _SECOND, UTC).isocalendar()[:2]
        if week not in weeks:
            weeks.add(week)
            kept.add(name)
    return [name for name in reversed(in_order) if name not in kept and name not in spared]


class Contents(NamedTuple):
    """What a file holds, in the words of an organizer.

    program: its name, '' without one. program_uid: which program it is. zone: the program's. people: everybody known,
    guests too. marks: every step of the register but taking back. notes: those with a text or a notebook that was seen.
    """

    program: str = ""
    program_uid: bytes = b""
    zone: str = "UTC"
    sessions: int = 0
    people: int = 0
    marks: int = 0
    notes: int = 0


class Since(NamedTuple):
    """What a file holds that a backup does not. changes: steps that changed people, sessions or the program."""

    marks: int = 0
    notes: int = 0
    changes: int = 0


class Backup(NamedTuple):
    """One backup. file: its path. made, why: None of a file that is not named like one of ours. size: in bytes.

    contents: None of a file that cannot be read. rows: of all its tables together, where they were counted.
    """

    file: str
    made: Millis | None
    why: Why | None
    size: int
    contents: Contents | None = None
    rows: int | None = None


class RestorePlan(NamedTuple):
    """What restoring would do. now: what the file holds; None where there is none, or it is damaged (`damaged`).

    since: what would no longer be in the file; None where that cannot be told. wrong: how many derived rows of the
    backup do not follow from its events. same_program: whether both are of one program.
    """

    backup: Backup
    now: Contents | None
    since: Since | None
    damaged: bool
    wrong: int
    same_program: bool


class Restored(NamedTuple):
    """What was done. kept: the path of what was replaced; None where nothing was there."""

    plan: RestorePlan
    kept: str | None
