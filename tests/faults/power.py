"""The power goes: at any point of a recorded session the file is rebuilt from what was synced."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pyte

from tests.faults.disk import Step
from tests.faults.door import Door, Ledger, Painted, check, copy
from tests.faults.replay import Power
from tests.faults.report import Row
from tests.faults.rooms import Room
from tests.faults.unsafe import program
from tests.terminal import CHECKIN, CTRL_Q

CUTS_IN_A_SESSION = 50


class PowerCut:
    """The rounds of one run. A trial is one cut; half of them just after something was written to the terminal.

    At each the screen is what the terminal had been sent, and the files are those of `replay.Power`.
    """

    def __init__(self, room: Room, seed: int = 1, *, mode: str = "", seconds: float = 2.5) -> None:
        """mode: one of `unsafe.MODES`, '' for the program as it is. seconds: of work in each session."""
        self.room, self.seed, self.mode, self.seconds = room, seed, mode, seconds
        self.row = Row(f"power cut, {mode}" if mode else "power cut", must_lose=bool(mode))

    def run(self, trials: int) -> list[Row]:
        """So many cuts."""
        while self.row.trials < trials:
            chance = Random(f"{self.seed} {self.mode} {self.row.trials}")
            self._session(chance, min(CUTS_IN_A_SESSION, trials - self.row.trials))
        if self.mode:
            self.row.note = "has to lose some: else nothing above means anything"
        return [self.row]

    def _session(self, chance: Random, cuts: int) -> None:
        machine = self.room.machine()
        disk = self.room.disk(machine)
        asked = Ledger()
        before = copy(machine.database, self.room.folder / "before.db")
        door = Door(machine, asked, chance, env=disk.env, program=program(self.mode) if self.mode else (CHECKIN,))
        try:
            door.until("study", "not here yet", "saved ·")
            door.busy(self.seconds)
            door.until("saved ·", gone="saving")
            door.type(CTRL_Q)
            door.end()
        finally:
            door.close()
        steps = list(disk.steps())
        if not any(step.kind == "W" for step in steps):
            raise AssertionError("nothing was recorded: the library is not between the program and its disk")
        points = points_in(steps, chance, cuts)
        cuts_through(self.row, steps, points, before, asked, chance, self.room.folder / "cut.db")


def points_in(steps: Sequence[Step], chance: Random, count: int) -> list[int]:
    """So many points after the first write: half of them just after something was sent to the terminal."""
    first = next(number for number, step in enumerate(steps) if step.kind == "W")
    shown = [number for number, step in enumerate(steps) if step.kind == "X" and number > first]
    return [chance.choice(shown if chance.random() < 0.5 else range(first, len(steps))) for _point in range(count)]


def cuts_through(
    row: Row, steps: Sequence[Step], points: Sequence[int], before: Path, asked: Ledger, chance: Random, cut: Path
) -> None:
    """A cut at each of these points of the record. `before`: the file as it was; `cut`: a name to work with."""
    power = Power(before, chance)
    ledger = Ledger(asked.asked)
    stream = pyte.ByteStream(Painted(ledger))
    at = 0
    for point in sorted(points):
        for step in steps[at : point + 1]:
            power.take(step)
            if step.kind == "X":
                stream.feed(step.data)
        at = max(at, point + 1)
        power.cut(cut)
        row.trials += 1
        row.take(ledger.said, check(ledger, cut))
