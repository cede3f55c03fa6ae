from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from checkin_tui.domain.dates import parse_day
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import MEMBER_FIELDS, ROW_CODES, Roster, RosterLine
from checkin_tui.interchange.lists.cells import file_day, parse_leader
from checkin_tui.interchange.lists.rosters import Choices, first_headers, open_roster, read_roster
from tests.interchange.files import text_file, workbook

FULL = list(MEMBER_FIELDS)


def read(tmp_path: Path, *rows: list[Any], **options: Any) -> Roster:
    return read_roster(text_file(tmp_path / "people.csv", rows), Choices(**options))


def refused(roster: Roster) -> list[tuple[int, str, dict[str, Any]]]:
    return [(one.row, one.reason_code, dict(one.values)) for one in roster.rejected]


def rejected(tmp_path: Path, *rows: list[Any]) -> list[tuple[int, str]]:
    return [one[:2] for one in refused(read(tmp_path, *rows))]


def test_every_column_of_a_person_is_read(tmp_path: Path) -> None:
    roster = read(
        tmp_path,
        FULL,
        ["0017", "Zhang Wei", "Xinghe", "Clerk", "C", "yes", "2026-05-18", "2026/5/28", "000-0117"],
    )
    assert roster.rows == (
        RosterLine(
            2, "0017", "Zhang Wei", "Xinghe", "Clerk", "C", True, date(2026, 5, 18), date(2026, 5, 28), "000-0117"
        ),
    )
    assert roster.rejected == ()
    assert (roster.columns, roster.source) == (dict(zip(FULL, FULL, strict=True)), "utf-8")


def test_a_column_that_is_not_there_differs_from_a_blank_cell(tmp_path: Path) -> None:
    assert read(tmp_path, ["name"], ["Li Na"]).rows == (RosterLine(2, "", "Li Na"),)
    assert read(tmp_path, FULL, ["", "Li Na", "", "", "", "", "", "", ""]).rows == (
        RosterLine(2, "", "Li Na", "", "", "", False, None, None, ""),
    )


def test_a_row_may_stop_early(tmp_path: Path) -> None:
    roster = read(tmp_path, FULL, ["0001", "Li Na"], ["0002", "Wang Fang", "Xinghe", ""])
    assert roster.rows == (RosterLine(2, "0001", "Li Na"), RosterLine(3, "0002", "Wang Fang", "Xinghe", ""))


def test_a_row_that_ends_early_takes_from_above_what_it_is_said_to(tmp_path: Path) -> None:
    rows = read(tmp_path, ["name", "phone", "branch"], ["Mara", "5", "A"], ["Ned"], fill=frozenset({"branch"})).rows
    assert [(one.branch, one.phone) for one in rows] == [("A", "5"), ("A", None)]


def test_the_header_is_on_row_four_of_a_workbook_with_titles_above(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "名单.xlsx",
        [
            ["星河乡学习活动人员名单"],
            [],
            ["制表：办公室", None, "2026年5月"],
            ["序号", "姓名", "支部", "工号", "是否领导", "加入日期", "手机"],
            [1, "张伟", "星河村", 17, "是", datetime(2026, 5, 18), 13800000017],
            [2, "王芳", "荷塘村", "0018", None, "2026年5月19日", "000-0118"],
        ],
    )
    roster = read_roster(path)
    assert roster.rows == (
        RosterLine(5, "17", "张伟", "星河村", None, None, True, date(2026, 5, 18), None, "13800000017"),
        RosterLine(6, "0018", "王芳", "荷塘村", None, None, False, date(2026, 5, 19), None, "000-0118"),
    )
    assert roster.source == "Members"
    assert roster.columns == {
        "code": "工号",
        "name": "姓名",
        "branch": "支部",
        "leader": "是否领导",
        "joined": "加入日期",
        "phone": "手机",
    }


def test_rows_are_numbered_as_in_the_file_when_a_workbook_starts_further_down(tmp_path: Path) -> None:
    path = workbook(tmp_path / "people.xlsx", [[], [], ["name"], [], ["Li Na"], ["x" * 300]])
    roster = read_roster(path)
    assert [line.row for line in roster.rows] == [5]
    assert [row for row, *_ in roster.rejected] == [6]


def test_gb18030_and_a_mapping(tmp_path: Path) -> None:
    path = text_file(tmp_path / "名单.csv", [["人名", "村"], ["李小明", "星河"]], encoding="gb18030")
    roster = read_roster(path, Choices(mapping={"name": "人名"}))
    assert (roster.rows, roster.source) == ((RosterLine(2, "", "李小明", "星河"),), "gb18030")


