"""What the report adds up, and in which order it stands."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from checkin_tui.domain.board import Group
from checkin_tui.domain.clock import HybridTime
from checkin_tui.domain.reporting import (
    Arrived,
    Away,
    Total,
    Turn,
    arrivals_of,
    branch_totals,
    leader_total,
    most_away,
    was_closed,
)
from tests.domain.sheets import session


def recorded(wall: int) -> HybridTime:
    return HybridTime(wall, 0, UUID(int=1))


def test_branches_add_up_and_those_without_one_come_last():
    counted, left_out = session(), replace(session(), leave_counts=False)
    first = (Group("", 1, 1, 0, 0, 1), Group("Xinghe", 10, 8, 2, 0, 3))
    second = (Group("Beishan", 4, 0, 4, 0, 0), Group("Xinghe", 10, 8, 2, 0, 1))
    assert branch_totals([(counted, first), (left_out, second)]) == (
        Total("Beishan", 1, 0, 0, 0),
        Total("Xinghe", 2, 16, 18, 4),
        Total("", 1, 1, 1, 1),
    )


def test_where_no_leader_is_expected_there_is_no_session():
    nobody, some = Group("", 0, 0, 0, 0, 0), Group("", 2, 1, 0, 1, 1)
    assert leader_total([(session(), nobody), (session(), some)]) == Total("", 1, 1, 2, 1)


@pytest.mark.parametrize(("at", "closed"), [(5, False), (10, False), (15, True), (20, True), (25, False), (35, True)])
def test_a_session_is_closed_between_closing_and_opening(at, closed):
    turns = [Turn(recorded(10), True), Turn(recorded(20), False), Turn(recorded(30), True)]
    assert was_closed(turns, recorded(at)) is closed


def test_arrivals_are_parted_by_the_rules_of_their_session():
    found = arrivals_of(
        [
            Arrived(False, -3, True, 4),
            Arrived(False, 12, True, 1),
            Arrived(True, 12, False, 2),
            Arrived(True, None, False, 1),
        ]
    )
    assert (found.early, found.in_time, found.late, found.unknown) == (4, 1, 2, 1)
    assert (found.minutes, found.late_status, found.attended) == ({-3: 4, 12: 3}, 3, 8)


def test_of_equals_who_came_least_comes_first():
    people = [Away(code, code, "", 5, came, 0, absent) for code, came, absent in
              (("a", 4, 1), ("b", 3, 1), ("c", 3, 2), ("d", 5, 0), ("aa", 3, 1))]  # fmt: skip
    assert [one.code for one in most_away(people)] == ["c", "aa", "b", "a"]
