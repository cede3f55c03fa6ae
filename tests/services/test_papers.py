"""Who gets a badge, who may sign."""

from __future__ import annotations

from datetime import date

import pytest

from checkin_tui.domain.badges import BadgeAsk, Holder
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.papers import SheetAsk, SheetOrder
from checkin_tui.domain.requests import ErasePerson
from checkin_tui.services.papers import read_holders, read_sheet

LATER = date(2026, 5, 25)


def test_who_is_still_to_come_gets_a_badge_with_their_first_branch(desk):
    desk.add("Mara Quill", code="N1", branch="Clinic", joined=LATER)
    assert Holder("N1", "Mara Quill", "Clinic", False) in read_holders(desk.ctx, BadgeAsk())


def test_who_moves_later_has_the_branch_of_today(desk):
    desk.change("001", branch="Clinic", since=LATER)
    assert Holder("001", "Zhang Wei", "Xinghe", True) in read_holders(desk.ctx, BadgeAsk())


def test_an_erased_person_gets_none_by_any_way(desk):
    desk.do(ErasePerson, member_id=desk.id_of("001"), name="Erased")
    codes = [one.code for one in read_holders(desk.ctx, BadgeAsk())]
    assert "001" not in codes
    assert not [code for code in codes if code.startswith("erased")]
    with pytest.raises(CheckInError, match="member_unknown"):
        read_holders(desk.ctx, BadgeAsk(codes=("erased-1",)))


def test_one_asked_for_twice_gets_one(desk):
    assert [one.code for one in read_holders(desk.ctx, BadgeAsk(codes=("002", " 002 ")))] == ["002"]


def test_numbers_among_the_codes_are_in_the_order_of_numbers(desk):
    for code in ("A1", "9", "10"):
        desk.add(f"Person {code}", code=code, branch="Clinic")
    people = read_sheet(desk.ctx, SheetAsk(branches=("Clinic",), order=SheetOrder.CODE)).people
    assert [one.code for one in people] == ["007", "008", "9", "10", "A1"]


def test_the_roster_stands_as_on_the_screen(desk):
    assert read_sheet(desk.ctx, SheetAsk()).people == desk.view().people
