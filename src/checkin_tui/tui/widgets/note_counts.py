"""The counts of notes, always in view on the notes desks."""

from __future__ import annotations

from textual.content import Content

from checkin_tui.domain.campaign import NoteCounts
from checkin_tui.i18n import _
from checkin_tui.tui.safe import brief, content
from checkin_tui.tui.widgets.lines import Line


class NoteCountsLine(Line):
    """Complete, too short, missing, of how many; the second line says it in one sentence."""

    def draw(self, value: NoteCounts, width: int) -> Content:
        """One line, or two where there is room."""
        numbers = [
            ("✓", value.complete, _("complete"), "$status-present"),
            ("~", value.too_short, _("too short"), "$status-late"),
            ("!", value.missing, _("missing"), "$status-absent"),
        ]
        parts = [content(f"{sign} {number} {word}", style) for sign, number, word, style in numbers]
        line = Content(" ") + Content("   ").join(parts)
        if not value.required:
            text = _("Nobody who has to take notes is here yet.")
        elif value.owed:
            text = _("{owed} of {required} still owe their note").format(owed=value.owed, required=value.required)
        else:
            text = _("All {required} notes are there").format(required=value.required)
        beside = self.size.height < 2
        rest = content(brief(text, max(0, width - 2 - (line.cell_length + 3 if beside else 0))), "bold")
        if beside:
            return line + Content(" " * max(1, width - line.cell_length - rest.cell_length - 1)) + rest
        return line + Content("\n ") + rest
