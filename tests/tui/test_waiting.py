"""Another program holds the file: what was pressed waits for it in order, is said to wait, and is saved afterwards."""

from __future__ import annotations

import asyncio
import threading

from checkin_tui.domain.errors import DatabaseError
from checkin_tui.tui.commands import View
from checkin_tui.tui.desk import reading
from tests.tui.driving import driven
from tests.tui.fakes import Clock, FakeDesk, people


class HeldDesk(FakeDesk):
    """A file that another program holds for a while: every write is refused as SQLite does after its timeout."""

    def __init__(self, number: int = 12) -> None:
        super().__init__(people(number), Clock())
        self.held_by_another = threading.Event()
        self.also_reading = False
        self.refused = 0

    def handle(self, request, origin=None):
        if self.held_by_another.is_set() and (self.also_reading or hasattr(request, "uid")):
            self.refused += 1
            raise DatabaseError("db_locked", path="desk.db")
        return super().handle(request)


async def waiting(it, count: int) -> None:
    await it.until(lambda: f"{count} step" in it.notice and "as soon as it lets go" in it.notice)


async def test_what_waits_for_a_lock_is_not_given_up_and_keeps_its_order():
    async with driven(HeldDesk()) as it:
        it.desk.held_by_another.set()
        it.type("0003\r0004\r")
        await waiting(it, 2)
        await it.until(lambda: "Saved as soon as it lets go." in it.picture)  # all of it, in 80 columns
        it.type("0003")
        it.keys("f8")  # absent, after all
        await waiting(it, 3)
        await it.until(lambda: it.desk.refused > 1)
        assert it.app.unsaved() == (3, 0)
        assert it.status(3) is None
        it.desk.held_by_another.clear()
        await it.settle()
        assert (it.status(3), it.status(4)) == ("absent", "present")
        assert it.notice == ""
        assert it.app.unsaved() == (0, 0)


async def test_who_leaves_is_asked_about_what_waits(monkeypatch):
    monkeypatch.setattr("checkin_tui.tui.ending.SECONDS", 0.05)
    async with driven(HeldDesk()) as it:
        it.desk.held_by_another.set()
        it.type("0003\r")
        await waiting(it, 1)
        it.keys("ctrl+q")
        await it.until(lambda: "1 step is not saved yet." in it.picture)
        assert "Another program holds the file." in it.app.screen._question
        it.keys("escape")
        await it.until(lambda: "1 step is not saved yet." not in it.picture)
        it.desk.held_by_another.clear()
        await it.settle()
        assert it.status(3) == "present"


async def test_a_view_that_cannot_be_read_takes_nothing_down(monkeypatch):
    """Another view has steps that are not saved: the window stays, and the view is read once that is possible."""
    monkeypatch.setattr(reading, "AGAIN_SECONDS", 0.02)
    async with driven(HeldDesk()) as it:
        it.desk.also_reading = True
        it.desk.held_by_another.set()
        it.type("0003\r")
        await waiting(it, 1)
        it.app.show(View.DASHBOARD)
        await it.until(lambda: it.app.view.VIEW is View.DASHBOARD and "busy" in it.banner)
        assert not it.app._exit
        it.desk.held_by_another.clear()
        await it.until(lambda: it.screen.register is not None)
        await asyncio.sleep(0)
        await it.settle()
        assert it.screen.register.model.mark(3).status is not None
