"""The writing desk: notes save themselves, one revision a stay, and no key ever reaches the note of somebody else."""

from __future__ import annotations

import sys
import tempfile
from contextlib import asynccontextmanager, nullcontext

import pytest
from textual import events

from checkin_tui.domain.requests import MarkPerson, WriteNote
from checkin_tui.tui.commands import View
from checkin_tui.tui.desk import note_writes, writing
from checkin_tui.tui.screens.versions import VersionsDialog
from tests.conftest import at
from tests.tui.driving import driven
from tests.tui.fakes import FULL, FakeDesk
from tests.tui.test_app import ready, window
from tests.tui.test_notebooks import desk_with

LONG = "What the afternoon was about, in a few words that are enough for the day."


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """A note saves itself at once instead of after most of a second."""
    monkeypatch.setattr(writing, "SAVE_SECONDS", 0.02)
    monkeypatch.setattr(note_writes, "AGAIN_SECONDS", 0.3)


@asynccontextmanager
async def at_desk(desk: FakeDesk | None = None, **more):
    async with driven(desk or desk_with(6), **more) as it:
        await it.go(View.WRITING)
        yield it


def texts(it, member_id: int) -> list[str]:
    return [version.text for version in it.desk.notes.get(member_id, [])]


async def test_a_note_saves_itself_and_one_stay_is_one_revision():
    async with at_desk() as it:
        await it.do("0005", "<enter>", "first")
        await it.until(lambda: texts(it, 5) == ["first"])
        await it.do(" and more")
        await it.until(lambda: texts(it, 5) == ["first and more"])
        assert "12 of 50, 38 more" in it.picture
        assert "saved 14:26" in it.picture


async def test_a_burst_over_two_people_reaches_the_right_notes(monkeypatch):
    monkeypatch.setattr(writing, "SAVE_SECONDS", 60)
    async with at_desk() as it:
        it.type("0005\rabc\x1b0006\rxyz\x1b")
        await it.settle()
        assert (texts(it, 5), texts(it, 6)) == (["abc"], ["xyz"])
        assert it.screen.box.value == ""


async def test_typing_while_the_note_is_read_waits_for_it():
    async with at_desk() as it:
        it.desk.wrote(5, "there: ")
        it.desk.foreign = False
        it.desk.gate.clear()
        it.type("0005\rhello")
        await it.pilot.pause(0.02)
        it.desk.gate.set()
        await it.until(lambda: texts(it, 5)[-1] == "there: hello")


@pytest.mark.parametrize("leaving", ["<f2>", "<f4>", "<f3>", "<escape>", "<ctrl+n>", "<ctrl+p>", "<f1>"])
async def test_leaving_saves_what_was_typed_at_once(leaving, monkeypatch):
    monkeypatch.setattr(writing, "SAVE_SECONDS", 60)
    async with at_desk() as it:
        await it.do("0005", "<enter>", "half a sen", leaving)
        assert texts(it, 5) == ["half a sen"]


async def test_quitting_saves_what_was_typed(monkeypatch):
    monkeypatch.setattr(writing, "SAVE_SECONDS", 60)
    async with at_desk() as it:
        await it.do("0005", "<enter>")
        it.type("half a sen")
        it.keys("ctrl+q")
        await it.until(lambda: not it.app.is_running)
        assert texts(it, 5) == ["half a sen"]


async def test_coming_back_is_another_stay(monkeypatch):
    monkeypatch.setattr(writing, "SAVE_SECONDS", 60)
    async with at_desk() as it:
        await it.do("0005", "<enter>", "one", "<escape>", "0005", "<enter>", " two", "<escape>")
        assert texts(it, 5) == ["one", "one two"]


async def test_a_paste_is_a_revision_of_its_own(monkeypatch):
    monkeypatch.setattr(writing, "SAVE_SECONDS", 60)
    async with at_desk() as it:
        await it.do("0005", "<enter>", "before ")
        it.paste("pasted\r\ntwice\x1b[31m ")
        it.type("after\x1b")
        await it.settle()
        assert texts(it, 5) == ["before ", "before pasted\ntwice[31m ", "before pasted\ntwice[31m after"]


async def test_a_megabyte_is_pasted_while_the_screen_answers():
    big = "a line of what was said, at some length\n" * 26_000
    async with at_desk() as it:
        await it.do("0005", "<enter>")
        it.paste(big)
        it.type("end")
        states: set[str] = set()
        await it.until(lambda: it.screen.editor.busy)
        await it.until(lambda: states.add(it.screen.progress_line.shown.state) or not it.screen.editor.busy, 3000)
        assert "pasting" in states
        await it.until(lambda: texts(it, 5) and texts(it, 5)[-1] == big + "end", 3000)
        assert texts(it, 5) == [big, big + "end"]


