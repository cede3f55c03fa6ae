"""The threads that read and write the terminal, when it is gone or the program is about to be."""

from __future__ import annotations

import os
import signal
import threading
from types import SimpleNamespace

import pytest

pytest.importorskip("termios", reason="Windows has no such driver")
from textual.drivers import linux_driver

from checkin_tui.tui.driver import _tell_sizes_in_order, tolerant_driver
from checkin_tui.tui.terminal_writer import TerminalWriter


@pytest.fixture
def driver():
    return object.__new__(tolerant_driver())


def test_a_terminal_that_cannot_be_read_any_more_is_gone(driver):
    gone = threading.Event()
    keyboard, other_end = os.openpty()
    os.close(other_end)  # to read is an error now, and no end of what comes
    driver.fileno, driver.exit_event = keyboard, threading.Event()
    driver._app = SimpleNamespace(terminal_gone=gone.set, exit=None)
    with pytest.raises(OSError, match="Input/output"):
        os.read(keyboard, 1)
    reader = threading.Thread(target=driver.run_input_thread, daemon=True)
    reader.start()
    assert gone.wait(10)
    driver.exit_event.set()
    reader.join(10)
    os.close(keyboard)
    assert not reader.is_alive()


@pytest.mark.parametrize("ending", [False, True])
def test_a_program_that_ends_does_not_go_on_when_it_is_told_to(driver, ending):
    asked = []
    driver._auto_restart, driver._app = True, SimpleNamespace(_exit=ending)
    driver._loop = SimpleNamespace(call_soon_threadsafe=asked.append)
    driver._sigcont_application()
    assert bool(asked) is not ending


def test_what_is_painted_for_a_terminal_that_is_gone_is_no_error(monkeypatch):
    failed = []
    monkeypatch.setattr(threading, "excepthook", failed.append)
    tolerant_driver()
    assert linux_driver.WriterThread is TerminalWriter  # Textual's own holds up the event loop
    reader, kept = os.pipe()
    os.close(reader)
    with os.fdopen(kept, "w") as screen:
        writer = linux_driver.WriterThread(screen)
        writer.start()
        for _frame in range(3):
            writer.write("a picture")
        writer.stop()
    assert not writer.is_alive()
    assert failed == []


def test_a_size_that_comes_inside_another_is_told_last(monkeypatch):
    """Textual reads it in the handler, where the newer one comes in the middle of the older one's."""
    told, later = [], []
    now = iter([(80, 24), (60, 18)])

    def stock(*_):
        told.append(next(now))

    before = signal.signal(signal.SIGWINCH, stock)
    try:
        _tell_sizes_in_order(SimpleNamespace(call_soon_threadsafe=later.append))
        signal.raise_signal(signal.SIGWINCH)
        signal.raise_signal(signal.SIGWINCH)
        assert told == []  # nothing is read before the loop has its turn
        for step in later:
            step()
        assert told == [(80, 24), (60, 18)]
    finally:
        signal.signal(signal.SIGWINCH, before)
