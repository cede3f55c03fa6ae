"""What stands for people while names are hidden."""

from __future__ import annotations

import pytest

from checkin_tui.tui import shown
from tests.domain.sheets import session
from tests.tui.driving import driven
from tests.tui.fakes import people

VERA = session(presenter="Visiting Vera")
MEMBER = session(presenter="Wei before", presenter_id=1)


@pytest.mark.parametrize(
    ("one", "known", "hidden", "text"),
    [
        (VERA, False, False, "Visiting Vera"),
        (VERA, False, True, "Visiting Vera"),
        (MEMBER, True, False, people(1)[0].name),
        (MEMBER, True, True, f"#{people(1)[0].code}"),
        (MEMBER, False, False, "Wei before"),
        (MEMBER, False, True, "a member"),
    ],
)
def test_a_member_who_lectures_goes_by_the_present_name_or_the_code_and_a_public_lecturer_is_shown(
    one, known, hidden, text
):
    assert shown.presenter(one, people(1)[0] if known else None, hidden=hidden) == text


def test_a_refusal_names_whom_the_request_was_about_as_the_register_shows_them():
    person = people(1)[0]
    read = {"name": "as the service read it"}
    assert shown.refusal(read, person, hidden=False) == {"name": person.name}
    assert shown.refusal(read, person, hidden=True) == {"name": f"#{person.code}"}


def test_other_members_of_a_refusal_go_by_code_or_number_and_what_is_no_member_stays():
    taken = {"code": "0007", "name": "Somebody"}
    assert shown.refusal(taken, None, hidden=False) == taken
    assert shown.refusal(taken, None, hidden=True)["name"] == "#0007"
    assert shown.refusal({"names": ("One", "Two")}, None, hidden=True) == {"names": ("2 people",)}
    assert shown.refusal({"name": "Hepan"}, None, hidden=True) == {"name": "Hepan"}


async def test_hidden_names_are_not_told_by_the_banner_of_a_refusal():
    async with driven() as it:
        it.screen.run_command("view.privacy")
        await it.settle()
        person = it.desk.people[0]
        await it.do(person.code, "<enter>")
        await it.do(person.code, "<enter>")
        assert "Already here" in it.banner
        assert f"#{person.code}" in it.banner
        assert person.name not in it.banner
