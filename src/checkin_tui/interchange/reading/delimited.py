"""Text tables: what divides the cells, and the rows."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Final

from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.reading.tabular import Table
from checkin_tui.interchange.written import as_written

ROW_LIMIT: Final = 1_048_576  # a worksheet holds no more
CELL_LIMIT: Final = 2_500_000

_DELIMITERS: Final = (",", ";", "\t")
_RARE_DELIMITERS: Final = ("|",)  # only where they divide every row alike, for they stand inside cells as well
_CHINESE_DELIMITERS: Final = ("，", "、", "；")
_SAMPLE_ROWS: Final = 50
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_FORMULA_TEXT: Final = re.compile(r'="((?:[^"]|"")*)"')  # ="0017": how a CSV file keeps a spreadsheet from computing
_LISTED: Final = re.compile(r"[，、；,;]")


def read_text(text: str, file: str, *, encoding: str = "", tabs: bool = False, loose: bool = False) -> Table:
    """The table in a text. tabs: the file's name says what divides the cells. loose: it is no CSV file by its name.

    Raises CheckInError: import_bad_row, import_too_large, import_empty.
    """
    delimiter = "\t" if tabs else find_delimiter(text, loose=loose)
    return Table(_rows(text, delimiter, file), encoding, 1, (), encoding, delimiter)


def read_pasted(text: str) -> Table:
    """The table in what somebody pasted: of a spreadsheet, or of a message that lists names one after the other.

    Names that stand in a line behind each other, and in no columns, become one row each.
    """
    delimiter = find_delimiter(text, loose=True)
    rows = _rows(text, delimiter, "")
    lines = [row for row in rows if any(cell.strip() for cell in row)]
    if not lines:
        raise CheckInError("import_empty", file="")
    if "\t" not in text and (len(lines) == 1 or max(map(len, lines)) == 1):
        names = [name.strip() for line in text.splitlines() for name in _LISTED.split(line)]
        return Table([[name] for name in names if name], "", 1)
    return Table(rows, "", 1, delimiter=delimiter)


def find_delimiter(text: str, *, loose: bool = False) -> str:
    """What divides the cells: comma, semicolon or tab, whichever cuts most of the first rows into equally many cells.

    Other signs only where they cut all of them so, and those of Chinese only if `loose`. A comma where nothing
    divides: a file of one column, one of whose names may well hold a sign that divides others.
    """
    best, best_score = ",", (0, 0)
    for delimiter in _DELIMITERS:
        widths = _widths(text, delimiter)
        score = max(((rows, cells) for cells, rows in widths.items() if cells > 1), default=(0, 0))
        if score > best_score and score[0] >= min(2, widths.total()):
            best, best_score = delimiter, score
    for delimiter in chain(_RARE_DELIMITERS, _CHINESE_DELIMITERS if loose else ()):
        widths = _widths(text, delimiter) if best_score == (0, 0) else Counter[int]()
        if len(widths) == 1 and min(widths) > 1 and widths.total() > 1:
            return delimiter
    return best


def _widths(text: str, delimiter: str) -> Counter[int]:
    """How many of the first rows have how many cells."""
    if delimiter not in text or _too_often(delimiter, text):
        return Counter()
    reader = csv.reader(_lines(text), delimiter=delimiter)
    return Counter(len(row) for row in _while_readable(islice(reader, _SAMPLE_ROWS)) if any(row))


def _too_often(delimiter: str, text: str) -> bool:
    return text.count(delimiter) > CELL_LIMIT


def _lines(text: str) -> Iterator[str]:
    """The lines with their ends: CR, LF or CR LF, and no other sign. (A StringIO would hold the text four times.)"""
    return (found[0] for found in _LINE.finditer(text))


def _while_readable(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """The rows up to the first that the csv module refuses; reading in earnest will name it."""
    try:
        yield from rows
    except csv.Error:
        return


def _rows(text: str, delimiter: str, file: str) -> list[list[str]]:
    """Every record, strictly: a quote that is never closed would otherwise swallow all people after it."""
    rows: list[list[str]] = []
    cells = 0
    if _too_often(delimiter, text):  # all in one row, it may be
        raise CheckInError("import_too_large", file=file, limit=CELL_LIMIT, unit="cells")
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    is_plain = "'" not in text and '="' not in text
    try:
        for row in reader:
            rows.append(row if is_plain else list(map(_said, row)))
            cells += len(row)
            if len(rows) > ROW_LIMIT:
                raise CheckInError("import_too_large", file=file, limit=ROW_LIMIT, unit="rows")
            if cells > CELL_LIMIT:
                raise CheckInError("import_too_large", file=file, limit=CELL_LIMIT, unit="cells")
    except csv.Error:
        raise CheckInError("import_bad_row", file=file, row=len(rows) + 1) from None
    return rows


def _said(cell: str) -> str:
    formula = _FORMULA_TEXT.fullmatch(cell)
    return formula[1].replace('""', '"') if formula else as_written(cell)
