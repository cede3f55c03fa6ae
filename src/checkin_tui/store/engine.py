"""The one connection factory. Every connection is durable, strict about references, writes under BEGIN IMMEDIATE."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import sys
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from checkin_tui.domain.errors import DatabaseError
from checkin_tui.domain.views import Origin
from checkin_tui.store import generation, leftovers
from checkin_tui.store.failures import telling, why_denied
from checkin_tui.store.holding import holding, let_go, looking
from checkin_tui.store.revision import ANCESTORS, APPLICATION_ID, HEAD

BUSY_TIMEOUT = 5_000
"""How long a statement waits for another process's lock, in milliseconds."""


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite has the fix for pages lost when two connections write and checkpoint at once in WAL mode.

    Broken from 3.7.0 to 3.51.2; fixed in 3.51.3 and, in the older lines, 3.50.7 and 3.44.6.
    """
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def journal_mode(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> str:
    """The journal mode to ask for: WAL where it is safe, else TRUNCATE."""
    return "wal" if wal_is_safe(version) else "truncate"


class Database:
    """One connection to one file, for one thread. A context manager; `close` gives the file back.

    replaced: another file has taken the place of this one since whoever reads the news put it back to False: not even
    what is old is as it was.
    """

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self.engine = engine
        self.replaced = False
        self.read_only = False  # the last write found that nothing may be written
        self.expected: Origin | None = None  # the file a request was made from; for the length of the request
        self.doubtful = False  # the disk failed, and what the file shows may not be on it (`settling`)
        self._connection: Connection | None = None
        self._opened: os.stat_result | None = None
        self._seen: int | None = None

    @property
    def connection(self) -> Connection:
        """The connection, opened on first use and kept: `data_version` means something only on the writer's own."""
        if self._connection is None:
            opened = _place_of(self.path)
            if opened is None and _is_gone(self.path):
                raise DatabaseError("db_gone", path=self.path)
            with telling(self.path):
                with holding(opened):
                    self._connection = self.engine.connect()
                self._opened = opened
        return self._connection

    def foreign_changes(self) -> bool:
        """Whether another connection committed since the last call. The first call only remembers. Busy is no news."""
        self.follow()
        try:
            with telling(self.path):
                version = int(self.driver.execute("PRAGMA data_version").fetchone()[0])
        except DatabaseError as error:
            if error.code == "db_locked":
                return False
            raise
        before, self._seen = self._seen, version
        return before is not None and before != version

    def follow(self) -> bool:
        """Go on with the file that bears the name now, should another have been put in the place of this one.

        Between two transactions. Returns False where no file bears it any more: what was read can be read on, but there
        is nothing to write to. Raises DatabaseError as `open_database`.
        """
        here = _place_of(self.path)
        if here is None:
            return not _is_gone(self.path)  # there, but not to be reached just now: SQLite will say why
        if self._opened is None or os.path.samestat(here, self._opened):
            return True
        check_file(self.path)
        _check_revision(self.path)
        self.close()
        self._opened, self.replaced, self._seen = None, True, -1
        return True

    def give_up(self) -> None:
        """Roll back whatever is still open.

        After a COMMIT that failed SQLAlchemy thinks that nothing is; SQLite knows better, and would keep the file
        locked for everybody.
        """
        self.connection.rollback()
        raw = self.driver
        if raw.in_transaction:
            raw.rollback()

    @property
    def driver(self) -> sqlite3.Connection:
        """The driver's own connection, for what is no transaction of a use-case."""
        raw = self.connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        return raw

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
            self.engine.dispose()
            let_go(self._opened)

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _place_of(path: Path) -> os.stat_result | None:
    """What tells this file from another of the same name; None where there is none."""
    try:
        return path.stat()
    except OSError:
        return None


def _is_gone(path: Path) -> bool:
    """Whether there is no such file. One in a folder that cannot be looked into may be there."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def uri_of(path: Path, mode: str = "rw") -> str:
    """The name by which SQLite opens just this file, whatever its path is made of, and never makes one."""
    return f"{path.absolute().as_uri()}?mode={mode}"


def connect_to_write(path: Path) -> sqlite3.Connection:
    """A connection of the driver's to a file that is there, not prepared yet."""
    return sqlite3.connect(
        uri_of(path),
        uri=True,
        timeout=BUSY_TIMEOUT / 1000,
        isolation_level=None,  # the driver begins nothing by itself; we say which kind of transaction it is
        check_same_thread=False,
        cached_statements=256,
    )


def make_engine(path: Path, connect: Callable[[], sqlite3.Connection] | None = None) -> Engine:
    """An engine on the file, with one connection: by `connect`, else one to write. The file has to exist already."""
    engine = create_engine("sqlite://", poolclass=StaticPool, creator=connect or (lambda: connect_to_write(path)))
    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)
    return engine


def prepare(connection: sqlite3.Connection, _record: object = None) -> None:
    """Make a connection that writes durable, or refuse it with a sqlite3.OperationalError."""
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT}")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA trusted_schema=OFF")  # https://sqlite.org/security.html
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


