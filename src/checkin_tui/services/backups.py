"""Backups of a file, and putting one back. None of this needs a context: the file may be damaged or gone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from checkin_tui.domain.backups import Backup, Restored, RestorePlan, Why
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.errors import CheckInError, DatabaseError
from checkin_tui.store import backups, restoring, taking_out
from checkin_tui.store.copying import Copied
from checkin_tui.store.engine import check_file, exists

_PLACES = 3
"""More digits than that are part of a name, not the place in a list."""


def back_up_today(database: Path, folder: Path, now: Millis) -> Backup | None:
    """The day's backup, at the day's first start; None when there is one, for the sample and without a program.

    Days are those of the program's zone. Raises CheckInError `backup_failed`, DatabaseError.
    """
    zone = backups.program_zone(database)
    return None if zone is None else backups.make_of_day(database, folder, now, zone)


def back_up(database: Path, folder: Path, now: Millis, target: Path | None = None) -> Backup:
    """The backup somebody asked for: into the folder, or at `target`, where nothing may be yet.

    Raises CheckInError `backup_failed`, `save_exists`, `save_folder`, `save_no_folder`, `save_database`,
    `backup_would_go`, DatabaseError.
    """
    check_file(database)
    if target is None:
        return backups.make(database, folder, Why.ASKED, now)
    return backups.save_as(database, folder, target)


def list_backups(folder: Path) -> list[Backup]:
    """The backups of a folder, newest first."""
    return backups.listed(folder)


def find_backup(database: Path, folder: Path, said: str) -> Path:
    """The file somebody means: a path, a place in the list of backups (1 is the newest), or part of one's name.

    Whether it can be restored is not looked at. Raises CheckInError `backup_unknown`, `backup_ambiguous`.
    """
    path = Path(os.path.expanduser(said))  # that of Path raises where nobody is called so
    if exists(path):
        return path
    names = [str(name) for name in backups.in_order(folder)]
    if said.isascii() and said.isdecimal() and len(said) <= _PLACES:
        if 1 <= int(said) <= len(names):
            return folder / names[int(said) - 1]
        raise CheckInError("backup_unknown", text=said, database=database)
    found = [name for name in names if said and said in name]
    if len(found) > 1:
        raise CheckInError("backup_ambiguous", text=said, names=found)
    if not found:
        if said and os.path.lexists(path):  # a folder, an empty file: reading it says what is wrong with it
            return path
        raise CheckInError("backup_unknown", text=said, database=database)
    return folder / found[0]


def plan_restore(database: Path, folder: Path, file: Path) -> RestorePlan:
    """What restoring `file` would do. Nothing is changed.

    Raises DatabaseError for a file that cannot be restored or a database that is not ours to replace, CheckInError
    `restore_itself`, `backup_open`, `backup_failed`.
    """
    database = _real(database, file)
    with backups.alone(folder), _taken_out(file, database) as (draft, copied):
        return _compared(database, file, draft, copied)


def restore(database: Path, folder: Path, file: Path, now: Millis) -> Restored:
    """Put the backup in the place of the file; what was there is kept, as a backup or, if damaged, renamed aside.

    Either all of it is done or the file is as it was. Raises as `plan_restore` does; CheckInError `backup_failed` when
    what is there cannot be kept, `restore_failed` when the file cannot be replaced.
    """
    database = _real(database, file)
    with backups.alone(folder), _taken_out(file, database) as (draft, copied):
        plan = _compared(database, file, draft, copied)
        if plan.now is None:
            program = b"" if plan.backup.contents is None else plan.backup.contents.program_uid
            aside = restoring.put_in_place(database, draft, now, backups.generations_in(folder, program))
            return Restored(plan, None if aside is None else str(aside))
        kept: list[Backup] = []

        def keep() -> None:
            kept.append(backups.make_alone(database, folder, Why.RESTORE, now, file.name))

        restoring.exchange(database, draft, keep)
        return Restored(plan, kept[0].file)


@contextmanager
def _taken_out(file: Path, database: Path) -> Iterator[tuple[Path, Copied]]:
    """As `taking_out.taken_out`; what is wrong with the backup says that it is one, and whose (`as_backup`)."""
    try:
        with taking_out.taken_out(file, database) as taken:
            yield taken
    except DatabaseError as error:
        if error.values.get("path") == file:
            error.values |= {"as_backup": True, "database": database}
        raise


def _real(database: Path, file: Path) -> Path:
    """The file itself, not a link to it. Raises CheckInError `restore_itself`."""
    database = Path(os.path.realpath(database))
    if exists(database) and exists(file) and database.samefile(file):
        raise CheckInError("restore_itself", path=str(file))
    return database


def _compared(database: Path, file: Path, draft: Path, copied: Copied) -> RestorePlan:
    now, damaged = None, False
    try:
        now = restoring.state_of(database)
    except DatabaseError as error:
        if error.code != "db_damaged":
            raise
        damaged = True
    kept = copied.contents
    assert kept is not None, "its revision is that of this code"
    return RestorePlan(
        backup=backups.described(file)._replace(contents=kept, rows=sum(copied.rows.values())),
        now=now,
        since=None if now is None else restoring.since(database, draft),
        damaged=damaged,
        wrong=restoring.wrong_rows(draft),
        same_program=now is None or now.program_uid in (b"", kept.program_uid),
    )
