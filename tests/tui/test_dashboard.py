"""The dashboard under the keys: what changes, what opens, and that nothing is painted for nothing."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from checkin_tui.domain.board import Figure
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.reads import LoadCampaign
from checkin_tui.domain.sessions import SessionState
from checkin_tui.tui.commands import View
from checkin_tui.tui.desk.dashboard.facts import Arrived, OneDay, Sessions, Who
from checkin_tui.tui.screens.behind import PeopleBehind
from checkin_tui.tui.screens.choose import Choose
from checkin_tui.tui.screens.day_page import DayPage
from checkin_tui.tui.screens.history import HistoryDialog
from tests.tui.afternoon import GUEST, afternoon, planned
from tests.tui.driving import driven
from tests.tui.fakes import MINUTE, STARTS


@asynccontextmanager
async def dashboard(desk=None, **more):
    """The program with its dashboard on the screen."""
    async with driven(desk or afternoon(), **more) as it:
        await it.go(View.DASHBOARD)
        await it.until(lambda: it.screen.live.facts is not None and it.screen.live.facts.days is not None)
        await it.settle()
        yield it


def asked(desk) -> int:
    return sum(isinstance(request, LoadCampaign) for request in desk.seen)


async def settled_drawing(it) -> None:
    """Until nothing waits to be drawn."""
    await it.until(lambda: it.screen.live._waiting is None)
    await it.settle()


async def choose(it, key) -> None:
    """By the arrows alone."""
    it.keys(*["down"] * (it.screen.canvas._keys().index(key) + 1))
    await it.settle()
    assert it.screen.chosen == key


# ------------------------------------------------------------------------------------------------------------ choosing


async def test_every_figure_is_reached_by_the_arrows_and_opens_something():
    async with dashboard(size=(120, 36)) as it:
        keys = it.screen.canvas._keys()
        for key in keys:
            it.screen.step(1)
            assert it.screen.chosen == key
        behind = {Who: PeopleBehind, Arrived: PeopleBehind, Sessions: Choose, OneDay: DayPage}
        assert {type(key) for key in keys} == set(behind)
        for kind, dialog in behind.items():
            it.screen.canvas.choose(next(key for key in keys if isinstance(key, kind)))
            await it.do("<enter>")
            assert isinstance(it.app.screen, dialog)
            await it.answer("<escape>")


async def test_pages_go_from_panel_to_panel_and_back():
    async with dashboard() as it:
        panels = [group for group in it.screen.canvas.page.panels if group]
        found = []
        for _panel in panels:
            await it.do("<pagedown>")
            found.append(it.screen.chosen)
        assert found == [group[0] for group in panels]
        await it.do("<pageup>")
        assert it.screen.chosen == panels[-2][0]


async def test_home_and_end_go_to_the_first_and_the_last_figure():
    async with dashboard() as it:
        await it.do("<end>")
        last = it.screen.chosen
        await it.do("<down>")
        assert it.screen.chosen == last
        await it.do("<home>")
        first = it.screen.chosen
        await it.do("<up>")
        assert it.screen.chosen == first != last


async def test_the_highlight_is_a_sign_and_stays_in_view():
    async with dashboard() as it:
        for _step in range(len(it.screen.canvas._keys())):
            it.keys("down")
        await it.settle()
        assert it.screen.canvas.scroll_offset.y > 0
        lines = it.screen.canvas._lines
        signs = [(y, span.text) for y, line in enumerate(lines) for span in line if span.kind == "highlight"]
        assert [text[0] for _y, text in signs] == [">"]
        assert 0 <= signs[0][0] - it.screen.canvas.scroll_offset.y < it.screen.canvas.size.height
        await it.do("<escape>")
        assert it.screen.chosen is None
        await it.do("<escape>")
        assert it.app.view.VIEW is View.ROSTER


async def test_enter_without_a_highlight_says_what_to_do():
    async with dashboard() as it:
        assert not it.screen.banner.display
        await it.do("<enter>")
        assert it.banner == "Choose a figure with ↑ ↓, then Enter shows who is behind it."
        assert it.screen.banner.display


async def test_a_click_chooses_and_a_second_one_opens():
    async with dashboard() as it:
        await it.pilot.click("#canvas", offset=(5, 2))
        await it.settle()
        assert it.screen.chosen == Who(Figure.EXPECTED)
        await it.pilot.click("#canvas", offset=(5, 2))
        await it.settle()
        assert isinstance(it.app.screen, PeopleBehind)


# ------------------------------------------------------------------------------------------------------- what is behind


async def test_a_list_of_people_leads_to_a_history_and_back():
    async with dashboard() as it:
        await choose(it, Who(Figure.LATE))
        await it.do("<enter>")
        assert "Late: 3 people" in it.picture
        assert "late from" not in it.picture
        await it.answer("<down>", "<enter>")
        assert isinstance(it.app.screen, HistoryDialog)
        await it.answer("<escape>")
        assert isinstance(it.app.screen, PeopleBehind)
        await it.answer("<escape>")
        assert it.screen.chosen == Who(Figure.LATE)


async def test_an_open_list_follows_what_changes():
    async with dashboard() as it:
        it.screen.behind.open(Who(Figure.UNMARKED))
        await it.pilot.pause()
        assert "Not here yet: 3 people" in it.picture
        it.desk.arrived(9, STARTS + MINUTE)
        await it.until(lambda: "Not here yet: 2 people" in it.picture)


async def test_a_day_opens_its_figures_and_then_its_register_in_every_view():
    async with dashboard(size=(120, 36)) as it:
        await choose(it, OneDay(23))
        await it.do("<enter>")
        for words in ("Fri 15 May", "27/30 · 90.00 %", "> 98 %, not met", "Chapter 3", "18 of 27 complete"):
            assert words in it.picture
        await it.answer("<enter>")
        assert it.app.day == it.desk.earlier[1].key
        assert it.screen.register.session.id == 23
        await it.go(View.ROSTER)
        assert it.screen.register.session.id == 23


async def test_registers_not_taken_open_those_sessions():
    async with dashboard() as it:
        await choose(it, Sessions.NOT_TAKEN)
        await it.do("<enter>")
        assert "Register not taken: 1 session" in it.picture
        await it.answer("<enter>")
        assert isinstance(it.app.screen, DayPage)
        assert "Sat 16 May" in it.picture


async def test_the_day_on_the_screen_has_nothing_to_open():
    async with dashboard() as it:
        it.screen.behind.open(OneDay(1))
        await it.pilot.pause()
        assert "Its register is on the screen" in it.picture
        await it.answer("<enter>")
        assert it.app.day is None


async def test_a_scan_into_a_list_goes_to_the_roster_with_its_enter():
    async with dashboard() as it:
        it.screen.behind.open(Who(Figure.UNMARKED))
        await it.pilot.pause()
        await it.do("0009\r")
        await it.answer("<escape>")
        await it.until(lambda: it.app.view.VIEW is View.ROSTER)
        await it.settle()
        assert it.status(9) == "late"


async def test_what_is_typed_goes_to_the_box_of_the_roster():
    async with dashboard() as it:
        await it.do("0019", "<enter>")
        assert it.app.view.VIEW is View.ROSTER
        assert it.status(19) == "late"


# ---------------------------------------------------------------------------------------------------------------- live


async def test_the_other_windows_mark_is_there_at_its_next_look():
    async with dashboard() as it:
        it.desk.arrived(9, STARTS + MINUTE)
        await it.until(lambda: "22/30 · 73.33 %" in it.picture)
        assert asked(it.desk) == 1


async def test_a_burst_is_drawn_a_few_times_and_ends_with_the_truth():
    async with dashboard() as it:
        drawn, redraw = [], it.screen.canvas.redraw
        it.screen.canvas.redraw = lambda: drawn.append(1) or redraw()
        for _change in range(50):
            it.screen.live.changed()
        it.screen.register.model.set_mark(9, it.screen.register.model.mark(1))
        it.screen.live.changed()
        await settled_drawing(it)
        assert len(drawn) <= 2
        assert "22/30" in it.picture


async def test_nothing_is_drawn_while_another_view_is_on_the_screen():
    async with dashboard() as it:
        screen, drawn = it.screen, []
        redraw = screen.canvas.redraw
        screen.canvas.redraw = lambda: drawn.append(1) or redraw()
        await it.go(View.ROSTER)
        await it.do("0009", "<enter>")
        assert drawn == []
        await it.go(View.DASHBOARD)
        await it.until(lambda: "22/30" in it.picture)
        assert len(drawn) <= 2
        assert asked(it.desk) == 1


async def test_the_campaign_is_read_again_when_other_sessions_changed():
    async with dashboard() as it:
        load = it.desk.do_LoadNews
        it.desk.do_LoadNews = lambda request: load(request)._replace(elsewhere=True)
        it.desk.foreign = True
        await it.until(lambda: asked(it.desk) == 2)
        it.desk.do_LoadNews = lambda request: load(request)._replace(reload=True)
        it.desk.foreign = True
        await it.until(lambda: asked(it.desk) == 3)


async def test_a_campaign_that_cannot_be_read_is_told_and_asked_for_again():
    async with dashboard() as it:

        def broken(request):
            raise CheckInError("db_busy")

        load, it.desk.do_LoadCampaign = it.desk.do_LoadCampaign, broken
        it.screen.live.read_again()
        await it.until(lambda: it.banner != "")
        it.desk.do_LoadCampaign = load
        before = asked(it.desk)
        await it.go(View.ROSTER)
        await it.go(View.DASHBOARD)
        await it.until(lambda: asked(it.desk) == before + 1)


async def test_nothing_is_sent_while_nothing_happens():
    async with dashboard() as it:
        await it.do("<down>")
        await asyncio.sleep(0.3)
        painted, drawn = [], []
        it.screen._compositor_refresh = lambda: painted.append(1)
        it.screen.canvas.render_line = drawn.append
        await asyncio.sleep(1.2)
        assert painted == []
        assert drawn == []


async def test_another_minute_paints_only_the_clock():
    async with dashboard() as it:
        await asyncio.sleep(0.15)
        drawn, original = [], it.screen.canvas.render_line
        it.screen.canvas.render_line = lambda y: drawn.append(y) or original(y)
        it.desk.clock.at += MINUTE  # within the same column of the arrivals
        it.screen.figures.tick()
        await settled_drawing(it)
        assert "14:51" in it.picture
        assert drawn == []


async def test_one_mark_paints_only_the_lines_it_changes():
    async with dashboard() as it:
        await asyncio.sleep(0.15)
        drawn, original = set(), it.screen.canvas.render_line
        it.screen.canvas.render_line = lambda y: drawn.add(y) or original(y)
        before = it.screen.canvas._lines
        it.desk.arrived(9, STARTS + MINUTE)
        await it.until(lambda: "22/30" in it.picture)
        changed = {y for y, line in enumerate(it.screen.canvas._lines) if line != before[y]}
        assert drawn == {y for y in changed if y < it.screen.canvas.size.height}
        assert len(drawn) < it.screen.canvas.size.height


# ------------------------------------------------------------------------------------------------------------ commands


async def test_branches_are_sorted_in_turn():
    async with dashboard() as it:
        for words in ("most notes owed first", "by name", "worst rate first"):
            await it.do("<right>", "4", "<enter>")
            assert it.banner == f"Branches: {words}."
            assert words in it.picture.split("BRANCHES")[1].splitlines()[0]


async def test_hidden_names_are_hidden_in_every_list():
    async with dashboard() as it:
        await it.do("<right>", "5", "<enter>")
        await it.until(lambda: it.screen.register.hidden)
        it.screen.behind.open(Who(Figure.GUESTS))
        await it.pilot.pause()
        assert f"#{GUEST}" in it.picture
        assert "Novak" not in it.picture
        await it.answer("<down>", "<enter>")
        assert f"History of #{GUEST}" in it.picture


# -------------------------------------------------------------------------------------------------- nothing to count


async def test_the_first_mark_turns_what_comes_into_figures():
    async with dashboard(planned(afternoon(marked=False))) as it:
        assert "WHAT COMES" in it.picture
        await it.do("0009", "<enter>")
        await it.go(View.DASHBOARD)
        await it.until(lambda: "1/30 · 3.33 %" in it.picture)
        assert "WHAT COMES" not in it.picture


async def test_without_a_program_it_says_what_to_do():
    def no_program(request):
        raise CheckInError("no_program")

    desk = afternoon(marked=False)
    desk.session, desk.do_LoadDesk = None, no_program
    async with driven(desk) as it:
        await it.until(lambda: len(it.app.screen_stack) > 1)
        await it.do("<escape>", "<f4>")
        await it.until(lambda: "There is no program yet. Make one on the roster" in it.picture)


@pytest.mark.parametrize("state", [SessionState.CLOSED, SessionState.CANCELLED])
async def test_a_closed_day_keeps_its_figures_and_a_cancelled_one_has_none(state):
    desk = afternoon()
    desk.session = replace(desk.session, state=state, closed=STARTS + 150 * MINUTE)
    async with dashboard(desk) as it:
        if state is SessionState.CLOSED:
            assert "3 not marked" in it.picture
        else:
            assert "was cancelled" in it.picture
            assert "21/30" not in it.picture
