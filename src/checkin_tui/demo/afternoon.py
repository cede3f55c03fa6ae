"""What happens at an afternoon of the sample: who comes when, who is away, what is put right at the desk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from random import Random
from typing import Final, NamedTuple

from checkin_tui.demo.desk import SampleNote, Step
from checkin_tui.domain.attendance import writing
from checkin_tui.domain.attendance.events import Action, Reason, Status
from checkin_tui.domain.clock import MINUTE, Millis
from checkin_tui.domain.sessions import Session

SECOND: Final[Millis] = 1_000
LEAVE_AHEAD: Final = 180
"""How many minutes before the start the day's leave is entered."""
RUSH: Final = 10
"""In how many minutes most people come in."""
_LATEST: Final = 25
PER_NOTE: Final = 4 * SECOND
"""How long it takes to look into one notebook."""
_TOO_SHORT: Final = ("Notes follow.", "Had to help at the pump, will add more tomorrow.")
_SEEN, _TYPED, _BOTH, _SHORT = 0.84, 0.91, 0.94, 0.96
"""Of those who have to hand in notes, in running totals: notebook seen, typed, both, typed too short; the rest owe."""


class Cast(NamedTuple):
    """Who plays which part, by member id; everybody is in exactly one."""

    on_leave: tuple[int, ...]
    absent: tuple[int, ...]
    late: tuple[int, ...]
    prompt: tuple[int, ...]


class Window(NamedTuple):
    """From when to when people come in on time."""

    first: Millis
    last: Millis


def deal(rng: Random, expected: Sequence[int], presenter: int | None) -> Cast:
    """Parts for one afternoon: between 95 and 99 of a hundred take part, and whoever lectures is on time."""
    others = [member for member in expected if member != presenter]
    rng.shuffle(others)
    leave, absent, late = rng.randint(2, 6), rng.randint(2, 7), rng.randint(5, 12)
    prompt = others[leave + absent + late :] + ([presenter] if presenter is not None else [])
    return Cast(
        tuple(others[:leave]),
        tuple(others[leave : leave + absent]),
        tuple(others[leave + absent : leave + absent + late]),
        tuple(prompt),
    )


def leave_ahead(rng: Random, made: Millis, members: Iterable[int]) -> Iterator[Step]:
    """Leave with its reason, entered from `made` on."""
    for number, member in enumerate(members):
        yield excused(made + number * 20 * SECOND, member, rng.choice(tuple(Reason)))


def on_time(session: Session, midnight: Millis) -> Window:
    """When prompt people come: from a little before the start (of the same date) to the last instant not late.

    Of an afternoon cut short by midnight no more than the first third, so that there is time left to go early.
    """
    last = min(session.late_from - 1, session.starts + (session.ends - session.starts) // 3)
    return Window(max(midnight, session.starts - RUSH * MINUTE), last)


def rush(rng: Random, members: Iterable[int], window: Window) -> Iterator[Step]:
    """Arrivals, most of them in the middle of the window."""
    for member in members:
        yield arrival(round(rng.triangular(*window)), member)


def door(rng: Random, session: Session, cast: Cast, window: Window) -> Iterator[Step]:
    """A whole afternoon at the door: arrivals, leavings, and a few things put right."""
    yield from rush(rng, cast.prompt, window)
    until = min(session.late_from + _LATEST * MINUTE, (window.last + session.ends) // 2)
    for member in cast.late:
        yield arrival(round(rng.uniform(min(session.late_from, until), until)), member)
    yield from wrong_person(window.last - 90 * SECOND, cast.absent[0])
    yield from _typed_late(until, cast.late[0], window.last)
    yield from _leavings(rng, session, cast.prompt[:5], (window.last + session.ends) // 2)


def excused(made: Millis, member: int, reason: Reason) -> Step:
    """Leave."""
    return Step(made, member, lambda known, terms: writing.decide(known, terms, Status.EXCUSED, reason))


def arrival(made: Millis, member: int, guest: bool = False) -> Step:
    """Somebody comes in."""
    return Step(made, member, lambda known, terms: writing.arrive(known, terms, made), guest=guest)


def corrected(made: Millis, member: int, at: Millis) -> Step:
    """Somebody who came in is given another time."""
    return Step(made, member, lambda known, terms: writing.correct_arrival(known, terms, at), Action.CORRECT)


def leaving(made: Millis, member: int) -> Step:
    """Somebody goes."""
    return Step(made, member, lambda known, terms: writing.leave(known, terms, made))


def taken_back(made: Millis, member: int) -> Step:
    """The newest step about somebody is taken back."""
    return Step(
        made,
        member,
        lambda known, _: writing.withdraw(known, writing.newest_step(known)),
        Action.TAKE_BACK,
    )


def wrong_person(made: Millis, member: int) -> Iterator[Step]:
    """Somebody who is not there was taken for another, which is seen at once."""
    yield arrival(made, member)
    yield taken_back(made + 7 * SECOND, member)


def _typed_late(made: Millis, member: int, at: Millis) -> Iterator[Step]:
    """Somebody sat in time and was entered late."""
    yield corrected(made + MINUTE, member, at)


def _leavings(rng: Random, session: Session, members: Sequence[int], middle: Millis) -> Iterator[Step]:
    """All of them go in the second half; the first comes back."""
    latest = (middle + session.ends) // 2
    times = [round(rng.uniform(middle, latest)) for _ in members]
    for member, made in zip(members, times, strict=True):
        yield leaving(made, member)
    yield arrival((times[0] + session.ends) // 2, members[0])


def notes_taken(rng: Random, made: Millis, members: Sequence[int], texts: Iterator[str]) -> Iterator[SampleNote]:
    """The notes of those who have to hand them in, from `made` on: most are notebooks, looked through in turn."""
    for number, member in enumerate(members):
        part = rng.random()
        at = made + number * PER_NOTE
        if part < _SEEN:
            yield SampleNote(at, member, "", True)
        elif part < _BOTH:
            yield SampleNote(at, member, next(texts), part >= _TYPED)
        elif part < _SHORT:
            yield SampleNote(at, member, rng.choice(_TOO_SHORT), False)
