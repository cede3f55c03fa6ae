"""Session rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, delete, exists, func, insert, select, update

from checkin_tui.domain.sessions import Audience, AudienceKind, Session, SessionKey, SessionState
from checkin_tui.store import changelog
from checkin_tui.store.schema import attendance, refused_attempts, session_branches, sessions

_BY_ID = select(sessions).where(sessions.c.id == bindparam("session"))
_BY_KEY = select(sessions).where(sessions.c.day == bindparam("day"), sessions.c.ordinal == bindparam("ordinal"))
_ALL = select(sessions).order_by(sessions.c.day, sessions.c.ordinal)
_marked = attendance.alias("marked")
_TAKEN = exists().where(_marked.c.session_id == sessions.c.id, _marked.c.status.is_not(None))
_HELD = sessions.c.state.in_([SessionState.OPEN, SessionState.CLOSED])
TAKEN = (_HELD, _TAKEN)
"""A session is taken when it is open or closed and anybody has an active arrival or mark there."""


def load_session(connection: Connection, session_id: int) -> Session | None:
    """The session with that id."""
    row = connection.execute(_BY_ID, {"session": session_id}).first()
    return None if row is None else _one(connection, row)


def find_session(connection: Connection, key: SessionKey) -> Session | None:
    """The session with that key."""
    row = connection.execute(_BY_KEY, {"day": key.day, "ordinal": key.ordinal}).first()
    return None if row is None else _one(connection, row)


def find_session_uid(connection: Connection, uid: UUID) -> Session | None:
    """The session with that uid."""
    row = connection.execute(select(sessions).where(sessions.c.uid == uid)).first()
    return None if row is None else _one(connection, row)


def load_sessions(connection: Connection, day: date | None = None) -> tuple[Session, ...]:
    """All sessions, or those of one date, by key."""
    query = _ALL if day is None else _ALL.where(sessions.c.day == day)
    rows = connection.execute(query).all()
    why = {row.id: changelog.cancel_reason(connection, row.uid) for row in rows if row.state is SessionState.CANCELLED}
    invited: dict[int, set[int]] = {}
    if any(row.audience is AudienceKind.BRANCHES for row in rows):
        for session_id, branch_id in connection.execute(select(session_branches)).all():
            invited.setdefault(session_id, set()).add(branch_id)
    return tuple(session_of(row, frozenset(invited.get(row.id, ())), why.get(row.id, "")) for row in rows)


def insert_sessions(connection: Connection, new: Iterable[Session]) -> None:
    """Write sessions; their `id` is not used."""
    rows = [_columns(session) for session in new]
    if rows:
        connection.execute(insert(sessions), rows)


def update_session(connection: Connection, session: Session) -> None:
    """Write everything of a session, its audience included."""
    connection.execute(update(sessions).where(sessions.c.id == session.id).values(**_columns(session)))
    connection.execute(delete(session_branches).where(session_branches.c.session_id == session.id))
    if session.audience.branch_ids:
        rows = [{"session_id": session.id, "branch_id": branch} for branch in sorted(session.audience.branch_ids)]
        connection.execute(insert(session_branches), rows)


def delete_session(connection: Connection, session_id: int) -> None:
    """Take away a session that was only planned (the undo of planning it)."""
    connection.execute(delete(session_branches).where(session_branches.c.session_id == session_id))
    refused = update(refused_attempts).where(refused_attempts.c.session_id == session_id)
    connection.execute(refused.values(session_id=None))
    connection.execute(delete(sessions).where(sessions.c.id == session_id))


def taken_days(connection: Connection) -> tuple[date | None, date | None]:
    """The date of the newest session taken, and of the first one after it that is not taken yet."""
    newest = connection.execute(select(func.max(sessions.c.day)).where(*TAKEN)).scalar()
    if newest is None:
        return None, None
    query = select(func.min(sessions.c.day)).where(
        sessions.c.day >= newest, sessions.c.state.in_([SessionState.PLANNED, SessionState.OPEN]), ~_TAKEN
    )
    return newest, connection.execute(query).scalar()


def is_taken(connection: Connection, session_id: int) -> bool:
    """Whether the session is open or closed and anybody has an active arrival or mark."""
    query = select(sessions.c.id).where(sessions.c.id == session_id, *TAKEN)
    return connection.execute(query).first() is not None


def _one(connection: Connection, row: Row[Any]) -> Session:
    why = changelog.cancel_reason(connection, row.uid) if row.state is SessionState.CANCELLED else ""
    if row.audience is not AudienceKind.BRANCHES:
        return session_of(row, frozenset(), why)
    query = select(session_branches.c.branch_id).where(session_branches.c.session_id == row.id)
    return session_of(row, frozenset(connection.execute(query).scalars()), why)


def session_of(row: Any, branch_ids: frozenset[int], reason: str = "") -> Session:
    """The session a row of all its columns describes. reason: why it was cancelled, which is in no column."""
    return Session(
        id=row.id,
        uid=row.uid,
        key=SessionKey(row.day, row.ordinal),
        kind=row.kind,
        state=row.state,
        topic=row.topic,
        presenter_id=row.presenter_id,
        presenter=row.presenter,
        starts=row.starts,
        ends=row.ends,
        late_from=row.late_from,
        grace=row.grace,
        minimum_note=row.minimum_note,
        target=row.target,
        leave_counts=row.leave_counts,
        audience=Audience(row.audience, branch_ids),
        opened=row.opened,
        closed=row.closed,
        reason=reason,
    )


def _columns(session: Session) -> dict[str, Any]:
    return {
        "uid": session.uid,
        "day": session.key.day,
        "ordinal": session.key.ordinal,
        "kind": session.kind,
        "state": session.state,
        "topic": session.topic,
        "presenter_id": session.presenter_id,
        "presenter": session.presenter,
        "starts": session.starts,
        "ends": session.ends,
        "late_from": session.late_from,
        "grace": session.grace,
        "minimum_note": session.minimum_note,
        "target": session.target,
        "leave_counts": session.leave_counts,
        "audience": session.audience.kind,
        "opened": session.opened,
        "closed": session.closed,
    }
