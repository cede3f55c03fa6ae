"""The campaign: the days of the program with their figures, the rate so far, and what can still become of it.

Sums of whole numbers, never a mean of rates. Everything here is derived; nothing is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import Enum
from typing import NamedTuple

from checkin_tui.domain import rates
from checkin_tui.domain.rates import Participation, Rate, Target
from checkin_tui.domain.roster import Counts
from checkin_tui.domain.sessions import Session, SessionState

_HELD = (SessionState.OPEN, SessionState.CLOSED)
_AHEAD = (SessionState.PLANNED, SessionState.OPEN)
_OVER = (SessionState.CLOSED, SessionState.CANCELLED)


class Standing(Enum):
    """Where a session of the program stands; each is in exactly one.

    HELD, RUNNING: taken, and over or not. TO_COME: not taken yet, and it can still be. NOT_TAKEN: over, and nobody was
    marked: in no rate, and listed. CANCELLED: never held, so never missed.
    """

    HELD = "held"
    RUNNING = "running"
    TO_COME = "to_come"
    NOT_TAKEN = "not_taken"
    CANCELLED = "cancelled"


class NoteCounts(NamedTuple):
    """The notes of one session: of how many they are asked, and how many are there."""

    required: int = 0
    complete: int = 0
    too_short: int = 0

    @property
    def missing(self) -> int:
        """Nothing is there at all."""
        return self.required - self.complete - self.too_short

    @property
    def owed(self) -> int:
        """Missing and too short: what the chase list holds."""
        return self.required - self.complete


def is_taken(state: SessionState, anybody_marked: bool) -> bool:
    """Whether a session counts: it is open or closed, and somebody (a guest too) has an arrival or a mark there."""
    return anybody_marked and state in _HELD


def is_ahead(session: Session, today: date) -> bool:
    """Whether somebody may still come: planned or open, of today or later."""
    return session.state in _AHEAD and session.key.day >= today


def following(sessions: Iterable[Session], today: date, shown: int | None = None) -> Session | None:
    """What comes next: the first of `sessions`, which are by key, to which somebody may still come.

    shown: the id of the one on the screen; what comes next is another.
    """
    return next((one for one in sessions if one.id != shown and is_ahead(one, today)), None)


def participation_of(counts: Counts, session: Session) -> Participation:
    """The rate against the session's own target. Nobody comes any more to a closed or cancelled one."""
    return rates.participation(counts, session.target, session.leave_counts, session.state in _OVER)


class Day(NamedTuple):
    """One session as the campaign sees it. taken: as `is_taken` says."""

    session: Session
    counts: Counts
    notes: NoteCounts
    taken: bool

    @property
    def expected(self) -> int:
        """The denominator: without people on leave where they do not count."""
        return self.counts.expected if self.session.leave_counts else self.counts.expected - self.counts.excused

    @property
    def attended(self) -> int:
        """The numerator: present and late."""
        return self.counts.attended

    @property
    def rate(self) -> Rate:
        """Attended of expected."""
        return Rate(self.attended, self.expected)

    def standing(self, today: date) -> Standing:
        """Where it stands. A past one is over although nobody closed it, and a closed one although it is today's."""
        if self.session.state is SessionState.CANCELLED:
            return Standing.CANCELLED
        ahead = is_ahead(self.session, today)
        if self.taken:
            return Standing.RUNNING if ahead else Standing.HELD
        return Standing.TO_COME if ahead else Standing.NOT_TAKEN

    def places(self, today: date) -> int:
        """How many may still come: the unmarked. People on leave are none of them: their absence has been decided."""
        return self.counts.unmarked if is_ahead(self.session, today) else 0


class Campaign(NamedTuple):
    """How it goes so far, and what can still become of it.

    taken: how many sessions. rate: over those (somebody not marked yet is not there). not_taken: registers nobody took,
    by key. places: how many people may still come, over all sessions. best: the rate at the end if all of them do.
    allowance: how many of them may stay away and the target be met at the end (`rates.allowance`); negative: out of
    reach by so many. met: whether the rate so far meets the target. met, allowance: None for 0/0. running: how many of
    the taken are not over. held: the rate over those that are: what it was before today.
    """

    taken: int
    rate: Rate
    not_taken: tuple[Day, ...]
    places: int
    best: Rate
    allowance: int | None
    met: bool | None
    running: int = 0
    held: Rate = Rate(0, 0)


def campaign(days: Sequence[Day], target: Target, today: date, live: Day | None = None) -> Campaign:
    """The campaign from its sessions. live: as the screen knows one of them; it stands for its twin of the same id."""
    if live is not None:
        days = with_live(days, live)
    taken = [day for day in days if day.taken]
    over = [day for day in taken if day.standing(today) is Standing.HELD]
    rate = rates.campaign((day.attended, day.expected) for day in taken)
    places = settled = 0
    for day in days:
        free = day.places(today)
        places += free
        if day.taken or is_ahead(day.session, today):  # also the leave known ahead
            settled += day.expected - free
    attended = rate.attended
    return Campaign(
        taken=len(taken),
        rate=rate,
        not_taken=tuple(day for day in days if day.standing(today) is Standing.NOT_TAKEN),
        places=places,
        best=Rate(attended + places, settled + places),
        allowance=rates.allowance(attended, settled, places, target),
        met=target.met_by(attended, rate.expected),
        running=len(taken) - len(over),
        held=rates.campaign((day.attended, day.expected) for day in over),
    )


def with_live(days: Sequence[Day], live: Day) -> tuple[Day, ...]:
    """The days with one of them as it is known now; a session that is not among them comes at its place by key."""
    others = [day for day in days if day.session.id != live.session.id]
    return tuple(sorted([*others, live], key=lambda day: day.session.key))
