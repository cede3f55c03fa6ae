"""Whom a line of a roster is about: a table of cases, and what holds whatever comes."""

from __future__ import annotations

from collections import Counter
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkin_tui.domain.alike import names_alike
from checkin_tui.domain.imports import Place, RosterLine
from checkin_tui.domain.matching import match_lines
from checkin_tui.domain.people import Member, Membership, name_key
from checkin_tui.domain.whom import Match, Verdict, phones_differ, same_phone

SAME, NEW, DOUBTFUL, TWICE = Verdict.SAME, Verdict.NEW, Verdict.DOUBTFUL, Verdict.TWICE


def member(number: int, code: str, name: str, branch: str | None = "Xinghe", phone: str = "") -> Member:
    places = () if branch is None else (Membership(None, branch, False, date(2026, 5, 18)),)
    return Member(number, UUID(int=number), code, name, phone=phone, memberships=places)


def line(code: str, name: str, branch: str | None = "Xinghe", phone: str | None = None, row: int = 2) -> RosterLine:
    return RosterLine(row, code, name, branch, phone=phone)


PEOPLE = (
    member(1, "001", "Zhang Wei", phone="13800138000"),
    member(2, "002", "Li Na"),
    member(3, "003", "王　伟", "Clinic"),
    member(4, "004", "Mara Quill", "Lotus Ford", "5550104"),
    member(5, "005", "Tomas Ode", "Xinghe", "5550105"),
    member(6, "006", "Tomas Ode", "Xinghe", "5550106"),
    member(7, "007", "Gone Person", None),
)


def only(one: RosterLine) -> tuple[Verdict, object]:
    """The verdict, with whom: an id, or the reason of a doubt and the ids of who it may be."""
    found = match_lines([one], PEOPLE)[0]
    if found.verdict is DOUBTFUL:
        return found.verdict, (found.reason, *(each.id for each in found.candidates))
    return found.verdict, found.member.id if found.member else None


@pytest.mark.parametrize(
    ("one", "verdict", "whom"),
    [
        # a code that is known
        (line("001", "Zhang Wei"), SAME, 1),
        (line("1", "ZHANG  wei"), SAME, 1),
        (line("００１", "Zhang Wei"), SAME, 1),
        (line("1", "Somebody Else"), NEW, None),
        (line("003", "王伟", "Clinic"), SAME, 3),
        (line("001", "Zhang Weiwei"), SAME, 1),
        (line("001", "Zhang Weiwei", None), SAME, 1),
        (line("001", "Zhang Weiwei", "Clinic"), DOUBTFUL, ("code_given_anew", 1)),
        (line("001", "Zhang Weiwei", phone="13900139000"), DOUBTFUL, ("code_given_anew", 1)),
        (line("001", "Somebody Else"), DOUBTFUL, ("code_given_anew", 1)),
        (line("001", "Somebody Else", phone="13800138000"), SAME, 1),
        (line("001", "Somebody Else", "Clinic", "13800138000"), SAME, 1),
        (line("001", "Somebody Else", "Clinic", "13900139000"), DOUBTFUL, ("code_given_anew", 1)),
        (line("001", "Li Na"), DOUBTFUL, ("code_of_another", 1, 2)),
        (line("001", "Li Na", "Clinic"), DOUBTFUL, ("code_given_anew", 1)),
        # none: by name and branch, else by phone
        (line("", "Li Na"), SAME, 2),
        (line("", "王伟", "Clinic"), SAME, 3),
        (line("", "Zhang Wei", "Xinghe", "1"), SAME, 1),
        (line("", "Li Na", None), SAME, 2),
        (line("", "Zhang Wei", None, "13900139000"), DOUBTFUL, ("other_phone", 1)),
        (line("", "Mara Quill", "Xinghe", "555-0104"), SAME, 4),
        (line("", "Mara Quill", "Xinghe", "5550199"), NEW, None),
        (line("", "Mara Quill"), DOUBTFUL, ("elsewhere", 4)),
        (line("", "Gone Person"), DOUBTFUL, ("elsewhere", 7)),
        (line("", "Tomas Ode"), DOUBTFUL, ("several_here", 5, 6)),
        (line("", "Tomas Ode", "Xinghe", "5550106"), SAME, 6),
        (line("", "Tomas Ode", "Xinghe", "5550107"), DOUBTFUL, ("several_here", 5, 6)),
        (line("", "Nobody Known"), NEW, None),
        # one that is not known
        (line("099", "Li Na"), DOUBTFUL, ("other_code", 2)),
        (line("099", "Li Na", None), DOUBTFUL, ("other_code", 2)),
        (line("099", "Li Na", "Clinic"), NEW, None),
        (line("099", "Zhang Wei", "Xinghe", "13900139000"), NEW, None),
        (line("099", "Zhang Wei", "Xinghe", "13800138000"), DOUBTFUL, ("other_code", 1)),
        (line("099", "Zhang Wei", "Clinic", "+86 138 0013 8000"), DOUBTFUL, ("other_code", 1)),
        (line("099", "Gone Person"), DOUBTFUL, ("other_code", 7)),
        (line("099", "Nobody Known"), NEW, None),
    ],
)
def test_whom_a_line_is_about(one: RosterLine, verdict: Verdict, whom: object) -> None:
    assert only(one) == (verdict, whom)


