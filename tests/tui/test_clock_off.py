"""What is wrong with the laptop itself: a clock that is off is in the header, a network disk in the notice."""

from __future__ import annotations

from checkin_tui.tui.safe import cells
from checkin_tui.words.health import clock_notice, network_notice
from tests.conftest import at
from tests.tui.test_app import ready, window

HOUR = 60 * 60_000


async def test_the_header_says_so_until_the_clock_is_right_again(desk, database_path, bench):
    bench.now = at("15:10")
    app = window(database_path, bench)
    async with app.run_test(size=(80, 24)) as pilot:
        it = await ready(app, pilot)
        await it.do("001", "<enter>")
        assert "CLOCK" not in it.picture
        bench.now -= HOUR
        await it.do("002", "<enter>")
        head = it.picture.splitlines()[0]
        assert "14:10 CLOCK OFF 1 h" in head
        assert "saved" in head
        assert cells(head) <= 80
        assert it.notice == clock_notice(HOUR)
        bench.now += HOUR
        await it.do("003", "<enter>")
        assert "CLOCK" not in it.picture
        assert "clock" not in it.notice


async def test_a_network_disk_is_told_once_the_roster_is_there(desk, database_path, bench):
    bench.now = at("14:25")
    desk.open()
    app = window(database_path, bench, network=lambda: "nfs4")
    async with app.run_test(size=(100, 30)) as pilot:
        it = await ready(app, pilot)
        await it.do("001", "<enter>")
        for _turn in range(500):
            if app.laptop.network_kind:
                break
            await pilot.pause(0.01)
        await it.settle()
        assert it.notice == network_notice("nfs4")
