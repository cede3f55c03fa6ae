"""Parts of the import's pages: a list of any length with one line highlighted, and a choice of one among many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from checkin_tui.i18n import _
from checkin_tui.tui.safe import brief, cells, content, fit
from checkin_tui.tui.screens.dialog import Part
from checkin_tui.tui.screens.long_choices import OneOfMany

REVERSE = Style(reverse=True)


class Picks(Part, ScrollView, can_focus=True, inherit_bindings=False):
    """Lines of which only those in view are drawn. The dialog's arrows move the highlight; Enter picks the line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("home", "go_to(0)", show=False),
        Binding("end", "go_to(-1)", show=False),
        Binding("enter", "pick", show=False),
    ]

    class Picked(Message):
        """Enter was pressed on the highlighted line."""

        def __init__(self, picks: Picks) -> None:
            super().__init__()
            self.picks = picks

    class Moved(Message):
        """Another line is highlighted, or there are other lines."""

        def __init__(self, picks: Picks) -> None:
            super().__init__()
            self.picks = picks

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.at = 0
        self.can_focus = False  # until there is something in it

    @property
    def count(self) -> int:
        """How many lines there are."""
        raise NotImplementedError

    def draw(self, number: int, width: int) -> tuple[str, str]:
        """The text of a line, not yet fitted to the width, and the component class of its style, '' for none."""
        raise NotImplementedError

    def refill(self, at: int = 0) -> None:
        """There are other lines now; `at` is highlighted."""
        self.virtual_size = Size(self.size.width, self.count)
        self.can_focus = self.count > 0
        self.at = -1
        self.go(at)
        self.refresh()

    def go(self, at: int) -> bool:
        """Highlight that line, or the nearest there is; whether that is another one than before."""
        at = max(0, min(at, self.count - 1))
        if at == self.at:
            return False
        self.at = at
        self.post_message(self.Moved(self))
        height = max(1, self.scrollable_content_region.height)
        top = self.scroll_offset.y
        if not top <= at < top + height:
            self.scroll_to(y=at if at < top else at - height + 1, animate=False, immediate=True, force=True)
        self.refresh()
        return True

    def step(self, by: int) -> bool:
        """Move the highlight; False where it was at that end already."""
        return self.go(self.at + by)

    def page(self, by: int) -> None:
        """Move it by what is in view."""
        self.step(by * max(1, self.scrollable_content_region.height - 1))

    def action_go_to(self, at: int) -> None:
        """The first line, or (-1) the last."""
        self.go(at if at >= 0 else self.count - 1)

    def action_pick(self) -> None:
        """Enter."""
        if self.count:
            self.post_message(self.Picked(self))

    def on_focus(self) -> None:
        """The highlight is seen only while the keyboard is here."""
        self.refresh()

    def on_blur(self) -> None:
        """As above."""
        self.refresh()

    def on_resize(self) -> None:
        """The highlight stays in view."""
        at, self.at = self.at, -1
        self.go(at)

    def render_line(self, y: int) -> Strip:
        """One line, exactly as wide as the list."""
        width = self.scrollable_content_region.width
        number = y + self.scroll_offset.y
        if not 0 <= number < self.count:
            return Strip.blank(width, self.rich_style)
        text, kind = self.draw(number, width)
        style = self.get_component_rich_style(kind) if kind else self.rich_style
        if number == self.at and self.has_focus:
            style += REVERSE
        return Strip([Segment(fit(text, width), style)], width)


class Pick(OneOfMany):
    """A choice whose values may change while it is in view. Only what a person chooses is told."""

    class Chosen(Message):
        """A person chose another value of the choice of that id."""

        def __init__(self, name: str, value: str) -> None:
            super().__init__()
            self.name, self.value = name, value

    def __init__(self, id: str) -> None:
        super().__init__(id, [("", "–")], "")

    def offer(self, options: Sequence[tuple[str, str]], value: str) -> None:
        """These from now on, with that one chosen; the first where it is none of them."""
        self.options = tuple(options) or (("", "–"),)
        keys = [key for key, _label in self.options]
        self.set_reactive(Pick.chosen, keys.index(value) if value in keys else 0)
        self.refresh()

    def render(self) -> Content:
        """The chosen value cut so that its place among the others stays in view."""
        place = _("{number} of {count}").format(number=self.chosen + 1, count=len(self.options))
        label = brief(self.options[self.chosen][1], self.size.width - cells(place) - 6)
        return content(f"< {label} >  ") + content(place, "dim")

    def watch_chosen(self) -> None:
        """Tell the page."""
        self.post_message(self.Chosen(self.id or "", self.value))
