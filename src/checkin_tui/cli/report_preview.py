"""The report in the terminal, as wide as it is; without colours where nobody wants them."""

from __future__ import annotations

import os
import shutil
import sys
from io import StringIO
from typing import TYPE_CHECKING, Any, Final, Literal

from checkin_tui.domain.report_paper import Block, Place, ReportPaper, Table, Text
from checkin_tui.domain.text import visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text as Plain

_PIPE: Final = 100
"""Cells of a line where nobody says how wide it is."""
_LEAST, _WIDEST = 20, 10_000
_SHORT: Final = 14
"""Characters of a cell that stays in one line as long as it can."""


def paper_shape(paper: ReportPaper) -> dict[str, Any]:
    """The report for a script: its parts in order, each with its texts and tables."""
    sections = [*paper.sections, *paper.appendix]
    return {
        "title": paper.title,
        "lines": [line.text for line in paper.lines],
        "sections": [
            {
                "heading": section.heading,
                "texts": [block.text for block in section.blocks if isinstance(block, Text)],
                "tables": [_table_shape(block) for block in section.blocks if isinstance(block, Table)],
            }
            for section in sections
        ],
    }


def _table_shape(table: Table) -> dict[str, Any]:
    rows = [list(row) for row in table.rows]
    return {"headings": list(table.headings), "rows": rows, "total": list(table.total) or None}


def paper_text(paper: ReportPaper) -> str:
    """The report as it is printed here."""
    from rich.console import Console
    from rich.rule import Rule

    here = sys.stdout.isatty()
    page = StringIO()
    console = Console(
        file=page,
        width=max(shutil.get_terminal_size((_PIPE, 24)).columns, _LEAST),
        force_terminal=here,
        no_color=bool(os.environ.get("NO_COLOR")) or not here,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )
    console.print(_plain(paper.title, "bold"))
    for line in paper.lines:
        _show(console, line)
    for section in (*paper.sections, *paper.appendix):
        console.print()
        console.print(Rule(_plain(section.heading, "bold"), align="left", style=""))
        for block in section.blocks:
            _show(console, block)
    return "\n".join(line.rstrip() for line in page.getvalue().splitlines())


def _plain(text: str, style: str = "") -> Plain:
    from rich.text import Text as Plain

    return Plain(visible(text), style=style)


def _show(console: Console, block: Block) -> None:
    if isinstance(block, Text):
        console.print(_plain(block.text, "bold" if block.strong else ""))
    elif isinstance(block, Place):
        console.print(_plain(f"[{block.hint}]", "italic"))
    elif isinstance(block, Table):
        grid = _grid(block)
        room = console.options.update(max_width=_WIDEST)  # else it says that it fits whatever there is
        if console.measure(grid, options=room).minimum <= console.width:
            console.print(grid)
            return
        for row in (*block.rows, *((block.total,) if block.total else ())):  # no figure is ever cut for want of room
            more = (f"{head} {cell}" for head, cell in zip(block.headings[1:], row[1:], strict=True) if cell)
            console.print(_plain(f"{row[0]}: {', '.join(more)}"))


def _grid(table: Table) -> Grid:
    """The table, in which a short cell stays in one line."""
    from rich import box
    from rich.cells import cell_len
    from rich.table import Table as Grid

    grid = Grid(box=box.SIMPLE_HEAD, show_footer=bool(table.total), pad_edge=False, collapse_padding=True)
    for number, heading in enumerate(table.headings):
        total = table.total[number] if table.total else ""
        longest = max((cell_len(visible(row[number])) for row in table.rows), default=0)
        least = max(longest if longest <= _SHORT else _SHORT // 2, cell_len(total))
        side: Literal["left", "right"] = "right" if number in table.numbers else "left"
        grid.add_column(_plain(heading), _plain(total), justify=side, overflow="fold", min_width=least)
    for row in table.rows:
        grid.add_row(*map(_plain, row))
    return grid
