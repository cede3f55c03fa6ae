"""What an intention appends: the drafts of one member's next events, or the refusal that says why nothing is written."""

from __future__ import annotations

from collections.abc import Sequence

from checkin_tui.domain import errors
from checkin_tui.domain.attendance.events import Draft, Event, EventKind, Reason, Status
from checkin_tui.domain.attendance.fold import Standing, active_events, fold
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.sessions import SessionTerms

Drafts = tuple[Draft, ...]


def arrive(events: Sequence[Event], terms: SessionTerms, at: Millis | None) -> Drafts:
    """An arrival at `at` (None: time not known).

    Raises CheckInError `already` for somebody inside in whatever way, `unchanged` where the arrival would change
    nothing.
    """
    standing = fold(events, terms)
    if standing.inside:
        raise CheckInError(errors.ALREADY, arrived=standing.arrived)
    draft = Draft(EventKind.ARRIVED, happened=at)
    if _same(standing, _with(events, terms, (draft,))):
        raise CheckInError(errors.UNCHANGED, status=standing.status)
    return (draft,)


def decide(
    events: Sequence[Event], terms: SessionTerms, status: Status, reason: Reason | None = None, at: Millis | None = None
) -> Drafts:
    """A decision of the organizer, which overrides the clock.

    With present or late, `at` becomes the deciding arrival: every active arrival known to be earlier, and the one that
    decided so far, gives way to it. Absent withdraws arrivals and leavings, so that nothing of them comes back later.
    Raises CheckInError `unchanged` where the standing would stay as it is.
    """
    if at is not None and not status.attended:
        raise CheckInError("at_needs_attended", status=status)
    if reason is not None and status is not Status.EXCUSED:
        raise CheckInError("reason_needs_excused", status=status)
    standing = fold(events, terms)
    drafts: list[Draft] = []
    active = active_events(events)
    if status is Status.ABSENT:
        moves = (EventKind.ARRIVED, EventKind.LEFT)
        drafts += [Draft(EventKind.WITHDRAWN, target=event.uid) for event in active if event.kind in moves]
    decision = Draft(EventKind.MARKED, status=status, reason=reason)
    if at is not None and standing.arrived != at:
        drafts += _deciding_arrival(active, standing, at)
    if standing.status is not status or standing.reason is not reason:
        drafts.append(decision)
    if not drafts or _same(standing, _with(events, terms, tuple(drafts))):
        raise CheckInError(errors.UNCHANGED, status=standing.status)
    return tuple(drafts)


def leave(events: Sequence[Event], terms: SessionTerms, at: Millis) -> Drafts:
    """A leaving at `at`, written unless one already ended that stay.

    It may be entered before the arrival is. Raises CheckInError `time` when it is not after the known arrival,
    `unchanged` when that stay has already ended.
    """
    standing = fold(events, terms)
    if not standing.stays:
        waiting = [event for event in active_events(events) if event.kind is EventKind.LEFT]
        if waiting and standing.status is None:
            raise CheckInError(errors.UNCHANGED, status=standing.status, left=waiting[-1].happened)
        return (Draft(EventKind.LEFT, happened=at),)
    stay = next((s for s in reversed(standing.stays) if s.start is None or s.start < at), None)
    if stay is None:
        raise CheckInError(errors.TIME, rule="left_before_arrived", at=at, arrived=standing.stays[0].start)
    if stay.end is not None:
        raise CheckInError(errors.UNCHANGED, status=standing.status, left=stay.end)
    return (Draft(EventKind.LEFT, happened=at),)


def correct_arrival(events: Sequence[Event], terms: SessionTerms, at: Millis) -> Drafts:
    """Another time for the deciding arrival: withdrawn and arrived in one batch, in the recorded place of the old one.

    Where no arrival is known (present by decision) the time is simply given. Raises CheckInError `unchanged` for the
    same time, `time` when the first stay ended before it, `not_arrived` when the person did not attend.
    """
    standing = fold(events, terms)
    if not standing.attended:
        raise CheckInError("not_arrived", status=standing.status)
    if standing.arrived == at:
        raise CheckInError(errors.UNCHANGED, status=standing.status)
    first = standing.stays[0]
    if first.end is not None and at >= first.end:
        raise CheckInError(errors.TIME, rule="left_before_arrived", at=first.end, arrived=at)
    return tuple(_deciding_arrival(active_events(events), standing, at))


def correct_leaving(events: Sequence[Event], terms: SessionTerms, at: Millis) -> Drafts:
    """Another time for the last leaving. Raises CheckInError `unchanged`, `time` as above, `not_left` without one."""
    standing = fold(events, terms)
    leavings = [e for e in active_events(events) if e.kind is EventKind.LEFT and e.happened is not None]
    if not leavings:
        raise CheckInError("not_left", status=standing.status)
    last = max(leavings, key=lambda event: (event.happened or 0, event.recorded, event.uid))
    if last.happened == at:
        raise CheckInError(errors.UNCHANGED, status=standing.status)
    start = standing.stays[-1].start if standing.stays else None
    if start is not None and at <= start:
        raise CheckInError(errors.TIME, rule="left_before_arrived", at=at, arrived=start)
    return (
        Draft(EventKind.WITHDRAWN, target=last.uid),
        Draft(EventKind.LEFT, happened=at, replaces=last.uid),
    )


def withdraw(events: Sequence[Event], named: Sequence[Event]) -> Drafts:
    """Withdrawals for those of `named` that are still active; none for the rest."""
    active = {event.uid for event in active_events(events)}
    return tuple(Draft(EventKind.WITHDRAWN, target=event.uid) for event in named if event.uid in active)


def newest_step(events: Sequence[Event]) -> list[Event]:
    """The events of the newest active step about one person that is neither undo nor redo; empty if there is none."""
    from checkin_tui.domain.attendance.undo import is_step

    active = active_events(events)
    for event in reversed(active):
        if is_step(event.action):
            return [other for other in events if other.batch == event.batch]
    return []


def _deciding_arrival(active: list[Event], standing: Standing, at: Millis) -> list[Draft]:
    arrivals = [event for event in active if event.kind is EventKind.ARRIVED]
    known = [event for event in arrivals if event.happened is not None]
    decided = [event for event in known if event.happened == standing.arrived]
    old = [event for event in known if event in decided or (event.happened or 0) < at]
    old += [event for event in arrivals if event.happened is None]
    first = min(old, key=lambda event: (event.recorded, event.uid)).uid if old else None
    withdrawn = [Draft(EventKind.WITHDRAWN, target=event.uid) for event in old]
    return [*withdrawn, Draft(EventKind.ARRIVED, happened=at, replaces=first)]


def _with(events: Sequence[Event], terms: SessionTerms, drafts: Drafts) -> Standing:
    """The fold if the drafts were appended now."""
    return fold([*events, *_pretend(events, drafts)], terms)


def _pretend(events: Sequence[Event], drafts: Drafts) -> list[Event]:
    """The drafts as events recorded after all of `events`, with ids no real event has."""
    from uuid import UUID

    from checkin_tui.domain.clock import HybridTime

    nobody = UUID(int=0)
    wall = max((event.recorded.wall for event in events), default=0) + 1
    return [
        Event(
            uid=UUID(int=number + 1),
            session_id=0,
            member_id=0,
            recorded=HybridTime(wall, number, nobody),
            batch=nobody,
            **draft._asdict(),
        )
        for number, draft in enumerate(drafts)
    ]


def _same(one: Standing, other: Standing) -> bool:
    """Equal in what a reader can see: status, reason and stays."""
    return (one.status, one.reason, one.stays) == (other.status, other.reason, other.stays)
