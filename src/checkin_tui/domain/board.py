"""The board: what the dashboard derives from the roster in memory, and the people behind each of its figures.

The same rules as the figures in the database. One pass over the people; every figure is a count of exactly the people
that `behind` names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.campaign import Day, NoteCounts, is_taken, participation_of
from checkin_tui.domain.clock import MINUTE, Millis
from checkin_tui.domain.notes import NoteState
from checkin_tui.domain.rates import Participation, Rate
from checkin_tui.domain.roster import UNMARKED_MARK, Counts, Mark, Person
from checkin_tui.domain.sessions import Session


class Figure(StrEnum):
    """A figure that can be opened.

    Everything but guests and without_presence is about the expected alone. attended: present and late. left: attended
    and gone again. owing: missing and too short. without_presence: a note of somebody who was not there, expected or
    not. leaders_missing: leaders who did not attend, on leave or not.
    """

    EXPECTED = "expected"
    PRESENT = "present"
    LATE = "late"
    EXCUSED = "excused"
    ABSENT = "absent"
    UNMARKED = "unmarked"
    GUESTS = "guests"
    LEFT = "left"
    ATTENDED = "attended"
    REQUIRED = "required"
    OWING = "owing"
    MISSING = "missing"
    TOO_SHORT = "too_short"
    COMPLETE = "complete"
    WITHOUT_PRESENCE = "without_presence"
    LEADERS = "leaders"
    LEADERS_MISSING = "leaders_missing"


class Group(NamedTuple):
    """Some of the expected: one branch ('' those without one), or the leaders. owed: notes missing or too short."""

    name: str
    expected: int
    attended: int
    excused: int
    unmarked: int
    owed: int

    def rate(self, leave_counts: bool) -> Rate:
        """Attended of expected; people on leave are left out of the expected where leave does not count."""
        return Rate(self.attended, self.expected if leave_counts else self.expected - self.excused)


class BranchOrder(StrEnum):
    """How branches are sorted: by name, the worst rate first, or the most notes owed first."""

    NAME = "name"
    RATE = "rate"
    OWED = "owed"


class Board(NamedTuple):
    """The figures of one session. branches: by name, those without one last; only with anybody expected.

    arrivals: (minute, how many), the minute as the instant it began, by time; of the expected whose time is known.
    left: attended and gone again. taken: somebody was marked and the session is open or closed.
    """

    session: Session
    counts: Counts
    notes: NoteCounts
    branches: tuple[Group, ...]
    leaders: Group
    arrivals: tuple[tuple[Millis, int], ...]
    left: int
    without_presence: int
    taken: bool

    @property
    def participation(self) -> Participation:
        """The rate against the session's own target."""
        return participation_of(self.counts, self.session)

    @property
    def day(self) -> Day:
        """The session as the campaign sees it."""
        return Day(self.session, self.counts, self.notes, self.taken)

    def number(self, figure: Figure) -> int:
        """The figure, as it is shown: how many `behind` names."""
        counts, notes, leaders = self.counts, self.notes, self.leaders
        return {
            Figure.EXPECTED: counts.expected,
            Figure.PRESENT: counts.present,
            Figure.LATE: counts.late,
            Figure.EXCUSED: counts.excused,
            Figure.ABSENT: counts.absent,
            Figure.UNMARKED: counts.unmarked,
            Figure.GUESTS: counts.guests,
            Figure.LEFT: self.left,
            Figure.ATTENDED: counts.attended,
            Figure.REQUIRED: notes.required,
            Figure.OWING: notes.owed,
            Figure.MISSING: notes.missing,
            Figure.TOO_SHORT: notes.too_short,
            Figure.COMPLETE: notes.complete,
            Figure.WITHOUT_PRESENCE: self.without_presence,
            Figure.LEADERS: leaders.expected,
            Figure.LEADERS_MISSING: leaders.expected - leaders.attended,
        }[figure]


Kind = tuple[str, bool, Status | None, NoteState]  # branch, leader, status, note


