"""Parts of forms for longer choices: one of many values in little room, and a list with several ticked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import events
from textual.content import Content

from checkin_tui.i18n import _
from checkin_tui.tui.safe import content
from checkin_tui.tui.screens.form import Choice
from checkin_tui.tui.screens.found_lines import top_of


class OneOfMany(Choice):
    """A choice of which only the chosen value is in view, with its place among the others."""

    def render(self) -> Content:
        """`< study >  2 of 6`."""
        _key, label = self.options[self.chosen]
        place = _("{number} of {count}").format(number=self.chosen + 1, count=len(self.options))
        return content(f"< {label} >  ") + content(place, "dim")


class Ticks(Choice):
    """Any number of entries, ticked by Space; ↑ and ↓ walk through them and, at either end, on to the next field."""

    LINES = 6
    """How many are in view."""

    def __init__(self, id: str, names: Sequence[str], ticked: Iterable[str]) -> None:
        super().__init__(id, [(name, name) for name in names], names[0])
        self.ticked = set(ticked) & set(names)
        self.styles.height = min(len(names), self.LINES)

    @property
    def names(self) -> tuple[str, ...]:
        """Those ticked, in the order of the list."""
        return tuple(name for name, _label in self.options if name in self.ticked)

    def render(self) -> Content:
        """A window around the entry the keyboard is at."""
        top = top_of(self.chosen, len(self.options), self.LINES)
        lines = []
        for number, (name, label) in enumerate(self.options[top : top + self.LINES], top):
            line = content(f"[{'x' if name in self.ticked else ' '}] {label}")
            lines.append(line.stylize("reverse") if number == self.chosen and self.has_focus else line)
        return Content("\n").join(lines)

    def on_key(self, event: events.Key) -> None:
        """Space ticks; the arrows walk; Enter goes on, as in every choice."""
        steps = {"up": -1, "down": 1}
        if event.key == "space":
            self.ticked ^= {self.value}
            self.refresh()
            self.post_message(self.Changed())
        elif event.key in steps and 0 <= self.chosen + steps[event.key] < len(self.options):
            self.chosen += steps[event.key]
        elif event.key not in ("left", "right"):
            return
        event.stop()
        event.prevent_default()  # what a choice among a few would do with the key
