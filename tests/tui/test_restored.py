"""A backup is restored while windows are open: they show what is in the file now, and lose nothing of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkin_tui.services.backups import back_up, restore
from checkin_tui.tui.commands import View
from tests.conftest import at
from tests.tui.test_app import ready, window


@pytest.fixture
def put_back(desk, database_path, tmp_path, bench):
    """Makes a backup now; what it gives restores it."""
    bench.now = at("14:25")
    desk.mark("001")

    def restored() -> None:
        restore(database_path, folder, Path(made.file), bench.now)

    folder = tmp_path / "backups"
    made = back_up(database_path, folder, bench.now)
    return restored


async def counts(it, present: int) -> None:
    await it.until(lambda: it.screen.counts_line.shown.counts.present == present)


async def test_a_window_shows_the_restored_state_and_goes_on_with_it(desk, database_path, bench, put_back):
    app = window(database_path, bench, 2, "Chen")
    async with app.run_test(size=(100, 30)) as pilot:
        it = await ready(app, pilot)
        await it.do("002", "<enter>", "003", "<enter>")
        await counts(it, 3)
        put_back()
        await counts(it, 1)
        assert [it.status(desk.id_of(code)) for code in ("001", "002", "003")] == ["present", None, None]
        await it.do("002", "<enter>")
        assert "PRESENT" in it.banner
        await counts(it, 2)
    assert desk.statuses() == {"001": "present", "002": "present"}


async def test_undo_after_it_takes_back_nothing_that_is_not_there(desk, database_path, bench, put_back):
    app = window(database_path, bench, 2, "Chen")
    async with app.run_test(size=(100, 30)) as pilot:
        it = await ready(app, pilot)
        await it.do("002", "<enter>")
        put_back()
        await counts(it, 1)
        await it.do("<ctrl+z>")
        assert "nothing of yours to take back" in it.banner
    assert desk.statuses() == {"001": "present"}


async def test_a_note_that_is_being_typed_is_in_the_restored_file_whole(desk, database_path, bench, put_back):
    app = window(database_path, bench, 2, "Chen")
    async with app.run_test(size=(100, 30)) as pilot:
        it = await ready(app, pilot)
        await it.go(View.WRITING)
        await it.do("001", "<enter>", "begun before")
        await it.until(lambda: desk.text_of("001") == "begun before")
        put_back()
        await it.until(lambda: desk.text_of("001") == "")
        it.screen.reading.load()
        await it.settle()
        await it.do(", ended after", "<escape>")
        await it.until(lambda: desk.text_of("001") == "begun before, ended after")
