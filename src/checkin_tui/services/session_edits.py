"""Editing a session: what it is about, who lectures, who is invited, its hours, and from when an arrival is late."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Any

from sqlalchemy import Connection

from checkin_tui.domain import calendar
from checkin_tui.domain.attendance.fold import fold
from checkin_tui.domain.changes import SessionChanged
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.presenters import Presenters, name_key
from checkin_tui.domain.requests import EditSession
from checkin_tui.domain.session_rules import refuse_clash, with_hours
from checkin_tui.domain.sessions import Audience, AudienceKind, Session, SessionState
from checkin_tui.domain.text import clean
from checkin_tui.services.context import Context, the_program, the_session
from checkin_tui.services.session_changes import log_session, repeated_session, unmarked_at
from checkin_tui.store import events as store
from checkin_tui.store.people import find_alike, find_code, load_branches
from checkin_tui.store.sessions import load_sessions, update_session
from checkin_tui.store.unit_of_work import UnitOfWork


def edit_session(ctx: Context, request: EditSession) -> SessionChanged:
    """Change topic, kind, presenter, audience, hours, or the instant from which arrivals are late.

    Raises CheckInError `late_from_before_start`, `hours_in_gap`, `branch_unknown`; `hours_overlap` with another session
    of the day; `session_state` for a new late-from or audience on a closed or cancelled session, and for other hours on
    one that is not planned any more.
    """
    with ctx.writing() as work:
        done = repeated_session(work, request.uid)
        if done is not None:
            return done
        session = the_session(work.connection, request.session_id)
        frozen = session.state in (SessionState.CLOSED, SessionState.CANCELLED)
        if (frozen and (request.late_from is not None or request.audience is not None)) or (
            session.state is not SessionState.PLANNED and request.hours is not None
        ):
            raise CheckInError("session_state", state=session.state, key=session.key)
        edited = _edited(work, session, request)
        if edited == session:
            return SessionChanged(uid=request.uid, session=session, unmarked=unmarked_at(work, session))
        if _hours_and_audience(edited) != _hours_and_audience(session):
            refuse_clash(edited, load_sessions(work.connection, session.key.day))
        update_session(work.connection, edited)
        recorded = log_session(ctx, work, request.uid, "edit", session, edited)
        if edited.terms != session.terms:
            everybody = store.events_of_many(work.connection, session.id, None)
            standings = [(member, fold(events, edited.terms)) for member, events in everybody.items()]
            store.write_standings(work.connection, session.id, standings)
        unmarked = unmarked_at(work, edited)
        work.commit()
    return SessionChanged(uid=request.uid, recorded=recorded, session=edited, unmarked=unmarked)


def presenter_fields(connection: Connection, who: str) -> dict[str, Any]:
    """Who lectures, as fields of a session: a member by `domain.presenters`; else a name from outside."""
    member = find_code(connection, who) if who else None
    found = [member] if member else Presenters(find_alike(connection, who, name_key(who))).meant(who) if who else []
    if len(found) == 1:
        return {"presenter_id": found[0].id, "presenter": found[0].name}
    return {"presenter_id": None, "presenter": who}


def audience_of(connection: Connection, kind: AudienceKind, names: tuple[str, ...]) -> Audience:
    """Who is invited. Raises CheckInError `branch_unknown`, also where branches are meant and none is named."""
    if kind is not AudienceKind.BRANCHES:
        return Audience(kind)
    known = {branch.name: branch.id for branch in load_branches(connection)}
    for name in names:
        if name not in known:
            raise CheckInError("branch_unknown", name=name)
    if not names:
        raise CheckInError("branch_unknown", name="")
    return Audience(kind, frozenset(known[name] for name in names))


def _edited(work: UnitOfWork, session: Session, request: EditSession) -> Session:
    edited = session
    if request.topic is not None:
        edited = replace(edited, topic=clean(request.topic))
    if request.kind is not None:
        edited = replace(edited, kind=request.kind)
    if request.presenter is not None:
        edited = replace(edited, **presenter_fields(work.connection, clean(request.presenter)))
    if request.audience is not None:
        edited = replace(edited, audience=audience_of(work.connection, request.audience, request.branches))
    if request.hours is not None:
        edited = with_hours(edited, *(_moment(work, session, at) for at in request.hours))
    if request.late_from is not None:
        moment = _moment(work, session, request.late_from)
        if moment < edited.starts:
            raise CheckInError("late_from_before_start", starts=edited.starts, late_from=moment)
        edited = replace(edited, late_from=moment)
    return edited


def _moment(work: UnitOfWork, session: Session, at: time) -> int:
    return calendar.instant(session.key.day, at, the_program(work.connection).terms.zone)


def _hours_and_audience(session: Session) -> tuple[object, ...]:
    return session.starts, session.ends, session.audience
