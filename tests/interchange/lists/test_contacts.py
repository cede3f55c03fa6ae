"""Files of contacts: which columns they are, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import ContactLine
from checkin_tui.interchange.lists.columns import CONTACTS, parse_map
from checkin_tui.interchange.lists.contacts import read_contacts
from checkin_tui.interchange.lists.headers import find_header


@pytest.fixture
def wrote(tmp_path: Path):
    def write(text: str) -> Path:
        path = tmp_path / "contacts.csv"
        path.write_text(text, "utf-8")
        return path

    return write


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        (["branch", "contact", "phone"], ["branch", "contact", "phone"]),
        (["支部", "联系人", "联系电话"], ["branch", "contact", "phone"]),
        (["单位", "负责人", "负责人电话"], ["branch", "contact", "phone"]),
        (["村", "书记", "手机"], ["branch", "contact", "phone"]),
        (["Village", "Name", "Tel."], ["branch", "contact", "phone"]),
        (["Unit", "Name", "Contact person"], ["branch", None, "contact"]),
        (["班级", "人数", "班长"], ["branch", None, "contact"]),
    ],
)
def test_headers_are_known_by_their_words(headers: list[str], fields: list[str | None]) -> None:
    found = {place: field for field, place in find_header([headers], "x.csv", None, CONTACTS).places.items()}
    assert [found.get(place) for place in range(len(headers))] == fields


def test_lines_are_clean_and_what_has_no_column_is_left_as_it_is(wrote) -> None:
    path = wrote("List of 2026\nbranch,phone\n Xinghe\u202e ,  5550101\n\nbranch,phone\nBeishan,\n")
    found = read_contacts(path)
    assert found.rows == (ContactLine(3, "Xinghe", None, "5550101"), ContactLine(6, "Beishan", None, ""))
    assert (found.rejected, dict(found.columns)) == ((), {"branch": "branch", "phone": "phone"})


@pytest.mark.parametrize(
    ("row", "code"), [(",Mara Quill", "no_branch"), ("Xinghe,Quill, Mara", "too_many_cells"),
                      (f"Xinghe,{'M' * 201}", "text_too_long")],
)  # fmt: skip
def test_a_row_that_cannot_be_used_does_not_stop_the_others(wrote, row: str, code: str) -> None:
    found = read_contacts(wrote(f"branch,contact\n{row}\nBeishan,Ned Nil\n"))
    assert [(one.row, one.reason_code) for one in found.rejected] == [(2, code)]
    assert found.rows == (ContactLine(3, "Beishan", "Ned Nil"),)


@pytest.mark.parametrize(
    ("text", "code"),
    [("name,phone\nMara,5\n", "import_no_branch"), ("branch,size\nXinghe,5\n", "import_no_contact"),
     ("", "import_empty")],
)  # fmt: skip
def test_a_file_of_something_else_is_refused(wrote, text: str, code: str) -> None:
    with pytest.raises(CheckInError, match=code):
        read_contacts(wrote(text))


def test_columns_may_be_named(wrote) -> None:
    mapping = parse_map(["contact=Who", "branch=Where"], CONTACTS)
    found = read_contacts(wrote("Where,Who\nXinghe,Mara Quill\n"), mapping=mapping)
    assert found.rows == (ContactLine(2, "Xinghe", "Mara Quill"),)
    with pytest.raises(CheckInError, match="import_map"):
        parse_map(["rank=Rank"], CONTACTS)
