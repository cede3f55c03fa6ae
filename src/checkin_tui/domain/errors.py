"""What the program refuses, as a stable code with the values its sentence needs. The words are made in cli and tui."""

from __future__ import annotations

from typing import Any, Final

# Codes of a refused mark, in the order in which they are looked for.
UNKNOWN: Final = "unknown"
AMBIGUOUS: Final = "ambiguous"
CLOSED: Final = "closed"
NOT_EXPECTED: Final = "not_expected"
ALREADY: Final = "already"
UNCHANGED: Final = "unchanged"
TIME: Final = "time"

MARK_CODES: Final = (UNKNOWN, AMBIGUOUS, CLOSED, NOT_EXPECTED, ALREADY, UNCHANGED, TIME)

REPLACED: Final = "db_replaced"
"""A write was made from what stood in another file: its numbers mean other people in this one."""


_WRONG: Final = frozenset(
    {"db_foreign", "db_newer", "db_older", "db_damaged", "db_empty", "db_gone", "db_left_behind", "db_url", "db_exists"}
)


class CheckInError(Exception):
    """Something was refused and nothing was changed.

    code: stable, lower case, for scripts and for the catalogue of sentences (`i18n`-made in cli and tui).
    values: what the sentence names (codes, keys, times as `Millis`); never shown raw.
    """

    def __init__(self, code: str, /, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    def __repr__(self) -> str:
        """The code alone: values may hold people's names, which have no place in a log."""
        return f"CheckInError({self.code!r})"


class DatabaseError(CheckInError):
    """The file cannot be used (missing folder, locked, damaged, not ours, newer, full disk)."""

    @property
    def wrong_file(self) -> bool:
        """Whether there is something that is not to be used. Otherwise it cannot be reached or is busy just now."""
        return self.code in _WRONG
