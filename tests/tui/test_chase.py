"""The chase list: who owes what, over which sessions, and what can be done about it."""

from __future__ import annotations

import asyncio

import pytest

from checkin_tui.domain.errors import CheckInError, DatabaseError
from checkin_tui.domain.reads import LoadOwed
from checkin_tui.domain.sessions import SessionState
from checkin_tui.tui.commands import View
from checkin_tui.tui.desk.chase_words import PersonKey
from tests.tui.driving import driven
from tests.tui.fakes import ENDS, MINUTE, STARTS, people, person, session
from tests.tui.owing import TWO_DAYS, Chasing, OwingDesk, chasing, owing


async def test_those_who_owe_stand_under_their_branch_and_whom_to_call_there():
    async with chasing() as it:
        assert it.lines == [
            "Hepan · 2 people · contact Ada Moreau",
            "0003 | Novak Wei | missing",
            "0004 | Wu Wei | 5550004 | missing",
            "Xinghe · 2 people · contact Wen Li, 5550103",
            "0001 | Larsen Wei | 5550001 | missing",
            "0002 | Chen Wei | 5550002 | too short (11 of 50)",
        ]
        assert "Notes of Mon 18 May 2026" in it.picture
        assert "4 people owe 4 notes." in it.picture


async def test_the_campaign_names_the_days():
    async with chasing(owing()) as it:
        await it.do("<right>", "8", "<enter>")
        assert (
            "0002 | Chen Wei | 5550002 | 3 notes: 14 May too short (12 of 50), 15 May, 18 May too short (11 of 50)"
            in (it.lines)
        )
        assert "Xinghe · 2 people, 4 notes · contact Wen Li, 5550103" in it.lines
        assert "Notes of 3 sessions, Thu 14 May 2026 to Mon 18 May 2026" in it.picture
        assert "5 people owe 8 notes." in it.picture
        await it.do("<right>", "8", "<enter>")
        assert "4 people owe 4 notes." in it.picture


async def test_a_note_without_presence_stands_apart_and_owes_nothing():
    desk = OwingDesk()
    desk.without = (("0077", "Ida Lund"),)
    async with chasing(desk) as it:
        assert it.lines[-2:] == ["Note, but was not here", "0077 | Ida Lund | nothing is owed"]
        assert "4 people owe 4 notes." in it.picture
        await it.do("<up>")
        assert it.screen.chosen == PersonKey(2)


async def test_one_branch_and_all_of_them_again():
    async with chasing(owing()) as it:
        await it.answer("<right>", "9", "<enter>")
        assert "Hepan  2 people owe" in it.picture
        await it.answer("hepan", "<enter>")
        assert it.lines[0].startswith("Hepan")
        assert len(it.lines) == 3
        assert "only Hepan" in it.picture
        await it.answer("<right>", "9", "<enter>", "lakeside", "<enter>")
        assert "Every note of this branch is there." in it.picture
        assert "Nobody owes a note." in it.picture
        await it.answer("<right>", "9", "<enter>", "all", "<enter>")
        assert len(it.lines) == 6


async def test_those_without_a_branch_can_be_chosen_and_have_no_contact():
    roster = [*people(3), person(4, "Tove Berg", "")]
    async with chasing(OwingDesk(roster)) as it:
        await it.answer("<right>", "9", "<enter>", "no branch", "<enter>")
        assert it.lines == ["No branch · 1 person", "0004 | Tove Berg | 5550004 | missing"]
        await it.do("<down>")
        assert it.screen.chosen == PersonKey(4)
        it.screen.run_command("chase.contact")
        assert it.banner == "! Who is in no branch has nobody to call there."


async def test_a_branch_that_was_renamed_gives_way_to_all():
    async with chasing() as it:
        it.screen.chase._only("Gone")
        await it.until(lambda: len(it.lines) == 6)
        assert "There is no branch Gone." in it.banner


