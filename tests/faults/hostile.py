"""Hostile words in every text of the file, in every order: each command run, what it asks answered with yes."""

from __future__ import annotations

from pathlib import Path

from tests.faults.report import Row
from tests.hostile.rounds import WIDTH, crooked, lost, walk


class Hostile:
    """The rounds of one run. A trial is one walk; what is counted are the windows looked at."""

    def __init__(self, folder: Path, seed: int = 1) -> None:
        self._folder, self._seed = folder, seed
        self.row = Row("hostile text", note="every view, command and dialog, each text another in every round")

    def run(self, times: int) -> list[Row]:
        """So many walks, each through another file."""
        calm = self._folder / "harmless"
        calm.mkdir()
        harmless = walk(calm, harmless=True).wire
        for number in range(times):
            folder = self._folder / f"hell{number}"
            folder.mkdir()
            done = walk(folder, self._seed * 1_000 + number, confirm=True)
            self.row.trials += 1
            self.row.acknowledged += len(done.walked.pictures)
            for what in (*done.wire.obeyed(harmless), *lost(done.walked), *crooked(done.walked, WIDTH)):
                self.row.complain(what)
        return [self.row]