def begin(connection: Connection) -> None:
    """Begin the transaction the caller asked for by the option `immediate`. Raises sqlite3.Error."""
    if not connection.get_execution_options().get("immediate", False):
        connection.exec_driver_sql("BEGIN")
        return
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    begin_writing(raw)


def begin_writing(raw: sqlite3.Connection) -> None:
    """BEGIN IMMEDIATE, with page 1 as the first of its journal: the one that says of which file it is (`leftovers`).

    Setting the generation to what it is writes that page and changes nothing. Raises sqlite3.Error; nothing is begun.
    """
    raw.execute("BEGIN IMMEDIATE")
    try:
        generation.write_anew(raw)
    except sqlite3.Error:
        if raw.in_transaction:
            raw.rollback()
        raise


def exists(path: Path) -> bool:
    """Whether there is anything at `path` that could be a database: a file that is not empty."""
    try:
        return path.is_file() and path.stat().st_size > 0
    except OSError as error:
        raise DatabaseError("db_unreadable", path=path, **why_denied("db_unreadable", path)) from error


def open_database(path: Path) -> Database:
    """Open an existing file of ours, of this revision.

    Raises DatabaseError: those of `why_absent`, `db_unreadable`, `db_foreign`, `db_damaged` (beside: the journal of
    another file), `db_older`, `db_newer`, `db_locked`. Nothing is changed by a refusal.
    """
    check_file(path)
    _check_revision(path)
    return Database(path, make_engine(path))


def _check_revision(path: Path) -> None:
    """Look before anything is set on the file: choosing the journal mode already writes to it."""
    judge_revision(path, revision_of(path))


def judge_revision(path: Path, revision: str | None) -> None:
    """Whether it is that of this code. Raises DatabaseError `db_damaged`, `db_older`, `db_newer`."""
    if revision is None:
        raise DatabaseError("db_damaged", path=path)
    if revision != HEAD:
        older = revision in ANCESTORS
        raise DatabaseError("db_older" if older else "db_newer", path=path, revision=revision)


def revision_of(path: Path) -> str | None:
    """The revision the file says it has; None in one that says nothing. Raises DatabaseError."""
    raw: sqlite3.Connection | None = None
    with telling(path):
        try:
            raw = sqlite3.connect(uri_of(path, "ro"), uri=True, timeout=BUSY_TIMEOUT / 1000)
            return read_revision(raw)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
                raise
            # A crash left a journal, which only a writer may roll back: it has to be opened as ours to be looked at.
            raw = sqlite3.connect(uri_of(path), uri=True, timeout=BUSY_TIMEOUT / 1000)
            return read_revision(raw)
        finally:
            if raw is not None:
                raw.close()


def read_revision(raw: sqlite3.Connection) -> str | None:
    """The same, by a connection that is open. Raises sqlite3.Error."""
    row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])


def begins_like_one(path: Path) -> bool:
    """Whether the file begins as every SQLite database does. One that is open here does. Raises OSError."""
    with looking(path) as may_look:
        if not may_look:
            return True
        with path.open("rb") as file:
            return file.read(len(leftovers.MAGIC)) == leftovers.MAGIC


def check_file(path: Path) -> None:
    """Look at the file without letting SQLite touch it. Raises DatabaseError as `open_database` does."""
    try:
        if not exists(path):
            raise why_absent(path)
        with looking(path) as may_look:
            if may_look:  # else it is open here, so it was looked at
                _check_bytes(path)
    except OSError as error:
        raise DatabaseError("db_unreadable", path=path, **why_denied("db_unreadable", path)) from error


def _check_bytes(path: Path) -> None:
    with path.open("rb", buffering=0) as file:  # what is read twice is read from the file twice
        head = file.read(leftovers.HEADER)
        if head[:16] != leftovers.MAGIC:
            raise DatabaseError("db_foreign", path=path)
        if len(head) < leftovers.HEADER:
            raise DatabaseError("db_damaged", path=path)
        if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
            raise DatabaseError("db_foreign", path=path)
        beside = leftovers.stranger(path, file)
    if beside is not None:
        raise DatabaseError("db_damaged", path=path, beside=beside)
    # A write that was cut short is rolled back by SQLite itself.
    if path.stat().st_size % (leftovers.page_size(head) or 1) and leftovers.leftover(path) is None:
        raise DatabaseError("db_damaged", path=path)


def why_absent(path: Path) -> DatabaseError:
    """Why there is no database at `path`, where `exists` says so. Raises OSError.

    `db_missing`, `db_missing_folder`, `db_foreign` (anything but a file), `db_empty`, `db_left_behind` (its journal is
    there, and may hold what was written last).
    """
    if path.is_dir():
        return DatabaseError("db_foreign", path=path)
    if not path.parent.is_dir():
        return DatabaseError("db_missing_folder", path=path)
    try:
        there = stat.S_IFMT(path.stat().st_mode)
    except FileNotFoundError:
        there = 0
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
        there = stat.S_IFLNK
    if there not in (0, stat.S_IFREG):
        return DatabaseError("db_foreign", path=path)
    beside = leftovers.leftover(path)
    if beside is not None and not (there and leftovers.is_of_nothing(beside)):
        return DatabaseError("db_left_behind", path=path, beside=beside)
    return DatabaseError("db_empty" if there else "db_missing", path=path)
