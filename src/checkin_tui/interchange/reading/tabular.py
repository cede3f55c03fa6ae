"""A table of text cells as it comes out of a file, and what every kind of workbook needs to make one."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple

from checkin_tui.domain.errors import CheckInError

AREA_LIMIT: Final = 4_000_000  # cells between the first and the last one that holds something, blank ones too
FILLED_LIMIT: Final = 1_500_000  # cells that hold something


class SheetInfo(NamedTuple):
    """A sheet of a workbook. hidden: the spreadsheet does not show it, in whatever way."""

    name: str
    hidden: bool


class Table(NamedTuple):
    """The cells as text, not yet cleaned; rows may differ in length, and empty rows inside are kept.

    source: the sheet's name, or the encoding the text was read by. first_row_number: the 1-based row of `rows[0]`.
    hidden_rows: 1-based numbers of rows with something in them that the spreadsheet does not show; they are in `rows`.
    uncomputed: cells with a formula that has no value; they are blank. The 1-based number of the row and the place in
    it, one after the other: they may be very many.
    encoding, delimiter: of a text; '' for a workbook.
    """

    rows: list[list[str]]
    source: str
    first_row_number: int
    hidden_rows: tuple[int, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    uncomputed: Sequence[int] = ()


class Merge(NamedTuple):
    """Cells merged over more than one row: the 0-based first and last row, and the column the value stands in."""

    top: int
    bottom: int
    column: int


def too_many_cells(file: str) -> CheckInError:
    """The refusal of a sheet that would not fit into the memory."""
    return CheckInError("import_too_large", file=file, limit=FILLED_LIMIT, unit="cells")


def laid_out(
    cells: Mapping[int, Mapping[int, str]],
    merges: Iterable[Merge],
    hidden: Iterable[int],
    name: str,
    file: str,
    uncomputed: Sequence[int] = (),
) -> Table:
    """The block from the first to the last cell that holds something; cells: row -> column -> text, 0-based.

    uncomputed: row and column of formulas without a value, one after the other, 0-based.

    Raises CheckInError: import_empty, import_too_large.
    """
    if not cells:
        raise CheckInError("import_empty", file=file)
    top, bottom = min(cells), max(cells)
    left, right = min(map(min, cells.values())), max(map(max, cells.values()))
    width = right - left + 1
    if (bottom - top + 1) * width > AREA_LIMIT:
        raise too_many_cells(file)
    rows = [[""] * width for _ in range(bottom - top + 1)]
    for number, line in cells.items():
        row = rows[number - top]
        for column, text in line.items():
            row[column - left] = text
    fill_down(rows, top, left, merges, file)
    shown = tuple(sorted(row + 1 for row in set(hidden) if row in cells))
    return Table(rows, name, top + 1, shown, uncomputed=as_placed(uncomputed, left))


def as_placed(uncomputed: Sequence[int], left: int) -> Sequence[int]:
    """0-based rows and columns, one after the other, as a table that begins at column `left` has them."""
    found = iter(uncomputed)
    pairs = zip(found, found, strict=True)
    return array("l", chain.from_iterable((row + 1, column - left) for row, column in pairs)) or ()


def fill_down(rows: list[list[str]], top: int, left: int, merges: Iterable[Merge], file: str) -> None:
    """Put the value of merged cells into the blank ones below it, in its own column only: a title stays where it is.

    top, left: the 0-based row and column of `rows[0][0]`.
    """
    filled = 0
    for merge in merges:
        column, first = merge.column - left, merge.top - top
        if not (0 <= first < len(rows) and 0 <= column < len(rows[first]) and rows[first][column]):
            continue
        value, last = rows[first][column], min(merge.bottom - top, len(rows) - 1)
        filled += last - first
        if filled > AREA_LIMIT:  # areas that overlap: no spreadsheet writes them
            raise too_many_cells(file)
        for row in rows[first + 1 : last + 1]:
            row[column] = row[column] or value
