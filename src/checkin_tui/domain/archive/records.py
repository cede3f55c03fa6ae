"""The whole program as a file of ours: its parts, the request that brings one in, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple
from uuid import UUID

from checkin_tui.domain.attendance.events import Source
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.program import Program

FORMAT: Final = "checkin-tui program"
VERSION: Final = 1
"""Of the format. A file says which it is written in; one of a later version is refused."""
PARTS: Final = ("program", "branches", "members", "memberships", "sessions", "events", "notes", "changes", "refused")
"""In this order in every file: what refers to something stands behind it."""


class Entry(NamedTuple):
    """One record as the file has it, unchecked. row: the line of the file, or the row of the sheet."""

    part: str
    row: int
    values: Mapping[str, Any]


Entries = Callable[[], Iterator[Entry]]
"""Reads the file from its beginning, each time it is called. Raises CheckInError."""


class ImportProgram(NamedTuple):
    """Bring a whole program into a file that has none. file: the name of where it comes from, for refusals."""

    uid: UUID
    made: Millis
    file: str
    entries: Entries
    source: Source = Source.IMPORT


class Checkup(NamedTuple):
    """What is in a file that could be brought in. name: the program's. counts: how many records of each part."""

    name: str
    counts: Mapping[str, int]


class ProgramImported(NamedTuple):
    """A program came in. counts: how many records of each part."""

    uid: UUID
    program: Program
    counts: Mapping[str, int]
