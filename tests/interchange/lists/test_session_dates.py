"""Which session a header names."""

from __future__ import annotations

from datetime import date

import pytest

from checkin_tui.domain.sessions import SessionKey
from checkin_tui.interchange.lists.session_dates import Days

MAY_18 = SessionKey(date(2026, 5, 18))
DAYS = Days(date(2026, 5, 18), date(2026, 5, 28), {date(2026, 5, day) for day in (18, 19, 20)})


def key(text: str, days: Days = DAYS) -> SessionKey | None:
    named = days.read(text)
    return None if named is None else named.key


@pytest.mark.parametrize(
    "text",
    ["2026-05-18", "2026/5/18", "20260518", "2026年5月18日", "5月18日", "5月18日（周一）", "周一 5月18日", "星期一5/18",
     "5/18", "18/5", "5-18", "5.18", "18.05.", "18.5.2026", "Mon 18 May", "Monday, May 18th", "18-May", "May 18, 2026",
     "46160", "2026-05-18 14:30",
     "05/18/2026", "18/5/2026"],
)  # fmt: skip
def test_a_date_in_whatever_form(text):
    assert key(text) == MAY_18


def test_a_key_is_exact_and_a_date_is_not():
    assert DAYS.read("2026-05-18.2") == (SessionKey(date(2026, 5, 18), 2), True)
    assert [DAYS.read(text).exact for text in ("2026-05-18", "5/18")] == [True, False]


@pytest.mark.parametrize("text", ["", "Monday", "Rate", "5.5", "12", "100", "第1次", "备注", "x" * 90])
def test_what_is_no_date_is_none(text):
    assert DAYS.read(text) is None


def test_a_date_without_a_session_is_one_all_the_same():
    assert key("4/30") == SessionKey(date(2026, 4, 30))


def test_the_year_is_the_one_in_the_program():
    winter = Days(date(2026, 12, 1), date(2027, 2, 1))
    assert [key(text, winter).day.year for text in ("12/15", "15 Jan")] == [2026, 2027]


def test_day_and_month_are_told_apart_by_all_headers_together():
    days = Days(date(2026, 5, 1), date(2026, 6, 30), {date(2026, 5, 6), date(2026, 5, 7), date(2026, 6, 5)})
    assert [one.key.day for one in days.read_all(["5/6", "5/7"])] == [date(2026, 5, 6), date(2026, 5, 7)]
    assert days.read("5/6").key is None


def test_a_title_names_its_sessions():
    assert DAYS.inside(["Sign-in sheet · Mon 18 May 2026, 14:30-17:00", "Topic: 3 rivers"]) == [MAY_18]
    assert DAYS.inside(["签到表 2026年5月18日"]) == [MAY_18]
    assert DAYS.inside(["Mon 18 May 2026 .2"]) == [SessionKey(date(2026, 5, 18), 2)]
    assert len(DAYS.inside(["2026-05-18 to 2026-05-28"])) == 2
