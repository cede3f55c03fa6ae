"""CSV out: nothing in it is obeyed, and it reads back as it was."""

from __future__ import annotations

import csv
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_tui.domain.text import visible
from checkin_tui.interchange.written import as_written, csv_text, neutral, neutral_key


@pytest.mark.parametrize(
    "first", ["=", "+", "-", "@", "\t", "\r", " =", "\u3000-", "＝", "＠", "﹢", "⁼", "﹫", "'=", "' ="]
)
def test_a_formula_is_text(first: str) -> None:
    assert neutral(f"{first}1+1").startswith("'")


@pytest.mark.parametrize(("cell", "held"), [("a;=1+1", "a;'=1+1"), ("a| +1", "a|' +1"), ("a; b-c", "a; b-c")])
def test_a_formula_behind_what_others_take_for_the_end_of_a_cell_is_text(cell: str, held: str) -> None:
    assert neutral(cell) == held


def test_every_character_that_is_another_form_of_a_sign_is_one() -> None:
    forms = [
        chr(code) for code in range(0x20000) if unicodedata.normalize("NFKC", chr(code))[:1] in ("=", "+", "-", "@")
    ]
    assert [form for form in forms if not neutral(form).startswith("'")] == []


@pytest.mark.parametrize("key", ["-77", "+5", "@mara", "0012", "m.quill@x-y.example", "王小明"])
def test_a_plain_code_is_for_a_program_as_it_is(key: str) -> None:
    assert neutral_key(key) == key


@pytest.mark.parametrize("key", ["=1", "-1+x()", "@a|b!c", "-A1:B2", "+ 5", "\t-7", "＝1", "-'x'!a"])
def test_a_code_a_spreadsheet_would_obey_is_text_there_too(key: str) -> None:
    assert neutral_key(key) == neutral(key) != key


@given(st.text(st.sampled_from("=-＠';| a"), max_size=12))
def test_a_cell_is_the_same_when_it_comes_in_again(cell: str) -> None:
    assert as_written(neutral(cell)) == cell


def test_an_ordinary_cell_stays_and_a_control_is_seen() -> None:
    assert neutral("Mara Quill - 5550101") == "Mara Quill - 5550101"
    assert neutral("\x1b[31m") == "\u241b[31m"


@given(st.lists(st.lists(st.text(max_size=8), min_size=2, max_size=3), max_size=4))
def test_what_is_written_is_read_again(rows: list[list[str]]) -> None:
    text = csv_text(rows)
    assert visible(text.replace("\n", "")) == text.replace("\n", "")
    assert list(csv.reader(io.StringIO(text))) == [[neutral(cell) for cell in row] for row in rows]
