"""Sessions in the log of changes: as plain values before and after, and put back from them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from checkin_tui.domain.changes import SessionChanged
from checkin_tui.domain.clock import HybridTime
from checkin_tui.domain.rates import Target
from checkin_tui.domain.sessions import Audience, AudienceKind, Session, SessionKind, SessionState
from checkin_tui.services.context import Context
from checkin_tui.store import changelog
from checkin_tui.store.figures import session_figures
from checkin_tui.store.people import load_branches
from checkin_tui.store.schema import Entity
from checkin_tui.store.sessions import find_session, find_session_uid, insert_sessions, update_session
from checkin_tui.store.unit_of_work import UnitOfWork

_PLAIN = ("topic", "presenter_id", "presenter", "starts", "ends", "late_from", "grace", "minimum_note", "leave_counts")
_TIMES = ("opened", "closed")


def session_state(session: Session, branch_names: dict[int, str]) -> dict[str, Any]:
    """A session as JSON keeps it."""
    state: dict[str, Any] = {name: getattr(session, name) for name in (*_PLAIN, *_TIMES)}
    state["key"] = str(session.key)
    state["kind"] = session.kind.value
    state["state"] = session.state.value
    state["target"] = str(session.target)
    state["audience"] = session.audience.kind.value
    state["branches"] = sorted(branch_names[branch] for branch in session.audience.branch_ids)
    return state


def restored(session: Session, state: dict[str, Any], branch_ids: dict[str, int]) -> Session:
    """The session with everything as `state` has it; its key never changes, and a reason is read again."""
    return replace(
        session,
        **{name: state[name] for name in (*_PLAIN, *_TIMES)},
        kind=SessionKind(state["kind"]),
        state=SessionState(state["state"]),
        reason="",
        target=Target.parse(state["target"]),
        audience=Audience(
            AudienceKind(state["audience"]),
            frozenset(branch_ids[name] for name in state["branches"] if name in branch_ids),
        ),
    )


def log_session(
    ctx: Context,
    work: UnitOfWork,
    batch: UUID,
    kind: str,
    before: Session | None,
    after: Session | None,
    *,
    undoes: UUID | None = None,
    because: str = "",
) -> HybridTime:
    """Write one session's change to the log. Returns when it was recorded."""
    one = after or before
    assert one is not None
    names = branch_names(work.connection) if one.audience.branch_ids or (before and before.audience.branch_ids) else {}
    recorded = work.recorded()
    logged = changelog.LoggedChange(
        uid=ctx.new_uid(),
        batch=batch,
        kind=kind,
        entity=Entity.SESSION,
        entity_uid=one.uid,
        before=None if before is None else session_state(before, names),
        after=None if after is None else session_state(after, names),
        recorded=recorded,
        undoes=undoes,
        because=because,
        operator=ctx.operator,
        station=ctx.station_name,
    )
    changelog.append(work.connection, [logged])
    return recorded


def branch_names(connection: Connection) -> dict[int, str]:
    """Every branch's name by id."""
    return {branch.id: branch.name for branch in load_branches(connection)}


def unmarked_at(work: UnitOfWork, session: Session) -> int:
    """How many of the expected have no mark."""
    return session_figures(work.connection, session.id).counts.unmarked


def repeated_session(work: UnitOfWork, uid: UUID) -> SessionChanged | None:
    """The result of an action about one session that was written before; None where this is the first time."""
    for change in changelog.of_batch(work.connection, uid):
        session = find_session_uid(work.connection, change.entity_uid)
        if session is not None:
            return SessionChanged(uid=uid, session=session, unmarked=unmarked_at(work, session))
    return None


def put_session(connection: Connection, session: Session) -> Session:
    """Write a new session and give it back with its id."""
    insert_sessions(connection, [session])
    written = find_session(connection, session.key)
    assert written is not None
    if session.audience.branch_ids:
        written = replace(written, audience=session.audience)
        update_session(connection, written)
    return written
