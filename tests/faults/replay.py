"""What is left of a database when the power goes: rebuilt from the record of what was written and what was synced.

What was synced is there. Of the rest any part may be: nothing, everything, or by chance some of it, torn into sectors.
A name is there for certain once its folder was synced.

After a failed sync the system holds what was written before it for clean and never writes it again (Linux does so since
4.16, https://lwn.net/Articles/752063/); a later sync that works says nothing about it. Here each such write is on the
disk or not, by chance; a changed size is kept and follows with the next sync that works.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.faults.disk import ENDINGS, FOLDER, Step

SECTOR = 512


@dataclass
class _Change:
    """Not synced yet. data None: the size becomes `place`."""

    place: int
    data: bytes | None


@dataclass
class _File:
    """One file: what is certainly on the disk, and what may be."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[_Change] = field(default_factory=list)


class Power:
    """The disk as it would be found if the power went now."""

    def __init__(self, database: Path, chance: Random) -> None:
        """Starts from the files as they are, all of them synced."""
        self._chance = chance
        self._files: list[_File | None] = []
        for ending in ENDINGS:
            path = database.with_name(database.name + ending)
            self._files.append(_File(bytearray(path.read_bytes())) if path.exists() else None)
        self._named: list[_File | None] = list(self._files)  # what the folder on the disk certainly says
        self._begun: dict[int, tuple[_File | None, int]] = {}  # a sync -> its file, how much was pending when it began
        self._folder_begun: dict[int, list[_File | None]] = {}

    def take(self, step: Step) -> None:
        """One more thing happened."""
        if step.kind == "C":
            self._files[step.file] = _File()
        elif step.kind == "U":
            self._files[step.file] = None
        elif step.kind == "B" and step.file == FOLDER:
            self._folder_begun[step.place] = list(self._files)
        elif step.kind == "S" and step.file == FOLDER:
            names = self._folder_begun.pop(step.place)
            self._named = self._named if step.error else names
        elif step.kind == "B":
            one = self._files[step.file]
            self._begun[step.place] = (one, 0 if one is None else len(one.pending))
        elif step.kind == "S":
            file, covered = self._begun.pop(step.place)
            if file is not None:
                self._synced(file, covered, failed=bool(step.error))
        elif step.kind in "WT":
            file = self._files[step.file]
            if file is not None:
                file.pending.append(_Change(step.place, step.data if step.kind == "W" else None))

    def _synced(self, file: _File, covered: int, *, failed: bool) -> None:
        for change in file.pending[:covered]:
            certain = not failed or (change.data is not None and self._chance.random() < 0.5)
            if certain:
                _apply(file.durable, change)
        file.pending[:covered] = [one for one in file.pending[:covered] if failed and one.data is None]

    def cut(self, database: Path) -> None:
        """Write what would be found to `database` and the files beside it."""
        extent = self._chance.choice(("nothing", "everything", "some", "some"))
        for ending, now, named in zip(ENDINGS, self._files, self._named, strict=True):
            path = database.with_name(database.name + ending)
            path.unlink(missing_ok=True)
            certain = now is named or extent == "nothing"
            file = named if certain or (extent == "some" and self._chance.random() < 0.5) else now
            if file is not None:
                path.write_bytes(self._content(file, extent))

    def _content(self, file: _File, extent: str) -> bytes:
        content = bytearray(file.durable)
        for change in file.pending:
            if extent == "everything":
                _apply(content, change)
            elif extent == "some" and self._chance.random() < 0.5:
                _apply(content, change if self._chance.random() < 0.5 else self._torn(change))
        return bytes(content)

    def _torn(self, change: _Change) -> _Change:
        """The first sectors of a write, or the last."""
        if change.data is None or len(change.data) <= SECTOR:
            return change
        at = SECTOR * self._chance.randrange(1, -(-len(change.data) // SECTOR))
        if self._chance.random() < 0.5:
            return _Change(change.place, change.data[:at])
        return _Change(change.place + at, change.data[at:])


def _apply(content: bytearray, change: _Change) -> None:
    if change.data is None:
        del content[change.place :]
        content.extend(bytes(change.place - len(content)))
        return
    end = change.place + len(change.data)
    content.extend(bytes(max(0, end - len(content))))
    content[change.place : end] = change.data
