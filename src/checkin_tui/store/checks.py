"""Looking a file through as `checkin doctor` does. Each look is its own; nothing is changed by any of them."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine, event, text
from sqlalchemy.pool import StaticPool

from checkin_tui.domain.errors import DatabaseError
from checkin_tui.store import copying, leftovers
from checkin_tui.store.engine import (
    BUSY_TIMEOUT,
    Database,
    begin,
    check_file,
    journal_mode,
    judge_revision,
    make_engine,
    read_revision,
    uri_of,
)
from checkin_tui.store.failures import telling, why_denied
from checkin_tui.store.holding import looking
from checkin_tui.store.schema import metadata

MOST: Final = 20
"""How many faults are told of each kind."""

_DECLARED: Final = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'"


def look_into(path: Path) -> Database:
    """The same for who only looks: not a byte is changed, neither of the file nor of what lies beside it.

    Raises DatabaseError as `open_database`; `db_cut_short` where a write was, which only a writer may put right.
    """
    check_file(path)
    with telling(path), closing(_connect_to_look(path)) as raw:
        try:
            revision = read_revision(raw)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
                raise
            raise DatabaseError("db_cut_short", path=path) from error
    judge_revision(path, revision)
    engine = create_engine("sqlite://", poolclass=StaticPool, creator=lambda: _connect_to_look(path))
    event.listen(engine, "begin", begin)
    return Database(path, engine)


def _connect_to_look(path: Path) -> sqlite3.Connection:
    """In WAL mode SQLite makes two files in order to read, and only who may write takes them away again."""
    wal = is_in_wal_mode(path)
    left = leftovers.leftover(path)
    if wal and journal_mode() != "wal" and left is not None:  # of another program: the last to close it writes it back
        raise DatabaseError("db_cut_short", path=path)
    raw = sqlite3.connect(
        uri_of(path, "rw" if wal else "ro"),
        uri=True,
        timeout=BUSY_TIMEOUT / 1000,
        isolation_level=None,
        check_same_thread=False,
    )
    raw.execute("PRAGMA query_only=ON")
    return raw


def is_in_wal_mode(path: Path) -> bool:
    """Whether the header of the file says so. One that is open here is in the mode of this program."""
    try:
        with looking(path) as may_look:
            if not may_look:
                return journal_mode() == "wal"
            with path.open("rb") as file:
                return file.read(20)[18:] == b"\x02\x02"
    except OSError as error:
        raise DatabaseError("db_unreadable", path=path, **why_denied("db_unreadable", path)) from error


def page_faults(path: Path) -> list[str]:
    """What SQLite's `integrity_check` says, without the ok. Raises DatabaseError."""
    with telling(path), closing(copying.connect_to(path)) as raw:
        found = [str(row[0]) for row in raw.execute(f"PRAGMA integrity_check({MOST})").fetchall()]
    return [] if found == ["ok"] else found


def loose_references(path: Path) -> list[tuple[str, int]]:
    """The tables with rows that refer to what is not there, and how many rows. Raises DatabaseError."""
    query = 'SELECT "table", count(*) FROM pragma_foreign_key_check GROUP BY 1 ORDER BY 1'
    with telling(path), closing(copying.connect_to(path)) as raw:
        return [(str(row[0]), int(row[1])) for row in raw.execute(query).fetchall()]


def schema_faults(path: Path) -> list[str]:
    """The tables and indexes that are not as the code says, by name. Raises DatabaseError."""
    with telling(path), closing(copying.connect_to(path)) as raw:
        there = _declared(raw.execute(_DECLARED).fetchall())
    wanted = _wanted()
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))


@cache
def _wanted() -> dict[str, list[str]]:
    engine = create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            metadata.create_all(connection)
            return _declared([(row[0], row[1]) for row in connection.execute(text(_DECLARED)).all()])
    finally:
        engine.dispose()


def _declared(rows: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Every table and index with its clauses in one order, whoever wrote them."""
    return {name: sorted(line.strip().rstrip(",") for line in sql.splitlines()) for name, sql in rows}


def durability() -> tuple[str, int, bool]:
    """The journal mode and `synchronous` a connection of ours gets here, and whether they keep what was saved.

    Of a file made for that: the user's own is not touched. Raises DatabaseError.
    """
    with tempfile.TemporaryDirectory(prefix="checkin-") as folder:
        path = Path(folder) / "durability.db"
        path.touch()
        with telling(path), Database(path, make_engine(path)) as database:
            mode = str(database.driver.execute("PRAGMA journal_mode").fetchone()[0])
            level = int(database.driver.execute("PRAGMA synchronous").fetchone()[0])
    return mode, level, mode == journal_mode() and level >= 2


def sqlite_version() -> str:
    """Of the library that is loaded."""
    return sqlite3.sqlite_version
