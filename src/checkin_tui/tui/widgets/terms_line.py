"""The terms of the program, always in view above its sessions."""

from __future__ import annotations

from typing import NamedTuple

from textual.content import Content

from checkin_tui.i18n import _
from checkin_tui.tui.safe import brief, cells, content
from checkin_tui.tui.widgets.lines import Line

DOT = " · "


class TermsValue(NamedTuple):
    """sessions: how many there are and what became of them; terms: the rest, what matters most first."""

    sessions: str
    terms: tuple[str, ...]


class TermsLine(Line):
    """The sessions first; the terms behind them and on the line below, as many as there is room for."""

    def draw(self, value: TermsValue, width: int) -> Content:
        """A term that does not fit goes to the next line whole; on the last one … says that there are more."""
        room = max(1, width - 2)
        lines = [value.sessions]
        left = list(value.terms)
        while left:
            longer = lines[-1] + DOT + left[0] if lines[-1] else left[0]
            if cells(longer) <= room:
                lines[-1] = longer
            elif len(lines) < self.size.height:
                lines.append(left[0])
            else:
                lines[-1] = brief(_("{terms} …").format(terms=lines[-1]), room)
                break
            del left[0]
        first = content(brief(lines[0], room), "bold") if cells(value.sessions) > room else None
        if first is None:
            first = content(value.sessions, "bold") + content(lines[0][len(value.sessions) :])
        rest = [content(brief(line, room)) for line in lines[1:]]
        return Content("\n").join(Content(" ") + line for line in (first, *rest))
