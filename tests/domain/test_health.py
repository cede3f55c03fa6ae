"""When a finding is fine, a warning or a problem."""

from __future__ import annotations

import pytest

from checkin_tui.domain.clock import MINUTE
from checkin_tui.domain.health import DAY, State, clock_behind, judge_backups, judge_clock, judge_space

NOW = 1_000 * DAY


@pytest.mark.parametrize(
    ("newest", "behind"), [(None, 0), (NOW - DAY, 0), (NOW, 0), (NOW + MINUTE, 0), (NOW + MINUTE + 1, MINUTE + 1)]
)
def test_a_clock_may_be_a_minute_behind(newest, behind):
    assert clock_behind(newest, NOW) == behind
    assert judge_clock(newest, NOW).state is (State.WARNING if behind else State.OK)


@pytest.mark.parametrize(
    ("free", "size", "state"),
    [
        (100_000_000, 1, State.OK),
        (99_999_999, 1, State.WARNING),
        (5_000_001, 1, State.WARNING),
        (5_000_000, 1, State.PROBLEM),
        (199_999_999, 20_000_000, State.WARNING),
        (200_000_000, 20_000_000, State.OK),
    ],
)
def test_room_for_today_for_a_hundred_megabytes_and_for_ten_times_the_file(free, size, state):
    assert judge_space(free, size).state is state


@pytest.mark.parametrize(
    ("made", "whole", "newest", "needed", "found"),
    [
        (None, True, NOW, True, (State.WARNING, "none")),
        (None, True, None, False, (State.OK, "none")),
        (NOW, False, NOW, True, (State.PROBLEM, "damaged")),
        (NOW, True, NOW + DAY, True, (State.OK, "")),
        (NOW, True, NOW + DAY + 1, True, (State.WARNING, "old")),
        (NOW - 400 * DAY, True, NOW - 400 * DAY, True, (State.OK, "")),
    ],
)
def test_a_backup_is_as_old_as_what_it_lacks(made, whole, newest, needed, found):
    assert judge_backups(made, whole, newest, needed=needed) == found
