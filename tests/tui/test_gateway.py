"""The gateway: writes in order, none dropped, results on the loop; reads superseded; other people's commits noticed."""

from __future__ import annotations

import asyncio
import threading
from uuid import UUID

import pytest
from textual.app import App

from checkin_tui.domain.changes import RefusalRecorded
from checkin_tui.domain.errors import CheckInError, DatabaseError
from checkin_tui.domain.reads import LoadBranches, LoadDesk
from checkin_tui.domain.requests import RecordRefusal
from checkin_tui.domain.views import News
from checkin_tui.tui import gateway as gateway_module
from checkin_tui.tui.gateway import INTERNAL, Gateway, Superseded


class Slow:
    """A handler that notes who asked what, on which thread."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, object]] = []
        self.gate = threading.Event()
        self.gate.set()
        self.error: Exception | None = None
        self.foreign = False
        self.closed = 0

    def handle(self, request, origin=None):
        self.gate.wait(5)
        self.seen.append((threading.current_thread().name, request))
        if self.error is not None:
            raise self.error
        if isinstance(request, RecordRefusal):
            return RefusalRecorded(uid=request.uid)
        return News((), (), None, None, False) if type(request).__name__ == "LoadNews" else request

    def foreign_changes(self) -> bool:
        seen, self.foreign = self.foreign, False
        return seen

    def close(self) -> None:
        self.closed += 1


def write(number: int) -> RecordRefusal:
    return RecordRefusal(uid=UUID(int=number), made=0, session_id=None, typed=str(number), code="unknown")


class Host(App):
    def __init__(self, handler) -> None:
        super().__init__()
        self.handler = handler
        self.connected_on: list[str] = []
        self.gateway = Gateway(self.connect)
        self.got: list[object] = []

    def connect(self):
        self.connected_on.append(threading.current_thread().name)
        if isinstance(self.handler, Exception):
            raise self.handler
        return self.handler

    def on_mount(self) -> None:
        self.gateway.prepare(self, asyncio.get_running_loop())
        for signal in (self.gateway.changes, self.gateway.failures, self.gateway.news):
            signal.subscribe(self, self.got.append, immediate=True)
        self.gateway.start()

    def on_unmount(self) -> None:
        self.gateway.stop()


async def test_writes_come_out_in_order_and_are_published_on_the_loop():
    handler = Slow()
    async with Host(handler).run_test() as pilot:
        tickets = [pilot.app.gateway.write(write(number)) for number in range(100)]
        assert await pilot.app.gateway.drain(10)
        assert [change.uid.int for change in pilot.app.got] == list(range(100))
        assert {thread for thread, _request in handler.seen} == {"checkin-writer"}
        assert tickets[7].done.result().uid == UUID(int=7)
    assert handler.closed >= 1


async def test_each_thread_connects_for_itself():
    async with Host(Slow()).run_test() as pilot:
        await pilot.app.gateway.ask(LoadBranches())
        assert sorted(pilot.app.connected_on) == ["checkin-reader", "checkin-writer"]


async def test_a_refusal_and_a_broken_disk_are_told_apart():
    handler = Slow()
    async with Host(handler).run_test() as pilot:
        for error in (CheckInError("already"), DatabaseError("db_full"), ValueError("a bug")):
            handler.error = error
            await pilot.app.gateway.write(write(1)).done
        refused, full, bug = pilot.app.got
        assert (refused.error.code, refused.not_saved) == ("already", False)
        assert (full.error.code, full.not_saved) == ("db_full", True)
        assert (bug.error.code, bug.not_saved) == (INTERNAL, True)


async def test_a_newer_desk_supersedes_an_older_one():
    handler = Slow()
    async with Host(handler).run_test() as pilot:
        handler.gate.clear()
        first = asyncio.ensure_future(pilot.app.gateway.ask(LoadDesk(), asker=handler))
        await asyncio.sleep(0.01)
        second = asyncio.ensure_future(pilot.app.gateway.ask(LoadDesk(), lambda view: ("made", view), asker=handler))
        await asyncio.sleep(0.01)
        with pytest.raises(Superseded):
            await first
        handler.gate.set()
        assert await second == ("made", LoadDesk())


async def test_a_file_that_cannot_be_opened_refuses_everything():
    async with Host(DatabaseError("db_newer")).run_test() as pilot:
        with pytest.raises(DatabaseError) as caught:
            await pilot.app.gateway.ask(LoadDesk())
        assert caught.value.code == "db_newer"
        result = await pilot.app.gateway.write(write(1)).done
        assert result.code == "db_newer"


async def test_what_others_commit_is_published_as_news():
    handler = Slow()
    async with Host(handler).run_test() as pilot:
        pilot.app.gateway.watch(1, None)
        handler.foreign = True
        for _turn in range(300):
            if pilot.app.got:
                break
            await asyncio.sleep(0.01)
        assert isinstance(pilot.app.got[0], News)


async def test_draining_gives_up_after_its_time_and_says_so():
    handler = Slow()
    async with Host(handler).run_test() as pilot:
        handler.gate.clear()
        pilot.app.gateway.write(write(1))
        assert not await pilot.app.gateway.drain(0.05)
        handler.gate.set()
        assert await pilot.app.gateway.drain(5)


async def test_a_busy_writer_looks_around_as_often_as_an_idle_one(monkeypatch):
    monkeypatch.setattr(gateway_module, "POLL_SECONDS", 0.05)
    handler = Slow()
    app = Host(handler)
    async with app.run_test():
        app.gateway.start()
        app.gateway.watch(1, None)
        news: list[News] = []
        app.gateway.news.subscribe(app, news.append, immediate=True)
        for number in range(200):
            if number == 20:
                handler.foreign = True
            await app.gateway.write(write(number)).done
            await asyncio.sleep(0.005)
            if news:
                break
        assert news, "200 writes in a row, and what the other window wrote was never looked for"


async def until(pilot, condition) -> None:
    for _turn in range(300):
        if condition():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never came")


async def test_another_programs_lock_is_waited_for_in_order_and_who_cannot_wait_is_refused():
    handler = Slow()
    async with Host(handler).run_test() as pilot:
        gateway, waits = pilot.app.gateway, []
        gateway.waits.subscribe(pilot.app, waits.append, immediate=True)
        handler.error = DatabaseError("db_locked")
        first, dialog, second = gateway.write(write(1)), gateway.write(write(2), patient=False), gateway.write(write(3))
        assert (await dialog.done).code == "db_locked"
        await until(pilot, lambda: len(waits) > 2)
        assert {one.request.uid.int for one in waits} == {1}
        assert not first.done.done()
        assert not second.done.done()
        handler.error = None
        assert [(await one.done).uid.int for one in (first, second)] == [1, 3]


async def test_what_waits_for_a_lock_does_not_keep_the_program_from_ending():
    handler = Slow()
    async with Host(handler).run_test() as pilot:
        handler.error = DatabaseError("db_locked")
        waiting = pilot.app.gateway.write(write(1))
        await until(pilot, lambda: len(handler.seen) > 1)
        pilot.app.gateway.stop()
        assert (await waiting.done).code == "db_locked"
    assert handler.closed
