"""Which sessions a register is of, and where people stand in it."""

from __future__ import annotations

from datetime import date

import pytest

from checkin_tui.domain.people import Membership
from checkin_tui.domain.register import Choice, Known, benches, earlier_places
from checkin_tui.domain.sessions import Audience, AudienceKind, SessionKey

MONDAY, TUESDAY, WEDNESDAY = (date(2026, 5, day) for day in (18, 19, 20))
EARLY = Membership(1, "Xinghe", False, MONDAY, TUESDAY)
NOW = Membership(2, "Clinic", True, TUESDAY)
GONE = Membership(1, "Xinghe", False, MONDAY, TUESDAY)


def person(number: int, *places: Membership, name: str = "", guest: bool = False) -> Known:
    return Known(number, f"{number:03d}", name, "", guest, name or f"{number:03d}", places)


@pytest.mark.parametrize(
    ("choice", "taken"),
    [
        (Choice(), [MONDAY, TUESDAY, WEDNESDAY]),
        (Choice((SessionKey(TUESDAY),)), [TUESDAY]),
        (Choice(first=TUESDAY), [TUESDAY, WEDNESDAY]),
        (Choice(last=TUESDAY), [MONDAY, TUESDAY]),
        (Choice((SessionKey(MONDAY), SessionKey(WEDNESDAY)), first=TUESDAY), [WEDNESDAY]),
    ],
)
def test_a_choice_takes_what_fits_all_of_it(choice: Choice, taken: list[date]):
    assert [day for day in (MONDAY, TUESDAY, WEDNESDAY) if choice.takes(SessionKey(day))] == taken
    assert choice.whole is (choice == Choice())


def test_who_changed_branch_stands_in_todays_with_the_other_noted():
    moved = person(1, EARLY, NOW)
    assert moved.place_on(MONDAY) == EARLY
    assert moved.place_now(WEDNESDAY) == NOW
    assert earlier_places(moved, WEDNESDAY) == (("Xinghe", MONDAY),)
    assert earlier_places(moved, MONDAY) == (("Clinic", None),)
    assert person(2, GONE).place_now(WEDNESDAY) == GONE, "who left stands where they were last"
    assert person(3).place_now(WEDNESDAY) is None


class Held:
    """As much of a session as the sheet asks for."""

    def __init__(self, day: date, audience: Audience | None = None) -> None:
        self.key, self.audience = SessionKey(day), audience or Audience()


def test_branches_by_name_then_those_without_then_guests():
    people = [
        person(1, NOW, name="b"),
        person(2, NOW, name="a"),
        person(3, Membership(None, "", False, MONDAY)),
        person(4, guest=True),
        person(5, Membership(1, "Xinghe", False, WEDNESDAY)),
        person(6, GONE),
        person(7, guest=True),
    ]
    found = benches(people, [Held(TUESDAY)], frozenset({4, 6}), WEDNESDAY)  # type: ignore[list-item]
    assert [(bench.branch, [one.member_id for one in bench.people]) for bench in found] == [
        ("Clinic", [2, 1]),
        ("Xinghe", [6]),  # gone by then, and marked all the same; 5 came later, 7 never
        ("", [3]),
        (None, [4]),
    ]


@pytest.mark.parametrize(
    ("audience", "asked"),
    [
        (Audience(), [1, 2]),
        (Audience(AudienceKind.LEADERS), [1]),
        (Audience(AudienceKind.BRANCHES, frozenset({1})), [2]),
    ],
)
def test_nobody_stands_there_who_was_asked_to_nothing(audience: Audience, asked: list[int]):
    people = [person(1, NOW), person(2, Membership(1, "Xinghe", False, MONDAY))]
    found = benches(people, [Held(TUESDAY, audience)], frozenset(), TUESDAY)  # type: ignore[list-item]
    assert sorted(one.member_id for bench in found for one in bench.people) == asked
