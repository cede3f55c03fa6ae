"""Tables in a Word document. Made element by element: the library takes seconds for some thousand rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from checkin_tui.domain.report_paper import Table
from checkin_tui.domain.text import visible

if TYPE_CHECKING:
    from docx.document import Document

_SPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WIDTH: Final = 9860  # twentieths of a point: A4 without its margins
_LETTER, _PADDING = 100, 240  # the same for a letter of a table, and for what is around a cell
_WHOLE, _OUTSIDE, _MOST = 14, 8, 40  # letters: stay in one line; of people's words; count for the width
_SIZES: Final = ("18", "16")  # half points; where there are many columns
_MANY: Final = 8


def qualified(name: str) -> str:
    """The name as the XML of Word has it (ECMA-376, Part 1, 17)."""
    return f"{{{_SPACE}}}{name}"


def element(tag: str, /, **values: str) -> Any:
    """An element with these attributes."""
    from docx.oxml.parser import OxmlElement

    made = OxmlElement(f"w:{tag}")
    for key, value in values.items():
        made.set(qualified(key), value)
    return made


def add_table(document: Document, table: Table) -> None:
    """The table behind what is there, its head repeated on every page, and an empty line behind it."""
    widths = _widths(table)
    made = element("tbl")
    made.append(_properties())
    grid = element("tblGrid")
    grid.extend(element("gridCol", w=str(width)) for width in widths)
    made.append(grid)
    made.append(_row(table, table.headings, widths, head=True, strong=True))
    made.extend(_row(table, row, widths) for row in table.rows)
    if table.total:
        made.append(_row(table, table.total, widths, strong=True))
    paragraph = document.add_paragraph()
    paragraph._p.addprevious(made)


def _properties() -> Any:
    found = element("tblPr")
    found.append(element("tblW", w="5000", type="pct"))
    borders = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(side, val="single", sz="4", space="0", color="808080"))
    found.append(borders)
    found.append(element("tblLayout", type="fixed"))
    return found


def _row(table: Table, cells: Sequence[str], widths: Sequence[int], *, head: bool = False, strong: bool = False) -> Any:
    row, properties = element("tr"), element("trPr")
    properties.append(element("cantSplit"))
    if head:
        properties.append(element("tblHeader"))
    row.append(properties)
    size = _SIZES[len(widths) > _MANY]
    for number, (text, width) in enumerate(zip(cells, widths, strict=True)):
        row.append(_cell(visible(text), width, size, end=number in table.numbers, strong=strong, shaded=head))
    return row


def _cell(text: str, width: int, size: str, *, end: bool, strong: bool, shaded: bool) -> Any:
    cell, about = element("tc"), element("tcPr")
    about.append(element("tcW", w=str(width), type="dxa"))
    if shaded:
        about.append(element("shd", val="clear", color="auto", fill="E6E6E6"))
    paragraph, how = element("p"), element("pPr")
    how.append(element("spacing", before="20", after="20", line="240", lineRule="auto"))
    if end:
        how.append(element("jc", val="right"))
    paragraph.append(how)
    run, look = element("r"), element("rPr")
    if strong:
        look.append(element("b"))
    look.append(element("sz", val=size))
    run.append(look)
    words = element("t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(words)
    paragraph.append(run)
    cell.append(about)
    cell.append(paragraph)
    return cell


def _widths(table: Table) -> list[int]:
    """The width of each column: what must not be broken first, then by what its texts would like."""
    least, wanted = [], []
    for number, column in enumerate(zip(table.headings, *table.rows, *filter(None, (table.total,)), strict=True)):
        longest = max(map(_cells, column[1:]), default=0)
        word = max(map(_cells, column[0].split()), default=0) + 1  # in bold
        whole = min(longest, _OUTSIDE if number in table.outside else _WHOLE)
        least.append(_LETTER * max(whole, word) + _PADDING)
        wanted.append(_LETTER * min(max(longest, word), _MOST) + _PADDING)
    spare, wishes = _WIDTH - sum(least), [want - need for want, need in zip(wanted, least, strict=True)]
    if spare < 0:
        return [_WIDTH * need // sum(least) for need in least]
    if not sum(wishes):
        return [need + spare // len(least) for need in least]
    return [need + spare * wish // sum(wishes) for need, wish in zip(least, wishes, strict=True)]


def _cells(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(visible(text))
