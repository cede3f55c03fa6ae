"""What every file that goes out has in common: its format, how far it has come, and what it came to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from checkin_tui.domain.errors import CheckInError

Progress = Callable[[int, int], None]
"""Told (done, of how many) now and then, in whatever unit the writer counts. What it raises ends the writing, and
nothing is left of the file: that is how somebody gives up."""


class GivenUp(Exception):
    """Whoever waited for the file does not want it any more."""


class Written(NamedTuple):
    """A file that was written. file: where. format: one of those it may have. rows: people, events, what it lists."""

    file: Path
    format: str
    rows: int


def unheard(_done: int, _total: int) -> None:
    """Nobody waits for news."""


def format_of(file: Path | None, asked: str | None, known: Sequence[str]) -> str:
    """The format asked for, else the one the file's name ends with.

    Raises CheckInError `export_format` (file, formats) where neither says it.
    """
    ending = asked or (file.suffix.removeprefix(".").lower() if file is not None else "")
    if ending == "htm":
        ending = "html"
    if ending not in known:
        raise CheckInError("export_format", file="" if file is None else str(file), formats=list(known))
    return ending
