"""The list of who owes notes, for the notice board: a page or a workbook to print, or plain text."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from checkin_tui.domain.clock import Millis
from checkin_tui.domain.papers import BoardAsk, BoardPaper, BoardRow, BoardWords
from checkin_tui.interchange.outputs import Progress, Written, format_of, unheard
from checkin_tui.interchange.pages import write_page
from checkin_tui.interchange.papers.books import column_widths, paper_book
from checkin_tui.interchange.saving import saving
from checkin_tui.services.context import Context
from checkin_tui.services.papers import read_board

BOARD_FORMATS: Final = ("html", "xlsx", "txt")

_LEAST: Final = (5.0, 7.0, 14.0, 12.0, 24.0)
_MOST: Final = (6.0, 16.0, 28.0, 18.0, 44.0)


def write_owes(
    ctx: Context,
    path: Path,
    ask: BoardAsk,
    words: BoardWords,
    *,
    format: str | None = None,
    force: bool = False,
    progress: Progress = unheard,
) -> Written:
    """Write the list as `format`, else as the file's name says.

    Raises CheckInError `export_format`, and as `read_board` and `saving` do.
    """
    kind = format_of(path, format, BOARD_FORMATS)
    view, now = read_board(ctx, ask), ctx.clock()
    paper = words(view, now)
    with saving(path, force=force) as draft:
        if kind == "html":
            write_page(draft, "owes.html", paper=paper, widths=_percent(paper), apart=ask.page_per_branch)
        elif kind == "xlsx":
            _write_book(draft, paper, now, view.program.terms.zone, ask.page_per_branch, progress)
        else:
            draft.write_text(f"{paper.text}\n", "utf-8", newline="\n")
        progress(paper.rows, paper.rows)
    return Written(path, kind, paper.rows)


def _write_book(draft: Path, paper: BoardPaper, now: Millis, zone: str, apart: bool, progress: Progress) -> None:
    name = "".join("-" if sign in "[]:*?/\\'" else sign for sign in paper.title)[:31]
    with paper_book(draft, name, paper.running, _widths(paper), now, zone) as book:
        book.across(paper.title, book.title)
        for line in (*paper.lines, *(() if apart and paper.branches else (paper.total,))):
            book.across(line, book.line)
        if not paper.branches:
            return
        head = book.row
        book.cells(_shown(paper, paper.columns), book.heading)
        book.repeat(0 if apart else head, head)
        breaks, done = [], 0
        for branch in paper.branches:
            progress(done, paper.rows)
            if apart and branch is not paper.branches[0]:
                breaks.append(book.row)
            contact = f" ({branch.contact})" if branch.contact else ""
            book.across(f"{branch.heading}{contact}: {branch.total}", book.strong)
            for row in branch.rows:
                book.cells(_shown(paper, _cells(row)), book.cell)
            done += len(branch.rows)
        book.sheet.set_h_pagebreaks(breaks)


def _cells(row: BoardRow) -> tuple[str, ...]:
    return str(row.number), row.code, row.name, row.phone, "\n".join(row.owes)


def _shown(paper: BoardPaper, cells: tuple[str, ...]) -> tuple[str, ...]:
    """The cells of the columns the paper has."""
    return tuple(cell for cell, heading in zip(cells, paper.columns, strict=True) if heading)


def _widths(paper: BoardPaper) -> list[float]:
    """The width of each column it has, in digits."""
    rows = [_cells(row)[:-1] for branch in paper.branches for row in branch.rows]
    owes = [one for branch in paper.branches for row in branch.rows for one in row.owes]
    columns = [*zip(*rows, paper.columns[:-1], strict=True), [*owes, paper.columns[-1]]]
    widths = column_widths(columns, _LEAST, _MOST)
    return [width for width, heading in zip(widths, paper.columns, strict=True) if heading]


def _percent(paper: BoardPaper) -> list[float]:
    """The width of each column it has, in per cent of the page."""
    widths = _widths(paper)
    return [round(100 * width / sum(widths), 2) for width in widths]
