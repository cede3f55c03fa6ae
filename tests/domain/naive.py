"""The fold once more, written straight from the sentences of the design and sharing no code with the program.

Slow on purpose: every question is answered by looking at all the events again.
"""

from __future__ import annotations

from checkin_tui.domain.attendance.events import Event, EventKind, Status


def when_recorded(event: Event):
    return (event.recorded, event.uid)


def is_active(event: Event, events: list[Event]) -> bool:
    """Active unless an active withdrawal names it; a withdrawal speaks only of what was recorded before it."""
    return not any(
        other.kind is EventKind.WITHDRAWN
        and other.target == event.uid
        and when_recorded(other) > when_recorded(event)
        and is_active(other, events)
        for other in events
    )


def recorded_place(event: Event, events: list[Event]):
    """A corrected time takes the place of what it replaces, which may itself have replaced something."""
    for other in events:
        if other.uid == event.replaces:
            return (recorded_place(other, events)[0], event.recorded, event.uid)
    return (event.recorded, event.recorded, event.uid)


def naive_fold(events: list[Event], terms) -> dict[str, object]:
    """Every field of a standing but the stays."""
    active = [event for event in events if is_active(event, events)]

    def place(event: Event):
        return recorded_place(event, events)

    marks = sorted((e for e in active if e.kind is EventKind.MARKED), key=place)
    arrivals = [e for e in active if e.kind is EventKind.ARRIVED]
    newest = marks[-1] if marks else None
    status, reason, by_decision = None, None, False
    if newest is not None and newest.status in (Status.PRESENT, Status.LATE):
        status, by_decision = newest.status, True
    elif any(newest is None or place(arrival) > place(newest) for arrival in arrivals):
        times = sorted(a.happened for a in arrivals if a.happened is not None)
        status = Status.LATE if times and times[0] >= terms.late_from else Status.PRESENT
    elif newest is not None:
        status, reason = newest.status, newest.reason
    if status not in (Status.PRESENT, Status.LATE):
        return outcome(status, reason)
    return outcome(status, reason, **whereabouts(active, arrivals, by_decision, place, status, terms))


def outcome(status, reason, **rest):
    nowhere = {"minutes_late": None, "arrived": None, "left": None, "inside": False}
    return {"status": status, "reason": reason, **nowhere, "minutes_inside": 0, "left_early": False, **rest}


def whereabouts(active, arrivals, by_decision, place, status, terms):
    times = [a.happened for a in arrivals if a.happened is not None]
    arrived = min(times, default=None)
    moves = [e for e in active if e.happened is not None and e.kind in (EventKind.ARRIVED, EventKind.LEFT)]
    moves.sort(key=lambda e: (e.happened, place(e)))
    unknown = by_decision or len(times) < len(arrivals)
    from_unknown = unknown and not (moves and moves[0].kind is EventKind.ARRIVED)

    def inside_after(number: int) -> bool:
        """Whether the person is inside once the first `number` moves have happened: the last of them says it."""
        return moves[number - 1].kind is EventKind.ARRIVED if number else from_unknown

    inside = inside_after(len(moves))
    went = [m.happened for number, m in enumerate(moves) if inside_after(number) and m.kind is EventKind.LEFT]
    total = 0
    for number, move in enumerate(moves, start=1):
        until = moves[number].happened if number < len(moves) else terms.ends
        if inside_after(number):
            total += max(0, min(until, terms.ends) - max(move.happened, terms.starts))
    left = None if inside else went[-1]
    late = None
    if status is Status.LATE and arrived is not None:
        late = max((arrived - terms.starts) // 60_000, 0)
    return {
        "minutes_late": late,
        "arrived": arrived,
        "left": left,
        "inside": inside,
        "minutes_inside": None if from_unknown else total // 60_000,
        "left_early": left is not None and left < terms.ends - terms.grace,
    }
