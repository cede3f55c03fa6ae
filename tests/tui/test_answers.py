"""Every command answers, and every command is reached by letters, digits, arrows, Enter and Esc alone."""

from __future__ import annotations

import asyncio
import string
from contextlib import asynccontextmanager

import pytest

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.sessions import SessionState
from checkin_tui.tui import commands
from checkin_tui.tui.command import PEOPLE
from checkin_tui.tui.commands import BY_ID, COMMANDS, Group, View
from tests.tui.driving import driven
from tests.tui.fakes import DAY, ENDS, FULL, MINUTE, STARTS, Clock, FakeDesk, people, session

ONE_DAY = 24 * 60 * MINUTE


@asynccontextmanager
async def at_desk(state: str):
    """The desk in one of the states a command may find it in."""
    clock = Clock()
    desk = FakeDesk(people(12), clock)
    if state == "closed":
        clock.at, desk.session = ENDS + MINUTE, session(state=SessionState.CLOSED, closed=ENDS)
    elif state == "ended":
        clock.at = ENDS + MINUTE
    elif state == "another day":
        clock.at = STARTS + ONE_DAY
    elif state in ("no session", "no program"):
        desk.session = None
    if state == "no program":
        desk.do_LoadDesk = no_program
    async with driven(desk) as it:
        for _turn in range(100):
            if it.screen.register is not None or len(it.app.screen_stack) > 1:
                break
            await it.pilot.pause(0.01)
        await it.settle()
        if state == "no program":
            await it.do("<escape>")
        elif state == "somebody chosen":
            await it.do("0002", "<enter>", "<ctrl+z>", "<down>")
        elif state == "not saved":
            desk.failing = FULL
            await it.do("0004", "<enter>")
        yield it


def no_program(request):
    raise CheckInError("no_program")


STATES = ("nobody chosen", "somebody chosen", "closed", "ended", "another day", "no session", "no program", "not saved")


SHARED = ("mark.present", "desk.undo", "desk.close", "desk.day", "note.seen", "people.walk_in", "app.help")
"""One of each kind of what every view can do: the rest differs by what it asks, not by the view."""

VIEWS = (
    *((View.ROSTER, state) for state in STATES),
    (View.NOTEBOOK, "somebody chosen"),
    (View.NOTEBOOK, "no session"),
    (View.WRITING, "nobody chosen"),
    (View.WRITING, "closed"),
    (View.CHASE, "nobody chosen"),
    (View.CHASE, "no session"),
    (View.DASHBOARD, "nobody chosen"),
    (View.DASHBOARD, "no session"),
    (View.PROGRAM, "nobody chosen"),
    (View.PROGRAM, "no session"),
)


@pytest.mark.parametrize(("view", "state"), VIEWS)
async def test_every_command_answers_something_visible(view, state):
    away = ("desk.today", "app.quit")  # these leave the state
    async with at_desk(state) as it:
        for command in [*(one.id for one in COMMANDS if one.id not in away), "desk.today"]:
            own = view in BY_ID[command].views
            desk = BY_ID[command].group in (Group.PERSON, Group.DESK) or state in ("nobody chosen", "somebody chosen")
            shared = command in SHARED or (view is View.ROSTER and desk and not BY_ID[command].views)
            if command == f"view.{view}" or not (own or shared or (view, state) == (View.ROSTER, "nobody chosen")):
                continue  # it is there; or it only shows the view where it belongs, which is tried once
            again = state == "somebody chosen" and command in SHARED  # the same answer again is seen as well
            for _time in range(1 + again):
                if it.app.current_mode != view:
                    await it.go(view)
                before = it.picture
                it.screen.run_command(command)
                for turn in range(200):
                    if it.picture != before:
                        break
                    await asyncio.sleep(0.001 * turn)
                else:
                    raise AssertionError(f"{command} says nothing")
                if it.app.current_mode != view:
                    await it.settle()  # a form that still opens over the other view would have the next keys
                while (open_now := len(it.app.screen_stack)) > 1:
                    it.keys("escape")
                    await it.until(lambda open_now=open_now: len(it.app.screen_stack) < open_now)


def plain(label: str) -> str:
    """What somebody types to find a label in the palette."""
    return "".join(letter for letter in label if letter in string.ascii_letters + " '").strip()


