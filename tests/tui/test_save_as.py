"""Saving a text: the proposed place, what is wrong with another, and the second yes."""

from __future__ import annotations

import asyncio
import threading

import pytest

from checkin_tui.interchange import saving
from checkin_tui.tui.screens.save_as import SaveAs, proposed_path, short_path
from tests.tui.dialogs import UNSET, Desk
from tests.tui.owing import OwingDesk, chasing


async def settle(pilot):
    """Until the file is written and what there is to say is said."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def press(pilot, *keys):
    """Each key as if a second had passed since the one before."""
    for key in keys:
        pilot.app.screen._spoke = None
        pilot.app.burst([key], at=0)
        await settle(pilot)


@pytest.fixture
def opened(home):
    """A dialog that proposes `list.txt` in the user's documents."""

    async def make(app, pilot, **more):
        app.open(SaveAs("Save", "two notes", home / "Documents" / "list.txt", **more))
        await pilot.pause()
        return home / "Documents" / "list.txt"

    return make


def test_the_place_is_the_folder_for_documents_else_home(home):
    assert proposed_path("list.txt") == home / "Documents" / "list.txt"
    assert short_path(home / "Documents" / "list.txt") == "~/Documents/list.txt"
    (home / "Documents").rmdir()
    assert proposed_path("list.txt") == home / "list.txt"
    assert short_path(home.with_name("homestead") / "list.txt") == str(home.with_name("homestead") / "list.txt")


async def test_two_enters_save_where_it_was_proposed(opened):
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        path = await opened(app, pilot, about="The file has names.")
        assert "~/Documents/list.txt" in app.shown()
        assert "The file has names." in app.shown()
        await press(pilot, "enter", "enter")
        assert app.result == path
        assert path.read_text() == "two notes\n"


async def test_a_file_that_is_there_takes_a_second_yes(opened):
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        path = await opened(app, pilot)
        path.write_text("old")
        await press(pilot, "enter")
        assert not app.screen.query_one("#replace").display
        await press(pilot, "enter")
        assert "There is already such a file." in app.shown()
        await press(pilot, "enter", "enter", "enter", "enter")  # again and again: never a yes
        assert path.read_text() == "old"
        await press(pilot, "enter", "right", "enter")
        assert app.result == path
        assert path.read_text() == "two notes\n"


async def test_another_name_takes_the_yes_away(opened):
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        path = await opened(app, pilot)
        path.write_text("old")
        await press(pilot, "enter", "enter")
        app.screen.field("path").value = "~/other.txt"
        await settle(pilot)
        assert not app.screen.query_one("#replace").display
        assert "already" not in app.shown()
        await press(pilot, "enter", "enter")
        assert app.result == path.parent.parent / "other.txt"
        assert path.read_text() == "old"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "✗ Which file?"),
        ("~/Documents", "Documents is a folder."),
        ("~/new/", "~/new/ is a folder."),
        ("~/none/list.txt", "There is no folder"),
        ("~/" + "x" * 300, "cannot be written"),
    ],
)
async def test_a_place_that_will_not_do_is_a_sentence_below_it(opened, typed, says):
    app = Desk()
    async with app.run_test(size=(140, 40)) as pilot:
        await opened(app, pilot)
        app.screen.field("path").value = typed
        await press(pilot, "enter", "enter")
        assert says in " ".join(app.shown().replace("│", " ").split())  # wherever a long path breaks the line
        assert app.result is UNSET
        assert app.screen.focused.id == "path"


@pytest.fixture
def slow(monkeypatch):
    """Writing that has begun, and may go on."""
    begun, may_go_on, really = threading.Event(), threading.Event(), saving.save_text

    def slowly(path, text, *, force):
        begun.set()
        may_go_on.wait(10)
        really(path, text, force=force)

    monkeypatch.setattr(saving, "save_text", slowly)
    return begun, may_go_on


