"""The campaign: sums over the sessions taken, and what can still become of it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_tui.domain.campaign import (
    Day,
    NoteCounts,
    Standing,
    campaign,
    following,
    is_taken,
    participation_of,
    with_live,
)
from checkin_tui.domain.rates import Rate, Target
from checkin_tui.domain.roster import Counts
from checkin_tui.domain.sessions import SessionKey, SessionState
from tests.domain.sheets import TODAY, day, session

PLANNED, OPEN, CLOSED, CANCELLED = SessionState.PLANNED, SessionState.OPEN, SessionState.CLOSED, SessionState.CANCELLED
ABOVE_98 = Target(">", 98)


@pytest.mark.parametrize(
    ("state", "marked", "taken"),
    [
        (OPEN, True, True),
        (CLOSED, True, True),
        (OPEN, False, False),
        (CLOSED, False, False),
        (PLANNED, True, False),
        (CANCELLED, True, False),
    ],
)
def test_taken_is_open_or_closed_with_anybody_marked(state, marked, taken):
    assert is_taken(state, marked) is taken


@pytest.mark.parametrize(
    ("one", "standing"),
    [
        (day(19, PLANNED, 0, 4), Standing.NOT_TAKEN),
        (day(19, OPEN, 0, 4), Standing.NOT_TAKEN),
        (day(19, CLOSED, 0, 4), Standing.NOT_TAKEN),
        (day(19, CANCELLED, 0, 4), Standing.CANCELLED),
        (day(19, CLOSED, 1, 3), Standing.HELD),
        (day(19, OPEN, 1, 3), Standing.HELD),
        (day(20, PLANNED, 0, 4), Standing.TO_COME),
        (day(20, OPEN, 0, 4), Standing.TO_COME),
        (day(20, OPEN, 1, 3), Standing.RUNNING),
        (day(20, CLOSED, 1, 3), Standing.HELD),
        (day(20, CLOSED, 0, 4), Standing.NOT_TAKEN),
        (day(20, CANCELLED, 0, 4), Standing.CANCELLED),
        (day(21, PLANNED, 0, 4), Standing.TO_COME),
    ],
)
def test_every_session_stands_somewhere_and_the_campaign_lists_what_was_not_taken(one, standing):
    assert one.standing(TODAY) is standing
    assert bool(campaign([one], ABOVE_98, TODAY).not_taken) is (standing is Standing.NOT_TAKEN)
    assert one.places(TODAY) == (one.counts.unmarked if standing in (Standing.RUNNING, Standing.TO_COME) else 0)


def test_what_comes_next_is_the_first_to_which_somebody_may_come_and_not_the_one_on_the_screen():
    past, cancelled, closed = session(date(2026, 5, 19), PLANNED), session(TODAY, CANCELLED), session(TODAY, CLOSED, 40)
    running, later = session(TODAY, OPEN, 41), session(date(2026, 5, 21), PLANNED)
    assert following([past, cancelled, closed, running, later], TODAY) is running
    assert following([past, cancelled, closed, running, later], TODAY, running.id) is later
    assert following([past, cancelled, closed], TODAY) is None
    assert following([], TODAY) is None


@pytest.mark.parametrize(("state", "reachable"), [(PLANNED, True), (OPEN, True), (CLOSED, False), (CANCELLED, False)])
def test_nobody_comes_any_more_to_a_closed_or_cancelled_session(state, reachable):
    found = participation_of(Counts(4, 1, 0, 0, 0, 3, 0), session(state=state))
    assert (found.met, found.reachable) == (False, reachable)


@pytest.mark.parametrize(
    ("one", "places"),
    [
        (day(21, PLANNED, 0, 4), 4),
        (day(20, PLANNED, 0, 3, excused=1), 3),
        (day(20, OPEN, 2, 2), 2),
        (day(20, CLOSED, 2, 2), 0),
        (day(19, OPEN, 2, 2), 0),
        (day(19, PLANNED, 0, 4), 0),
        (day(21, CANCELLED, 0, 4), 0),
    ],
)
def test_who_may_still_come(one, places):
    assert one.places(TODAY) == places


def test_the_rate_is_over_what_was_taken_and_the_unmarked_are_not_there_yet():
    found = campaign([day(18, CLOSED, 49, absent=1), day(19, PLANNED, 0, 50), day(20, OPEN, 30, 20)], ABOVE_98, TODAY)
    assert (found.taken, found.rate, found.met) == (2, Rate(79, 100), False)
    assert [one.session.key for one in found.not_taken] == [SessionKey(date(2026, 5, 19))]


def test_the_rate_of_what_is_over_stands_apart_while_a_session_runs():
    past, today = day(18, CLOSED, 49, absent=1), day(20, OPEN, 30, 20)
    running = campaign([past, today, day(21, PLANNED, 0, 50)], ABOVE_98, TODAY)
    assert (running.taken, running.running, running.held, running.rate) == (2, 1, Rate(49, 50), Rate(79, 100))
    over = campaign([past, day(20, CLOSED, 30, absent=20)], ABOVE_98, TODAY)
    assert (over.taken, over.running, over.held) == (2, 0, over.rate)


@pytest.mark.parametrize(
    ("days", "places", "best", "allowance"),
    [
        # 50 of 50 so far and 100 to come: 148 of 150 are needed for more than 98 %.
        ([day(18, CLOSED, 50), day(21, PLANNED, 0, 50), day(22, PLANNED, 0, 50)], 100, Rate(150, 150), 2),
        # Today's open register: whoever is not marked yet may still come.
        ([day(18, CLOSED, 50), day(20, OPEN, 25, 25)], 25, Rate(100, 100), 1),
        # 49 of 50 is not more than 98 %.
        ([day(18, CLOSED, 49, absent=1)], 0, Rate(49, 50), -1),
        ([day(18, CLOSED, 40, absent=10), day(21, PLANNED, 0, 50)], 50, Rate(90, 100), -9),
        # Leave known ahead is an absence that has been decided, where it counts …
        ([day(18, CLOSED, 50), day(21, PLANNED, 0, 49, excused=1)], 49, Rate(99, 100), 0),
        # … and nobody's place where it does not.
        ([day(18, CLOSED, 50), day(21, PLANNED, 0, 49, excused=1, leave_counts=False)], 49, Rate(99, 99), 1),
        # A cancelled session and a register nobody took are in nothing.
        ([day(18, CLOSED, 50), day(19, PLANNED, 0, 50), day(21, CANCELLED, 0, 50)], 0, Rate(50, 50), 0),
        ([], 0, Rate(0, 0), None),
    ],
)
def test_what_is_still_possible(days, places, best, allowance):
    found = campaign(days, ABOVE_98, TODAY)
    assert (found.places, found.best, found.allowance) == (places, best, allowance)


def test_without_anybody_expected_there_is_no_data():
    found = campaign([day(21, PLANNED, 0, 0)], ABOVE_98, TODAY)
    assert (found.rate, found.met, found.allowance) == (Rate(0, 0), None, None)


def test_the_session_on_the_screen_stands_for_its_twin():
    days = (day(18, CLOSED, 50), day(20, PLANNED, 0, 50))
    live = day(20, OPEN, 10, 40)
    assert campaign(days, ABOVE_98, TODAY, live) == campaign((days[0], live), ABOVE_98, TODAY)
    between = day(19, CLOSED, 50)
    assert with_live(days, between) == (days[0], between, days[1])


@st.composite
def some_days(draw: st.DrawFn) -> list[Day]:
    days = []
    for number in draw(st.lists(st.integers(16, 25), unique=True, max_size=6)):
        state = draw(st.sampled_from(SessionState))
        held = state in (OPEN, CLOSED)
        small = st.integers(0, 6)
        present, late, absent = (draw(small) if held else 0 for _ in range(3))
        excused, unmarked = draw(small) if held or state is PLANNED else 0, draw(small)
        expected = present + late + absent + excused + unmarked
        counts = Counts(expected, present, late, excused, absent, unmarked, 0)
        taken = is_taken(state, present + late + absent + excused > 0)
        afternoon = session(date(2026, 5, number), state, leave_counts=draw(st.booleans()))
        days.append(Day(afternoon, counts, NoteCounts(), taken))
    return sorted(days, key=lambda one: one.session.key)


def people_of(days: list[Day]) -> list[tuple[bool | None, bool]]:
    """One entry for each place that counts in the end: attended (None: may still), and whether it counts already."""
    places: list[tuple[bool | None, bool]] = []
    for one in days:
        counts, state = one.counts, one.session.state
        coming = state in (PLANNED, OPEN) and one.session.key.day >= TODAY
        ends_up = one.taken or coming
        settled = [True] * counts.attended + [False] * counts.absent
        settled += [False] * (counts.excused if one.session.leave_counts else 0)
        settled += [False] * (0 if coming else counts.unmarked)
        places += [(came, one.taken) for came in settled] if ends_up else []
        places += [(None, one.taken)] * (counts.unmarked if coming else 0)
    return places


@given(some_days(), st.builds(Target, st.sampled_from([">", ">="]), st.integers(0, 99)))
def test_it_is_what_counting_every_place_gives(days, target):
    found = campaign(days, target, TODAY)
    places = people_of(days)
    so_far = [came for came, taken in places if taken]
    assert found.rate == Rate(so_far.count(True), len(so_far))
    assert found.met is target.met_by(so_far.count(True), len(so_far))
    still = sum(came is None for came, _ in places)
    came = sum(came is True for came, _ in places)
    assert (found.places, found.best) == (still, Rate(came + still, len(places)))
    if not places:
        assert found.allowance is None
    elif found.allowance is not None and found.allowance >= 0:
        away = found.allowance
        assert target.met_by(came + still - away, len(places))
        assert away == still or not target.met_by(came + still - away - 1, len(places))
    else:
        assert not target.met_by(came + still, len(places))
        assert target.least(len(places)) == came + still - found.allowance
