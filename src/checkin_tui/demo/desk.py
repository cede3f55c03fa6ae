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

from checkin_tui.demo.people import SampleBranch
from checkin_tui.domain.attendance import writing
from checkin_tui.domain.attendance.events import Action, Event, Source
from checkin_tui.domain.attendance.fold import fold
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.ids import RANDOM_BYTES, uuid7
from checkin_tui.domain.sessions import Session, SessionTerms
from checkin_tui.services.context import Context
from checkin_tui.services.handler import Handler
from checkin_tui.services.people_changes import logged_change
from checkin_tui.store import changelog, events, notes, people
from checkin_tui.store.schema import Entity
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

    def __init__(self, context: Context, rng: Random) -> None:
        self._hand = _Hand(0, rng)
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

    def sessions(self) -> list[Session]:
        """Every session, by key."""
        with self.context.reading() as connection:
            return list(load_sessions(connection))

    def member_ids(self) -> dict[str, int]:
        """The id of everybody, by code."""
        with self.context.reading() as connection:
            return {member.code: member.id for member in people.load_members(connection)}

    def name_contacts(self, made: Millis, contacts: Sequence[SampleBranch]) -> None:
        """Write whom to call in each branch, and log it as an edit."""
        self._hand.now = made
        batch = self._hand.uid()
        wanted = {one.name: one for one in contacts}
        with self.context.writing() as work:
            logged = []
            for branch in people.load_branches(work.connection):
                new = {"contact": wanted[branch.name].contact, "phone": wanted[branch.name].phone}
                people.set_branch(work.connection, branch.uid, new)
                before = {"name": branch.name, "contact": branch.contact, "phone": branch.phone}
                line = logged_change(
                    self.context, work, batch, "edit", Entity.BRANCH, branch.uid, before, {**before, **new}
                )
                logged.append(line)
            changelog.append(work.connection, logged)
            work.commit()

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
            revisions = []
            for note in sorted(taken, key=lambda note: note.made):
                self._move(work, note.made)
                revisions.append(self._revision(work, session, note))
            notes.append_revisions(work.connection, revisions)
            work.commit()

    def _revision(self, work: UnitOfWork, session: Session, note: SampleNote) -> notes.Revision:
        return notes.Revision(
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
