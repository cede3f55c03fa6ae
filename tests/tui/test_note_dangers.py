"""What could put a text under another person or day, or lose it: each was seen once."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest
from textual import events

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.requests import WriteNote
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.tui.commands import View
from checkin_tui.tui.desk import note_writes, writing
from checkin_tui.tui.screens.confirm import Confirm
from checkin_tui.tui.widgets import note_editor
from tests.conftest import MONDAY, at
from tests.tui.driving import driven
from tests.tui.fakes import FULL
from tests.tui.test_app import ready, window
from tests.tui.test_notebooks import at_notebooks, desk_with
from tests.tui.test_writing import at_desk, texts

TUESDAY = date(2026, 5, 19)


@pytest.fixture(autouse=True)
def slow(monkeypatch):
    """Nothing is saved by itself: only what leaving saves."""
    monkeypatch.setattr(writing, "SAVE_SECONDS", 60)
    monkeypatch.setattr(note_writes, "AGAIN_SECONDS", 0.3)


async def test_keys_behind_ctrl_n_wait_for_the_note_they_are_for():
    async with driven(desk_with(6)) as it:
        it.type("0005")
        it.keys("ctrl+n")  # the writing desk is not even made yet
        it.type("five\rand a line\x1b")
        await it.until(lambda: texts(it, 5) == ["five\nand a line"])
        await it.go(View.ROSTER)
        it.type("0004")
        it.keys("ctrl+n")  # while the note of another is in the editor
        it.type("four\x1b")
        await it.until(lambda: texts(it, 4) == ["four"])
        assert texts(it, 5) == ["five\nand a line"]


async def test_a_mark_behind_another_day_is_not_made_on_the_day_before(desk, database_path, bench):
    bench.now = at("14:25")
    desk.mark("001")
    bench.now = at("14:25", TUESDAY)
    app = window(database_path, bench)
    async with app.run_test(size=(80, 24)) as pilot:
        it = await ready(app, pilot)
        await it.go(View.NOTEBOOK)
        it.screen.reading.visit(SessionKey(MONDAY))
        it.type("001\r")
        await it.settle()
        await it.until(lambda: "NOTEBOOK SEEN" in it.banner)
    assert desk.mark_of("001", MONDAY).paper
    assert not desk.mark_of("001", TUESDAY).paper


async def test_the_queue_is_no_way_out_of_a_paste():
    big = "a line of what was said, at some length\n" * 8_000
    async with at_desk() as it:
        await it.do("0005", "<enter>")
        it.paste(big)
        await it.until(lambda: it.screen.editor.busy)
        it.screen.list.post_message(it.screen.list.Chosen(2))
        it.type("end\x1b0002\rtwo\x1b")
        await it.until(lambda: texts(it, 2) == ["two"])
        assert texts(it, 5)[-1] == big + "end"


async def test_what_was_not_saved_is_ours_even_when_somebody_else_writes():
    async with at_desk() as it:
        await it.do("0005", "<enter>")
        it.desk.failing = FULL
        it.paste("pasted here")
        await it.until(lambda: it.app.unsaved()[1] == 1)
        it.desk.wrote(5, "theirs")
        await it.until(lambda: "Li wrote too" in it.picture)
        it.desk.failing = None
        await it.until(lambda: "pasted here" in texts(it, 5))
        assert "theirs" in texts(it, 5)
        assert it.screen.editor.text == "pasted here"


async def test_a_note_that_is_refused_is_kept_and_asked_about_before_the_end():
    async with at_desk() as it:
        await it.do("0005", "<enter>")
        it.desk.failing = CheckInError("closed", state="cancelled", key="2026-05-18")
        await it.do("nowhere else", "<escape>")
        assert it.app.unsaved()[1] == 1
        await it.do("0006", "<enter>", "<escape>", "0005", "<enter>")
        assert it.screen.editor.text == "nowhere else"
        it.keys("ctrl+q")
        await it.until(lambda: isinstance(it.app.screen, Confirm))
        await it.settle()
        assert "1 step is not saved yet" in it.picture
        it.desk.failing = None
        await it.do("<escape>")


async def test_a_note_the_disk_refused_is_tried_again_after_its_writer_moved_on():
    async with at_desk() as it:
        await it.do("0005", "<enter>")
        it.desk.failing = FULL
        await it.do("five", "<ctrl+n>")
        it.desk.failing = None
        await it.until(lambda: texts(it, 5) == ["five"])
        await it.until(lambda: it.app.unsaved() == (0, 0))


async def test_a_version_is_brought_back_only_into_its_own_note():
    async with at_desk() as it:
        await it.do("0005", "<enter>", "one", "<escape>", "0005", "<enter>", " two", "<ctrl+t>")
        await it.until(lambda: len(it.app.screen_stack) == 2)
        dialog, open_now = it.app.screen, it.screen.desk.note
        it.screen.desk.leave()
        await it.answer("<down>", "<enter>")
        assert open_now is not None
        assert dialog is not it.app.screen
        assert texts(it, 5) == ["one", "one two"]
        assert "Nothing was brought back." in it.banner


async def test_keys_that_starve_the_timer_are_saved_all_the_same(monkeypatch):
    monkeypatch.setattr(writing, "SAVE_SECONDS", 0)
    async with at_desk() as it:
        await it.do("0005", "<enter>")
        monkeypatch.setattr(it.screen, "set_timer", lambda *_values: None)  # a timer that never has its turn
        it.type("abcdef")
        await it.until(lambda: texts(it, 5) and len(texts(it, 5)[-1]) >= 2)


async def test_a_code_that_is_the_number_confirms_no_branch():
    desk = desk_with(12)
    desk.people[11] = desk.people[11]._replace(code="2")  # of another branch; two of the first one owe
    async with at_notebooks(desk) as it:
        await it.do("<right>", "6", "<enter>", it.desk.people[0].branch.lower(), "<enter>")
        assert "Type =2 and Enter." in it.picture
        await it.do("2", "<enter>")
        assert not it.desk.notes
        await it.do("=2", "<enter>")
        assert sorted(it.desk.notes) == [1, 2, 12]  # the two, and then whose badge was scanned


@pytest.mark.parametrize(
    ("typed", "says"), [("", ""), ("x", "1 character typed for it was"), ("hello", "5 characters")]
)
async def test_keys_for_a_note_that_cannot_be_read_are_dropped_and_counted(typed, says):
    async with at_desk() as it:
        readable, refusal = it.desk.do_LoadNote, CheckInError("db_locked", path="desk.db")
        it.desk.do_LoadNote = lambda _request: (_ for _ in ()).throw(refusal)
        it.desk.gate.clear()
        it.type(f"0005\r{typed}")
        await it.pilot.pause(0.02)
        it.desk.gate.set()
        await it.until(lambda: "desk.db is busy" in it.banner)
        await it.settle()
        assert says in it.banner
        assert ("taken" in it.banner) is bool(typed)
        assert it.screen.box.value == ""
        it.desk.do_LoadNote = readable
        await it.do("0006", "<enter>", "six", "<escape>")
        assert (texts(it, 5), texts(it, 6)) == ([], ["six"])


async def test_a_paste_for_a_note_that_cannot_be_read_counts_too():
    async with at_desk() as it:
        await it.do("0005", "<enter>")
        editor = it.screen.editor
        editor.hold()
        it.keys("left")
        it.paste("a\r\nb")
        it.type("\rc")
        await it.settle()
        assert editor.dismissed() == 5  # of the paste three, and two keys
        assert editor.text == ""


async def test_neither_a_click_nor_a_moved_cursor_moves_the_rest_of_a_paste(monkeypatch):
    go_on = asyncio.Event()

    async def look_at_the_keyboard(_seconds):
        await go_on.wait()

    monkeypatch.setattr(note_editor, "sleep", look_at_the_keyboard)
    big = "a line of what was said, at some length\n" * 8_000
    async with at_desk() as it:
        await it.do("0005", "<enter>")
        editor = it.screen.editor
        it.paste("above\n")
        it.paste(big)
        await it.until(lambda: editor.busy and len(editor.text) > len("above\n"))
        await it.settle()
        cursor = editor.cursor_location
        x, y = editor.content_region.offset
        it.app.post_message(events.MouseDown(editor, x + 1, y, 0, 0, 1, False, False, False, x + 1, y))
        it.app.post_message(events.MouseUp(editor, x + 1, y, 0, 0, 1, False, False, False, x + 1, y))
        await it.settle()
        assert (editor.busy, editor.cursor_location) == (True, cursor)
        editor.move_cursor((0, 2))  # by whatever else
        go_on.set()
        it.type("end\x1b")
        await it.until(lambda: texts(it, 5) and texts(it, 5)[-1].endswith("end"))
        assert texts(it, 5)[-1] == f"above\n{big}end"
        assert editor.text == f"above\n{big}end"


async def test_texts_the_disk_refused_follow_each_other_when_they_are_written_again():
    async with at_desk() as it:
        await it.do("0005", "<enter>", "one")
        it.desk.failing = FULL
        it.paste(" pasted")  # "one" and the paste are both on their way before either is refused
        await it.do("<escape>")
        it.desk.failing = None
        sent = [request for request in it.desk.seen if isinstance(request, WriteNote)]
        assert [request.text for request in sent[:2]] == ["one", "one pasted"]
        assert (sent[0].after, sent[1].after) == (None, sent[0].stay)
        await it.until(lambda: it.app.unsaved() == (0, 0))


async def test_typed_and_pasted_at_once_is_one_writer_also_on_a_real_file(desk, database_path, bench):
    bench.now = at("14:25")
    desk.mark("001")
    app = window(database_path, bench)
    async with app.run_test(size=(80, 24)) as pilot:
        it = await ready(app, pilot)
        await it.go(View.WRITING)
        await it.do("001", "<enter>")
        it.type("before ")
        it.paste("pasted")
        it.type(" after\x1b")
        await it.settle()
        await it.until(lambda: len(desk.note_of("001").versions) == 3)
        assert "wrote too" not in it.picture
        assert desk.note_of("001").versions[0].text == "before pasted after"


async def test_a_note_that_was_saved_after_all_offers_nothing_any_more():
    async with at_desk() as it:
        await it.do("0005", "<enter>")
        it.desk.failing = FULL
        await it.do("one", "<escape>")
        assert "NOT SAVED" in it.banner
        assert "→ 1 tries again." in it.banner
        it.desk.failing = None
        await it.until(lambda: texts(it, 5) == ["one"])  # by itself
        await it.until(lambda: it.banner == "Nothing is left that is not saved.")
        await it.do("<right>")
        assert not [entry for entry in it.bar if "Try again" in entry]
