"""The sign-in sheet for a day on paper: a page to print, or a workbook to print and to fill in.

The workbook comes in again as it goes out: the header row has the words that `columns` knows, every person is one row
with code and name, and the empty lines are empty.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from checkin_tui.domain.clock import Millis
from checkin_tui.domain.papers import SheetAsk, SheetPaper, SheetRow, SheetView, SheetWords
from checkin_tui.interchange.outputs import Progress, Written, format_of, unheard
from checkin_tui.interchange.pages import write_page
from checkin_tui.interchange.papers.books import column_widths, paper_book
from checkin_tui.interchange.saving import saving
from checkin_tui.services.context import Context
from checkin_tui.services.papers import read_sheet

SHEET_FORMATS: Final = ("html", "xlsx")

_LEAST: Final = (5.0, 7.0, 14.0, 10.0, 8.0, 22.0)
_MOST: Final = (6.0, 16.0, 28.0, 20.0, 18.0, 26.0)
_ROW: Final = 24.0  # points: room to sign
_EVERY: Final = 200


def write_signin(
    ctx: Context,
    path: Path,
    ask: SheetAsk,
    words: SheetWords,
    *,
    format: str | None = None,
    force: bool = False,
    progress: Progress = unheard,
) -> Written:
    """Write the sheet of a session as `format`, else as the file's name says.

    Raises CheckInError `export_format`, and as `read_sheet` and `saving` do.
    """
    kind = format_of(path, format, SHEET_FORMATS)
    view = read_sheet(ctx, ask)
    paper = words(view, ask.blank)
    with saving(path, force=force) as draft:
        if kind == "html":
            write_page(draft, "signin.html", paper=paper, widths=_percent(paper))
        else:
            _write_book(draft, paper, view, ctx.clock(), progress)
        progress(paper.rows, paper.rows)
    return Written(path, kind, paper.rows)


def _write_book(draft: Path, paper: SheetPaper, view: SheetView, now: Millis, progress: Progress) -> None:
    zone = view.program.terms.zone
    with paper_book(draft, str(view.session.key), paper.running, _widths(paper), now, zone) as book:
        book.across(paper.title, book.title)
        for line in paper.lines:
            book.across(line, book.line)
        if paper.nobody:
            book.across(paper.nobody, book.strong)
        head = book.row
        book.cells(paper.columns, book.heading)
        book.repeat(head, head)
        for group in paper.groups:
            for place, row in enumerate(group.rows):
                book.cells(_cells(row), book.cell if place else book.first, _ROW)
                if row.number % _EVERY == 0:
                    progress(row.number, paper.rows)
        for place in range(paper.blank):
            book.cells(("",) * len(paper.columns), book.cell if place else book.first, _ROW)
        book.across("\n\n".join(paper.foot), book.line, lines=5)  # one cell: nobody takes it for a person


def _cells(row: SheetRow) -> tuple[str, ...]:
    return str(row.number), row.code, row.name, row.branch, row.title, row.mark


def _widths(paper: SheetPaper) -> list[float]:
    """The width of each column, in digits."""
    rows = [_cells(row) for group in paper.groups for row in group.rows]
    return column_widths(list(zip(*rows, paper.columns, strict=True)), _LEAST, _MOST)


def _percent(paper: SheetPaper) -> list[float]:
    """The width of each column, in per cent of the page."""
    widths = _widths(paper)
    return [round(100 * width / sum(widths), 2) for width in widths]
