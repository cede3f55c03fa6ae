"""What the chase list is about, always in view above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from checkin_tui.tui.safe import brief, cells, content
from checkin_tui.tui.widgets.lines import Line

if TYPE_CHECKING:
    from checkin_tui.tui.desk.chase_words import ChaseValue


class ChaseLine(Line):
    """The scope; beside or below it how much is owed; at the right how to see the other scope."""

    def draw(self, value: ChaseValue, width: int) -> Content:
        """One line, or two where there is room."""
        style = "bold $status-absent" if value.bad else "bold"
        if self.size.height < 2:
            room = max(0, width - 4 - cells(value.text))
            left = content(brief(value.about, room), "bold") + Content("  ") + content(value.text, style)
            return _ends(left, value.other, width)
        first = Content(" ") + content(brief(value.about, width - 2), "bold")
        second = content(brief(value.text, width - 2), style)
        return first + Content("\n") + _ends(second, value.other, width)


def _ends(left: Content, right: str, width: int) -> Content:
    """`left` at the left and, where there is room for it, `right` at the right."""
    line = Content(" ") + left
    gap = width - line.cell_length - cells(right) - 1
    return line if gap < 2 else line + Content(" " * gap) + content(right, "$text-muted")
