"""The box under scanners and fast fingers: nothing lost, nothing mixed, nobody else marked."""

from __future__ import annotations

import asyncio
import time

import pytest

from checkin_tui.domain.requests import MarkPerson
from checkin_tui.tui.command import View
from checkin_tui.tui.widgets.box import LONGEST, CheckInBox
from tests.tui.driving import driven
from tests.tui.fakes import Clock, FakeDesk, people

NUMBER = 200


def marked(desk: FakeDesk) -> list[int]:
    return [request.member_id for request in desk.seen if isinstance(request, MarkPerson)]


@pytest.mark.parametrize("ending", ["\r", "\r\n", "\t", "\n"])
async def test_two_hundred_scans_in_one_burst_come_out_in_order(ending):
    async with driven(number=NUMBER) as it:
        it.type("".join(f"{number:04d}{ending}" for number in range(1, NUMBER + 1)))
        await it.settle()
        assert marked(it.desk) == list(range(1, NUMBER + 1))
        assert it.screen.counts_line.shown.counts.present == NUMBER
        assert it.desk.refusals == []


async def test_a_stall_of_the_program_changes_nothing():
    async with driven(number=40) as it:
        it.type("".join(f"{number:04d}\r\n" for number in range(1, 21)))
        time.sleep(0.3)
        it.type("".join(f"{number:04d}\r\n" for number in range(21, 41)))
        await it.settle()
        assert marked(it.desk) == list(range(1, 41))


async def test_scans_before_the_roster_is_there_wait_for_it():
    desk = FakeDesk(people(40), Clock())
    desk.gate.clear()
    async with driven_early(desk) as it:
        it.type("0003\r0005\r")
        it.keys("down", "f8")
        it.type("0007")
        await it.pilot.pause()
        assert it.screen.register is None
        desk.gate.set()
        while it.screen.register is None:
            await it.pilot.pause(0.01)
        await it.settle()
        assert marked(desk) == [3, 5, 1]
        assert it.status(1) == "absent"
        assert it.screen.box.value == "0007"


def driven_early(desk):
    """The app before it has read anything."""
    from contextlib import asynccontextmanager

    from checkin_tui.tui.app import CheckInApp
    from tests.tui.driving import Driven
    from tests.tui.fakes import settings, uids

    @asynccontextmanager
    async def opened():
        app = CheckInApp(desk.connect, settings(), desk.clock, uids())
        async with app.run_test(size=(80, 24)) as pilot:
            yield Driven(app, desk, pilot)

    return opened()


async def test_text_typed_before_the_roster_is_in_view_at_once():
    desk = FakeDesk(people(5), Clock())
    desk.gate.clear()
    async with driven_early(desk) as it:
        it.type("zh")
        await it.pilot.pause()
        assert it.screen.box.value == "zh"
        desk.gate.set()


async def test_scans_behind_an_unknown_code_still_count():
    async with driven(number=20) as it:
        it.type("0003\r\n9999\r\n0004\r\n")
        await it.settle()
        assert marked(it.desk) == [3, 4]
        assert [refusal.typed for refusal in it.desk.refusals] == ["9999"]


async def test_a_refusal_that_comes_late_leaves_the_box_to_the_next_scan():
    async with driven(number=20) as it:
        await it.do("0003", "<enter>")
        it.type("0003\r\n0004\r\n")
        await it.settle()
        assert it.banner.startswith("✓ PRESENT")
        assert it.screen.box.value == ""
        assert it.highlighted is None


async def test_prefix_and_suffix_of_a_scanner_are_taken_off():
    async with driven(number=20, prefix="]C1", suffix="#") as it:
        await it.do("]C10007#", "<enter>")
        assert it.status(7) == "present"


async def test_a_scan_while_a_dialog_is_open_waits_and_is_taken_afterwards():
    async with driven(number=20) as it:
        it.screen.run_command("app.help")
        await it.pilot.pause()
        it.type("0009\r0010\r")
        await it.pilot.pause()
        assert it.status(9) is None
        await it.do("<escape>")
        assert (it.status(9), it.status(10)) == ("present", "present")


