"""The desk of the sample: one station with a clock that is moved from step to step.

A day of three hundred arrivals is one transaction here, for the sake of the time it takes; each of its steps is still
decided by the rules of the domain, and what is derived is derived in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any, Final, NamedTuple
from uuid import UUID

from checkin_tui.domain.attendance import writing
from checkin_tui.domain.attendance.events import Action, Event, Source
from checkin_tui.domain.attendance.fold import fold
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.ids import RANDOM_BYTES, uuid7
from checkin_tui.domain.people import Member
from checkin_tui.domain.sessions import Session, SessionKey, SessionTerms
from checkin_tui.services.context import Context, the_session
from checkin_tui.services.handler import Handler
from checkin_tui.store import events, notes, people
from checkin_tui.store.sessions import load_sessions
from checkin_tui.store.unit_of_work import UnitOfWork

STATION: Final = UUID("5a3b1e00-0000-7000-8000-000000000018")
STATION_NAME: Final = "hall-door"
OPERATOR: Final = "Lin"


class Step(NamedTuple):
    """One thing done at the desk about one person. made: when. plan: the rule that says which events it is."""

    made: Millis
    member_id: int
    plan: Callable[[Sequence[Event], SessionTerms], writing.Drafts]
    action: Action = Action.MARK
    guest: bool = False


class SampleNote(NamedTuple):
    """A note as it was taken at the desk. made: when. paper: the notebook was seen."""

    made: Millis
    member_id: int
    text: str
    paper: bool


@dataclass
class _Hand:
    """The clock and the ids: what time it is, and where randomness comes from."""

    now: Millis
    rng: Random

    def clock(self) -> Millis:
        return self.now

    def uid(self) -> UUID:
        return uuid7(self.now, self.rng.randbytes(RANDOM_BYTES))


class SampleDesk:
    """Writes the sample's days, in the order in which they happened."""

    def __init__(self, context: Context, rng: Random, now: Millis) -> None:
        self._hand = _Hand(now, rng)
        self.context = replace(
            context,
            clock=self._hand.clock,
            new_uid=self._hand.uid,
            station=STATION,
            station_name=STATION_NAME,
            operator=OPERATOR,
        )
        self._handler = Handler(self.context)

    def do(self, made: Millis, request: type, **fields: Any) -> Any:
        """Send a request through the services at that instant."""
        self._hand.now = made
        return self._handler.handle(request(uid=self._hand.uid(), made=made, **fields))

    def sessions(self) -> dict[SessionKey, Session]:
        """Every session, by key."""
        with self.context.reading() as connection:
            return {session.key: session for session in load_sessions(connection)}

    def session(self, session_id: int) -> Session:
        """One session as it stands."""
        with self.context.reading() as connection:
            return the_session(connection, session_id)

    def members(self) -> dict[str, Member]:
        """Everybody, by code."""
        with self.context.reading() as connection:
            return {member.code: member for member in people.load_members(connection)}

    def write_steps(self, session: Session, steps: Iterable[Step]) -> None:
        """Write steps at one session in the order of their time, and what they add up to."""
        with self.context.writing() as work:
            known = events.events_of_many(work.connection, session.id, None)
            new: list[Event] = []
            for step in sorted(steps, key=lambda step: step.made):
                self._move(work, step.made)
                own = known.setdefault(step.member_id, [])
                written = self._events(work, session, step, step.plan(own, session.terms))
                own += written
                new += written
            events.insert_events(work.connection, new)
            touched = sorted({event.member_id for event in new})
            standings = [(member, fold(known[member], session.terms)) for member in touched]
            events.write_standings(work.connection, session.id, standings)
            work.commit()

    def write_notes(self, session: Session, taken: Iterable[SampleNote]) -> None:
        """Write first revisions of notes of one session, in the order of their time."""
        with self.context.writing() as work:
            for note in sorted(taken, key=lambda note: note.made):
                self._move(work, note.made)
                revision = notes.Revision(
                    id=0,
                    uid=self._hand.uid(),
                    session_id=session.id,
                    member_id=note.member_id,
                    text=note.text,
                    paper=note.paper,
                    batch=self._hand.uid(),
                    action=Action.MARK,
                    recorded=work.recorded(),
                    operator=OPERATOR,
                    station=STATION_NAME,
                )
                notes.append_revision(work.connection, revision)
            work.commit()

    def _move(self, work: UnitOfWork, made: Millis) -> None:
        self._hand.now = work.now = made

    def _events(self, work: UnitOfWork, session: Session, step: Step, drafts: writing.Drafts) -> list[Event]:
        batch = self._hand.uid()
        return [
            self.context.event(
                work,
                draft,
                session_id=session.id,
                member_id=step.member_id,
                batch=batch,
                action=step.action,
                source=Source.DESK,
                guest=step.guest,
            )
            for draft in drafts
        ]
