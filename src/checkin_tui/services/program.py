"""The program: made once, edited, and its sessions planned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date, time
from typing import Any
from uuid import UUID

from checkin_tui.domain import calendar
from checkin_tui.domain.changes import ProgramChanged
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.program import Program, ProgramTerms
from checkin_tui.domain.rates import Target
from checkin_tui.domain.requests import CreateProgram, EditProgram, PlanSessions
from checkin_tui.domain.sessions import Session, SessionKey, SessionState
from checkin_tui.domain.text import clean
from checkin_tui.services.context import Context, the_program
from checkin_tui.services.people_changes import logged_change
from checkin_tui.services.session_changes import branch_names, session_state
from checkin_tui.services.sessions import planned_session
from checkin_tui.store import changelog
from checkin_tui.store.programs import insert_program, load_program, update_program
from checkin_tui.store.schema import Entity
from checkin_tui.store.sessions import insert_sessions, load_sessions, update_session
from checkin_tui.store.unit_of_work import UnitOfWork


def checked_terms(terms: ProgramTerms) -> ProgramTerms:
    """Terms fit to be written.

    Raises CheckInError `name_needed`, `date_order`, `dates_long`, `no_days`, `zone_unknown`.
    """
    name = clean(terms.name)
    if not name:
        raise CheckInError("name_needed")
    if terms.last_day < terms.first_day:
        raise CheckInError("date_order", first=terms.first_day, last=terms.last_day)
    try:
        calendar.zone_info(terms.zone)
        days = calendar.working_days(terms)
    except ValueError as error:
        if error.args[0] == "zone":
            raise CheckInError("zone_unknown", zone=terms.zone) from None
        raise CheckInError("dates_long", first=terms.first_day, last=terms.last_day) from None
    if not days:
        raise CheckInError("no_days", first=terms.first_day, last=terms.last_day)
    return replace(terms, name=name)


def create_program(ctx: Context, request: CreateProgram) -> ProgramChanged:
    """Make the program of a new file and plan its sessions. Raises CheckInError `program_exists`."""
    terms = checked_terms(request.terms)
    with ctx.writing() as work:
        there = load_program(work.connection)
        if there is not None:
            if any(change.entity is Entity.PROGRAM for change in changelog.of_batch(work.connection, request.uid)):
                return ProgramChanged(uid=request.uid, program=there)
            raise CheckInError("program_exists", name=there.terms.name)
        program = insert_program(work.connection, ctx.new_uid(), terms, request.practice)
        _log_program(ctx, work, request.uid, "create", program, None, terms)
        created = _plan(ctx, work, request.uid, program, calendar.plan(terms, ()).create, {})
        recorded = work.recorded()
        work.commit()
    return ProgramChanged(uid=request.uid, recorded=recorded, program=program, created=created)


def edit_program(ctx: Context, request: EditProgram) -> ProgramChanged:
    """Write new terms; sessions still planned take over hours, grace, minimum note, target and the leave rule.

    Raises CheckInError `zone_in_use` for another zone once a session was opened: its times would all be told wrongly.
    Days that no longer belong to the program keep their sessions: nothing is ever taken away by a setting.
    """
    terms = checked_terms(request.terms)
    with ctx.writing() as work:
        program = the_program(work.connection)
        if terms == program.terms:
            return ProgramChanged(uid=request.uid, program=program)
        if terms.zone != program.terms.zone and any(one.opened for one in load_sessions(work.connection)):
            raise CheckInError("zone_in_use", zone=program.terms.zone)
        after = update_program(work.connection, program, terms)
        _log_program(ctx, work, request.uid, "edit", program, program.terms, terms)
        _reach_planned(ctx, work, request.uid, program.terms, terms)
        recorded = work.recorded()
        work.commit()
    return ProgramChanged(uid=request.uid, recorded=recorded, program=after)


def plan_sessions(ctx: Context, request: PlanSessions) -> ProgramChanged:
    """Plan the program's sessions, or those of the given days. Planning twice creates nothing new."""
    with ctx.writing() as work:
        program = the_program(work.connection)
        there = [session.key for session in load_sessions(work.connection)]
        if request.days:
            held = {key.day for key in there}
            wanted = sorted(set(request.days))
            create: Sequence[SessionKey] = [SessionKey(day) for day in wanted if day not in held]
            existing: Sequence[SessionKey] = [SessionKey(day) for day in wanted if day in held]
        else:
            create, existing = calendar.plan(program.terms, there)
        more: dict[str, Any] = {"topic": clean(request.topic), "kind": request.kind}
        terms = program.terms
        if request.hours is not None:
            terms = replace(terms, starts=request.hours[0], ends=request.hours[1])
        created = _plan(ctx, work, request.uid, replace(program, terms=terms), create, more)
        recorded = work.recorded() if created else None
        work.commit()
    return ProgramChanged(
        uid=request.uid, recorded=recorded, program=program, created=created, existing=tuple(existing)
    )


