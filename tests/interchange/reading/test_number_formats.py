from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkin_tui.interchange.reading.number_formats import (
    Family,
    Kind,
    kind_of_code,
    kind_of_id,
    number_text,
    value_text,
)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", Kind()),
        ("G/通用格式", Kind()),
        ("@", Kind()),
        ("0", Kind()),
        ("0.00", Kind()),
        ("#,##0", Kind()),
        ("0000", Kind(zeros=4)),
        ("00000000;[Red]-00000000", Kind(zeros=8)),
        ('"No. "000', Kind(zeros=3)),
        ("0.0%", Kind(Family.PERCENT)),
        ("yyyy-mm-dd", Kind(Family.DATE)),
        ('yyyy"年"m"月"d"日"', Kind(Family.DATE)),
        ("[$-804]aaaa", Kind(Family.DATE)),
        ("h:mm AM/PM", Kind(Family.DATE)),
        ("[h]:mm", Kind(Family.DURATION)),
        ('0"days"', Kind()),
        (r"0\d", Kind()),
        ("[Red]0", Kind()),
        ("", Kind()),
    ],
)
def test_a_format_says_what_its_numbers_are(code: str, kind: Kind) -> None:
    assert kind_of_code(code) == kind


@pytest.mark.parametrize(
    ("number", "family"),
    [(0, Family.NUMBER), (9, Family.PERCENT), (14, Family.DATE), (31, Family.DATE), (46, Family.DURATION)],
)
def test_a_format_without_a_code_is_known_by_its_number(number: int, family: Family) -> None:
    assert kind_of_id(number).family is family


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [
        (17.0, Kind(), "17"),
        (1.38e10, Kind(), "13800000000"),
        (1e-7, Kind(), "0.0000001"),
        (float("nan"), Kind(), ""),
        (float("inf"), Kind(), ""),
        (17, Kind(zeros=4), "0017"),
        (-17, Kind(zeros=4), "-17"),
        (17.5, Kind(zeros=4), "17.5"),
        (12345, Kind(zeros=4), "12345"),
        (0.07, Kind(Family.PERCENT), "7%"),
        (1, Kind(Family.DATE), "1900-01-01"),
        (59, Kind(Family.DATE), "1900-02-28"),
        (61, Kind(Family.DATE), "1900-03-01"),
        (46160.604166667, Kind(Family.DATE), "2026-05-18 14:30"),
        (0.604166667, Kind(Family.DATE), "14:30"),
        (-1, Kind(Family.DATE), "-1"),
        (1e300, Kind(Family.DATE), str(int(1e300))),
        (1.25, Kind(Family.DURATION), "30:00"),
        (-0.25, Kind(Family.DURATION), "-6:00"),
    ],
)
def test_numbers_are_written_as_they_are_meant(value: float, kind: Kind, shown: str) -> None:
    assert number_text(value, kind) == shown


def test_a_workbook_of_1904_counts_from_there() -> None:
    assert number_text(0, Kind(Family.DATE), from_1904=True) == "00:00"
    assert number_text(44_698, Kind(Family.DATE), from_1904=True) == "2026-05-18"


@settings(max_examples=60)
@given(st.dates(min_value=date(1904, 1, 2)), st.booleans())
def test_every_day_comes_back_from_its_serial(day: date, from_1904: bool) -> None:
    serial = (day - date(1899, 12, 30)) // timedelta(days=1) - (1462 if from_1904 else 0)
    assert number_text(serial, Kind(Family.DATE), from_1904=from_1904) == day.isoformat()


@settings(max_examples=60)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_never_has_an_exponent_and_loses_nothing(value: float) -> None:
    text = number_text(value)
    assert "e" not in text.lower()
    assert float(text) == value


def test_durations_of_a_library_are_hours_and_minutes() -> None:
    assert value_text(timedelta(hours=30, minutes=5, seconds=7)) == "30:05:07"
