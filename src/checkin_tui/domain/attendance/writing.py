"""What an intention appends: the drafts of one member's next events, or the refusal that says why nothing is."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from checkin_tui.domain import errors
from checkin_tui.domain.attendance.events import Action, Draft, Event, EventKind, Reason, Status
from checkin_tui.domain.attendance.fold import Standing, active_events, fold, recorded_places
from checkin_tui.domain.attendance.undo import is_step
from checkin_tui.domain.clock import HybridTime, Millis
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

    With present or late, `at` becomes the deciding arrival: the one so far, and every one known to be earlier, gives
    way to it; the decision itself is then only written where that arrival alone would not give the status. Absent
    withdraws arrivals and leavings, so that nothing of them comes back later. Raises CheckInError `unchanged` where the
    standing would stay as it is, `time` when the first stay ended before `at`.
    """
    if at is not None and not status.attended:
        raise CheckInError("at_needs_attended", status=status)
    if reason is not None and status is not Status.EXCUSED:
        raise CheckInError("reason_needs_excused", status=status)
    standing = basis = fold(events, terms)
    active = active_events(events)
    drafts: Drafts = ()
    if status is Status.ABSENT:
        drafts = tuple(Draft(EventKind.WITHDRAWN, target=event.uid) for event in active if event.kind in _MOVES)
    if at is not None and _earliest(active) != at:
        _refuse_after_leaving(standing, at)
        drafts = _deciding_arrival(events, at)
        basis = _with(events, terms, drafts)
    if basis.status is not status or basis.reason is not reason:
        drafts += (Draft(EventKind.MARKED, status=status, reason=reason),)
    if not drafts or _same(standing, _with(events, terms, drafts)):
        raise CheckInError(errors.UNCHANGED, status=standing.status)
    return drafts


def leave(events: Sequence[Event], terms: SessionTerms, at: Millis) -> Drafts:
    """A leaving at `at`, written unless one already ended that stay.

    It may be entered before the arrival is, once. Raises CheckInError `time` when it is not after the known arrival,
    `unchanged` when that stay has already ended (values: `left`, when).
    """
    standing = fold(events, terms)
    if not standing.stays:
        waiting = [event for event in active_events(events) if event.kind is EventKind.LEFT]
        if waiting:
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
    _refuse_after_leaving(standing, at)
    return _deciding_arrival(events, at)


def correct_leaving(events: Sequence[Event], terms: SessionTerms, at: Millis) -> Drafts:
    """Another time for the last leaving, that is the one that ended the last stay which has ended.

    A leaving of the same stay that another laptop entered and that lies before the new time gives way too. Raises
    CheckInError `unchanged`, `time` as above, `not_left` without one.
    """
    standing = fold(events, terms)
    leavings = [event for event in active_events(events) if event.kind is EventKind.LEFT and event.happened is not None]
    if not leavings:
        raise CheckInError("not_left", status=standing.status)
    stay = next((stay for stay in reversed(standing.stays) if stay.end is not None), None)
    ending = [event for event in leavings if stay is None or event.happened == stay.end]
    last = max(ending, key=lambda event: (event.happened or 0, event.recorded, event.uid))
    if last.happened == at:
        raise CheckInError(errors.UNCHANGED, status=standing.status)
    since = stay.start if stay is not None else None
    if since is not None and at <= since:
        raise CheckInError(errors.TIME, rule="left_before_arrived", at=at, arrived=since)
    twins = [e for e in leavings if stay is not None and (last.happened or 0) <= (e.happened or 0) < at and e != last]
    return (
        *(Draft(EventKind.WITHDRAWN, target=event.uid) for event in (last, *twins)),
        Draft(EventKind.LEFT, happened=at, replaces=last.uid),
    )


def withdraw(events: Sequence[Event], named: Sequence[Event]) -> Drafts:
    """Withdrawals for those of `named` that are still active; none for the rest."""
    active = {event.uid for event in active_events(events)}
    return tuple(Draft(EventKind.WITHDRAWN, target=event.uid) for event in named if event.uid in active)


def newest_step(events: Sequence[Event]) -> list[Event]:
    """The events of the newest active step about one person, for *take back*; empty if there is none.

    Undo, redo and an earlier taking back are no such steps: taking back twice goes back two steps.
    """
    for event in reversed(active_events(events)):
        if is_step(event.action) and event.action is not Action.TAKE_BACK:
            return [other for other in events if other.batch == event.batch]
    return []


_MOVES = (EventKind.ARRIVED, EventKind.LEFT)


def _earliest(active: Sequence[Event]) -> Millis | None:
    """The earliest known arrival, also where a later decision hides it."""
    arrivals = [event for event in active if event.kind is EventKind.ARRIVED]
    return min((event.happened for event in arrivals if event.happened is not None), default=None)


def _refuse_after_leaving(standing: Standing, at: Millis) -> None:
    """An arrival at `at` would stand after the leaving it belongs to."""
    end = standing.stays[0].end if standing.stays else None
    if end is not None and at >= end:
        raise CheckInError(errors.TIME, rule="left_before_arrived", at=end, arrived=at)


def _deciding_arrival(events: Sequence[Event], at: Millis) -> Drafts:
    """An arrival at `at` for the deciding one, every earlier one and those without a time.

    It takes the newest recorded place among them: that one may have been recorded after a decision the others precede.
    """
    active, places = active_events(events), recorded_places(events)
    earliest = _earliest(active)
    old = [
        event
        for event in active
        if event.kind is EventKind.ARRIVED
        and (event.happened is None or event.happened == earliest or event.happened < at)
    ]
    newest = max(old, key=lambda event: places[event.uid]).uid if old else None
    withdrawn = tuple(Draft(EventKind.WITHDRAWN, target=event.uid) for event in old)
    return (*withdrawn, Draft(EventKind.ARRIVED, happened=at, replaces=newest))


def _with(events: Sequence[Event], terms: SessionTerms, drafts: Drafts) -> Standing:
    """The fold if the drafts were appended now."""
    return fold([*events, *_pretend(events, drafts)], terms)


def _pretend(events: Sequence[Event], drafts: Drafts) -> list[Event]:
    """The drafts as events recorded after all of `events`, with ids no real event has."""
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
