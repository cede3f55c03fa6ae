"""Keeping the dashboard true: drawn when something changed, at most every tenth of a second, and only while in view."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from checkin_tui.domain.board import BranchOrder
from checkin_tui.domain.changes import (
    AttendanceChanged,
    Change,
    NoteChanged,
    NotesChanged,
    RefusalRecorded,
)
from checkin_tui.domain.reads import LoadCampaign
from checkin_tui.domain.views import CampaignView, News
from checkin_tui.tui.desk.dashboard.facts import Facts, Stage, gather
from checkin_tui.tui.desk.rereading import Rereading

if TYPE_CHECKING:
    from textual.timer import Timer

    from checkin_tui.tui.screens.dashboard import DashboardScreen

PAUSE_SECONDS = 0.1
"""Between two drawings while changes pour in."""

SHARE = 5
"""A drawing that takes long (a very long roster) is followed by so many times its length for everybody else."""


class Live(Rereading):
    """The facts as this window knows them, and when they are read and drawn again."""

    GROUP: ClassVar[str] = "campaign"

    screen: DashboardScreen

    def __init__(self, screen: DashboardScreen) -> None:
        super().__init__(screen)
        self.order = BranchOrder.RATE
        self.facts: Facts | None = None
        self._view: CampaignView | None = None
        self.stale = True  # nothing was read yet
        self._undrawn = False  # something changed while another view was on the screen
        self._waiting: Timer | None = None
        self._drawn, self._cost = 0.0, 0.0

    # -------------------------------------------------------------------------------------------------------- drawing

    def changed(self) -> None:
        """Something is different: drawn now, or soon if it was drawn just now."""
        if not self.screen.in_view:
            self._undrawn = True
            return
        pause = self._drawn + max(PAUSE_SECONDS, SHARE * self._cost) - monotonic()
        if pause <= 0:
            self.draw()
        elif self._waiting is None:
            self._waiting = self.screen.set_timer(pause, self.draw)

    def draw(self) -> None:
        """Make the facts anew and paint what differs."""
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None
        began = monotonic()
        screen, register = self.screen, self.screen.register
        if register is not None:
            self.facts = gather(register, self._view, screen.now(), self.order)
        elif screen.days.no_program:
            self.facts = Facts(Stage.NO_PROGRAM, screen.desk_app.zone, screen.now(), self.order)
        self._undrawn = False
        screen.canvas.redraw()
        screen.behind.refresh()
        self._drawn = monotonic()
        self._cost = self._drawn - began

    def resume(self) -> None:
        """The view is on the screen again: what came meanwhile."""
        super().resume()
        if self._undrawn:
            self.draw()

    # ---------------------------------------------------------------------------------------------- the other sessions

    def noted(self, change: Change) -> None:
        """This window wrote something: does it change another session than the one on the screen?"""
        if isinstance(change, RefusalRecorded):
            return
        if isinstance(change, AttendanceChanged | NoteChanged | NotesChanged):
            session = None if self.screen.register is None else self.screen.register.session
            moved = isinstance(change, AttendanceChanged) and change.session is not None
            if session is not None and session.id == change.session_id and not moved:
                return
        self.read_again()

    def news(self, news: News) -> None:
        """Another window wrote."""
        if news.reload or news.elsewhere:
            self.read_again()

    def register_shown(self) -> None:
        """Another register: the campaign is read with the first one, and where it does not know the session."""
        session = None if self.screen.register is None else self.screen.register.session
        known = self._view is not None and (
            session is None or any(day.session.id == session.id for day in self._view.days)
        )
        if self.stale or not known:
            self.read_again()

    async def read(self) -> None:
        """The figures of every session."""
        self._view = await self.screen.gateway.ask(LoadCampaign())
        self.changed()