# ------------------------------------------------------------------------------------------------ nothing to show yet


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"the_session": None}, "There is no session today."),
        ({"the_session": session(state=SessionState.PLANNED, opened=None), "here": 0}, "Nobody was checked in yet."),
        ({"the_session": session(state=SessionState.CANCELLED, opened=None), "here": 0}, "The session was cancelled"),
    ],
)
async def test_before_anybody_is_checked_in_the_other_days_are_proposed(values, says):
    desk = OwingDesk(**({"here": 0} | values))
    desk.older = {2: TWO_DAYS}
    async with chasing(desk) as it:
        assert desk.asked == [LoadOwed(None, True, None)]
        assert "1 person owes 2 notes." in it.picture
        await it.do("<right>", "8", "<enter>")
        assert says in it.picture
        assert "→ 8 the whole campaign" in it.picture
        assert len(desk.asked) == 1
        await it.do("<right>", "4", "<enter>")
        assert "There is no list yet." in it.banner


async def test_nobody_owes_anything():
    async with chasing(OwingDesk(here=0)) as it:
        assert "Nobody who has to take notes is here yet." in it.picture
        assert "Nobody owes a note." in it.picture
    desk = OwingDesk(here=2)
    desk.wrote(1, "x" * 60)
    desk.wrote(2, "x" * 60)
    async with chasing(desk) as it:
        assert "✓ All 2 notes are there." in it.picture
        await it.do("<right>", "8", "<enter>")
        assert "✓ Every note is there." in it.picture


async def test_no_register_was_ever_taken():
    desk = OwingDesk(the_session=None, here=0)
    desk.earlier = []
    async with chasing(desk) as it:
        assert "No register was taken yet." in it.picture
        assert "Check people in first" in it.picture


def busy_once() -> OwingDesk:
    """The first reading of the list is refused."""
    desk = OwingDesk()
    fails = [DatabaseError("db_locked", path="desk.db")]
    load = desk.do_LoadOwed

    def busy(request):
        if fails:
            raise fails.pop()
        return load(request)

    desk.do_LoadOwed = busy
    return desk


async def test_a_list_that_cannot_be_read_says_why_and_is_read_again():
    async with chasing(busy_once()) as it:
        assert "The database desk.db is busy" in it.banner
        it.desk.arrived(5, STARTS)
        await it.until(lambda: len(it.lines) == 8)


async def test_a_list_that_could_not_be_read_is_tried_again_on_coming_back():
    async with chasing(busy_once()) as it:
        assert it.lines == []
        await it.do("<f2>")
        it.app.show(View.CHASE)
        await it.until(lambda: len(it.lines) == 6)


# --------------------------------------------------------------------------------------------------------------- live


async def test_a_note_and_an_arrival_of_this_window_change_the_list():
    async with chasing() as it:
        await it.do("<f2>", "0005", "<enter>")
        asked = len(it.desk.asked)
        assert it.app.view.VIEW is View.ROSTER
        it.app.show(View.CHASE)
        await it.until(lambda: "Dongshan · 1 person · no contact yet" in it.lines)
        assert len(it.desk.asked) == asked + 1  # what came while it was not in view is read once, when it is
        it.screen.notes.seen(5)
        await it.until(lambda: "Dongshan · 1 person · no contact yet" not in it.lines)


async def test_the_other_window_changes_the_list():
    async with chasing() as it:
        it.desk.arrived(6, STARTS)
        await it.until(lambda: "0006 | Sun Wei | missing" in it.lines)


async def test_what_changes_during_a_reading_is_read_once_more():
    async with chasing() as it:
        asked = len(it.desk.asked)
        it.desk.gate.clear()
        for _change in range(5):
            it.screen.chase.read_again()
            await asyncio.sleep(0)
        it.desk.gate.set()
        await it.until(lambda: not it.screen.chase._reading)
        assert asked < len(it.desk.asked) <= asked + 2


async def test_the_highlight_stays_on_the_person():
    async with chasing() as it:
        await it.do("<down>", "<down>", "<down>")
        assert it.screen.chosen == PersonKey(4)
        it.desk.wrote(3, "x" * 60)
        await it.until(lambda: len(it.lines) == 5)
        assert it.screen.chosen == PersonKey(4)


