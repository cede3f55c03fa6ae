"""A note is being typed without a pause, and something ends it."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from random import Random

from tests.faults.report import Row
from tests.terminal import CHECKIN, CTRL_Q, Machine, Terminal

PEOPLE = 12
LETTERS = "abcdefgh ijklm nopqr stuvw xyz, and "
PROMISED = 1.0
"""Seconds of typing that may be lost, whatever happens."""

SEEN = 0.25
"""Seconds after which a key that was sent has reached the program, also on a busy machine."""

F2, F3, F4, ESC, CTRL_N, CTRL_P, CTRL_T = "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b", "\x0e", "\x10", "\x14"


class Typist(threading.Thread):
    """Types letters, one every 20 to 50 ms, and remembers when."""

    def __init__(self, terminal: Terminal, chance: Random) -> None:
        super().__init__(daemon=True)
        self.sent: list[tuple[float, str]] = []
        self._terminal, self._chance, self._rests = terminal, chance, threading.Event()

    def run(self) -> None:
        """Until told to stop, or there is nobody any more."""
        with suppress(OSError):
            while not self._rests.is_set():
                letter = self._chance.choice(LETTERS)
                self._terminal.type(letter)
                self.sent.append((time.monotonic(), letter))
                time.sleep(self._chance.uniform(0.02, 0.05))

    def stop(self) -> None:
        """The hand rests."""
        self._rests.set()
        self.join()

    def text(self, until: float | None = None) -> str:
        """What was sent, all of it or up to a moment."""
        return "".join(letter for when, letter in self.sent if until is None or when <= until)


def hang_up(terminal: Terminal) -> None:
    """The window of the terminal is closed."""
    os.close(terminal._fd)
    terminal._fd = os.open(os.devnull, os.O_RDWR)


ENDINGS: dict[str, tuple[Callable[[Terminal], None], float, int]] = {
    "kill -9": (lambda one: os.kill(one.pid, signal.SIGKILL), PROMISED, -signal.SIGKILL),
    "SIGTERM": (lambda one: os.kill(one.pid, signal.SIGTERM), SEEN, 143),
    "SIGHUP": (lambda one: os.kill(one.pid, signal.SIGHUP), SEEN, 129),
    "SIGINT": (lambda one: os.kill(one.pid, signal.SIGINT), SEEN, 130),
    "terminal closed": (hang_up, SEEN, 129),
    "Ctrl+Q": (lambda one: one.type(CTRL_Q), 0.0, 0),
}
"""Name -> what is done, how many seconds of typing may be lost, the exit code."""

TURNS: dict[str, str] = {
    "F2": F2,
    "F4": F4,
    "Esc": ESC,
    "Ctrl+N": CTRL_N,
    "Ctrl+C": "\x03",
    "a dialog": CTRL_T,
    "another view by the palette": CTRL_P,
    "another day": CTRL_P + "another day\r",
}
"""Name -> the keys that end the typing in a program that goes on."""

STAYS = ("Ctrl+C",)
"""What takes nobody away from the note: it is saved in its own time."""

LEFT = 0.3
"""Seconds after which a note that was left is in the file: sooner than it would have saved itself."""


def prepared(home: Path) -> Machine:
    """Somebody came, so that notes may be written."""
    machine = Machine(home)
    machine.furnish(PEOPLE, here=1)
    return machine


def text_of(machine: Machine, code: str) -> str:
    """The note as it stands in the file, read from outside."""
    query = (
        "SELECT r.text FROM notes n JOIN note_revisions r ON r.id = n.revision_id"
        " JOIN members m ON m.id = n.member_id WHERE m.code = ?"
    )
    with closing(sqlite3.connect(machine.database)) as file:
        found = file.execute(query, (code,)).fetchone()
    return "" if found is None else str(found[0])


def writing(machine: Machine, code: str, program: Sequence[str] = (CHECKIN,)) -> Terminal:
    """A window with somebody's note open."""
    desk = Terminal((), machine.env, program=program)
    desk.wait_for("1 present")
    desk.type(F3)
    desk.wait_for("notebook seen")
    desk.type(F3)
    desk.wait_for("No note is open")
    open_note(desk, code)
    return desk


