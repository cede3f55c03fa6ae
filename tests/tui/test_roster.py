"""The desk: what Enter, the keys and the action bar do to the register, and what the organizer is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from checkin_tui.domain.requests import MarkPerson
from checkin_tui.domain.sessions import SessionState
from tests.tui.driving import driven
from tests.tui.fakes import DAY, ENDS, FULL, MINUTE, STARTS, Clock, FakeDesk, person, session


def small_desk(**more) -> FakeDesk:
    roster = [
        person(1, "Zhang Wei", "Hepan"),
        person(2, "Chen Mei", "Hepan"),
        person(3, "Li Na", "Hepan"),
        person(4, "Zhang Wen", "Xinghe"),
        person(5, "Li Nan", "Xinghe"),
        person(6, "Anna Larsen", "Xinghe"),
    ]
    desk = FakeDesk(roster, more.pop("clock", Clock()), **more)
    desk.owes = {5: 2}
    return desk


async def test_a_code_and_enter_check_somebody_in():
    async with driven(small_desk()) as it:
        await it.do("0004", "<enter>")
        assert it.status(4) == "present"
        assert it.banner.startswith("✓ PRESENT  Zhang Wen · Xinghe · 14:26")
        assert it.screen.box.value == ""
        counts = it.screen.counts_line.shown.counts
        assert (counts.present, counts.unmarked, counts.expected) == (1, 5, 6)


async def test_the_clock_makes_somebody_late_and_the_banner_says_by_how_much():
    async with driven(small_desk(clock=Clock(STARTS + 12 * MINUTE))) as it:
        await it.do("0005", "<enter>")
        assert it.status(5) == "late"
        assert it.banner == "~ LATE 12 min  Li Nan · Xinghe · 14:42\nstart 14:30, late from 14:40 · owes 2 notes"


async def test_the_only_hit_is_taken_and_so_is_the_one_that_matches_whole():
    async with driven(small_desk()) as it:
        await it.do("lars")
        assert it.highlighted == "Anna Larsen"
        await it.do("<enter>")
        assert it.status(6) == "present"
        await it.do("li na")  # also the beginning of Li Nan
        assert it.highlighted == "Li Na"
        await it.do("<enter>")
        assert (it.status(3), it.status(5)) == ("present", None)


async def test_space_means_and():
    async with driven(small_desk()) as it:
        await it.do("zw xi", "<enter>")
        assert it.status(4) == "present"


async def test_several_hits_mark_nobody_and_the_text_stays_selected():
    async with driven(small_desk()) as it:
        await it.do("zhang", "<enter>")
        assert it.banner.startswith("! 2 people fit. Nobody was marked.")
        assert it.screen.box.value == "zhang"
        assert it.desk.refusals[0].code == "ambiguous"
        await it.do("c")
        assert it.screen.box.value == "c"


async def test_digits_that_are_no_code_only_list():
    async with driven(small_desk()) as it:
        await it.do("0012", "<enter>")
        assert it.banner == "! 0012 is not a code here. Nobody was marked."
        assert (it.desk.refusals[0].typed, it.desk.refusals[0].code) == ("0012", "unknown")


async def test_an_arrow_comes_before_all_else_and_a_letter_takes_it_back():
    async with driven(small_desk()) as it:
        await it.do("zhang", "<down>", "<down>", "<enter>")
        assert it.status(4) == "present"
        await it.do("<down>", "x")
        assert it.highlighted is None


async def test_a_second_enter_marks_nobody():
    async with driven(small_desk()) as it:
        await it.do("0004", "<enter>", "<enter>", "<enter>")
        assert [member for member in range(1, 7) if it.status(member)] == [4]
        assert it.desk.refusals == []


async def test_already_here_says_since_when_and_changes_nothing():
    async with driven(small_desk()) as it:
        await it.do("0004", "<enter>")
        it.desk.clock.at += 3 * MINUTE
        await it.do("0004", "<enter>")
        assert "14:26" in it.banner
        assert "Nothing changed" in it.banner
        assert it.screen.box.value == "0004"


async def test_function_keys_are_for_the_highlighted_person_only():
    async with driven(small_desk()) as it:
        await it.do("<f8>")
        assert "Choose a person first" in it.banner
        await it.do("<down>", "<f8>")
        assert it.status(1) == "absent"
        await it.do("<f6>")
        assert it.status(1) == "late"
        await it.do("<down>", "<f5>")
        it.desk.clock.at += 30 * MINUTE
        await it.do("<f9>")
        assert it.status(2) == "present"
        assert it.screen.register.model.mark(2).left == it.desk.clock.at


async def test_leave_asks_for_the_reason():
    async with driven(small_desk()) as it:
        await it.do("<down>", "<f7>")
        await it.answer("1", "<enter>")
        assert it.status(1) == "excused"
        assert "ON LEAVE (SICK)" in it.banner


async def test_everything_can_be_done_without_function_keys():
    async with driven(small_desk()) as it:
        await it.do("<down>", "<right>")
        assert [item.digit for item in it.screen.bar.shown.items] == ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"]
        await it.do("4", "<enter>")
        assert it.status(1) == "absent"
        await it.do("<escape>", "<right>", "4", "<enter>")
        assert it.status(1) is None


async def test_more_than_a_digit_in_the_action_bar_is_a_scan():
    async with driven(small_desk()) as it:
        await it.do("<down>", "<right>", "0004", "<enter>")
        assert it.status(1) is None
        assert it.status(4) == "present"
        assert not it.screen.box.bar_is_open


async def test_undo_and_redo_name_what_they_did():
    async with driven(small_desk()) as it:
        await it.do("0004", "<enter>", "<ctrl+z>")
        assert it.status(4) is None
        assert "Taken back" in it.banner
        assert "Zhang Wen" in it.banner
        await it.do("<ctrl+y>")
        assert it.status(4) == "present"
        assert "Zhang Wen" in it.banner


async def test_what_was_not_saved_stays_until_it_is_tried_again():
    async with driven(small_desk()) as it:
        it.desk.failing = FULL
        await it.do("0004", "<enter>")
        assert it.status(4) is None
        assert it.banner.startswith("✗ NOT SAVED: The disk is full.")
        assert it.screen.head.shown.state == "NOT SAVED 1"
        await it.do("0001", "<enter>")
        assert it.screen.head.shown.state == "NOT SAVED 2"
        it.desk.failing = None
        await it.do("<right>", "1", "<enter>")
        assert (it.status(4), it.status(1)) == ("present", "present")
        assert it.screen.head.shown.state == "saved"
        first, again = [r for r in it.desk.seen if isinstance(r, MarkPerson) and r.member_id == 4]
        assert first == again


async def test_what_was_not_saved_can_be_put_away():
    async with driven(small_desk()) as it:
        it.desk.failing = FULL
        await it.do("0004", "<enter>")
        it.desk.failing = None
        it.screen.run_command("desk.put_away")
        await it.settle()
        assert it.screen.head.shown.state == "saved"
        assert it.status(4) is None


async def test_a_mark_that_waits_for_the_disk_looks_different():
    async with driven(small_desk()) as it:
        it.desk.gate.clear()
        it.type("0004\r")
        while "saving" not in it.screen.list.render_line(4).text:
            await it.pilot.pause(0.01)
        it.desk.gate.set()
        await it.settle()
        assert "present" in it.screen.list.render_line(4).text


async def test_somebody_not_expected_is_let_in_only_by_the_offer():
    guest = person(9, "Boris Novak", "Lakeside")
    async with driven(small_desk(others=[guest])) as it:
        await it.do("0009", "<enter>")
        assert "not expected" in it.banner
        await it.do("<enter>")
        assert it.status(9) is None
        await it.do("<right>", "1", "<enter>")
        assert it.status(9) == "present"
        assert it.screen.counts_line.shown.counts.guests == 1
        assert it.screen.counts_line.shown.counts.expected == 6


async def test_the_first_check_in_opens_a_planned_session_and_says_so():
    async with driven(small_desk(the_session=session(state=SessionState.PLANNED))) as it:
        assert "first check-in opens" in it.notice
        await it.do("0004", "<enter>")
        assert "The register is now open." in it.banner
        assert it.notice == ""
        assert "OPEN" in it.screen.head.shown.session


async def test_after_the_end_the_box_refuses_and_offers_the_time_of_arrival():
    async with driven(small_desk(clock=Clock(ENDS + MINUTE))) as it:
        assert it.notice.startswith("Ended 17:00.")
        await it.do("0004", "<enter>")
        assert it.status(4) is None
        assert "Ended" in it.banner
        await it.do("<right>", "1", "<enter>")
        await it.answer("15:10", "<enter>", "<enter>")
        assert it.screen.register.model.mark(4).arrived == STARTS + 40 * MINUTE


async def test_yesterdays_register_refuses_and_offers_todays():
    async with driven(small_desk(clock=Clock(STARTS + 24 * 60 * MINUTE))) as it:
        assert it.notice == "This is the register of Mon 18 May. → 1 opens today's."
        await it.do("0004", "<enter>")
        assert it.status(4) is None
        it.desk.session = session(id=2)
        it.desk.clock.at = STARTS
        before = len(it.desk.seen)
        await it.do("<escape>", "<escape>")
        it.desk.clock.at = STARTS + 24 * 60 * MINUTE
        await it.do("<right>", "1", "<enter>")
        assert len(it.desk.seen) > before


async def test_without_a_session_the_next_one_is_named():
    desk = small_desk()
    desk.following, desk.session = session(), None
    desk.today = DAY - timedelta(days=1)
    async with driven(desk) as it:
        while it.screen.register is None:
            await it.pilot.pause(0.01)
        await it.settle()
        assert it.notice == "Next: Mon 18 May. → 1 opens an extra one."


async def test_a_closed_register_asks_once_why_it_is_corrected():
    closed = session(state=SessionState.CLOSED, closed=ENDS)
    async with driven(small_desk(the_session=closed, clock=Clock(ENDS + 10 * MINUTE))) as it:
        await it.do("0004", "<enter>")
        await it.answer("paper list", "<enter>", "<enter>")
        assert it.status(4) == "present"
        await it.do("<down>", "<f8>")
        assert it.status(1) == "absent"
        marks = [request for request in it.desk.seen if isinstance(request, MarkPerson)]
        assert [mark.because for mark in marks] == ["paper list", "paper list"]


async def test_roll_call_goes_down_the_sheet():
    async with driven(small_desk()) as it:
        await it.do("0002", "<enter>")
        it.screen.roll_call.start("Hepan")
        assert it.highlighted == "Zhang Wei"
        await it.pilot.pause(0.55)
        await it.do("<enter>")
        assert it.status(1) == "present"
        assert it.highlighted == "Li Na"
        await it.do("<space>")
        assert it.status(3) == "absent"
        assert "Roll-call done" in it.banner
        await it.do("<escape>")
        assert len(it.screen.register.model.shown) == 6


async def test_marking_all_shown_takes_the_number():
    async with driven(small_desk()) as it:
        await it.do("0001", "<enter>")
        it.screen.run_command("desk.mark_shown")
        await it.settle()
        await it.do("6", "<enter>")
        assert it.status(2) is None
        await it.do("<backspace>", "5", "<enter>")
        assert it.screen.counts_line.shown.counts.present == 6


async def test_another_window_is_seen_without_losing_what_is_typed():
    async with driven(small_desk()) as it:
        await it.do("zh")
        it.desk.arrived(4, STARTS)
        for _turn in range(200):
            if it.status(4):
                break
            await it.pilot.pause(0.02)
        assert it.status(4) == "present"
        assert it.screen.box.value == "zh"


async def test_a_walk_in_is_added_and_checked_in():
    async with driven(small_desk()) as it:
        await it.do("Wolf Quin", "<enter>")
        assert "Nobody here is called Wolf Quin" in it.banner
        await it.do("<right>", "1", "<enter>")
        await it.answer("<enter>", "Xinghe", "<enter>", "<enter>", "<enter>")
        assert it.status(7) == "present"
        assert it.screen.register.model.person(7).name == "Wolf Quin"


async def test_escape_keeps_the_text_for_an_arrow_up():
    async with driven(small_desk()) as it:
        await it.do("zhang", "<down>", "<escape>")
        assert (it.highlighted, it.screen.box.value) == (None, "zhang")
        await it.do("<escape>")
        assert it.screen.box.value == ""
        await it.do("<up>")
        assert it.screen.box.value == "zhang"


async def test_sorting_again_keeps_the_highlight_on_the_person():
    async with driven(small_desk()) as it:
        await it.do("0001", "<enter>", "<down>", "<down>")
        name = it.highlighted
        it.screen.run_command("list.order")
        await it.settle()
        assert it.highlighted == name
        assert it.screen.list.model.people[-1].name == "Zhang Wei"


@pytest.mark.parametrize("size", [(80, 24), (140, 40), (60, 18)])
async def test_nothing_is_wider_than_the_window(size):
    roster = [
        person(1, "[@click=app.quit]x[/]", "[/foo]"),
        person(2, "欧阳慧敏" * 6, "星河村"),
        person(3, "محمد عبد الرحمن", "Hepan"),
        person(4, "Maximiliane-Theodora von der Hohenlinden-Weissenbach", "A branch with a very long name indeed"),
        person(5, "Red\x1b[31m\x9b31mName", "Hepan"),
    ]
    async with driven(FakeDesk(roster, Clock()), size=size) as it:
        for number in range(1, 6):
            await it.do(f"000{number}", "<enter>")
            strips = list(it.screen._compositor.render_strips())
            assert all(strip.cell_length == size[0] for strip in strips)
            assert not any(set(strip.text) & set("\x1b\x9b\x07") for strip in strips)
        text = "\n".join(strip.text for strip in strips)
        assert "[@click=app" in text


async def test_a_window_too_small_says_so():
    async with driven(size=(50, 12)) as it:
        text = "\n".join(strip.text for strip in it.screen._compositor.render_strips())
        assert "too small" in text


@pytest.mark.parametrize("size", [(80, 24), (140, 40), (60, 18)])
async def test_every_line_fits_and_says_what_it_must(size):
    async with driven(small_desk(), size=size) as it:
        await it.do("0001", "<enter>", "<down>", "<right>")
        lines = [strip.text for strip in it.screen._compositor.render_strips()]
        assert any("1/6" in line for line in lines[:3])
        assert "0 More" in lines[-1]
        head = next(number for number, line in enumerate(lines) if "Code" in line and "Status" in line)
        row = next(line for line in lines[head + 1 :] if "Zhang Wei" in line)
        for title, value in (("Code", "0001"), ("Name", "Zhang Wei"), ("Branch", "Hepan"), ("Status", "P ✓")):
            assert lines[head].index(title) == row.index(value)
        await it.do("<escape>")
        bottom = it.screen._compositor.render_strips()[-1].text
        assert "…" not in bottom
        assert "Quit" in bottom


async def test_the_offer_to_try_again_outlives_other_banners():
    async with driven(small_desk()) as it:
        it.desk.failing = FULL
        await it.do("0004", "<enter>")
        it.desk.failing = None
        await it.do("0001", "<enter>", "<right>", "1", "<enter>")
        assert (it.status(4), it.status(1)) == ("present", "present")
