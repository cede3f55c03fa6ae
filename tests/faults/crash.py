"""Errors of our own, put into the real program: how it ends, what it leaves on the terminal, and what it tells."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.faults.report import Row
from tests.faults.rooms import Room
from tests.terminal import CTRL_Q, PATIENCE, Machine, Terminal

LAUNCH: Final = str(Path(__file__).with_name("launch.py"))
WORDS: Final = "Mara Quill-4711 a-secret-thought 曾小明"
"""What the injected errors say, as an error of a library would: a name and a note."""

ENDS: Final = {
    "import": 70,
    "compose": 70,
    "keys": 70,
    "render": 70,
    "timer": 70,
    "sql": 70,
    "worker": 70,
    "thread": 70,
    "gateway": 70,
    "service": 0,
    "recursion": 70,
    "memory": 70,
    "interrupt": 130,
    "leave": 70,
    "second": 70,
    "unmount": 70,
    "driver": 70,
    "quiet": 0,
    "atexit": 0,
}
"""Each fault of the screens and the exit code it has to end with."""

ARGUMENTS: Final = {"keys": ("keys", "--test")}
"""What the program is asked for, where that is not the desk."""

COMMANDS: Final = {
    "command": 70,
    "command-sql": 70,
    "command-recursion": 70,
    "command-interrupt": 130,
    "command-telling": 70,
    "command-atexit": 0,
}
"""The same for a command."""

LEAVES: Final = b"\x1b[?1049l"
MODES: Final = ("?1000", "?1003", "?1006", "?2004", "?1004")
"""Mouse, bracketed paste, reports of focus: asked for with `h` at the end, and given back with `l`."""


def crash(room: Room) -> Row:
    """Every fault once."""
    row = Row("an error of our own", note="terminal restored, exit code, nobody's name told")
    for fault in ENDS:
        row.trials += 1
        row.trouble += [f"{fault}: {what}" for what in on_screen(room.machine(), fault)]
    for fault in COMMANDS:
        row.trials += 1
        row.trouble += [f"{fault}: {what}" for what in on_command(room.machine(), fault)]
    return row


def on_screen(machine: Machine, fault: str) -> list[str]:
    """What went wrong beyond the fault itself: nothing, in a program with manners."""
    machine.env["FAULT_WORDS"] = WORDS
    terminal = Terminal(ARGUMENTS.get(fault, ()), machine.env, program=(sys.executable, LAUNCH, fault))
    try:
        _play(terminal, fault)
        code = terminal.end()
        echoes = terminal.echoes()
    finally:
        terminal.close()
    wrong = [] if code == ENDS[fault] else [f"exit code {code}"]
    if LEAVES in terminal.sent:
        wrong += [] if terminal.restored() else ["the screen before was not shown again"]
        wrong += [f"{mode} stayed on" for mode in MODES if _stays(terminal.sent, mode)]
        wrong += [] if echoes else ["no echo"]
    after = terminal.sent[terminal.sent.rfind(LEAVES) + 1 :]  # the register itself shows names, and is gone by now
    told = "".join(after.decode(errors="replace").split())  # lines of the terminal are broken anywhere
    if code == 70 and "checkin.log" not in told:
        wrong.append("no path of a log")
    return wrong + names_in(machine, [terminal.sent], [after]) + _log(machine, code)


def on_command(machine: Machine, fault: str) -> list[str]:
    """The same for `checkin members`."""
    machine.env["FAULT_WORDS"] = WORDS
    done = subprocess.run(
        [sys.executable, LAUNCH, fault, "members", "--json"], env=machine.env, capture_output=True, timeout=PATIENCE,
        check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    wrong = [] if done.returncode == COMMANDS[fault] else [f"exit code {done.returncode}"]
    if b"Traceback" in done.stderr:
        wrong.append("a traceback")
    said = [done.stderr] if done.returncode == 0 else [done.stdout, done.stderr]
    return wrong + names_in(machine, said, said) + _log(machine, done.returncode)


def names_in(machine: Machine, everything: Sequence[bytes], after: Sequence[bytes]) -> list[str]:
    """Which words of an error, or names of the register, were written where they do not belong.

    everything: in which no word of an error may be; after: nor any name.
    """
    kept = [(path.name, path.read_bytes()) for path in machine.home.rglob("*") if path.is_file() and _ours(path)]
    found = []
    for word in WORDS.split():
        found += ["the terminal has " + word for text in everything if word.encode() in text]
    for name in (*WORDS.split(), "Sample Person", "Branch 1"):
        found += [f"the end has {name}" for text in after if name.encode() in text]
        found += [f"{file} has {name}" for file, text in kept if name.encode() in text]
    return found


def _play(terminal: Terminal, fault: str) -> None:
    """Whatever it takes for the fault to happen, and for the program to end after it."""
    if fault in ("gateway", "service"):
        terminal.wait_for("Sample Person 01")
        terminal.type("101\r")
    if fault == "service":
        terminal.wait_for("NOT SAVED")
        terminal.type(CTRL_Q)
        terminal.wait_for("not saved yet")
        time.sleep(1.0)  # a dialog does not take an Enter that was on its way when it opened
        terminal.type("\x1b[C\r")  # Enter alone stays
    if fault == "quiet":
        terminal.wait_for("quiet troubles")
        terminal.type(CTRL_Q)


def _stays(sent: bytes, mode: str) -> bool:
    """Whether the terminal was asked for something that was not given back."""
    return sent.rfind(f"\x1b[{mode}h".encode()) > sent.rfind(f"\x1b[{mode}l".encode())


def _ours(path: Path) -> bool:
    """Whether no name belongs into the file: neither the register nor what it was imported from."""
    return path.suffix not in (".db", ".csv")


def _log(machine: Machine, code: int) -> list[str]:
    log = machine.home / "state" / "checkin.log"
    if code == 130:
        return []
    if not log.is_file():
        return ["no log"]
    return [] if "launch.py" in log.read_text("utf-8") else ["the log does not say where"]
