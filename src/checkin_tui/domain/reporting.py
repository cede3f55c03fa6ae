"""What the report of the program is made of: figures that are sums of those of its sessions, and what was out of order.

Nothing is counted here that `status` counts otherwise: sessions come as the campaign has them, branches and leaders as
sums of their groups, and a session that was not taken is in no sum.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from checkin_tui.domain.attendance.events import Reason, Status
from checkin_tui.domain.board import Group
from checkin_tui.domain.campaign import Campaign, Day, NoteCounts, Standing
from checkin_tui.domain.clock import HybridTime, Millis
from checkin_tui.domain.program import Program
from checkin_tui.domain.rates import Rate
from checkin_tui.domain.sessions import Session, SessionKey, SessionState
from checkin_tui.domain.views import OwedView

Told = Callable[[int, int], None]
"""Told (done, of how many) while the figures are read."""


class Total(NamedTuple):
    """Some of the expected over all sessions taken: one branch ('' those without one), or the leaders.

    sessions: at how many anybody of them was expected. owed: notes missing or too short; of each session in the branch
    of its date.
    """

    name: str
    sessions: int = 0
    attended: int = 0
    expected: int = 0
    owed: int = 0

    @property
    def rate(self) -> Rate:
        """Attended of expected, each session by its own rule about leave."""
        return Rate(self.attended, self.expected)

    def plus(self, group: Group, leave_counts: bool) -> Total:
        """With one more session."""
        rate = group.rate(leave_counts)
        return Total(
            self.name,
            self.sessions + (group.expected > 0),
            self.attended + rate.attended,
            self.expected + rate.expected,
            self.owed + group.owed,
        )


Why = tuple[Status | None, Reason | None]
"""How somebody was not there: on leave (for a reason, or none was said), absent, or not marked."""

WHYS: tuple[Why, ...] = (
    *((Status.EXCUSED, reason) for reason in Reason),
    (Status.EXCUSED, None),
    (Status.ABSENT, None),
    (None, None),
)


class Arrivals(NamedTuple):
    """How the attended came, over all sessions taken. minutes: after the start (negative: before it) -> how many.

    early: before the start. in_time: from the start on, before late began. late: from then on. unknown: without a time.
    late_status: how many of all are late by status, which a decision may have made them.
    """

    minutes: Mapping[int, int]
    early: int
    in_time: int
    late: int
    unknown: int
    late_status: int

    @property
    def attended(self) -> int:
        """All of them."""
        return self.early + self.in_time + self.late + self.unknown


class Arrived(NamedTuple):
    """Some who attended: late by status, minutes after the start (None: not known), whether before late began."""

    late_status: bool
    minute: int | None
    in_time: bool
    people: int


class Lecturer(NamedTuple):
    """Who lectured at sessions that were taken. code: '' of somebody from outside. keys: at which."""

    name: str
    code: str
    keys: tuple[SessionKey, ...]


class Correction(NamedTuple):
    """A step about marks of a session that was closed by then. people: (code, name) of whom it was about."""

    key: SessionKey
    recorded: Millis
    operator: str
    because: str
    people: tuple[tuple[str, str], ...]


class Reopening(NamedTuple):
    """A session that was opened again after it had been closed. undone: its closing was taken back."""

    key: SessionKey
    recorded: Millis
    operator: str
    because: str
    undone: bool = False


class Away(NamedTuple):
    """One person over all sessions taken that expected them. branch: where they are today, or were last."""

    code: str
    name: str
    branch: str
    expected: int
    attended: int
    excused: int
    absent: int


class Names(NamedTuple):
    """What names people, for the appendix. away: most absent first. guests: (session, code, name)."""

    away: tuple[Away, ...] = ()
    guests: tuple[tuple[SessionKey, str, str], ...] = ()


class ReportView(NamedTuple):
    """Everything the report tells. days: every session by key, cancelled ones too. made: when all of it was so.

    leaders_at: the leaders at each session taken, by its id. absences: by branch. names: None where nobody is named.
    """

    program: Program
    today: date
    made: Millis
    days: tuple[Day, ...]
    whole: Campaign
    branches: tuple[Total, ...]
    leaders: Total
    leaders_at: Mapping[int, Group]
    absences: Mapping[str, Mapping[Why, int]]
    arrivals: Arrivals
    lecturers: tuple[Lecturer, ...]
    owed: OwedView
    corrections: tuple[Correction, ...] = ()
    reopenings: tuple[Reopening, ...] = ()
    names: Names | None = None

    @property
    def taken(self) -> tuple[Day, ...]:
        """The sessions the rates are over."""
        return taken_of(self.days)

    @property
    def notes(self) -> NoteCounts:
        """The notes of those."""
        return NoteCounts(
            sum(day.notes.required for day in self.taken),
            sum(day.notes.complete for day in self.taken),
            sum(day.notes.too_short for day in self.taken),
        )

    @property
    def ended(self) -> bool:
        """Whether nobody can come any more, and no day of it is still ahead."""
        coming = (Standing.TO_COME, Standing.RUNNING)
        return self.today >= self.program.terms.last_day and not any(self.standing(day) in coming for day in self.days)

    @property
    def unmarked(self) -> tuple[Day, ...]:
        """Closed sessions at which somebody was left without a mark."""
        return tuple(day for day in self.taken if day.session.state is SessionState.CLOSED and day.counts.unmarked)

    def standing(self, day: Day) -> Standing:
        """Where a session stands today."""
        return day.standing(self.today)

    def how_many(self, standing: Standing) -> int:
        """How many sessions stand there."""
        return sum(self.standing(day) is standing for day in self.days)


def taken_of(days: Iterable[Day]) -> tuple[Day, ...]:
    """Those that were taken."""
    return tuple(day for day in days if day.taken)


def branch_totals(found: Iterable[tuple[Session, Sequence[Group]]]) -> tuple[Total, ...]:
    """The branches over several sessions, by name, those without one last."""
    totals: dict[str, Total] = {}
    for session, groups in found:
        for group in groups:
            before = totals.get(group.name, Total(group.name))
            totals[group.name] = before.plus(group, session.leave_counts)
    return tuple(sorted(totals.values(), key=lambda total: (not total.name, total.name)))


def leader_total(found: Iterable[tuple[Session, Group]]) -> Total:
    """The leaders over several sessions."""
    total = Total("")
    for session, group in found:
        total = total.plus(group, session.leave_counts)
    return total


def arrivals_of(found: Iterable[Arrived]) -> Arrivals:
    """The arrivals of several sessions together."""
    minutes: Counter[int] = Counter()
    early = in_time = late = unknown = late_status = 0
    for one in found:
        late_status += one.people if one.late_status else 0
        if one.minute is None:
            unknown += one.people
            continue
        minutes[one.minute] += one.people
        if one.minute < 0:
            early += one.people
        elif one.in_time:
            in_time += one.people
        else:
            late += one.people
    return Arrivals(minutes, early, in_time, late, unknown, late_status)


def lecturers_of(days: Iterable[Day], members: Mapping[int, tuple[str, str]]) -> tuple[Lecturer, ...]:
    """Who lectured, most often first, then by name. members: (code, name) of those who are members, by id.

    Somebody from outside is who the name says; a session about whom nothing is said has nobody.
    """
    found: dict[tuple[str, str], list[SessionKey]] = {}
    for day in taken_of(days):
        session = day.session
        code, name = members.get(session.presenter_id or 0, ("", session.presenter))
        if name:
            found.setdefault((name, code), []).append(session.key)
    people = [Lecturer(name, code, tuple(keys)) for (name, code), keys in found.items()]
    return tuple(sorted(people, key=lambda one: (-len(one.keys), one.name, one.code)))


class Turn(NamedTuple):
    """A session became another: closed, or no longer so."""

    recorded: HybridTime
    closed: bool


def was_closed(turns: Iterable[Turn], at: HybridTime) -> bool:
    """Whether the session was closed then. turns: in recorded order."""
    closed = False
    for turn in turns:
        if turn.recorded >= at:
            break
        closed = turn.closed
    return closed


def most_away(people: Iterable[Away]) -> tuple[Away, ...]:
    """Who was absent without leave: most often first; of equals who came least often, then by code."""
    absent = [one for one in people if one.absent]
    return tuple(sorted(absent, key=lambda one: (-one.absent, one.attended - one.expected, one.code)))
