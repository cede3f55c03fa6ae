"""Marking people, in every view: the requests that go out, and what the screen shows when the answer comes."""

from __future__ import annotations

from asyncio import TimerHandle, get_running_loop
from collections.abc import Callable
from typing import TYPE_CHECKING

from checkin_tui.domain.attendance.events import Action, Reason, Status
from checkin_tui.domain.changes import AttendanceChanged
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.requests import MarkMany, MarkPerson, Redo, TakeBack, Undo, Write
from checkin_tui.domain.roster import Mark
from checkin_tui.tui.desk import words
from checkin_tui.tui.register import Situation, members_of
from checkin_tui.tui.widgets.lines import BannerValue

if TYPE_CHECKING:
    from uuid import UUID

    from checkin_tui.domain.views import News, Origin
    from checkin_tui.tui.gateway import Ticket
    from checkin_tui.tui.screens.desk import DeskScreen

BLINK_SECONDS = 0.03


class Marks:
    """Everything that writes attendance."""

    def __init__(self, screen: DeskScreen) -> None:
        self.screen = screen
        self.newest: UUID | None = None  # the last request that went out
        self._blink: TimerHandle | None = None
        self._told: tuple[int, Mark, BannerValue | None] | None = None  # of whom the banner says how they stand

    @property
    def because(self) -> dict[int, str]:
        """Session id -> the reason for correcting it, asked once for all views."""
        return self.screen.desk_app.because

    # -------------------------------------------------------------------------------------------------------- requests

    def arrive(self, member_id: int, typed: str = "", *, guest: bool = False) -> None:
        """The person is here, now."""
        self._mark(member_id, typed=typed, guest=guest)

    def correct(self, member_id: int) -> None:
        """On a closed register Enter means: was here."""
        self.with_reason(lambda: self._mark(member_id, status=Status.PRESENT))

    def called(self, member_id: int) -> None:
        """In a roll-call: present, at a time nobody wrote down."""
        self.with_reason(lambda: self._mark(member_id, status=Status.PRESENT))

    def decide(self, status: Status, reason: Reason | None = None, who: int | None = None) -> None:
        """A decision about the highlighted person, or `who`. Somebody who only now comes gets the time as well."""
        register, member_id = self.screen.register, self.screen.highlighted if who is None else who
        if register is None or member_id is None:
            return
        now = self.screen.now()
        mark = register.model.mark(member_id)
        running = register.situation(now) in (Situation.OPEN, Situation.PLANNED)
        at = now if status.attended and running and mark.arrived is None and not mark.inside else None
        self.with_reason(lambda: self._mark(member_id, status=status, reason=reason, at=at))

    def left_now(self) -> None:
        """The highlighted person leaves; once the session is over the time is asked for."""
        register, member_id = self.screen.register, self.screen.highlighted
        if register is None or member_id is None:
            return
        if register.situation(self.screen.now()) is Situation.OPEN:
            self._mark(member_id, left=self.screen.now())
        else:
            self.screen.people.left_at(member_id)

    def set_arrival(self, member_id: int, at: Millis) -> None:
        """A time of arrival was entered; it replaces the one that is known."""
        register = self.screen.register
        mark = None if register is None else register.model.mark(member_id)
        known = mark is not None and mark.status is not None and mark.status.attended
        self.with_reason(lambda: self._mark(member_id, at=at, correct=known))

    def set_leaving(self, member_id: int, at: Millis) -> None:
        """A time of leaving was entered; it replaces the one that is known."""
        register = self.screen.register
        known = register is not None and register.model.mark(member_id).left is not None
        self.with_reason(lambda: self._mark(member_id, left=at, correct=known))

    def many(self, member_ids: tuple[int, ...], status: Status) -> None:
        """One status for all of them who are unmarked."""
        session = self.session_id
        if session is not None and member_ids:
            uid, made = self.screen.stamp()
            because = self.because.get(session, "")
            self.send(
                MarkMany(uid=uid, made=made, session_id=session, member_ids=member_ids, status=status, because=because)
            )

    def take_back(self) -> None:
        """The newest step about the highlighted person."""
        member_id, session = self.screen.highlighted, self.session_id
        if member_id is not None and session is not None:
            self.with_reason(lambda: self._take_back(session, member_id))

    def _take_back(self, session: int, member_id: int) -> None:
        uid, made = self.screen.stamp()
        because = self.because.get(session, "")
        self.send(TakeBack(uid=uid, made=made, session_id=session, member_id=member_id, because=because))

    def undo(self) -> None:
        """This laptop's newest step at this session."""
        session = self.session_id
        if session is not None:
            uid, made = self.screen.stamp()
            self.send(Undo(uid=uid, made=made, session_id=session))

    def redo(self) -> None:
        """What undo took back last."""
        session = self.session_id
        if session is not None:
            uid, made = self.screen.stamp()
            self.send(Redo(uid=uid, made=made, session_id=session))

    def with_reason(self, then: Callable[[], object]) -> None:
        """Do it; on a closed register ask first why, once a day."""
        register = self.screen.register
        session = None if register is None else register.session
        closed = register is not None and register.situation(self.screen.now()) is Situation.CLOSED
        if session is None:
            return
        if closed and session.id not in self.because:
            self.screen.days.ask_because(then)
        else:
            then()

    def _mark(
        self,
        member_id: int,
        *,
        status: Status | None = None,
        reason: Reason | None = None,
        at: Millis | None = None,
        left: Millis | None = None,
        correct: bool = False,
        guest: bool = False,
        typed: str = "",
    ) -> None:
        session = self.session_id
        if session is None:
            return
        uid, made = self.screen.stamp()
        self.send(
            MarkPerson(
                uid=uid,
                made=made,
                session_id=session,
                member_id=member_id,
                status=status,
                reason=reason,
                at=at,
                left=left,
                correct=correct,
                guest=guest,
                because=self.because.get(session, ""),
                typed=typed,
            )
        )

    @property
    def session_id(self) -> int | None:
        """The session on the screen."""
        register = self.screen.register
        return None if register is None or register.session is None else register.session.id

    def send(self, request: Write, origin: Origin | None = None) -> Ticket:
        """A write about people: their rows show it until the disk has said yes.

        origin: the file it is for, where that is not the one on the screen.
        """
        self.screen.outbox.sent(request, self.screen.VIEW)
        ticket = self.screen.gateway.write(request, origin or self.screen.reading.origin)
        self.newest = request.uid
        if self._blink is None:
            self._blink = get_running_loop().call_later(BLINK_SECONDS, self._draw_saving)
        self.screen.figures.show_saving()
        return ticket

    def _draw_saving(self) -> None:
        """What is not on the disk by now shows as *saving*. Most marks are quicker, and are painted once."""
        self._blink = None
        if self.screen.is_running:
            self.draw_outbox()

    def draw_outbox(self) -> None:
        """Everybody about whom the disk has not said yes, at the session on the screen."""
        self.screen.show_marks(self.screen.outbox.members(self.session_id))

    # --------------------------------------------------------------------------------------------------------- answers

    def changed(self, change: AttendanceChanged) -> None:
        """Patch the rows, the counts and the session; say what a write of this view did."""
        register, request = self.screen.register, self.screen.mine(change.uid)
        who = None if register is None or not change.marks else change.marks[0][0]
        before = None if register is None or who is None else register.model.mark(who)
        if register is None or not self.screen.reading.patch(change):
            return
        register.stepped(change)
        if request is not None:
            self.screen.show_marks(members_of(request))  # also of those whom it did not change
            self.screen.say(self._banner(change, request, before))
            self._told = (*change.marks[0], self.screen.banner.shown) if len(change.marks) == 1 else None
            self.screen.stepped_on()

    def heard(self, news: News) -> None:
        """Another window or command changed what the banner says of somebody: it says so."""
        register = self.screen.register
        if self._told is None or register is None or self.screen.banner.shown is not self._told[2]:
            return
        member_id, told, _shown = self._told
        mark, person = register.model.mark(member_id), register.model.person(member_id)
        same = (mark.status, mark.reason, mark.arrived, mark.left) == (
            told.status,
            told.reason,
            told.arrived,
            told.left,
        )
        if any(who == member_id for who, _mark in news.marks) and person is not None and not same:
            self._told = None
            self.screen.say(words.changed_elsewhere(person, mark))

    def _banner(self, change: AttendanceChanged, request: Write, before: Mark | None) -> BannerValue:
        register = self.screen.register
        assert register is not None
        if change.action in (Action.UNDO, Action.REDO):
            return words.undone_banner(change, register)
        if change.action is Action.TAKE_BACK:
            return words.taken_back_banner(change, register)
        if isinstance(request, MarkPerson) and request.left is not None and change.marks:
            return words.left_banner(change, request.left, register)
        return words.marked_banner(change, register, before)
