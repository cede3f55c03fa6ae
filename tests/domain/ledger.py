"""A register in memory: appends drafts as events as a service does, with ids, recorded times and batches of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from checkin_tui.domain.attendance.events import Action, Draft, Event
from checkin_tui.domain.attendance.fold import Standing, active_events, fold
from checkin_tui.domain.attendance.undo import Batch, next_redo, next_undo
from checkin_tui.domain.attendance.writing import newest_step, withdraw
from checkin_tui.domain.clock import MINUTE, Millis, tick
from checkin_tui.domain.ids import uuid7
from checkin_tui.domain.sessions import SessionTerms

DAY = datetime(2026, 5, 18, tzinfo=UTC)
SESSION = 7
DOOR = UUID(int=0xD00)
HALL = UUID(int=0x4A11)


def at(clock: str) -> Millis:
    """The instant of `14:26` (or `14:26:59`) on the day of the session."""
    hours, minutes, seconds = (*map(int, clock.split(":")), 0)[:3]
    return int((DAY + timedelta(hours=hours, minutes=minutes, seconds=seconds)).timestamp()) * 1000


TERMS = SessionTerms(starts=at("14:30"), ends=at("17:00"), late_from=at("14:40"), grace=10 * MINUTE)


def newest_first(batches: list[Batch]) -> list[Batch]:
    """In the order in which undo and redo look at them."""
    return sorted(batches, key=lambda batch: batch.recorded, reverse=True)


class Ledger:
    """All events of one session, as one file holds them. The clock moves a second with every batch unless told."""

    def __init__(self, terms: SessionTerms = TERMS, salt: int = 0) -> None:
        self.terms = terms
        self.events: list[Event] = []
        self.now = at("14:00")
        self._made = salt << 40

    def new_id(self) -> UUID:
        self._made += 1
        return uuid7(self.now, self._made.to_bytes(10, "big"))

    def of(self, member: int) -> list[Event]:
        return [event for event in self.events if event.member_id == member]

    def standing(self, member: int = 1) -> Standing:
        return fold(self.of(member), self.terms)

    def standings(self) -> dict[int, Standing]:
        return {member: self.standing(member) for member in {event.member_id for event in self.events}}

    def write(
        self,
        drafts: Sequence[Draft] | Mapping[int, Sequence[Draft]],
        *,
        member: int = 1,
        action: Action = Action.MARK,
        station: UUID = DOOR,
        request: UUID | None = None,
    ) -> list[Event]:
        """Append one batch. `request`: its id, made by whoever asks; the same id again writes nothing."""
        self.now += 1000
        batch = request or self.new_id()
        known = [event for event in self.events if event.batch == batch]
        if known:
            return known
        written: list[Event] = []
        by_member = drafts if isinstance(drafts, Mapping) else {member: drafts}
        for member_id, member_drafts in by_member.items():
            for draft in member_drafts:
                newest = max((event.recorded for event in (*self.events, *written)), default=None)
                written.append(
                    Event(
                        uid=self.new_id(),
                        session_id=SESSION,
                        member_id=member_id,
                        recorded=tick(newest, self.now, station),
                        batch=batch,
                        action=action,
                        station=str(station),
                        **draft._asdict(),
                    )
                )
        self.events += written
        return written

    def batches(self, station: UUID = DOOR) -> list[Batch]:
        active = {event.uid for event in active_events(self.events)}
        grouped: dict[UUID, list[Event]] = {}
        for event in self.events:
            if event.station == str(station):
                grouped.setdefault(event.batch, []).append(event)
        return [
            Batch(uid, events[0].action, max(e.recorded for e in events), any(e.uid in active for e in events))
            for uid, events in grouped.items()
        ]

    def undo(self, station: UUID = DOOR) -> list[Event]:
        return self._reverse(next_undo(newest_first(self.batches(station))), Action.UNDO, station)

    def redo(self, station: UUID = DOOR) -> list[Event]:
        return self._reverse(next_redo(newest_first(self.batches(station))), Action.REDO, station)

    def take_back(self, member: int = 1) -> list[Event]:
        events = self.of(member)
        return self.write(withdraw(events, newest_step(events)), member=member, action=Action.TAKE_BACK)

    def _reverse(self, batch: Batch | None, action: Action, station: UUID) -> list[Event]:
        if batch is None:
            return []
        named = [event for event in self.events if event.batch == batch.uid]
        drafts = {member: withdraw(self.events, _only(named, member)) for member in {e.member_id for e in named}}
        return self.write(drafts, action=action, station=station)


def _only(events: Iterable[Event], member: int) -> list[Event]:
    return [event for event in events if event.member_id == member]
