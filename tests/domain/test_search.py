"""Search keys and matching: what a few letters find, and what counts as a whole match."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_tui.domain.search import (
    NO_READINGS,
    Query,
    Readings,
    branch_key,
    filter_positions,
    latin_readings,
    person_key,
    whole_position,
)
from checkin_tui.domain.syllables import syllables

KEYS = {
    "wei": person_key("0012", "Zhang Wei", "555-0142") + branch_key("Xinghe"),
    "xiaoming": person_key("0120", "Zhang Xiaoming", "") + branch_key("Lotus Ford"),
    "张伟": person_key("0034", "张伟", "13800004711", Readings(("zhangwei",), ("zw",)))
    + branch_key("星河", Readings(("xinghe",), ("xh",))),
    "吕布": person_key("0035", "吕布", "", Readings(("lvbu",), ("lb",))),
    "欧阳娜": person_key("0036", "欧阳娜", "", Readings(("ouyangna",), ("oyn",))),
    "jean": person_key("A-7", "Jean-Pierre O'Brien", "") + branch_key("Clinic"),
    "łukasz": person_key("0041", "Łukasz Żółć", ""),
    "мария": person_key("0042", "Мария Иванова", ""),
    "محمد": person_key("0043", "محمد علي", ""),
    "김민수": person_key("0044", "김민수", ""),
    "madonna": person_key("0045", "Madonna", ""),
    "markup": person_key("0046", "[/foo] [@click=app.quit]", ""),
}


def found(text: str) -> set[str]:
    query = Query.parse(text)
    return {name for name, key in KEYS.items() if query.matches(key)}


def whole(text: str) -> set[str]:
    query = Query.parse(text)
    return {name for name, key in KEYS.items() if query.whole(key)}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("zhang", {"wei", "xiaoming", "张伟"}),
        ("wei", {"wei"}),
        ("zhangw", {"wei", "张伟"}),
        ("zw", {"wei", "张伟"}),
        ("ZW", {"wei", "张伟"}),
        ("ｚｗ", {"wei", "张伟"}),
        ("zxm", {"xiaoming"}),
        ("zx", {"xiaoming"}),
        ("zw xh", {"wei", "张伟"}),
        ("xh zw", {"wei", "张伟"}),
        ("xinghe", {"wei", "张伟"}),
        ("lf", {"xiaoming"}),
        ("ford", {"xiaoming"}),
        ("张", {"张伟"}),
        ("伟", {"张伟"}),
        ("张，伟", {"张伟"}),
        ("星河", {"张伟"}),
        ("lvb", {"吕布"}),
        ("lub", {"吕布"}),
        ("娜", {"欧阳娜"}),
        ("阳娜", set()),
        ("0012", {"wei"}),
        ("12", {"wei", "xiaoming"}),
        ("00", {"wei", "张伟", "吕布", "欧阳娜", "łukasz", "мария", "محمد", "김민수", "madonna", "markup"}),
        ("0142", {"wei"}),
        ("4711", {"张伟"}),
        ("a-7", {"jean"}),
        ("a7", {"jean"}),
        ("pierre", {"jean"}),
        ("jean-pierre", {"jean"}),
        ("jean pierre", {"jean"}),
        ("brien", {"jean"}),
        ("o’brien", {"jean"}),
        ("jo", {"jean"}),
        ("jpob", {"jean"}),
        ("lukasz zolc", {"łukasz"}),
        ("ми", {"мария"}),
        ("ива", {"мария"}),
        ("علي", {"محمد"}),
        ("민수", {"김민수"}),
        ("foo", {"markup"}),
        ("ingwei", set()),
        ("hang", set()),
        ("。", set(KEYS)),
        ("", set(KEYS)),
    ],
)
def test_what_is_found(text, names):
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("zhangwei", {"wei", "张伟"}),
        ("Zhang Wei", {"wei", "张伟"}),
        ("zw", {"wei", "张伟"}),
        ("zxm", {"xiaoming"}),
        ("zx", {"xiaoming"}),
        ("张伟", {"张伟"}),
        ("张 伟", {"张伟"}),
        ("lubu", {"吕布"}),
        ("zhang", set()),
        ("wei", set()),
        ("伟", set()),
        ("0012", set()),
        ("xinghe", set()),
        ("m", set()),
        ("madonna", {"madonna"}),
        ("。", set()),
        ("", set()),
    ],
)
def test_what_matches_whole(text, names):
    assert whole(text) == names


def test_a_query_knows_its_terms_and_whether_it_holds_a_digit():
    assert Query.parse(" Zw  XH ") == Query(("zw", "xh"), "zwxh", False)
    assert Query.parse("zhang1").has_digit
    assert Query.parse("１２").has_digit
    assert Query.parse("٣").has_digit
    assert Query.parse("，") == Query()


@pytest.mark.parametrize(
    ("name", "readings"),
    [
        ("Zhang Wei", Readings(("zhangwei",), ("zw",))),
        ("Zhang Xiaoming", Readings(("zhangxiaoming",), ("zx", "zxm"))),
        ("Xinghe", Readings(("xinghe",), ("xh",))),
        ("Xi'an", Readings(("xian",), ("xa",))),
        ("Jean-Pierre Dupont", Readings(("jeanpierredupont",), ("jd", "jpd"))),
        ("Maria Lopez", Readings(("marialopez",), ("ml",))),
        ("Madonna", Readings(("madonna",), ())),
        ("Village 7", Readings(("village7",), ("v7",))),
        ("张伟", NO_READINGS),
        ("Wei 张", NO_READINGS),
        ("***", NO_READINGS),
        ("", NO_READINGS),
    ],
)
def test_readings_of_a_name_in_an_alphabet(name, readings):
    assert latin_readings(name) == readings


@pytest.mark.parametrize(
    ("word", "cut"),
    [
        ("xinghe", ("xing", "he")),
        ("zhang", ("zhang",)),
        ("xiaoming", ("xiao", "ming")),
        ("fangan", ("fan", "gan")),
        ("lvsheng", ("lv", "sheng")),
        ("maria", ()),
        ("lopez", ()),
        ("", ()),
        ("мария", ()),
        ("ba" * 20, ()),
    ],
)
def test_syllables(word, cut):
    assert syllables(word) == cut


def test_a_key_says_nothing_twice_and_ends_every_token():
    key = person_key("7", "Wei", "") + branch_key("Wei")
    assert key == "\nwei\n\n7\r\nwei\r"
    assert person_key("", "***", "") == ""


def test_a_reading_of_one_letter_is_no_initials():
    assert not Query.parse("w").whole(person_key("1", "王", "", Readings(("wang",), ("w",))))


LETTERS = st.text(st.sampled_from([*"zwxh张 伟é'-1０"]), max_size=6)
PEOPLE = st.lists(st.tuples(LETTERS, LETTERS), max_size=8).map(
    lambda people: [person_key(code, name, "") for code, name in people]
)


@given(PEOPLE, LETTERS)
def test_filtering_finds_what_matches_in_order(keys, text):
    query = Query.parse(text)
    assert filter_positions(keys, query) == [number for number, key in enumerate(keys) if query.matches(key)]


@given(PEOPLE, LETTERS, LETTERS)
def test_narrowing_the_last_hits_is_filtering_from_scratch(keys, text, more):
    first, second = Query.parse(text), Query.parse(text + more)
    if second.extends(first):
        assert filter_positions(keys, second, filter_positions(keys, first)) == filter_positions(keys, second)


@given(PEOPLE, LETTERS)
def test_the_one_whole_match(keys, text):
    query = Query.parse(text)
    exact = [number for number, key in enumerate(keys) if query.whole(key)]
    assert whole_position(keys, query, range(len(keys))) == (exact[0] if len(exact) == 1 else None)


@pytest.mark.parametrize(
    ("longer", "shorter", "extends"),
    [
        ("zwa", "zw", True),
        ("zw x", "zw ", True),
        ("x zw", "zw", True),
        ("zw", "", True),
        ("zw", "zwa", False),
        ("xzw", "zw", False),
        ("", "z", False),
    ],
)
def test_when_a_query_extends_another(longer, shorter, extends):
    assert Query.parse(longer).extends(Query.parse(shorter)) is extends


@given(st.text(max_size=20), st.text(max_size=8))
def test_everybody_is_found_by_the_whole_name(name, code):
    query = Query.parse(name)
    key = person_key(code, name, "")
    if query.terms:
        assert query.whole(key)
        assert Query.parse(query.squashed).matches(key)
        assert query.matches(key)


@given(st.text(max_size=20))
def test_a_key_holds_no_control_of_the_name(name):
    assert not any(ord(character) < 32 and character not in "\n\r" for character in person_key("1", name, name))
