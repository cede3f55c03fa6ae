"""Which file something was read from: a restored backup, or another file under the same name, is another one.

So is one whose derived tables were made anew; that is rare enough to ask for the last key once more.

Rows are known by small numbers, and those mean other people in another file. Whoever writes by a number says where it
was read, and is refused when the file has become another one since.
"""

from __future__ import annotations

import sqlite3
from uuid import UUID

from sqlalchemy import Connection

from checkin_tui.domain.errors import REPLACED, CheckInError
from checkin_tui.domain.views import Origin
from checkin_tui.store.engine import Database

_ORIGIN = "SELECT uid, (SELECT user_version FROM pragma_user_version) FROM programs"


def origin_of(connection: Connection) -> Origin | None:
    """Where what is read in this transaction comes from; None in a file without a program."""
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    row = raw.execute(_ORIGIN).fetchone()  # past SQLAlchemy: it is on the way of every mark
    return None if row is None else Origin(UUID(bytes=row[0]), row[1])


def hold_against(database: Database, connection: Connection) -> None:
    """Raise CheckInError `db_replaced` where this is not the file the request was made from any more."""
    expected = database.expected
    if expected is not None and origin_of(connection) != expected:
        raise CheckInError(REPLACED)
