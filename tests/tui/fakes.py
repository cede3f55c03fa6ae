"""A handler without a database: one session of invented people, with the real rules of attendance."""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import replace
from datetime import date, time
from fractions import Fraction
from itertools import count
from pathlib import Path
from uuid import UUID

from checkin_tui.domain import errors, requests
from checkin_tui.domain.attendance import writing
from checkin_tui.domain.attendance.events import Action, Event, EventKind
from checkin_tui.domain.attendance.fold import fold
from checkin_tui.domain.board import board
from checkin_tui.domain.calendar import instant
from checkin_tui.domain.campaign import Day, NoteCounts
from checkin_tui.domain.changes import (
    AttendanceChanged,
    NoteChanged,
    NotesChanged,
    PeopleChanged,
    RefusalRecorded,
    SessionChanged,
)
from checkin_tui.domain.clock import HybridTime, tick
from checkin_tui.domain.errors import CheckInError, DatabaseError
from checkin_tui.domain.notes import count_characters, note_state
from checkin_tui.domain.people import Branch, Member, Membership
from checkin_tui.domain.program import Program, ProgramTerms
from checkin_tui.domain.rates import Target
from checkin_tui.domain.roster import Counts, Mark, Person
from checkin_tui.domain.search import branch_key, person_key
from checkin_tui.domain.sessions import Audience, Session, SessionKey, SessionKind, SessionState
from checkin_tui.domain.views import (
    BranchDebts,
    CampaignView,
    Debtor,
    DeskView,
    History,
    HistoryLine,
    News,
    NoteVersion,
    NoteView,
    OwedNote,
    OwedView,
)
from checkin_tui.settings import Settings

DAY = date(2026, 5, 18)
ZONE = "UTC"
STATION = UUID(int=7)
STARTS = instant(DAY, time(14, 30), ZONE)
ENDS = instant(DAY, time(17, 0), ZONE)
MINUTE = 60_000

GIVEN = [
    "Wei",
    "Anna",
    "Mei",
    "Boris",
    "Lian",
    "Nora",
    "Tao",
    "Elif",
    "Jun",
    "Mira",
    "Bo",
    "Sara",
    "Hui",
    "Omar",
    "Yan",
    "Ida",
    "Lei",
    "Noor",
    "Min",
    "Petra",
]
FAMILY = [
    "Zhang",
    "Larsen",
    "Chen",
    "Novak",
    "Wu",
    "Okoye",
    "Sun",
    "Rossi",
    "Gao",
    "Silva",
    "Luo",
    "Weber",
    "Tang",
    "Kaya",
    "Shen",
    "Moreau",
]
BRANCHES = ["Xinghe", "Hepan", "Dongshan", "Willow Farm", "Old Mill", "Lakeside"]


def person(number: int, name: str, branch: str, **more) -> Person:
    """One invented person; the code is the number in four digits."""
    code = more.pop("code", f"{number:04d}")
    key = person_key(code, name, "") + branch_key(branch)
    values = {"title": "", "leader": False, "expected": True, "phone": "", "search": key} | more
    return Person(member_id=number, code=code, name=name, branch=branch, **values)


