"""One transaction: everything in it, or nothing. Rolled back unless committed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy import Connection, text

from checkin_tui.domain.clock import HybridTime, Millis, tick
from checkin_tui.domain.errors import DatabaseError
from checkin_tui.store.engine import Database
from checkin_tui.store.failures import telling
from checkin_tui.store.origin import hold_against
from checkin_tui.store.schema import CLOCKED
from checkin_tui.store.settling import in_doubt, settle, try_to_settle

# As text: it is on the way of every start, and compiling the same from tables takes longer than all the rest of it.
_ONE = (
    "SELECT * FROM (SELECT recorded, counter FROM {table} ORDER BY recorded DESC, counter DESC LIMIT 1)"
    " AS newest_{table}"
)
_NEWEST = text(" UNION ALL ".join(_ONE.format(table=table.name) for table in CLOCKED))


def newest_recorded(connection: Connection, station: UUID) -> HybridTime | None:
    """The newest recorded time in the file, where every new one starts from, as `station` sees it."""
    rows = connection.execute(_NEWEST).all()
    newest = max(((row[0], row[1]) for row in rows), default=None)
    return None if newest is None else HybridTime(*newest, station)


class UnitOfWork:
    """A write transaction. `now` is the wall clock at its begin; `recorded()` ticks the hybrid clock inside it."""

    def __init__(self, connection: Connection, now: Millis, station: UUID) -> None:
        self.connection = connection
        self.now = now
        self.station = station
        self._newest: HybridTime | None = None
        self._read = False
        self._before = _changes(connection)

    def recorded(self) -> HybridTime:
        """The next recorded time, later than anything in the file."""
        if not self._read:
            self._newest, self._read = newest_recorded(self.connection, self.station), True
        self._newest = tick(self._newest, self.now, self.station)
        return self._newest

    def start_from(self, newest: HybridTime | None) -> None:
        """The newest recorded time in the file, where the caller has read it in this transaction already."""
        self._newest, self._read = newest, True

    def commit(self) -> None:
        """Make it durable. Only after this may anybody say "saved".

        Where nothing was written nothing is: page 1, which every transaction begins with, would be news to others.
        """
        if _changes(self.connection) == self._before:
            self.connection.rollback()
        else:
            self.connection.commit()


def _changes(connection: Connection) -> int:
    """How many rows this connection has written since it was opened."""
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw.total_changes


@contextmanager
def writing(database: Database, now: Millis, station: UUID) -> Iterator[UnitOfWork]:
    """A unit of work under BEGIN IMMEDIATE. Without `commit()` it is rolled back. Raises DatabaseError."""
    if not database.follow():
        raise DatabaseError("db_gone", path=database.path)
    if database.read_only:
        database.close()  # a connection that was opened so stays so
        database.read_only = False
    if database.doubtful:
        settle(database)
    try:
        with telling(database.path):
            connection = database.connection.execution_options(immediate=True)
            connection.begin()
            try:
                hold_against(database, connection)
                yield UnitOfWork(connection, now, station)
            finally:
                database.give_up()
    except DatabaseError as error:
        database.read_only = error.code == "db_readonly"
        if in_doubt(error):
            database.doubtful = True
            try_to_settle(database)
        raise


@contextmanager
def reading(database: Database) -> Iterator[Connection]:
    """One consistent view. Everything is fetched inside; nothing stays open behind it."""
    database.follow()
    with telling(database.path):
        connection = database.connection.execution_options(immediate=False)
        connection.begin()
        try:
            yield connection
        finally:
            database.give_up()
