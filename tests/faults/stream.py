"""What a keyboard, a scanner and a clipboard can send, into every view and over a dialog, in the real program."""

from __future__ import annotations

import os
import select
import shutil
import signal
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from random import Random

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

from checkin_tui.tui.driver import PASTE_SECONDS, SEQUENCE_SECONDS
from tests.faults.report import Row
from tests.terminal import CTRL_Q, PATIENCE, Machine, Terminal

PEOPLE = 300
FIRST = 102
"""The code of the first who is to come: the one before is here already."""

ESC, F2, F3, F4, DOWN = b"\x1b", b"\x1bOQ", b"\x1bOR", b"\x1bOS", b"\x1b[B"
ENTER, CTRL_P, CTRL_R, CTRL_T = b"\r", b"\x10", b"\x12", b"\x14"


def by_name(words: str) -> bytes:
    """The keys that give a command by the palette."""
    return CTRL_P + words.encode() + ENTER


CHASE, PROGRAM = by_name("who owes notes"), by_name("program")
PLACES = {
    "roster": F2,
    "notebooks": F3,
    "writing": F3 + F3,
    "dashboard": F4,
    "chase": CHASE,
    "program": PROGRAM,
    "palette": F2 + CTRL_P,
}
"""Name -> the keys that lead there from the roster."""

DIALOGS = {
    **{
        words: (F2, DOWN, by_name(words))
        for words in (
            "on leave", "history", "arrived at", "left at", "edit person", "move to another branch", "add person",
            "close", "roll-call", "mark all shown present", "late from", "another day", "new member", "import people",
            "import contacts", "theme", "help",
        )
    },
    **{
        words: (PROGRAM, DOWN, by_name(words))
        for words in ("edit session", "add session", "plan", "days", "terms")
    },
    **{words: (CHASE, DOWN, by_name(words)) for words in ("save list", "one branch", "contact of the branch")},
    "a day": (PROGRAM, DOWN, ENTER),
    "behind a figure": (F4, DOWN, ENTER),
    "branch seen": (by_name("whole branch seen"), b"0", ENTER),
    "versions": (F3, F3, b"101" + ENTER, b"a text", CTRL_T),
    "reading": (F3, F3, b"101" + ENTER, b"a text", CTRL_R),
}  # fmt: skip
"""Name -> the keys that open it from the roster while the register is open, each when the screen has taken the last."""

FRAME = "╭"
"""What of a dialog is on the screen, and of no view."""

MEGABYTE = 1_000_000
ENDS = (b"\r", b"\n", b"\r\n", b"\t")


UNFINISHED_SECONDS = 2 * SEQUENCE_SECONDS
ENDLESS_SECONDS = PASTE_SECONDS + 0.5
"""How long the hand rests, so that what has begun counts as it is and the next key is one of its own."""

PREFIX, SUFFIX, STALL_SECONDS = "]C1", "#", 0.3


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


def inputs(chance: Random, paste: int, odd: int) -> dict[str, bytes]:
    """Everything that may come. paste, odd: so many bytes of these two."""
    return {
        "odd bytes": odd_bytes(chance, odd),
        "a paste": b"\x1b[200~" + (b"a pasted line \x1b[15~\r\n" * (paste // 22)) + b"\x1b[201~",
        "an endless paste": b"\x1b[200~a paste without an end",
        "a key held down": b"zzzzzzzzzz" * 100,
        "arrows": DOWN * 1000,
        "a sequence without an end": b"\x1b[",
    }


INPUTS = tuple(inputs(Random(0), 0, 0))


class Stream:
    """The rounds of one run. A trial is one place and one kind of input; what is counted are the codes among it."""

    def __init__(self, folder: Path, seed: int = 1) -> None:
        self._folder, self._chance, self._count = folder, Random(f"stream {seed}"), 0
        self._template = folder / "stream-template"
        self._template.mkdir()
        Machine(self._template).furnish(PEOPLE, here=1)
        self.row = Row("hostile keyboard", note=f"{', '.join(PLACES)}, {len(DIALOGS)} dialogs; a stall")

    def run(self, times: int) -> list[Row]:
        """Every view so often, every dialog once, and a scanner through a stall."""
        for _time in range(times):
            for place in PLACES:
                self.attack(place, paste=MEGABYTE, odd=65_536)
            self.stalled()
        for dialog in DIALOGS:
            self.attack(dialog, paste=20_000, odd=4_000)
        return [self.row]

    def attack(self, place: str, *, paste: int, odd: int, kinds: Sequence[str] = INPUTS) -> None:
        """These inputs at one place, in one program; hard behind each of them the way to the roster, and scans."""
        machine, desk = self._begin()
        codes, marked = iter(range(FIRST, FIRST + PEOPLE)), [str(FIRST - 1)]
        sent = inputs(self._chance, paste, odd)
        try:
            desk.wait_for("1 present")
            for kind in kinds:
                self.row.trials += 1
                self._go(desk, place)
                send(desk, sent[kind])
                rest(desk, ENDLESS_SECONDS if kind == "an endless paste" else UNFINISHED_SECONDS)
                burst = [str(code) for _number, code in zip(range(9), codes, strict=False)]
                marked += burst
                scans = b"".join(code.encode() + self._chance.choice(ENDS) for code in burst)
                send(desk, ESC * 3 + F2 + ESC * 2 + scans)
                self.row.acknowledged += len(burst)
                self._until_marked(machine, desk, marked, f"{kind} at {place}")
            self._end(desk, place)
        finally:
            desk.close()

    def stalled(self, codes: int = 200) -> None:
        """A scanner that puts something round each code goes on while the program stands still."""
        machine, desk = self._begin()
        (machine.home / "settings.toml").write_text(f'prefix = "{PREFIX}"\nsuffix = "{SUFFIX}"\n', "utf-8")
        burst = [str(FIRST + number) for number in range(codes)]
        scans = [f"{PREFIX}{code}{SUFFIX}\r\n".encode() for code in burst]
        try:
            desk.wait_for("1 present")
            send(desk, b"".join(scans[: codes // 2]))
            os.kill(desk.pid, signal.SIGSTOP)
            send(desk, b"".join(scans[codes // 2 :]))
            time.sleep(STALL_SECONDS)
            os.kill(desk.pid, signal.SIGCONT)
            self.row.trials += 1
            self.row.acknowledged += codes
            self._until_marked(machine, desk, [str(FIRST - 1), *burst], "a stall")
            self._end(desk, "a stall")
        finally:
            desk.close()

    def _begin(self) -> tuple[Machine, Terminal]:
        self._count += 1
        home = self._folder / f"stream{self._count}"
        shutil.copytree(self._template, home)
        machine = Machine(home)
        return machine, Terminal((), machine.env)

    def _go(self, desk: Terminal, place: str) -> None:
        if place in PLACES:
            send(desk, PLACES[place])
            return
        for keys in DIALOGS[place]:
            send(desk, keys, quiet=0.2)
        desk.wait_for(FRAME)

    def _end(self, desk: Terminal, place: str) -> None:
        send(desk, CTRL_Q.encode())
        if desk.end() != 0 or not desk.restored():
            self.row.complain(f"{place}: it did not end as it should")

    def _until_marked(self, machine: Machine, desk: Terminal, expected: list[str], place: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while (came := arrivals(machine)) != expected and time.monotonic() < deadline:
            rest(desk, 0.05)
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


def rest(desk: Terminal, seconds: float) -> None:
    """Send nothing for so long, reading meanwhile as a terminal does."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        send(desk, b"", quiet=0.02)
