"""The app as a whole: over the real services, with two windows, and how it ends."""

from __future__ import annotations

import asyncio
import logging
from datetime import date
from pathlib import Path

import pytest

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.errors import DatabaseError
from checkin_tui.domain.reads import LoadDesk
from checkin_tui.domain.requests import EditMember, ErasePerson
from checkin_tui.services.backups import back_up_today
from checkin_tui.services.handler import FileHandler
from checkin_tui.services.opening import Door
from checkin_tui.store.engine import open_database
from checkin_tui.tui.app import CheckInApp
from checkin_tui.tui.themes import OURS
from tests.conftest import at, context_for
from tests.tui.driving import Driven, driven
from tests.tui.fakes import FULL, settings


def window(path, bench, station=1, operator="Wang", **more) -> CheckInApp:
    """The program on a real file."""

    def connect() -> FileHandler:
        door = Door(path, None, bench.clock)
        return FileHandler(door, lambda database: context_for(database, bench, station, operator))

    return CheckInApp(connect, settings(operator=operator), bench.clock, bench.uid, **more)


async def ready(app, pilot) -> Driven:
    it = Driven(app, None, pilot)
    while it.screen.register is None:
        await pilot.pause(0.01)
    await it.settle()
    return it


async def test_a_whole_afternoon_on_a_real_file(desk, database_path, bench):
    bench.now = at("14:25")
    app = window(database_path, bench)
    async with app.run_test(size=(100, 30)) as pilot:
        it = await ready(app, pilot)
        assert "first check-in opens" in it.notice
        await it.do("001", "<enter>")
        assert "The register is now open." in it.banner
        await it.do("ln", "<enter>")
        assert it.banner.startswith("✓ PRESENT  Li Na · Xinghe · 14:25")
        await it.do("zhangwei", "<enter>")
        assert "2 people fit" in it.banner
        await it.do("zhangwei lotus", "<enter>", "<down>", "<enter>")
        bench.now = at("14:50")
        await it.do("wxm", "<enter>")
        assert "LATE 20 min" in it.banner
        await it.do("<ctrl+z>", "<ctrl+y>")
        assert "Done again" in it.banner
        await it.do("003", "<enter>")
        assert "14:50" in it.banner
        assert "Wang" in it.banner
        counts = it.screen.counts_line.shown.counts
    stored = desk.view()
    assert stored.session.state.value == "open"
    marks = [mark.status for mark in stored.marks.values() if mark.status]
    assert marks.count(Status.LATE) == counts.late == 1
    assert marks.count(Status.PRESENT) == counts.present
    assert counts.present >= 3


async def test_two_windows_on_one_file_agree(desk, database_path, bench):
    bench.now = at("14:25")
    one, two = window(database_path, bench), window(database_path, bench, 2, "Chen")
    async with one.run_test() as first, two.run_test() as second:
        left, right = await ready(one, first), await ready(two, second)
        await left.do("001", "<enter>")
        await right.do("002", "<enter>")
        for _turn in range(200):
            both = [it.screen.counts_line.shown.counts for it in (left, right)]
            if both[0] == both[1] and both[0].present == 2:
                break
            await first.pause(0.02)
        assert both[0] == both[1]
        assert "OPEN" in right.screen.head.shown.session
        await right.do("001", "<enter>")
        assert "by Wang" in right.banner


async def test_what_another_window_takes_back_does_not_stay_in_the_bar(desk, database_path, bench):
    """Undo is the laptop's, so it may be about a mark of the other window."""
    bench.now = at("14:25")
    app = window(database_path, bench)
    async with app.run_test(size=(80, 24)) as pilot:
        it = await ready(app, pilot)
        await it.do("001", "<enter>")
        assert it.banner.startswith("✓ PRESENT")
        desk.mark("002")
        await until(pilot, lambda: it.status(desk.id_of("002")) == "present")
        assert it.banner.startswith("✓ PRESENT")
        desk.undo()
        desk.undo()
        await until(pilot, lambda: it.banner.startswith("Changed in another window: "))
        assert it.status(desk.id_of("001")) is None


async def test_the_note_of_somebody_who_is_erased_elsewhere_leaves_the_screen(desk, database_path, bench):
    bench.now = at("14:25")
    desk.mark("001")
    app = window(database_path, bench)
    async with app.run_test(size=(100, 30)) as pilot:
        it = await ready(app, pilot)
        member = desk.id_of("001")
        app.write_note(member)
        writing = app.view
        await until(pilot, lambda: writing.furnished and writing.desk.note is not None)
        await it.do("a secret of mine")
        writing.desk.save()
        await until(pilot, lambda: writing.desk.note.saved_text == "a secret of mine")
        desk.do(ErasePerson, member_id=member, name="Erased person")
        await until(pilot, lambda: writing.desk.note is None)
        assert "secret" not in writing.editor.text
        assert not writing.pane.display
        assert "erased-1 was erased meanwhile" in it.banner
        await it.do("002")
        assert writing.box.value == "002"


