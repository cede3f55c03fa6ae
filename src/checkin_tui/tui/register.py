"""What every view knows of the day: the desk as read, the model, what is on its way to the disk, what failed.

Plain Python; the screen and its parts look here and draw.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from uuid import UUID

from checkin_tui.domain.attendance.events import Action
from checkin_tui.domain.calendar import local
from checkin_tui.domain.campaign import participation_of
from checkin_tui.domain.changes import AttendanceChanged
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.errors import REPLACED, UNCHANGED
from checkin_tui.domain.rates import Participation
from checkin_tui.domain.requests import MarkMany, MarkPerson, SeeNotebooks, TakeBack, Write, WriteNote
from checkin_tui.domain.roster import Person
from checkin_tui.domain.sessions import Session, SessionState
from checkin_tui.domain.views import DeskView
from checkin_tui.tui import shown
from checkin_tui.tui.gateway import Failure
from checkin_tui.tui.model import RosterModel


class Situation(Enum):
    """How the day stands, which decides what Enter may do."""

    NO_SESSION = "no_session"
    PLANNED = "planned"
    OPEN = "open"
    ENDED = "ended"
    OTHER_DAY = "other_day"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Register:
    """The desk of one session as this window knows it."""

    def __init__(self, view: DeskView, *, hidden: bool = False) -> None:
        """hidden: codes stand for names, wherever a name would be shown; what is typed finds people all the same."""
        self.hidden = hidden
        people, others = view.people, view.others
        if hidden:
            people, others = tuple(map(self.shown, people)), tuple(map(self.shown, others))
            view = view._replace(people=people, others=others)
        self.view = view
        self.model = RosterModel(people, view.marks, others)
        self.session: Session | None = view.session
        self.owes: Mapping[int, int] = {}  # member -> notes owed from other sessions, as far as it was read
        self.can_undo = view.undo is not None
        self.can_redo = view.redo is not None

    def shown(self, person: Person) -> Person:
        """The person as this window shows them."""
        return person._replace(name=shown.member(person.name, person.code, hidden=True)) if self.hidden else person

    @property
    def zone(self) -> str:
        """The program's IANA zone."""
        return self.view.program.terms.zone

    def situation(self, now: Millis) -> Situation:
        """How the day stands at `now`."""
        session = self.session
        if session is None:
            return Situation.NO_SESSION
        if session.state is SessionState.CLOSED:
            return Situation.CLOSED
        if session.state is SessionState.CANCELLED:
            return Situation.CANCELLED
        if local(now, self.zone).date() != session.key.day:
            return Situation.OTHER_DAY
        if now >= session.ends:
            return Situation.ENDED
        return Situation.OPEN if session.state is SessionState.OPEN else Situation.PLANNED

    def is_away(self, now: Millis) -> bool:
        """Whether this is not where today's check-in happens: another day, or a cancelled session."""
        session = self.session
        if session is None:
            return False
        return session.state is SessionState.CANCELLED or local(now, self.zone).date() != session.key.day

    def participation(self) -> Participation | None:
        """The rate as it stands; None without a session."""
        return None if self.session is None else participation_of(self.model.counts, self.session)

    def stepped(self, change: AttendanceChanged) -> None:
        """Remember what undo and redo would find after a change of this laptop, made in whichever view."""
        closed = self.session is not None and self.session.state is SessionState.CLOSED
        if closed:  # nothing but the closing itself, and only until something is corrected
            self.can_undo = change.action in (Action.CLOSE, Action.REDO)
        else:
            self.can_undo = change.action is not Action.UNDO or self.can_undo
        self.can_redo = change.action is Action.UNDO

    def moved(self, session: Session) -> None:
        """The session itself changed (opened, closed, late from)."""
        self.session = session
        self.view = self.view._replace(session=session)


