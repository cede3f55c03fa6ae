"""What one mark, or one notebook, has to know before it may be written, in a single statement: the door does not wait
for five.
"""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Select, Table, bindparam, select
from sqlalchemy.sql.elements import ColumnElement

from checkin_tui.domain.clock import HybridTime
from checkin_tui.domain.sessions import AudienceKind, Session
from checkin_tui.store.events import ORDER
from checkin_tui.store.schema import (
    CLOCKED,
    attendance_events,
    note_revisions,
    programs,
    refused_attempts,
    session_branches,
    sessions,
)
from checkin_tui.store.sessions import session_of


class MarkContext(NamedTuple):
    """The session and its zone, whether this action is in the file already, and the newest recorded time."""

    session: Session
    zone: str
    written: bool
    refused: str | None
    newest: HybridTime | None


def _newest(table: Table) -> ColumnElement[Any]:
    time = table.c.recorded * ORDER + table.c.counter
    return select(time).order_by(table.c.recorded.desc(), table.c.counter.desc()).limit(1).scalar_subquery()


_uid = bindparam("uid", type_=attendance_events.c.batch.type)


def _context(written: Table) -> Select[Any]:
    """The statement for an action that is found again by its batch in `written`."""
    return select(
        select(programs.c.zone).where(programs.c.id == 1).scalar_subquery(),
        select(written.c.id).where(written.c.batch == _uid).limit(1).scalar_subquery(),
        select(refused_attempts.c.code).where(refused_attempts.c.uid == _uid).scalar_subquery(),
        *(_newest(table) for table in CLOCKED),
        sessions,
    ).where(sessions.c.id == bindparam("session"))


_CONTEXT = _context(attendance_events)
_NOTE_CONTEXT = _context(note_revisions)
_INVITED = select(session_branches.c.branch_id).where(session_branches.c.session_id == bindparam("session"))


def load_mark_context(connection: Connection, session_id: int, uid: UUID, station: UUID) -> MarkContext | None:
    """The context of one mark; None where there is no such session."""
    return _load(connection, _CONTEXT, session_id, uid, station)


def load_note_context(connection: Connection, session_id: int, uid: UUID, station: UUID) -> MarkContext | None:
    """The same for notebooks seen: `written` is whether there is a note of this action."""
    return _load(connection, _NOTE_CONTEXT, session_id, uid, station)


def _load(
    connection: Connection, statement: Select[Any], session_id: int, uid: UUID, station: UUID
) -> MarkContext | None:
    row = connection.execute(statement, {"session": session_id, "uid": uid}).first()
    if row is None:
        return None
    invited: frozenset[int] = frozenset()
    if row.audience is AudienceKind.BRANCHES:
        invited = frozenset(connection.execute(_INVITED, {"session": session_id}).scalars())
    times = [time for time in row[3 : 3 + len(CLOCKED)] if time is not None]
    newest = HybridTime(max(times) // ORDER, max(times) % ORDER, station) if times else None
    return MarkContext(session_of(row, invited), row[0], row[1] is not None, row[2], newest)