async def test_quitting_behind_a_long_paste_keeps_what_was_typed_after_it(monkeypatch):
    monkeypatch.setattr(writing, "SAVE_SECONDS", 60)
    big = "a line of what was said, at some length\n" * 5_000
    async with at_desk() as it:
        await it.do("0005", "<enter>")
        it.paste(big)
        it.type("end")
        it.keys("ctrl+q")
        await it.until(lambda: not it.app.is_running)
        assert texts(it, 5)[-1] == big + "end"


async def test_a_line_without_end_is_not_wrapped_and_that_is_said():
    async with at_desk() as it:
        await it.do("0005", "<enter>")
        it.paste("x" * 10_000)
        await it.settle()
        assert "A very long line: it is not wrapped." in it.picture


async def test_two_windows_at_one_note_keep_both_texts_and_say_so():
    async with at_desk() as it:
        await it.do("0005", "<enter>", "mine")
        await it.until(lambda: texts(it, 5) == ["mine"])
        it.desk.wrote(5, "theirs")
        await it.until(lambda: "Li wrote too. Both kept: Ctrl+T." in it.picture)
        await it.do(" and more")
        await it.until(lambda: texts(it, 5) == ["mine", "theirs", "mine and more"])


async def test_what_is_taken_back_leaves_the_editor_too(desk, database_path, bench):
    bench.now = at("14:25")
    desk.mark("001")
    app = window(database_path, bench)
    async with app.run_test(size=(80, 24)) as pilot:
        it = await ready(app, pilot)
        await it.go(View.WRITING)
        await it.do("001", "<enter>", "one", "<escape>", "001", "<enter>", " two", "<escape>")
        assert it.screen.editor.text == "one two"
        await it.do("<ctrl+z>")
        await it.until(lambda: it.screen.editor.text == "one")
        assert it.banner.startswith("Taken back: typed note")
        await it.do("<ctrl+y>")
        await it.until(lambda: it.screen.editor.text == "one two")
        await it.do("001", "<enter>", "!", "<escape>")
    assert desk.text_of("001") == "one two!"


async def test_two_windows_of_one_laptop_are_two_writers(desk, database_path, bench):
    bench.now = at("14:25")
    desk.mark("001")
    app = window(database_path, bench)
    async with app.run_test(size=(80, 24)) as pilot:
        it = await ready(app, pilot)
        await it.go(View.WRITING)
        await it.do("001", "<enter>", "mine", "<escape>", "001", "<enter>", "!")
        await it.until(lambda: desk.text_of("001") == "mine!")
        desk.note("001", "theirs")
        await it.until(lambda: "Another window wrote too. Both kept: Ctrl+T." in it.picture)


async def test_what_others_wrote_is_shown_where_nothing_was_typed():
    async with at_desk() as it:
        await it.do("0005", "<enter>")
        it.desk.wrote(5, "written elsewhere")
        await it.until(lambda: it.screen.editor.text == "written elsewhere")
        await it.do("!")
        await it.until(lambda: texts(it, 5)[-1] == "written elsewhere!")


async def test_next_goes_on_to_who_owes_and_says_when_nobody_does():
    async with at_desk(desk_with(3)) as it:
        for number in (1, 2, 3):
            await it.do("<ctrl+n>", f"{LONG} {number}")
        await it.do("<ctrl+n>")
        assert it.banner == "✓ Nobody owes a note any more."
        assert [texts(it, number) for number in (1, 2, 3)] == [[f"{LONG} {number}"] for number in (1, 2, 3)]


async def test_ctrl_n_on_the_roster_opens_the_note_of_the_highlighted_person():
    async with driven(desk_with(6)) as it:
        await it.do("0004", "<ctrl+n>")
        await it.until(lambda: it.app.current_mode == "writing")
        await it.until(lambda: it.screen.furnished and it.screen.desk.note is not None)
        await it.do("by hand")
        await it.until(lambda: texts(it, 4) == ["by hand"])


async def test_a_full_disk_never_says_saved_and_is_tried_again_by_itself():
    async with at_desk() as it:
        await it.do("0005", "<enter>")
        it.desk.failing = FULL
        await it.do("precious")
        await it.until(lambda: "NOT SAVED" in it.picture)
        assert it.screen.editor.text == "precious"
        assert it.app.unsaved()[1] == 1
        it.desk.failing = None
        await it.until(lambda: texts(it, 5) == ["precious"])
        await it.until(lambda: it.app.unsaved() == (0, 0))
        assert it.screen.progress_line.shown.state == "saved"