def open_note(desk: Terminal, code: str) -> None:
    """From the box."""
    desk.type(f"{code}\r")
    desk.wait_for(f"Sample Person {int(code) - 101:02d}", "Esc to the queue")


class Drafts:
    """The rounds of one run. A trial is one note and one ending; what is counted are its letters."""

    def __init__(self, folder: Path, seed: int = 1) -> None:
        self._folder, self._chance, self._count = folder, Random(f"drafts {seed}"), 0
        self._template = folder / "draft-template"
        self._template.mkdir()
        prepared(self._template)
        self.row = Row("typing is ended", note=", ".join((*ENDINGS, *TURNS)))

    def run(self, times: int) -> list[Row]:
        """Every ending so often."""
        for _time in range(times):
            for name in ENDINGS:
                self.ended(name)
            for name in TURNS:
                self.turned(name)
        return [self.row]

    def ended(self, name: str, *, seconds: float | None = None) -> None:
        """The program ends while somebody types."""
        act, lost, code = ENDINGS[name]
        machine, desk, typist = self._begin("102", seconds)
        try:
            if name == "Ctrl+Q":
                typist.stop()  # what comes behind it is for nobody
            when = time.monotonic()
            act(desk)
            ended = os.waitstatus_to_exitcode(os.waitpid(desk.pid, 0)[1]) if name == "terminal closed" else desk.end()
            desk.pid = 0
            typist.stop()
            if ended != code:
                self.row.complain(f"{name}: exit code {ended}")
            if code not in (-signal.SIGKILL, GONE) and not (desk.restored() and desk.echoes()):
                self.row.complain(f"{name}: the terminal is not as it was")
            self._compare(name, machine, "102", typist, when - lost)
            self._free(name, machine)
        finally:
            desk.close()

    def turned(self, name: str, *, seconds: float | None = None) -> None:
        """Somebody types, does something else, and a moment later the program is gone."""
        machine, desk, typist = self._begin("102", seconds)
        try:
            typist.stop()
            when = time.monotonic()
            desk.type(TURNS[name])
            time.sleep(PROMISED if name in STAYS else LEFT)
            os.kill(desk.pid, signal.SIGKILL)
            desk.end()
            self._compare(name, machine, "102", typist, when)
        finally:
            desk.close()

    def _begin(self, code: str, seconds: float | None) -> tuple[Machine, Terminal, Typist]:
        self._count += 1
        home = self._folder / f"draft{self._count}"
        shutil.copytree(self._template, home)
        machine = Machine(home)
        desk = writing(machine, code)
        typist = Typist(desk, self._chance)
        typist.start()
        time.sleep(self._chance.uniform(0.3, 2.5) if seconds is None else seconds)
        return machine, desk, typist

    def _compare(self, name: str, machine: Machine, code: str, typist: Typist, when: float) -> None:
        self.row.trials += 1
        kept, promised = text_of(machine, code), typist.text(when)
        self.row.acknowledged += len(promised)
        if not typist.text().startswith(kept):
            self.row.corrupt += 1
            self.row.complain(f"{name}: the text is not what was typed")
        if len(kept) < len(promised):
            self.row.lost += len(promised) - len(kept)
            self.row.complain(f"{name}: {len(promised) - len(kept)} letters too many are gone")

    def _free(self, name: str, machine: Machine) -> None:
        """Nobody holds the file any more."""
        with closing(sqlite3.connect(machine.database, timeout=0, isolation_level=None)) as file:
            try:
                file.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError:
                self.row.complain(f"{name}: somebody holds the file")


GONE = 129
