"""The one connection factory. Every connection is durable, strict about references, writes under BEGIN IMMEDIATE."""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from checkin_tui.domain.errors import DatabaseError
from checkin_tui.settings import private_folder
from checkin_tui.store.failures import telling
from checkin_tui.store.revision import APPLICATION_ID, HEAD

BUSY_TIMEOUT = 5_000
"""How long a statement waits for another process's lock, in milliseconds."""

_MAGIC = b"SQLite format 3\x00"


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite has the fix for pages lost when two connections write and checkpoint at once in WAL mode.

    Broken from 3.7.0 to 3.51.2; fixed in 3.51.3 and, in the older lines, 3.50.7 and 3.44.6.
    """
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def journal_mode(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> str:
    """The journal mode to ask for: WAL where it is safe, else TRUNCATE."""
    return "wal" if wal_is_safe(version) else "truncate"


class Database:
    """One connection to one file, for one thread. A context manager; `close` gives the file back."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self.engine = engine
        self._connection: Connection | None = None
        self._seen: int | None = None

    @property
    def connection(self) -> Connection:
        """The connection, opened on first use and kept: `data_version` means something only on the writer's own."""
        if self._connection is None:
            with telling(self.path):
                self._connection = self.engine.connect()
        return self._connection

    def foreign_changes(self) -> bool:
        """Whether another connection committed since the last call. The first call only remembers. Busy is no news."""
        try:
            with telling(self.path):
                row = self._driver().execute("PRAGMA data_version").fetchone()
        except DatabaseError as error:
            if error.code == "db_locked":
                return False
            raise
        version, before = int(row[0]), self._seen
        self._seen = version
        return before is not None and version != before

    def give_up(self) -> None:
        """Roll back whatever is still open.

        After a COMMIT that failed SQLAlchemy thinks that nothing is; SQLite knows better, and would keep the file
        locked for everybody.
        """
        self.connection.rollback()
        raw = self._driver()
        if raw.in_transaction:
            raw.rollback()

    def _driver(self) -> sqlite3.Connection:
        raw = self.connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        return raw

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self.engine.dispose()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def make_engine(path: Path) -> Engine:
    """An engine on the file, with one connection. The file has to exist already."""
    engine = create_engine(
        f"sqlite:///{path}",
        poolclass=StaticPool,
        connect_args={
            "timeout": BUSY_TIMEOUT / 1000,
            "isolation_level": None,  # the driver begins nothing by itself; we say which kind of transaction it is
            "check_same_thread": False,
            "cached_statements": 256,
        },
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT}")
    cursor.execute("PRAGMA foreign_keys=ON")
    wanted = journal_mode()
    got = cursor.execute(f"PRAGMA journal_mode={wanted}").fetchone()[0]
    if got != wanted:
        # A mode of memory or off would make "saved" a lie; a read-only file keeps what it has and refuses at the write.
        if got not in ("delete", "truncate", "persist", "wal"):
            raise sqlite3.OperationalError(f"journal mode {got}")
        if got == "wal" and wanted == "truncate":
            raise sqlite3.OperationalError("journal mode wal is held by another process")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.execute("PRAGMA temp_store=MEMORY")
    if sys.platform == "darwin":
        cursor.execute("PRAGMA fullfsync=ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def exists(path: Path) -> bool:
    """Whether there is anything at `path` that could be a database: a file that is not empty."""
    try:
        return path.is_file() and path.stat().st_size > 0
    except OSError as error:
        raise DatabaseError("db_unreadable", path=path) from error


def open_database(path: Path) -> Database:
    """Open an existing file of ours, of this revision.

    Raises DatabaseError: `db_missing` (no file), `db_missing_folder`, `db_unreadable`, `db_foreign`, `db_damaged`,
    `db_newer`, `db_locked`. Nothing is changed by a refusal.
    """
    check_file(path)
    _check_revision(path)
    return Database(path, make_engine(path))


def _check_revision(path: Path) -> None:
    """Look before anything is set on the file: choosing the journal mode already writes to it."""
    looking: sqlite3.Connection | None = None
    with telling(path):
        try:
            looking = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_TIMEOUT / 1000)
            row = looking.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
                raise
            # A crash left a journal, which only a writer may roll back: it has to be opened as ours to be looked at.
            looking = sqlite3.connect(path, timeout=BUSY_TIMEOUT / 1000)
            row = looking.execute("SELECT version_num FROM alembic_version").fetchone()
        finally:
            if looking is not None:
                looking.close()
    if row is None:
        raise DatabaseError("db_damaged", path=path)
    if row[0] != HEAD:
        raise DatabaseError("db_newer", path=path, revision=row[0])


def check_file(path: Path) -> None:
    """Look at the file without letting SQLite touch it. Raises DatabaseError as `open_database` does."""
    try:
        if path.is_dir():
            raise DatabaseError("db_foreign", path=path)
        if not path.parent.is_dir():
            raise DatabaseError("db_missing_folder", path=path)
        if not exists(path):
            raise DatabaseError("db_missing", path=path)
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise DatabaseError("db_unreadable", path=path) from error
    if head[:16] != _MAGIC:
        raise DatabaseError("db_foreign", path=path)
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise DatabaseError("db_foreign", path=path)
    page = int.from_bytes(head[16:18], "big")
    size = 65536 if page == 1 else page
    repairable = any(exists(path.with_name(path.name + ending)) for ending in ("-journal", "-wal"))
    if len(head) < 100 or (path.stat().st_size % size and not repairable):  # a cut write: SQLite rolls it back itself
        raise DatabaseError("db_damaged", path=path)


def make_file(path: Path) -> bool:
    """An empty file only its owner may read, in a folder made for it where needed. Whether it was made just now."""
    if path.is_dir():
        raise DatabaseError("db_foreign", path=path)
    try:
        private_folder(path.parent)
    except OSError as error:
        raise DatabaseError("db_missing_folder", path=path) from error
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        return False
    except OSError as error:
        raise DatabaseError("db_readonly", path=path) from error
    return True
