"""The forms: what they take, what they refuse and where they say so, and what comes out of them."""

from datetime import date, time

import pytest
from textual import events

from checkin_tui.tui.screens.because import correct_day
from checkin_tui.tui.screens.first_start import FirstStart
from checkin_tui.tui.screens.form import Choice
from checkin_tui.tui.screens.time_entry import LateFrom, TimeEntry
from checkin_tui.tui.screens.walk_in import WalkIn, WalkInForm
from tests.tui.dialogs import AT, BRANCHES, DAY, UNSET, ZONE, Desk, filled, remarks

MINUTE = 60_000


async def test_enter_goes_through_the_fields_and_only_save_saves():
    app = Desk()
    async with app.run_test() as pilot:
        form = WalkInForm("Mara Quill", BRANCHES)
        app.open(form)
        await pilot.pause()
        visited = []
        for _step in range(4):
            visited.append(form.focused.id)
            await pilot.press("enter")
        assert visited == ["name", "branch", "kind", "save"]
        assert app.result == WalkIn("Mara Quill", "", guest=False)


async def test_a_burst_of_enters_in_a_field_goes_on_by_one():
    app = Desk()
    async with app.run_test() as pilot:
        form = WalkInForm("", BRANCHES)
        app.open(form)
        await pilot.pause()
        app.burst([*"0017", "enter", *"0018", "enter", *"0019", "enter"], at=0)
        await pilot.pause()
        assert form.field("name").value == "001700180019"
        assert form.focused.id == "branch"
        assert app.result is UNSET


async def test_arrows_go_from_field_to_field():
    app = Desk()
    async with app.run_test() as pilot:
        form = WalkInForm("", BRANCHES)
        app.open(form)
        await pilot.pause()
        await pilot.press("down", "down", "up")
        assert form.focused.id == "branch"


@pytest.mark.parametrize("comes", ["enter", "tab", "down"])
async def test_typing_replaces_what_a_field_offers_however_the_keyboard_came_to_it(comes):
    app = Desk()
    async with app.run_test() as pilot:
        form = FirstStart(today=date(2026, 5, 18), zone=ZONE)
        app.open(form)
        await pilot.pause()
        await pilot.press(comes, *"2026-05-19")
        assert form.field("first").value == "2026-05-19"


async def test_the_first_field_goes_on_where_it_ends_until_the_keyboard_comes_back_to_it():
    app = Desk()
    async with app.run_test() as pilot:
        form = WalkInForm("Mara", BRANCHES)
        app.open(form)
        await pilot.pause()
        await pilot.press("x")
        assert form.field("name").value == "Marax"
        await pilot.press("down", "up", "B", "o")
        assert form.field("name").value == "Bo"


async def test_letters_typed_on_a_button_of_a_form_go_nowhere_and_a_hint_says_so():
    app = Desk()
    async with app.run_test() as pilot:
        form = WalkInForm("Mara", BRANCHES)
        app.open(form)
        await pilot.pause()
        form.query_one("#save").focus()
        await pilot.pause()
        app.burst([*"zw", "enter"], at=2)  # right behind letters, Enter confirms nothing either
        await pilot.pause()
        assert app.is_open
        assert "Nothing is typed on a button." in app.shown()
        await pilot.press("shift+tab")
        assert "Nothing is typed" not in app.shown()
        assert form.hint() in app.shown()
        await pilot.press("tab")
        app.burst(["x", "escape"], at=4)
        await pilot.pause()
        assert not app.is_open
        assert app.typed == []


async def test_what_is_pasted_on_a_choice_goes_nowhere():
    app = Desk()
    async with app.run_test() as pilot:
        form = WalkInForm("Mara", BRANCHES)
        app.open(form)
        await pilot.pause()
        form.choice("kind").focus()
        app.post_message(events.Paste("zhang"))
        await pilot.pause()
        assert "Space, ← and → choose" in app.shown()
        await pilot.press("escape")
        assert app.typed == []


async def test_a_scan_on_a_button_of_a_form_waits_for_the_box():
    app = Desk()
    async with app.run_test() as pilot:
        form = WalkInForm("Mara", BRANCHES)
        app.open(form)
        await pilot.pause()
        form.query_one("#save").focus()
        await pilot.pause()
        app.burst([*"0021", "enter", "ctrl+j"], at=2)
        await pilot.pause()
        assert "0021 waits and goes to the box afterwards." in app.shown()
        app.burst(["enter", *"0022", "enter"], at=3)  # saved, and scanned on in the same burst
        await pilot.pause()
        assert app.result == WalkIn("Mara", "", guest=False)
        assert "".join(app.typed) == "0021\n0022\n"


async def test_letters_typed_before_a_save_that_was_refused_do_not_reach_the_box():
    app = Desk()
    async with app.run_test() as pilot:
        form = WalkInForm("", BRANCHES)
        app.open(form)
        await pilot.pause()
        form.query_one("#save").focus()
        await pilot.pause()
        app.burst(["x"], at=1)
        app.burst(["enter"], at=2)
        await pilot.pause()
        assert form.focused is form.field("name")
        app.burst(["escape"], at=2.1)
        await pilot.pause()
        assert app.typed == []


