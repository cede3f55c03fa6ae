"""The last moment of a process that nothing else could end: it goes, whatever the terminal does."""

from __future__ import annotations

import os
import sys
import time

import pytest

from tests.terminal import PATIENCE, Terminal

pytestmark = pytest.mark.pty

FULL = """
import os, sys, threading, time, tty
from checkin_tui.tui import crash, ending
crash._before = crash._attributes()
tty.setraw(0)
def fill():
    while True:
        os.write(2, b"x" * 4096)
threading.Thread(target=fill, daemon=True).start()
time.sleep(0.2)
ending._end_at_once(143)
"""
READ = FULL.replace("start()", "name")


def test_a_terminal_that_nobody_reads_keeps_no_process_and_no_mode(machine):
    """`crash.give_back_at_once`: an ordinary write, or one that waits for the output, would never come back."""
    desk = Terminal((), machine.env, program=(sys.executable, "-c", FULL))
    try:
        assert exit_code(desk) == 143
        assert desk.echoes()
    finally:
        desk.close()


def test_a_terminal_that_is_read_is_given_back(machine):
    desk = Terminal((), machine.env, program=(sys.executable, "-c", READ))
    try:
        assert exit_code(desk) == 143
        assert desk.echoes()
        while desk._read():
            pass
        assert desk.sent.endswith(b"\x1b[?25h")
    finally:
        desk.close()


def exit_code(desk: Terminal) -> int:
    """Of a process whose terminal is not read meanwhile."""
    deadline = time.monotonic() + PATIENCE
    while os.waitid(os.P_PID, desk.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    pid, desk.pid = desk.pid, 0
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
