"""A note that is being typed when something ends: what was typed is in the file, and nothing is left behind."""

from __future__ import annotations

import os
import select
import signal
import sqlite3
import sys
import time
from contextlib import closing

import pytest

from tests.faults.drafts import ESC, F3, GONE, TURNS, Drafts, hang_up, open_note, prepared, text_of, writing
from tests.faults.stream import FRAME
from tests.pty.conftest import CTRL_Q, PATIENCE
from tests.terminal import Terminal

pytestmark = pytest.mark.pty


@pytest.fixture(scope="module")
def drafts(tmp_path_factory):
    return Drafts(tmp_path_factory.mktemp("drafts"))


@pytest.mark.parametrize("ending", ["kill -9", "SIGTERM", "SIGHUP", "terminal closed", "Ctrl+Q"])
def test_typing_is_in_the_file_however_the_program_ends(drafts, ending):
    drafts.ended(ending, seconds=1.3)
    assert drafts.row.trouble == []


def test_whatever_takes_somebody_away_from_a_note_leaves_its_text_in_the_file(machine, terminal):
    prepared(machine.home)
    desk = writing(machine, "102")
    back = {"Esc": "", "another day": "", "F2": F3 + ESC, "F4": F3 + ESC}
    try:
        for number, (name, keys) in enumerate(TURNS.items()):
            code, text = str(102 + number), f"typed until {name}"
            desk.type(text + keys)
            until(lambda code=code, text=text: text_of(machine, code) == text)
            if name in ("a dialog", "another view by the palette"):
                desk.wait_for(FRAME)
                desk.type(ESC)  # an Esc that is on its way while a dialog goes is for nobody
                gone(desk, FRAME)
            if name == "another day":
                desk.wait_for("on the screen:")
                desk.type("\r")  # the only one there is: its register is read anew
                gone(desk, FRAME)
            desk.type(back.get(name, ESC))
            if number + 1 < len(TURNS):
                open_note(desk, str(int(code) + 1))
    finally:
        desk.close()


def test_two_windows_on_one_note_keep_both_texts_and_both_say_so(machine):
    prepared(machine.home)
    one, other = writing(machine, "102"), writing(machine, "102")
    try:
        one.type("What the first window wrote")
        other.type("And what the second one did")
        one.wait_for("Both kept: Ctrl+T")
        other.wait_for("Both kept: Ctrl+T")
        for window in (one, other):
            window.type(CTRL_Q)
            assert window.end() == 0
    finally:
        one.close()
        other.close()
    with closing(sqlite3.connect(machine.database)) as file:
        texts = {text for (text,) in file.execute("SELECT text FROM note_revisions")}
    assert {"What the first window wrote", "And what the second one did"} <= texts


def test_a_stopped_program_paints_itself_again_when_it_goes_on(machine, terminal):
    prepared(machine.home)
    desk = writing(machine, "102")
    try:
        desk.type("before it")
        desk.wait_for("before it")
        os.kill(desk.pid, signal.SIGTSTP)
        os.waitpid(desk.pid, os.WUNTRACED)
        while select.select([desk._fd], [], [], 0.1)[0]:
            desk._read()
        assert desk.restored()
        desk.screen.reset()
        os.kill(desk.pid, signal.SIGCONT)
        desk.wait_for("before it", "Sample Person 01")
        desk.type(" and after" + CTRL_Q)
        assert desk.end() == 0
    finally:
        desk.close()
    assert text_of(machine, "102") == "before it and after"


LETTERS = "".join(chr(ord("a") + number % 26) for number in range(400))


def test_after_stops_that_nobody_was_told_of_one_thread_reads_the_keys_in_their_order(machine):
    """SIGSTOP, as a debugger or a laptop that sleeps: two who read would share the letters."""
    prepared(machine.home)
    desk = writing(machine, "102")
    try:
        before = threads(desk)
        for _time in range(3):
            os.kill(desk.pid, signal.SIGSTOP)
            os.waitpid(desk.pid, os.WUNTRACED)
            desk.screen.reset()
            os.kill(desk.pid, signal.SIGCONT)
            desk.wait_for("Sample Person 01")
        assert threads(desk) == before
        for letter in LETTERS:
            desk.type(letter)
        desk.type(CTRL_Q)
        assert desk.end() == 0
    finally:
        desk.close()
    assert text_of(machine, "102") == LETTERS


def threads(desk) -> int:
    """How many the program has, where the system tells; else nothing that ever changes."""
    try:
        return len(os.listdir(f"/proc/{desk.pid}/task"))
    except OSError:
        return 0


IN_ORDER = """
from checkin_tui.__main__ import main
from checkin_tui.tui import ending
ending.LAST_SECONDS = 3600
main()
"""
"""Nothing but its own orderly end ends this one."""


def test_a_terminal_that_reads_nothing_holds_up_neither_text_nor_end(machine):
    prepared(machine.home)
    desk = writing(machine, "102", program=(sys.executable, "-c", IN_ORDER))
    try:
        for _line in range(30):  # nobody reads what the screen says to it, from here to the end
            desk.type("a line of text\r")
            time.sleep(0.02)
        until(lambda: text_of(machine, "102").count("\n") == 30)
        os.kill(desk.pid, signal.SIGTERM)
        assert exit_code(desk) == 143
    finally:
        desk.close()


def exit_code(desk) -> int:
    """Of a program whose terminal nobody reads meanwhile: to read it empty is to help it."""
    until(lambda: os.waitid(os.P_PID, desk.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None)
    pid, desk.pid = desk.pid, 0
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def gone(desk: Terminal, text: str) -> None:
    """Wait until it is not on the screen any more."""
    while text in desk.text:
        assert desk._read()


def until(condition) -> None:
    """Wait for what the program does by itself."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


STUCK = """
import time
from checkin_tui.__main__ import main
from checkin_tui.tui import ending
from checkin_tui.tui.app import CheckInApp
ending.LAST_SECONDS = 1
ready = CheckInApp.ready
CheckInApp.ready = lambda app: (ready(app), app.set_timer(0.3, lambda: time.sleep(3600)))
main()
"""


@pytest.mark.parametrize(("end", "code"), [(hang_up, GONE), (lambda desk: os.kill(desk.pid, signal.SIGTERM), 143)])
def test_a_program_that_is_stuck_ends_when_its_terminal_is_gone_or_it_is_told_to(machine, end, code):
    """Nobody could see it, and nobody could end it."""
    prepared(machine.home)
    desk = Terminal((), machine.env, program=(sys.executable, "-c", STUCK))
    try:
        desk.wait_for("not here yet")
        time.sleep(1)
        end(desk)
        assert exit_code(desk) == code
    finally:
        desk.close()