async def test_a_walk_in_takes_the_offered_branch_and_may_be_a_guest():
    app = Desk()
    async with app.run_test() as pilot:
        form = WalkInForm("Mara  Quill", BRANCHES)
        app.open(form)
        await pilot.pause()
        await pilot.press("enter", "x", "i")
        await pilot.pause()
        await pilot.press("right", "enter")
        app.burst(" ", at=1)
        await pilot.pause()
        assert form.choice("kind").value == "guest"
        form.save()
        await pilot.pause()
        assert app.result == WalkIn("Mara Quill", "Xinghe", guest=True)


async def test_a_walk_in_without_a_name_is_asked_for_it():
    app = Desk()
    async with app.run_test() as pilot:
        app.open(WalkInForm("", BRANCHES))
        await pilot.pause()
        await filled(pilot, branch="Nowhere yet")
        assert remarks(app.screen) == {"name": "✗ A name is needed.", "branch": "a new branch"}
        assert app.screen.focused.id == "name"


async def test_a_choice_goes_around():
    app = Desk()
    async with app.run_test() as pilot:
        form = WalkInForm("Mara", BRANCHES)
        app.open(form)
        await pilot.pause()
        choice = form.choice("kind")
        choice.focus()
        await pilot.press("right")
        assert choice.value == "guest"
        await pilot.press("right")
        assert choice.value == "member"
        await pilot.press("left")
        assert choice.value == "guest"
        assert "(x) guest of today" in app.shown()
        assert isinstance(form.focused, Choice)


@pytest.mark.parametrize(("typed", "minutes"), [("14:20", -6), ("1405", -21), ("１４：２６", 0), ("9.05", -321)])
async def test_a_time_is_taken_as_people_write_it(typed, minutes):
    app = Desk()
    async with app.run_test() as pilot:
        app.open(TimeEntry("Left at", "Mara", day=DAY, zone=ZONE, clock=lambda: AT))
        await pilot.pause()
        await filled(pilot, time=typed)
        assert app.result == AT + minutes * MINUTE


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("14:27", "✗ 14:27 is still to come. Nothing changed."),
        ("25:00", "✗ 25:00 is not a time of day. Times are written 14:30."),
        ("", "✗  is not a time of day. Times are written 14:30."),
    ],
)
async def test_a_time_that_cannot_be_is_refused_beneath_its_field(typed, said):
    app = Desk()
    async with app.run_test() as pilot:
        app.open(TimeEntry("Left at", "Mara", day=DAY, zone=ZONE, clock=lambda: AT))
        await pilot.pause()
        await filled(pilot, time=typed)
        assert remarks(app.screen) == {"time": said}
        await filled(pilot, time="14:00")
        assert app.result == AT - 26 * MINUTE


async def test_the_arrows_move_a_time_by_a_minute():
    app = Desk()
    async with app.run_test() as pilot:
        app.open(TimeEntry("Left at", "Mara", day=DAY, zone=ZONE, clock=lambda: AT, initial="14:00"))
        await pilot.pause()
        await pilot.press("up", "up", "down")
        assert app.screen.field("time").value == "14:01"


async def test_typing_after_an_arrow_replaces_the_whole_time():
    app = Desk()
    async with app.run_test() as pilot:
        app.open(TimeEntry("Left at", "Mara", day=DAY, zone=ZONE, clock=lambda: AT, initial="14:20"))
        await pilot.pause()
        await pilot.press(*"1405", "enter")
        app.screen.field("time").focus()
        await pilot.press("up")
        assert app.screen.field("time").value == "14:06"
        await pilot.press("9")
        assert app.screen.field("time").value == "9"


async def test_typing_replaces_the_time_offered():
    app = Desk()
    async with app.run_test() as pilot:
        app.open(TimeEntry("Left at", "Mara", day=DAY, zone=ZONE, clock=lambda: AT, initial="14:26"))
        await pilot.pause()
        await pilot.press("1", "4", "0", "1")
        assert app.screen.field("time").value == "1401"


async def test_late_is_never_before_the_start():
    app = Desk()
    async with app.run_test() as pilot:
        app.open(LateFrom(starts=AT, late_from=AT + 10 * MINUTE, zone=ZONE))
        await pilot.pause()
        assert app.screen.field("time").value == "14:36"
        await filled(pilot, time="14:25")
        assert remarks(app.screen) == {"time": "✗ Late cannot begin before the session does, at 14:26."}
        await filled(pilot, time="14:26")
        assert app.result == time(14, 26)


async def test_a_correction_of_a_closed_day_needs_words():
    app = Desk()
    async with app.run_test() as pilot:
        app.open(correct_day(DAY))
        await pilot.pause()
        assert "Correct Thu 21 May" in app.shown()
        await filled(pilot, because="  ")
        assert app.is_open
        await filled(pilot, because=" the sheet  said so ")
        assert app.result == "the sheet said so"
