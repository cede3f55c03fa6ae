"""Lines of totals and signatures: what is told apart from people."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkin_tui.interchange.lists.rosters import read_roster
from checkin_tui.interchange.lists.totals import is_total, told
from tests.interchange.files import text_file


@pytest.mark.parametrize(
    "texts",
    [
        ["合计"],
        ["总计：160 人"],
        ["合计", "160", "155"],
        ["小计"],
        ["应到 160 人"],
        ["应到：160　实到：155　缺勤：5"],
        ["应到人数：160人，实到人数：155人。"],
        ["实到"],
        ["出勤率：96.88%"],
        ["Total"],
        ["TOTAL: 160"],
        ["Grand total", "12"],
        ["Sum", "12"],
        ["制表人：王伟"],
        ["制表人（签字）：", "王伟"],
        ["填表日期：2026年5月18日"],
        ["备注：以上人员务必到场"],
        ["第 1 页 共 3 页"],
        ["Page 1 of 3"],
        ["Prepared by: Mara Quill"],
        ["12人"],
    ],
)
def test_these_are_nobody(texts: list[str]) -> None:
    assert is_total(texts, texts[0], "", "")


@pytest.mark.parametrize(
    "name", ["合计明", "应到明", "总小明", "Total Smith", "Sum Wong", "Counter", "注明", "12", "Date"]
)
def test_a_name_with_such_a_word_in_it_is_a_person(name: str) -> None:
    assert not is_total([name], name, "", "")


@pytest.mark.parametrize("name", ["Total", "Sum", "应到", "Present"])
def test_whoever_is_called_so_is_a_person_with_a_code_or_a_branch(name: str) -> None:
    assert is_total([name], name, "", "")
    assert not is_total(["17", name], name, "17", "")
    assert not is_total([name, "Xinghe"], name, "", "Xinghe")
    assert not is_total([name, "13800138000"], name, "", ""), "that is a telephone, not a count"


def test_a_total_of_a_branch_is_none_of_its_people() -> None:
    assert is_total(["小计", "星河村", "12"], "小计", "", "星河村")
    assert is_total(["星河村", "合计：12人"], "合计：12人", "", "星河村")
    assert not is_total(["0017", "小计"], "小计", "0017", "")


@pytest.mark.parametrize(
    ("texts", "name", "code"),
    [(["合计", "160人"], "160人", ""), (["合计", "160人"], "160人", "合计"), (["Total", "12"], "", "Total"),
     (["制表人：", "王伟"], "王伟", ""), (["1", "合计"], "合计", "")],
)  # fmt: skip
def test_the_label_may_stand_in_the_first_cell(texts: list[str], name: str, code: str) -> None:
    assert is_total(texts, name, code, "")


@pytest.mark.parametrize(
    ("texts", "name", "branch"),
    [(["1", "王伟", "合计"], "王伟", ""), (["合计", "王伟"], "王伟", ""),
     (["备注：素食", "王伟", "星河村"], "王伟", "星河村")],
)  # fmt: skip
def test_a_row_with_a_name_is_a_person_whatever_stands_beside(texts: list[str], name: str, branch: str) -> None:
    assert not is_total(texts, name, "", branch)


def test_what_is_told_of_a_row_is_short() -> None:
    assert told(["合计", "1" * 99]) == "合计 " + "1" * 37


def test_a_cell_that_nearly_is_one_is_read_once() -> None:
    for text in ("应到人数" * 20_000, "合计 " * 20_000 + "x", "应到:1" * 20_000 + "?"):
        assert not is_total([text, "x"], text, "17", "")
        is_total([text], text, "", "")


people = st.tuples(
    st.integers(1, 10**9).map(str),
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=12),
    st.sampled_from(["", "Xinghe", "合计"]),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(people, min_size=1, max_size=6, unique_by=lambda person: person[0]))
def test_nobody_with_a_code_is_ever_passed_over(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple]) -> None:
    path = tmp_path_factory.mktemp("people") / "people.csv"
    roster = read_roster(text_file(Path(path), [("code", "name", "branch"), *rows]))
    assert roster.passed == ()
    assert len(roster.rows) + len(roster.rejected) == len(rows)
