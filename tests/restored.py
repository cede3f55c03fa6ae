"""Every backup a test makes is restored into a file of its own, and all rows are compared with those it was made of."""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from checkin_tui.services import backups as services
from checkin_tui.store import backups, copying


def digest(raw: sqlite3.Connection) -> str:
    """Of every row of every table."""
    found = hashlib.sha256()
    for table in copying.tables_of(raw):
        rows = raw.execute(f'SELECT * FROM "{table}"').fetchall()
        found.update(f"{table} {sorted(rows, key=repr)!r}".encode())
    return found.hexdigest()


def digest_of(path: Path) -> str:
    """Of a file that others may be writing to."""
    with closing(copying.connect_to(path)) as raw:
        raw.execute("BEGIN")
        return digest(raw)


class Archivist:
    """Stands beside `store.backups` and looks over its shoulder. restored: how many backups were."""

    seen: set[str] = set()  # the same rows need not be restored twice

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.restored = 0
        self._rows: str | None = None
        self._copied, self._write = backups._copied, backups._write
        monkeypatch.setattr(backups, "_copied", self.copied)
        monkeypatch.setattr(backups, "_write", self.write)

    def copied(self, source: sqlite3.Connection, draft: Path) -> Any:
        before = backups._version(source)
        found = self._copied(source, draft)
        rows = digest(source)
        self._rows = rows if backups._version(source) == before else None  # somebody wrote meanwhile
        return found

    def write(self, database: Path, target: Path) -> Any:
        made, rows = self._write(database, target), self._rows
        with closing(copying.connect_to_copy(target)) as raw:
            held = digest(raw)
        assert rows in (None, held), f"{target.name} does not hold what {database.name} held"
        if held not in self.seen:
            self.seen.add(held)
            self.restore(target, held)
        return made

    def restore(self, target: Path, held: str) -> None:
        with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as plain:
            plain.setattr(backups, "_copied", self._copied)
            plain.setattr(backups, "_write", self._write)
            place = Path(folder) / "again.db"
            services.restore(place, Path(folder) / "backups", target, 0)
            assert digest_of(place) == held
            self.restored += 1
