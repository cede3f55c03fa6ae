"""The lines of an import preview. A file may have a hundred thousand of them: only those in view are drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from checkin_tui import words
from checkin_tui.domain.views import ImportLine
from checkin_tui.i18n import _
from checkin_tui.tui.safe import fit
from checkin_tui.words.importing import change_texts, doubt_text, field_word

WIDE = 100
"""Cells from which long codes, names and branches get more room."""

SIGNS = {"new": "+", "changed": "~", "unchanged": "=", "doubtful": "?", "rejected": "✗"}


class ImportLines(ScrollView):
    """Row number, sign and word of the result, code, name, branch, the joined date given, what changes or why not."""

    can_focus = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"lines--{result}" for result in SIGNS}

    def __init__(self, tell: Callable[[ImportLine, int, date | None], str] | None = None) -> None:
        """`tell`: the text of a line for so many cells, with the date of joining it gives; else that of a person."""
        super().__init__()
        self._tell = tell or line_text
        self._lines: Sequence[ImportLine] = ()
        self._joined: Mapping[int, date] = {}

    def show(self, lines: Sequence[ImportLine], joined: Mapping[int, date] | None = None) -> None:
        """Show these, from the first. joined: row -> the date of joining it gives itself."""
        self._lines, self._joined = lines, joined or {}
        self.virtual_size = Size(self.size.width, len(lines))
        self.scroll_home(animate=False)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line, exactly as wide as the list."""
        width = self.scrollable_content_region.width
        number = y + self.scroll_offset.y
        if not 0 <= number < len(self._lines):
            return Strip.blank(width, self.rich_style)
        line = self._lines[number]
        style: Style = self.get_component_rich_style(f"lines--{line.result}")
        return Strip([Segment(fit(self._tell(line, width, self._joined.get(line.row)), width), style)], width)


def line_text(line: ImportLine, width: int, joined: date | None = None) -> str:
    """The line in columns that grow with the width; what is over is for the last one."""
    wide = width >= WIDE
    names = width * 2 // 7 if wide else max(10, width * 3 // 13)
    codes = fit(line.code, 12 if wide else 6)
    known = (*result_cells(line), codes)
    if line.result == "rejected":
        return " ".join((*known[:3], words.sentence(line.reason, line.values or {})))
    more = changes_text(line)
    if line.result == "doubtful":
        more = [doubt_text(line.reason, line.candidates)]
    if joined is not None and not any(field == "joined" for field, _before, _after in line.changes):
        more.insert(0, f"{field_word('joined')} {joined.isoformat()}")
    return " ".join((*known, fit(line.name, names), fit(line.branch, names * 2 // 3), "; ".join(more)))


def result_cells(line: ImportLine) -> tuple[str, str, str]:
    """Row number, sign and word of what becomes of the line."""
    return fit(f"{line.row}", 5), SIGNS[line.result], fit(result_word(line.result), 10)


def changes_text(line: ImportLine) -> list[str]:
    """`phone: – → 555-0101`, for each field."""
    return change_texts(line.changes)


def result_word(result: str) -> str:
    """What importing the line does."""
    return {
        "new": _("new"),
        "changed": _("changed"),
        "unchanged": _("unchanged"),
        "doubtful": _("doubtful"),
        "rejected": _("rejected"),
    }[result]
