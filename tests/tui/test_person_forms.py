"""The forms of a person: new, edited, and moved to another branch."""

from datetime import date
from uuid import UUID

import pytest

from checkin_tui.domain.people import Member, Membership
from checkin_tui.domain.requests import EditMember
from checkin_tui.tui.screens.person import PersonForm, PersonValues, values_of
from checkin_tui.tui.screens.transfer import Transfer, TransferForm
from tests.tui.dialogs import AT, BRANCHES, DAY, UNSET, Desk, filled, member, remarks

UID = UUID(int=9)


async def test_a_new_person_comes_out_as_typed():
    app = Desk()
    async with app.run_test() as pilot:
        app.open(PersonForm(None, BRANCHES, {}, today=DAY, name="mara"))
        await pilot.pause()
        await filled(pilot, name="Mara Quill", branch="Xinghe", joined="2026/5/18", left="28.05.2026", pinyin="ma la")
        assert app.result == PersonValues(
            name="Mara Quill", branch="Xinghe", joined=date(2026, 5, 18), left=date(2026, 5, 28), pinyin="ma la"
        )
        request = app.result.as_add(UID, AT)
        assert (request.uid, request.made, request.name, request.code) == (UID, AT, "Mara Quill", "")


@pytest.mark.parametrize(
    ("fields", "where", "said"),
    [
        ({"name": " "}, "name", "A name is needed."),
        ({"name": "x" * 201}, "name", "longer than 200"),
        ({"code": "0018"}, "code", "The code 0018 belongs to Bo Reed."),
        ({"code": "00 18"}, "code", "no spaces"),
        ({"code": ""}, "code", "A code is needed."),
        ({"joined": "31/31"}, "joined", "31/31 is not a date."),
        ({"left": "2026-05-17"}, "left", "2026-05-17 is before 2026-05-18."),
        ({"pinyin": "张 wei"}, "pinyin", "written in letters"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_a_person_that_cannot_be_kept_is_refused_beneath_the_field(fields, where, said):
    app = Desk()
    async with app.run_test(size=(80, 40)) as pilot:
        app.open(PersonForm(member(), BRANCHES, {"0017": "Zhang Wei", "0018": "Bo Reed"}, today=DAY))
        await pilot.pause()
        await filled(pilot, **fields)
        assert list(remarks(app.screen)) == [where]
        assert said in remarks(app.screen)[where]
        assert app.result is UNSET


async def test_an_edit_asks_only_for_what_differs():
    app = Desk()
    async with app.run_test() as pilot:
        app.open(PersonForm(member(), BRANCHES, {"0017": "Zhang Wei"}, today=DAY))
        await pilot.pause()
        await filled(pilot, phone="000-555-0102", title="")
        request = app.result.as_edit(member(), DAY, UID, AT)
        assert request == EditMember(uid=UID, made=AT, member_id=1, phone="000-555-0102", title="")


def test_an_edit_without_a_difference_is_no_request():
    assert values_of(member(), DAY).as_edit(member(), DAY, UID, AT) is None


def test_a_last_day_is_taken_away_and_given():
    places = (Membership(1, "Xinghe", False, date(2026, 5, 18), date(2026, 5, 21)),)
    gone = Member(1, UUID(int=1), "0017", "Zhang Wei", memberships=places)
    old = values_of(gone, DAY)
    assert old.left == date(2026, 5, 20)
    back = PersonValues(name="Zhang Wei", code="0017", branch="Xinghe", joined=date(2026, 5, 18))
    assert back.as_edit(gone, DAY, UID, AT) == EditMember(uid=UID, made=AT, member_id=1, left_open=True)


async def test_a_transfer_names_the_branch_and_the_day():
    app = Desk()
    async with app.run_test() as pilot:
        app.open(TransferForm(member(), BRANCHES, today=DAY))
        await pilot.pause()
        await filled(pilot, branch="Lotus Ford", since="2026-05-22")
        assert app.result == Transfer("Lotus Ford", True, date(2026, 5, 22))


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"branch": ""}, "branch"),
        ({"branch": "Xinghe"}, "branch"),
        ({"branch": "Lotus Ford", "since": ""}, "since"),
        ({"branch": "Lotus Ford", "since": "2026-05-17"}, "since"),
    ],
)
async def test_a_transfer_to_nowhere_or_before_the_beginning_is_refused(fields, where):
    app = Desk()
    async with app.run_test() as pilot:
        app.open(TransferForm(member(), BRANCHES, today=DAY))
        await pilot.pause()
        await filled(pilot, **fields)
        assert where in remarks(app.screen)
        assert app.result is UNSET
