"""The people behind a figure, one a line; Enter shows somebody's history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.types import CSSPathType
from textual.widgets import Static

from checkin_tui.i18n import _
from checkin_tui.tui.safe import content
from checkin_tui.tui.screens.dialog import Dialog
from checkin_tui.tui.widgets.rows import ColumnSpec, Row, Rows

COLUMNS = (
    ColumnSpec(_("code"), most=8),
    ColumnSpec(_("name"), least=12, weight=3),
    ColumnSpec(_("branch"), least=8, weight=2),
    ColumnSpec(_("status"), most=20),
    ColumnSpec(_("came"), most=5),
    ColumnSpec(_("left"), most=5, from_width=84),
    ColumnSpec(_("note"), most=12, from_width=84),
)


class PeopleBehind(Dialog[None]):
    """A list that follows what changes while it is open."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["dialog.tcss", "board.tcss", "behind.tcss"]

    def __init__(self, heading: str, rows: Sequence[Row], history: Callable[[int], None]) -> None:
        """`history`: shows everything about a member."""
        super().__init__(heading)
        self._rows, self._history = tuple(rows), history
        self.list = Rows(COLUMNS, empty=_("Nobody."))

    def compose_body(self) -> ComposeResult:
        """The list scrolls itself."""
        yield self.list

    def opened(self) -> None:
        """Nobody is highlighted at first."""
        self.show(self.heading, self._rows)

    def show(self, heading: str, rows: Sequence[Row]) -> None:
        """These are the people from now on."""
        if heading != self.heading:
            self.heading = heading
            self.query_one(".title", Static).update(content(heading))
        if len(rows) != len(self.list.rows):
            self.list.styles.height = max(2, min(len(rows) + 1, self.app.size.height - 7))
        self.list.show(rows)

    def on_resize(self) -> None:
        """The list has what the window leaves."""
        self.list.styles.height = max(2, min(len(self.list.rows) + 1, self.app.size.height - 7))
        super().on_resize()

    def hint(self) -> str:
        """The keys."""
        return _("↑ ↓ PgUp PgDn choose · Enter history · Esc leave")

    def action_step(self, by: int) -> None:
        """Another person."""
        self.list.step(by)

    def action_page(self, by: int) -> None:
        """A page of people."""
        self.list.step(by * max(1, self.list.size.height - 2))

    def take_end(self, key: str, fresh: bool) -> bool:
        """Enter: the history of who is highlighted."""
        if key == "enter" and fresh:
            self._open()
            return True
        return super().take_end(key, fresh)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """A click highlights."""
        event.stop()
        self.list.choose(event.key)

    def on_click(self, event: events.Click) -> None:
        """A second click opens."""
        if event.chain == 2:
            self._open()

    def _open(self) -> None:
        if isinstance(self.list.key, int):
            self._history(self.list.key)
