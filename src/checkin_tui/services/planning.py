"""Planning sessions: the program's own, those of chosen days, and further ones of a day that has one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from checkin_tui.domain import calendar
from checkin_tui.domain.changes import ProgramChanged
from checkin_tui.domain.program import Program, ProgramTerms
from checkin_tui.domain.requests import PlanSessions
from checkin_tui.domain.session_rules import free_key, refuse_clash
from checkin_tui.domain.sessions import Session, SessionKey
from checkin_tui.domain.text import clean
from checkin_tui.services.context import Context, the_program
from checkin_tui.services.people_changes import logged_change
from checkin_tui.services.session_changes import branch_names, put_session, session_state
from checkin_tui.services.session_edits import audience_of, presenter_fields
from checkin_tui.services.sessions import planned_session
from checkin_tui.store import changelog
from checkin_tui.store.schema import Entity
from checkin_tui.store.sessions import insert_sessions, load_sessions
from checkin_tui.store.unit_of_work import UnitOfWork


def plan_sessions(ctx: Context, request: PlanSessions) -> ProgramChanged:
    """Plan the program's sessions, or those of the given days. Planning twice creates nothing new.

    Raises CheckInError `hours_in_gap`, `branch_unknown`, and `hours_overlap` for one more session of a day (`again`)
    that would be held while another one is.
    """
    with ctx.writing() as work:
        program = the_program(work.connection)
        there = load_sessions(work.connection)
        keys = [session.key for session in there]
        done = planned_by(work, request.uid)
        if done:
            made = {key.day for key in done}
            existing = [key for key in _wanted(program.terms, request, keys)[1] if key.day not in made]
            return ProgramChanged(uid=request.uid, program=program, created=tuple(done), existing=tuple(existing))
        create, known = _wanted(program.terms, request, keys)
        more: dict[str, Any] = {"topic": clean(request.topic), "kind": request.kind}
        more["audience"] = audience_of(work.connection, request.audience, request.branches)
        more.update(presenter_fields(work.connection, clean(request.presenter)))
        terms = program.terms
        if request.hours is not None:
            terms = replace(terms, starts=request.hours[0], ends=request.hours[1])
        plan_keys(ctx, work, request.uid, replace(program, terms=terms), create, there, **more)
        recorded = work.recorded() if create else None
        work.commit()
    return ProgramChanged(
        uid=request.uid, recorded=recorded, program=program, created=tuple(create), existing=tuple(known)
    )


def plan_keys(
    ctx: Context,
    work: UnitOfWork,
    batch: UUID,
    program: Program,
    keys: Sequence[SessionKey],
    there: Sequence[Session] = (),
    **more: Any,
) -> None:
    """Write planned sessions of these keys and log them as one batch; `there`: those they must not overlap with."""
    new = [planned_session(ctx, program.terms, key, **more) for key in keys]
    for session in new:
        refuse_clash(session, there)
    invites_some = any(session.audience.branch_ids for session in new)
    if invites_some:
        for session in new:
            put_session(work.connection, session)
    else:
        insert_sessions(work.connection, new)
    names = branch_names(work.connection) if invites_some else {}
    logged = [
        logged_change(ctx, work, batch, "plan", Entity.SESSION, session.uid, None, session_state(session, names))
        for session in new
    ]
    changelog.append(work.connection, logged)


def _wanted(
    terms: ProgramTerms, request: PlanSessions, there: Sequence[SessionKey]
) -> tuple[Sequence[SessionKey], Sequence[SessionKey]]:
    """The keys to make, and those that are there already."""
    if not request.days and not request.again:
        return calendar.plan(terms, there)
    days = sorted(set(request.days)) if request.days else calendar.working_days(terms)
    if request.again:
        return [free_key(day, there) for day in days], []
    return lacking(days, there)


def lacking(days: Iterable[date], there: Iterable[SessionKey]) -> tuple[list[SessionKey], list[SessionKey]]:
    """The keys of those days that have no session yet, and of the others the first that is there."""
    first: dict[date, SessionKey] = {}
    for key in sorted(there, reverse=True):
        first[key.day] = key
    return [SessionKey(day) for day in days if day not in first], [first[day] for day in days if day in first]


def planned_by(work: UnitOfWork, batch: UUID) -> list[SessionKey]:
    """What this request planned, when it was written before."""
    logged = changelog.of_batch(work.connection, batch)
    return [
        SessionKey.parse(change.after["key"])
        for change in logged
        if change.entity is Entity.SESSION and change.before is None and change.after
    ]
