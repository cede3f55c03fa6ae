"""Windows on one session, for tests: what each of them knows of it, read once and then patched as the views do it."""

from __future__ import annotations

from abc import abstractmethod
from datetime import date

from checkin_tui.domain.board import BranchOrder, Figure
from checkin_tui.domain.changes import AttendanceChanged, Change, NoteChanged, NotesChanged
from checkin_tui.domain.reads import LoadNews
from checkin_tui.domain.views import CampaignView, News
from checkin_tui.tui.desk.dashboard.facts import Facts, Who, gather, people_behind
from checkin_tui.tui.desk.reading import _patch
from checkin_tui.tui.register import Register
from tests.desk import Desk


class Window:
    """A register and a campaign, read again only when what was written says that patching is not enough."""

    def __init__(self, desk: Desk, day: date) -> None:
        self.desk, self.day = desk, day
        self._campaign: CampaignView | None = None
        self.read()

    def read(self) -> None:
        """The desk anew."""
        self.register = Register(self.desk.view(self.day))
        self.cursor = self.register.view.cursor

    @abstractmethod
    def follow(self, change: Change) -> None:
        """Something was written."""

    def campaign_changed(self) -> None:
        """What is known of the other sessions may be wrong."""
        self._campaign = None

    def facts(self, fresh: CampaignView) -> Facts:
        """What the dashboard draws. fresh: the campaign as it is now, for a window that has to read it again."""
        if self._campaign is None:
            self._campaign = fresh
        return gather(self.register, self._campaign, self.desk.bench.now, BranchOrder.NAME)

    def behind(self) -> dict[Figure, set[int]]:
        """The people each figure opens."""
        return {figure: set(people_behind(Who(figure), self.register)) for figure in Figure}


class FreshWindow(Window):
    """One that was opened just now."""

    def follow(self, change: Change) -> None:
        """It has seen everything."""


class OwnWindow(Window):
    """The one that wrote: patched by the answer to its request."""

    def follow(self, change: Change) -> None:
        """Read anew only what is no mark and no note."""
        if not isinstance(change, AttendanceChanged | NoteChanged | NotesChanged):
            self.campaign_changed()
            self.read()
            return
        session = self.register.session
        assert session is not None
        moved = isinstance(change, AttendanceChanged) and change.session is not None
        if moved or change.session_id != session.id:
            self.campaign_changed()
        if change.session_id == session.id:
            _patch(self.register, change)


class OtherWindow(Window):
    """Another one: it sees that somebody committed, and asks what came since."""

    def follow(self, change: Change) -> None:
        """As the poll of the file does."""
        session = self.register.session
        assert session is not None
        news: News = self.desk.handler.handle(LoadNews(session.id, self.cursor))
        if news.reload or news.elsewhere:
            self.campaign_changed()
        if news.reload:
            self.read()
            return
        self.cursor = news.cursor
        _patch(self.register, news)
