from __future__ import annotations

import pytest

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import MEMBER_FIELDS
from checkin_tui.interchange.lists.headers import find_header, possible_headers

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
        ("所在党支部", "branch"),
        ("身份证号", None),
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


def test_only_the_first_fifteen_rows_with_something_in_them_are_looked_at() -> None:
    above = [["note"], [], *[["note"]] * 13]
    assert find_header([*above, ["name"]], FILE).position == 15
    with pytest.raises(CheckInError):
        find_header([*above, ["note"], ["name"]], FILE)


@pytest.mark.parametrize(
    "above",
    [
        [["姓名单位表"]],
        [["学员"], ["单位", "星河乡", "联系人", "王", "电话"]],
        [["花", "名", "册"]],
        [["名单", "姓名", "单位"]],
        [["序号", "姓名", "单位", "联系方式", ""]],
    ],
)
def test_a_title_does_not_win_over_the_header(above: list[list[str]]) -> None:
    rows = [*above, ["序号", "姓名", "单位", "手机", "备注"], ["1", "王伟", "星河村", "", ""]]
    assert find_header(rows, FILE).position == len(above)


def test_columns_that_are_never_taken_tell_the_header_and_are_no_fields() -> None:
    rows = [["姓名", "第三批", ""], ["序号", "姓名", "性别", "邮箱", "签到", "备注"]]
    header = find_header(rows, FILE)
    assert (header.position, dict(header.places)) == (1, {"name": 1})


@pytest.mark.parametrize(
    ("row", "places"),
    [
        (["First name", "Last name"], {"given": 0, "family": 1}),
        (["姓", "名", "单位"], {"given": 1, "family": 0, "branch": 2}),
        (["姓名", "姓", "名"], {"name": 0, "given": 2, "family": 1}),
    ],
)
def test_a_name_may_come_in_two_columns(row: list[str], places: dict[str, int]) -> None:
    assert fields(row) == places


def test_half_a_name_is_no_header_unless_it_is_named() -> None:
    with pytest.raises(CheckInError, match="import_no_name"):
        fields(["花", "名", "册"])
    assert fields(["Vorname", "Name"], given="Vorname") == {"given": 0}
    assert fields(["Vorname", "Name"], given="Vorname", family="Name") == {"given": 0, "family": 1}


def test_a_number_of_members_is_not_their_name() -> None:
    assert fields(["Member #", "Name"]) == {"code": 0, "name": 1}


def test_the_header_row_may_be_named() -> None:
    rows = [["code", "name", "branch"], ["who", "x"], ["Ann", "y"]]
    header = find_header(rows, FILE, {"name": "who"}, at=1)
    assert (header.position, dict(header.places), header.cells) == (1, {"name": 0}, ("who", "x"))
    with pytest.raises(CheckInError, match="import_no_name"):
        find_header(rows, FILE, at=2)


def test_rows_that_may_be_the_header_are_told_cleaned() -> None:
    assert list(possible_headers([[], ["  a ", ""], ["b"]])) == [("a", ""), ("b",)]
    assert len(list(possible_headers([["x"]] * 40))) == 15


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