def verdicts(*lines: RosterLine, answers: dict[Place, int | None] | None = None) -> list[tuple[Verdict, int | None]]:
    found = match_lines(lines, PEOPLE, answers)
    return [(one.verdict, one.member.id if one.member else None) for one in found]


def test_whoever_has_a_line_of_their_own_is_nobody_elses_candidate() -> None:
    assert verdicts(line("099", "Li Na"), line("002", "Li Na", row=3)) == [(NEW, None), (SAME, 2)]
    assert verdicts(line("", "Mara Quill"), line("004", "Mara Quill", "Lotus Ford", row=3)) == [(NEW, None), (SAME, 4)]
    assert verdicts(line("001", "Li Na"), line("002", "Li Na", row=3)) == [(DOUBTFUL, None), (SAME, 2)]


def test_twice_in_a_file_is_told_apart_by_branch_or_phone_or_is_the_same_row_again() -> None:
    assert verdicts(line("", "New One"), line("", "New One", row=3)) == [(NEW, None), (TWICE, None)]
    assert verdicts(line("", "New One"), line("", "New One", "Clinic", row=3)) == [(NEW, None), (NEW, None)]
    assert verdicts(line("", "New One", phone="5551"), line("", "New One", phone="5552", row=3)) == [(NEW, None)] * 2
    assert verdicts(line("", "Li Na"), line("002", "Li Na", row=3)) == [(TWICE, None), (SAME, 2)]
    one, other = line("", "Zhang Wei", phone="13900139000"), line("", "Zhang Wei", phone="13800138000", row=3)
    assert verdicts(one, other) == [(NEW, None), (SAME, 1)]
    assert verdicts(other, one) == [(SAME, 1), (NEW, None)]


def test_codes_that_were_shifted_change_nobodys_name() -> None:
    known = [member(number, f"10{number}", name) for number, name in enumerate(("Zhang Wei", "Zhang Min", "Li Na"), 1)]
    for names in (("Aaron", "Zhang Wei", "Zhang Min", "Li Na"), ("Zhang An", "Zhang Wei", "Zhang Min", "Li Na")):
        lines = [line(f"10{number}", name, row=number) for number, name in enumerate(names, 1)]
        assert {one.verdict for one in match_lines(lines, known)} == {DOUBTFUL}
    lines = [line("101", "Carol", phone="5552"), line("205", "Zhang Wei", phone="5551", row=3)]
    known[0] = member(1, "101", "Zhang Wei", phone="5551")
    assert {one.verdict for one in match_lines(lines, known)} == {DOUBTFUL}


@pytest.mark.parametrize(("phone", "expected"), [("5551", [SAME, NEW]), ("", [DOUBTFUL] * 2), ("5559", [DOUBTFUL] * 2)])
def test_of_two_of_one_name_and_branch_only_a_phone_says_who_is_known(phone: str, expected: list[Verdict]) -> None:
    known = [member(1, "101", "Li Na", phone=phone)]
    lines = [line("", "Li Na", phone="5551"), line("", "Li Na", phone="5552", row=3)]
    assert [one.verdict for one in match_lines(lines, known)] == expected
    assert [one.verdict for one in match_lines(lines[::-1], known)] == expected[::-1]


def test_beside_somebody_new_of_that_name_and_branch_another_phone_is_nobodys_new_one() -> None:
    known = [member(1, "101", "Li Na", phone="5559")]
    lines = [line("099", "Li Na", phone="5551"), line("", "Li Na", phone="5552", row=3)]
    assert [one.verdict for one in match_lines(lines, known)] == [NEW, DOUBTFUL]


def test_two_lines_that_may_both_be_somebody_are_asked_about() -> None:
    lines = [line("", "Mara Quill", "Clinic", "5550104"), line("", "Mara Quill", "North", "5550104", row=3)]
    assert {(one.verdict, one.reason) for one in match_lines(lines, PEOPLE)} == {(DOUBTFUL, "several_lines")}


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("王伟", "王 强", True),
        ("王伟", "王伟民", True),
        ("王伟", "王小明", False),
        ("王伟", "李伟", False),
        ("Mara Quill", "MARA Ode", True),
        ("Jose Alvarez", "José Álvarez", True),
        ("Al B", "Bo B", False),
        ("Alice", "Aaron", False),
        ("", "Alice", False),
    ],
)
def test_names_that_may_be_one_persons(one: str, other: str, alike: bool) -> None:
    assert (names_alike(one, other), names_alike(other, one)) == (alike, alike)


