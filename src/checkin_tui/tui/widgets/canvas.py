"""A page of blocks that scrolls, with one thing in it highlighted. Only lines that changed are painted again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from checkin_tui.tui.widgets.blocks import Block, Spans

Draw = Callable[[Size, Hashable | None], Block]
"""The page for a size, with this key highlighted."""

CHOSEN = ">"


class Canvas(ScrollView, can_focus=False):
    """Draws what `draw` gives. The keyboard stays with the box."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"canvas--{kind}"
        for kind in (
            *("text", "strong", "head", "muted", "tick", "rest", "highlight"),
            *("present", "late", "excused", "absent", "unmarked", "good", "bad"),
            *("fill-present", "fill-late", "fill-excused", "fill-absent", "fill-good", "fill-bad"),
            *("big", "big-good", "big-late", "big-bad"),
        )
    }

    class Chosen(Message):
        """Something was clicked."""

        def __init__(self, key: Hashable) -> None:
            super().__init__()
            self.key = key

    def __init__(self, draw: Draw, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._draw = draw
        self.page = Block(0, ())
        self.key: Hashable | None = None
        self._lines: tuple[Spans, ...] = ()  # as painted: with the highlight in them
        self._styles: dict[str, Style] = {}
        self._place = 0  # of the highlight among all keys, for when its own is gone

    # ------------------------------------------------------------------------------------------------------- content

    def redraw(self) -> None:
        """Ask for the page again, and paint the lines that are others now."""
        if not self.size.width:
            return
        self.page = self._draw(self.size, self.key)
        keys = self._keys()
        if self.key is not None and self.key not in keys:  # that figure is gone: the one at its place
            self.key = keys[min(self._place, len(keys) - 1)] if keys else None
            self.page = self._draw(self.size, self.key)
        self._place = keys.index(self.key) if self.key is not None else 0
        before, self._lines = self._lines, tuple(self._highlighted())
        if len(before) != len(self._lines):
            self.virtual_size = Size(self.size.width, len(self._lines))
        top, width = self.scroll_offset.y, self.size.width
        for y in range(top, top + self.size.height):
            if self._line(before, y) != self._line(self._lines, y):
                self.refresh(Region(0, y - top, width, 1))

    @staticmethod
    def _line(lines: tuple[Spans, ...], y: int) -> Spans:
        return lines[y] if y < len(lines) else ()

    def _keys(self) -> list[Hashable]:
        """In reading order. What stands in two places is one thing, and highlighted in both."""
        return list(dict.fromkeys(key for group in self.page.panels for key in group))

    def _highlighted(self) -> list[Spans]:
        """The lines with the highlight; its sign is in the first span that has room for it."""
        lines, signed = [], False
        for line in self.page.lines:
            if self.key is not None and any(span.key == self.key for span in line):
                spans = []
                for span in line:
                    if span.key == self.key:
                        text = span.text
                        if not signed and text.startswith(" "):
                            text, signed = CHOSEN + text[1:], True
                        span = span._replace(text=text, kind="highlight")
                    spans.append(span)
                line = tuple(spans)
            lines.append(line)
        return lines

    # ------------------------------------------------------------------------------------------------------ choosing

    def step(self, by: int) -> None:
        """So many figures on, in reading order."""
        keys = self._keys()
        if not keys:
            self.scroll_relative(y=by, animate=False)
            return
        place = (0 if by > 0 else len(keys) - 1) if self.key is None else self._place + by
        self.choose(keys[max(0, min(len(keys) - 1, place))])

    def go_to_end(self, *, last: bool) -> None:
        """The first figure in reading order, or the last; a page without any scrolls there."""
        keys = self._keys()
        if keys:
            self.choose(keys[-1 if last else 0])
        else:
            self.scroll_to(y=len(self._lines) if last else 0, animate=False)

    def step_panel(self, by: int) -> None:
        """To the first figure of the next panel, or of the one before."""
        groups = [group for group in self.page.panels if group]
        if not groups:
            self.scroll_relative(y=by * max(1, self.size.height - 1), animate=False)
            return
        now = next((number for number, group in enumerate(groups) if self.key in group), None)
        place = (0 if by > 0 else len(groups) - 1) if now is None else max(0, min(len(groups) - 1, now + by))
        self.choose(groups[place][0])

    def choose(self, key: Hashable | None) -> None:
        """Highlight this; None: nothing."""
        self.key = key
        self.redraw()
        places = [y for y, line in enumerate(self.page.lines) if any(span.key == key for span in line)]
        if key is None or not places:
            return
        first, last = places[0], places[-1]
        top, height = self.scroll_offset.y, max(1, self.size.height)
        if self._place == 0:
            self.scroll_to(y=0, animate=False)  # with the headings above the first figure
        elif first - 1 < top or last >= top + height:
            self.scroll_to(y=max(0, first - 1 if first - 1 < top else last - height + 2), animate=False)

    # -------------------------------------------------------------------------------------------------------- drawing

    def on_resize(self, event: events.Resize) -> None:
        """The page follows the window."""
        self._lines = ()
        self.redraw()
        self.virtual_size = Size(self.size.width, len(self._lines))
        self.refresh()
        if self.key is not None:
            self.choose(self.key)

    def notify_style_update(self) -> None:
        """Another theme: other styles."""
        super().notify_style_update()
        self._styles.clear()

    def _style(self, kind: str) -> Style:
        if kind not in self._styles:
            self._styles[kind] = self.get_component_rich_style(f"canvas--{kind}")
        return self._styles[kind]

    def render_line(self, y: int) -> Strip:
        """One line of the page."""
        width = self.size.width
        line = self._line(self._lines, self.scroll_offset.y + y)
        strip = Strip([Segment(span.text, self._style(span.kind)) for span in line])
        return strip.adjust_cell_length(width, self._style("text"))

    async def _on_click(self, event: events.Click) -> None:
        line = self._line(self._lines, self.scroll_offset.y + event.y)
        x = 0
        for span in line:
            x += len(span.text) if span.text.isascii() else Segment(span.text).cell_length
            if event.x < x:
                if span.key is not None:
                    self.post_message(self.Chosen(span.key))
                return
