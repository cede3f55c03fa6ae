"""Ways to ruin a file, for tests: every part of a database, and what may lie at its path or beside it instead."""

from __future__ import annotations

import hashlib
import random
import sqlite3
from contextlib import closing
from pathlib import Path

from checkin_tui.store.engine import begin_writing

PAGE = 4096


def page_of(path: Path, kind: str) -> int:
    """The number, from 1, of a page: `schema`, `table leaf`, `index leaf` or `freelist`."""
    if kind == "schema":
        return 1
    data = path.read_bytes()
    if kind == "freelist":
        first = int.from_bytes(data[32:36], "big")
        assert first, "nothing was ever deleted in this file"
        return first
    with closing(sqlite3.connect(path)) as raw:
        name = {"table leaf": "members", "index leaf": "uq_members_code"}[kind]
        query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        row = raw.execute(query, (name,)).fetchone() or raw.execute(query, ("sqlite_autoindex_members_1",)).fetchone()
    wanted = {"table leaf": 0x0D, "index leaf": 0x0A}[kind]
    number = int(row[0])
    while data[(number - 1) * PAGE] != wanted:  # an inner page: down along its last branch
        place = (number - 1) * PAGE
        number = int.from_bytes(data[place + 8 : place + 12], "big")
    return number


def with_bad_page(path: Path, kind: str) -> bytes:
    """The file with one page full of noise; of the first one what follows the header."""
    number = page_of(path, kind)
    data = bytearray(path.read_bytes())
    start, end = (number - 1) * PAGE + (100 if number == 1 else 0), number * PAGE
    data[start:end] = random.Random(number).randbytes(end - start)
    return bytes(data)


def make_room(path: Path) -> None:
    """Leave free pages in the file, as everything that is taken away does."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("CREATE TABLE passing (text TEXT)")
        raw.executemany("INSERT INTO passing VALUES (?)", [("x" * 3000,)] * 20)
        raw.execute("DROP TABLE passing")


def journal_of(path: Path, *, first_page: bool = True) -> bytes:
    """A hot journal of this file, as a crash in the middle of a long write leaves it; the file stays as it was.

    first_page: written by us; another program does not put page 1 into it before the end of its commit.
    """
    before = path.read_bytes()
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA journal_mode=truncate")
    raw.execute("PRAGMA cache_size=1")
    if first_page:
        begin_writing(raw)
    else:
        raw.execute("BEGIN IMMEDIATE")
    for number in range(400):
        raw.execute("INSERT INTO branches (uid, name) VALUES (?, ?)", (number.to_bytes(16, "little"), f"{number}" * 40))
    journal = path.with_name(path.name + "-journal").read_bytes()
    raw.execute("ROLLBACK")
    raw.close()
    path.write_bytes(before)
    assert journal
    return journal


def wal_of(path: Path, statement: str) -> tuple[bytes, bytes]:
    """The file in WAL mode and its WAL with that statement, as a laptop with a newer SQLite leaves them when killed."""
    before = path.read_bytes()
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA journal_mode=wal")
    raw.execute(statement)
    wal, file = path.with_name(path.name + "-wal").read_bytes(), path.read_bytes()
    raw.close()
    path.write_bytes(before)
    assert wal
    return file, wal


class Seal:
    """Everything in a folder, byte by byte, to be compared afterwards."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._before = self._state()

    def _state(self) -> dict[str, str]:
        files = [one for one in sorted(self._folder.iterdir()) if one.is_file()]
        return {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in files}

    def unbroken(self) -> bool:
        """Whether no file was changed, made or taken away."""
        return self._state() == self._before
