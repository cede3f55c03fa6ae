"""Attendance at one session without a file: the steps of `services.attendance`, the rules of the domain.

What decides (whether a mark may be written, which events it makes, what undo is about) is not told again here: the
services' own functions are called with this in the place of their context and of their unit of work.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import count
from types import SimpleNamespace
from uuid import UUID

from checkin_tui.domain import errors
from checkin_tui.domain.attendance import undo, writing
from checkin_tui.domain.attendance.events import Action, Event, EventKind, Status
from checkin_tui.domain.attendance.fold import active_events, fold
from checkin_tui.domain.changes import AttendanceChanged
from checkin_tui.domain.clock import HybridTime, tick
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.roster import Mark
from checkin_tui.domain.sessions import SessionState
from checkin_tui.services.attendance import _ready, _step
from checkin_tui.services.context import Context
from checkin_tui.store.rosters import Seat, mark_of

STATION, ELSEWHERE = UUID(int=7), UUID(int=8)


class FakeMarks:
    """The events of one session. `people` are on its roster, guests of the day among them; `others` are not."""

    operator, station_name = "Wang", "laptop-1"
    event = Context.event

    def __init__(self, roster, others, session, clock) -> None:
        self.people, self.others = list(roster), list(others)
        self.session, self.clock = session, clock
        self.station = STATION
        self.events: dict[int, list[Event]] = defaultdict(list)
        self.closings: dict[UUID, bool] = {}  # what closed the register (True) or opened it again, by its batch
        self.foreign = False
        self._newest: HybridTime | None = None
        self._ids = count(1000)

    # ------------------------------------------------------------------- a context and a unit of work of the services

    @property
    def now(self) -> int:
        """When the transaction began."""
        return self.clock()

    def recorded(self) -> HybridTime:
        """The next recorded time of this station."""
        self._newest = tick(self._newest, self.clock(), self.station)
        return self._newest

    def new_uid(self) -> UUID:
        return UUID(int=next(self._ids))

    # --------------------------------------------------------------------------------------------------------- marking

    def do_MarkPerson(self, request):
        one = self.find(request.member_id)
        if one is None:
            raise CheckInError(errors.UNKNOWN, typed=request.typed)
        zone, known = self.program.terms.zone, self.events[request.member_id]
        opened = _ready(self, self.session, zone, request.status is Status.EXCUSED, request.because)
        expected = one in self.people and one.expected
        if not (expected or request.guest or known):
            raise CheckInError(errors.NOT_EXPECTED, name=one.name, code=one.code)
        new = _step(self, self, SimpleNamespace(session=self.session, zone=zone), request, known)
        if one not in self.people:
            self.others.remove(one)
            one = one._replace(expected=False)
            self.people.append(one)
        self._open(opened)
        known += new
        arrivals = () if expected else (one,)
        return self._changed(request, [one.member_id], new[0].action, arrivals=arrivals, session=opened)

    def do_MarkMany(self, request):
        zone = self.program.terms.zone
        opened = _ready(self, self.session, zone, request.status is Status.EXCUSED, request.because)
        members = self._decide(request, request.member_ids, request.status, request.reason, Action.BULK)
        if not members:
            raise CheckInError(errors.UNCHANGED, status=request.status)
        self._open(opened)
        return self._changed(request, members, Action.BULK, session=opened)

    def do_TakeBack(self, request):
        _ready(self, self.session, self.program.terms.zone, True, request.because)
        known = self.events[request.member_id]
        step = writing.newest_step(known)
        if not self._append(request, request.member_id, writing.withdraw(known, step), Action.TAKE_BACK):
            raise CheckInError("not_taken_back")
        return self._changed(request, [request.member_id], Action.TAKE_BACK, undone=step[0].action)

    def do_CloseSession(self, request):
        if self.session.state is not SessionState.OPEN:
            raise CheckInError("session_state", state=self.session.state, key=self.session.key)
        rest = [one.member_id for one in self.people if one.expected] if request.absent_rest else []
        members = self._decide(request, rest, Status.ABSENT, None, Action.CLOSE)
        self.closings[request.uid] = True
        self.session = replace(self.session, state=SessionState.CLOSED, closed=self.now)
        return self._changed(request, members, Action.CLOSE, session=self.session)

    def _decide(self, request, members, status, reason, action) -> list[int]:
        """One status for those of them who are expected and have none yet."""
        expected = {one.member_id for one in self.people if one.expected}
        chosen = [one for one in members if one in expected and self.mark(one).status is None]
        for one in chosen:
            drafts = writing.decide(self.events[one], self.session.terms, status, reason)
            self._append(request, one, drafts, action)
        return chosen

    # --------------------------------------------------------------------------------------------------- undo and redo

    def do_Undo(self, request):
        found = undo.next_undo(self._steps())
        if self.session.state is SessionState.CLOSED and not (found and self.closings.get(found.uid)):
            raise CheckInError("undo_closed", key=self.session.key)
        return self._reverse(request, found, "nothing_to_undo", Action.UNDO)

    def do_Redo(self, request):
        return self._reverse(request, undo.next_redo(self._steps()), "nothing_to_redo", Action.REDO)

    def _steps(self) -> list[undo.Batch]:
        """What this station did, newest first. A closing without events stands as long as the register is closed."""
        batches: dict[UUID, list[Event]] = defaultdict(list)
        standing: set[UUID] = set()
        for events in self.events.values():
            standing |= {event.uid for event in active_events(events)}
            for event in events:
                if event.recorded.station == self.station:
                    batches[event.batch].append(event)
        found = [
            undo.Batch(uid, of[0].action, max(e.recorded for e in of), any(e.uid in standing for e in of))
            for uid, of in batches.items()
        ]
        return sorted(found, key=lambda batch: batch.recorded, reverse=True)

    def _reverse(self, request, batch, nothing, action):
        if batch is None:
            raise CheckInError(nothing)
        taken = [event for events in self.events.values() for event in events if event.batch == batch.uid]
        members = sorted({event.member_id for event in taken})
        for one in members:
            own = [event for event in taken if event.member_id == one]
            self._append(request, one, writing.withdraw(self.events[one], own), action)
        state = None
        if batch.uid in self.closings:
            closed = not self.closings[batch.uid]
            self.closings[request.uid] = closed
            self.session = state = replace(self.session, state=SessionState.CLOSED if closed else SessionState.OPEN,
                                           closed=self.now if closed else None)  # fmt: skip
        return self._changed(request, members, action, undone=self._what(taken[0]), session=state)

    def _what(self, event: Event) -> Action:
        """What the person would call the step: for what took something back, what that had been about."""
        everything = {one.uid: one for events in self.events.values() for one in events}
        while not undo.is_step(event.action) and event.target is not None:
            event = everything[event.target]
        return event.action

    # --------------------------------------------------------------------------------------------------------- helpers

    def find(self, member_id: int):
        """Somebody on the roster or beside it."""
        return next((one for one in (*self.people, *self.others) if one.member_id == member_id), None)

    def mark(self, member_id: int) -> Mark:
        """How somebody stands, with the note."""
        one, known = self.find(member_id), self.events.get(member_id, [])
        chars, paper = self.note_of(member_id)
        seat = Seat(one, Mark(), chars, paper, touched=bool(known))
        return mark_of(fold(known, self.session.terms), seat, self.session)

    def arrived(self, member_id: int, at: int) -> None:
        """Somebody else checked this person in."""
        self._newest = tick(self._newest, self.now, ELSEWHERE)
        batch = self.new_uid()
        self.events[member_id].append(
            Event(self.new_uid(), 1, member_id, EventKind.ARRIVED, self._newest, batch, happened=at)
        )
        self.foreign = True

    def _open(self, opened) -> None:
        if opened is not None:
            self.session = opened

    def _append(self, request, member_id, drafts, action) -> int:
        """How many events were written."""
        values = {"session_id": self.session.id, "member_id": member_id, "batch": request.uid, "action": action}
        because = getattr(request, "because", "")
        self.events[member_id] += [
            self.event(self, draft, source=request.source, because=because, **values) for draft in drafts
        ]
        return len(drafts)

    def _changed(self, request, members, action, **more) -> AttendanceChanged:
        return AttendanceChanged(
            uid=request.uid,
            recorded=self._newest,
            session_id=self.session.id,
            action=action,
            marks=tuple((one, self.mark(one)) for one in members),
            member_id=members[0] if len(members) == 1 else None,
            touched=len(members),
            **more,
        )
