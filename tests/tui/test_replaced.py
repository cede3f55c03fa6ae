"""A backup is brought back, or the file exchanged, while a window is open: nobody else is marked or written to."""

from __future__ import annotations

import pytest

from checkin_tui.services.backups import back_up, restore
from checkin_tui.tui import gateway
from tests.conftest import at
from tests.tui.test_app import ready, until, window


@pytest.fixture
def earlier(desk, database_path, bench, tmp_path):
    """A backup; called, it is brought back."""
    bench.now = at("14:25")
    desk.mark("001")
    made = tmp_path / "earlier.db"
    back_up(database_path, tmp_path / "ours" / "backups", bench.now, made)
    return lambda: restore(database_path, tmp_path / "ours" / "backups", made, bench.now)


async def test_a_mark_for_the_file_before_is_not_made_and_not_forgotten(
    earlier, desk, database_path, bench, monkeypatch
):
    monkeypatch.setattr(gateway, "POLL_SECONDS", 3600)  # the window has not looked yet
    async with window(database_path, bench).run_test(size=(100, 30)) as pilot:
        it = await ready(pilot.app, pilot)
        earlier()
        await it.do("002", "<enter>")
        assert "was not written" in it.banner
        assert it.app.unsaved() == (0, 1)
        assert desk.mark_of("002").status is None
        it.screen.reading.load()
        await until(pilot, lambda: "A backup was brought back" in it.banner)
        await it.do("002", "<enter>")
        assert "PRESENT" in it.banner
        it.screen.wrong.put_away()
        assert "1 step was put away, not saved.\nLi Na" in it.banner  # whoever it was in the file before
    assert desk.mark_of("002").status is not None


@pytest.mark.parametrize("same", [True, False])
async def test_trying_again_writes_it_where_it_still_means_the_same(
    earlier, desk, database_path, bench, monkeypatch, same
):
    """In the backup of the same program; nowhere, when the number is somebody else's by now."""
    monkeypatch.setattr(gateway, "POLL_SECONDS", 3600)
    async with window(database_path, bench).run_test(size=(100, 30)) as pilot:
        it = await ready(pilot.app, pilot)
        earlier()
        if not same:
            desk.change("002", name="Somebody Else")
        await it.do("002", "<enter>")
        it.screen.reading.load()
        await until(pilot, lambda: "A backup was brought back" in it.banner)
        it.screen.wrong.retry()
        await until(pilot, lambda: not it.app.unsaved()[0])
        assert it.app.unsaved() == (0, 0 if same else 1)
        assert it.app.outbox.meant == ({} if same else {next(iter(it.app.outbox.failed)): "Li Na"})
    assert (desk.mark_of("002").status is not None) is same


@pytest.mark.parametrize("typing", [True, False])
async def test_no_note_is_shown_as_saved_in_a_file_that_does_not_have_it(earlier, desk, database_path, bench, typing):
    """Whoever is typing it goes on, and all of it is written; one that only lies there is closed."""
    async with window(database_path, bench).run_test(size=(100, 30)) as pilot:
        it = await ready(pilot.app, pilot)
        it.app.write_note(desk.id_of("001"))
        writing = it.app.view
        await until(pilot, lambda: writing.furnished and writing.desk.note is not None)
        await it.do("written after the backup", *([] if typing else ["<escape>"]))
        writing.desk.save()
        await until(pilot, lambda: writing.desk.note.saved_text == "written after the backup")
        note = writing.desk.note
        earlier()
        await until(pilot, lambda: "A backup was brought back" in it.banner)
        if typing:
            await until(pilot, lambda: desk.text_of("001") == "written after the backup")
            assert writing.desk.note is not note
            assert writing.editor.text == "written after the backup"
        else:
            assert (writing.desk.note, writing.editor.text) == (None, "")
        await until(pilot, lambda: it.app.unsaved() == (0, 0))


async def test_what_is_typed_when_the_file_is_exchanged_comes_back_with_the_note(
    earlier, desk, database_path, bench, monkeypatch
):
    monkeypatch.setattr(gateway, "POLL_SECONDS", 3600)
    async with window(database_path, bench).run_test(size=(100, 30)) as pilot:
        it = await ready(pilot.app, pilot)
        member = desk.id_of("001")
        it.app.write_note(member)
        writing = it.app.view
        await until(pilot, lambda: writing.furnished and writing.desk.note is not None)
        earlier()
        await it.do("nowhere but here")
        writing.desk.save()
        await until(pilot, lambda: it.app.unsaved() == (0, 1))
        writing.reading.load()
        await until(pilot, lambda: writing.desk.note is None)
        it.app.write_note(member)
        await until(pilot, lambda: writing.desk.note is not None and writing.editor.text == "nowhere but here")
        writing.desk.save()
        await until(pilot, lambda: it.app.unsaved() == (0, 0))
        assert writing.desk.note.saved_text == "nowhere but here"


async def test_the_answer_of_a_form_about_the_file_before_is_for_nobody(earlier, desk, database_path, bench):
    async with window(database_path, bench).run_test(size=(100, 30)) as pilot:
        it = await ready(pilot.app, pilot)
        await it.do("002", "<down>")
        it.screen.run_command("person.edit")
        await until(pilot, lambda: len(it.app.screen_stack) == 2)
        await it.settle()
        await it.answer(" the Second")
        earlier()
        await until(pilot, lambda: "A backup was brought back" in it.banner)
        while len(it.app.screen_stack) == 2:
            await it.answer("<enter>")
        assert "was not written" in it.banner
    assert all("Second" not in person.name for person in desk.view().people)
