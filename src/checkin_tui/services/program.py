"""The program: made once with its sessions, and its terms edited."""

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
from checkin_tui.domain.program_change import effects, preview
from checkin_tui.domain.rates import Target
from checkin_tui.domain.reads import PreviewProgram
from checkin_tui.domain.requests import CreateProgram, EditProgram
from checkin_tui.domain.sessions import Session
from checkin_tui.domain.text import clean
from checkin_tui.domain.views import ProgramPreview
from checkin_tui.services.cancelling import cancelled
from checkin_tui.services.context import Context, the_program, the_session
from checkin_tui.services.people_changes import logged_change
from checkin_tui.services.planning import lacking, plan_keys, planned_by
from checkin_tui.services.session_changes import branch_names, log_session, session_state
from checkin_tui.store import changelog
from checkin_tui.store.programs import insert_program, load_program, update_program
from checkin_tui.store.schema import Entity
from checkin_tui.store.sessions import load_sessions, update_session
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
        created = calendar.plan(terms, ()).create
        plan_keys(ctx, work, request.uid, program, created)
        recorded = work.recorded()
        work.commit()
    return ProgramChanged(uid=request.uid, recorded=recorded, program=program, created=created)


def edit_program(ctx: Context, request: EditProgram) -> ProgramChanged:
    """Write new terms, plan the days and cancel the sessions that were asked for with them: all of it or nothing.

    Sessions still planned take over hours, grace, minimum note, target and the leave rule. Days that no longer belong
    to the program keep their sessions, unless they are named: nothing is ever taken away by a setting. Raises
    CheckInError as `checked_terms`, `domain.program_change.effects`, `plan_sessions` and `cancel_session` do.
    """
    new = None if request.terms is None else checked_terms(request.terms)
    with ctx.writing() as work:
        program = the_program(work.connection)
        terms = new or program.terms
        sessions = load_sessions(work.connection)
        create, known = lacking(sorted(set(request.plan)), [session.key for session in sessions])
        if changelog.of_batch(work.connection, request.uid):
            done = planned_by(work, request.uid)
            known = [key for key in known if key not in done]
            return ProgramChanged(uid=request.uid, program=program, created=tuple(done), existing=tuple(known))
        if terms == program.terms and not create and not request.cancel:
            return ProgramChanged(uid=request.uid, program=program, existing=tuple(known))
        if terms != program.terms:
            program = _write_terms(ctx, work, request.uid, program, terms, sessions)
        plan_keys(ctx, work, request.uid, program, create)
        for session_id in dict.fromkeys(request.cancel):
            session = the_session(work.connection, session_id)
            after = cancelled(work, session)
            update_session(work.connection, after)
            log_session(ctx, work, request.uid, "edit", session, after)
        recorded = work.recorded()
        work.commit()
    created, existing = tuple(create), tuple(known)
    return ProgramChanged(uid=request.uid, recorded=recorded, program=program, created=created, existing=existing)


def _write_terms(
    ctx: Context, work: UnitOfWork, batch: UUID, program: Program, terms: ProgramTerms, sessions: Sequence[Session]
) -> Program:
    pairs = effects(program.terms, terms, sessions)
    after = update_program(work.connection, program, terms)
    _log_program(ctx, work, batch, "edit", program, program.terms, terms)
    names = branch_names(work.connection)
    logged = []
    for old, new in pairs:
        update_session(work.connection, new)
        states = session_state(old, names), session_state(new, names)
        logged.append(logged_change(ctx, work, batch, "edit", Entity.SESSION, new.uid, *states))
    changelog.append(work.connection, logged)
    return after


def preview_program(ctx: Context, request: PreviewProgram) -> ProgramPreview:
    """What `edit_program` would do with these terms. Nothing is written; the same is refused."""
    terms = checked_terms(request.terms)
    with ctx.reading() as connection:
        program = the_program(connection)
        sessions = load_sessions(connection)
    return preview(program.terms, terms, sessions)


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
