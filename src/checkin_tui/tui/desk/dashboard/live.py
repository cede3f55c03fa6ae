"""Keeping the dashboard true: drawn when something changed, at most every tenth of a second, and only while in view."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from checkin_tui.domain.board import BranchOrder
from checkin_tui.domain.changes import (
    AttendanceChanged,
    Change,
    NoteChanged,
    NotesChanged,
    RefusalRecorded,
)
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.reads import LoadCampaign
from checkin_tui.domain.views import CampaignView, News
from checkin_tui.tui.desk.dashboard.facts import Facts, Stage, gather
from checkin_tui.tui.gateway import Superseded

if TYPE_CHECKING:
    from textual.timer import Timer

    from checkin_tui.tui.screens.dashboard import DashboardScreen

PAUSE_SECONDS = 0.1
"""Between two drawings while changes pour in."""

SHARE = 5
"""A drawing that takes long (a very long roster) is followed by so many times its length for everybody else."""


class Live:
    """The facts as this window knows them, and when they are read and drawn again."""

    def __init__(self, screen: DashboardScreen) -> None:
        self.screen = screen
        self.order = BranchOrder.RATE
        self.facts: Facts | None = None
        self._view: CampaignView | None = None
        self._campaign_stale = True
        self._stale = False  # something changed while another view was on the screen
        self._waiting: Timer | None = None
        self._drawn, self._cost = 0.0, 0.0

    # -------------------------------------------------------------------------------------------------------- drawing

    def changed(self) -> None:
        """Something is different: drawn now, or soon if it was drawn just now."""
        if not self.screen.in_view:
            self._stale = True
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
        self._stale = False
        screen.canvas.redraw()
        screen.behind.refresh()
        self._drawn = monotonic()
        self._cost = self._drawn - began

    def resume(self) -> None:
        """The view is on the screen again: what came meanwhile."""
        if self._campaign_stale and self.screen.register is not None:
            self.read_campaign()
        if self._stale:
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
        self.campaign_changed()

    def news(self, news: News) -> None:
        """Another window wrote."""
        if news.reload or news.elsewhere:
            self.campaign_changed()

    def campaign_changed(self) -> None:
        """The figures of other sessions are others now: read at once, or when the view is on the screen again."""
        self._campaign_stale = True
        if self.screen.in_view:
            self.read_campaign()

    def register_shown(self) -> None:
        """Another register: the campaign is read with the first one, and where it does not know the session."""
        session = None if self.screen.register is None else self.screen.register.session
        known = self._view is not None and (
            session is None or any(day.session.id == session.id for day in self._view.days)
        )
        if self._campaign_stale or not known:
            self.campaign_changed()

    def read_campaign(self) -> None:
        """Ask for the figures of every session."""
        self._campaign_stale = False
        self.screen.run_worker(self._read(), group="campaign", exclusive=True)

    async def _read(self) -> None:
        try:
            self._view = await self.screen.gateway.ask(LoadCampaign(), asker=self.screen)
        except Superseded:
            return
        except CheckInError as error:
            self._campaign_stale = True
            self.screen.tell(error)
            return
        self.changed()
