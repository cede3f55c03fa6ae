from __future__ import annotations

import pytest

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import CONTACT_FIELDS, MEMBER_FIELDS
from checkin_tui.interchange.lists.columns import (
    CONTACT_WORDS,
    CONTACTS,
    HEADER_WORDS,
    MEMBERS,
    OTHER_WORDS,
    ROSTER_FIELDS,
    parse_map,
    plain,
)


def test_every_field_has_words_and_no_word_means_two() -> None:
    for fields, words in ((ROSTER_FIELDS, HEADER_WORDS), (CONTACT_FIELDS, CONTACT_WORDS)):
        assert set(words) == set(fields)
        every = [plain(word) for text in words.values() for word in text.split("|")]
        assert sorted({word for word in every if every.count(word) > 1}) == []
    assert set(MEMBER_FIELDS) < set(ROSTER_FIELDS)


def test_what_is_never_taken_is_no_field() -> None:
    assert [word for word in OTHER_WORDS.split("|") if plain(word) in MEMBERS.known] == []
    assert "remarks" in CONTACTS.others


@pytest.mark.parametrize(
    ("header", "bare"),
    [("  Member-No. ", "memberno"), ("Member #", "memberno"), ("№", "no"), ("姓　名（必填）：", "姓名"), ("#", "no"),
     ("ＮＡＭＥ", "name"), ("(x)", "")],
)  # fmt: skip
def test_headers_are_compared_without_what_makes_no_difference(header: str, bare: str) -> None:
    assert plain(header) == bare


def test_mappings_are_pairs() -> None:
    assert parse_map([]) == {}
    assert parse_map(["name=姓名", "Phone = Mobile = 2 "]) == {"name": "姓名", "phone": "Mobile = 2"}


@pytest.mark.parametrize("pairs", [["name"], ["name="], ["=姓名"], ["nmae=姓名"], ["name=a", "name=b"]])
def test_mappings_that_are_none_are_refused(pairs: list[str]) -> None:
    with pytest.raises(CheckInError) as caught:
        parse_map(pairs)
    assert caught.value.code == "import_map"
    assert caught.value.values == {"text": pairs[-1], "fields": list(ROSTER_FIELDS)}