def test_an_answer_goes_before_everything() -> None:
    asked = line("", "Mara Quill")
    assert verdicts(asked, answers={asked.place: 4}) == [(SAME, 4)]
    assert verdicts(asked, answers={asked.place: None}) == [(NEW, None)]
    assert verdicts(asked, line("004", "Mara Quill", row=3), answers={asked.place: 4}) == [(SAME, 4), (TWICE, None)]
    odd = line("001", "Zhang Wei")
    assert verdicts(odd, answers={odd.place: 2}) == [(SAME, 2)]


@pytest.mark.parametrize(
    ("one", "other", "same", "differ"),
    [
        ("13800138000", "+86 138-0013-8000", True, False),
        ("5550101", "5550102", False, True),
        ("101", "5550101", False, True),
        ("", "5550101", False, False),
        (None, "5550101", False, False),
        ("none", "5550101", False, False),
        ("５５５０１０１", "555 0101", True, False),
    ],
)
def test_phones(one: str | None, other: str | None, same: bool, differ: bool) -> None:
    assert (same_phone(one, other), phones_differ(one, other)) == (same, differ)
    assert (same_phone(other, one), phones_differ(other, one)) == (same, differ)


NAMES = st.sampled_from(["Zhang Wei", "zhang  wei", "Li Na", "王伟", "王 伟"])
CODES = st.sampled_from(["", "1", "2", "3", "44", "55"])
BRANCHES = st.sampled_from(["Xinghe", "Clinic", ""])
PHONES = st.sampled_from(["", "5550101", "5550102"])
MEMBERS = st.lists(
    st.tuples(CODES.filter(bool), NAMES, BRANCHES, PHONES), max_size=4, unique_by=lambda one: one[0]
).map(lambda rows: [member(number, *row) for number, row in enumerate(rows, 1)])
LINES = st.lists(st.tuples(CODES, NAMES, BRANCHES | st.none(), PHONES | st.none()), max_size=6).map(
    lambda rows: [line(*row, row=number) for number, row in enumerate(rows, 2)]
)


def once(lines: list[RosterLine]) -> list[RosterLine]:
    """No code twice, as the reader sees to it."""
    first = {one.code: one for one in reversed(lines) if one.code}
    return [one for one in lines if not one.code or first[one.code] is one]


@settings(max_examples=150, deadline=None)
@given(MEMBERS, LINES)
def test_nobody_is_ever_merged_in_silence(members: list[Member], lines: list[RosterLine]) -> None:
    lines = once(lines)
    found = match_lines(lines, members)
    there = [one.member.id for one in found if one.member is not None]
    assert len(there) == len(set(there)), "two lines are never one person"
    for one, match in zip(lines, found, strict=True):
        if one.code and match.member is not None:
            assert match.member.code == one.code
        assert (match.verdict is DOUBTFUL) is bool(match.candidates)
        assert (match.verdict is SAME) is (match.member is not None)


@settings(max_examples=150, deadline=None)
@given(MEMBERS, LINES, st.randoms(use_true_random=False))
def test_the_order_of_the_lines_decides_nothing(members: list[Member], lines: list[RosterLine], chance: object) -> None:
    lines = once(lines)
    mixed = list(lines)
    chance.shuffle(mixed)  # type: ignore[attr-defined]

    def decided(order: list[RosterLine]) -> Counter[tuple[object, ...]]:
        found = zip(order, match_lines(order, members), strict=True)
        return Counter((one.code, name_key(one.name), one.branch or "", one.phone or "", match) for one, match in found)

    def coded(order: list[RosterLine]) -> dict[Place, Match]:
        found = zip(order, match_lines(order, members), strict=True)
        return {one.place: match for one, match in found if one.code}

    assert coded(mixed) == coded(lines)
    assert decided(mixed) == decided(lines), "but for which of two equal lines is the second"


@settings(max_examples=60, deadline=None)
@given(LINES)
def test_a_file_that_came_in_comes_in_again_without_anybody_new(lines: list[RosterLine]) -> None:
    """Whoever has the branch and the phone the file gave them is known by it."""
    lines = [one._replace(branch=one.branch or "Xinghe") for one in once(lines)]
    found = match_lines(lines, ())
    new = [(one, f"9{number}") for number, one in enumerate(lines) if found[number].verdict is NEW]
    there = [
        member(number, one.code or code, one.name, one.branch, one.phone or "")
        for number, (one, code) in enumerate(new, 1)
    ]
    again = match_lines(lines, there)
    assert [one.verdict for one in again] == [SAME if one.verdict is NEW else TWICE for one in found]
