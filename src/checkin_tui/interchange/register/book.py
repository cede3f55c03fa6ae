"""A workbook of the register: sheets with names, texts that stay texts, and nothing left where it was not finished.

What somebody wrote goes in as a string cell, never as a formula, a link or a number.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.text import visible
from checkin_tui.interchange.saving import folder_beside
from checkin_tui.interchange.written import neutral

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

# What a worksheet holds: https://support.microsoft.com "Excel specifications and limits".
MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384
MOST_UNITS: Final = 32_767
"""UTF-16 code units of one cell."""
_NAME_UNITS: Final = 31
_HEADER_UNITS: Final = 200
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\]")
_PICTURES: Final = re.compile(r"&(?=[G\[])")
_LARGE: Final = 200_000
"""Cells from which on a row is on the disk before the next one is made."""
_A4: Final = 9


class Book:
    """A workbook being written."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._names: set[str] = set()
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def format(self, **properties: Any) -> Format:
        """The format with these properties, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(properties)
        return self._formats[key]

    def sheet(self, name: str, program: str, footer: str) -> Sheet:
        """A new sheet, to be printed on A4 across, with the program's name above and the page below."""
        name = sheet_name(name, self._names)
        self._names.add(name.casefold())
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.set_header(f"&L{in_header(program)}&R{in_header(name)}")
        sheet.set_footer(f"&C{footer}")
        return Sheet(self, sheet)


class Sheet:
    """One sheet, written row by row from the top."""

    def __init__(self, book: Book, sheet: Worksheet) -> None:
        self.book, self.raw = book, sheet

    def text(self, row: int, column: int, text: str, style: Format | None = None) -> None:
        """A text, whatever it says; an empty one leaves the cell blank. Raises CheckInError `export_too_large`."""
        fits(row + 1, column + 1)
        text = cell_text(text)
        if text:
            put_text(self.raw, row, column, text, style or self.book.format())
        elif style is not None:
            self.raw.write_blank(row, column, None, style)

    def texts(self, row: int, column: int, texts: Collection[str], style: Format | None = None) -> None:
        """Texts side by side."""
        for number, text in enumerate(texts, column):
            self.text(row, number, text, style)

    def number(self, row: int, column: int, number: float, style: Format | None = None) -> None:
        """A number. Raises CheckInError `export_too_large`."""
        fits(row + 1, column + 1)
        self.raw.write_number(row, column, number, style)

    def formula(self, row: int, column: int, formula: str, value: float | str, style: Format | None = None) -> None:
        """A formula of ours with what it comes to."""
        self.raw.write_formula(row, column, formula, style, value)


def put_text(sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    """Write a text, which is not empty, as it is: every text of somebody's goes into a workbook by this."""
    if text.startswith("<r>") and text.endswith("</r>"):  # the library would take it for markup of its own
        sheet.write_rich_string(row, column, text[0], style, text[1:], style)
    else:
        sheet.write_string(row, column, text, style)


@contextmanager
def workbook(path: Path, title: str, made: datetime, cells: int) -> Iterator[Book]:
    """A workbook at `path`, written when the block ends; where it does not end well, nothing of it stays anywhere.

    made: the time it says it was made at. cells: about how many there will be. Raises OSError.
    """
    options = {"constant_memory": cells > _LARGE, "strings_to_urls": False}
    with raw_workbook(path, options) as raw:
        raw.set_properties({"title": visible(title), "created": made.replace(tzinfo=None)})
        yield Book(raw)


@contextmanager
def raw_workbook(path: Path, options: Mapping[str, bool]) -> Iterator[Workbook]:
    """The library's own workbook, as `workbook` has it. What it writes meanwhile lies in a folder beside `path`."""
    from xlsxwriter.exceptions import FileCreateError
    from xlsxwriter.workbook import Workbook  # 40 ms, and only workbooks need it

    with folder_beside(path) as folder:
        raw = Workbook(str(path), {**options, "tmpdir": str(folder)})
        try:
            yield raw
            raw.close()
        except FileCreateError as error:
            cause = error.args[0] if error.args else None
            raise cause if isinstance(cause, OSError) else OSError(str(error)) from error
        finally:
            for sheet in raw.worksheets():
                with suppress(AttributeError, OSError):
                    sheet.row_data_fh.close()  # of a book that was not finished


def fits(rows: int, columns: int) -> None:
    """Refuse what a worksheet does not hold. Raises CheckInError `export_too_large` (rows, columns)."""
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise CheckInError("export_too_large", rows=rows, columns=columns)


def cell_text(text: str) -> str:
    """The text as a cell holds it: neutral, and cut with an ellipsis where it is longer than a cell may be."""
    text = neutral(text)
    if len(text) * 2 <= MOST_UNITS:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MOST_UNITS:
        return text
    return units[: 2 * (MOST_UNITS - 1)].decode("utf-16-le", "ignore") + "…"


def sheet_name(name: str, taken: Collection[str] = ()) -> str:
    """The name as a sheet may have it: 31 characters without `[]:*?/\\`, and none that is taken (case folded)."""
    wanted = _NOT_IN_NAMES.sub(" ", visible(name)).strip().strip("'").strip() or "-"
    if wanted.casefold() == "history":  # kept for itself by Excel
        wanted = f"{wanted}."
    number, ending = 1, ""
    while True:
        short = wanted
        while len(f"{short}{ending}".encode("utf-16-le")) > 2 * _NAME_UNITS:
            short = short[:-1]
        found = f"{short.rstrip(chr(32) + chr(39))}{ending}"
        if found.casefold() not in taken:
            return found
        number += 1
        ending = f" {number}"


def in_header(text: str) -> str:
    """The text as a header or footer shows it: its `&` begin no code, and it is short enough."""
    return _PICTURES.sub("＆", visible(text)[: _HEADER_UNITS // 2]).replace("&", "&&")
