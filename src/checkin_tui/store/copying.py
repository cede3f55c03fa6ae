"""Copies of a database by SQLite's backup API: a file that is being written to is never copied as a file.

What is copied is one state of the source, as of the last step; the copy stands alone, without journal or WAL.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from checkin_tui.domain.backups import Contents
from checkin_tui.domain.errors import DatabaseError
from checkin_tui.store import engine, leftovers
from checkin_tui.store.failures import telling
from checkin_tui.store.revision import APPLICATION_ID

STEP_PAGES: Final = 256
"""How many pages are read under one lock: 1 MiB, a few milliseconds."""
PAUSE_SECONDS: Final = 0.005
"""Between two steps, so that whoever waits for the lock gets it."""
MOST_RESTARTS: Final = 5
"""Whenever somebody else commits SQLite begins the copy again. After this many times it is taken in one step."""

_CONTENTS: Final = """
SELECT (SELECT count(*) FROM sessions),
       (SELECT count(*) FROM members),
       (SELECT count(*) FROM attendance_events WHERE kind <> 'withdrawn'),
       (SELECT count(*) FROM notes WHERE chars > 0 OR paper)
"""


class Copied(NamedTuple):
    """A copy that was looked through. rows: of each table."""

    revision: str
    rows: dict[str, int]
    contents: Contents | None


class _StartedOver(Exception):
    """Others keep committing."""


def connect_to(path: Path) -> sqlite3.Connection:
    """A connection of its own that only reads. The lock is waited for as long as everywhere."""
    uri = engine.uri_of(path)  # not ro: a journal that a crash left behind has to be rolled back
    raw = sqlite3.connect(uri, uri=True, timeout=engine.BUSY_TIMEOUT / 1000, isolation_level=None)
    raw.execute("PRAGMA query_only=ON")
    raw.execute("PRAGMA trusted_schema=OFF")
    return raw


def uri_of_copy(path: Path) -> str:
    """The name by which SQLite reads a file nobody writes to: without locks, and nothing is made beside it."""
    return engine.uri_of(path, "ro") + "&immutable=1"


def connect_to_copy(path: Path) -> sqlite3.Connection:
    """A connection to a file nobody writes to."""
    raw = sqlite3.connect(uri_of_copy(path), uri=True, isolation_level=None)
    raw.execute("PRAGMA trusted_schema=OFF")
    return raw


def copy_into(source: sqlite3.Connection, target: Path) -> None:
    """Copy what `source` reads into the empty file `target`. Raises sqlite3.Error; DatabaseError `db_locked`."""
    try:
        _copy(source, target, STEP_PAGES)
    except _StartedOver:
        os.truncate(target, 0)
        _copy(source, target, -1)


def _copy(source: sqlite3.Connection, target: Path, pages: int) -> None:
    restarts, before = 0, sys.maxsize

    def after_step(status: int, remaining: int, _total: int) -> None:
        nonlocal restarts, before
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise DatabaseError("db_locked", path=target)
        restarts += remaining >= before
        before = remaining
        if restarts > MOST_RESTARTS:
            raise _StartedOver
        if remaining:
            time.sleep(PAUSE_SECONDS)

    with closing(sqlite3.connect(engine.uri_of(target), uri=True, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode=OFF")  # it has no name yet: a crash leaves nothing that could be mistaken
        raw.execute("PRAGMA synchronous=OFF")  # `flush` does that once, at the end
        source.backup(raw, pages=pages, progress=after_step)
        raw.execute("PRAGMA journal_mode=DELETE")  # of a source in WAL mode: everything is in the one file


def look_through(path: Path, *, draft: bool = False) -> Copied:
    """Check a whole copy: ours, every page and index, every reference. Raises DatabaseError.

    `db_foreign`, `db_damaged`, `db_unreadable`. The revision is for the caller to judge. draft: it is our own, and may
    be opened for writing; otherwise SQLite leaves out whether every value is one the tables allow.
    """
    with telling(path), closing((connect_to if draft else connect_to_copy)(path)) as raw:
        return look_through_open(raw, path)


def look_through_open(raw: sqlite3.Connection, path: Path) -> Copied:
    """As `look_through`, by a connection that is open already. path: for the refusal."""
    with telling(path):
        if raw.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise DatabaseError("db_foreign", path=path)
        if not is_whole(raw):
            raise DatabaseError("db_damaged", path=path)
        row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
        if row is None:
            raise DatabaseError("db_damaged", path=path)
        return Copied(row[0], count_rows(raw), contents_of(raw))


def is_whole(raw: sqlite3.Connection) -> bool:
    """Whether every page and index is in order and every reference leads somewhere.

    Whether the values pass the checks of their tables is found only by a connection that could write.
    """
    sound = raw.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)]
    return sound and not raw.execute("PRAGMA foreign_key_check").fetchall()


def tables_of(raw: sqlite3.Connection) -> list[str]:
    """The names of all tables but SQLite's own, in order."""
    query = "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    return sorted(row[0] for row in raw.execute(query).fetchall())


def count_rows(raw: sqlite3.Connection) -> dict[str, int]:
    """How many rows each table has; each is its own short read."""
    return {name: raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables_of(raw)}


def contents_of(raw: sqlite3.Connection) -> Contents | None:
    """What it holds; None of a file with other tables than ours, as an older revision may have."""
    try:
        program = raw.execute("SELECT name, uid, zone FROM programs").fetchone() or ("", b"", "UTC")
        return Contents(*program, *raw.execute(_CONTENTS).fetchone())
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_ERROR:  # anything but `no such table`
            raise
        return None


@contextmanager
def draft_beside(path: Path, mark: str = "") -> Iterator[Path]:
    """An empty file for its owner alone, in the folder of `path`; gone afterwards unless it was given its name.

    mark: of who writes it (`whose`), where others may make drafts there at the same time.
    """
    handle, name = tempfile.mkstemp(prefix=draft_prefix(path) + mark, suffix=DRAFT, dir=path.parent)
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
    finally:
        for ending in ("", *leftovers.ENDINGS):
            draft.with_name(draft.name + ending).unlink(missing_ok=True)


DRAFT: Final = ".part"


def draft_prefix(path: Path) -> str:
    """What the names of drafts for `path` begin with."""
    return f".{path.name}."


def flush(path: Path) -> None:
    """The file, or the folder's list of names, onto the disk. Raises OSError."""
    if path.is_dir() and os.name == "nt":
        return  # a folder cannot be opened there
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        if sys.platform == "darwin":
            import fcntl

            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)  # fsync only reaches the drive's own memory there
        else:
            os.fsync(handle)
    finally:
        os.close(handle)


def give_name(draft: Path, path: Path) -> None:
    """Let the finished draft have its name, in one step and never over another file. Raises OSError."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links: the name is taken first
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            draft.replace(path)
        except OSError:
            path.unlink(missing_ok=True)
            raise
    draft.unlink(missing_ok=True)
    flush(path.parent)