async def test_a_reload_keeps_marks_that_came_meanwhile(desk, database_path, bench):
    bench.now = at("14:25")
    app = window(database_path, bench)
    async with app.run_test() as pilot:
        it = await ready(app, pilot)
        it.screen.reading.load()
        await it.do("001", "<enter>")
        it.screen.reading.load()
        await it.do("002", "<enter>", "le")
        await pilot.pause(0.2)
        await it.settle()
        assert it.screen.counts_line.shown.counts.present == 2
        assert it.screen.box.value == "le"


async def test_the_first_start_makes_a_program(tmp_path, bench):
    path = tmp_path / "new.db"
    app = window(path, bench)
    async with app.run_test(size=(80, 24)) as pilot:
        it = Driven(app, None, pilot)
        for _turn in range(300):
            if len(app.screen_stack) == 2:
                break
            await pilot.pause(0.01)
        assert it.screen.register is None
        await it.answer("Reading weeks", *["<enter>"] * 10)
        for _turn in range(300):
            if it.screen.register is not None:
                break
            await pilot.pause(0.01)
        assert it.screen.register.view.program.terms.name == "Reading weeks"
    database = open_database(path)
    assert context_for(database, bench).clock() == bench.now
    database.close()


@pytest.mark.parametrize(("code", "exit_code"), [("db_newer", 2), ("db_locked", 3)])
async def test_a_file_that_cannot_be_used_is_one_sentence_and_its_exit_code(bench, code, exit_code):
    class Broken:
        def handle(self, request, origin=None):
            raise DatabaseError(code, path="some.db")

        def foreign_changes(self):
            return False

        def close(self):
            pass

    app = CheckInApp(Broken, settings(), bench.clock, bench.uid)
    async with app.run_test() as pilot:
        for _turn in range(300):
            if app._exit:
                break
            await pilot.pause(0.01)
        assert app.return_code == exit_code


async def test_quitting_waits_for_the_disk():
    async with driven(number=20) as it:
        it.desk.gate.clear()
        it.type("0003\r")
        await it.pilot.pause()
        it.keys("ctrl+q")
        await it.pilot.pause(0.1)
        assert not it.app._exit
        it.desk.gate.set()
        for _turn in range(100):
            if it.app._exit:
                break
            await asyncio.sleep(0.01)
        assert it.app._exit
        assert it.desk.mark(3).status is Status.PRESENT


async def test_quitting_asks_when_something_was_not_saved():
    async with driven(number=20) as it:
        it.desk.failing = FULL
        await it.do("0003", "<enter>")
        await it.do("<ctrl+q>")
        assert len(it.app.screen_stack) == 2
        await it.do("<escape>")
        assert not it.app._exit


async def test_themes_of_ours_and_of_others():
    async with driven(number=5) as it:
        for name in [theme.name for theme in OURS] + ["nord", "textual-light"]:
            it.app.theme = name
            await it.settle()
            await it.do("0001", "<enter>")
            text = "\n".join(strip.text for strip in it.screen._compositor.render_strips())
            assert "Code" in text


