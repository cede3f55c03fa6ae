"""The end from outside: what is typed is saved first, once, and what could not be saved is said."""

from __future__ import annotations

import asyncio
import signal
import sys
from types import SimpleNamespace

import pytest

from checkin_tui.tui import ending
from checkin_tui.tui.desk import writing
from tests.tui.driving import driven
from tests.tui.fakes import FULL
from tests.tui.test_notebooks import desk_with
from tests.tui.test_writing import texts

TERM, GONE = 143, ending.GONE


@pytest.fixture(autouse=True)
def calm(monkeypatch):
    """Nothing but the end saves, and nobody ends the process of the tests."""
    monkeypatch.setattr(writing, "SAVE_SECONDS", 60)
    monkeypatch.setattr(ending, "start_new_thread", lambda *_: None)


async def ended(it) -> str:
    """What is said behind the end."""
    await it.until(lambda: it.app._exit)
    return " ".join(str(part) for part in it.app._exit_renderables)


async def test_keys_for_a_view_that_is_still_read_are_saved_before_the_end():
    async with driven(desk_with(6)) as it:
        it.desk.gate.clear()
        it.type("0005")
        it.keys("ctrl+n")  # the writing desk is not even made yet
        it.type("hello")
        await it.until(lambda: it.app.gate.closed)
        ending.begin(it.app, TERM)
        await it.pilot.pause(0.05)
        it.desk.gate.set()
        await ended(it)
        assert texts(it, 5) == ["hello"]


async def test_a_terminal_that_is_closed_says_so_twice_and_ends_the_program_once():
    async with driven(number=4) as it:
        ending.begin(it.app, TERM)
        ending.begin(it.app, GONE)
        await ended(it)
        await it.app.workers.wait_for_complete()
        assert it.app.return_code == TERM


@pytest.mark.parametrize("failing", [None, FULL], ids=["saved", "not saved"])
async def test_only_what_could_not_be_saved_is_spoken_of(failing):
    async with driven(number=4) as it:
        it.desk.failing = failing
        await it.do("0003", "<enter>")
        ending.begin(it.app, TERM)
        assert ("saved" in await ended(it)) is (failing is not None)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
async def test_a_program_started_to_outlive_its_terminal_does():
    with ending.signals_given_back():
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup has it
        ending.listen(SimpleNamespace())
        heard = {name: signal.getsignal(getattr(signal, name)) for name in ending.SIGNALS}
        for name in ending.SIGNALS:
            asyncio.get_running_loop().remove_signal_handler(getattr(signal, name))
    assert heard.pop("SIGHUP") is signal.SIG_IGN
    assert signal.SIG_IGN not in heard.values()
    assert all(callable(one) for one in heard.values())
