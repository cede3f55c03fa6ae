"""After the disk failed: what the file shows is made certain again before anything that is found in it counts as saved.

A COMMIT that answers with an I/O error may have happened all the same. In a rollback journal's mode the file is changed
and synced first, and then the journal is cut and synced: when only that last sync fails, everybody reads the change,
and a power cut brings the old journal back and takes it away again (https://sqlite.org/atomiccommit.html, 3.11 and
7.6). Whoever asks for the same write once more would be told "done already" by a file that may forget it.

Nor may a sync that works now be taken for one that failed before: Linux holds what it could not write for clean and
does not try again (https://lwn.net/Articles/752063/). So everything in doubt is written anew. SQLite has done that for
the pages of the file when it rolled back; what is left is the journal, and a whole commit of our own writes it from
its beginning and syncs its end.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from checkin_tui.domain.errors import DatabaseError
from checkin_tui.store import generation
from checkin_tui.store.failures import telling
from checkin_tui.store.leftovers import JOURNAL, WAL

if TYPE_CHECKING:
    from checkin_tui.store.engine import Database


def in_doubt(error: DatabaseError) -> bool:
    """Whether after this a write may have happened without being certain to stay."""
    return error.code == "db_failed"


def settle(database: Database) -> None:
    """Commit nothing, durably. Raises DatabaseError where the disk still fails; the doubt stays then."""
    with telling(database.path):
        _sync_journal(database.path)
        raw = database.driver
        raw.execute("BEGIN IMMEDIATE")
        try:
            generation.write_anew(raw)  # a page has to be written, or there would be no commit
            raw.execute("COMMIT")
        finally:
            if raw.in_transaction:
                raw.execute("ROLLBACK")
    database.doubtful = False


def try_to_settle(database: Database) -> None:
    """Do it at once where that works: another window may be reading already what is in doubt."""
    with suppress(DatabaseError):
        settle(database)


def _sync_journal(path: Path) -> None:
    """Before the journal is written over: its old content may still be on the disk behind a length of nothing.

    Never the database itself: closing it here would give up the locks that SQLite has on it in this process.
    """
    for ending in (JOURNAL, WAL):
        try:
            descriptor = os.open(path.with_name(path.name + ending), os.O_RDWR)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise sqlite3.OperationalError("the journal cannot be opened") from error
        try:
            os.fsync(descriptor)
        except OSError as error:
            raise sqlite3.OperationalError("the journal cannot be synced") from error
        finally:
            os.close(descriptor)
