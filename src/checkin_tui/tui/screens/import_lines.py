"""The lines of an import preview. A file may have a hundred thousand of them: only those in view are drawn."""

from __future__ import annotations

from collections.abc import Sequence
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

SIGNS = {"new": "+", "changed": "~", "unchanged": "=", "rejected": "✗"}


class ImportLines(ScrollView):
    """Row number, sign and word of the result, code, name, branch, and what changes or why not."""

    can_focus = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"lines--new", "lines--changed", "lines--unchanged", "lines--rejected"}

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[ImportLine] = ()

    def show(self, lines: Sequence[ImportLine]) -> None:
        """Show these, from the first."""
        self._lines = lines
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
        return Strip([Segment(fit(line_text(line, width), width), style)], width)


def line_text(line: ImportLine, width: int) -> str:
    """The line in columns that leave what is over to the last one."""
    names = min(24, max(10, width // 4))
    known = (fit(f"{line.row}", 5), SIGNS[line.result], fit(result_word(line.result), 10), fit(line.code, 6))
    if line.result == "rejected":
        return " ".join((*known[:3], words.sentence(line.reason, line.values or {})))
    changes = "; ".join(
        f"{field_word(field)}: {before or '–'} → {after or '–'}" for field, before, after in line.changes
    )
    return " ".join((*known, fit(line.name, names), fit(line.branch, names * 2 // 3), changes))


def result_word(result: str) -> str:
    """What importing the line does."""
    return {
        "new": _("new"),
        "changed": _("changed"),
        "unchanged": _("unchanged"),
        "rejected": _("rejected"),
    }[result]


def field_word(field: str) -> str:
    """The name of a member's field, as a form has it."""
    return {
        "code": _("code"),
        "name": _("name"),
        "branch": _("branch"),
        "title": _("title"),
        "rank": _("rank"),
        "leader": _("leader"),
        "joined": _("joined"),
        "left": _("last day"),
        "phone": _("phone"),
    }.get(field, field)
