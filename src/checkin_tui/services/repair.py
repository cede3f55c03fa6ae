"""Deriving again what is derived. Events and revisions are never touched."""

from __future__ import annotations

from collections import Counter

from checkin_tui.domain.errors import DatabaseError
from checkin_tui.domain.health import Repaired
from checkin_tui.services.context import Context
from checkin_tui.store import checks
from checkin_tui.store.selfcheck import differences, rederive


def repair(ctx: Context) -> Repaired:
    """Rebuild what does not follow from the events and revisions, after a backup and in one transaction.

    Nothing is backed up or written where all is well. Raises DatabaseError `db_damaged` for a file that SQLite itself
    finds damaged: what would be derived from it could be wrong. CheckInError `backup_failed`.
    """
    path = ctx.database.path
    if checks.page_faults(path) or checks.loose_references(path):
        raise DatabaseError("db_damaged", path=path)
    with ctx.reading() as connection:
        if not differences(connection):
            return Repaired({}, None)
    backup = ctx.back_up("repair")
    with ctx.writing() as work:
        found = rederive(work.connection)
        if differences(work.connection):
            raise DatabaseError("db_damaged", path=path)  # rolled back
        work.commit()
    return Repaired(Counter(one.table for one in found), None if backup is None else backup.file)
