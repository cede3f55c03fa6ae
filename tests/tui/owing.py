"""A desk of people who owe notes: of the session by the real rule, of earlier days as the test says."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import date
from uuid import UUID

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.changes import ChangesUndone, PeopleChanged
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.people import Branch
from checkin_tui.domain.requests import MarkPerson
from checkin_tui.domain.sessions import SessionKey, SessionState
from checkin_tui.domain.views import BranchDebts, Debtor, OwedNote
from checkin_tui.tui.commands import View
from tests.tui.driving import driven
from tests.tui.fake_marks import ELSEWHERE, STATION
from tests.tui.fakes import BRANCHES, STARTS, Clock, FakeDesk, people, session

THURSDAY, FRIDAY = SessionKey(date(2026, 5, 14)), SessionKey(date(2026, 5, 15))
TWO_DAYS = (OwedNote(THURSDAY, Status.PRESENT, 12, 50), OwedNote(FRIDAY, Status.LATE, 0, 50))
CONTACTS = {"Xinghe": ("Wen Li", "5550103"), "Hepan": ("Ada Moreau", ""), "Old Mill": ("", "5550177")}


class OwingDesk(FakeDesk):
    """Twelve people, two of each branch, unless told otherwise. The first `here` came; the second wrote too little."""

    def __init__(self, roster=None, *, here=4, **more):
        roster = people(12) if roster is None else roster
        roster = [one._replace(phone=f"555{one.code}" if one.member_id % 3 else "") for one in roster]
        super().__init__(roster, more.pop("clock", Clock()), **more)
        names = dict.fromkeys((*BRANCHES, *(one.branch for one in roster if one.branch)))
        self.branches = [Branch(n, UUID(int=n), name, *CONTACTS.get(name, ("", ""))) for n, name in enumerate(names)]
        closed = {"state": SessionState.CLOSED}
        self.earlier = [session(id=2, key=THURSDAY, **closed), session(id=3, key=FRIDAY, **closed)]
        self.older: dict[int, tuple[OwedNote, ...]] = {}
        self.without: tuple[tuple[str, str], ...] = ()
        self.station = ELSEWHERE  # undo here is about none of it
        for one in roster[:here]:
            self.handle(MarkPerson(uid=UUID(int=one.member_id), made=STARTS, session_id=1, member_id=one.member_id))
        if here > 1:
            self.wrote(roster[1].member_id, "far too short")
        self.seen.clear()
        self.station = STATION
        self.foreign = False

    @property
    def asked(self):
        """Every question about who owes notes, in order."""
        return [request for request in self.seen if type(request).__name__ == "LoadOwed"]

    def do_LoadBranches(self, request):
        return tuple(sorted(self.branches, key=lambda one: one.name))

    def do_LoadOwed(self, request):
        if request.branch and request.branch not in {branch.name for branch in self.branches}:
            raise CheckInError("branch_unknown", name=request.branch)
        debts = []
        for branch in (*self.do_LoadBranches(request), None):
            name = "" if branch is None else branch.name
            owing = [one for person in self.people if person.branch == name and (one := self._debtor(person, request))]
            if owing and request.branch in (None, name):
                debts.append(BranchDebts(branch, tuple(owing)))
        there = (*self.earlier, *([self.session] if self.session else []))
        sessions = tuple(one for one in there if one.opened and (request.campaign or one.key == request.key))
        without = () if request.campaign else self.without
        return super().do_LoadOwed(request)._replace(sessions=sessions, branches=tuple(debts), without_presence=without)

    def _debtor(self, person, request):
        notes = self.older.get(person.member_id, ()) if request.campaign else ()
        if self.session is not None and self.mark(person.member_id).note.owed:
            notes = (*notes, *self._owed(person))
        return Debtor(*person[:4], person.phone, notes) if notes else None

    def do_EditBranch(self, request):
        at = next(n for n, branch in enumerate(self.branches) if branch.id == request.branch_id)
        self.before, old = list(self.branches), self.branches[at]
        contact = old.contact if request.contact is None else request.contact
        phone = old.phone if request.phone is None else request.phone
        self.branches[at] = Branch(old.id, old.uid, old.name, contact, phone)
        return PeopleChanged(request.uid, changed=int(self.branches[at] != old))

    def do_UndoChanges(self, request):
        self.branches = self.before
        return ChangesUndone(uid=request.uid, kind="edit", touched=1)


def owing(**more):
    """Somebody owes three notes, somebody of another branch two."""
    desk = OwingDesk(**more)
    desk.older = {2: TWO_DAYS, 12: TWO_DAYS}
    return desk


class Chasing:
    """The chase list on the screen."""

    def __init__(self, it):
        self.app, self.desk, self.pilot = it.app, it.desk, it.pilot
        self.it, self.do, self.answer, self.settle = it, it.do, it.answer, it.settle

    @property
    def screen(self):
        return self.app.view

    @property
    def picture(self):
        return self.it.picture

    @property
    def banner(self):
        value = self.screen.banner.shown
        return "" if value is None else "\n".join((value.head, *value.rest))

    @property
    def lines(self):
        """What the list says, line by line."""
        return [" | ".join(text for text in row.texts if text) for row in self.screen.rows.rows]

    async def until(self, true):
        """Until something that happens beside the keys is so."""
        for _turn in range(300):
            await self.settle()
            if true():
                return
            await self.pilot.pause(0.01)
        raise AssertionError(self.picture)


@asynccontextmanager
async def chasing(desk=None, *, size=(80, 24), **more):
    """The chase list, read."""
    async with driven(desk or OwingDesk(), size=size, **more) as it:
        screen, chase = it.app.show(View.CHASE), Chasing(it)
        await chase.until(lambda: screen.furnished and screen.chase.listed.is_set())
        yield chase
