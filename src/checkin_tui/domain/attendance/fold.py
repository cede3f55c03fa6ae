"""The fold: one member's events at one session become one standing, whatever the order they are read in."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple
from uuid import UUID

from checkin_tui.domain.attendance.events import Event, EventKind, Reason, Status
from checkin_tui.domain.clock import MINUTE, HybridTime, Millis
from checkin_tui.domain.sessions import SessionTerms

Place = tuple[HybridTime, HybridTime, UUID]


class Stay(NamedTuple):
    """One stretch inside. `start` None: from a time not known. `end` None: still inside."""

    start: Millis | None
    end: Millis | None = None


class Standing(NamedTuple):
    """What the events add up to.

    minutes_late: whole minutes from the start, only when late and an arrival time is known. arrived: the earliest known
    arrival. left: the leaving that ended the last stay, None while inside. minutes_inside: clipped to the session, None
    where a time is not known. stays: in time order, empty unless attended.
    """

    status: Status | None = None
    reason: Reason | None = None
    minutes_late: int | None = None
    arrived: Millis | None = None
    left: Millis | None = None
    inside: bool = False
    minutes_inside: int | None = 0
    left_early: bool = False
    stays: tuple[Stay, ...] = ()

    @property
    def attended(self) -> bool:
        """Counted as having taken part."""
        return self.status is not None and self.status.attended


UNMARKED = Standing()


def active_events(events: Iterable[Event]) -> list[Event]:
    """The events no active withdrawal names, withdrawals included, in recorded order.

    Withdrawals are settled from the newest back: each one stands unless a later one already took it away. One that
    names something recorded after itself says nothing (no honest clock makes one).
    """
    ordered = sorted(events, key=lambda event: (event.recorded, event.uid))
    position = {event.uid: number for number, event in enumerate(ordered)}
    gone: set[UUID] = set()
    for number in range(len(ordered) - 1, -1, -1):
        event = ordered[number]
        if event.kind is EventKind.WITHDRAWN and event.uid not in gone and event.target is not None:
            named = position.get(event.target)
            if named is not None and named < number:
                gone.add(event.target)
    return [event for event in ordered if event.uid not in gone]


def recorded_places(events: Collection[Event]) -> dict[UUID, Place]:
    """Where each event stands in recorded order: a corrected time stands where the one it replaces stood."""
    by_uid = {event.uid: event for event in events}
    places: dict[UUID, Place] = {}
    for event in events:
        first, seen = event, {event.uid}
        while first.replaces in by_uid and first.replaces not in seen:
            first = by_uid[first.replaces]
            seen.add(first.uid)
        places[event.uid] = (first.recorded, event.recorded, event.uid)
    return places


def fold(events: Collection[Event], terms: SessionTerms) -> Standing:
    """The standing of one member at one session. `events` are all of theirs there, in any order."""
    active = active_events(events)
    if not active:
        return UNMARKED
    places = recorded_places(events)
    decision = max(
        (event for event in active if event.kind is EventKind.MARKED), key=lambda event: places[event.uid], default=None
    )
    arrivals = [event for event in active if event.kind is EventKind.ARRIVED]
    known = [event.happened for event in arrivals if event.happened is not None]
    earliest = min(known, default=None)
    status: Status | None
    reason: Reason | None = None
    if decision is not None and decision.status is not None and decision.status.attended:
        status = decision.status
    elif arrivals and (decision is None or any(places[event.uid] > places[decision.uid] for event in arrivals)):
        status = Status.PRESENT if earliest is None or earliest < terms.late_from else Status.LATE
        decision = None
    elif decision is not None:
        status, reason = decision.status, decision.reason
    else:
        status = None
    if status is None or not status.attended:
        return Standing(status=status, reason=reason)
    late = max(0, (earliest - terms.starts) // MINUTE) if status is Status.LATE and earliest is not None else None
    unknown = decision is not None or len(known) < len(arrivals)
    stays = _stays(active, places, unknown)
    last = stays[-1]
    return Standing(
        status=status,
        minutes_late=late,
        arrived=earliest,
        left=last.end,
        inside=last.end is None,
        minutes_inside=_minutes_inside(stays, terms),
        left_early=last.end is not None and last.end < terms.ends - terms.grace,
        stays=stays,
    )


def _stays(active: list[Event], places: dict[UUID, Place], unknown: bool) -> tuple[Stay, ...]:
    """The stretches inside, from arrivals and leavings by the time they happened (equal times by recorded place).

    `unknown`: the person is known to have been inside without a time for it; a known arrival first of all beats that.
    """
    moves = sorted(
        (
            (event.happened, places[event.uid], event.kind)
            for event in active
            if event.happened is not None and event.kind in (EventKind.ARRIVED, EventKind.LEFT)
        ),
    )
    stays: list[Stay] = []
    inside = unknown and (not moves or moves[0][2] is EventKind.LEFT)
    since: Millis | None = None
    for happened, _, kind in moves:
        if kind is EventKind.ARRIVED and not inside:
            inside, since = True, happened
        elif kind is EventKind.LEFT and inside:
            stays.append(Stay(since, happened))
            inside, since = False, None
    if inside:
        stays.append(Stay(since))
    return tuple(stays)


def _minutes_inside(stays: tuple[Stay, ...], terms: SessionTerms) -> int | None:
    total = 0
    for stay in stays:
        if stay.start is None:
            return None
        end = terms.ends if stay.end is None else min(stay.end, terms.ends)
        total += max(0, end - max(stay.start, terms.starts))
    return total // MINUTE
