"""Files of marks: the shapes they come in, and the rows that cannot be used."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from checkin_tui.domain.attendance.events import Reason, Status
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.mark_imports import Marks
from checkin_tui.domain.mark_words import Said, When
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.interchange.lists.choices import Choices
from checkin_tui.interchange.lists.registers import read_marks
from checkin_tui.interchange.lists.session_dates import Days
from checkin_tui.interchange.reading.tables import open_source, pasted
from tests.interchange.files import workbook

DAYS = Days(date(2026, 5, 18), date(2026, 5, 28), {date(2026, 5, day) for day in (18, 19, 20, 21, 22)})
MONDAY, TUESDAY = SessionKey(date(2026, 5, 18)), SessionKey(date(2026, 5, 19))


def read(text: str, asked: SessionKey | None = None, **choices) -> Marks:
    return read_marks(pasted(text), Choices(**choices), DAYS, ZoneInfo("Asia/Shanghai"), asked)


def said(marks: Marks) -> list[tuple[int, str, SessionKey | None, Said]]:
    return [(line.row, line.name or line.code, line.key, line.said) for line in marks.lines]


def rejected(marks: Marks) -> list[tuple[int, str]]:
    return [(one.row, one.reason_code) for one in marks.rejected]


REGISTER = """\
学习班签到册\t\t\t\t\t
序号\t姓名\t单位\t5月18日\t5/19\t备注
1\t王伟\t星河\t√\t病假\t
2\t李娜\t星河\t·\thello\t
\t北山\t\t\t\t
3\t陈静\t北山\t14:25\t\t
\t\t\t√\t\t
合计\t\t\t2\t1\t
"""


def test_people_by_dates():
    marks = read(REGISTER)
    assert (marks.shape, marks.header_row, marks.ignored) == ("register", 2, ("序号", "备注"))
    assert said(marks) == [
        (3, "王伟", MONDAY, Said(Status.PRESENT)),
        (3, "王伟", TUESDAY, Said(Status.EXCUSED, Reason.SICK)),
        (6, "陈静", MONDAY, Said(at=When(time(14, 25)))),
    ]
    assert rejected(marks) == [(4, "bad_mark"), (7, "no_name")]
    assert marks.rejected[0].values == {"text": "hello", "header": "5/19"}
    assert [one.row for one in marks.passed] == [8]


def test_of_a_register_only_the_session_asked_for():
    marks = read(REGISTER, TUESDAY)
    assert [key for _row, _name, key, _said in said(marks)] == [TUESDAY]
    assert marks.others == 2


def test_a_date_may_be_the_second_session_of_it_where_that_is_asked_for():
    second = SessionKey(date(2026, 5, 18), 2)
    assert {line.key for line in read(REGISTER, second).lines} == {second}
    assert read("Code\tName\t2026-05-18\n1\tMara\tP", second).others == 1


def test_dates_may_stand_above_the_other_headers():
    marks = read("\t\t5/18\t5/19\nCode\tName\t一\t二\n7\tMara\tP\tA")
    assert [line.key for line in marks.lines] == [MONDAY, TUESDAY]


def test_a_corner_that_says_date_does_not_make_rows_of_a_register():
    assert read("日期\t姓名\t5/18\n周一\t王伟\t√").shape == "register"
    assert read("签到表\t\t2026-05-19\nName\tArrived\tRemark\nMara\t14:20\tP").shape == "day"


def test_a_column_that_may_be_two_days_is_refused_as_a_whole():
    days = Days(date(2026, 5, 1), date(2026, 6, 30), {date(2026, 5, 6), date(2026, 6, 5)})
    marks = read_marks(pasted("name\t5/6\t18 May\nMara\tP\tP"), Choices(), days, ZoneInfo("UTC"))
    assert rejected(marks) == [(1, "two_dates")]
    assert len(marks.lines) == 1


SHEET = """\
签到表\t2026年5月19日\t\t
姓名\t单位\t签到\t签到时间\t签退
王伟\t星河\t√\t14:20\t16:50
李娜\t星河\t\t\t
陈静\t北山\t陈 静\t\t
张三\t北山\t事假\t14:30\t
李四\t北山\t√\tsoon\t
"""


def test_the_sheet_of_a_day():
    marks = read(SHEET)
    assert marks.shape == "day"
    assert said(marks) == [
        (3, "王伟", TUESDAY, Said(Status.PRESENT, at=When(time(14, 20)), left=When(time(16, 50)))),
        (5, "陈静", TUESDAY, Said(Status.PRESENT)),
    ]
    assert rejected(marks) == [(6, "at_needs_attended"), (7, "bad_time")]
    assert {line.key for line in read(SHEET, MONDAY).lines} == {MONDAY}


def test_a_sheet_that_names_no_day_is_of_today():
    assert read("Name\tSigned in\nMara\t√").lines[0].key is None


def test_a_sheet_that_names_several_days_is_asked_about():
    text = "18 May 2026 and 19 May 2026\t\nName\tSigned in\nMara\t√"
    with pytest.raises(CheckInError) as refused:
        read(text)
    assert refused.value.code == "import_which_session"
    assert read(text, MONDAY).lines[0].key == MONDAY


def test_rows_with_a_session_and_a_reason():
    marks = read(
        "session,code,name,status,reason,arrived,left\n"
        "2026-05-18,7,Mara,late,,2026-05-18T14:50:00+08:00,\n"
        "2026-05-19.2,7,Mara,excused,sick,,\n"
        "18 May,8,Ode,P,the bus,,\n"
        "never,9,Wen,P,,,\n"
        ",9,Wen,P,,,\n"
        "2026-05-18,9,Wen,,,,\n"
    )
    assert said(marks) == [
        (2, "Mara", MONDAY, Said(Status.LATE, at=When(time(14, 50), date(2026, 5, 18), seconds=True))),
        (3, "Mara", SessionKey(date(2026, 5, 19), 2), Said(Status.EXCUSED, Reason.SICK)),
        (4, "Ode", MONDAY, Said(Status.PRESENT, remark="the bus")),
    ]
    assert rejected(marks) == [(5, "bad_session"), (6, "bad_session")]


def test_events_in_the_order_they_were_recorded_without_those_taken_back():
    head = "session,code,name,kind,status,reason,happened_at,recorded_at,active,because\n"
    marks = read(
        head
        + "2026-05-18,7,Mara,left,,,2026-05-18T16:00:00+08:00,2026-05-18T16:00:01+08:00,yes,\n"
        + "2026-05-18,7,Mara,arrived,,,2026-05-18T14:20:00+08:00,2026-05-18T14:20:01+08:00,yes,\n"
        + "2026-05-18,7,Mara,withdrawn,,,,2026-05-18T14:21:01+08:00,no,\n"
        + "2026-05-18,7,Mara,marked,absent,,,2026-05-18T14:10:01+08:00,no,\n"
        + "2026-05-18,8,Ode,marked,excused,sick,,2026-05-18T14:10:01+08:00,yes,called\n"
        + "2026-05-18,9,Wen,arrived,,,,2026-05-18T17:10:01+08:00,yes,\n"
    )
    assert marks.shape == "events"
    assert [(name, one.at is not None, one.left is not None) for _row, name, _key, one in said(marks)] == [
        ("Ode", False, False),
        ("Mara", True, False),
        ("Mara", False, True),
        ("Wen", False, False),
    ]
    assert marks.lines[0].said == Said(Status.EXCUSED, Reason.SICK, remark="called")
    assert marks.lines[-1].said == Said(came=True)
    assert all(line.step for line in marks.lines)


def test_moodle_chooses_the_session_by_the_time():
    marks = read("username,scantime,status\n7,2026-05-19 14:20:00,P\n8,,A\n")
    assert [(line.code, line.key) for line in marks.lines] == [("7", TUESDAY), ("8", TUESDAY)]


ROLL_CALL = """\
Course ID,Section Name,Student ID,Student Name,Class Date,Attendance,Timestamp
{course},Xinghe,7,Mara Quill,2026-05-18,late,2026-05-18 06:50:00 UTC
{course},Xinghe,8,Tomas Ode,2026-05-19,absent,
"""


@pytest.mark.parametrize("preset", [None, "rollcall"])
def test_roll_call_tells_when_somebody_came_only_where_we_wrote_it(preset):
    ours, theirs = (read(ROLL_CALL.format(course=course), preset=preset) for course in ("", "77"))
    assert [line.key for line in theirs.lines] == [MONDAY, TUESDAY]
    assert [line.said for line in theirs.lines] == [Said(Status.LATE), Said(Status.ABSENT)]
    assert ours.lines[0].said == Said(Status.LATE, at=When(time(14, 50), date(2026, 5, 18), seconds=True))


@pytest.mark.parametrize(
    ("text", "choices", "code"),
    [
        ("Name\tBranch\nMara\tXinghe", {}, "import_no_marks"),
        ("Name\t5/18", {}, "import_header_only"),
        ("5/18\t5/19\n√\t√", {}, "import_no_name"),
        ("Name\t5/18\nMara\tP", {"header_row": 9}, "import_header_row"),
        ("Name\t5/18\nMara\tP", {"preset": "moodel"}, "import_preset"),
        ("Name\t5/18\nMara\tP", {"mapping": {"status": "Here"}}, "import_map_missing"),
    ],
)
def test_a_file_without_marks_is_refused_whole(text, choices, code):
    with pytest.raises(CheckInError) as refused:
        read(text, **choices)
    assert refused.value.code == code


def test_a_mapping_names_the_columns():
    marks = read("Who\tThere?\nMara\tyes", MONDAY, mapping={"name": "Who", "status": "There?"})
    assert said(marks) == [(2, "Mara", MONDAY, Said(Status.PRESENT))]


def test_dates_and_times_of_a_workbook(tmp_path: Path):
    file = workbook(
        tmp_path / "r.xlsx",
        [["Name", date(2026, 5, 18), date(2026, 5, 19)], ["Mara", time(14, 25), 1], ["Ode", 0, None]],
    )
    marks = read_marks(open_source(file), Choices(), DAYS, ZoneInfo("Asia/Shanghai"))
    assert [one for _row, _name, _key, one in said(marks)] == [
        Said(at=When(time(14, 25))),
        Said(Status.PRESENT),
        Said(Status.ABSENT),
    ]
