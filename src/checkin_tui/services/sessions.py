"""Opening, closing, reopening and editing sessions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from checkin_tui.domain import calendar
from checkin_tui.domain.attendance.events import Action, Status
from checkin_tui.domain.attendance.fold import fold
from checkin_tui.domain.changes import AttendanceChanged, SessionChanged
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.requests import CloseSession, EditSession, MarkMany, OpenSession, ReopenSession
from checkin_tui.domain.roster import UNMARKED_MARK, Mark
from checkin_tui.domain.sessions import Audience, AudienceKind, Session, SessionKey, SessionKind, SessionState
from checkin_tui.domain.text import clean
from checkin_tui.services.attendance import mark_unmarked
from checkin_tui.services.context import Context, the_program, the_session, today
from checkin_tui.services.reads import session_of_day
from checkin_tui.services.session_changes import log_session, put_session
from checkin_tui.store import changelog
from checkin_tui.store import events as store
from checkin_tui.store.figures import session_figures
from checkin_tui.store.people import find_code, find_name, load_branches
from checkin_tui.store.rosters import load_roster
from checkin_tui.store.sessions import find_session, find_session_uid, load_sessions, update_session
from checkin_tui.store.unit_of_work import UnitOfWork


def planned_session(ctx: Context, terms: ProgramTerms, key: SessionKey, **more: object) -> Session:
    """A new session of that date under the program's terms; `id` 0 until it is written.

    Raises CheckInError `hours_in_gap` on a day whose clocks skip the hours.
    """
    starts = calendar.instant(key.day, terms.starts, terms.zone)
    ends = calendar.instant(key.day, terms.ends, terms.zone)
    if ends <= starts:  # the clocks go forward over the whole of it
        raise CheckInError("hours_in_gap", day=key.day)
    session = Session(
        id=0,
        uid=ctx.new_uid(),
        key=key,
        kind=SessionKind.STUDY,
        state=SessionState.PLANNED,
        topic="",
        presenter_id=None,
        presenter="",
        starts=starts,
        ends=ends,
        late_from=calendar.late_from(starts, terms.grace),
        grace=terms.grace,
        minimum_note=terms.minimum_note,
        target=terms.target,
        leave_counts=terms.leave_counts,
        audience=Audience(),
    )
    return replace(session, **more)  # type: ignore[arg-type]


def open_session(ctx: Context, request: OpenSession) -> SessionChanged:
    """Open a planned session; an unplanned date (or `extra`) gets a new one. Opening an open one changes nothing.

    Raises CheckInError `session_state` for a closed or cancelled one, `session_unknown` for an ordinal not in sight.
    """
    with ctx.writing() as work:
        done = _repeated(work, request.uid)
        if done is not None:
            return done
        program = the_program(work.connection)
        day = request.key.day if request.key is not None else today(program, work.now)
        session = _to_open(work.connection, request, day)
        created = session is None
        before = session
        if session is None:
            key = _free_key(work.connection, day)
            if request.key is not None and not request.extra and request.key != key:
                raise CheckInError("session_unknown", key=request.key)
            session = put_session(work.connection, planned_session(ctx, program.terms, key))
        elif session.state is SessionState.OPEN:
            return SessionChanged(uid=request.uid, session=session, unmarked=_unmarked(work, session))
        elif session.state is not SessionState.PLANNED:
            raise CheckInError("session_state", state=session.state, key=session.key)
        opened = replace(session, state=SessionState.OPEN, opened=work.now)
        update_session(work.connection, opened)
        recorded = log_session(ctx, work, request.uid, "open", before, opened)
        unmarked = _unmarked(work, opened)
        work.commit()
    return SessionChanged(uid=request.uid, recorded=recorded, session=opened, unmarked=unmarked, created=created)


def close_session(ctx: Context, request: CloseSession) -> AttendanceChanged:
    """Close the register. With `absent_rest` those not marked become absent, in the same batch.

    Raises CheckInError `session_state` for a session that is not open.
    """
    with ctx.writing() as work:
        session = the_session(work.connection, request.session_id)
        done = _repeated(work, request.uid)
        if done is None and session.state is not SessionState.OPEN:
            raise CheckInError("session_state", state=session.state, key=session.key)
        if done is not None:
            return AttendanceChanged(
                uid=request.uid,
                session_id=session.id,
                action=Action.CLOSE,
                marks=(),
                session=session,
                touched=len({event.member_id for event in store.events_of_batch(work.connection, request.uid)}),
                repeated=True,
            )
        marks: list[tuple[int, Mark]] = []
        if request.absent_rest:
            roster = load_roster(work.connection, session)
            rest = tuple(
                person.member_id
                for person in roster.people
                if person.expected and roster.marks.get(person.member_id, UNMARKED_MARK).status is None
            )
            wanted = MarkMany(
                uid=request.uid,
                made=request.made,
                source=request.source,
                session_id=session.id,
                member_ids=rest,
                status=Status.ABSENT,
            )
            marks, _ = mark_unmarked(ctx, work, session, wanted, Action.CLOSE)
        closed = replace(session, state=SessionState.CLOSED, closed=work.now)
        update_session(work.connection, closed)
        recorded = log_session(ctx, work, request.uid, "close", session, closed)
        work.commit()
    return AttendanceChanged(
        uid=request.uid,
        recorded=recorded,
        session_id=session.id,
        action=Action.CLOSE,
        marks=tuple(marks),
        session=closed,
        touched=len(marks),
    )


def reopen_session(ctx: Context, request: ReopenSession) -> SessionChanged:
    """Open a closed session again; the marks stay. Raises `because_needed` without a reason, `session_state`."""
    because = clean(request.because)
    with ctx.writing() as work:
        done = _repeated(work, request.uid)
        if done is not None:
            return done
        session = the_session(work.connection, request.session_id)
        if session.state is not SessionState.CLOSED:
            raise CheckInError("session_state", state=session.state, key=session.key)
        if not because:
            raise CheckInError("because_needed", key=session.key)
        opened = replace(session, state=SessionState.OPEN, closed=None)
        update_session(work.connection, opened)
        recorded = log_session(ctx, work, request.uid, "reopen", session, opened, because=because)
        unmarked = _unmarked(work, opened)
        work.commit()
    return SessionChanged(uid=request.uid, recorded=recorded, session=opened, unmarked=unmarked)


def edit_session(ctx: Context, request: EditSession) -> SessionChanged:
    """Change topic, kind, presenter, audience or the instant from which arrivals are late.

    Raises CheckInError `late_from_before_start`; `session_state` for a new late-from or audience on a closed or
    cancelled session; `branch_unknown`.
    """
    with ctx.writing() as work:
        done = _repeated(work, request.uid)
        if done is not None:
            return done
        session = the_session(work.connection, request.session_id)
        frozen = session.state in (SessionState.CLOSED, SessionState.CANCELLED)
        if frozen and (request.late_from is not None or request.audience is not None):
            raise CheckInError("session_state", state=session.state, key=session.key)
        edited = _edited(work, session, request)
        if edited == session:
            return SessionChanged(uid=request.uid, session=session, unmarked=_unmarked(work, session))
        update_session(work.connection, edited)
        recorded = log_session(ctx, work, request.uid, "edit", session, edited)
        if edited.late_from != session.late_from:
            everybody = store.events_of_many(work.connection, session.id, None)
            standings = [(member, fold(events, edited.terms)) for member, events in everybody.items()]
            store.write_standings(work.connection, session.id, standings)
        unmarked = _unmarked(work, edited)
        work.commit()
    return SessionChanged(uid=request.uid, recorded=recorded, session=edited, unmarked=unmarked)


def _edited(work: UnitOfWork, session: Session, request: EditSession) -> Session:
    edited = session
    if request.topic is not None:
        edited = replace(edited, topic=clean(request.topic))
    if request.kind is not None:
        edited = replace(edited, kind=request.kind)
    if request.presenter is not None:
        edited = replace(edited, **_presenter(work.connection, clean(request.presenter)))
    if request.audience is not None:
        edited = replace(edited, audience=_audience(work.connection, request.audience, request.branches))
    if request.late_from is not None:
        zone = the_program(work.connection).terms.zone
        moment = calendar.instant(session.key.day, request.late_from, zone)
        if moment < session.starts:
            raise CheckInError("late_from_before_start", starts=session.starts, late_from=moment)
        edited = replace(edited, late_from=moment)
    return edited


def _presenter(connection: Connection, who: str) -> dict[str, Any]:
    """A member by code or by a name only one has; else a name from outside."""
    member = find_code(connection, who) if who else None
    if member is None and who:
        same = find_name(connection, who)
        member = same[0] if len(same) == 1 else None
    if member is not None:
        return {"presenter_id": member.id, "presenter": member.name}
    return {"presenter_id": None, "presenter": who}


def _audience(connection: Connection, kind: AudienceKind, names: tuple[str, ...]) -> Audience:
    if kind is not AudienceKind.BRANCHES:
        return Audience(kind)
    known = {branch.name: branch.id for branch in load_branches(connection)}
    for name in names:
        if name not in known:
            raise CheckInError("branch_unknown", name=name)
    if not names:
        raise CheckInError("branch_unknown", name="")
    return Audience(kind, frozenset(known[name] for name in names))


def _to_open(connection: Connection, request: OpenSession, day: date) -> Session | None:
    if request.extra:
        return None
    return session_of_day(connection, day) if request.key is None else find_session(connection, request.key)


def _free_key(connection: Connection, day: date) -> SessionKey:
    there = load_sessions(connection, day)
    return SessionKey(day, max((session.key.ordinal for session in there), default=0) + 1)


def _unmarked(work: UnitOfWork, session: Session) -> int:
    return session_figures(work.connection, session.id).counts.unmarked


def _repeated(work: UnitOfWork, uid: UUID) -> SessionChanged | None:
    for change in changelog.of_batch(work.connection, uid):
        session = find_session_uid(work.connection, change.entity_uid)
        if session is not None:
            return SessionChanged(uid=uid, session=session, unmarked=_unmarked(work, session))
    return None
