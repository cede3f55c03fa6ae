"""The board: every figure is a count of exactly the people behind it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.board import Board, BranchOrder, Figure, Group, behind, board, sort_branches
from checkin_tui.domain.campaign import NoteCounts
from checkin_tui.domain.clock import MINUTE
from checkin_tui.domain.notes import note_state
from checkin_tui.domain.rates import Rate
from checkin_tui.domain.roster import Counts, Mark, Person
from checkin_tui.domain.sessions import SessionState
from tests.domain.sheets import START, session

PRESENT, LATE, EXCUSED, ABSENT = Status.PRESENT, Status.LATE, Status.EXCUSED, Status.ABSENT
MINIMUM = 50


def person(member_id: int, branch: str = "Xinghe", *, leader: bool = False, expected: bool = True) -> Person:
    return Person(member_id, str(member_id), f"Person {member_id}", branch, "", leader, expected, "", "")


def mark(who: Person, status: Status | None, chars: int = 0, paper: bool = False, arrived: int | None = None) -> Mark:
    """What the rules make of it."""
    attended = status is not None and status.attended
    note = note_state(chars, paper, MINIMUM, attended, who.lectures or not who.expected)
    return Mark(status, arrived=arrived, inside=attended, note=note, chars=chars, paper=paper)


AFTERNOON = [
    (person(1, leader=True), PRESENT, 60, START - MINUTE - 1),
    (person(2), PRESENT, 10, START - MINUTE),
    (person(3), LATE, 0, START + 15 * MINUTE),
    (person(4, "Beishan"), EXCUSED, 0, None),
    (person(5, "Beishan", leader=True), ABSENT, 20, None),
    (person(6, "Beishan"), None, 0, None),
    (person(7, "")._replace(lectures=True), PRESENT, 0, None),
    (person(8, "Xinghe", leader=True, expected=False), PRESENT, 90, START),
    (person(9, "Xinghe", expected=False), ABSENT, 0, None),
]
PEOPLE = [who for who, *_ in AFTERNOON]
MARKS = {
    who.member_id: mark(who, status, chars, arrived=arrived)
    for who, status, chars, arrived in AFTERNOON
    if who.member_id != 6
}
MARKS[20] = mark(person(20, expected=False), None, 40)  # nobody expected them, and they did not come; the note is there


@pytest.fixture(scope="module")
def found() -> Board:
    return board(PEOPLE, MARKS, session())


def test_the_figures_of_an_afternoon(found):
    assert found.counts == Counts(expected=7, present=3, late=1, excused=1, absent=1, unmarked=1, guests=1)
    assert found.notes == NoteCounts(required=3, complete=1, too_short=1)
    assert (found.notes.missing, found.notes.owed, found.without_presence) == (1, 2, 2)
    assert found.branches == (
        Group("Beishan", expected=3, attended=0, excused=1, unmarked=1, owed=0),
        Group("Xinghe", expected=3, attended=3, excused=0, unmarked=0, owed=2),
        Group("", expected=1, attended=1, excused=0, unmarked=0, owed=0),
    )
    assert found.leaders == Group("", expected=2, attended=1, excused=0, unmarked=0, owed=0)
    assert found.arrivals == ((START - 2 * MINUTE, 1), (START - MINUTE, 1), (START + 15 * MINUTE, 1))


@pytest.mark.parametrize(
    ("figure", "members"),
    [
        (Figure.EXPECTED, (1, 2, 3, 4, 5, 6, 7)),
        (Figure.ATTENDED, (1, 2, 3, 7)),
        (Figure.UNMARKED, (6,)),
        (Figure.GUESTS, (8,)),
        (Figure.REQUIRED, (1, 2, 3)),
        (Figure.OWING, (2, 3)),
        (Figure.MISSING, (3,)),
        (Figure.TOO_SHORT, (2,)),
        (Figure.WITHOUT_PRESENCE, (5, 20)),
        (Figure.LEADERS, (1, 5)),
        (Figure.LEADERS_MISSING, (5,)),
    ],
)
def test_every_figure_opens_the_people_it_counts(figure, members):
    assert behind(figure, PEOPLE, MARKS) == members


def test_they_come_in_the_order_they_are_handed_in():
    assert behind(Figure.ATTENDED, PEOPLE[::-1], MARKS) == (7, 3, 2, 1)


def test_who_came_and_went_is_gone_and_has_attended():
    gone = {**MARKS, 1: MARKS[1]._replace(left=START + 60 * MINUTE, inside=False)}
    assert board(PEOPLE, gone, session()).left == 1
    assert behind(Figure.LEFT, PEOPLE, gone) == (1,)
    assert 1 in behind(Figure.ATTENDED, PEOPLE, gone)


@pytest.mark.parametrize(
    ("state", "taken"), [(SessionState.OPEN, True), (SessionState.CLOSED, True), (SessionState.PLANNED, False)]
)
def test_the_session_as_the_campaign_sees_it(state, taken):
    afternoon = session(state=state, leave_counts=False)
    day = board(PEOPLE, MARKS, afternoon).day
    assert (day.session, day.taken, day.rate) == (afternoon, taken, Rate(4, 6))


def test_a_register_with_nothing_but_a_note_is_not_taken():
    assert not board(PEOPLE, {20: MARKS[20]}, session()).taken


def test_leave_is_left_out_of_every_rate_alike(found):
    counting = board(PEOPLE, MARKS, session(leave_counts=False))
    assert (found.participation.rate, counting.participation.rate) == (Rate(4, 7), Rate(4, 6))
    assert (found.branches[0].rate(True), found.branches[0].rate(False)) == (Rate(0, 3), Rate(0, 2))


def test_an_empty_roster_has_no_data():
    nobody = board([], {}, session(state=SessionState.PLANNED))
    assert (nobody.counts, nobody.branches, nobody.arrivals) == (Counts(), (), ())
    assert nobody.participation.percent is None


GROUPS = [
    Group("Arbor", 3, 1, 0, 2, 0),
    Group("Brook", 300, 100, 0, 200, 7),
    Group("Cliff", 1, 0, 1, 0, 0),
    Group("Dune", 1000, 333, 0, 667, 7),
    Group("", 2, 2, 0, 0, 1),
]


@pytest.mark.parametrize(
    ("order", "leave_counts", "names"),
    [
        (BranchOrder.NAME, True, ["Arbor", "Brook", "Cliff", "Dune", ""]),
        (BranchOrder.RATE, True, ["Cliff", "Dune", "Arbor", "Brook", ""]),
        (BranchOrder.RATE, False, ["Dune", "Arbor", "Brook", "", "Cliff"]),
        (BranchOrder.OWED, True, ["Brook", "Dune", "", "Arbor", "Cliff"]),
    ],
)
def test_branches_sort_by_exact_rates_and_nobody_comes_last(order, leave_counts, names):
    assert [group.name for group in sort_branches(GROUPS[::-1], order, leave_counts)] == names


@st.composite
def rosters(draw: st.DrawFn) -> tuple[list[Person], dict[int, Mark]]:
    people, marks = [], {}
    for number in range(1, draw(st.integers(0, 12)) + 1):
        who = person(
            number,
            draw(st.sampled_from(["Arbor", "Brook", ""])),
            leader=draw(st.booleans()),
            expected=draw(st.integers(0, 4)) > 0,
        )._replace(lectures=number == 1)
        listed = draw(st.integers(0, 5)) > 0
        if listed:
            people.append(who)
        status = draw(st.none() | st.sampled_from(Status)) if listed else None
        given_ = mark(who, status, draw(st.sampled_from([0, 0, 10, 60])), draw(st.booleans()))
        if status is not None and status.attended:
            given_ = given_._replace(arrived=draw(st.none() | st.integers(START, START + 3 * MINUTE)))
            given_ = given_._replace(left=draw(st.none() | st.just(START + 9 * MINUTE)))
        if given_ != Mark() or draw(st.booleans()):
            marks[number] = given_
    return people, marks


@given(rosters())
def test_every_number_is_that_of_the_people_behind_it(roster):
    people, marks = roster
    whole = board(people, marks, session())
    for figure in Figure:
        members = behind(figure, people, marks)
        assert len(members) == len(set(members)) == whole.number(figure), figure
    came = [marks[one.member_id].arrived for one in people if one.expected and one.member_id in marks]
    assert sum(count for _minute, count in whole.arrivals) == sum(arrived is not None for arrived in came)
    for group in whole.branches:
        assert group_of(people, marks, group.name, branch=group.name) == group
    assert group_of(people, marks, "", leaders=True) == whole.leaders
    assert whole.leaders.expected - whole.leaders.attended == whole.number(Figure.LEADERS_MISSING)


def group_of(people: list[Person], marks: dict[int, Mark], name: str, **only: str | bool) -> Group:
    figures = (Figure.EXPECTED, Figure.ATTENDED, Figure.EXCUSED, Figure.UNMARKED, Figure.OWING)
    return Group(name, *(len(behind(figure, people, marks, **only)) for figure in figures))


@given(rosters())
def test_the_parts_add_up(roster):
    people, marks = roster
    whole = board(people, marks, session())
    counts, notes, branches = whole.counts, whole.notes, whole.branches
    assert counts.present + counts.late + counts.excused + counts.absent + counts.unmarked == counts.expected
    for name in ("expected", "attended", "excused", "unmarked"):
        assert sum(getattr(group, name) for group in branches) == getattr(counts, name)
    assert sum(group.owed for group in branches) == notes.owed == notes.missing + notes.too_short
    assert sum(count for _, count in whole.arrivals) <= counts.attended
    assert notes.required <= counts.attended


@given(st.lists(st.builds(Group, st.text(max_size=2), st.integers(0, 9), *[st.integers(0, 3)] * 4), max_size=6))
def test_the_worst_rate_is_first(groups):
    rates = [group.rate(True).fraction for group in sort_branches(groups, BranchOrder.RATE, True)]
    known = [rate for rate in rates if rate is not None]
    assert rates == known + [None] * (len(rates) - len(known))
    assert known == sorted(known, key=Fraction)
