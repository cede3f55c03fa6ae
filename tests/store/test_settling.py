"""After a failed disk: nothing found in the file counts as saved before a whole commit went through."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from checkin_tui.domain.errors import DatabaseError
from checkin_tui.store import settling
from checkin_tui.store.engine import Database, open_database
from checkin_tui.store.people import insert_branches, load_branches
from checkin_tui.store.unit_of_work import reading, writing


def io_error() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode, error.sqlite_errorname = sqlite3.SQLITE_IOERR, "SQLITE_IOERR_FSYNC"
    return error


def fail(database: Database, error: Exception) -> None:
    with pytest.raises(DatabaseError), writing(database, 0, UUID(int=1)):
        raise error


def add(database: Database, name: str) -> None:
    with writing(database, 0, UUID(int=1)) as work:
        insert_branches(work.connection, [(uuid4(), name, "")])
        work.commit()


def change_counter(path: Path) -> int:
    """Goes up with every commit that wrote (https://sqlite.org/fileformat.html, 1.3.7)."""
    return int.from_bytes(path.read_bytes()[24:28], "big")


def test_a_failed_disk_is_followed_by_a_commit_of_our_own(database_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    sync = os.fsync
    with open_database(database_path) as database:
        add(database, "Xinghe")
        before = change_counter(database_path)
        monkeypatch.setattr(os, "fsync", lambda handle: (synced.append(handle), sync(handle)))
        fail(database, io_error())
        assert not database.doubtful
        assert change_counter(database_path) == before + 1
        assert synced, "the journal was not synced before it was written over"


def test_as_long_as_the_disk_fails_nothing_is_written_and_nothing_is_found(
    database_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_path: Path) -> None:
        raise io_error()

    with open_database(database_path) as database:
        sync = settling._sync_journal
        monkeypatch.setattr(settling, "_sync_journal", broken)
        fail(database, io_error())
        assert database.doubtful
        with pytest.raises(DatabaseError):
            add(database, "Xinghe")
        monkeypatch.setattr(settling, "_sync_journal", sync)
        add(database, "Lotus Ford")
        assert not database.doubtful
        with reading(database) as connection:
            assert [branch.name for branch in load_branches(connection)] == ["Lotus Ford"]


def test_a_full_disk_leaves_no_doubt(database_path: Path) -> None:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode, error.sqlite_errorname = sqlite3.SQLITE_FULL, "SQLITE_FULL"
    with open_database(database_path) as database:
        fail(database, error)
        assert not database.doubtful


def test_a_file_that_may_be_written_to_again_is_written_to(
    database_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite opens what it may only read for reading, and a connection stays as it was opened."""
    with open_database(database_path) as database:
        database.driver.execute("PRAGMA query_only=ON")
        with pytest.raises(DatabaseError) as caught:
            add(database, "Xinghe")
        assert caught.value.code == "db_readonly"
        add(database, "Xinghe")
