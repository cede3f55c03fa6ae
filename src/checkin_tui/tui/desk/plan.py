"""The sessions of the program as a window shows them, read again when something changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from checkin_tui.domain.calendar import local
from checkin_tui.domain.reads import LoadBranches, LoadCampaign
from checkin_tui.domain.sessions import AudienceKind, SessionKey
from checkin_tui.tui import shown
from checkin_tui.tui.desk import plan_words
from checkin_tui.tui.desk.rereading import ListRereading

if TYPE_CHECKING:
    from datetime import date

    from checkin_tui.domain.campaign import Day
    from checkin_tui.domain.people import Branch
    from checkin_tui.domain.sessions import Session
    from checkin_tui.domain.views import CampaignView
    from checkin_tui.tui.screens.program import ProgramScreen

WIDE = 110
"""From so many cells on kind, presenter and who is invited have columns of their own."""


class Plan(ListRereading):
    """The campaign as it was read last, and its lines."""

    GROUP: ClassVar[str] = "plan"

    screen: ProgramScreen
    view: CampaignView | None

    def __init__(self, screen: ProgramScreen) -> None:
        super().__init__(screen)
        self.branches: tuple[Branch, ...] = ()
        self.wanted: SessionKey | None = None  # to be highlighted once it is on the list
        self.proposing = True  # what is highlighted was chosen by nobody

    # --------------------------------------------------------------------------------------------------------- reading

    def resume(self) -> None:
        """The view is on the screen again."""
        self.draw()  # perhaps it is another day
        super().resume()

    async def read(self) -> None:
        """The sessions, and the branches where some of them are invited."""
        view: CampaignView = await self.screen.gateway.ask(LoadCampaign())
        chosen = any(day.session.audience.kind is AudienceKind.BRANCHES for day in view.days)
        self.branches = await self.screen.gateway.ask(LoadBranches()) if chosen else ()
        self.view = view
        self.show()

    # --------------------------------------------------------------------------------------------------------- showing

    @property
    def today(self) -> date | None:
        """The date where the program is."""
        return None if self.view is None else local(self.screen.now(), self.view.program.terms.zone).date()

    def draw(self) -> None:
        """What is known, as it may be shown. The highlight stays; at first it is on the session that comes next."""
        view, today = self.view, self.today
        if view is None or today is None:
            return
        terms, screen = view.program.terms, self.screen
        screen.counts_line.show(plan_words.terms_value(terms, view.days, today))
        rows = [self.words.row(day) for day in view.days]
        screen.rows.show(rows, empty=plan_words.nothing_planned())
        if self.wanted is not None and self.find(self.wanted) is not None:
            self.proposing = True
            screen.rows.choose(self.wanted)
            self.wanted = None
        elif self.proposing and screen.rows.key is None:
            screen.rows.choose(plan_words.proposed(view.days, today))
        screen.hands.review()  # somebody may have been marked at what was planned

    @property
    def words(self) -> plan_words.PlanWords:
        """How sessions are told on this screen, now."""
        assert self.view is not None
        assert self.today is not None
        days = self.view.days
        year = bool(days) and days[0].session.key.day.year != days[-1].session.key.day.year
        names = {branch.id: branch.name for branch in self.branches}
        wide = self.screen.app.size.width >= WIDE
        return plan_words.PlanWords(self.view.program.terms, self.today, names, self.presenter, year=year, wide=wide)

    def presenter(self, session: Session) -> str:
        """Who lectures, as this window shows them."""
        register, member_id = self.screen.register, session.presenter_id
        person = None if register is None or member_id is None else register.model.person(member_id)
        return shown.presenter(session, person, hidden=self.screen.desk_app.privacy)

    def find(self, key: object) -> Day | None:
        """The session of that line."""
        days = () if self.view is None else self.view.days
        return next((day for day in days if day.session.key == key), None)
