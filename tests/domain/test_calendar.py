"""Dates and hours as people write them, the days of a program, and instants where the clocks change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_tui.domain.calendar import (
    LONGEST_PROGRAM,
    format_weekdays,
    instant,
    late_from,
    local,
    parse_clock,
    parse_hours,
    parse_weekdays,
    plan,
    working_days,
    zone_info,
)
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.sessions import SessionKey

MAY = ProgramTerms("Learning campaign", date(2026, 5, 18), date(2026, 5, 28))


def day(number: int) -> date:
    return date(2026, 5, number)


@pytest.mark.parametrize(
    ("text", "days", "written"),
    [
        ("mon-fri", {0, 1, 2, 3, 4}, "mon-fri"),
        ("mon,wed,fri", {0, 2, 4}, "mon,wed,fri"),
        ("mon-fri,sun", {0, 1, 2, 3, 4, 6}, "mon-fri,sun"),
        ("Monday, TUESDAY", {0, 1}, "mon,tue"),
        ("sat-mon", {5, 6, 0}, "mon,sat,sun"),
        ("thurs", {3}, "thu"),
        ("mon – wed", {0, 1, 2}, "mon-wed"),
        ("mon;tue、wed thu", {0, 1, 2, 3}, "mon-thu"),
        ("mon-sun", set(range(7)), "mon-sun"),
        ("wed-wed", {2}, "wed"),
    ],
)
def test_weekdays(text, days, written):
    assert parse_weekdays(text) == days
    assert format_weekdays(days) == written


@pytest.mark.parametrize("text", ["", "  ", "mo", "monn", "mon-", "-fri", "mon-wed-fri", "day", "1-5", "t"])
def test_what_are_no_weekdays(text):
    with pytest.raises(ValueError, match=r"^weekdays$"):
        parse_weekdays(text)


@given(st.sets(st.integers(0, 6), min_size=1))
def test_written_weekdays_read_back(days):
    assert parse_weekdays(format_weekdays(days)) == days


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("9:05", time(9, 5)),
        ("0905", time(9, 5)),
        ("905", time(9, 5)),
        ("１４：３０", time(14, 30)),
        ("14.30", time(14, 30)),
        ("14h30", time(14, 30)),
        (" 14 : 30 ", time(14, 30)),
        ("14。30", time(14, 30)),
        ("00:00", time(0, 0)),
        ("23:59", time(23, 59)),
    ],
)
def test_a_time_of_day(text, clock):
    assert parse_clock(text) == clock


@pytest.mark.parametrize(
    "text", ["", "9", "14", "24:00", "14:60", "14:3", "2560", "14:30:00", "14:30 pm", "14-30", "-9:05", "noon"]
)
def test_what_is_no_time_of_day(text):
    with pytest.raises(ValueError, match=r"^clock$"):
        parse_clock(text)


@pytest.mark.parametrize("text", ["14:30-17:00", "14:30 – 17:00", "1430~1700", "１４：３０－１７：００"])
def test_hours(text):
    assert parse_hours(text) == (time(14, 30), time(17, 0))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("14:30", "hours"),
        ("14:30-", "hours"),
        ("14:30-25:00", "hours"),
        ("9-17", "hours"),
        ("14:30-15:00-16:00", "hours"),
        ("17:00-14:30", "hours_order"),
        ("14:30-14:30", "hours_order"),
    ],
)
def test_what_are_no_hours(text, word):
    with pytest.raises(ValueError, match=f"^{word}$"):
        parse_hours(text)


def test_the_working_days_of_the_campaign():
    assert working_days(MAY) == [day(number) for number in (18, 19, 20, 21, 22, 25, 26, 27, 28)]


def test_holidays_go_extra_days_come_each_once_and_in_order():
    terms = replace(
        MAY,
        holidays=frozenset({day(19), day(23), date(2027, 1, 1)}),
        extra_days=frozenset({day(31), day(23), day(18)}),
    )
    assert working_days(terms) == [day(number) for number in (18, 20, 21, 22, 23, 25, 26, 27, 28, 31)]


@pytest.mark.parametrize(
    ("first", "last", "word"),
    [
        (day(28), day(18), "dates"),
        (date(2026, 5, 18), date(2062, 5, 28), "dates_long"),
        (date.min, date.max, "dates_long"),
    ],
)
def test_a_program_that_cannot_be_meant(first, last, word):
    with pytest.raises(ValueError, match=f"^{word}$"):
        working_days(ProgramTerms("x", first, last))


def test_one_day_and_the_last_day_of_the_calendar():
    assert working_days(ProgramTerms("x", day(18), day(18))) == [day(18)]
    last = date.fromordinal(date.max.toordinal() - LONGEST_PROGRAM)
    assert working_days(ProgramTerms("x", last, date.max))[-1] == date.max


def test_planning_makes_what_is_missing_and_names_what_is_there():
    there = [SessionKey(day(19), 2), SessionKey(day(20)), SessionKey(day(20), 2), SessionKey(day(24))]
    made = plan(MAY, there)
    assert [str(key) for key in made.existing] == ["2026-05-19.2", "2026-05-20"]
    assert [key.day.day for key in made.create] == [18, 21, 22, 25, 26, 27, 28]
    assert all(key.ordinal == 1 for key in made.create)


DAYS = st.dates(date(2026, 5, 1), date(2026, 6, 30))


@st.composite
def terms(draw) -> ProgramTerms:
    first = draw(DAYS)
    return ProgramTerms(
        "x",
        first,
        draw(st.dates(first, date(2026, 7, 31))),
        weekdays=draw(st.frozensets(st.integers(0, 6))),
        holidays=draw(st.frozensets(DAYS, max_size=5)),
        extra_days=draw(st.frozensets(DAYS, max_size=5)),
    )


@given(terms(), st.lists(st.builds(SessionKey, DAYS, st.integers(1, 3))))
def test_planning_twice_creates_nothing_new(program, there):
    first = plan(program, there)
    assert not {key.day for key in first.create} & {key.day for key in there}
    second = plan(program, [*there, *first.create])
    assert second.create == ()
    assert {key.day for key in second.existing} == set(working_days(program))


@given(terms())
def test_working_days_ascend_and_keep_the_rule(program):
    days = working_days(program)
    assert days == sorted(set(days))
    for found in set(days) - program.extra_days:
        assert found.weekday() in program.weekdays
        assert found not in program.holidays


@pytest.mark.parametrize(
    ("shown", "zone", "utc"),
    [
        ((2026, 5, 18, 14, 30), "UTC", "2026-05-18T14:30:00+00:00"),
        ((2026, 5, 18, 14, 30), "Asia/Shanghai", "2026-05-18T06:30:00+00:00"),
        ((2026, 10, 25, 2, 30), "Europe/Berlin", "2026-10-25T00:30:00+00:00"),
        ((2026, 3, 29, 2, 30), "Europe/Berlin", "2026-03-29T01:30:00+00:00"),
        ((1969, 12, 31, 23, 0), "UTC", "1969-12-31T23:00:00+00:00"),
    ],
)
def test_an_instant_of_a_zone(shown, zone, utc):
    year, month, number, hour, minute = shown
    at = instant(date(year, month, number), time(hour, minute), zone)
    assert local(at, "UTC").isoformat() == utc


def test_in_the_gap_the_clocks_show_an_hour_more_and_a_doubled_hour_comes_first():
    gap = instant(date(2026, 3, 29), time(2, 30), "Europe/Berlin")
    assert local(gap, "Europe/Berlin").isoformat() == "2026-03-29T03:30:00+02:00"
    for fold in (0, 1):
        twice = instant(date(2026, 10, 25), time(2, 30, fold=fold), "Europe/Berlin")
        assert local(twice, "Europe/Berlin").isoformat() == "2026-10-25T02:30:00+02:00"


@given(st.datetimes(), st.sampled_from(["UTC", "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kathmandu"]))
def test_an_instant_shown_in_its_zone_is_what_was_meant_or_an_hour_beside_a_gap(moment, zone):
    if not 1950 < moment.year < 2037:
        return
    at = instant(moment.date(), moment.time(), zone)
    back = local(at, zone)
    assert instant(back.date(), back.time(), zone) in (at, at - 3_600_000)
    assert abs((back.replace(tzinfo=None) - moment).total_seconds()) <= 3600.001


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../etc/passwd", "/etc/passwd", "Europe", "UTC\0"])
def test_what_is_no_zone(name):
    with pytest.raises(ValueError, match=r"^zone$"):
        zone_info(name)


@pytest.mark.parametrize(("grace", "late"), [(10, 600_000), (0, 0), (-5, 0)])
def test_late_is_never_before_the_start(grace, late):
    assert late_from(1_000_000, grace) == 1_000_000 + late
