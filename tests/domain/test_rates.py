"""Participation: exact against the target, and never shown better than it is."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from checkin_tui.domain.rates import (
    Rate,
    Target,
    allowance,
    best_still,
    campaign,
    needed,
    participation,
    percent,
    percent_text,
    reachable,
)
from checkin_tui.domain.roster import Counts

ABOVE_98 = Target(">", 98)
AT_LEAST_98 = Target(">=", 98)

TARGETS = st.builds(
    Target,
    st.sampled_from([">", ">="]),
    st.integers(0, 99) | st.integers(0, 99_999_999).map(lambda millionths: Fraction(millionths, 10**6)),
)
RATES = st.integers(1, 3000).flatmap(lambda expected: st.builds(Rate, st.integers(0, expected), st.just(expected)))


@pytest.mark.parametrize(
    ("text", "target", "written"),
    [
        (">98", ABOVE_98, ">98"),
        (">=98", AT_LEAST_98, ">=98"),
        (" > 97.5 ", Target(">", Fraction("97.5")), ">97.5"),
        ("≥ 98 %", AT_LEAST_98, ">=98"),
        ("＞９８％", ABOVE_98, ">98"),
        (">=100", Target(">=", 100), ">=100"),
        (">=0", Target(">=", 0), ">=0"),
        (">98.10", Target(">", Fraction("98.1")), ">98.1"),
    ],
)
def test_a_target_is_read_and_written(text, target, written):
    assert Target.parse(text) == target
    assert str(target) == written


@pytest.mark.parametrize(
    "text", ["", "98", "<98", ">", ">100", ">=100.1", ">-1", ">98,5", "=>98", ">98.1234567", "> 9 8"]
)
def test_what_is_no_target(text):
    with pytest.raises(ValueError, match=r"^target$"):
        Target.parse(text)


@given(TARGETS)
def test_a_written_target_reads_back(target):
    assert Target.parse(str(target)) == target
    assert target.number == float(target.percent)


@pytest.mark.parametrize(
    ("target", "attended", "expected", "met"),
    [
        (ABOVE_98, 49, 50, False),
        (AT_LEAST_98, 49, 50, True),
        (ABOVE_98, 50, 50, True),
        (ABOVE_98, 157, 160, True),
        (ABOVE_98, 156, 160, False),
        (ABOVE_98, 0, 0, None),
        (Target(">=", 100), 160, 160, True),
        (Target(">", 0), 0, 5, False),
    ],
)
def test_the_sign_of_the_rule_is_kept(target, attended, expected, met):
    assert target.met_by(attended, expected) is met


@pytest.mark.parametrize(
    ("attended", "expected", "target", "more"),
    [
        (155, 160, ABOVE_98, 2),
        (157, 160, ABOVE_98, 0),
        (49, 50, ABOVE_98, 1),
        (49, 50, AT_LEAST_98, 0),
        (0, 1, ABOVE_98, 1),
        (0, 0, ABOVE_98, None),
    ],
)
def test_how_many_more(attended, expected, target, more):
    assert needed(attended, expected, target) == more


@given(RATES, TARGETS)
def test_needed_is_enough_and_one_less_is_not(rate, target):
    more = needed(rate.attended, rate.expected, target)
    assert target.met_by(rate.attended + more, rate.expected)
    if more:
        assert not target.met_by(rate.attended + more - 1, rate.expected)


@pytest.mark.parametrize(
    ("more", "unmarked", "closed", "can"),
    [(2, 3, False, True), (3, 3, False, True), (4, 3, False, False), (0, 0, True, True), (1, 5, True, False)],
)
def test_reachable_by_the_unmarked_until_the_register_is_closed(more, unmarked, closed, can):
    assert reachable(more, unmarked, closed) is can


def test_without_anybody_expected_nothing_is_lost_until_the_end():
    assert reachable(None, 0, closed=False)
    assert not reachable(None, 0, closed=True)


@pytest.mark.parametrize(
    ("rate", "target", "text"),
    [
        (Rate(155, 160), ABOVE_98, "96.88"),
        (Rate(470, 480), ABOVE_98, "97.92"),
        (Rate(49, 50), ABOVE_98, "98.00"),
        (Rate(3, 3), ABOVE_98, "100.00"),
        (Rate(0, 3), ABOVE_98, "0.00"),
        (Rate(97_996, 100_000), AT_LEAST_98, "97.996"),
        (Rate(979_999, 1_000_000), AT_LEAST_98, "97.9999"),
        (Rate(97_996, 100_000), ABOVE_98, "98.00"),
        (Rate(97_996, 100_000), None, "98.00"),
        (Rate(97_995, 100_000), Target(">", Fraction("97.995")), "97.995"),
        (Rate(19_999, 20_000), Target(">=", 100), "99.995"),
        (Rate(0, 0), ABOVE_98, None),
    ],
)
def test_a_missed_line_is_never_written_as_met(rate, target, text):
    assert percent_text(rate, target) == text
    assert percent(rate, target) == (None if text is None else float(text))


@given(RATES, TARGETS)
def test_read_literally_the_per_cent_never_meets_what_the_rate_misses(rate, target):
    assume(not target.met_by(rate.attended, rate.expected))
    shown = Fraction(percent_text(rate, target))
    assert not (shown > target.percent if target.rule == ">" else shown >= target.percent)
    as_json = Fraction(str(percent(rate, target)))
    assert as_json == shown


@given(RATES, TARGETS)
def test_the_per_cent_is_near_the_rate(rate, target):
    shown = Fraction(percent_text(rate, target))
    assert abs(shown - rate.fraction * 100) <= Fraction(1, 200)


def test_a_line_no_decimal_can_write_is_cut_and_not_rounded():
    text = percent_text(Rate(2, 3), Target(">", Fraction(200, 3)))
    assert text == "66.666666666666"


COUNTS = Counts(expected=160, present=151, late=4, excused=2, absent=0, unmarked=3, guests=1)


def test_a_session_in_figures():
    figures = participation(COUNTS, ABOVE_98, leave_counts=True, closed=False)
    assert (figures.attended, figures.expected, figures.percent) == (155, 160, 96.88)
    assert (figures.met, figures.needed, figures.reachable) == (False, 2, True)
    assert figures.best == Rate(158, 160)
    assert figures.percent_text == "96.88"


def test_once_closed_nothing_better_is_still_possible():
    assert participation(COUNTS, ABOVE_98, leave_counts=True, closed=True).best == Rate(155, 160)


def test_leave_taken_out_of_the_expected():
    figures = participation(COUNTS, ABOVE_98, leave_counts=False, closed=True)
    assert (figures.attended, figures.expected, figures.needed, figures.reachable) == (155, 158, 0, True)
    assert figures.met is True


def test_nobody_expected_is_no_data():
    figures = participation(Counts(guests=2), ABOVE_98, leave_counts=True, closed=False)
    assert (figures.percent, figures.met, figures.needed, figures.percent_text) == (None, None, None, None)


def test_everybody_on_leave_and_leave_not_counted_is_no_data():
    figures = participation(Counts(expected=2, excused=2), ABOVE_98, leave_counts=False, closed=True)
    assert (figures.expected, figures.percent, figures.reachable) == (0, None, False)


@given(*[st.integers(0, 50)] * 6, TARGETS, st.booleans(), st.booleans())
def test_attended_is_never_more_than_expected(
    present, late, excused, absent, unmarked, guests, target, leave_counts, closed
):
    expected = present + late + excused + absent + unmarked
    counts = Counts(expected, present, late, excused, absent, unmarked, guests)
    figures = participation(counts, target, leave_counts, closed)
    assert figures.attended <= figures.best.attended <= figures.expected
    if figures.met:
        assert figures.needed == 0
        assert figures.reachable


def test_the_best_still_possible():
    assert best_still(150, 160, 5) == Rate(155, 160)
    assert best_still(150, 160, 99) == Rate(160, 160)


def test_a_campaign_adds_people_not_percentages():
    assert campaign([(1, 1), (0, 99)]) == Rate(1, 100)
    assert campaign([]) == Rate(0, 0)
    assert Rate(0, 0).fraction is None


@pytest.mark.parametrize(
    ("attended", "expected", "future", "target", "absences"),
    [
        (470, 480, 960, ABOVE_98, 18),
        (480, 480, 20, AT_LEAST_98, 10),
        (480, 480, 3, AT_LEAST_98, 3),
        (450, 480, 20, ABOVE_98, -21),
        (157, 160, 0, ABOVE_98, 0),
        (0, 0, 0, ABOVE_98, None),
    ],
)
def test_how_many_may_still_be_missed(attended, expected, future, target, absences):
    assert allowance(attended, expected, future, target) == absences


@given(RATES, st.integers(0, 3000), TARGETS)
def test_the_allowance_is_the_most(rate, future, target):
    absences = allowance(rate.attended, rate.expected, future, target)
    total = rate.expected + future
    assert target.met_by(rate.attended + future - absences, total)
    if absences < future:
        assert not target.met_by(rate.attended + future - absences - 1, total)
