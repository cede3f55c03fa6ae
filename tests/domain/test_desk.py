"""What Enter does: the rules in their order, codes as people type them, scanners, and the second Enter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_tui.domain.desk import (
    CheckIn,
    CodeIndex,
    Nobody,
    NotACode,
    Nothing,
    Several,
    decide_enter,
    read_scan,
    strip_affixes,
    whole_hit,
)
from checkin_tui.domain.guard import EnterGuard
from checkin_tui.domain.search import Query, filter_positions, person_key

PEOPLE = [
    (101, "0012", "Zhang Wei"),
    (102, "0120", "Zhao Wen"),
    (103, "7", "Zwart Anna"),
    (104, "A-9", "Lopez Maria"),
    (105, "0007", "Novak Petr"),
    (106, "55", "Novak Petra"),
]
CODES = CodeIndex((code, member_id) for member_id, code, _ in PEOPLE)
KEYS = [person_key(code, name, "") for _, code, name in PEOPLE]


def enter(text: str, highlighted: int | None = None):
    query = Query.parse(text)
    return decide_enter(
        text,
        highlighted=highlighted,
        codes=CODES,
        hits=filter_positions(KEYS, query),
        member_at=lambda position: PEOPLE[position][0],
        whole=lambda position: query.whole(KEYS[position]),
    )


@pytest.mark.parametrize("text", ["", "0120", "zhang", "nobody", "9999"])
def test_a_highlighted_person_comes_before_all_else(text):
    assert enter(text, highlighted=103) == CheckIn(103, "highlight")


@pytest.mark.parametrize(
    ("text", "member_id"),
    [
        ("0012", 101),
        (" 0012 ", 101),
        ("００１２", 101),
        ("12", 101),
        ("00012", 101),
        ("0120", 102),
        ("120", 102),
        ("7", 103),
        ("0007", 105),
        ("A-9", 104),
        ("a-9", 104),
        ("055", 106),
    ],
)
def test_exactly_one_code(text, member_id):
    assert enter(text) == CheckIn(member_id, "code")


@pytest.mark.parametrize("text", ["007", "1", "9999", "0", "zhang1", "a9", "12 zhang", "¹²x"])
def test_a_digit_that_is_no_code_only_lists(text):
    assert enter(text) == NotACode(text)


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("zhang", CheckIn(101, "only")),
        ("lopez maria", CheckIn(104, "only")),
        ("novak petra", CheckIn(106, "only")),
        ("zw", Several(3)),
        ("zhangwei", CheckIn(101, "only")),
        ("novakpetr", CheckIn(105, "whole")),
        ("novak petr", CheckIn(105, "whole")),
        ("np", Several(2)),
        ("novak", Several(2)),
        ("z", Several(3)),
        ("nobody", Nobody("nobody")),
        ("", Nothing()),
        ("   ", Nothing()),
        ("。", Nothing()),
        ("\r\n", Nothing()),
    ],
)
def test_names(text, decision):
    assert enter(text) == decision


def test_one_whole_match_among_several_is_that_person_and_two_are_nobody():
    assert whole_hit([3, 5, 8], lambda position: position == 5) == 5
    assert whole_hit([3, 5, 8], lambda position: position > 3) is None
    assert whole_hit([3, 5, 8], lambda position: False) is None


def test_a_long_list_is_not_searched_further_than_two_whole_matches():
    asked: list[int] = []

    def always(position: int) -> bool:
        asked.append(position)
        return True

    assert whole_hit(range(100_000), always) is None
    assert asked == [0, 1]


class TestCodes:
    def test_as_typed_before_everything_else(self):
        codes = CodeIndex([("7", 1), ("07", 2), ("ab", 3), ("AB", 4)])
        assert [codes.find(text) for text in ("7", "07", "ab", "AB")] == [1, 2, 3, 4]
        assert codes.find("Ab") is None
        assert codes.find("007") is None

    def test_leading_zeros_only_between_digits(self):
        codes = CodeIndex([("0a7", 1), ("012", 2)])
        assert codes.find("a7") is None
        assert codes.find("12") == 2
        assert codes.find("0000000000000000000000000012") == 2

    def test_zero_is_a_number_like_any_other(self):
        assert CodeIndex([("000", 1)]).find("0") == 1
        assert CodeIndex([("0", 1), ("00", 2)]).find("000") is None

    def test_a_code_of_two_people_is_nobodys(self):
        codes = CodeIndex([("12", 1), ("12", 2)])
        assert codes.find("12") is None
        assert codes.find("012") is None

    def test_a_blank_code_is_none(self):
        assert CodeIndex([("", 1), ("  ", 2)]).find("") is None

    def test_a_walk_in_is_taken_in(self):
        codes = CodeIndex([])
        codes.add("0301", 9)
        assert codes.find("301") == 9

    @given(st.dictionaries(st.text(st.sampled_from("01a"), min_size=1, max_size=4), st.integers(), max_size=12))
    def test_every_code_finds_its_own_person(self, people):
        codes = CodeIndex(people.items())
        assert {code: codes.find(code) for code in people} == people

    @given(
        st.dictionaries(st.text(st.sampled_from("012"), min_size=1, max_size=4), st.integers(), max_size=12),
        st.text(st.sampled_from("012"), min_size=1, max_size=5),
    )
    def test_without_leading_zeros_exactly_one_must_fit(self, people, text):
        if text not in people:
            fits = [member for code, member in people.items() if int(code) == int(text)]
            assert CodeIndex(people.items()).find(text) == (fits[0] if len(fits) == 1 else None)


class TestScans:
    @pytest.mark.parametrize(
        ("text", "prefix", "suffix", "bare"),
        [
            ("]C00012", "]C0", "", "0012"),
            ("0012#", "", "#", "0012"),
            ("*0012*", "*", "*", "0012"),
            ("*0012", "*", "*", "*0012"),
            ("**", "*", "*", "**"),
            ("*", "*", "*", "*"),
            ("0012", "", "", "0012"),
            (" *0012* ", "*", "*", "0012"),
        ],
    )
    def test_affixes_come_off_together_or_not_at_all(self, text, prefix, suffix, bare):
        assert strip_affixes(text, prefix, suffix) == bare

    @pytest.mark.parametrize(
        ("text", "prefix", "meant"),
        [
            ("Z0012", "Z", "0012"),
            ("Z9999", "Z", "9999"),
            ("Zhang", "Z", "Zhang"),
            ("A-9", "A", "A-9"),
            ("0012", "0", "0012"),
            ("0012", "", "0012"),
        ],
    )
    def test_a_name_or_code_that_begins_like_the_prefix_keeps_its_letters(self, text, prefix, meant):
        assert read_scan(text, prefix, "", CODES) == meant


class TestTheSecondEnter:
    def test_nothing_was_submitted(self):
        assert not EnterGuard().ignores(0)

    def test_for_half_a_second(self):
        guard = EnterGuard()
        guard.submitted(1000)
        assert [guard.ignores(now) for now in (1000, 1300, 1499, 1500, 9000)] == [True, True, True, False, False]

    def test_an_arrow_ends_it(self):
        guard = EnterGuard()
        guard.submitted(1000)
        guard.arrow()
        assert not guard.ignores(1001)

    def test_the_next_text_starts_it_again(self):
        guard = EnterGuard()
        guard.submitted(1000)
        guard.submitted(1400)
        assert guard.ignores(1800)
