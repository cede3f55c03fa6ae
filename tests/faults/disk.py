"""The disk under the real program, by the library of `disk.c`: a record of what was done to it, and errors at will."""

from __future__ import annotations

import mmap
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).with_name("disk.c")


class Switch(IntEnum):
    """The places of the switches, as in `disk.c`, which says what each does."""

    WRITE_ERRNO = 0
    SYNC_ERRNO = 1
    AT_FILES = 2
    OPEN_ERRNO = 3
    SKIP = 4
    TIMES = 5
    KILL_AT = 6
    CALLS = 7
    FAILED = 8


class Step(NamedTuple):
    """One thing that happened. kind: a letter as in `disk.c`; file: which one; place: an offset, a size, or a sync."""

    kind: str
    file: int
    error: int
    place: int
    data: bytes


DATABASE, JOURNAL, WAL, FOLDER = range(4)
ENDINGS = ("", "-journal", "-wal")
_HEAD = struct.Struct("=iiiiq")


def why_not() -> str:
    """Why this system cannot have such a disk; '' where it can."""
    if sys.platform != "linux":
        return "the library that stands between the program and its disk is made for Linux"
    return "" if shutil.which("cc") else "there is no C compiler (cc)"


def compile_into(folder: Path) -> Path:
    """The library, made in `folder`."""
    library = folder / "disk.so"
    if not library.exists():
        command = ["cc", "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE), "-ldl", "-lpthread"]
        subprocess.run(command, check=True)
    return library


class Disk:
    """One database whose disk is watched, for a program started with `env`."""

    def __init__(self, library: Path, database: Path, folder: Path, *, recorded: bool = True) -> None:
        """`folder`: for the record and the switches; not the database's own."""
        folder.mkdir(exist_ok=True)
        self.database = database
        self.record = folder / "record"
        mapped = folder / "switches"
        mapped.write_bytes(bytes(4 * len(Switch)))
        with mapped.open("r+b") as file:
            self._switches = mmap.mmap(file.fileno(), 0)
        self.env = {
            "LD_PRELOAD": str(library),
            "FAULTS_FILE": os.path.realpath(database),
            "FAULTS_RECORD": str(self.record) if recorded else "",
            "FAULTS_SWITCHES": str(mapped),
        }

    def __getitem__(self, switch: Switch) -> int:
        return int(struct.unpack_from("=i", self._switches, 4 * switch)[0])

    def __setitem__(self, switch: Switch, value: int) -> None:
        struct.pack_into("=i", self._switches, 4 * switch, value)

    def works(self) -> None:
        """Everything works from now on."""
        for switch in (Switch.WRITE_ERRNO, Switch.SYNC_ERRNO, Switch.OPEN_ERRNO, Switch.SKIP, Switch.TIMES):
            self[switch] = 0

    def fail(self, switch: Switch, error: int, *files: int, skip: int = 0, times: int = 0) -> None:
        """From now on such calls answer with this error at these files, after `skip` that work; `times` 0: for good."""
        self[Switch.AT_FILES] = sum(1 << file for file in files)
        self[Switch.SKIP], self[Switch.TIMES] = skip, times
        self[switch] = error

    def steps(self) -> Iterator[Step]:
        """What was recorded, in order. The last one is left out where the program died in the middle of it."""
        content = self.record.read_bytes()
        at = 0
        while at + _HEAD.size <= len(content):
            kind, file, error, length, place = _HEAD.unpack_from(content, at)
            at += _HEAD.size
            if at + length > len(content):
                return
            yield Step(chr(kind), file, error, place, content[at : at + length])
            at += length
