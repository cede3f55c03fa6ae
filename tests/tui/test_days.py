"""Going to another day's register, correcting it there, and coming back, on a real file."""

from __future__ import annotations

from datetime import date

from tests.conftest import MONDAY, at
from tests.tui.test_app import ready, until, window

TUESDAY = date(2026, 5, 19)


async def open_palette_entry(it, pilot, label: str) -> None:
    await it.do("<right>", "0", "<enter>")
    await it.do(label, "<enter>")
    await until(pilot, lambda: len(it.app.screen_stack) == 2)
    await it.settle()


async def test_a_closed_earlier_day_is_corrected_on_the_screen(desk, database_path, bench):
    desk.mark("001")
    bench.now = at("17:10")
    desk.close(absent_rest=True)
    bench.now = at("14:25", TUESDAY)
    app = window(database_path, bench)
    async with app.run_test(size=(80, 24)) as pilot:
        it = await ready(app, pilot)
        assert "Tue 19 May" in it.screen.head.shown.session
        await open_palette_entry(it, pilot, "another day")
        lines = [line for line in it.picture.splitlines() if "planned" in line or "closed" in line]
        assert "Tue 19 May" in next(line for line in lines if "on the screen" in line)
        assert "> Mon 18 May" in next(line for line in lines if "closed" in line)
        await it.do("<enter>")
        await until(pilot, lambda: it.screen.register.session.key.day == MONDAY)
        await it.settle()
        assert it.banner == "The register of Mon 18 May is closed."
        assert it.notice == "Closed Mon 18 May 17:10. → 1 opens today's, → 2 corrects this day."
        await it.do("<right>", "2", "<enter>")
        await it.answer("was on the paper list", "<enter>", "<enter>")
        assert it.notice == "Correcting Mon 18 May: every change keeps the reason. → 1 opens today's."
        await it.do("002", "<enter>")
        assert "PRESENT  Li Na" in it.banner
        await it.do("<right>", "1", "<enter>")
        await until(pilot, lambda: it.screen.register.session.key.day == TUESDAY)
        await it.settle()
        assert it.banner == "The register of Tue 19 May is planned."
        await it.do("002", "<enter>")
    assert desk.mark_of("002", MONDAY).status.value == "present"
    assert desk.mark_of("002", TUESDAY).arrived == bench.now
    assert desk.mark_of("003", MONDAY).status.value == "absent"


async def test_a_day_is_found_by_its_number_and_nobody_is_highlighted_there(desk, database_path, bench):
    bench.now = at("14:25")
    app = window(database_path, bench)
    async with app.run_test(size=(80, 24)) as pilot:
        it = await ready(app, pilot)
        await it.do("<down>")
        it.screen.run_command("desk.day")
        await until(pilot, lambda: len(app.screen_stack) == 2)
        await it.settle()
        await it.do("20", "<enter>")
        await until(pilot, lambda: it.screen.register.session.key.day == date(2026, 5, 20))
        await it.settle()
        assert it.highlighted is None
        assert it.notice == "This is the register of Wed 20 May. → 1 opens today's."
        await it.do("001", "<enter>")
        assert it.screen.counts_line.shown.counts.present == 0
        await it.do("<escape>", "<right>", "1", "<enter>")
        await until(pilot, lambda: it.screen.register.session.key.day == MONDAY)


async def test_an_earlier_day_left_open_is_closed_from_its_own_desk(desk, database_path, bench):
    desk.mark("001")
    bench.now = at("14:25", TUESDAY)
    app = window(database_path, bench)
    async with app.run_test(size=(80, 24)) as pilot:
        it = await ready(app, pilot)
        it.screen.run_command("desk.day")
        await until(pilot, lambda: len(app.screen_stack) == 2)
        await it.settle()
        await it.do("<enter>")
        await until(pilot, lambda: it.screen.register.session.key.day == MONDAY)
        await it.settle()
        await it.do("<right>")
        assert "6 Close …" in it.bar
        await it.do("6", "<enter>")
        await it.answer("7", "<enter>")
        await until(pilot, lambda: "Closed" in it.notice)
        assert it.notice.startswith("Closed Mon 18 May, on Tue 19 May 14:25. → 1 opens today's")
