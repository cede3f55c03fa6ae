"""kill -9 at any moment."""

from __future__ import annotations

import os
import signal
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from random import Random

from tests.faults.disk import Disk, Switch, why_not
from tests.faults.door import LETTERS, PEOPLE, Door, Ledger, check, copy, marks_in
from tests.faults.report import Row
from tests.faults.rooms import Room
from tests.terminal import Machine

LIVES = 10
"""How often the program is killed on one file before a fresh one is taken."""


class Kill:
    """The rounds of one run. A trial is one process that got SIGKILL; the next start is on the file it left.

    Of ten kills five come at a random time of busy work, three during a burst of check-ins, and two between two calls
    that write the file, its journal or the terminal. Moments at which the program was held still (SIGSTOP) and its
    files were copied, which is what kill -9 would have left, count apart.
    """

    def __init__(self, room: Room, seed: int = 1, *, held_still: int = 2) -> None:
        """held_still: so many such moments in each life."""
        self.room, self.seed, self.moments = room, seed, held_still
        self.dead = Row("kill -9")
        self.still = Row("held still, files copied")

    def run(self, trials: int) -> list[Row]:
        """Kill it so often."""
        while self.dead.trials < trials:
            chance = Random(f"{self.seed} {self.dead.trials}")
            self._lives(self.room.machine(), min(LIVES, trials - self.dead.trials), chance)
        self.dead.note = "a process killed, and the next one started on what it left"
        return [self.dead, self.still]

    def _lives(self, machine: Machine, count: int, chance: Random) -> None:
        """One file; the last start is only looked at."""
        ledger = Ledger()
        disk = None if why_not() else self.room.disk(machine, recorded=False)
        for life in range(count + 1):
            if disk is not None:
                disk[Switch.KILL_AT] = 0
            door = Door(machine, ledger, chance, env=disk.env if disk else {})
            try:
                self._same_as_before(door, machine.database)
                if life == count or len(ledger.asked) > PEOPLE - 12:
                    return
                self._work(door, disk, machine.database)
            finally:
                door.close()
            self.dead.trials += 1
            self.take(self.dead, ledger, machine.database)

    def _same_as_before(self, door: Door, database: Path) -> None:
        """The start works and shows what is in the file."""
        with closing(sqlite3.connect(copy(database, self.room.folder / "copy.db"))) as file:
            kept = {code: status for code, status in marks_in(file).items() if status}
        letters = {code: letter for letter, status in LETTERS.items() for code in kept if kept[code] == status}
        door.until("study", "not here yet", "saved ·", rows=letters)

    def _work(self, door: Door, disk: Disk | None, database: Path) -> None:
        """Until it is dead."""
        chance = door.chance
        with suppress(OSError):  # it died while something was typed
            for _moment in range(self.moments):
                door.busy(chance.uniform(0.0, 0.12))
                self._hold_still(door, database)
            way = chance.random()
            if way < 0.5:
                door.busy(chance.uniform(0.0, 0.6))
            elif way < 0.8 or disk is None:
                door.check_in(8)
                door.pump(chance.uniform(0.0, 0.08))
            else:
                disk[Switch.KILL_AT] = disk[Switch.CALLS] + chance.randrange(1, 60)
                door.check_in(6)
                door.pump(1.0)
        os.kill(door.pid, signal.SIGKILL)
        door.drain()

    def _hold_still(self, door: Door, database: Path) -> None:
        os.kill(door.pid, signal.SIGSTOP)
        os.waitpid(door.pid, os.WUNTRACED)
        door.pump(0.0)
        self.still.trials += 1
        self.take(self.still, door.ledger, database)
        os.kill(door.pid, signal.SIGCONT)

    def take(self, row: Row, ledger: Ledger, database: Path) -> None:
        """Hold the file against the ledger."""
        row.take(ledger.said, check(ledger, copy(database, self.room.folder / "copy.db")))
