"""What a record that comes later (a paper sheet, another program's file) does to what is already known of a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import NamedTuple

from checkin_tui.domain import errors
from checkin_tui.domain.attendance import writing
from checkin_tui.domain.attendance.events import Draft, Event, EventKind, Reason, Status
from checkin_tui.domain.attendance.fold import Standing, active_events, fold
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.sessions import SessionTerms

Make = Callable[[Draft], Event]


class Settled(StrEnum):
    """What a record is beside what is known: more, the same, or other (overwritten: and it was taken)."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    CONTRADICTING = "contradicting"
    OVERWRITTEN = "overwritten"


class Wanted(NamedTuple):
    """One record. at, left: to the `step` (ms). came: arrived, nobody knows when. event: one fact, as it was recorded.

    What it does not say it does not contradict: present without a time agrees with present since 14:26.
    """

    status: Status | None = None
    reason: Reason | None = None
    at: Millis | None = None
    left: Millis | None = None
    came: bool = False
    step: Millis = 1
    event: bool = False


class _Beside(StrEnum):
    SAME = "same"
    MORE = "more"
    OTHER = "other"


def settle(
    events: Sequence[Event], terms: SessionTerms, wanted: Sequence[Wanted], make: Make, *, overwrite: bool = False
) -> tuple[Settled, list[Event]]:
    """What all records about one person at one session come to, and the events to append.

    Nothing is appended where one contradicts, unless `overwrite`; nor where the standing would stay as it is. make:
    gives a draft its id and recorded time. Raises CheckInError `time` for a leaving that is not after the arrival.
    """
    before = fold(events, terms)
    known = before.status is not None or any(event.kind is EventKind.LEFT for event in active_events(events))
    if not known:
        return Settled.NEW, _appended(events, terms, wanted, make, replace=False)
    beside = [_compare(events, before, one) for one in wanted]
    contradicts = _Beside.OTHER in beside
    if contradicts and not overwrite:
        return Settled.CONTRADICTING, []
    news = [one for one, said in zip(wanted, beside, strict=True) if said is not _Beside.SAME]
    new = _appended(events, terms, news, make, replace=contradicts)
    if not new:
        return Settled.UNCHANGED, []
    if contradicts:
        return Settled.OVERWRITTEN, new
    return (Settled.NEW if before.status is None else Settled.CHANGED), new


def _compare(events: Sequence[Event], before: Standing, one: Wanted) -> _Beside:
    active = active_events(events)
    if one.event and _is_there(active, one):
        return _Beside.SAME
    found = {_status(before, one)}
    if one.reason is not None and before.status is Status.EXCUSED and one.reason is not before.reason:
        found.add(_Beside.MORE if before.reason is None else _Beside.OTHER)
    if one.at is not None and before.attended and not _moved(active, EventKind.ARRIVED, one.at, one.step):
        found.add(_Beside.MORE if before.arrived is None or one.event else _Beside.OTHER)
    if one.left is not None and not _moved(active, EventKind.LEFT, one.left, one.step):
        found.add(_Beside.MORE if before.left is None or one.event else _Beside.OTHER)
    return max(found, key=list(_Beside).index)


def _status(before: Standing, one: Wanted) -> _Beside:
    if before.status is None:
        return _Beside.MORE if one.status is not None or one.at is not None or one.came else _Beside.SAME
    if one.status is not None:
        return _Beside.SAME if one.status is before.status else _Beside.OTHER
    arrives = one.at is not None or one.came
    return _Beside.OTHER if arrives and not before.attended else _Beside.SAME


def _is_there(active: Sequence[Event], one: Wanted) -> bool:
    """Whether that very event is known, whatever came after it."""
    if one.at is not None:
        return _moved(active, EventKind.ARRIVED, one.at, one.step)
    if one.left is not None:
        return _moved(active, EventKind.LEFT, one.left, one.step)
    kind = EventKind.ARRIVED if one.came else EventKind.MARKED
    return any(
        (event.kind, event.happened, event.status, event.reason) == (kind, None, one.status, one.reason)
        for event in active
    )


def _moved(active: Sequence[Event], kind: EventKind, at: Millis, step: Millis) -> bool:
    """Whether that arrival or leaving is known, as exactly as it is told."""
    return any(
        event.kind is kind and event.happened is not None and event.happened // step == at // step for event in active
    )


def _appended(
    events: Sequence[Event], terms: SessionTerms, wanted: Sequence[Wanted], make: Make, *, replace: bool
) -> list[Event]:
    """The events of all of them, each seeing the ones before it."""
    new: list[Event] = []
    for one in wanted:
        for part in (_coming, _leaving):
            try:
                drafts = part([*events, *new], terms, one, replace)
            except CheckInError as error:
                if error.code not in (errors.ALREADY, errors.UNCHANGED):
                    raise
                continue
            new += [make(draft) for draft in drafts]
    return new


def _coming(events: Sequence[Event], terms: SessionTerms, one: Wanted, replace: bool) -> writing.Drafts:
    if one.status is not None:
        return writing.decide(events, terms, one.status, one.reason, one.at)
    if one.at is None:
        return writing.arrive(events, terms, None) if one.came else ()
    standing = fold(events, terms)
    if standing.attended and (standing.arrived is None or (replace and not one.event)):
        return writing.correct_arrival(events, terms, one.at)
    return writing.arrive(events, terms, one.at)


def _leaving(events: Sequence[Event], terms: SessionTerms, one: Wanted, replace: bool) -> writing.Drafts:
    if one.left is None:
        return ()
    if replace and not one.event and fold(events, terms).left is not None:
        return writing.correct_leaving(events, terms, one.left)
    return writing.leave(events, terms, one.left)