async def test_the_program_may_end_while_the_file_is_being_written(opened, slow):
    begun, may_go_on = slow
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        path = await opened(app, pilot)
        path.write_text("old")  # so that there would be something to say
        pilot.app.screen.save()
        await asyncio.to_thread(begun.wait, 10)
        (work,) = app.workers
        app._running = False  # Textual ends so: first this, then what is on the screen, and last who works beside
        await app.screen.query("*").exclude("Screen").remove()
        may_go_on.set()
        await work.wait()
        app._running = True
    assert path.read_text() == "old"


@pytest.mark.parametrize("there", [False, True])
async def test_esc_while_the_file_is_being_written_waits_for_how_that_ends(opened, there, slow):
    begun, may_go_on = slow
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        path = await opened(app, pilot)
        if there:
            path.write_text("old")
        pilot.app.screen.save()
        await asyncio.to_thread(begun.wait, 10)
        app.burst(["escape"], at=0)
        await pilot.pause()
        assert app.result is UNSET
        assert "being written already" in app.shown()
        may_go_on.set()
        await settle(pilot)
        assert app.result == (None if there else path)
        assert path.read_text() == ("old" if there else "two notes\n")


# ------------------------------------------------------------------------------------------------- from the chase list


async def test_the_chase_list_is_saved_as_it_is_sent(home):
    async with chasing() as it:
        await it.answer("<right>", "7", "<enter>")
        assert "~/Documents/missing-2026-05-18.txt" in it.picture
        await it.answer("<enter>", "<enter>")
        path = home / "Documents" / "missing-2026-05-18.txt"
        await it.until(path.exists)
        await it.until(lambda: "✓ Saved: ~/Documents/missing-2026-05-18.txt" in it.banner)
        text = path.read_text("utf-8")
        assert "Xinghe (contact Wen Li, 5550103)\n- Larsen Wei (0001), 5550001: missing\n" in text


async def test_the_campaign_has_a_name_of_its_own_and_hidden_names_are_in_the_file(home):
    async with chasing() as it:
        it.app.hide_names()
        await it.answer("<right>", "8", "<enter>")
        await it.answer("<right>", "7", "<enter>")
        assert "~/Documents/missing-campaign.txt" in it.picture
        assert "Names are hidden on the screen. The file has them." in it.picture
        await it.answer("<enter>", "<enter>")
        path = home / "Documents" / "missing-campaign.txt"
        await it.until(path.exists)
        assert "Larsen Wei" in path.read_text("utf-8")
        await it.until(lambda: "The names are in it." in it.banner)


async def test_copied_without_a_clipboard_the_list_is_in_a_file_and_the_banner_says_where(home):
    async with chasing() as it:
        await it.answer("<right>", "4", "<enter>")
        await it.until(lambda: "Also saved:" in it.banner)
        assert "~/Documents/missing-2026-05-18.txt" in it.banner
        assert "Larsen Wei" in it.app.clipboard
        assert it.app.clipboard + "\n" == (home / "Documents" / "missing-2026-05-18.txt").read_text("utf-8")


async def test_copied_by_a_tool_there_is_no_file(home, monkeypatch):
    copied = []
    monkeypatch.setattr("checkin_tui.tui.clipboard.by_tool", lambda text, environment: copied.append(text) or "xclip")
    async with chasing() as it:
        await it.answer("<right>", "4", "<enter>")
        await it.until(lambda: it.banner == "✓ Copied: 4 people owe 4 notes.")
        assert "Larsen Wei" in copied[0]
        assert list((home / "Documents").iterdir()) == []


async def test_copying_from_another_view_waits_for_the_list(home):
    async with chasing(OwingDesk()) as it:
        await it.do("<f2>")
        it.app.view.run_command("chase.copy")
        await it.until(lambda: "Also saved:" in it.banner)


async def test_a_folder_that_cannot_be_written_is_told_when_copying(home):
    (home / "Documents").rmdir()
    async with chasing() as it:
        home.rmdir()
        await it.answer("<right>", "4", "<enter>")
        await it.until(lambda: "no file was written" in it.banner)
        assert "There is no folder" in it.banner
