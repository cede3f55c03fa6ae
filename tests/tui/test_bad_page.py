"""A page that turns out to be damaged while the program is used: it is said, nothing ends, nothing is lost unsaid."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from tests.conftest import at
from tests.tui.test_app import ready, window


def spoil(path, table: str) -> None:
    """Empty a page of a file that others have open, as a bad sector would; in place, for they keep their locks."""
    with closing(sqlite3.connect(path)) as raw:
        page = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
    with path.open("r+b", buffering=0) as file:
        file.seek((page - 1) * 4096)
        file.write(bytes(4096))
        file.seek(24)
        count = int.from_bytes(file.read(4), "big") + 1
        for place in (24, 92):  # the counter of commits: nobody has the page in memory any more
            file.seek(place)
            file.write(count.to_bytes(4, "big"))


async def test_a_write_that_meets_it_is_not_saved_and_stays(desk, database_path, bench):
    bench.now = at("14:25")
    desk.open()
    app = window(database_path, bench)
    async with app.run_test(size=(100, 30)) as pilot:
        it = await ready(app, pilot)
        spoil(database_path, "attendance_events")
        await it.do("001", "<enter>")
        assert "NOT SAVED: The database checkin.db is damaged. Nothing was changed." in it.banner
        assert "checkin doctor says what to do." in it.picture
        assert "NOT SAVED 1" in it.picture
        assert app.is_running


async def test_a_read_that_meets_it_says_so_and_the_roster_stays(desk, database_path, bench):
    bench.now = at("14:25")
    desk.open()
    app = window(database_path, bench)
    async with app.run_test(size=(100, 30)) as pilot:
        it = await ready(app, pilot)
        spoil(database_path, "members")
        it.screen.reading.load()
        await it.settle()
        assert "The database checkin.db is damaged." in it.banner
        assert "Zhang Wei" in it.picture
        assert app.is_running
