"""Rosters of several sheets, and what a spreadsheet hides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import Place
from checkin_tui.interchange.lists.rosters import Choices, read_roster
from checkin_tui.interchange.reading.tables import open_source
from tests.interchange.files import open_document, text_file

EVERY = Choices(every_sheet=True)
HEADER = ["code", "name"]


def book(
    path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]], hidden: Sequence[str] = (), rows: Sequence[int] = ()
) -> Path:
    """A workbook. hidden: sheets, and rows of the first one, that it does not show."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, lines in sheets.items():
        sheet = made.create_sheet(title)
        for line in lines:
            sheet.append(list(line))
        if title in hidden:
            sheet.sheet_state = "hidden"
    for row in rows:
        made.worksheets[0].row_dimensions[row].hidden = True
    made.save(path)
    return path


def test_every_sheet_has_its_own_header_and_is_the_branch(tmp_path: Path) -> None:
    path = book(
        tmp_path / "all.xlsx",
        {
            "星河村": [["名单"], HEADER, ["1", "王伟"]],
            "荷塘村": [["姓名", "编号", "单位"], ["李娜", "2", ""], ["王芳", "3", "别处"], ["", "4", "x"]],
        },
    )
    roster = read_roster(path, EVERY)
    assert [(one.place, one.name, one.branch) for one in roster.rows] == [
        (Place("星河村", 3), "王伟", "星河村"),
        (Place("荷塘村", 2), "李娜", "荷塘村"),
        (Place("荷塘村", 3), "王芳", "别处"),
    ]
    assert [(one.sheet, one.row, one.reason_code) for one in roster.rejected] == [("荷塘村", 4, "no_name")]
    assert (roster.sheets, roster.header_row) == (("星河村", "荷塘村"), 2)
    assert dict(roster.columns) == {"code": "code", "name": "name", "branch": "单位"}


def test_a_sheet_that_nobody_named_is_no_branch(tmp_path: Path) -> None:
    path = book(tmp_path / "all.xlsx", {"Sheet1": [HEADER, ["1", "A"]], "工作表 2": [HEADER, ["2", "B"]]})
    assert [one.branch for one in read_roster(path, EVERY).rows] == [None, None]


def test_one_sheet_alone_is_neither_told_nor_the_branch(tmp_path: Path) -> None:
    path = book(tmp_path / "all.xlsx", {"One": [HEADER, ["1", "A"]], "Two": [HEADER, ["2", "B"]]})
    roster = read_roster(path)
    assert [(one.place, one.branch) for one in roster.rows] == [(Place("", 2), None)]
    assert (roster.source, roster.sheets) == ("One", ("One",))
    assert [one.name for one in read_roster(path, Choices(sheet="two")).rows] == ["B"]


def test_a_sheet_without_a_header_is_one_rejected_row_and_an_empty_one_is_none(tmp_path: Path) -> None:
    path = book(tmp_path / "all.xlsx", {"Read me": [["How to fill this in"]], "Empty": [], "A": [HEADER, ["1", "A"]]})
    roster = read_roster(path, EVERY)
    assert [one.name for one in roster.rows] == ["A"]
    (one,) = roster.rejected
    assert one[:4] == (1, "sheet_no_header", {"headers": ["How to fill this in"]}, "Read me")
    assert roster.sheets == ("A",)


def test_without_a_header_on_any_sheet_the_file_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "all.xlsx", {"A": [["x"]], "B": [["y"]]})
    with pytest.raises(CheckInError, match="import_no_name"):
        read_roster(path, EVERY)


def test_a_code_used_on_two_sheets_says_where_it_was_first(tmp_path: Path) -> None:
    path = book(tmp_path / "all.xlsx", {"A": [HEADER, ["1", "A"]], "B": [HEADER, ["1", "B"]]})
    (one,) = read_roster(path, EVERY).rejected
    assert (one.sheet, one.reason_code, one.values) == ("B", "code_twice", {"code": "1", "first_row": "A!2"})


def test_hidden_sheets_are_named_and_not_read(tmp_path: Path) -> None:
    path = book(tmp_path / "all.xlsx", {"Old": [HEADER, ["1", "A"]], "Now": [HEADER, ["2", "B"]]}, hidden=["Old"])
    for choices in (Choices(), EVERY):
        roster = read_roster(path, choices)
        assert ([one.name for one in roster.rows], roster.hidden_sheets) == (["B"], ("Old",))
    asked = read_roster(path, Choices(sheet="Old"))
    assert ([one.name for one in asked.rows], asked.hidden_sheets) == (["A"], ())


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_visible_sheets_that_hold_something_and_were_not_read_are_named(tmp_path: Path, kind: str) -> None:
    if kind == "ods":
        cell = "<table:table-row><table:table-cell><text:p>{}</text:p></table:table-cell></table:table-row>"
        full = "".join(cell.format(text) for text in ("name", "A"))
        tables = {"One": full, "Two": full, "Empty": "", "Three": full}
        xml = "".join(f'<table:table table:name="{name}">{rows}</table:table>' for name, rows in tables.items())
        path = open_document(tmp_path / "all.ods", xml)
    elif kind == "xls":
        made = xlwt.Workbook()
        for name in ("One", "Two", "Empty", "Three"):
            sheet = made.add_sheet(name)
            for row, text in enumerate(("name", "A") if name != "Empty" else ()):
                sheet.write(row, 0, text)
        made.save(str(path := tmp_path / "all.xls"))
    else:
        rows = [HEADER, ["1", "A"]]
        sheets = {"One": rows, "Two": rows, "Empty": [], "Old": rows, "Three": rows}
        path = book(tmp_path / "all.xlsx", sheets, hidden=["Old"])
    assert read_roster(path).unread_sheets == ("Two", "Three")
    assert read_roster(path, Choices(sheet="Two")).unread_sheets == ("One", "Three")


def test_a_sheet_without_a_header_was_not_read_and_all_that_were_are_not_named(tmp_path: Path) -> None:
    path = book(tmp_path / "all.xlsx", {"A": [HEADER, ["1", "A"]], "B": [["remarks"], ["x"]], "C": []})
    assert read_roster(path, EVERY).unread_sheets == ("B",)
    path = book(tmp_path / "all.xlsx", {"A": [HEADER, ["1", "A"]], "B": [HEADER, ["2", "B"]]})
    assert read_roster(path, EVERY).unread_sheets == ()
    assert read_roster(text_file(tmp_path / "one.csv", [HEADER, ["1", "A"]])).unread_sheets == ()


def test_hidden_rows_are_read_and_named(tmp_path: Path) -> None:
    rows = [["List"], HEADER, ["1", "A"], ["2", "B"]]
    roster = read_roster(book(tmp_path / "all.xlsx", {"S": rows}, rows=[1, 4]))
    assert ([one.name for one in roster.rows], roster.hidden_rows) == (["A", "B"], (Place("", 4),))


def test_with_every_sheet_hidden_there_is_none_to_read(tmp_path: Path) -> None:
    path = book(tmp_path / "all.xlsx", {"A": [HEADER, ["1", "A"]], "B": [HEADER]})
    source = open_source(path)
    source.sheets = tuple(sheet._replace(hidden=True) for sheet in source.sheets)
    for choices in (Choices(), EVERY):
        with pytest.raises(CheckInError, match="import_no_sheet"):
            read_roster(source, choices)


def test_empty_sheets_alone_are_an_empty_file(tmp_path: Path) -> None:
    with pytest.raises(CheckInError, match="import_empty"):
        read_roster(book(tmp_path / "all.xlsx", {"A": [], "B": []}), EVERY)
