"""What somebody may say about how a file is to be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from checkin_tui.domain.errors import CheckInError

FILL_FIELDS: Final = ("branch", "title", "rank", "leader", "joined", "left")
"""The fields of which a blank cell may mean: as above."""


class Choices(NamedTuple):
    """How a roster is read; whatever is left as it is here is found out.

    sheet: the one to read, the first visible by default. every_sheet: all visible ones, with the sheet's name as branch
    where the file has none. mapping: field -> header (without a header row: the number of the column, from 1); '' for a
    field that is to have no column. header_row: its 1-based number, 0 for a list without one. preset: a key of
    `PRESETS`, or `presets.NONE`. fill: the fields whose blank cells take the one above, of `FILL_FIELDS`.
    """

    sheet: str | None = None
    every_sheet: bool = False
    encoding: str | None = None
    mapping: Mapping[str, str] = {}
    header_row: int | None = None
    preset: str | None = None
    fill: frozenset[str] = frozenset()


def check_fill(fields: frozenset[str]) -> None:
    """Raises CheckInError('import_fill', field, fields) for a field that cannot be filled from above."""
    for field in sorted(fields.difference(FILL_FIELDS)):
        raise CheckInError("import_fill", field=field, fields=list(FILL_FIELDS))