async def test_no_colour_still_tells_the_status(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with driven(number=5) as it:
        await it.do("0001", "<enter>")
        text = "\n".join(strip.text for strip in it.screen._compositor.render_strips())
        assert "P ✓ present" in text


def test_an_error_of_ours_ends_in_order_and_shows_no_variable(bench, caplog):
    class Bug(CheckInApp):
        def on_ready(self) -> None:
            name_of_somebody = "Zhang Wei"
            raise RuntimeError("a bug") from ValueError(len(name_of_somebody))

    app = Bug(lambda: None, settings(), bench.clock, bench.uid, log_file="some.log")
    app._driver = None
    with caplog.at_level(logging.ERROR):
        try:
            raise RuntimeError("a bug")
        except RuntimeError as error:
            app._close_messages_no_wait = lambda: None
            app._handle_exception(error)
    assert app.return_code == 70
    shown = "".join(str(part) for part in app._exit_renderables)
    assert "some.log" in shown
    assert "Traceback" not in shown
    assert "a bug" in caplog.text


@pytest.mark.parametrize(
    "command", ["person.history", "person.edit", "person.transfer", "mark.left_at", "people.add", "people.import"]
)
async def test_dialogs_of_a_person_open_on_a_real_file(desk, database_path, bench, command):
    bench.now = at("14:25")
    app = window(database_path, bench)
    async with app.run_test(size=(80, 24)) as pilot:
        it = await ready(app, pilot)
        await it.do("001", "<enter>", "<down>")
        it.screen.run_command(command)
        for _turn in range(100):
            if len(app.screen_stack) == 2:
                break
            await pilot.pause(0.01)
        assert len(app.screen_stack) == 2
        await it.do("<escape>")
        assert len(app.screen_stack) == 1


async def test_closing_and_correcting_on_a_real_file(desk, database_path, bench):
    bench.now = at("16:50")
    app = window(database_path, bench)
    async with app.run_test(size=(80, 24)) as pilot:
        it = await ready(app, pilot)
        await it.do("001", "<enter>")
        it.screen.run_command("desk.close")
        await it.settle()
        await it.answer("7", "<enter>")
        await it.settle()
        await pilot.pause(0.3)
        await it.settle()
        counts = it.screen.counts_line.shown.counts
        assert "Closed" in it.notice
        assert (counts.absent, counts.unmarked) == (7, 0)
        await it.do("002", "<enter>")
        await it.answer("was on the paper list", "<enter>", "<enter>")
        assert it.screen.counts_line.shown.counts.absent == 6
    assert desk.handler.handle(LoadDesk(None)).session.state.value == "closed"


async def until(pilot, condition) -> None:
    for _turn in range(300):
        if condition():
            return
        await pilot.pause(0.01)
    raise AssertionError("it did not happen")


async def test_an_extra_session_is_opened_by_the_offer(desk, database_path, bench):
    bench.now = at("14:25", date(2026, 5, 23))  # a Saturday
    app = window(database_path, bench)
    async with app.run_test(size=(80, 24)) as pilot:
        it = await ready(app, pilot)
        assert it.notice == "Next: Mon 25 May. → 1 opens an extra one."
        await it.do("<right>", "1", "<enter>")
        await it.answer("<enter>")
        await until(pilot, lambda: it.screen.register.session is not None)
        await it.settle()
        await it.do("001", "<enter>")
        assert it.screen.counts_line.shown.counts.present == 1


async def test_late_from_is_moved_and_standings_follow(desk, database_path, bench):
    bench.now = at("14:45")
    app = window(database_path, bench)
    async with app.run_test(size=(80, 24)) as pilot:
        it = await ready(app, pilot)
        await it.do("001", "<enter>")
        assert it.screen.counts_line.shown.counts.late == 1
        it.screen.run_command("desk.late_from")
        await it.settle()
        await it.answer("14:50", "<enter>", "<enter>")
        await until(pilot, lambda: it.screen.counts_line.shown.counts.present == 1)


async def test_somebody_edited_has_the_new_name_on_the_roster(desk, database_path, bench):
    bench.now = at("14:25")
    app = window(database_path, bench)
    async with app.run_test(size=(80, 24)) as pilot:
        it = await ready(app, pilot)
        await it.do("002", "<down>")
        it.screen.run_command("person.edit")
        await until(pilot, lambda: len(app.screen_stack) == 2)
        await it.settle()
        await it.answer("na")
        while len(app.screen_stack) == 2:
            await it.answer("<enter>")
        await until(pilot, lambda: any(p.name == "Li Nana" for p in it.screen.register.model.people))
        assert it.banner.startswith("Saved: Li Nana · code 002")


async def test_an_edit_is_taken_back_where_it_was_made(desk, database_path, bench):
    bench.now = at("14:25")
    app = window(database_path, bench)
    async with app.run_test(size=(80, 24)) as pilot:
        it = await ready(app, pilot)
        desk.mark("001")
        it.screen.send(EditMember(uid=bench.uid(), made=bench.now, member_id=desk.id_of("002"), name="Li Nobody"))
        await until(pilot, lambda: any(p.name == "Li Nobody" for p in it.screen.register.model.people))
        await it.do("<right>", "1", "<enter>")
        await until(pilot, lambda: any(p.name == "Li Na" for p in it.screen.register.model.people))
        assert it.banner == "Taken back: 002"
        assert desk.statuses() == {"001": "present"}


async def test_a_walk_in_as_guest_of_today_counts_apart(desk, database_path, bench):
    bench.now = at("14:25")
    app = window(database_path, bench)
    async with app.run_test(size=(80, 24)) as pilot:
        it = await ready(app, pilot)
        await it.do("001", "<enter>")
        it.screen.run_command("people.walk_in")
        await it.settle()
        await it.answer("Quin Wolf", "<enter>", "<enter>", "<space>", "<enter>", "<enter>")
        await until(pilot, lambda: it.screen.counts_line.shown.counts.guests == 1)
        assert it.screen.counts_line.shown.counts.expected == 8


async def test_a_file_that_was_deleted_is_named_with_the_backup_that_brings_it_back(
    desk, database_path, bench, tmp_path
):
    kept = tmp_path / "kept"
    made = back_up_today(database_path, kept, bench.now)
    database_path.unlink()

    def connect() -> FileHandler:
        return FileHandler(Door(database_path, kept, bench.clock), lambda database: context_for(database, bench))

    app = CheckInApp(connect, settings(), bench.clock, bench.uid)
    async with app.run_test(size=(80, 24)) as pilot:
        for _turn in range(500):
            if len(app.screen_stack) == 2:
                break
            await pilot.pause(0.01)
        await pilot.pause()
        said = "".join(Driven(app, None, pilot).picture.replace("│", "").split())  # a long path takes two lines
        assert f"restore{Path(made.file).name}" in said
        assert database_path.name in said
    assert not database_path.exists()