async def test_what_the_disk_refused_is_still_there_when_the_note_is_opened_again(monkeypatch):
    monkeypatch.setattr(note_writes, "AGAIN_SECONDS", 60)
    async with at_desk() as it:
        it.desk.failing = FULL
        await it.do("0005", "<enter>", "precious", "<escape>")
        await it.do("0006", "<enter>", "<escape>", "0005", "<enter>")
        assert it.screen.editor.text == "precious"
        assert it.screen.progress_line.shown.state == "not-saved"
        it.desk.failing = None
        await it.do("!", "<escape>")
        assert texts(it, 5) == ["precious!"]
        assert it.app.unsaved() == (0, 0)


async def test_an_earlier_version_is_brought_back_as_a_new_one(monkeypatch):
    monkeypatch.setattr(writing, "SAVE_SECONDS", 60)
    async with at_desk() as it:
        await it.do("0005", "<enter>", "one", "<escape>", "0005", "<enter>", " two", "<escape>")
        await it.do("0005", "<enter>", "<ctrl+t>")
        await it.until(lambda: isinstance(it.app.screen, VersionsDialog))
        await it.settle()
        assert "one{+ two+}" in it.picture
        await it.answer("<down>", "<enter>")
        assert texts(it, 5) == ["one", "one two", "one"]
        assert it.screen.editor.text == "one"
        await it.do("!", "<escape>")
        assert texts(it, 5)[-1] == "one!"


async def test_the_keys_of_marks_and_of_undo_belong_to_the_text_in_the_editor():
    async with at_desk() as it:
        await it.do("0005", "<enter>", "abc", "<f8>", "<ctrl+z>")
        assert it.screen.editor.text == ""
        assert not [request for request in it.desk.seen if isinstance(request, MarkPerson)]
        assert it.banner == "! F8 Absent: Esc first, for the keys are for the note now."


async def test_a_text_with_escapes_is_shown_harmless():
    async with at_desk() as it:
        it.desk.wrote(5, "red \x1b[31m and \u202e back")
        await it.do("0005", "<enter>")
        assert "\x1b" not in it.screen.editor.text
        assert not [request for request in it.desk.seen if isinstance(request, WriteNote)]


async def test_reading_the_note_shows_markdown_and_follows_no_link():
    async with at_desk() as it:
        await it.do("0005", "<enter>")
        it.paste("# Heading\n\n* a point with [a link](http://example.org)\n")
        await it.do("<ctrl+r>")
        assert "Heading" in it.picture
        assert "# Heading" not in "\n".join(line for line in it.picture.splitlines() if "│" in line)
        assert "• a point" in it.picture
        await it.do("<escape>")
        assert it.screen.writing


async def test_an_editor_that_is_not_named_is_told():
    async with at_desk() as it:
        await it.do("0005", "<enter>", "<ctrl+o>")
        assert "Neither $VISUAL nor $EDITOR names an editor." in it.banner


@pytest.mark.parametrize(
    ("then", "says"),
    [
        ("sys.exit(3)", "ended with an error"),
        ("path.write_bytes(b'\\xff kept')", "is no UTF-8 text"),
    ],
)
async def test_what_an_editor_that_failed_wrote_is_kept_and_its_path_told(then, says, monkeypatch, tmp_path):
    program = tmp_path / "editor.py"
    program.write_text(
        f"import sys, pathlib\npath = pathlib.Path(sys.argv[1])\npath.write_text('written elsewhere, kept')\n{then}\n"
    )
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    async with at_desk(environment={"VISUAL": f"{sys.executable} {program}"}) as it:
        monkeypatch.setattr(it.app, "suspend", nullcontext)
        await it.do("0005", "<enter>", "typed here", "<ctrl+o>")
        left = [path for path in tmp_path.glob("checkin-note-*/*") if b"kept" in path.read_bytes()]
        assert len(left) == 1
        assert says in it.banner
        assert f"What it wrote is in {left[0]}." in it.banner
        assert it.screen.editor.text == "typed here"
        assert texts(it, 5) == ["typed here"]


async def test_a_key_of_the_mouse_wheel_or_a_click_never_moves_the_text_to_another_note():
    async with at_desk() as it:
        await it.do("0005", "<enter>")
        it.type("abc")
        it.screen.list.post_message(it.screen.list.Chosen(2))
        await it.settle()
        it.app.post_message(events.Key("x", "x"))
        await it.settle()
        assert (texts(it, 5), texts(it, 2)) == (["abc"], [])


async def test_whose_note_is_open_stays_in_view_in_the_queue():
    async with at_desk(desk_with(60, number=80)) as it:
        await it.do("0055", "<enter>")
        queue = it.screen.list
        row = it.screen.register.model.row_of(queue.highlight)
        assert queue.highlighted_member == 55
        assert queue.scroll_offset.y <= row < queue.scroll_offset.y + queue.page