async def test_a_scan_in_the_palette_is_not_a_command():
    async with driven(number=20) as it:
        await it.do("<ctrl+p>")
        await it.do("0009", "<enter>")
        assert len(it.app.screen_stack) == 1
        assert it.status(9) == "present"


async def test_the_palette_runs_what_was_typed():
    async with driven(number=20) as it:
        await it.do("<down>", "<ctrl+p>")
        await it.do("absent", "<enter>")
        assert it.status(1) == "absent"


async def test_a_command_whose_name_begins_so_comes_before_one_that_only_holds_the_words():
    async with driven(number=20) as it:
        await it.do("<ctrl+p>", "who owes", "<enter>")
        assert it.app.view.VIEW is View.CHASE


async def test_full_width_digits_and_letters_are_folded_and_ime_punctuation_ignored():
    async with driven(number=20) as it:
        await it.do("００，０７", "<enter>")
        assert it.status(7) == "present"


async def test_the_first_chinese_text_says_once_that_initials_are_enough():
    async with driven(number=20) as it:
        await it.do("张")
        assert "Initials are enough" in it.banner
        await it.do("<escape>", "0007", "<enter>", "张")
        assert "PRESENT" in it.banner


async def test_a_paste_is_cleaned_and_submits_nothing():
    from textual import events

    async with driven(number=20) as it:
        it.app.post_message(events.Paste("\x1b[31m0007\n0008\n"))
        await it.settle()
        assert it.screen.box.value == "[31m0007"
        assert marked(it.desk) == []


async def test_editing_keys_keep_their_place_among_the_letters():
    async with driven(number=20) as it:
        it.type("000x")
        it.keys("backspace")
        it.type("7")
        it.keys("home", "end")
        it.type("\r")
        await it.settle()
        assert marked(it.desk) == [7]


async def test_keys_that_open_a_dialog_send_the_rest_of_the_burst_there():
    async with driven(number=20) as it:
        it.keys("down", "f1")
        it.type("0009\r")
        await it.pilot.pause()
        assert marked(it.desk) == []
        await it.do("<escape>")
        assert marked(it.desk) == [9]


async def test_a_click_leaves_the_keyboard_with_the_box():
    async with driven(number=20) as it:
        await it.pilot.click("#list", offset=(5, 4))
        await it.settle()
        assert it.highlighted == it.screen.list.model.people[3].name
        it.type("0007")
        await it.settle()
        assert it.screen.box.value == "0007"


async def test_question_mark_and_enter_is_help():
    async with driven(number=5) as it:
        await it.do("?", "<enter>")
        assert len(it.app.screen_stack) == 2
        assert it.screen.box.value == ""


async def test_nothing_is_sent_while_nothing_happens():
    async with driven(number=20) as it:
        await asyncio.sleep(0.3)
        painted = []
        it.screen._compositor_refresh = lambda: painted.append(1)
        await asyncio.sleep(1.2)
        assert painted == []


async def test_a_large_text_pasted_into_the_box_or_over_a_dialog_stops_nothing():
    async with driven(number=40) as it:
        it.paste("x" * 1_000_000)
        await it.settle()
        assert it.screen.box.value == "x" * LONGEST
        await it.do("<enter>", "0003", "<enter>", "<ctrl+p>")
        it.paste("0007 " * 200_000)
        await it.do("<escape>", "<escape>", "0004", "<enter>")
        assert marked(it.desk) == [3, 4]


async def test_a_key_that_nobody_lets_go_fills_the_box_and_no_more():
    async with driven(number=4) as it:
        await it.do("x" * (LONGEST + 5))
        assert it.screen.box.value == "x" * LONGEST


async def test_of_a_large_paste_only_the_beginning_is_looked_at(monkeypatch):
    looked = []
    monkeypatch.setattr(CheckInBox, "_type", lambda _box, character: looked.append(character))
    async with driven(number=4) as it:
        it.paste("x" * (LONGEST + 5))
        await it.settle()
        assert looked == ["x"] * LONGEST


async def test_ctrl_c_ends_nothing_and_says_what_does():
    async with driven(number=4) as it:
        await it.do("zw", "<ctrl+c>")
        assert "Ctrl+Q quits" in it.banner
        assert it.screen.box.value == "zw"
