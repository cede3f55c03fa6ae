"""Looking a file through as `checkin doctor` does. Each look is its own; nothing is changed by any of them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine, text

from checkin_tui.store import copying
from checkin_tui.store.engine import Database, journal_mode
from checkin_tui.store.failures import telling
from checkin_tui.store.schema import metadata

MOST: Final = 20
"""How many faults are told of each kind."""

_DECLARED: Final = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'"


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
    engine = create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            metadata.create_all(connection)
            wanted = _declared([(row[0], row[1]) for row in connection.execute(text(_DECLARED)).all()])
    finally:
        engine.dispose()
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))


def _declared(rows: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Every table and index with its clauses in one order, whoever wrote them."""
    return {name: sorted(line.strip().rstrip(",") for line in sql.splitlines()) for name, sql in rows}


def durability(database: Database) -> tuple[str, int, bool]:
    """The journal mode and `synchronous` of our connection, and whether they are those that keep what was saved."""
    with telling(database.path):
        mode = str(database.driver.execute("PRAGMA journal_mode").fetchone()[0])
        level = int(database.driver.execute("PRAGMA synchronous").fetchone()[0])
    return mode, level, mode == journal_mode() and level >= 2


def sqlite_version() -> str:
    """Of the library that is loaded."""
    return sqlite3.sqlite_version
