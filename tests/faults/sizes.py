"""A window whose size never rests, while codes are typed into it."""

from __future__ import annotations

import fcntl
import shutil
import struct
import termios
from pathlib import Path
from random import Random

from tests.faults.report import Row
from tests.faults.stream import FIRST, arrivals, send
from tests.terminal import CTRL_Q, Machine, Terminal

PEOPLE = 51
RESIZES = 200
EDGES = ((1, 1), (20, 5), (59, 17), (60, 18), (300, 100))


def resize(desk: Terminal, columns: int, rows: int) -> None:
    """The terminal has another size; the system tells the program (SIGWINCH)."""
    desk.screen.resize(rows, columns)
    fcntl.ioctl(desk._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


class Sizes:
    """The rounds of one run. A trial is one size; what is counted are the codes typed meanwhile."""

    def __init__(self, folder: Path, seed: int = 1) -> None:
        self._folder, self._chance, self._count = folder, Random(f"sizes {seed}"), 0
        self._template = folder / "sizes-template"
        self._template.mkdir()
        Machine(self._template).furnish(PEOPLE, here=1)
        self.row = Row("window sizes", note=f"{RESIZES} in a storm, a code with every fourth")

    def run(self, times: int) -> list[Row]:
        """So many storms."""
        for _time in range(times):
            self.storm()
        return [self.row]

    def storm(self, resizes: int = RESIZES) -> None:
        """One program, every size there may be, and a code with every fourth."""
        self._count += 1
        home = self._folder / f"sizes{self._count}"
        shutil.copytree(self._template, home)
        machine = Machine(home)
        desk = Terminal((), machine.env)
        codes = [str(FIRST + number) for number in range(resizes // 4)]
        try:
            desk.wait_for("1 present")
            for number in range(resizes):
                edge = EDGES[number % len(EDGES)] if number % 3 == 0 else None
                resize(desk, *(edge or (self._chance.randrange(1, 301), self._chance.randrange(1, 101))))
                send(desk, f"{codes[number // 4]}\r".encode() if number % 4 == 3 else b"")
            resize(desk, 20, 5)
            desk.wait_for("small: 60 by 18")
            resize(desk, 80, 24)
            desk.wait_for(f"{len(codes) + 1} present")
            desk.type(CTRL_Q)
            if desk.end() != 0 or not desk.restored():
                self.row.complain("it did not end as it should")
        finally:
            desk.close()
        self.row.trials += resizes
        self.row.acknowledged += len(codes)
        came = arrivals(machine)[1:]
        self.row.lost += len(set(codes) - set(came))
        if came != codes:
            self.row.complain(f"{came} instead of {codes}")
