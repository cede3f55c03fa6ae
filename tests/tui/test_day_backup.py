"""The day's backup: after the roster is there, on a thread of its own, and heard of only when it failed."""

from __future__ import annotations

import threading
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from checkin_tui.domain.errors import CheckInError
from checkin_tui.tui.app import CheckInApp
from checkin_tui.tui.commands import View
from tests.conftest import MONDAY, at
from tests.tui.driving import Driven
from tests.tui.test_app import ready, window

FULL = CheckInError("backup_failed", path="backups", cause="db_full")


class Backups:
    """What the program was asked to make."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, bool]] = []
        self.app: CheckInApp | None = None
        self.error: Exception | None = None
        self.go_on = threading.Event()
        self.go_on.set()

    def make(self) -> None:
        assert self.app is not None
        self.asked.append((threading.current_thread().name, self.app.view.register is not None))
        assert self.go_on.wait(10)
        if self.error is not None:
            raise self.error


@pytest.fixture
def backups() -> Backups:
    return Backups()


@asynccontextmanager
async def opened(database_path, bench, backups):
    app = window(database_path, bench, back_up_today=backups.make)
    backups.app = app
    async with app.run_test(size=(100, 30)) as pilot:
        it = await ready(app, pilot)
        await until(it, lambda: backups.asked)
        yield it


async def until(it: Driven, so) -> None:
    for _turn in range(500):
        if so():
            return
        await it.pilot.pause(0.01)
    raise AssertionError("it never came")


async def test_it_is_made_once_after_the_roster_is_shown_and_nothing_is_said(
    desk, database_path, bench, backups, monkeypatch
):
    begun: list[int] = []
    monkeypatch.setattr(CheckInApp, "ready", lambda app: begun.append(len(backups.asked)))
    async with opened(database_path, bench, backups) as it:
        it.screen.reading.load()
        await it.settle()
        await it.go(View.NOTEBOOK)
        await it.settle()
        assert backups.asked == [("checkin-aside", True)]
        assert begun[0] == 0, "it began before the roster was on the screen"
        assert it.app.laptop.no_backup is None
        assert "backup" not in it.picture


async def test_marks_do_not_wait_for_it(desk, database_path, bench, backups):
    backups.go_on.clear()
    bench.now = at("14:25")
    async with opened(database_path, bench, backups) as it:
        await it.do("001", "<enter>")
        assert "PRESENT" in it.banner
        assert backups.asked == [("checkin-aside", True)]
        backups.go_on.set()


@pytest.mark.parametrize("error", [FULL, ValueError("a mistake of ours")])
async def test_a_day_without_one_is_told_in_one_quiet_sentence(desk, database_path, bench, backups, error):
    backups.error = error
    bench.now = at("14:25")
    async with opened(database_path, bench, backups) as it:
        await until(it, lambda: it.app.laptop.no_backup is not None)
        assert it.notice == "Planned. The first check-in opens the register.", "what is more pressing goes before"
        await it.do("001", "<enter>")
        cause = "the disk is full" if error is FULL else "the disk failed"
        assert it.notice == f"No backup today: {cause}. checkin doctor says more."
        await it.go(View.NOTEBOOK)
        assert it.notice.startswith("No backup today")


async def test_another_day_has_another_backup_and_a_good_one_ends_the_sentence(desk, database_path, bench, backups):
    backups.error = FULL
    bench.now = at("14:25")
    async with opened(database_path, bench, backups) as it:
        await until(it, lambda: it.app.laptop.no_backup is not None)
        backups.error = None
        bench.now = at("14:25", MONDAY + timedelta(days=1))
        it.screen.reading.visit(None)
        await until(it, lambda: len(backups.asked) == 2 and it.app.laptop.no_backup is None)
        assert "backup" not in it.picture
