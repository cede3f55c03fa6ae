"""Files given to the wrong import are refused, and those that only look alike are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.lists.contacts import read_contacts
from checkin_tui.interchange.lists.rosters import Choices, read_roster
from tests.interchange.files import text_file, workbook

MARA = ["0017", "Mara Quill"]


@pytest.mark.parametrize(
    ("headers", "row"),
    [
        (["session", "date", "kind", "code", "name", "status"], ["2026-05-18.2", "2026-05-18", "study", *MARA, ""]),
        (["session", "code", "name", "kind", "status"], ["2026-05-18", *MARA, "arrived", ""]),
        (["code", "name", "date", "attendance"], [*MARA, "18.5.2026", "present"]),
        (["日期", "编号", "姓名", "出勤"], ["2026年5月18日", "0017", "王芳", "√"]),
        (["date", "session", "name", "status"], ["", "2026-05-18", "Mara Quill", ""]),
    ],
)
def test_marks_are_no_roster(tmp_path: Path, headers: list[str], row: list[str]) -> None:
    path = text_file(tmp_path / "list.csv", [["Some title"], headers, [""] * len(headers), row])
    with pytest.raises(CheckInError) as caught:
        read_roster(path)
    assert (caught.value.code, caught.value.values) == ("import_is_marks", {"file": str(path)})


def test_the_lines_of_another_program_are_not_taken_for_a_roster_by_taking_no_preset(tmp_path: Path) -> None:
    rows = [["Section Name", "Student Name", "Class Date", "Attendance"], ["A", "Mara Quill", "2026-05-18", "present"]]
    path = text_file(tmp_path / "rollcall.csv", rows)
    assert len(read_roster(path).rows) == 1
    with pytest.raises(CheckInError, match="import_is_marks"):
        read_roster(path, Choices(preset="none"))


@pytest.mark.parametrize(
    ("headers", "row"),
    [
        (["code", "name", "date", "status"], [*MARA, "2026-05-18", "active"]),
        (["序号", "姓名", "单位", "日期", "签到"], ["1", "王芳", "星河村", "2026-05-18", ""]),
        (["code", "name", "session", "status"], [*MARA, "Spring", "1"]),
        (["code", "name", "2026-05-18", "2026-05-19", "status"], [*MARA, "√", "A", "present"]),
        (["code", "name", "date", "arrived"], [*MARA, "2026-05-18", "14:25"]),
        (["code", "name", "date", "status"], MARA),
    ],
)
def test_people_with_a_date_or_a_status_are_a_roster(tmp_path: Path, headers: list[str], row: list[str]) -> None:
    assert len(read_roster(workbook(tmp_path / "list.xlsx", [headers, row])).rows) == 1


@pytest.mark.parametrize(
    "rows",
    [
        [["code", "name", "branch"], ["0017", "Mara Quill", "Xinghe"]],
        [["姓名", "支部", "电话"], ["王芳", "星河村", ""], ["李娜", "星河村", "5"], ["张伟", "星河村", "6"]],
        [["name", "branch"], *([f"Person {n}", "AB"[n % 2]] for n in range(6))],
    ],
)
def test_a_list_of_people_is_no_list_of_contacts(tmp_path: Path, rows: list[list[str]]) -> None:
    path = text_file(tmp_path / "people.csv", rows)
    with pytest.raises(CheckInError) as caught:
        read_contacts(path)
    assert (caught.value.code, caught.value.values) == ("import_is_roster", {"file": str(path)})


def test_contacts_may_name_a_branch_twice_and_have_numbers_where_somebody_said_what_is_what(tmp_path: Path) -> None:
    rows = [["branch", "contact"], ["A", "Mara Quill"], ["A", "Ned Nil"], ["B", "Tess Ware"], ["", "x"], ["", "y"]]
    assert len(read_contacts(text_file(tmp_path / "contacts.csv", rows)).rows) == 3
    rows = [["编号", "支部", "联系人"], ["1", "星河村", "王芳"], ["2", "北山村", "李娜"]]
    path = text_file(tmp_path / "contacts.csv", rows)
    assert len(read_contacts(path, mapping={"contact": "联系人"}).rows) == 2
