"""What the roster screen knows of the day: the desk as read, the model, what is on its way to the disk, what failed.

Plain Python; the screen and its parts look here and draw.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from enum import Enum
from uuid import UUID

from checkin_tui.domain.attendance.events import Action
from checkin_tui.domain.calendar import local
from checkin_tui.domain.campaign import NoteCounts
from checkin_tui.domain.changes import AttendanceChanged
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.notes import NoteState
from checkin_tui.domain.rates import Participation, participation
from checkin_tui.domain.requests import MarkMany, MarkPerson, SeeNotebooks, TakeBack, Write, WriteNote
from checkin_tui.domain.roster import Person
from checkin_tui.domain.sessions import Session, SessionState
from checkin_tui.domain.views import DeskView
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
        return person._replace(name=f"#{person.code}") if self.hidden else person

    def name_of(self, member_id: int, name: str) -> str:
        """The name as this window shows it, where it comes from elsewhere than the list."""
        person = self.model.person(member_id)
        return name if person is None or not self.hidden else person.name

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
        session = self.session
        if session is None:
            return None
        return participation(
            self.model.counts, session.target, session.leave_counts, session.state is SessionState.CLOSED
        )

    def note_counts(self) -> NoteCounts:
        """The notes of the session as they stand."""
        tally = Counter(self.model.mark(person.member_id).note for person in self.model.people if person.expected)
        required = sum(count for note, count in tally.items() if note.required)
        return NoteCounts(required, tally[NoteState.COMPLETE], tally[NoteState.TOO_SHORT])

    def stepped(self, change: AttendanceChanged, own: bool) -> None:
        """Remember what undo and redo would find after a change of this laptop."""
        if not own:
            return
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
    """The writes of this window that have no result yet, and those the disk refused. It outlives a reload."""

    def __init__(self) -> None:
        self.saving: dict[UUID, Write] = {}
        self.failed: dict[UUID, Failure] = {}

    def sent(self, request: Write) -> None:
        """On its way (again)."""
        self.failed.pop(request.uid, None)
        self.saving[request.uid] = request

    def settled(self, uid: UUID) -> Write | None:
        """It has a result. The request, when it was ours."""
        return self.saving.pop(uid, None)

    def not_saved(self, failure: Failure) -> None:
        """The disk refused it; it stays until it is retried or put away."""
        self.failed[failure.request.uid] = failure

    def is_saving(self, member_id: int, session_id: int | None) -> bool:
        """Whether something about this person at this session is on its way."""
        return any(member_id in members_at(request, session_id) for request in self.saving.values())

    def is_not_saved(self, member_id: int, session_id: int | None) -> bool:
        """Whether something about this person at this session was not saved."""
        return any(member_id in members_at(failure.request, session_id) for failure in self.failed.values())

    def members(self, session_id: int | None) -> Iterator[int]:
        """Everybody about whom something at this session is on its way or was not saved."""
        for request in (*self.saving.values(), *(failure.request for failure in self.failed.values())):
            yield from members_at(request, session_id)


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
