"""A plain list of lines in columns, some of which can be chosen: sessions, people by branch, figures."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from checkin_tui.tui.safe import cells, fit

GAP = 2
SCROLLBAR = 1  # cells kept for it whether it is there or not, so that no text is hidden beneath it


class Row(NamedTuple):
    """One line. texts: one for each column; a heading has one that runs over all of them.

    key: what choosing it means; None cannot be chosen. kind: 'line', 'head', 'muted', 'good', 'warn'.
    """

    texts: tuple[str, ...]
    key: Hashable | None = None
    kind: str = "line"


class ColumnSpec(NamedTuple):
    """A column. least: cells it keeps; weight: its part of what is left (0: as wide as its widest text, up to most).

    from_width: only in a window at least so wide.
    """

    title: str
    least: int = 1
    most: int = 60
    weight: int = 0
    from_width: int = 0


class Rows(ScrollView, can_focus=False):
    """The lines, one of them perhaps highlighted. The keyboard stays with the box."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--line",
        "rows--head",
        "rows--title",
        "rows--muted",
        "rows--good",
        "rows--warn",
        "rows--highlight",
    }

    class Chosen(Message):
        """A line was clicked."""

        def __init__(self, key: Hashable) -> None:
            super().__init__()
            self.key = key

    def __init__(self, columns: Sequence[ColumnSpec], *, empty: str = "", id: str | None = None) -> None:
        """`empty`: what is said where there is no line at all."""
        super().__init__(id=id)
        self._specs, self._empty = tuple(columns), empty
        self.rows: tuple[Row, ...] = ()
        self.at: int | None = None
        self._widths: tuple[int, ...] = ()
        self._styles: dict[str, Style] = {}

    # ------------------------------------------------------------------------------------------------------- content

    def show(self, rows: Sequence[Row], *, empty: str | None = None) -> None:
        """Show these lines from now on. The highlight stays on the same key, the place where it was."""
        if empty is not None and empty != self._empty:
            self._empty = empty
            self.refresh()
        new = tuple(rows)
        if new == self.rows:
            return
        key = self.key
        self.rows = new
        self.at = None if key is None else next((n for n, row in enumerate(new) if row.key == key), None)
        self._measure()
        self.virtual_size = Size(self.size.width, len(new) + 1)
        self.refresh()

    @property
    def key(self) -> Hashable | None:
        """What the highlighted line means."""
        return None if self.at is None or self.at >= len(self.rows) else self.rows[self.at].key

    def step(self, by: int) -> None:
        """Move the highlight along the lines that can be chosen."""
        chosen = [number for number, row in enumerate(self.rows) if row.key is not None]
        if not chosen:
            self.scroll_relative(y=by, animate=False)
            return
        if self.at in chosen:
            place = max(0, min(len(chosen) - 1, chosen.index(self.at) + by))
        else:
            place = 0 if by > 0 else len(chosen) - 1
        self._move(chosen[place])

    def go_to_end(self, *, last: bool) -> None:
        """Highlight the first line that can be chosen, or the last; without any the list scrolls there."""
        chosen = [number for number, row in enumerate(self.rows) if row.key is not None]
        if chosen:
            self._move(chosen[-1 if last else 0])
        else:
            self.scroll_to(y=len(self.rows) if last else 0, animate=False)

    def choose(self, key: Hashable | None) -> None:
        """Highlight the line of that key; None: no line."""
        self._move(None if key is None else next((n for n, row in enumerate(self.rows) if row.key == key), None))

    def _move(self, at: int | None) -> None:
        before, self.at = self.at, at
        for number in {before, at} - {None}:
            y = (number or 0) - self.scroll_offset.y + 1
            if 1 <= y < self.size.height:
                self.refresh(Region(0, y, self.size.width, 1))
        page = max(1, self.size.height - 1)
        top = self.scroll_offset.y
        if at is not None and not top <= at < top + page:
            aside = page // 3
            self.scroll_to(y=max(0, at - aside if at < top else at - page + 1 + aside), animate=False, force=True)

    # -------------------------------------------------------------------------------------------------------- drawing

    def _measure(self) -> None:
        room = self.size.width - 1 - SCROLLBAR
        specs = [spec if self.size.width >= spec.from_width else None for spec in self._specs]
        widths: list[int] = []
        for number, spec in enumerate(specs):
            if spec is None:
                widths.append(0)
                continue
            texts = [row.texts[number] for row in self.rows if len(row.texts) > number and row.kind != "head"]
            widest = max((cells(text) for text in (*texts, spec.title)), default=0)
            widths.append(max(spec.least, min(spec.most, widest)) if not spec.weight else spec.least)
        left = room - sum(widths) - GAP * max(0, sum(1 for width in widths if width) - 1)
        weights = sum(spec.weight for spec in specs if spec is not None)
        for number, spec in enumerate(specs):
            if spec is not None and spec.weight and left > 0:
                widths[number] += left * spec.weight // weights
        self._widths = tuple(widths)

    def on_resize(self, event: events.Resize) -> None:
        """Widths follow the window."""
        self._measure()
        self.virtual_size = Size(self.size.width, len(self.rows) + 1)
        if self.at is not None:
            self._move(self.at)
        self.refresh()

    def notify_style_update(self) -> None:
        """Another theme."""
        super().notify_style_update()
        self._styles.clear()

    def _style(self, name: str) -> Style:
        if name not in self._styles:
            self._styles[name] = self.get_component_rich_style(f"rows--{name}")
        return self._styles[name]

    def render_line(self, y: int) -> Strip:
        """The titles, then the lines."""
        if y == 0:
            return self._strip(self._text(tuple(spec.title for spec in self._specs)), "title")
        number = self.scroll_offset.y + y - 1
        if number >= len(self.rows):
            return self._strip(" " + self._empty if number == 0 else "", "muted")
        row = self.rows[number]
        text = " " + row.texts[0] if row.kind == "head" else self._text(row.texts)
        if number == self.at:
            return self._strip(">" + text[1:], "highlight")
        return self._strip(text, row.kind)

    def _strip(self, text: str, kind: str) -> Strip:
        width = self.size.width
        return Strip([Segment(fit(fit(text, width - SCROLLBAR), width), self._style(kind))], width)

    def _text(self, texts: Sequence[str]) -> str:
        parts = []
        for width, text in zip(self._widths, texts, strict=False):
            if width:
                parts.append(fit(text, width))
        return " " + (" " * GAP).join(parts)

    async def _on_click(self, event: events.Click) -> None:
        number = self.scroll_offset.y + event.y - 1
        key = self.rows[number].key if event.y >= 1 and 0 <= number < len(self.rows) else None
        if key is not None:
            self.post_message(self.Chosen(key))
