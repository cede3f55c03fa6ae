"""Lists without a header row."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.lists.rosters import Choices, read_roster
from checkin_tui.interchange.reading.tables import pasted
from tests.interchange.files import text_file


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("张伟、李娜、王芳", [("", "张伟", None), ("", "李娜", None), ("", "王芳", None)]),
        ("Li Na\nWu Di\n", [("", "Li Na", None), ("", "Wu Di", None)]),
        ("1. Li Na\n2. Wu Di", [("", "Li Na", None), ("", "Wu Di", None)]),
        ("1\t张伟\t星河村\n2\t李娜\t荷塘村", [("", "张伟", "星河村"), ("", "李娜", "荷塘村")]),
        ("0017\t张伟\t13800000001\n0018\t李娜\t13800000002", [("0017", "张伟", None), ("0018", "李娜", None)]),
        ("姓名\t村\n张伟\t星河村", [("", "张伟", "星河村")]),
    ],
)
def test_what_is_pasted_needs_no_header(text: str, people: list[tuple[str, str, str | None]]) -> None:
    roster = read_roster(pasted(text))
    assert [(one.code, one.name, one.branch) for one in roster.rows] == people
    assert roster.rejected == ()


def test_long_numbers_are_telephones() -> None:
    roster = read_roster(pasted("张伟\t138 0000 0001\n李娜\t138 0000 0002"))
    assert [one.phone for one in roster.rows] == ["138 0000 0001", "138 0000 0002"]
    assert (roster.header_row, roster.headers, dict(roster.columns)) == (0, (), {"name": "#1", "phone": "#2"})


def test_a_file_needs_a_header_unless_somebody_says_it_has_none(tmp_path: Path) -> None:
    path = text_file(tmp_path / "people.csv", [["Li Na", "Xinghe"], ["Wu Di", "Lotus"]])
    with pytest.raises(CheckInError, match="import_no_name"):
        read_roster(path)
    assert [(one.row, one.name) for one in read_roster(path, Choices(header_row=0)).rows] == [
        (1, "Li Na"),
        (2, "Wu Di"),
    ]


def test_columns_without_headers_are_named_by_their_number(tmp_path: Path) -> None:
    path = text_file(tmp_path / "people.csv", [["Xinghe", "Li Na"], ["Lotus", "Wu Di"]])
    roster = read_roster(path, Choices(header_row=0, mapping={"name": "2", "branch": "1"}))
    assert [(one.name, one.branch) for one in roster.rows] == [("Li Na", "Xinghe"), ("Wu Di", "Lotus")]
    for number in ("3", "0", "name"):
        with pytest.raises(CheckInError, match="import_map_missing") as caught:
            read_roster(path, Choices(header_row=0, mapping={"name": number}))
        assert caught.value.values["headers"] == ["1", "2"]


def test_numbers_alone_are_nobody() -> None:
    with pytest.raises(CheckInError, match="import_no_name"):
        read_roster(pasted("1\n2\n3"))
