"""Files out: rows as CSV that a spreadsheet opens without obeying what stands in them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from checkin_tui.domain.text import visible

# What makes a spreadsheet take a cell for a formula: = + - @ and every character that NFKC (Unicode Standard Annex #15)
# makes one of them, for some spreadsheets do the same. With what may stand before it: spaces, and apostrophes of ours.
_SIGN: Final = r"[\s']*[=⁼₌⩵⩶﹦＝+⁺₊﬩﹢＋\-﹣－@﹫＠]"
# Where a cell may begin: some take the semicolon or the bar for what divides the cells, and quotes do not stop them.
_BEGINS: Final = re.compile(rf"(^|[;|])(?={_SIGN})")
_HELD_BACK: Final = re.compile(rf"(^|[;|])'(?={_SIGN})")
# What a program knows somebody by: whatever a spreadsheet makes of it reaches nothing.
_KEY: Final = re.compile(r"[\w.@+-]+")
_ODD_STARTS: Final = ("\t", "\r")  # passed over, or a line end that begins another cell


def neutral(cell: str) -> str:
    """The cell as text and nothing else: with an apostrophe before whatever a spreadsheet would compute."""
    held = _BEGINS.sub(r"\1'", cell)
    return visible(f"'{held}" if cell.startswith(_ODD_STARTS) and held[0] != "'" else held)


def neutral_key(cell: str) -> str:
    """The same of what another program looks somebody up by: a plain code goes out as it is, be it -77 or @mara."""
    return cell if _KEY.fullmatch(cell) else neutral(cell)


def neutral_lines(cell: str) -> str:
    """The same of a cell that may hold several lines, and only ever what `clean_lines` leaves of a text."""
    return "\n".join(map(visible, _BEGINS.sub(r"\1'", cell).split("\n")))


def as_written(cell: str) -> str:
    """The cell without the apostrophes of `neutral`: a list of ours, or of others who do so too, comes in again."""
    return _HELD_BACK.sub(r"\1", cell) if "'" in cell else cell


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """The rows with commas between the cells, quoted where they have to be, without a line end behind the last one."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([neutral(cell) for cell in row] for row in rows)
    return text.getvalue().removesuffix("\n")
