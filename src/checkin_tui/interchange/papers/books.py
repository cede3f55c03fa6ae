"""Papers as workbooks: one sheet on A4 upright, as wide as the page, its header on every printed page."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from checkin_tui.domain.calendar import local
from checkin_tui.domain.clock import Millis
from checkin_tui.interchange.papers.label_fit import ems
from checkin_tui.interchange.register.book import put_text, raw_workbook
from checkin_tui.interchange.written import neutral

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_A4: Final = 9
_MARGINS: Final = {"left": 0.5, "right": 0.5, "top": 0.7, "bottom": 0.6}  # inches
_CELL: Final = 32_767
"""Characters a cell may hold."""
_PAGE_LINE: Final = 150
"""Characters of the line above every printed page: it may have 255 with its marks."""
_TEXTS: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_DIGIT: Final = 0.55
"""The width of a digit, in sizes of the letters; a bold one, so that there is room to spare."""
_LINE: Final = 15.0
"""The height of one line of text, in points."""
_BORDER: Final = {"border": 1, "text_wrap": True, "valign": "vcenter", "num_format": "@"}


class PaperBook:
    """A workbook of one sheet that is filled from top to bottom. Whatever is written is text and nothing else."""

    def __init__(self, book: Workbook, sheet: Worksheet, widths: Sequence[float]) -> None:
        self.book, self.sheet, self.widths = book, sheet, tuple(widths)
        self.row = 0
        self.title = book.add_format({"bold": True, "font_size": 16, "text_wrap": True, "valign": "vcenter"})
        self.line = book.add_format({"text_wrap": True, "valign": "vcenter"})
        self.strong = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter"})
        self.heading = book.add_format({**_BORDER, "bold": True, "bg_color": "#EEEEEE"})
        self.cell = book.add_format(_BORDER)
        self.first = book.add_format({**_BORDER, "top": 2})
        for column, width in enumerate(self.widths):
            sheet.set_column(column, column, width)

    def across(self, text: str, form: Format, lines: int = 1) -> None:
        """One text over the whole width, in as many lines as it needs and at least `lines`."""
        text = "\n".join(neutral(part) for part in text.split("\n"))[:_CELL]
        size = 1.5 if form is self.title else 1.0
        wide = sum(self.widths) / size
        needed = max(lines, _lines(text, wide))
        self.sheet.set_row(self.row, min(needed * _LINE * size + 2, 400))
        self.sheet.merge_range(self.row, 0, self.row, len(self.widths) - 1, "", form)
        if text:
            put_text(self.sheet, self.row, 0, text, form)
        self.row += 1

    def cells(self, texts: Sequence[str], form: Format, height: float = 0) -> None:
        """One row of cells, at least `height` points high."""
        lines = 1
        for column, text in enumerate(texts):
            said = "\n".join(neutral(part) for part in text.split("\n"))[:_CELL]
            lines = max(lines, _lines(said, self.widths[column]))
            if said:
                put_text(self.sheet, self.row, column, said, form)
            else:
                self.sheet.write_blank(self.row, column, None, form)
        self.sheet.set_row(self.row, min(max(height, lines * _LINE + 3), 400))
        self.row += 1

    def repeat(self, first: int, last: int) -> None:
        """Rows that every printed page begins with; on the screen they stay in view."""
        self.sheet.repeat_rows(first, last)
        self.sheet.freeze_panes(last + 1, 0)


@contextmanager
def paper_book(
    draft: Path, name: str, running: str, widths: Sequence[float], now: Millis, zone: str
) -> Iterator[PaperBook]:
    """The workbook at `draft`. name: of the sheet. running: above every printed page. widths: of columns, in digits.

    Raises OSError.
    """
    with raw_workbook(draft, _TEXTS) as book:
        made: datetime = local(now, zone).replace(tzinfo=None)
        book.set_properties({"created": made})
        sheet = book.add_worksheet(name)
        sheet.set_paper(_A4)
        sheet.set_portrait()
        sheet.set_margins(**_MARGINS)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.set_header("&L&9" + _page_line(running), {"margin": 0.3})
        sheet.set_footer("&R&9&P / &N", {"margin": 0.3})
        yield PaperBook(book, sheet, widths)


def column_widths(columns: Sequence[Sequence[str]], least: Sequence[float], most: Sequence[float]) -> list[float]:
    """For each column the digits as wide as its widest text, within the bounds."""
    return [
        min(max(low, max(map(_cells, texts), default=0.0) + 2), high)
        for texts, low, high in zip(columns, least, most, strict=True)
    ]


def _cells(text: str) -> float:
    """About how many digits of the ordinary font are as wide as the text; widths of columns are counted in them."""
    return ems(text) / _DIGIT


def _lines(text: str, width: float) -> int:
    """In how many lines the text stands in a cell so wide."""
    return sum(max(1, math.ceil(_cells(part) / width)) for part in text.split("\n"))


def _page_line(text: str) -> str:
    """The text as a header of a workbook has it: `&` begins a mark there, a digit goes on with a size."""
    said = neutral(text)
    if len(said) > _PAGE_LINE:
        said = said[: _PAGE_LINE - 1] + "…"
    return " " + said.replace("&", "&&")
