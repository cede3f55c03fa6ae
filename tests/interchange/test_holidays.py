"""China's calendar, as far as the library knows it."""

from datetime import date

from checkin_tui.interchange.holidays import china_calendar

MON_FRI, WEEKEND = range(5), (5, 6)


def test_holidays_are_those_on_the_programs_weekdays_and_make_up_days_those_that_are_not():
    found = china_calendar(date(2026, 2, 9), date(2026, 3, 6), MON_FRI)
    assert sorted(found.holidays) == [*(date(2026, 2, day) for day in (16, 17, 18, 19, 20)), date(2026, 2, 23)]
    assert sorted(found.extra_days) == [date(2026, 2, 14), date(2026, 2, 28)]
    assert found.years_unknown == ()


def test_a_plain_weekend_is_no_holiday_for_a_weekend_course():
    found = china_calendar(date(2026, 2, 9), date(2026, 3, 6), WEEKEND)
    assert sorted(found.holidays) == [date(2026, 2, 15), date(2026, 2, 21), date(2026, 2, 22)]
    assert found.extra_days == frozenset()


def test_years_nobody_has_decided_on_are_named():
    found = china_calendar(date(2026, 12, 1), date(2095, 1, 31), MON_FRI)
    assert 2026 not in found.years_unknown
    assert found.years_unknown[-1] == 2095
    assert all(day.year not in found.years_unknown for day in found.holidays | found.extra_days)
    assert china_calendar(date(1999, 1, 1), date(1999, 12, 31), MON_FRI) == (frozenset(), frozenset(), (1999,))
