"""What `checkin doctor` finds out about the terminal: asked for an answer, measured, and left as it was."""

from __future__ import annotations

import os
import pty
import termios
import threading
from types import SimpleNamespace

import pytest

from checkin_tui.cli import terminal_look


class Answering:
    """A terminal that says where the cursor is."""

    def __init__(self, *answers: bytes) -> None:
        self._master, self.keys = pty.openpty()
        self._thread = threading.Thread(target=self._say, args=(answers,))
        self._thread.start()

    def _say(self, answers: tuple[bytes, ...]) -> None:
        for one in answers:
            os.write(self._master, one + b"\n")

    def close(self) -> None:
        self._thread.join()
        os.close(self._master)
        os.close(self.keys)


@pytest.mark.parametrize(("answers", "column"), [((b"\x1b[12;5R",), 5), ((b"x", b"\x1b[1;", b"3R"), None), ((), None)])
def test_the_terminal_is_waited_for_but_not_for_long(monkeypatch, answers, column):
    monkeypatch.setattr(terminal_look, "WAIT_SECONDS", 0.2)
    terminal = Answering(*answers)
    assert terminal_look.answered(terminal.keys) == column
    terminal.close()


def test_a_terminal_that_answers_is_measured_and_left_as_it_was(monkeypatch):
    master, slave = pty.openpty()
    before = termios.tcgetattr(slave)
    monkeypatch.setattr(terminal_look, "sys", SimpleNamespace(stdin=Stream(slave), stdout=Stream(slave)))
    drawn = (5, 2, 3)

    def answer() -> None:
        said = b""
        for column in drawn:
            while not said.endswith(b"\x1b[6n"):
                said += os.read(master, 64)
            said = b""
            os.write(master, b"\x1b[1;%dR" % column)

    thread = threading.Thread(target=answer)
    thread.start()
    monkeypatch.setattr(terminal_look, "WAIT_SECONDS", 2.0)
    monkeypatch.setattr(terminal_look, "SAMPLES", terminal_look.SAMPLES[:3])
    assert terminal_look.crooked(terminal_look._measure) == {"✗": (1, 2)}
    thread.join()
    assert termios.tcgetattr(slave) == before
    os.close(master)
    os.close(slave)


class Stream:
    """Standard input or output of a terminal."""

    def __init__(self, descriptor: int) -> None:
        self.fileno = lambda: descriptor

    def flush(self) -> None:
        """Nothing is kept back."""


def test_only_what_is_drawn_in_another_width_is_told():
    assert terminal_look.crooked(lambda samples: []) == {}
    assert terminal_look.crooked(lambda samples: [4, 2]) == {"✓": (1, 2)}


@pytest.mark.parametrize(
    ("environment", "number"),
    [
        ({"TERM": "xterm-256color"}, 256),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, 1 << 24),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, 0),
        ({"TERM": "dumb", "COLORTERM": "truecolor"}, 0),
        ({"TERM": "linux"}, 16),
    ],
)
def test_colours_are_those_the_environment_promises(environment, number):
    assert terminal_look.colours(environment) == number
