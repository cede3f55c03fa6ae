from __future__ import annotations

import pytest

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import MEMBER_FIELDS
from checkin_tui.interchange.columns import find_header, parse_map

FILE = "people.csv"


def fields(row: list[str], **mapping: str) -> dict[str, int]:
    return dict(find_header([row], FILE, mapping).places)


def test_our_own_column_words_are_known() -> None:
    assert fields(list(MEMBER_FIELDS)) == {field: place for place, field in enumerate(MEMBER_FIELDS)}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("编号", "code"),
        ("工号", "code"),
        ("学号", "code"),
        ("代码", "code"),
        ("支部", "branch"),
        ("所在党支部", None),
        ("村", "branch"),
        ("单位", "branch"),
        ("部门", "branch"),
        ("职务", "title"),
        ("职级", "rank"),
        ("领导", "leader"),
        ("是否领导", "leader"),
        ("加入日期", "joined"),
        ("离开日期", "left"),
        ("电话", "phone"),
        ("手机", "phone"),
        ("联系电话", "phone"),
        ("Member No.", "code"),
        ("EMPLOYEE_ID", "code"),
        ("Village", "branch"),
        ("Job-Title", "title"),
        ("Is Leader?", None),
        ("Is leader", "leader"),
        ("Mobile", "phone"),
        ("Remarks", None),
    ],
)
def test_headers_are_known_by_their_words(header: str, field: str | None) -> None:
    assert fields(["姓名", header]) == {"name": 0} | ({field: 1} if field else {})


@pytest.mark.parametrize(
    "header", ["Name", "NAME", " name ", "姓名", "姓 名", "姓　名", "*姓名", "姓名（必填）", "Full Name:", "ｎａｍｅ"]
)
def test_case_width_spaces_and_remarks_make_no_difference(header: str) -> None:
    assert fields(["x", header]) == {"name": 1}


@pytest.mark.parametrize("header", ["No.", "#", "序号", "Number", "身份证号"])
def test_running_numbers_and_identity_cards_are_nobodys_code(header: str) -> None:
    assert fields([header, "name"]) == {"name": 1}


def test_of_two_columns_for_one_field_the_better_word_wins() -> None:
    assert fields(["部门", "姓名", "支部", "手机", "电话"]) == {"name": 1, "branch": 2, "phone": 4}
    assert fields(["name", "branch", "branch"]) == {"name": 0, "branch": 1}


def test_title_rows_above_are_passed_over() -> None:
    rows = [["Name list, spring"], [], ["Township of Xinghe", ""], ["", ""], ["编号", "姓名"], ["0001", "张伟"]]
    header = find_header(rows, FILE)
    assert (header.position, dict(header.columns), header.width) == (4, {"code": "编号", "name": "姓名"}, 2)


def test_the_row_that_names_most_fields_is_the_header() -> None:
    rows = [["Name", "", ""], ["code", "name", "branch"], ["0001", "name", "x"]]
    assert find_header(rows, FILE).position == 1


def test_of_equal_rows_the_first_is_the_header() -> None:
    assert find_header([["name"], ["name"]], FILE).position == 0


def test_only_the_first_five_rows_with_something_in_them_are_looked_at() -> None:
    above = [["note"], [], ["note"], ["note"], ["note"]]
    assert find_header([*above, ["name"]], FILE).position == 5
    with pytest.raises(CheckInError):
        find_header([*above, ["note"], ["name"]], FILE)


def test_without_a_name_the_headers_are_told() -> None:
    with pytest.raises(CheckInError) as caught:
        find_header([["List"], ["code", "First", "branch", ""], ["1", "Ann", "x", ""]], FILE)
    assert caught.value.code == "import_no_name"
    assert caught.value.values == {"file": FILE, "headers": ["code", "First", "branch"]}


def test_told_headers_are_short_and_clean() -> None:
    with pytest.raises(CheckInError) as caught:
        find_header([["\x1b[31mred", "x" * 500, *map(str, range(50))]], FILE)
    headers = caught.value.values["headers"]
    assert headers[:2] == ["[31mred", "x" * 40]
    assert len(headers) == 20


def test_nothing_at_all_is_empty() -> None:
    with pytest.raises(CheckInError) as caught:
        find_header([[], ["", "  "]], FILE)
    assert caught.value.code == "import_empty"


def test_a_mapping_names_what_the_table_does_not_know() -> None:
    assert fields(["Who", "Ref", "Group"], name="who", code="REF") == {"name": 0, "code": 1, "branch": 2}


def test_a_mapping_goes_before_the_table() -> None:
    assert fields(["name", "nickname"], name="nickname") == {"name": 1}
    assert fields(["title", "name"], rank="title") == {"name": 1, "rank": 0}


def test_a_mapping_prefers_the_header_written_exactly_so() -> None:
    assert fields(["NAME", "name"], name="name") == {"name": 1}


@pytest.mark.parametrize(("field", "header"), [("name", "Wer"), ("phone", "Fon")])
def test_a_mapped_header_that_is_not_there_is_named(field: str, header: str) -> None:
    with pytest.raises(CheckInError) as caught:
        find_header([["name", "phone"]], FILE, {field: header})
    assert caught.value.code == "import_map_missing"
    assert caught.value.values == {"file": FILE, "field": field, "header": header, "headers": ["name", "phone"]}


def test_mappings_are_pairs() -> None:
    assert parse_map([]) == {}
    assert parse_map(["name=姓名", "Phone = Mobile = 2 "]) == {"name": "姓名", "phone": "Mobile = 2"}


@pytest.mark.parametrize("pairs", [["name"], ["name="], ["=姓名"], ["nmae=姓名"], ["name=a", "name=b"]])
def test_mappings_that_are_none_are_refused(pairs: list[str]) -> None:
    with pytest.raises(CheckInError) as caught:
        parse_map(pairs)
    assert caught.value.code == "import_map"
    assert caught.value.values == {"text": pairs[-1], "fields": list(MEMBER_FIELDS)}
