"""What the cells of a filled register say."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkin_tui.domain.attendance.events import Reason, Status
from checkin_tui.domain.mark_words import Said, When, read_mark, read_reason, read_when

ZONE = ZoneInfo("Asia/Shanghai")
PRESENT, LATE, LEAVE, ABSENT = Status.PRESENT, Status.LATE, Status.EXCUSED, Status.ABSENT


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("√ ✓ ✔ ✔️ 1 １ 到 出勤 present P p y Yes (P) （P） 已签到", Said(PRESENT)),
        ("迟到 L late 迟", Said(LATE)),
        ("事假 personal 事 E/personal E(personal) 请假（事）", Said(LEAVE, Reason.PERSONAL)),
        ("病假 sick leave:sick E+sick", Said(LEAVE, Reason.SICK)),
        ("公假 official 公差", Said(LEAVE, Reason.OFFICIAL)),
        ("E/other leave:other 产假", Said(LEAVE, Reason.OTHER)),
        ("假 请假 E excused", Said(LEAVE)),
        ("旷 旷课 缺 缺勤 × ✗ A a 0 absent 未到", Said(ABSENT)),
        ("早退", Said(PRESENT, remark="早退")),
        ("迟到早退 迟到、早退 早退+迟到", Said(LATE, remark="早退")),
        ("· - – — / . unmarked", None),
    ],
)
def test_the_words_of_a_register(cells, said):
    assert {cell: read_mark(cell) for cell in cells.split()} == dict.fromkeys(cells.split(), said)


@pytest.mark.parametrize("cell", ["", "   ", "　"])
def test_a_blank_cell_says_nothing(cell):
    assert read_mark(cell) is None


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("14:25", Said(at=When(time(14, 25)))),
        ("１４：２５", Said(at=When(time(14, 25)))),
        ("迟到 14:45", Said(LATE, at=When(time(14, 45)))),
        ("√14:20", Said(PRESENT, at=When(time(14, 20)))),
        ("14:25-16:30", Said(at=When(time(14, 25)), left=When(time(16, 30)))),
        ("早退 16:20", Said(PRESENT, left=When(time(16, 20)))),
        ("14:25:30", Said(at=When(time(14, 25, 30), seconds=True))),
        ("on leave (sick)", Said(LEAVE, Reason.SICK)),
        ("left early", Said(PRESENT, remark="left early")),
    ],
)
def test_times_and_words_in_one_cell(cell, said):
    assert read_mark(cell) == said


@pytest.mark.parametrize(
    "cell", ["x", "X", "2", "P A", "other", "病假 14:20", "14:20 15:00 16:00", "25:00", "Mara", "?", "p" * 80]
)
def test_nothing_is_guessed(cell):
    with pytest.raises(ValueError, match="mark"):
        read_mark(cell)


@settings(max_examples=60)
@given(st.text(max_size=12))
def test_any_cell_is_read_or_refused(cell):
    try:
        said = read_mark(cell)
    except ValueError as error:
        assert error.args == ("mark",)  # noqa: PT017 -- either is right
    else:
        assert said is None or said != Said()


def test_reasons_by_their_words():
    assert [read_reason(one) for one in ("病", "Personal leave", "other", "the bus")] == [
        Reason.SICK,
        Reason.PERSONAL,
        Reason.OTHER,
        None,
    ]


@pytest.mark.parametrize(
    ("cell", "when"),
    [
        ("1425", When(time(14, 25))),
        ("14.25", When(time(14, 25))),
        ("9:05", When(time(9, 5))),
        ("2026-05-18 14:25", When(time(14, 25), date(2026, 5, 18))),
        ("2026/5/18 9:05", When(time(9, 5), date(2026, 5, 18))),
        ("2026-05-18T14:26:00+08:00", When(time(14, 26), date(2026, 5, 18), seconds=True)),
        ("2026-05-18 06:26:09 UTC", When(time(14, 26, 9), date(2026, 5, 18), seconds=True)),
        ("2026-05-17T23:30:00Z", When(time(7, 30), date(2026, 5, 18), seconds=True)),
        ("-", None),
    ],
)
def test_times_are_those_of_the_program(cell, when):
    assert read_when(cell, ZONE) == when


@pytest.mark.parametrize("cell", ["soon", "99:99", "2026-05-18", "2026-13-01 10:00", "1500-01-01 10:00"])
def test_what_is_no_time_is_refused(cell):
    with pytest.raises(ValueError, match="clock"):
        read_when(cell, ZONE)