def test_empty_rows_and_repeated_headers_are_nobody(tmp_path: Path) -> None:
    roster = read(tmp_path, ["name", "remark"], [], ["Li Na"], ["", "page 2"], ["name", "remark"], [" ", ""], ["Wu Di"])
    assert [(line.row, line.name) for line in roster.rows] == [(3, "Li Na"), (7, "Wu Di")]
    assert roster.rejected == ()


def test_a_refused_row_does_not_stop_the_others(tmp_path: Path) -> None:
    roster = read(tmp_path, ["name", "joined"], ["Li Na", "soon"], ["Wu Di", ""])
    assert [line.name for line in roster.rows] == ["Wu Di"]
    assert refused(roster) == [(2, "bad_date", {"field": "joined", "text": "soon"})]


@pytest.mark.parametrize(
    ("cells", "code", "values"),
    [
        ({"name": ""}, "no_name", {}),
        ({"name": "\u200d\u200b"}, "no_name", {}),
        ({"name": "\x1b\x00"}, "no_name", {}),
        ({"name": "x" * 201}, "name_too_long", {"limit": 200, "length": 201}),
        ({"name": "x" * 10_000}, "name_too_long", {"limit": 200, "length": 10_000}),
        ({"code": "1" * 33}, "code_too_long", {"limit": 32, "length": 33}),
        ({"branch": "x" * 201}, "text_too_long", {"field": "branch", "limit": 200, "length": 201}),
        ({"phone": "1" * 201}, "text_too_long", {"field": "phone", "limit": 200, "length": 201}),
        ({"leader": "perhaps"}, "bad_leader", {"text": "perhaps"}),
        ({"left": "18/05/2026"}, "bad_date", {"field": "left", "text": "18/05/2026"}),
        ({"joined": "x" * 500}, "bad_date", {"field": "joined", "text": "x" * 40}),
        (
            {"joined": "2026-05-19", "left": "2026-05-18"},
            "left_before_joined",
            {"joined": "2026-05-19", "left": "2026-05-18"},
        ),
    ],
)
def test_what_cannot_be_used_says_why(tmp_path: Path, cells: dict[str, str], code: str, values: dict[str, Any]) -> None:
    person = {"code": "0001", "name": "Li Na", "branch": "Xinghe"} | cells
    roster = read(tmp_path, FULL, [person.get(field, "") for field in FULL])
    assert roster.rows == ()
    assert refused(roster) == [(2, code, values)]
    assert code in ROW_CODES


def test_limits_are_inclusive(tmp_path: Path) -> None:
    roster = read(tmp_path, ["code", "name", "joined", "left"], ["1" * 32, "x" * 200, "2026-05-18", "2026-05-18"])
    assert len(roster.rows) == 1


def test_the_second_row_with_a_code_is_refused(tmp_path: Path) -> None:
    roster = read(tmp_path, ["code", "name"], ["0017", "A"], ["17", "B"], ["００１７", "C"], ["", "D"], ["", "E"])
    assert [line.name for line in roster.rows] == ["A", "B", "D", "E"]
    assert refused(roster) == [(4, "code_twice", {"code": "００１７", "first_row": 2})]


def test_a_code_counts_even_where_its_first_row_was_refused(tmp_path: Path) -> None:
    assert rejected(tmp_path, ["code", "name"], ["0017", ""], ["0017", "B"]) == [(2, "no_name"), (3, "code_twice")]


def test_an_unquoted_comma_in_a_name_does_not_move_the_columns(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("code,name,branch\n0001,Li Na,Xinghe\n0002,Zhang, Wei,Xinghe\n0003,Wu Di,Lotus,,\n")
    roster = read_roster(path)
    assert [line.code for line in roster.rows] == ["0001", "0003"]
    assert refused(roster) == [(3, "too_many_cells", {"cells": 4, "headers": 3})]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Zhang\n Wei\t", "Zhang Wei"),
        ("Zhang\0Wei", "ZhangWei"),
        ("\u202eieW", "ieW"),
        ("\x1b[31mRed", "[31mRed"),
        ("Jose\u0301", "José"),
        ("王\u3000芳", "王 芳"),
        ("=1+1", "=1+1"),
        ("+SUM(A1)", "+SUM(A1)"),
        ("[/foo]", "[/foo]"),
        ("[@click=app.quit]x", "[@click=app.quit]x"),
        ("'; DROP TABLE members;--", "'; DROP TABLE members;--"),
        ("محمد علي", "محمد علي"),
        ("👩\u200d🏫 Teacher", "👩\u200d🏫 Teacher"),
    ],
)
def test_names_are_cleaned_and_otherwise_left_alone(tmp_path: Path, written: str, kept: str) -> None:
    assert read(tmp_path, ["name"], [written]).rows[0].name == kept