async def test_home_and_end_go_to_the_first_and_the_last_line():
    async with chasing() as it:
        keys = [row.key for row in it.screen.rows.rows if row.key is not None]
        await it.do("<end>")
        assert it.screen.chosen == keys[-1]
        await it.do("<home>")
        assert it.screen.chosen == keys[0]


async def test_what_was_highlighted_is_gone_with_its_note():
    async with chasing() as it:
        await it.do("<down>", "<down>")
        it.desk.wrote(3, "x" * 60)
        await it.until(lambda: len(it.lines) == 5)
        assert it.screen.chosen is None
        await it.do("<enter>")
        assert "↑ ↓ choose a line" in it.banner


# ---------------------------------------------------------------------------------------------------- keys and privacy


async def test_a_scan_is_for_the_roster_and_esc_goes_there():
    async with chasing() as it:
        await it.do("0012", "<enter>")
        assert it.app.view.VIEW is View.ROSTER
        assert it.it.status(12) == "present"
        it.app.show(View.CHASE)
        await it.do("<down>", "<escape>")
        assert it.app.view.VIEW is View.CHASE
        assert it.screen.chosen is None
        await it.do("<escape>")
        assert it.app.view.VIEW is View.ROSTER


async def test_a_click_chooses_a_line():
    async with chasing() as it:
        await it.pilot.click("#owed", offset=(10, 3))
        assert it.screen.chosen == PersonKey(4)


async def test_hidden_names_are_nowhere_on_the_screen():
    desk = owing()
    desk.without = (("0077", "Ida Lund"),)
    async with chasing(desk, size=(120, 36)) as it:
        it.app.hide_names()
        await it.until(lambda: it.lines[1] == "0003 | #0003 | missing")
        assert it.lines[-1] == "0077 | #0077 | nothing is owed"
        await it.do("<down>", "<down>")
        await it.answer("<enter>")
        assert "#0003 · Hepan" in it.picture
        for secret in ("Novak", "Wu Wei", "Larsen", "Ada Moreau", "Wen Li", "5550103", "5550004", "Ida Lund"):
            assert secret not in it.picture
        await it.answer("contact", "<enter>")
        assert "Names are hidden: the contact is not shown." in it.banner
        await it.do("<right>", "1", "<enter>")
        await it.until(lambda: it.lines[1] == "0003 | Novak Wei | missing")


async def test_names_of_every_script_are_only_text():
    names = ["[@click=app.quit]x[/]", "Red\x1b[31m", "王小明" * 20, "محمد الفارسي"]
    roster = [person(n, name, "[/foo]") for n, name in enumerate(names, 1)]
    desk = OwingDesk(roster)
    desk.branches = [type(desk.branches[0])(1, desk.branches[0].uid, "[/foo]", "[red]Li\x1b", "[/]")]
    async with chasing(desk, size=(120, 36)) as it:
        assert "[@click=app.quit]x[/]" in it.picture
        assert "\x1b" not in it.picture
        assert "[/foo] · 4 people · contact [red]Li\u241b, [/]" in it.picture


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (160, 45)])
async def test_every_size_shows_scope_totals_and_lines(size):
    async with chasing(owing(), size=size) as it:
        for words in ("Notes of Mon 18 May 2026", "4 people owe 4 notes.", "Hepan · 2 people", "Novak Wei"):
            assert words in it.picture
        assert all(len(line) <= size[0] for line in it.picture.splitlines())


async def test_no_program_says_what_to_do():
    def none(request):
        raise CheckInError("no_program")

    desk = OwingDesk(the_session=None, here=0)
    desk.do_LoadDesk = none
    async with driven(desk) as it:
        while len(it.app.screen_stack) < 2:
            await it.pilot.pause(0.01)
        await it.do("<escape>")
        it.app.show(View.CHASE)
        await Chasing(it).until(lambda: "There is no program yet. → 1 makes one" in it.picture)


async def test_after_the_end_of_the_day_it_is_still_about_the_session():
    desk = OwingDesk()
    desk.clock.at = ENDS + 30 * MINUTE
    async with chasing(desk) as it:
        assert "4 people owe 4 notes." in it.picture
        assert desk.asked == [LoadOwed(desk.session.key, False, None)]
