"""Opening, closing and reopening sessions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from checkin_tui.domain import calendar
from checkin_tui.domain.attendance.events import Action, Status
from checkin_tui.domain.changes import AttendanceChanged, SessionChanged
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.requests import CloseSession, MarkMany, OpenSession, ReopenSession
from checkin_tui.domain.roster import UNMARKED_MARK, Mark
from checkin_tui.domain.session_rules import free_key, timed
from checkin_tui.domain.sessions import Audience, Session, SessionKey, SessionKind, SessionState
from checkin_tui.domain.text import clean
from checkin_tui.services.attendance import mark_unmarked
from checkin_tui.services.context import Context, the_program, the_session, today
from checkin_tui.services.reads import session_of_day
from checkin_tui.services.session_changes import log_session, put_session, repeated_session, unmarked_at
from checkin_tui.store import events as store
from checkin_tui.store.rosters import load_roster
from checkin_tui.store.sessions import find_session, load_sessions, update_session
from checkin_tui.store.unit_of_work import UnitOfWork


def planned_session(ctx: Context, terms: ProgramTerms, key: SessionKey, **more: object) -> Session:
    """A new session of that date under the program's terms; `id` 0 until it is written.

    Raises CheckInError `hours_in_gap` on a day whose clocks skip the hours.
    """
    starts = calendar.instant(key.day, terms.starts, terms.zone)
    ends = calendar.instant(key.day, terms.ends, terms.zone)
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
        late_from=starts,
        grace=terms.grace,
        minimum_note=terms.minimum_note,
        target=terms.target,
        leave_counts=terms.leave_counts,
        audience=Audience(),
    )
    return timed(replace(session, **more), starts, ends)  # type: ignore[arg-type]


def open_session(ctx: Context, request: OpenSession) -> SessionChanged:
    """Open a planned session; an unplanned date (or `extra`) gets a new one. Opening an open one changes nothing.

    Raises CheckInError `session_state` for a closed or cancelled one, `session_unknown` for an ordinal not in sight.
    """
    with ctx.writing() as work:
        done = repeated_session(work, request.uid)
        if done is not None:
            return done
        program = the_program(work.connection)
        day = request.key.day if request.key is not None else today(program, work.now)
        session = _to_open(work, request, day)
        created = session is None
        before = session
        if session is None:
            key = free_key(day, [one.key for one in load_sessions(work.connection, day)])
            if request.key is not None and not request.extra and request.key != key:
                raise CheckInError("session_unknown", key=request.key)
            session = put_session(work.connection, planned_session(ctx, program.terms, key))
        elif session.state is SessionState.OPEN:
            return SessionChanged(uid=request.uid, session=session, unmarked=unmarked_at(work, session))
        elif session.state is not SessionState.PLANNED:
            raise CheckInError("session_state", state=session.state, key=session.key)
        opened = replace(session, state=SessionState.OPEN, opened=work.now)
        update_session(work.connection, opened)
        recorded = log_session(ctx, work, request.uid, "open", before, opened)
        unmarked = unmarked_at(work, opened)
        work.commit()
    return SessionChanged(uid=request.uid, recorded=recorded, session=opened, unmarked=unmarked, created=created)


def close_session(ctx: Context, request: CloseSession) -> AttendanceChanged:
    """Close the register. With `absent_rest` those not marked become absent, in the same batch.

    Raises CheckInError `session_state` for a session that is not open.
    """
    with ctx.writing() as work:
        session = the_session(work.connection, request.session_id)
        done = repeated_session(work, request.uid)
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
        done = repeated_session(work, request.uid)
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
        unmarked = unmarked_at(work, opened)
        work.commit()
    return SessionChanged(uid=request.uid, recorded=recorded, session=opened, unmarked=unmarked)


def _to_open(work: UnitOfWork, request: OpenSession, day: date) -> Session | None:
    if request.extra:
        return None
    if request.key is None:
        return session_of_day(work.connection, day, work.now)
    return find_session(work.connection, request.key)
