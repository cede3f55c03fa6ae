"""Files out: rows as CSV that a spreadsheet opens without obeying what stands in them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from checkin_tui.domain.text import visible

# What makes a spreadsheet take a cell for a formula (full-width signs too, in East Asian settings), and a
# line end that would begin one in the next cell.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def neutral(cell: str) -> str:
    """The cell as text and nothing else: with an apostrophe before what a spreadsheet would compute."""
    computed = cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA)  # some pass over the spaces before it
    return visible(f"'{cell}" if computed else cell)


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """The rows with commas between the cells, quoted where they have to be, without a line end behind the last one."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([neutral(cell) for cell in row] for row in rows)
    return text.getvalue().removesuffix("\n")