async def test_every_command_is_reached_without_function_keys_ctrl_and_alt():
    reached: set[str] = set()
    places = [(View.ROSTER, state) for state in ("somebody chosen", "closed", "no session", "another day", "not saved")]
    for view, state in [*places, *((view, "somebody chosen") for view in View)]:
        async with at_desk(state) as it:
            if view is View.CHASE:
                await it.do("0003", "<enter>")  # somebody owes a note
            await it.go(view)
            if view is View.WRITING:
                await it.do("0002", "<enter>", "<escape>")  # a note is open
            elif view in (View.CHASE, View.PROGRAM):
                await it.do("<down>")
            table = it.screen.dispatch
            run = table.run

            def ran(command_id, run=run):
                reached.add(command_id)
                if command_id == "app.palette":
                    run(command_id)

            table.run = ran
            for command in COMMANDS:
                there = not command.views or view in command.views
                if there and command.id not in reached and it.screen.why_not(command) is None:
                    it.keys("right")
                    it.type("0\r")
                    it.type(plain(command.label) + "\r")
                    await it.until(lambda wanted=command.id: wanted in reached)
                    await it.until(lambda: len(it.app.screen_stack) == 1)
    assert reached == set(commands.BY_ID)


@pytest.mark.parametrize("view", View)
async def test_every_digit_of_the_action_bars_does_what_it_says(view):
    async with at_desk("somebody chosen") as it:
        await it.go(view)
        if view is View.WRITING:
            await it.do("0002", "<enter>", "<escape>")
        done: list[str] = []
        it.screen.dispatch.run = done.append
        for of_person in (True, False) if view in PEOPLE else (False,):
            if of_person:
                await it.do("<down>")
            else:
                await it.do("<escape>") if view in PEOPLE else None
            for command in COMMANDS:
                digit = command.person if of_person else command.desk
                if digit and view in command.bar and command.id != f"view.{view}" and not it.screen.why_not(command):
                    it.keys("right")
                    await it.until(lambda entry=f"{digit} {command.label}": entry in it.bar)
                    done.clear()
                    it.type(f"{digit}\r")
                    await it.until(lambda: bool(done))
                    assert done == [command.id]


async def test_a_refusal_of_the_day_names_the_digit_that_opens_todays_register():
    async with at_desk("another day") as it:
        it.desk.failing = FULL
        await it.do("<down>", "<f8>")
        await it.do("<down>", "<enter>")
        assert it.banner == "! This is the register of Mon 18 May. → 1 opens today's."
        assert it.notice.startswith("1 step is NOT SAVED. → 2 tries again. · ")
        await it.do("<right>")
        assert it.bar[:2] == ["1 Open today's register", "2 Try again"]


async def test_a_digit_that_is_not_in_the_bar_says_so():
    async with at_desk("nobody chosen") as it:
        await it.do("<right>", "8", "<enter>")
        assert it.banner == "! There is no 8 in this list."


async def test_the_same_answer_twice_looks_different():
    async with at_desk("nobody chosen") as it:
        await it.do("0099", "<enter>")
        first = it.banner
        await it.do("0099", "<enter>")
        assert it.banner == f"(again) {first}"
        await it.do("0099", "<enter>")
        assert it.banner == first


@pytest.mark.parametrize(
    ("before", "still"),
    [((), "not here yet"), (("<f8>",), "absent"), (("<f7>", "1", "<enter>"), "on leave (sick)")],
    ids=["unmarked", "absent", "on leave"],
)
async def test_somebody_who_never_arrived_leaves(before, still):
    async with at_desk("nobody chosen") as it:
        await it.do("<down>")
        for step in before:
            await it.answer(step)
        status = it.status(1)
        await it.do("<f9>")
        assert it.banner.startswith(f"Left 14:26 noted · still {still} · {it.highlighted} · Xinghe")
        assert it.status(1) == status
        await it.do("<f9>")
        assert it.banner == f"! Already left at 14:26. Nothing changed.\n{it.highlighted}"


async def test_after_not_now_the_desk_says_what_to_do_and_answers_keys():
    async with at_desk("no program") as it:
        assert "no program yet" in it.picture
        assert "opening" not in it.picture
        assert "There is no program yet. → 1 makes one" in it.notice
        await it.do("<f8>")
        assert it.banner == "! Absent: There is no program yet."
        await it.do("zhang", "<enter>")
        assert "There is no program yet. → 1 makes one." in it.banner
        await it.do("<right>", "1", "<enter>")
        assert len(it.app.screen_stack) == 2


