"""What `checkin doctor` finds, and the rules by which a finding is fine, a warning or a problem."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final, NamedTuple

from checkin_tui.domain.clock import MINUTE, Millis

DAY: Final[Millis] = 24 * 60 * MINUTE
SPACE_NEEDED: Final = 100_000_000
"""Free bytes below which a disk is said to be nearly full; at least room for the file ten times over."""
TIMES_THE_FILE: Final = 10
SPACE_OF_A_DAY: Final = 5_000_000
"""What an afternoon writes at most, in bytes: its entries, and what is kept while they are written."""


class State(StrEnum):
    """How bad it is. A problem stands in the way of a promise; a warning may come to that."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


class Check(StrEnum):
    """What was looked at, in the order in which it is told."""

    FILE = "file"
    ACCESS = "access"
    SCHEMA = "schema"
    PAGES = "pages"
    REFERENCES = "references"
    CONTENTS = "contents"
    FIGURES = "figures"
    CLOCK = "clock"
    SQLITE = "sqlite"
    BACKUPS = "backups"
    PLACE = "place"
    SPACE = "space"
    TERMINAL = "terminal"
    STATION = "station"
    SETTINGS = "settings"


DEEP: Final = (Check.SCHEMA, Check.PAGES, Check.REFERENCES, Check.CONTENTS)
"""What only a whole backup helps against."""


class Finding(NamedTuple):
    """One check and what came of it. values: what its sentence names; a `code` is that of a refusal."""

    id: Check
    state: State
    values: Mapping[str, Any]


def clock_behind(newest: Millis | None, now: Millis) -> Millis:
    """By how much a laptop's clock is behind the newest recorded time of a file; 0 for up to a minute, and without one.

    Recorded times only ever go forward, so a clock that stepped back shows against them; so does one that was ahead
    when that was recorded. Which of the two is wrong nobody can tell from the file.
    """
    if newest is None or newest - now <= MINUTE:
        return 0
    return newest - now


def judge_clock(newest: Millis | None, now: Millis) -> Finding:
    """values: behind (ms)."""
    behind = clock_behind(newest, now)
    return Finding(Check.CLOCK, State.WARNING if behind else State.OK, {"behind": behind, "newest": newest})


def judge_space(free: int, size: int) -> Finding:
    """Whether there is room for what a day writes, its backup too (else a problem), and for more. Sizes in bytes."""
    needed, today = max(SPACE_NEEDED, TIMES_THE_FILE * size), SPACE_OF_A_DAY + size
    state = State.PROBLEM if free < today else State.WARNING if free < needed else State.OK
    return Finding(Check.SPACE, state, {"free": free, "needed": needed, "today": today})


def judge_backups(made: Millis | None, whole: bool, newest: Millis | None, *, needed: bool) -> tuple[State, str]:
    """The state, and why: `none`, `damaged`, `old` or ''.

    made, whole: of the newest backup. newest: recorded time of the file. needed: it has a program that is no sample.
    """
    if made is None:
        return (State.WARNING, "none") if needed else (State.OK, "none")
    if not whole:
        return State.PROBLEM, "damaged"
    if newest is not None and newest - made > DAY:
        return State.WARNING, "old"
    return State.OK, ""


class Repaired(NamedTuple):
    """What a repair did. changed: how many rows, of each derived table. backup: its path, if one was made."""

    changed: Mapping[str, int]
    backup: str | None