class Outbox:
    """The writes of this window that have no result yet, and those the disk refused, of all views together.

    A result is taken in once, before any view is told (`answered`, `refused`); then the view that asked finds its
    request (`mine`) and says what came of it. All views show what is not saved.
    """

    def __init__(self) -> None:
        self.saving: dict[UUID, Write] = {}
        self.failed: dict[UUID, Failure] = {}
        self.locked = False  # another program holds the file, and what is on its way waits for that
        self.meant: dict[UUID, str] = {}  # what was made from a file that is gone: whose it was there
        self._askers: dict[UUID, str] = {}  # request -> the view that asked
        self._last: tuple[Write, str] | None = None  # what the result that is just being told answers

    def sent(self, request: Write, asker: str) -> None:
        """On its way."""
        self.saving[request.uid] = request
        self._askers[request.uid] = asker

    def again(self, failure: Failure, asker: str = "") -> None:
        """On its way once more; its answer is for the view that asked first, or now."""
        self.failed.pop(failure.request.uid, None)
        self.saving[failure.request.uid] = failure.request
        if asker:
            self._askers[failure.request.uid] = asker

    def asked_by(self, asker: str) -> list[Write]:
        """What this view asked for and has no result yet, in the order of the keys."""
        return [request for uid, request in self.saving.items() if self._askers.get(uid) == asker]

    def answered(self, uid: UUID) -> None:
        """It was written."""
        self.locked = False
        self.meant.pop(uid, None)
        request = self.saving.pop(uid, None)
        self._last = None if request is None else (request, self._askers.pop(uid, ""))

    def refused(self, failure: Failure) -> None:
        """It was refused; what the disk did not take, and a note, stays until it is tried again or put away."""
        self.locked = False
        uid = failure.request.uid
        request = self.saving.pop(uid, None)
        if request is None:
            self._last = None
            return
        kept = isinstance(request, WriteNote) and failure.error.code != UNCHANGED  # its text is nowhere else
        if failure.not_saved or kept or failure.error.code == REPLACED:
            self.failed[uid] = failure
            self._last = (request, self._askers.get(uid, ""))
        else:
            self._last = (request, self._askers.pop(uid, ""))

    def mine(self, uid: UUID, asker: str) -> Write | None:
        """The request that the result just told answers, if this view asked for it."""
        if self._last is None or self._last[0].uid != uid or self._last[1] != asker:
            return None
        return self._last[0]

    def forget(self, uid: UUID) -> None:
        """What the disk refused is given up."""
        self.failed.pop(uid, None)
        self.meant.pop(uid, None)
        self._askers.pop(uid, None)

    def is_saving(self, member_id: int, session_id: int | None) -> bool:
        """Whether something about this person at this session is on its way."""
        return any(member_id in members_at(request, session_id) for request in self.saving.values())

    def is_not_saved(self, member_id: int, session_id: int | None, *, note: bool = False) -> bool:
        """Whether a mark of this person at this session was not saved; note: whether their note was not."""
        return any(
            member_id in members_at(request, session_id)
            for request in self._failed_here()
            if isinstance(request, WriteNote | SeeNotebooks) is note
        )

    def members(self, session_id: int | None) -> Iterator[int]:
        """Everybody about whom something at this session is on its way or was not saved."""
        for request in (*self.saving.values(), *self._failed_here()):
            yield from members_at(request, session_id)

    def _failed_here(self) -> Iterator[Write]:
        """What failed, but for what was meant for another file: its numbers mean other people here."""
        return (failure.request for failure in self.failed.values() if failure.error.code != REPLACED)


def same_place(before: Register, now: Register | None, member_id: int) -> bool:
    """Whether a member's number means the same person at the same session in both, so far as a window can tell."""
    if now is None or before.session is None or now.session is None:
        return False
    if before.view.program.uid != now.view.program.uid or before.session.uid != now.session.uid:
        return False
    was, is_now = before.model.person(member_id), now.model.person(member_id)
    return was is not None and is_now is not None and (was.code, was.name) == (is_now.code, is_now.name)


def members_of(request: Write) -> tuple[int, ...]:
    """Whom a request is about."""
    if isinstance(request, MarkPerson | TakeBack | WriteNote):
        return (request.member_id,)
    return request.member_ids if isinstance(request, MarkMany | SeeNotebooks) else ()


def members_at(request: Write, session_id: int | None) -> tuple[int, ...]:
    """Whom a request is about, if it is about this session."""
    if members_of(request) and getattr(request, "session_id", None) == session_id:
        return members_of(request)
    return ()
