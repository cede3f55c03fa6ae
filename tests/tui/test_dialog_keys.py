"""What may confirm a dialog, and what becomes of a scanner that fires while one is open."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import cycle
from uuid import UUID

import pytest
from textual import events
from textual.geometry import Size

from checkin_tui.domain.attendance.events import Reason
from checkin_tui.domain.changes import ChangesUndone, PeopleChanged
from checkin_tui.domain.presenters import Candidate
from checkin_tui.domain.views import History, ImportPreview
from checkin_tui.tui.screens.because import correct_day, reopen_day
from checkin_tui.tui.screens.choose import Choice, Choose
from checkin_tui.tui.screens.confirm import extra_session, mark_shown
from checkin_tui.tui.screens.days_list import DaysList
from checkin_tui.tui.screens.dialog import TextPart
from checkin_tui.tui.screens.first_start import FirstStart
from checkin_tui.tui.screens.help import HelpLine, HelpScreen
from checkin_tui.tui.screens.history import HistoryDialog
from checkin_tui.tui.screens.importing.marks import MarksImport
from checkin_tui.tui.screens.importing.preview import ImportScreen
from checkin_tui.tui.screens.person import PersonForm
from checkin_tui.tui.screens.plan_preview import PlanPreview
from checkin_tui.tui.screens.program_form import ProgramForm
from checkin_tui.tui.screens.reason import ReasonDialog
from checkin_tui.tui.screens.session_form import SessionForm
from checkin_tui.tui.screens.time_entry import LateFrom, TimeEntry
from checkin_tui.tui.screens.transfer import TransferForm
from checkin_tui.tui.screens.walk_in import WalkInForm
from checkin_tui.tui.widgets.box import LONGEST
from tests.tui.dialogs import AT, BRANCHES, DAY, UNSET, ZONE, Desk, closing, member
from tests.tui.program import TERMS, a_session, changes, china, no_code, planned_keys, preview, values
from tests.tui.view_dialogs import VIEW_DIALOGS


async def no_history(request):
    return History(member(), ())


async def no_preview(request):
    return ImportPreview((), 0, 0, 0, 0, None)


async def no_import(asked, memory):
    return PeopleChanged(uid=UUID(int=5))


async def no_undo(batch):
    return ChangesUndone(uid=UUID(int=6), kind="import")


DIALOGS: dict[str, Callable] = {
    "arrived at": lambda name: TimeEntry("Arrived at", name, day=DAY, zone=ZONE, clock=lambda: AT, initial="14:26"),
    "late from": lambda name: LateFrom(starts=AT, late_from=AT + 600_000, zone=ZONE),
    "reason": lambda name: ReasonDialog(name),
    "correct": lambda name: correct_day(DAY),
    "reopen": lambda name: reopen_day(DAY),
    "extra": lambda name: extra_session(DAY, "14:30-17:00"),
    "mark shown": lambda name: mark_shown(11),
    "person": lambda name: PersonForm(member(name), BRANCHES, {}, today=DAY),
    "new person": lambda name: PersonForm(None, BRANCHES, {}, today=DAY, name=name),
    "walk-in": lambda name: WalkInForm(name, (*BRANCHES, name)),
    "transfer": lambda name: TransferForm(member(name), (*BRANCHES, name), today=DAY),
    "closing": lambda name: closing(7, (name,)),
    "closing, all here": lambda name: closing(0, (name,)),
    "history": lambda name: HistoryDialog(1, name, zone=ZONE, ask=no_history),
    "help": lambda name: HelpScreen([(name, [HelpLine("F5", "1", name, name)])]),
    "first start": lambda name: FirstStart(today=date(2026, 5, 18), zone=ZONE),
    "terms": lambda name: ProgramForm(replace(TERMS, name=name), ask=preview(), china=china, is_code=no_code),
    "changes": lambda name: changes(name),
    "days": lambda name: DaysList(TERMS, china=china, is_code=no_code),
    "plan": lambda name: PlanPreview(TERMS, planned_keys()),
    "session": lambda name: SessionForm(
        a_session(), values(name), people=(Candidate("0017", name),), branches=(*BRANCHES, name)
    ),
    "one more": lambda name: SessionForm(
        None, values(name), people=(Candidate("0017", name),), branches=BRANCHES, held={DAY}
    ),
    "import": lambda name: ImportScreen(
        ask=no_preview, write=no_import, undo=no_undo, zone=ZONE, folder="~/Documents/"
    ),
    "import marks": lambda name: MarksImport(
        ask=no_preview, write=no_import, undo=no_undo, first=DAY, last=DAY, zone=ZONE, folder="~/Documents/"
    ),
    **VIEW_DIALOGS,
}
ENDINGS = (("enter",), ("enter", "ctrl+j"), ("tab",))
CODES = [f"{number:04}" for number in range(100, 300)]


ONE_OF_EACH = {type(make("Zhang Wei")).__bases__[0]: which for which, make in DIALOGS.items()}
"""What a dialog inherits its keys from -> the last that does; `test_scans.py` scans over all of them."""


@pytest.fixture(params=list(DIALOGS))
def dialog(request):
    return DIALOGS[request.param]("Zhang Wei")


@pytest.mark.parametrize("which", ONE_OF_EACH.values())
async def test_two_hundred_scans_in_one_write_confirm_nothing_and_lose_nothing(which):
    dialog = DIALOGS[which]("Zhang Wei")
    app = Desk()
    async with app.run_test() as pilot:
        app.open(dialog)
        await pilot.pause()
        text = isinstance(dialog.focused, TextPart)
        app.burst([key for code, ends in zip(CODES, cycle(ENDINGS)) for key in (*code, *ends)], at=2)
        app.burst("04", at=2.2)
        app.burst([*"00", "enter", "ctrl+j"], at=2.5)  # through a stall of 300 ms
        await pilot.pause()
        assert app.is_open
        assert app.result is UNSET
        if not text:
            await pilot.press("escape")
            assert "".join(app.typed) == "".join(f"{code}\n" for code in (*CODES, "0400"))


async def test_esc_leaves_every_dialog_without_an_answer(dialog):
    app = Desk()
    async with app.run_test() as pilot:
        app.open(dialog)
        await pilot.pause()
        await pilot.press("escape")
        assert not app.is_open
        assert app.result is None
        assert app.typed == []


async def test_every_dialog_stays_on_the_screen_with_its_hint(dialog):
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        app.open(dialog)
        for width, height in ((80, 24), (60, 18)):
            await resized(app, width, height)
            await pilot.pause()
            await until(lambda: "Esc" in app.shown())
            await until(lambda height=height: dialog.query_one(".box").region.bottom <= height)
            await until(lambda height=height: dialog.query_one(".hint").region.bottom <= height)
        for width, height in ((1, 1), (20, 5)):
            await resized(app, width, height)
        await until(lambda: "too small" in " ".join(app.shown().split()))
        await pilot.press("escape")
        assert not app.is_open


async def resized(app, width, height):
    """The terminal has another size, and the screen knows it."""
    size = Size(width, height)
    if app.size == size:
        return
    app._driver._size = size
    app.post_message(events.Resize(size, size))
    await until(lambda: app.screen.size == size)


async def until(condition):
    """Wait for what the window does by itself; most of the time of these tests was waiting for it to be idle."""
    for turn in range(400):
        if condition():
            return
        await asyncio.sleep(turn / 4000)
    raise AssertionError("it never came")


@pytest.mark.parametrize(
    "which",
    [
        "arrived at",
        "reason",
        "person",
        "walk-in",
        "transfer",
        "closing",
        "history",
        "help",
        "terms",
        "changes",
        "session",
    ],
)
async def test_names_are_text_in_every_dialog(which):
    app = Desk()
    name = "王小明 محمد [/foo] [@click=app.quit]"
    async with app.run_test(size=(140, 40)) as pilot:
        app.open(DIALOGS[which](name))
        await pilot.pause()
        assert name in app.shown()


async def test_a_control_character_in_a_name_is_made_visible():
    app = Desk()
    async with app.run_test() as pilot:
        app.open(ReasonDialog("Li \x1b[31mRed"))
        await pilot.pause()
        assert "␛[31mRed" in app.shown()
        assert "\x1b" not in app.shown()


async def test_enter_confirms_when_nothing_was_typed():
    app = Desk()
    async with app.run_test() as pilot:
        app.open(extra_session(DAY, "14:30-17:00"))
        await pilot.pause()
        app.burst(["enter"], at=0.6)
        await pilot.pause()
        assert app.result is True


async def test_a_bouncing_enter_right_after_the_opening_confirms_nothing():
    app = Desk()
    async with app.run_test() as pilot:
        app.open(extra_session(DAY, "14:30-17:00"))
        await pilot.pause()
        app.burst(["enter", "enter"], at=-10)  # pressed long before anybody could have read it
        await pilot.pause()
        assert app.is_open


async def test_after_a_scan_only_a_fresh_enter_half_a_second_later_confirms():
    app = Desk()
    async with app.run_test() as pilot:
        app.open(extra_session(DAY, "14:30-17:00"))
        await pilot.pause()
        app.burst([*"0017", "enter"], at=2)
        app.burst(["enter"], at=2.3)
        await pilot.pause()
        assert app.is_open
        app.burst(["enter"], at=2.6)
        await pilot.pause()
        assert app.result is True
        assert "".join(app.typed) == "0017\n"


async def test_a_burst_across_the_end_of_a_dialog_keeps_its_order():
    app = Desk()
    async with app.run_test() as pilot:
        app.open(extra_session(DAY, "14:30-17:00"))
        await pilot.pause()
        app.burst([*"0017", "enter"], at=2)
        app.burst(["enter"], at=3)
        app.burst([key for code in CODES[:40] for key in (*code, "enter")], at=3.01)
        await pilot.pause()
        assert app.result is True
        assert "".join(app.typed) == "0017\n" + "".join(f"{code}\n" for code in CODES[:40])


async def test_a_second_enter_of_the_same_burst_does_not_answer_the_dialog_below():
    app = Desk()
    async with app.run_test() as pilot:
        app.open(extra_session(DAY, "14:30-17:00"))
        await pilot.pause()
        app.open(extra_session(DAY, "14:30-17:00"))
        await pilot.pause()
        app.burst(["enter", "enter"], at=0.6)
        await pilot.pause()
        assert len(app.screen_stack) == 2


async def test_without_a_feed_the_backlog_can_be_read_afterwards():
    app = Desk()
    dialog = extra_session(DAY, "14:30-17:00")
    async with app.run_test() as pilot:
        app.push_screen(dialog)
        await pilot.pause()
        app.burst([*"0017", "enter", "escape"], at=2)
        await pilot.pause()
        assert dialog.backlog == [*"0017", "\n"]


async def test_what_is_pasted_into_no_field_waits_for_the_box():
    app = Desk()
    async with app.run_test() as pilot:
        app.open(extra_session(DAY, "14:30-17:00"))
        await pilot.pause()
        app.post_message(events.Paste("zhang\x1b\nwei"))
        await pilot.pause()
        await pilot.press("escape")
        assert "".join(app.typed) == "zhang wei"


async def test_of_what_is_pasted_or_held_down_over_a_dialog_only_so_much_waits():
    app = Desk()
    async with app.run_test() as pilot:
        app.open(extra_session(DAY, "14:30-17:00"))
        await pilot.pause()
        app.post_message(events.Paste("x" * (LONGEST + 5)))
        await pilot.pause()
        await pilot.press("escape")
        assert "".join(app.typed) == "x" * LONGEST
        app.typed.clear()
        app.open(Choose("Choose", [Choice("1", "one")], lambda _text: False))
        await pilot.pause()
        app.burst([*"x" * (LONGEST + 5), "enter"], at=2)
        await pilot.pause()
        assert "".join(app.typed) == "x" * LONGEST + "\n"


async def test_a_digit_and_enter_is_a_reason_and_a_longer_text_a_scan():
    app = Desk()
    async with app.run_test() as pilot:
        app.open(ReasonDialog("Zhang Wei"))
        await pilot.pause()
        app.burst([*"0021", "enter", "3", "enter", *"0022", "enter"], at=2)
        await pilot.pause()
        assert app.result is Reason.OFFICIAL
        assert "".join(app.typed) == "0021\n0022\n"


async def test_esc_in_the_middle_of_a_scan_loses_no_digit_of_it():
    app = Desk()
    async with app.run_test() as pilot:
        app.open(ReasonDialog("Zhang Wei"))
        await pilot.pause()
        app.burst(["0", "0", "escape", "2", "1", "enter"], at=2)
        await pilot.pause()
        assert "".join(app.typed) == "0021\n"


async def test_arrows_choose_a_reason_and_a_wrong_digit_chooses_none():
    app = Desk()
    async with app.run_test() as pilot:
        app.open(ReasonDialog("Zhang Wei"))
        await pilot.pause()
        app.burst(["7", "enter"], at=2)
        await pilot.pause()
        assert app.is_open
        await pilot.press("down", "enter")
        assert app.result is Reason.PERSONAL
        assert app.typed == []


async def test_a_bulk_action_takes_exactly_its_number():
    app = Desk()
    async with app.run_test() as pilot:
        app.open(mark_shown(11))
        await pilot.pause()
        app.burst(["enter", "1", "2", "enter", *"0011", "enter", *"111", "enter"], at=2)
        await pilot.pause()
        assert app.is_open
        assert "111 is not 11. Nothing changed." in app.shown()
        app.burst(["1", "7", "backspace", "1", "enter"], at=3)
        await pilot.pause()
        assert app.result is True
        assert app.typed == []


async def test_a_slow_reader_never_blocks_the_keys():
    gate = asyncio.Event()

    async def slow(request):
        await gate.wait()
        return History(member(), ())

    app = Desk()
    async with app.run_test() as pilot:
        app.open(HistoryDialog(1, "Zhang Wei", zone=ZONE, ask=slow))
        await pilot.pause()
        assert "Reading" in app.shown()
        await pilot.press("escape")
        assert not app.is_open
        gate.set()
        await pilot.pause()
