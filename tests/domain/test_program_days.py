"""The dates of a program one by one, and what toggling one of them does."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_tui.domain.calendar import working_days
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.program_days import DayKind, day_kind, program_days, toggled, with_calendar

FIRST = date(2026, 6, 15)
TERMS = ProgramTerms("Summer weeks", FIRST, FIRST + timedelta(days=13))
NEAR = st.integers(-3, 16).map(lambda number: FIRST + timedelta(days=number))
TERMS_OF_ANY_KIND = st.builds(
    lambda weekdays, holidays, extra: replace(TERMS, weekdays=weekdays, holidays=holidays, extra_days=extra),
    st.frozensets(st.integers(0, 6)),
    st.frozensets(NEAR),
    st.frozensets(NEAR),
)
FRIDAY, SUNDAY, AFTER = date(2026, 6, 19), date(2026, 6, 21), date(2026, 7, 4)


def test_every_date_says_whether_it_is_held_and_why_not():
    terms = replace(TERMS, holidays=frozenset({FRIDAY}), extra_days=frozenset({SUNDAY, AFTER}))
    known = {one.day: one for one in program_days(terms)}
    assert len(known) == 15
    assert (known[FIRST].kind, known[FIRST].held) == (DayKind.REGULAR, True)
    assert (known[FRIDAY].kind, known[FRIDAY].held) == (DayKind.HOLIDAY, False)
    assert (known[date(2026, 6, 20)].kind, known[date(2026, 6, 20)].held) == (DayKind.OFF, False)
    assert known[SUNDAY].kind is known[AFTER].kind is DayKind.EXTRA


@given(TERMS_OF_ANY_KIND)
def test_the_dates_held_are_the_working_days(terms):
    assert [one.day for one in program_days(terms) if one.held] == working_days(terms)


@given(TERMS_OF_ANY_KIND, NEAR)
def test_toggling_a_date_changes_that_date_and_no_other_and_twice_is_as_before(terms, day):
    once = toggled(terms, day)
    assert set(working_days(once)) ^ set(working_days(terms)) == {day}
    assert working_days(toggled(once, day)) == working_days(terms)


@pytest.mark.parametrize(("last", "word"), [(-1, "dates"), (4000, "dates_long")])
def test_impossible_dates_have_no_days(last, word):
    with pytest.raises(ValueError, match=f"^{word}$"):
        program_days(replace(TERMS, last_day=FIRST + timedelta(days=last)))


def test_a_public_calendar_overrules_nothing_set_by_hand():
    terms = replace(TERMS, extra_days=frozenset({FRIDAY}), holidays=frozenset({SUNDAY}))
    after = with_calendar(terms, {FRIDAY, FIRST}, {SUNDAY, AFTER})
    assert after.holidays == {SUNDAY, FIRST}
    assert after.extra_days == {FRIDAY, AFTER}
    assert day_kind(after, FRIDAY) is DayKind.REGULAR
