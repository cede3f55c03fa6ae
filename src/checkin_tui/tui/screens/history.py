"""Every step about one member, newest first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from itertools import groupby
from typing import ClassVar

from textual.app import ComposeResult
from textual.types import CSSPathType
from textual.widgets import Static

from checkin_tui import words
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.reads import LoadHistory
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.domain.views import History
from checkin_tui.i18n import _
from checkin_tui.tui.safe import content
from checkin_tui.tui.screens.dialog import Body
from checkin_tui.tui.screens.page import Page

AskHistory = Callable[[LoadHistory], Awaitable[History]]


def _session_words(key: SessionKey) -> str:
    """`Thu 21 May 2026`, and which one where the date has several."""
    day = words.day_text(key.day, year=True)
    return day if key.ordinal == 1 else _("{day}, session {number}").format(day=day, number=key.ordinal)


class HistoryDialog(Page):
    """Reads the history once it is open, and shows it by session."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["dialog.tcss", "history.tcss"]

    def __init__(self, member_id: int, name: str, *, zone: str, ask: AskHistory, session_id: int | None = None) -> None:
        super().__init__(_("History of {name}").format(name=name))
        self._request = LoadHistory(member_id, session_id)
        self._zone, self._ask = zone, ask

    def compose_body(self) -> ComposeResult:
        """A word until it is there."""
        yield Static(content(_("Reading …")), classes="quiet", id="reading")

    def opened(self) -> None:
        """Read."""
        self.run_worker(self._load(), exit_on_error=False)

    async def _load(self) -> None:
        place = self.query_one("#reading", Static)
        try:
            history = await self._ask(self._request)
        except CheckInError as error:
            place.update(content(words.sentence(error.code, error.values, zone=self._zone)))
            return
        if not history.steps:
            place.update(content(_("Nothing has been entered about this person.")))
            return
        parts: list[Static] = []
        for key, lines in groupby(history.steps, key=lambda line: line.session):
            parts.append(Static(content(_session_words(key)), classes="section"))
            for line in lines:
                parts.append(Static(content(words.step_text(line, self._zone)), classes="" if line.active else "quiet"))
        await place.remove()
        await self.query_one(Body).mount_all(parts)
