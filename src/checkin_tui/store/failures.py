"""What the database's own errors mean for the person at the door."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError

from checkin_tui.domain.errors import DatabaseError

_BY_PRIMARY_CODE = {
    sqlite3.SQLITE_BUSY: "db_locked",
    sqlite3.SQLITE_LOCKED: "db_locked",
    sqlite3.SQLITE_FULL: "db_full",
    sqlite3.SQLITE_READONLY: "db_readonly",
    sqlite3.SQLITE_PERM: "db_readonly",
    sqlite3.SQLITE_AUTH: "db_unreadable",
    sqlite3.SQLITE_CORRUPT: "db_damaged",
    sqlite3.SQLITE_NOTADB: "db_foreign",
    sqlite3.SQLITE_CANTOPEN: "db_unreadable",
    sqlite3.SQLITE_IOERR: "db_failed",
}


FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What a system says where there is no room left for a file."""

_SCHEMA = ("no such table", "no such column")


class Unreadable(sqlite3.DatabaseError):
    """A value that no version of this program writes: the page it stands on is damaged."""


def as_database_error(error: sqlite3.Error, path: Path) -> DatabaseError:
    """The refusal for one of SQLite's errors; result codes as in https://sqlite.org/rescode.html."""
    extended = getattr(error, "sqlite_errorcode", None)
    if extended is not None:
        code = _BY_PRIMARY_CODE.get(extended & 0xFF, "db_failed")
        if extended == sqlite3.SQLITE_ERROR and str(error).startswith(_SCHEMA):
            code = "db_damaged"  # of the revision this code asks for, and not whole
    else:  # of the driver or ours: text that is no text, a value that cannot be
        code = "db_damaged" if isinstance(error, Unreadable) or "UTF-8" in str(error) else "db_failed"
    return DatabaseError(code, path=path, detail=getattr(error, "sqlite_errorname", ""), **why_denied(code, path))


def why_denied(code: str, path: Path) -> dict[str, Any]:
    """Of a file that cannot be read or written to: what is in the way (`store.place`), where that can be seen."""
    if code not in ("db_readonly", "db_unreadable"):
        return {}
    from checkin_tui.store.place import hindrance

    found = hindrance(path)
    return {} if found is None else {"why": found.why.value, "where": found.where}


def cause_of(error: OSError) -> str:
    """The refusal's code for a file that could not be made or written by other means than SQLite."""
    return "db_full" if error.errno in FULL else "db_readonly"


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Turn the driver's errors into refusals. A broken rule of the schema is our own mistake and stays one."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.IntegrityError) or not isinstance(error.orig, sqlite3.Error):
            raise
        raise as_database_error(error.orig, path) from error
    except (sqlite3.OperationalError, sqlite3.DatabaseError) as error:
        if isinstance(error, sqlite3.IntegrityError):
            raise
        raise as_database_error(error, path) from error