async def test_keys_pressed_before_it_was_known_that_there_is_no_program_are_answered_afterwards():
    desk = FakeDesk([], Clock(), the_session=None)
    desk.do_LoadDesk = no_program
    desk.gate.clear()
    async with driven(desk) as it:
        it.type("zhang\r")
        desk.gate.set()
        while len(it.app.screen_stack) < 2:
            await it.pilot.pause(0.01)
        await it.settle()
        await it.do("<escape>")
        assert "There is no program yet." in it.banner
        assert it.screen.box.value == "zhang"


async def test_an_empty_roster_says_how_people_come_in():
    async with driven(FakeDesk([], Clock())) as it:
        assert it.notice == "Nobody is on the list yet. → 1 imports a file, → 5 adds a person."
        await it.do("<right>")
        assert it.bar[0] == "1 Import people"
        assert "5 Add person" in it.bar


async def test_a_list_that_nobody_matches_is_not_just_empty():
    async with at_desk("nobody chosen") as it:
        await it.do("qqq")
        assert "Nobody on this list matches." in it.picture


async def test_the_offer_of_another_banner_comes_before_trying_again():
    async with at_desk("not saved") as it:
        it.desk.failing = None
        await it.do("Wolf Quin", "<enter>")
        assert "→ 1 adds this person." in it.banner
        assert it.notice.startswith("1 step is NOT SAVED. → 2 tries again. · ")
        await it.do("<right>")
        assert it.bar[:2] == ["1 Add Wolf Quin", "2 Try again"]
        await it.do("2", "<enter>")
        assert it.status(4) == "present"


async def test_after_the_banner_of_another_mark_the_first_digit_still_tries_again():
    async with at_desk("not saved") as it:
        it.desk.failing = None
        await it.do("0001", "<enter>")
        assert "PRESENT" in it.banner
        assert it.notice.startswith("1 step is NOT SAVED. → 1 tries again. · ")
        await it.do("<right>")
        assert it.bar[0] == "1 Try again"
        await it.do("1", "<enter>")
        assert it.status(4) == "present"
        assert it.notice == ""


async def test_a_banner_that_offers_to_try_again_means_it_also_with_somebody_highlighted():
    async with at_desk("nobody chosen") as it:
        it.desk.failing = FULL
        await it.do("<down>", "<f8>")
        await it.do("<right>")
        assert it.bar[0] == "1 Try again"
        it.desk.failing = None
        await it.do("1", "<enter>")
        assert it.status(1) == "absent"


async def test_an_arrow_after_the_offer_is_for_the_person():
    async with at_desk("not saved") as it:
        await it.do("<down>", "<right>")
        assert it.bar[0] == "1 Present"


async def test_what_is_not_saved_fits_the_narrow_window_with_the_name():
    desk = FakeDesk(
        [p._replace(name="Maximiliane-Theodora von der Hohenlinden-Weissenbach") for p in people(1)], Clock()
    )
    async with driven(desk) as it:
        desk.failing = FULL
        await it.do("0001", "<enter>")
        lines = it.picture.splitlines()
        assert any("NOT SAVED: The disk is full." in line for line in lines)
        assert any("→ 1 tries again. · Maximiliane-Theodora von" in line for line in lines)
        assert all(len(line) <= 80 for line in lines)


async def test_trying_again_in_vain_is_seen():
    async with at_desk("not saved") as it:
        first = it.banner
        await it.do("<right>", "1", "<enter>")
        assert it.banner == f"(again) {first}"
        assert it.notice.startswith("1 step is NOT SAVED. → 1 tries again. · ")


async def test_not_saved_marks_of_one_day_do_not_show_on_another():
    yesterday = session(id=2, key=type(session().key)(DAY.replace(day=15)), state=SessionState.CLOSED, closed=ENDS)
    async with at_desk("not saved") as it:
        assert "! NOT SAVED" in it.picture
        it.desk.earlier = [yesterday]
        it.screen.reading.visit(yesterday.key)
        await it.settle()
        assert "! NOT SAVED" not in it.picture
        assert "1 step is NOT SAVED" in it.notice
