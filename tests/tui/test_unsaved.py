"""What is not on the disk: whose it is, what may be done about it, and that the bars follow."""

from __future__ import annotations

import pytest

from checkin_tui.domain.errors import CheckInError
from checkin_tui.tui import ending
from checkin_tui.tui.commands import View
from checkin_tui.tui.desk import figures, note_writes
from checkin_tui.tui.desk.unsaved import whose
from checkin_tui.tui.screens.confirm import Confirm
from tests.tui.driving import driven
from tests.tui.fakes import FULL
from tests.tui.test_notebooks import desk_with
from tests.tui.test_writing import texts

ERASED = CheckInError("member_erased", code="erased-1")


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    """What waits does not wait long, and nobody ends the process of the tests."""
    monkeypatch.setattr(ending, "start_new_thread", lambda *_: None)
    monkeypatch.setattr(note_writes, "AGAIN_SECONDS", 0.05)
    monkeypatch.setattr(figures, "SLOW_SECONDS", 0.02)
    monkeypatch.setattr(ending, "SILENT_SECONDS", 0.02)


def name(it, member_id: int) -> str:
    return it.screen.register.model.person(member_id).name


async def test_the_bars_name_who_is_not_saved_and_follow_when_a_note_is():
    async with driven(desk_with(6)) as it:
        await it.go(View.WRITING)
        it.desk.failing = FULL
        await it.do("0005", "<enter>", "words", "<escape>")
        await it.do("0003", "<f8>")
        unsaved = f"{name(it, 3)}, note of {name(it, 5)}"
        assert sorted(it.notice.split(" · ")[1].split(", ")) == sorted(unsaved.split(", "))
        it.desk.failing = None
        await it.until(lambda: texts(it, 5) == ["words"])  # by itself
        await it.settle()
        assert it.notice == f"1 step is NOT SAVED. → 1 tries again. · {name(it, 3)}"
        assert "NOT SAVED" in it.banner
        assert it.banner.endswith(name(it, 3))


async def test_a_banner_about_a_note_that_was_saved_since_names_who_is_left():
    async with driven(desk_with(6)) as it:
        await it.go(View.WRITING)
        it.desk.failing = FULL
        await it.do("0003", "<f8>")
        await it.do("0005", "<enter>", "words", "<escape>")
        assert it.banner.endswith(f"note of {name(it, 5)}")
        it.desk.failing = None
        await it.until(lambda: texts(it, 5) == ["words"])
        await it.settle()
        assert it.banner.endswith(f"→ 1 tries again. · {name(it, 3)}")


async def test_a_note_that_can_never_be_saved_says_how_it_is_given_up():
    async with driven(desk_with(6)) as it:
        await it.go(View.WRITING)
        it.desk.failing = ERASED
        await it.do("0005", "<enter>", "words", "<escape>")
        await it.go(View.ROSTER)
        assert it.notice == f"1 step is NOT SAVED. → 1 tries again. · note of {name(it, 5)}"
        row = next(line for line in it.picture.splitlines() if "0005" in line)
        assert "! NOTE NOT SAVED" in row
        await it.do("<right>", "1", "<enter>")
        assert it.banner.splitlines() == [
            "! erased-1 was erased on purpose: nothing more is written about this person.",
            "The text is still here, NOT SAVED. → 0 and “put away” gives it up.",
        ]
        it.screen.run_command("desk.put_away")
        await it.settle()
        assert it.banner.splitlines() == ["1 step was put away, not saved.", f"note of {name(it, 5)}"]
        await it.go(View.WRITING)
        await it.go(View.ROSTER)
        await it.settle()
        assert it.app.unsaved() == (0, 0)
        assert it.screen.head.shown.state == "saved"


async def test_what_the_disk_has_not_answered_is_what_the_banner_is_about():
    async with driven(number=12) as it:
        await it.do("0003", "<enter>")
        it.desk.gate.clear()
        it.type("0004\r")
        await it.until(lambda: it.banner == f"… saving {name(it, 4)}\nNot on the disk yet.")
        it.desk.gate.set()
        await it.settle()
        assert it.banner.startswith(f"✓ PRESENT  {name(it, 4)}")


async def test_who_quits_is_told_what_is_waited_for():
    async with driven(number=12) as it:
        it.desk.gate.clear()
        it.type("0004\r")
        it.keys("ctrl+q")
        await it.until(lambda: it.banner == "Saving, then quitting …")
        it.desk.gate.set()
        await it.until(lambda: it.app._exit)


async def test_enter_at_the_question_loses_nothing():
    async with driven(number=12) as it:
        it.desk.failing = FULL
        await it.do("0004", "<enter>")
        it.keys("ctrl+q")
        await it.until(lambda: isinstance(it.app.screen, Confirm))
        await it.settle()
        said = " ".join(it.picture.split())
        assert (
            f"1 step is not saved yet. Whose: {name(it, 4)}. The disk is full. Nothing was saved. "
            in it.app.screen._question
        )
        assert "Stay Quit and lose it" in said
        assert "Esc: Stay" in said
        await it.answer("<enter>")
        assert not it.app._exit
        assert it.app.unsaved() == (0, 1)
        it.keys("ctrl+q")
        await it.until(lambda: isinstance(it.app.screen, Confirm))
        await it.answer("<right>", "<enter>")
        await it.until(lambda: it.app._exit)


async def test_a_signal_ends_with_what_was_lost_and_why():
    async with driven(number=12) as it:
        it.desk.failing = FULL
        await it.do("0004", "<enter>")
        lost = name(it, 4)
        ending.begin(it.app, 143)
        await it.until(lambda: it.app._exit)
        said = str(it.app._exit_renderables[0])
        assert said == f"Not everything could be saved. 1 step is not saved yet. Whose: {lost}. The disk is full. " + (
            "Nothing was saved."
        )


async def test_ctrl_c_is_answered_once_and_the_next_key_takes_the_answer_away():
    async with driven(number=12) as it:
        await it.do("0003", "<enter>")
        before = it.banner
        await it.do("<ctrl+c>")
        assert it.banner.startswith("Ctrl+C copies")
        await it.do("<ctrl+c>")
        assert it.banner.startswith("Ctrl+C copies")
        await it.do("0")
        assert it.banner == before


async def test_ctrl_c_over_a_dialog_is_answered_once_too():
    async with driven(number=12) as it:
        it.screen.days.close()
        await it.settle()
        await it.do("<ctrl+c>")
        assert len(it.app._notifications) == 1
        await it.do("<down>")
        assert len(it.app._notifications) == 0


async def test_a_long_list_is_cut_and_those_nobody_can_name_are_counted():
    async with driven(number=12) as it:
        it.desk.failing = FULL
        for number in range(1, 6):
            await it.do(f"{number:04}", "<enter>")
        named = ", ".join(name(it, number) for number in (1, 2, 3))
        requests = [failure.request for failure in it.app.outbox.failed.values()]
        assert whose(requests, it.screen.register) == f"{named} and 2 more"
        assert whose(requests, None) == ""
