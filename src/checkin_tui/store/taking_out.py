"""Taking a backup out: a whole copy beside the database, of this revision, in which there is nothing but rows of ours.

A backup may come from anywhere. What a file can hold beside rows (a trigger, a view, a table of somebody else's) is
left behind, so that nothing of it ever acts in a database of ours (https://sqlite.org/security.html).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Final

from checkin_tui.domain.errors import CheckInError, DatabaseError
from checkin_tui.settings import private_folder
from checkin_tui.store import backups, checks, copying, engine, leftovers
from checkin_tui.store.copying import Copied
from checkin_tui.store.engine import check_file
from checkin_tui.store.failures import telling
from checkin_tui.store.revision import ANCESTORS, HEAD
from checkin_tui.store.schema import metadata

FAILED: Final = "restore_failed"
OURS: Final = frozenset({"alembic_version", *metadata.tables})

_TABLES: Final = "SELECT name FROM kept.sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"


@contextmanager
def taken_out(file: Path, database: Path) -> Iterator[tuple[Path, Copied]]:
    """A whole copy of a backup beside the database, looked through, for as long as the block lasts.

    One of an older revision is brought to this one; the backup itself is only read, and nobody writes to it meanwhile.
    Raises DatabaseError for a file that cannot be a backup (`db_missing`, `db_foreign`, `db_damaged`, `db_newer`,
    `db_unreadable`), CheckInError `backup_open` for one with a journal beside it, `backup_busy` for one that somebody
    is writing to, `restore_failed` where the copy cannot be written.
    """
    check_file(file)
    with ExitStack() as stack:
        with closing(_held_still(file)) as source:
            held = copying.look_through_open(source, file)
            if held.revision not in (HEAD, *ANCESTORS):
                raise DatabaseError("db_newer", path=file, revision=held.revision)
            with backups.failing(database.parent, FAILED):
                private_folder(database.parent)
                backups.sweep(database.parent, copying.draft_prefix(database))
                draft = stack.enter_context(copying.draft_beside(database))
                copying.copy_into(source, draft)
        try:
            _take_out_what_acts(draft)
            if held.revision != HEAD:
                _upgrade(draft)
            copied = copying.look_through(draft, draft=True)
            if checks.schema_faults(draft):
                with backups.failing(database.parent, FAILED):
                    fresh = stack.enter_context(copying.draft_beside(database))
                draft, copied = _rows_alone(draft, fresh)
        except DatabaseError as error:
            raise DatabaseError(error.code, path=file) from error
        yield draft, copied


def _held_still(file: Path) -> sqlite3.Connection:
    """A connection to a file that nobody can write to while it is open: a lock sees to that, where the disk has such.

    One that is in WAL mode and has no WAL is nobody's just now, and is read without a lock, which would make one.
    """
    with telling(file):
        in_wal = checks.is_in_wal_mode(file)
        wal = file.with_name(file.name + leftovers.WAL)
        if leftovers.leftover(file) is not None or (in_wal and os.path.lexists(wal)):
            raise CheckInError("backup_open", path=str(file))
        if in_wal:
            return copying.connect_to_copy(file)
        timeout = engine.BUSY_TIMEOUT / 1000
        raw = sqlite3.connect(engine.uri_of(file, "ro"), uri=True, timeout=timeout, isolation_level=None)
        try:
            raw.execute("PRAGMA trusted_schema=OFF")
            raw.execute("BEGIN")
            raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.Error as error:
            raw.close()
            reason = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
            if reason in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise CheckInError("backup_busy", path=str(file)) from error
            if reason not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY):
                raise
            return copying.connect_to_copy(file)
        return raw


def _take_out_what_acts(draft: Path) -> None:
    """No file of ours has triggers or views: whatever one would do, and whoever put it there, only rows come in."""
    with telling(draft), closing(sqlite3.connect(engine.uri_of(draft), uri=True, isolation_level=None)) as raw:
        drop_what_acts(raw)


def drop_what_acts(raw: sqlite3.Connection) -> None:
    """Drop every trigger and view of `main`."""
    raw.execute("PRAGMA trusted_schema=OFF")
    acting = "SELECT type, name FROM main.sqlite_master WHERE type IN ('trigger', 'view')"
    for kind, name in raw.execute(acting).fetchall():
        quoted = str(name).replace('"', '""')
        raw.execute(f'DROP {kind} IF EXISTS main."{quoted}"')


def _rows_alone(draft: Path, fresh: Path) -> tuple[Path, Copied]:
    """The rows of our tables in a file made anew, where the tables of the backup are not quite as they should be."""
    _upgrade(fresh)
    with telling(draft), closing(sqlite3.connect(engine.uri_of(fresh), uri=True, isolation_level=None)) as raw:
        raw.execute("ATTACH ? AS kept", (copying.uri_of_copy(draft),))
        if not {row[0] for row in raw.execute(_TABLES).fetchall()} >= OURS:
            raise DatabaseError("db_damaged", path=draft)
        raw.execute("BEGIN")
        try:
            fill(raw)
        except sqlite3.IntegrityError as error:  # values that our tables do not allow
            raise DatabaseError("db_damaged", path=draft) from error
        raw.execute("COMMIT")
    return fresh, copying.look_through(fresh, draft=True)


def _upgrade(draft: Path) -> None:
    from checkin_tui.store.migrations import upgrade

    upgrade(draft)


def fill(raw: sqlite3.Connection) -> None:
    """Let the tables of `main` have the rows that those of `kept` have; what else lies there is not looked at."""
    for table in copying.tables_of(raw):
        if table not in OURS:
            continue
        names = [f'"{row[1]}"' for row in raw.execute(f'PRAGMA main.table_info("{table}")').fetchall()]
        there = ", ".join(f"there.{name}" for name in names)  # a bare name that is no column would be taken for a text
        raw.execute(f'DELETE FROM main."{table}"')
        raw.execute(f'INSERT INTO main."{table}" ({", ".join(names)}) SELECT {there} FROM kept."{table}" AS there')
    raw.execute(
        "UPDATE main.sqlite_sequence AS here SET seq ="
        " max(seq, ifnull((SELECT seq FROM kept.sqlite_sequence AS there WHERE there.name = here.name), 0))"
    )