def board(people: Iterable[Person], marks: Mapping[int, Mark], session: Session) -> Board:
    """The figures of a session. people: the expected, and the guests of the day. marks: of everybody who has any."""
    kinds: Counter[Kind] = Counter()
    minutes: Counter[Millis] = Counter()
    guests = left = 0
    for person in people:
        mark = marks.get(person.member_id, UNMARKED_MARK)
        if not person.expected:
            guests += _attended(person, mark)
            continue
        kinds[person.branch, person.leader, mark.status, mark.note] += 1
        if mark.arrived is not None:
            minutes[mark.arrived // MINUTE * MINUTE] += 1
        left += mark.left is not None
    names = sorted({branch for branch, *_ in kinds}, key=_by_name)
    return Board(
        session=session,
        counts=_counts(kinds, guests),
        notes=_notes(kinds),
        branches=tuple(_groups(names, kinds)),
        leaders=_group("", [(kind, count) for kind, count in kinds.items() if kind[1]]),
        arrivals=tuple(sorted(minutes.items())),
        left=left,
        without_presence=sum(mark.note is NoteState.WITHOUT_PRESENCE for mark in marks.values()),
        taken=is_taken(session.state, any(mark.status is not None for mark in marks.values())),
    )


def behind(
    figure: Figure,
    people: Sequence[Person],
    marks: Mapping[int, Mark],
    *,
    branch: str | None = None,
    leaders: bool = False,
) -> tuple[int, ...]:
    """The member ids a figure counts, in the order of `people`.

    branch, leaders: only of one branch, only leaders, as the groups of the board have them. Behind without_presence
    come last, by id, those nobody expected: they are in no branch here.
    """
    counted = _COUNTED[figure]
    found = []
    for person in people:
        if (branch is not None and person.branch != branch) or (leaders and not person.leader):
            continue
        mark = marks.get(person.member_id, UNMARKED_MARK)
        if counted(person, mark):
            found.append(person.member_id)
    if figure is Figure.WITHOUT_PRESENCE and branch is None and not leaders:
        here = {person.member_id for person in people}
        found += sorted(
            member for member, mark in marks.items() if mark.note is NoteState.WITHOUT_PRESENCE and member not in here
        )
    return tuple(found)


def sort_branches(groups: Iterable[Group], order: BranchOrder, leave_counts: bool) -> list[Group]:
    """Branches for display; equal ones by name. Rates are compared exactly, and one without anybody comes last."""
    by_name = sorted(groups, key=lambda group: _by_name(group.name))
    if order is BranchOrder.NAME:
        return by_name
    if order is BranchOrder.OWED:
        return sorted(by_name, key=lambda group: -group.owed)

    def worst_first(group: Group) -> tuple[bool, Fraction]:
        fraction = group.rate(leave_counts).fraction
        return fraction is None, fraction or Fraction(0)

    return sorted(by_name, key=worst_first)


def _by_name(name: str) -> tuple[bool, str]:
    return not name, name


def _counts(kinds: Mapping[Kind, int], guests: int) -> Counts:
    statuses: Counter[Status | None] = Counter()
    for (_, _, status, _), count in kinds.items():
        statuses[status] += count
    return Counts(
        expected=statuses.total(),
        present=statuses[Status.PRESENT],
        late=statuses[Status.LATE],
        excused=statuses[Status.EXCUSED],
        absent=statuses[Status.ABSENT],
        unmarked=statuses[None],
        guests=guests,
    )


def _notes(kinds: Mapping[Kind, int]) -> NoteCounts:
    states: Counter[NoteState] = Counter()
    for (_, _, _, note), count in kinds.items():
        states[note] += count
    required = sum(count for note, count in states.items() if note.required)
    return NoteCounts(required, states[NoteState.COMPLETE], states[NoteState.TOO_SHORT])


def _groups(names: Iterable[str], kinds: Mapping[Kind, int]) -> Iterator[Group]:
    by_branch: dict[str, list[tuple[Kind, int]]] = {name: [] for name in names}
    for kind, count in kinds.items():
        by_branch[kind[0]].append((kind, count))
    for name, held in by_branch.items():
        yield _group(name, held)


def _group(name: str, held: Iterable[tuple[Kind, int]]) -> Group:
    expected = attended = excused = unmarked = owed = 0
    for (_, _, status, note), count in held:
        expected += count
        attended += count if status is not None and status.attended else 0
        excused += count if status is Status.EXCUSED else 0
        unmarked += count if status is None else 0
        owed += count if note.owed else 0
    return Group(name, expected, attended, excused, unmarked, owed)


def _attended(person: Person, mark: Mark) -> bool:
    return mark.status is not None and mark.status.attended


def _expected(rule: Callable[[Person, Mark], Any]) -> Callable[[Person, Mark], Any]:
    """Only of the expected."""
    return lambda person, mark: person.expected and rule(person, mark)


_COUNTED: dict[Figure, Callable[[Person, Mark], Any]] = {
    Figure.EXPECTED: lambda person, mark: person.expected,
    Figure.PRESENT: _expected(lambda person, mark: mark.status is Status.PRESENT),
    Figure.LATE: _expected(lambda person, mark: mark.status is Status.LATE),
    Figure.EXCUSED: _expected(lambda person, mark: mark.status is Status.EXCUSED),
    Figure.ABSENT: _expected(lambda person, mark: mark.status is Status.ABSENT),
    Figure.UNMARKED: _expected(lambda person, mark: mark.status is None),
    Figure.GUESTS: lambda person, mark: not person.expected and _attended(person, mark),
    Figure.LEFT: _expected(lambda person, mark: mark.left is not None),
    Figure.ATTENDED: _expected(_attended),
    Figure.REQUIRED: _expected(lambda person, mark: mark.note.required),
    Figure.OWING: _expected(lambda person, mark: mark.note.owed),
    Figure.MISSING: _expected(lambda person, mark: mark.note is NoteState.MISSING),
    Figure.TOO_SHORT: _expected(lambda person, mark: mark.note is NoteState.TOO_SHORT),
    Figure.COMPLETE: _expected(lambda person, mark: mark.note is NoteState.COMPLETE),
    Figure.WITHOUT_PRESENCE: lambda person, mark: mark.note is NoteState.WITHOUT_PRESENCE,
    Figure.LEADERS: _expected(lambda person, mark: person.leader),
    Figure.LEADERS_MISSING: _expected(lambda person, mark: person.leader and not _attended(person, mark)),
}
