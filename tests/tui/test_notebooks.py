"""The notebook desk: the box and Enter rules of the check-in desk, and Enter means that the notebook was seen."""

from __future__ import annotations

from contextlib import asynccontextmanager

from checkin_tui.domain.requests import SeeNotebooks
from checkin_tui.domain.sessions import SessionState
from checkin_tui.tui.commands import View
from tests.tui.driving import driven
from tests.tui.fakes import STARTS, Clock, FakeDesk, people, session


def desk_with(here: int, *, number: int = 12) -> FakeDesk:
    """So many of the people are here."""
    desk = FakeDesk(people(number), Clock())
    for member_id in range(1, here + 1):
        desk.arrived(member_id, STARTS - 60_000 * member_id)
    desk.foreign = False
    return desk


@asynccontextmanager
async def at_notebooks(desk: FakeDesk, **more):
    async with driven(desk, **more) as it:
        await it.go(View.NOTEBOOK)
        yield it


async def test_enter_on_a_code_sees_the_notebook_and_says_whose():
    async with at_notebooks(desk_with(6)) as it:
        assert "6 missing" in it.picture
        await it.do("0003", "<enter>")
        assert it.banner == "✓ NOTEBOOK SEEN  Novak Wei · Hepan · complete, notebook seen"
        assert it.screen.box.value == ""
        assert "1 complete" in it.picture
        assert "5 of 6 still owe their note" in it.picture


async def test_a_burst_of_scans_sees_every_notebook_in_order():
    async with at_notebooks(desk_with(12)) as it:
        it.type("".join(f"{number:04d}\r\n" for number in range(1, 13)))
        await it.settle()
        asked = [request.member_ids for request in it.desk.seen if isinstance(request, SeeNotebooks)]
        assert asked == [(number,) for number in range(1, 13)]
        assert "All 12 notes are there" in it.picture


async def test_a_notebook_seen_twice_is_refused_and_stays_one_step():
    async with at_notebooks(desk_with(6)) as it:
        await it.do("0003", "<enter>", "0003", "<enter>")
        assert it.banner.startswith("!")
        await it.do("<ctrl+z>")
        assert it.banner.startswith("Taken back: notebook seen")
        assert "0 complete" in it.picture


async def test_several_hits_mark_nobody():
    async with at_notebooks(desk_with(12)) as it:
        await it.do("wei", "<enter>")
        assert "people fit. Nobody was marked." in it.banner
        assert not it.desk.notes


async def test_a_notebook_before_the_register_was_opened_is_refused():
    desk = FakeDesk(people(5), Clock(), the_session=session(state=SessionState.PLANNED, opened=None))
    async with at_notebooks(desk) as it:
        await it.do("0003", "<enter>")
        assert it.banner == "! Nobody was checked in yet. Notes can be taken once the register was opened."
        assert not it.desk.notes


async def test_a_whole_branch_is_seen_except_the_ones_named():
    async with at_notebooks(desk_with(12)) as it:
        branch = it.desk.people[0].branch
        ids = [one.member_id for one in it.desk.people if one.branch == branch]
        await it.do("<right>", "6", "<enter>")
        await it.do(branch.lower(), "<enter>")
        assert f"Whole branch seen: {branch}" in it.picture
        name = it.desk.people[0].name
        await it.do(name.split()[0].lower(), "<space>")
        assert "1 not yet" in it.picture
        for wrong in (str(len(ids)), "11"):  # the number is that of those who are seen, not of the branch
            await it.do(wrong, "<enter>")
            assert f"{wrong} is not {len(ids) - 1}. Nothing changed." in it.picture
        await it.do(name.split()[0].lower(), "<enter>", name.split()[0].lower(), "<enter>")  # Enter takes the one left
        assert "1 not yet" in it.picture
        assert not it.desk.notes
        await it.do(str(len(ids) - 1), "<enter>")
        assert sorted(it.desk.notes) == ids[1:]
        await it.do("<ctrl+z>")
        assert not any(it.desk.mark(one).paper for one in ids)


async def test_a_scan_into_the_branch_dialog_excepts_its_owner_and_confirms_nothing():
    async with at_notebooks(desk_with(12)) as it:
        await it.do("<right>", "6", "<enter>", it.desk.people[0].branch.lower(), "<enter>")
        await it.do("0002", "<enter>")
        assert "1 not yet" in it.picture
        assert not it.desk.notes


async def test_who_owes_notes_of_other_days_is_told_at_check_in_and_with_the_notebook():
    desk = desk_with(0)
    desk.owes = {4: 2, 5: 1}
    async with driven(desk) as it:
        await it.do("0004", "<enter>")
        assert "owes 2 notes" in it.banner
        await it.go(View.NOTEBOOK)
        await it.do("0004", "<enter>")
        assert "owes 2 notes of other days" in it.banner


async def test_the_roster_and_the_notebook_desk_see_each_others_marks():
    async with driven(desk_with(2)) as it:
        await it.go(View.NOTEBOOK)
        await it.go(View.ROSTER)
        await it.do("0005", "<enter>")
        await it.go(View.NOTEBOOK)
        assert "3 missing" in it.picture
        await it.do("0005", "<enter>")
        await it.go(View.ROSTER)
        assert it.screen.register.model.mark(5).paper


async def test_names_can_be_hidden_everywhere_and_are_found_all_the_same():
    async with at_notebooks(desk_with(6)) as it:
        it.screen.run_command("view.privacy")
        await it.settle()
        await it.until(lambda: "Novak" not in it.picture)
        await it.do("novak", "<enter>")
        assert "NOTEBOOK SEEN  #0003" in it.banner
        await it.go(View.ROSTER)
        await it.until(lambda: "#0003" in it.picture)
        assert "Novak" not in it.picture
        it.screen.run_command("view.privacy")
        await it.until(lambda: "Novak" in it.picture)
