"""A handler without a database: one session of invented people. What decides is the domain and the services."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from checkin_tui.domain import requests
from checkin_tui.domain.board import board
from checkin_tui.domain.calendar import instant
from checkin_tui.domain.campaign import Day, NoteCounts
from checkin_tui.domain.changes import PeopleChanged, RefusalRecorded, SessionChanged
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.people import Branch, Member, Membership
from checkin_tui.domain.program import Program, ProgramTerms
from checkin_tui.domain.roster import Counts, Mark
from checkin_tui.domain.sessions import Session, SessionKey
from checkin_tui.domain.views import (
    BranchDebts,
    CampaignView,
    Debtor,
    DeskView,
    History,
    HistoryLine,
    News,
    OwedNote,
    OwedView,
)
from tests.tui.fake_marks import STATION
from tests.tui.fake_notes import FakeNotes
from tests.tui.invented import (
    BRANCHES,
    DAY,
    ENDS,
    FULL,
    MINUTE,
    STARTS,
    ZONE,
    Clock,
    people,
    person,
    session,
    settings,
    uids,
)

__all__ = [
    "BRANCHES", "DAY", "ENDS", "FULL", "MINUTE", "STARTS", "STATION", "ZONE", "Clock", "FakeDesk", "people", "person",
    "session", "settings", "uids",
]  # fmt: skip


class FakeDesk(FakeNotes):
    """The shared 'file': both threads of the gateway get the same one."""

    def __init__(self, roster, clock, *, today=DAY, the_session="open", others=(), practice=False) -> None:
        super().__init__(roster, others, session() if the_session == "open" else the_session, clock)
        self.today = today
        self.following = None
        self.earlier: list[Session] = []  # of other days; nobody is marked there
        self.held: dict[int, Day] = {}  # the figures of those that were taken, by their ids
        terms = ProgramTerms("Spring study", DAY, date(2026, 5, 28), zone=ZONE)
        self.program = Program(1, UUID(int=3), terms, practice=practice)
        self.owes: dict[int, int] = {}
        self.refusals: list[requests.RecordRefusal] = []
        self.seen: list[object] = []
        self.failing: CheckInError | None = None
        self.gate = threading.Event()
        self.gate.set()
        self.connections = 0
        self._answers: dict[UUID, Any] = {}

    def connect(self):
        self.connections += 1
        return self

    def close(self) -> None:
        pass

    # ---------------------------------------------------------------------------------------------------------- asking

    def foreign_changes(self) -> bool:
        seen, self.foreign = self.foreign, False
        return seen

    def handle(self, request, origin=None):
        self.gate.wait(10)
        self.seen.append(request)
        if self.failing is not None and hasattr(request, "uid"):
            raise self.failing
        uid = getattr(request, "uid", None)
        if uid in self._answers:  # the same request again writes nothing
            return self._answers[uid]
        answer = getattr(self, "do_" + type(request).__name__)(request)
        if uid is not None:
            self._answers[uid] = answer
        return answer

    def do_LoadDesk(self, request):
        marks = self._marks()
        shown = self.session
        if request.key is not None and (shown is None or shown.key != request.key):
            shown, marks = next(one for one in self.earlier if one.key == request.key), {}
        return DeskView(
            program=self.program,
            today=self.today,
            session=shown,
            following=self.following,
            people=tuple(self.people),
            others=tuple(self.others),
            marks=marks,
            cursor=self._newest,
            operator="Wang",
            station="laptop-1",
        )

    def do_LoadNews(self, request):
        return News(tuple(self._marks().items()), (), self.session, self._newest, False)

    def do_LoadHistory(self, request):
        lines = [
            HistoryLine(
                SessionKey(DAY), e.kind, e.status, e.reason, e.happened, e.recorded.wall, "Wang", "laptop-1",
                e.source, e.action, True, e.because,
            )
            for e in reversed(self.events[request.member_id])
        ]  # fmt: skip
        return History(self._member(request.member_id), tuple(lines))

    def do_LoadSessions(self, request):
        return tuple(sorted((*self.earlier, *([self.session] if self.session else [])), key=lambda one: one.key))

    def do_LoadCampaign(self, request):
        marks = self._marks()
        days = [self.held.get(one.id, Day(one, Counts(), NoteCounts(), taken=False)) for one in self.earlier]
        days += [] if self.session is None else [board(self.people, marks, self.session).day]
        return CampaignView(self.program, self.today, tuple(sorted(days, key=lambda day: day.session.key)))

    def do_LoadOwes(self, request):
        return dict(self.owes)

    def do_LoadBranches(self, request):
        names = sorted({one.branch for one in self.people})
        return tuple(Branch(number, UUID(int=number), name) for number, name in enumerate(names))

    def do_LoadOwed(self, request):
        """Who owes a note today; `tests.tui.owing` has a desk with other days."""
        debts = []
        for branch in self.do_LoadBranches(request) if self.session is not None else ():
            there = [one for one in self.people if one.branch == branch.name and self.mark(one.member_id).note.owed]
            owing = [Debtor(one.member_id, one.code, one.name, one.branch, one.phone, self._owed(one)) for one in there]
            if owing and request.branch in (None, branch.name):
                debts.append(BranchDebts(branch, tuple(owing)))
        sessions = (self.session,) if self.session is not None else ()
        return OwedView(self.program, request.campaign, sessions, tuple(debts))

    def _owed(self, one):
        mark = self.mark(one.member_id)
        return (OwedNote(self.session.key, mark.status, mark.chars, self.session.minimum_note),)

    def do_LoadMember(self, request):
        return self._member(request.member_id)

    # ---------------------------------------------------------------------------------------------- sessions and people

    def do_RecordRefusal(self, request):
        self.refusals.append(request)
        return RefusalRecorded(uid=request.uid)

    def do_OpenSession(self, request):
        self.session = session(key=SessionKey(self.today))
        return SessionChanged(uid=request.uid, session=self.session, created=True)

    def do_EditSession(self, request):
        late = instant(DAY, request.late_from, ZONE)
        self.session = replace(self.session, late_from=late)
        return SessionChanged(uid=request.uid, session=self.session)

    def do_AddMember(self, request):
        number = max(p.member_id for p in self.people) + 1
        self.people.append(person(number, request.name, request.branch))
        return PeopleChanged(uid=request.uid, member=self._member(number), new=1)

    def do_EditMember(self, request):
        old = next(p for p in self.people if p.member_id == request.member_id)
        new = person(old.member_id, request.name or old.name, request.branch or old.branch)
        self.people[self.people.index(old)] = new
        return PeopleChanged(uid=request.uid, member=self._member(old.member_id), changed=1)

    # --------------------------------------------------------------------------------------------------------- helpers

    def _marks(self) -> dict[int, Mark]:
        """Of everybody something was written about."""
        return {one: self.mark(one) for one in {*self.events, *self.notes} if self.find(one) is not None}

    def _member(self, member_id: int) -> Member:
        one = self.find(member_id)
        place = Membership(1, one.branch, False, DAY)
        return Member(one.member_id, UUID(int=one.member_id), one.code, one.name, memberships=(place,))