def test_a_code_that_nobody_has_computed_yet_rejects_the_row_and_no_other(tmp_path: Path) -> None:
    rows = [
        [], ["", "code", "name", "phone"], ["", '=TEXT(17,"0000")', "Mara Quill", ""], ["", "0018", "Ned Nil", "=1+1"],
        ["", "", "=2", ""], ["", "=3", "", ""], ["", "合计", "=COUNTA(C3:C5)", ""], ["", "", "Tess Ware", ""],
    ]  # fmt: skip
    roster = read_roster(workbook(tmp_path / "people.xlsx", rows))
    assert [(line.code, line.name) for line in roster.rows] == [("0018", "Ned Nil"), ("", "Tess Ware")]
    assert refused(roster) == [(3, "not_computed", {"field": "code"}), (5, "not_computed", {"field": "name"})]


def test_a_formula_with_a_value_is_what_it_says(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(path := tmp_path / "people.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["code", "name"])
    sheet.write_formula(1, 0, '=TEXT(17,"0000")', None, "0017")
    sheet.write(1, 1, "Mara Quill")
    book.close()
    assert [line.code for line in read_roster(path).rows] == ["0017"]


@pytest.mark.parametrize("written", ['="0017",Mara', '"=""0017""","Mara"'])
def test_a_text_that_a_csv_file_keeps_from_a_spreadsheet_is_the_text(tmp_path: Path, written: str) -> None:
    path = tmp_path / "people.csv"
    path.write_text(f'code,name\n{written}\n\'=1,"\'=""x"""\n', "utf-8")
    assert [(line.code, line.name) for line in read_roster(path).rows] == [("0017", "Mara"), ("=1", '="x"')]


def test_formulas_in_a_workbook_do_not_become_names(tmp_path: Path) -> None:
    path = workbook(tmp_path / "people.xlsx", [["name", "branch"], ["=1+1", "A"], ["Li Na", "=A1"]])
    roster = read_roster(path)
    assert [(line.name, line.branch) for line in roster.rows] == [("Li Na", "")]
    assert refused(roster) == [(2, "not_computed", {"field": "name"})]


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-18",
        "2026-5-18",
        "2026/5/18",
        "2026.05.18",
        "18.05.2026",
        "18.5.2026",
        "20260518",
        "2026年5月18日",
        "2026 年 05 月 18 日",
        "２０２６－０５－１８",
        "2026-05-18 00:00",
        "2026-05-18T14:30:00",
    ],
)
def test_dates_are_read_as_people_write_them(text: str) -> None:
    assert parse_day(text) == date(2026, 5, 18)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "18/05/2026",
        "05/18/2026",
        "2026-13-01",
        "2026-02-30",
        "0026-05-18",
        "26-5-18",
        "46160",
        "May 18",
        "2026-05-18 x",
    ],
)
def test_what_is_no_date_or_could_be_two_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the sentence is made elsewhere
        parse_day(text)


@pytest.mark.parametrize("text", ["yes", "Y", "TRUE", "1", "x", "✓", "√", "是", "领导", "ＹＥＳ"])
def test_who_leads(text: str) -> None:
    assert parse_leader(text) is True


@pytest.mark.parametrize("text", ["", "no", "N", "false", "0", "-", "否", "无"])
def test_who_does_not_lead(text: str) -> None:
    assert parse_leader(text) is False


def test_excel_ticks_and_dates_are_understood(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "people.xlsx",
        [["name", "leader", "joined"], ["Li Na", True, date(2026, 5, 18)], ["Wu Di", 0, datetime(2026, 5, 19, 8, 30)]],
    )
    assert [(line.leader, line.joined) for line in read_roster(path).rows] == [
        (True, date(2026, 5, 18)),
        (False, date(2026, 5, 19)),
    ]


@pytest.mark.parametrize("text", ["2026/5/18", "2026.5.18", "2026年5月18日", "18.05.2026", "46160", "46160.5"])
def test_dates_of_a_file_may_also_be_counted_as_a_spreadsheet_counts_them(text: str) -> None:
    assert file_day(text) == date(2026, 5, 18)


@pytest.mark.parametrize("text", ["4616", "461600", "05/18/2026", "x"])
def test_other_numbers_are_no_dates(text: str) -> None:
    with pytest.raises(ValueError, match="date"):
        file_day(text)


@pytest.mark.parametrize(("field", "text"), [("phone", "1.38E+10"), ("code", "1.00001E+05"), ("code", "2e+14")])
def test_a_number_that_a_spreadsheet_cut_is_refused(tmp_path: Path, field: str, text: str) -> None:
    roster = read(tmp_path, ["name", field], ["Li Na", text])
    assert refused(roster) == [(2, "number_cut", {"field": field, "text": text})]