def _plan(
    ctx: Context,
    work: UnitOfWork,
    batch: UUID,
    program: Program,
    keys: Sequence[SessionKey],
    more: dict[str, Any],
) -> tuple[SessionKey, ...]:
    new = [planned_session(ctx, program.terms, key, **more) for key in keys]
    insert_sessions(work.connection, new)
    logged = [
        logged_change(ctx, work, batch, "plan", Entity.SESSION, session.uid, None, session_state(session, {}))
        for session in new
    ]
    changelog.append(work.connection, logged)
    return tuple(keys)


def _reach_planned(ctx: Context, work: UnitOfWork, batch: UUID, old: ProgramTerms, new: ProgramTerms) -> None:
    """Planned sessions take over what changed. Hours and *late from* stay where somebody had given them other ones."""
    names = branch_names(work.connection)
    for session in load_sessions(work.connection):
        if session.state is not SessionState.PLANNED:
            continue
        after = _with_terms(session, old, new)
        if after != session:
            update_session(work.connection, after)
            before_state, after_state = session_state(session, names), session_state(after, names)
            line = logged_change(ctx, work, batch, "edit", Entity.SESSION, session.uid, before_state, after_state)
            changelog.append(work.connection, [line])


def _with_terms(session: Session, old: ProgramTerms, new: ProgramTerms) -> Session:
    day = session.key.day
    own = session.starts != calendar.instant(day, old.starts, old.zone) or session.ends != calendar.instant(
        day, old.ends, old.zone
    )
    starts = session.starts if own else calendar.instant(day, new.starts, new.zone)
    ends = session.ends if own else calendar.instant(day, new.ends, new.zone)
    moved = session.late_from != calendar.late_from(session.starts, session.grace)
    return replace(
        session,
        starts=starts,
        ends=ends,
        late_from=max(starts, session.late_from) if moved else calendar.late_from(starts, new.grace),
        grace=new.grace,
        minimum_note=new.minimum_note,
        target=new.target,
        leave_counts=new.leave_counts,
    )


def terms_state(terms: ProgramTerms) -> dict[str, Any]:
    """The terms as JSON keeps them."""
    return {field.name: _plain(getattr(terms, field.name)) for field in fields(terms)}


def terms_from(state: dict[str, Any]) -> ProgramTerms:
    """The terms a logged state describes."""
    return ProgramTerms(
        name=state["name"],
        first_day=date.fromisoformat(state["first_day"]),
        last_day=date.fromisoformat(state["last_day"]),
        weekdays=frozenset(state["weekdays"]),
        starts=time.fromisoformat(state["starts"]),
        ends=time.fromisoformat(state["ends"]),
        grace=state["grace"],
        target=Target.parse(state["target"]),
        minimum_note=state["minimum_note"],
        leave_counts=state["leave_counts"],
        zone=state["zone"],
        holidays=frozenset(map(date.fromisoformat, state["holidays"])),
        extra_days=frozenset(map(date.fromisoformat, state["extra_days"])),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(_plain(item) for item in value)
    if isinstance(value, Target):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _log_program(
    ctx: Context,
    work: UnitOfWork,
    batch: UUID,
    kind: str,
    program: Program,
    before: ProgramTerms | None,
    after: ProgramTerms,
) -> None:
    old = None if before is None else terms_state(before)
    line = logged_change(ctx, work, batch, kind, Entity.PROGRAM, program.uid, old, terms_state(after))
    changelog.append(work.connection, [line])
