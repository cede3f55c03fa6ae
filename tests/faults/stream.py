"""What a keyboard, a scanner and a clipboard can send, into every view and over a dialog, in the real program."""

from __future__ import annotations

import os
import select
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from random import Random

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

from tests.faults.report import Row
from tests.terminal import CTRL_Q, PATIENCE, Machine, Terminal

PEOPLE = 60
FIRST = 101
ESC, F2, F3, F4, CTRL_P = b"\x1b", b"\x1bOQ", b"\x1bOR", b"\x1bOS", b"\x10"
PLACES = {"roster": F2, "notebooks": F3, "writing": F3 + F3, "dashboard": F4, "palette": F2 + CTRL_P}
"""Name -> the keys that lead there from the roster."""

MEGABYTE = 1_000_000
ENDS = (b"\r", b"\n", b"\r\n", b"\t")


def odd_bytes(chance: Random, size: int) -> bytes:
    """Random sequences, none of them a key, and bytes that are no text; they end with a line end."""
    made = bytearray()
    while len(made) < size:
        begin = chance.choice(
            (b"\x1b[", b"\x1b[M\xc3\xa9\xff", b"\x1b[<", b"\x1b[?", b"\x1b]52;c;", b"\x1bP", b"\x80\xfe")
        )
        middle = bytes(chance.choice(b"135;:?<>!$ \x80\xff") for _byte in range(chance.randrange(12)))
        one = begin + middle + chance.choice((b"z", b"c", b"t", b"M", b"\x07", b""))
        if one.decode("latin-1") not in ANSI_SEQUENCES_KEYS:
            made += one
    return bytes(made) + b"\r"


class Stream:
    """The rounds of one run. A trial is one place and one kind of input; what is counted are the codes among it."""

    def __init__(self, folder: Path, seed: int = 1) -> None:
        self._folder, self._chance, self._count = folder, Random(f"stream {seed}"), 0
        self._template = folder / "stream-template"
        self._template.mkdir()
        machine = Machine(self._template)
        machine.furnish(PEOPLE)
        machine.run("mark", str(FIRST + PEOPLE - 1))
        self.row = Row("hostile keyboard", note=", ".join(PLACES))

    def run(self, times: int) -> list[Row]:
        """Every place so often."""
        for _time in range(times):
            for place in PLACES:
                self.attack(place, paste=MEGABYTE, odd=65_536)
        return [self.row]

    def attack(self, place: str, *, paste: int, odd: int) -> None:
        """Everything at one place, in one program, and scans on the roster after each of it."""
        self._count += 1
        home = self._folder / f"stream{self._count}"
        shutil.copytree(self._template, home)
        machine = Machine(home)
        desk = Terminal((), machine.env)
        codes = iter(range(FIRST, FIRST + PEOPLE - 1))
        marked: list[str] = []
        try:
            desk.wait_for("1 present")
            for what in (
                odd_bytes(self._chance, odd),
                b"\x1b[200~" + (b"a pasted line \x1b[15~\r\n" * (paste // 22)) + b"\x1b[201~",
                b"\x1b[200~a paste without an end",
                b"zzzzzzzzzz" * 100,
                b"\x1b[B" * 1000,
                b"\x1b[",
            ):
                self.row.trials += 1
                send(desk, PLACES[place])
                send(desk, what)
                send(desk, b"", quiet=2.3 if what.startswith(b"\x1b[200~a paste w") else 0.3)
                send(desk, ESC * 3, quiet=0.3)
                send(desk, F2, quiet=0.3)
                send(desk, ESC * 2, quiet=0.3)
                burst = [str(code) for _number, code in zip(range(9), codes, strict=False)]
                marked += burst
                send(desk, b"".join(code.encode() + self._chance.choice(ENDS) for code in burst))
                self.row.acknowledged += len(burst)
                self._until_marked(machine, desk, marked, place)
            send(desk, CTRL_Q.encode())
            if desk.end() != 0 or not desk.restored():
                self.row.complain(f"{place}: it did not end as it should")
        finally:
            desk.close()

    def _until_marked(self, machine: Machine, desk: Terminal, codes: list[str], place: str) -> None:
        deadline = time.monotonic() + PATIENCE
        expected = [str(FIRST + PEOPLE - 1), *codes]
        while (came := arrivals(machine)) != expected and time.monotonic() < deadline:
            send(desk, b"", quiet=0.05)
        if came != expected:
            wrong = [code for code in came if code not in expected]
            self.row.lost += len([code for code in expected if code not in came])
            self.row.corrupt += len(wrong)
            self.row.complain(f"{place}: {came[-12:]} instead of {expected[-12:]}")


def arrivals(machine: Machine) -> list[str]:
    """The codes of those who were marked in whatever way, in the order of the file."""
    query = (
        "SELECT code FROM attendance_events e JOIN members m ON m.id = e.member_id ORDER BY e.recorded, e.counter, e.id"
    )
    with closing(sqlite3.connect(machine.database, timeout=5)) as file:
        return [code for (code,) in file.execute(query)]


def send(desk: Terminal, data: bytes, *, quiet: float = 0.0) -> None:
    """Write it all, reading meanwhile as a terminal does, and then until the screen has been quiet for so long."""
    os.set_blocking(desk._fd, False)
    last = time.monotonic()
    while data or time.monotonic() - last < quiet:
        readable, writable, _odd = select.select([desk._fd], [desk._fd] if data else [], [], 0.02)
        if readable:
            try:
                desk.sent += (came := os.read(desk._fd, 65536))
            except OSError as error:
                raise AssertionError("the program ended") from error
            desk._stream.feed(came)
            last = time.monotonic()
        if writable:
            data = data[os.write(desk._fd, data[:4000]) :]
            last = time.monotonic()
    os.set_blocking(desk._fd, True)
