"""What the papers want to know and no screen does."""

from __future__ import annotations

from sqlalchemy import Connection, select

from checkin_tui.store.schema import members


def name_keys(connection: Connection) -> dict[int, str]:
    """The keys by which names are put in order, by member."""
    return {row[0]: row[1] for row in connection.execute(select(members.c.id, members.c.sort)).all()}