def people(number: int) -> list[Person]:
    """So many people, all with different names, by branch."""
    made = []
    for n in range(1, number + 1):
        turn = (n - 1) // (len(GIVEN) * len(FAMILY))
        name = f"{FAMILY[n % len(FAMILY)]} {GIVEN[(n // len(FAMILY)) % len(GIVEN)]}" + (f" {turn + 1}" if turn else "")
        made.append(person(n, name, BRANCHES[(n - 1) * len(BRANCHES) // number]))
    return made


def session(**more) -> Session:
    """A study session on a Monday afternoon, open unless told otherwise."""
    values = {
        "id": 1,
        "uid": UUID(int=11),
        "key": SessionKey(DAY),
        "kind": SessionKind.STUDY,
        "state": SessionState.OPEN,
        "topic": "",
        "presenter_id": None,
        "presenter": "",
        "starts": STARTS,
        "ends": ENDS,
        "late_from": STARTS + 10 * MINUTE,
        "grace": 10,
        "minimum_note": 50,
        "target": Target(">", Fraction(98)),
        "leave_counts": True,
        "audience": Audience(),
        "opened": STARTS - 30 * MINUTE,
    }
    return Session(**(values | more))


class Clock:
    """Stands still until it is set."""

    def __init__(self, at: int = STARTS - 4 * MINUTE) -> None:
        self.at = at

    def __call__(self) -> int:
        return self.at


class FakeDesk:
    """The shared 'file': both threads of the gateway get the same one."""

    def __init__(self, roster, clock, *, today=DAY, the_session="open", others=(), practice=False) -> None:
        self.people, self.others = list(roster), list(others)
        self.clock, self.today = clock, today
        self.session = session() if the_session == "open" else the_session
        self.following = None
        self.earlier: list[Session] = []  # of other days; nobody is marked there
        self.held: dict[int, Day] = {}  # the figures of those that were taken, by their ids
        terms = ProgramTerms("Spring study", DAY, date(2026, 5, 28), zone=ZONE)
        self.program = Program(1, UUID(int=3), terms, practice=practice)
        self.events: dict[int, list[Event]] = defaultdict(list)
        self.steps: list[UUID] = []
        self.undone: list[UUID] = []
        self.notes: dict[int, list[NoteVersion]] = {}
        self.stays: dict[UUID, UUID | None] = {}
        self.note_steps: list[UUID] = []
        self.owes: dict[int, int] = {}
        self.refusals: list[requests.RecordRefusal] = []
        self.seen: list[object] = []
        self.failing: CheckInError | None = None
        self.gate = threading.Event()
        self.gate.set()
        self.foreign = False
        self.connections = 0
        self._newest: HybridTime | None = None
        self._ids = count(1000)

    def connect(self):
        self.connections += 1
        return self

    def close(self) -> None:
        pass

    # ---------------------------------------------------------------------------------------------------------- asking

    def foreign_changes(self) -> bool:
        seen, self.foreign = self.foreign, False
        return seen

    def handle(self, request):
        self.gate.wait(10)
        self.seen.append(request)
        if self.failing is not None and hasattr(request, "uid"):
            raise self.failing
        return getattr(self, "do_" + type(request).__name__)(request)

    def do_LoadDesk(self, request):
        marks = {member_id: self.mark(member_id) for member_id in {*self.events, *self.notes}}
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
        marks = tuple((member_id, self.mark(member_id)) for member_id in {*self.events, *self.notes})
        return News(marks, (), self.session, self._newest, False)

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
        marks = {member_id: self.mark(member_id) for member_id in {*self.events, *self.notes}}
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

    def do_LoadNote(self, request):
        versions = tuple(reversed(self.notes.get(request.member_id, [])))
        one = next(p for p in (*self.people, *self.others) if p.member_id == request.member_id)
        return NoteView(self.session, one, self.mark(request.member_id), versions)

    def do_LoadMember(self, request):
        return self._member(request.member_id)

    # --------------------------------------------------------------------------------------------------------- marking

    def do_MarkPerson(self, request):
        found = {p.member_id: p for p in (*self.people, *self.others)}
        if request.member_id not in found:
            raise CheckInError(errors.UNKNOWN, typed=request.typed)
        one = found[request.member_id]
        if self.session.state is SessionState.CLOSED and not request.because:
            raise CheckInError(errors.CLOSED, state="closed", key=str(self.session.key))
        arrivals = ()
        if one not in self.people:
            if not request.guest:
                raise CheckInError(errors.NOT_EXPECTED, name=one.name)
            one = one._replace(expected=False)
            self.others = [p for p in self.others if p.member_id != one.member_id]
            self.people.append(one)
            arrivals = (one,)
        try:
            drafts = self._drafts(request)
        except CheckInError as error:
            raise CheckInError(error.code, **(error.values | {"name": one.name, "operator": "Wang"})) from None
        opened = self._opened()
        self._append(request, {one.member_id: drafts}, Action.CORRECT if request.correct else Action.MARK)
        return self._changed(request, [one.member_id], Action.MARK, arrivals=arrivals, session=opened)

    def _drafts(self, request):
        events, terms = self.events[request.member_id], self.session.terms
        if request.left is not None:
            act = writing.correct_leaving if request.correct else writing.leave
            return act(events, terms, request.left)
        if request.status is not None:
            return writing.decide(events, terms, request.status, request.reason, request.at)
        at = request.made if request.at is None else request.at
        return writing.correct_arrival(events, terms, at) if request.correct else writing.arrive(events, terms, at)

    def do_MarkMany(self, request):
        members = [m for m in request.member_ids if self.mark(m).status is None]
        terms = self.session.terms
        drafts = {m: writing.decide(self.events[m], terms, request.status, request.reason) for m in members}
        self._append(request, drafts, Action.BULK)
        return self._changed(request, members, Action.BULK)

    def do_TakeBack(self, request):
        events = self.events[request.member_id]
        named = writing.newest_step(events)
        if not named:
            raise CheckInError("not_taken_back")
        self._append(request, {request.member_id: writing.withdraw(events, named)}, Action.TAKE_BACK)
        return self._changed(request, [request.member_id], Action.TAKE_BACK)

    def do_Undo(self, request):
        if not self.steps:
            raise CheckInError("nothing_to_undo")
        return self._reverse(request, self.steps, self.undone, Action.UNDO)

    def do_Redo(self, request):
        if not self.undone:
            raise CheckInError("nothing_to_redo")
        return self._reverse(request, self.undone, self.steps, Action.REDO)

    def _reverse(self, request, source, target, action):
        batch = source.pop()
        touched, undone = {}, Action.MARK
        for member_id, events in list(self.events.items()):
            named = [e for e in events if e.batch == batch]
            if named:
                undone = Action.MARK if action is Action.REDO else named[0].action
                touched[member_id] = writing.withdraw(events, named)
        self._append(request, touched, action)
        target.append(request.uid)
        return self._changed(request, list(touched), action, undone=undone, touched=len(touched))

    def do_RecordRefusal(self, request):
        self.refusals.append(request)
        return RefusalRecorded(uid=request.uid)

    # ----------------------------------------------------------------------------------------------------------- notes

    def do_WriteNote(self, request):
        there = self.notes.setdefault(request.member_id, [])
        newest = there[-1] if there else None
        other = ""
        if newest is not None and not newest.own and newest.uid != request.based_on:
            other = newest.operator
        again = newest is not None and newest.own and self.stays.get(newest.uid) == request.stay
        uid = newest.uid if again else request.uid
        version = self._version(uid, request.text, paper=newest is not None and newest.paper)
        if again:
            there[-1] = version
        else:
            there.append(version)
        self.stays[uid] = request.stay
        self._newest = tick(self._newest, self.clock(), STATION)
        mark = self.mark(request.member_id)
        return NoteChanged(
            request.uid, 1, request.member_id, mark, mark.paper, mark.chars, 50, uid, other, self._newest
        )

    def do_SeeNotebooks(self, request):
        marks = {m: self.mark(m) for m in request.member_ids}
        seen = [m for m, mark in marks.items() if mark.note.required and not mark.paper]
        if not seen:
            raise CheckInError("unchanged", name=self._member(request.member_ids[0]).name)
        for m in seen:
            text = self.notes[m][-1].text if self.notes.get(m) else ""
            self.notes.setdefault(m, []).append(self._version(request.uid, text, paper=True))
        self.note_steps.append(request.uid)
        return self._notes_changed(request, Action.BULK, seen, [m for m in marks if m not in seen])

    def do_UndoNotes(self, request):
        if not self.note_steps:
            raise CheckInError("nothing_to_undo")
        batch = self.note_steps.pop()
        touched = [m for m, versions in self.notes.items() if versions and versions[-1].uid == batch]
        for m in touched:
            self.notes[m].pop()
        return self._notes_changed(request, Action.UNDO, touched)

    def do_RedoNotes(self, request):
        raise CheckInError("nothing_to_redo")

    def _version(self, uid, text, *, paper, own=True, operator="Wang"):
        return NoteVersion(
            uid, text, paper, count_characters(text), self.clock(), operator, "laptop-1", Action.MARK, own
        )

    def _notes_changed(self, request, action, members, unchanged=()):
        self._newest = tick(self._newest, self.clock(), STATION)
        marks = tuple((m, self.mark(m)) for m in members)
        return NotesChanged(request.uid, 1, action, marks, tuple(unchanged), recorded=self._newest)

    def wrote(self, member_id: int, text: str, operator: str = "Li") -> None:
        """Somebody at another laptop wrote this note."""
        uid = UUID(int=next(self._ids))
        self.notes.setdefault(member_id, []).append(self._version(uid, text, paper=False, own=False, operator=operator))
        self._newest = tick(self._newest, self.clock(), UUID(int=8))
        self.foreign = True

    # ---------------------------------------------------------------------------------------------- sessions and people

    def do_CloseSession(self, request):
        waiting = [p.member_id for p in self.people if self.mark(p.member_id).status is None]
        self.session = replace(self.session, state=SessionState.CLOSED, closed=request.made)
        return SessionChanged(uid=request.uid, session=self.session, unmarked=len(waiting))

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

    def mark(self, member_id: int) -> Mark:
        s = fold(self.events[member_id], self.session.terms)
        newest = self.notes[member_id][-1] if self.notes.get(member_id) else None
        chars, paper = (0, False) if newest is None else (newest.chars, newest.paper)
        note = note_state(chars, paper, self.session.minimum_note, s.attended, lectured=False)
        return Mark(s.status, s.reason, s.arrived, s.minutes_late, s.left, s.inside, note, chars, paper)

    def _member(self, member_id: int) -> Member:
        one = next(p for p in (*self.people, *self.others) if p.member_id == member_id)
        place = Membership(1, one.branch, False, DAY)
        return Member(one.member_id, UUID(int=one.member_id), one.code, one.name, memberships=(place,))

    def _opened(self):
        if self.session.state is SessionState.PLANNED:
            self.session = replace(self.session, state=SessionState.OPEN)
            return self.session
        return None

    def _append(self, request, drafts, action) -> None:
        for member_id, some in drafts.items():
            for draft in some:
                self._newest = tick(self._newest, self.clock(), STATION)
                self.events[member_id].append(
                    Event(
                        uid=UUID(int=next(self._ids)),
                        session_id=1,
                        member_id=member_id,
                        recorded=self._newest,
                        batch=request.uid,
                        action=action,
                        because=getattr(request, "because", ""),
                        **draft._asdict(),
                    )
                )
        if action not in (Action.UNDO, Action.REDO):
            self.steps.append(request.uid)
            self.undone.clear()

    def _changed(self, request, members, action, **more) -> AttendanceChanged:
        return AttendanceChanged(
            uid=request.uid,
            recorded=self._newest,
            session_id=1,
            action=action,
            marks=tuple((m, self.mark(m)) for m in members),
            **more,
        )

    def arrived(self, member_id: int, at: int) -> None:
        """Somebody else checked this person in."""
        self._newest = tick(self._newest, at, UUID(int=8))
        self.events[member_id].append(
            Event(
                uid=UUID(int=next(self._ids)),
                session_id=1,
                member_id=member_id,
                kind=EventKind.ARRIVED,
                recorded=self._newest,
                batch=UUID(int=next(self._ids)),
                happened=at,
            )
        )
        self.foreign = True


FULL = DatabaseError("db_full")


def settings(**more) -> Settings:
    """Settings of a test: no bell, a file that is never opened."""
    return Settings(**({"database": Path("test.db"), "operator": "Wang", "bell": False} | more))


def uids():
    """A maker of ids that never repeats itself."""
    numbers = count(1 << 20)
    return lambda: UUID(int=next(numbers))
