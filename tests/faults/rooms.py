"""Homes for the program: a file with people and today's session, made once and copied for each round."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.faults.disk import Disk, compile_into
from tests.faults.door import PEOPLE
from tests.terminal import Machine


class Room:
    """A folder to work in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._template = folder / "template"
        self._template.mkdir()
        Machine(self._template).furnish(PEOPLE)
        self._count = 0

    def machine(self) -> Machine:
        """A fresh home."""
        self._count += 1
        home = self.folder / f"home{self._count}"
        shutil.copytree(self._template, home)
        return Machine(home)

    def disk(self, machine: Machine, *, recorded: bool = True) -> Disk:
        """The disk under this home."""
        return Disk(compile_into(self.folder), machine.database, self.folder / f"disk{self._count}", recorded=recorded)
