"""Deriving again what is derived. Events and revisions are never touched."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection, delete, insert

from checkin_tui.domain.errors import DatabaseError
from checkin_tui.domain.health import Repaired
from checkin_tui.services.context import Context
from checkin_tui.store import checks
from checkin_tui.store.schema import attendance, notes
from checkin_tui.store.selfcheck import Difference, differences


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
        found = differences(work.connection)
        for one in found:
            _derive(work.connection, one)
        _tell_windows(work.connection)
        if differences(work.connection):
            raise DatabaseError("db_damaged", path=path)  # rolled back
        work.commit()
    return Repaired(Counter(one.table for one in found), None if backup is None else backup.file)


def _derive(connection: Connection, one: Difference) -> None:
    table = {"attendance": attendance, "notes": notes}[one.table]
    place = {"session_id": one.session_id, "member_id": one.member_id}
    connection.execute(delete(table).filter_by(**place))
    if one.derived is not None:
        values = dict(one.derived)
        if table is notes:
            values["revision_id"] = values.pop("revision")
        connection.execute(insert(table).values(**place, **values))


def _tell_windows(connection: Connection) -> None:
    """Another window reads all anew, as after a restore: it has no event to learn this from."""
    generation = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    connection.exec_driver_sql(f"PRAGMA user_version = {(generation + 1) % 2**31}")