def test_codes_with_letters_and_long_numbers_are_what_the_file_has(tmp_path: Path) -> None:
    codes = ["E05", "3E5", "13800138000", "007", "1.5"]
    roster = read(tmp_path, ["code", "name"], *[[code, "Li Na"] for code in codes])
    assert [line.code for line in roster.rows] == codes


def test_what_a_refused_row_says_is_kept_for_whoever_looks_for_a_person(tmp_path: Path) -> None:
    (one,) = read(tmp_path, ["name", "joined"], ["Li  Na", "soon"]).rejected
    assert one.cells == ("Li Na", "soon")


def test_wide_spaces_in_a_name_stay_one_space(tmp_path: Path) -> None:
    assert read(tmp_path, ["姓名"], ["王　　伟"]).rows[0].name == "王 伟"


def test_names_in_two_columns_become_one(tmp_path: Path) -> None:
    rows = [["Mara", "Quill"], ["伟", "王"], ["", "Solo"], ["", ""]]
    roster = read(tmp_path, ["First name", "Last name", "branch"], *[[*row, "Xinghe"] for row in rows])
    assert [line.name for line in roster.rows] == ["Mara Quill", "王伟", "Solo"]
    assert [one[:2] for one in refused(roster)] == [(5, "no_name")]


def test_totals_and_signatures_below_are_told_and_are_nobody(tmp_path: Path) -> None:
    roster = read(
        tmp_path,
        ["序号", "姓名", "单位", "电话"],
        ["1", "王伟", "星河村", "138"],
        ["合计", "", "", "1"],
        ["应到：1人", "实到：", "缺勤：", ""],
        ["制表人：", "张三", "", "2026年5月"],
    )
    assert [line.name for line in roster.rows] == ["王伟"]
    assert roster.rejected == ()
    assert [(one.row, one.text) for one in roster.passed] == [
        (3, "合计 1"),
        (4, "应到：1人 实到： 缺勤："),
        (5, "制表人： 张三 2026年5月"),
    ]


def test_a_second_line_of_the_header_is_nobody(tmp_path: Path) -> None:
    roster = read(tmp_path, ["序号", "姓名", "联系方式"], ["序号", "姓名", "手机"], ["1", "王伟", "138"])
    assert [(line.name, line.phone) for line in roster.rows] == [("王伟", "138")]


def test_blank_cells_take_the_one_above_where_that_is_said(tmp_path: Path) -> None:
    rows = [["branch", "name"], ["Xinghe", "A"], ["", "B"], ["", ""], ["Lotus", "C"], ["", "D"]]
    assert [line.branch for line in read(tmp_path, *rows).rows] == ["Xinghe", "", "Lotus", ""]
    filled = read(tmp_path, *rows, fill=frozenset({"branch"}))
    assert [line.branch for line in filled.rows] == ["Xinghe", "Xinghe", "Lotus", "Lotus"]


def test_names_are_never_taken_from_above(tmp_path: Path) -> None:
    with pytest.raises(CheckInError, match="import_fill"):
        read(tmp_path, ["name"], ["A"], fill=frozenset({"name"}))


@pytest.mark.parametrize("below", [[], [[""]], [["name"], ["", ""]]])
def test_a_header_with_nobody_below_is_one_sentence(tmp_path: Path, below: list[list[str]]) -> None:
    with pytest.raises(CheckInError, match="import_header_only"):
        read(tmp_path, ["name"], *below)


def test_the_header_row_is_the_one_that_is_named(tmp_path: Path) -> None:
    rows = [["name"], ["Wer"], ["Ann"]]
    roster = read(tmp_path, *rows, header_row=2, mapping={"name": "Wer"})
    assert (roster.header_row, roster.headers, [line.row for line in roster.rows]) == (2, ("Wer",), [3])
    for number in (7, -1):
        with pytest.raises(CheckInError, match="import_header_row") as caught:
            read(tmp_path, *rows, header_row=number)
        assert caught.value.values["row"] == number


def test_the_rows_that_may_be_the_header_are_those_of_the_sheet_that_is_read(tmp_path: Path) -> None:
    source = open_roster(text_file(tmp_path / "people.csv", [["List"], ["code ", "name"], ["1", "Ann"]]))
    assert first_headers(source) == (("List",), ("code", "name"), ("1", "Ann"))
    assert first_headers(source, Choices(header_row=2)) == (("code", "name"),)
    assert first_headers(source, Choices(header_row=9)) == ()
