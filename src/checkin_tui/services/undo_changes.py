"""Taking back changes of people, sessions and program, and this station's newest step of whatever kind."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection

from checkin_tui.domain.attendance.events import Action
from checkin_tui.domain.attendance.fold import fold
from checkin_tui.domain.attendance.undo import is_step
from checkin_tui.domain.changes import AttendanceChanged, ChangesUndone
from checkin_tui.domain.clock import HybridTime
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.requests import Undo, UndoChanges, UndoPlan
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.services.context import Context
from checkin_tui.services.note_undo import newest_step, take_back
from checkin_tui.services.people_changes import Branches, branch_state, logged_change
from checkin_tui.services.program import terms_from, terms_state
from checkin_tui.services.session_changes import branch_names, restored, session_state
from checkin_tui.services.undo_marks import imported_by, undo_marks
from checkin_tui.services.undo_people import put_people, runs
from checkin_tui.services.undoing import undo_step
from checkin_tui.store import changelog, events, notes, people
from checkin_tui.store.changelog import LoggedChange
from checkin_tui.store.people import load_branches
from checkin_tui.store.programs import load_program, update_program
from checkin_tui.store.schema import Entity
from checkin_tui.store.sessions import delete_session, find_session_uid, is_taken, update_session
from checkin_tui.store.unit_of_work import UnitOfWork

_PAGE = 50
_KINDS = ("add", "edit", "import", "plan", "open")
_PLAN_KINDS, _PLANNED = ("edit", "plan", "open"), (Entity.PROGRAM, Entity.SESSION)


def undo_last(ctx: Context, request: Undo) -> AttendanceChanged | ChangesUndone:
    """Take back this station's newest step: at one session, or of whatever kind where no session is named.

    Raises CheckInError `nothing_to_undo` and what the kind raises.
    """
    if request.session_id is not None:
        return undo_step(ctx, request, request.session_id)
    again = _again(ctx, request)
    if again is not None:
        return again
    with ctx.reading() as connection:
        marks = _newest_marks(ctx, connection)
        changes = [
            change
            for change in changelog.batches_of_station(connection, ctx.station, _PAGE)
            if change.kind in (*_KINDS, "close")
            and not changelog.undone(connection, change.batch)
            and not changelog.erased(change)
            and not _made_the_program(connection, change)
        ]
        written = newest_step(ctx, connection, None)
    found: list[tuple[HybridTime, str]] = []
    if marks is not None:
        found.append((marks.recorded, "marks"))
    if changes and not (marks is not None and marks.batch == changes[0].batch):  # the mark that opened the session
        found.append((changes[0].recorded, "changes"))
    if written is not None:
        found.append((written.recorded, "note"))
    if not found:
        raise CheckInError("nothing_to_undo")
    kind = max(found)[1]
    if kind == "marks" and marks is not None and marks.action is Action.IMPORT:
        return undo_marks(ctx, request, marks.batch)
    if kind == "marks" and marks is not None:
        return undo_step(ctx, request, marks.session_id)
    if kind == "note":
        return _undo_note(ctx, request)
    newest = changes[0]
    if newest.kind == "close":
        with ctx.reading() as connection:
            session = find_session_uid(connection, newest.entity_uid)
        if session is not None:
            return undo_step(ctx, request, session.id)
    return undo_batch(ctx, UndoChanges(uid=request.uid, made=request.made, batch=newest.batch, source=request.source))


def undo_batch(ctx: Context, request: UndoChanges) -> ChangesUndone:
    """Take back one batch of changes.

    Raises CheckInError `nothing_to_undo`; `undo_has_events` (names) where new people already have an event or a note;
    `undo_changed_since` where something of it was changed again; `undo_taken` for a session somebody was marked at;
    `undo_erased` where somebody of it was erased.
    """
    with ctx.writing() as work:
        logged = changelog.of_batch(work.connection, request.batch)
        if changelog.of_batch(work.connection, request.uid):
            return ChangesUndone(
                uid=request.uid, kind=logged[0].kind, touched=len(logged), batch=request.batch, gone=_made(logged)
            )
        if not logged or changelog.undone(work.connection, request.batch):
            raise CheckInError("nothing_to_undo")
        if any(changelog.erased(change) for change in logged):
            raise CheckInError("undo_erased")
        _refuse_known(work, logged)
        branches = Branches(ctx, work, request.uid, "undo")
        code: str | None = None
        for changes in runs(logged):
            if changes[0].entity is Entity.MEMBER:
                code = put_people(ctx, work, request.uid, changes, branches) or code
            else:
                _put_back(ctx, work, request.uid, changes[0])
        recorded = work.recorded()
        work.commit()
    count = sum(1 for change in logged if change.entity is logged[-1].entity)
    code = code if count == 1 else None
    return ChangesUndone(
        uid=request.uid,
        recorded=recorded,
        kind=logged[-1].kind,
        code=code,
        touched=count,
        batch=request.batch,
        gone=_made(logged),
    )


def undo_plan(ctx: Context, request: UndoPlan) -> ChangesUndone:
    """Take back this station's newest change of the program or its sessions that still stands.

    Opening one counts, unless a mark did it; closing does not. Raises CheckInError as `undo_batch` does.
    """
    with ctx.reading() as connection:
        again = (change.undoes for change in changelog.of_batch(connection, request.uid))
        batch = next((undoes for undoes in again if undoes is not None), None)
        if batch is None:
            batch = _newest_plan(ctx, connection)
    if batch is None:
        raise CheckInError("nothing_to_undo")
    return undo_batch(ctx, UndoChanges(uid=request.uid, made=request.made, batch=batch, source=request.source))


def _newest_plan(ctx: Context, connection: Connection) -> UUID | None:
    for change in changelog.batches_of_station(connection, ctx.station, _PAGE, entities=_PLANNED):
        if (
            change.kind in _PLAN_KINDS
            and not changelog.undone(connection, change.batch)
            and not _made_the_program(connection, change)
            and not events.events_of_batch(connection, change.batch)
        ):
            return change.batch
    return None


def _made(logged: Sequence[LoggedChange]) -> tuple[SessionKey, ...]:
    return tuple(
        SessionKey.parse(change.after["key"])
        for change in logged
        if change.entity is Entity.SESSION and change.before is None and change.after is not None
    )


def _made_the_program(connection: Connection, change: LoggedChange) -> bool:
    """Whether the sessions were planned with the program itself, which is no step anybody could take back."""
    return change.kind == "plan" and changelog.of_batch(connection, change.batch)[0].kind == "create"


def _newest_marks(ctx: Context, connection: Connection) -> events.Step | None:
    offset = 0
    while True:
        page = events.steps_of_station(connection, ctx.station, None, _PAGE, offset)
        for step in page:
            active = is_step(step.action) and events.still_active(
                connection, events.events_of_batch(connection, step.batch)
            )
            if active:
                return step
        if len(page) < _PAGE:
            return None
        offset += len(page)


def _undo_note(ctx: Context, request: Undo) -> ChangesUndone:
    with ctx.writing() as work:
        step = newest_step(ctx, work.connection, None)
        if step is None:
            raise CheckInError("nothing_to_undo")
        recorded = take_back(ctx, work, step, request.uid, Action.UNDO)
        undone = _undone_notes(work.connection, request, [one.member_id for one in step.revisions], recorded)
        work.commit()
    return undone


def _undone_notes(
    connection: Connection, request: Undo, member_ids: Sequence[int], recorded: HybridTime
) -> ChangesUndone:
    only = people.load_member(connection, member_ids[0]) if len(member_ids) == 1 else None
    code = only.code if only is not None else None
    return ChangesUndone(uid=request.uid, recorded=recorded, kind="note", code=code, touched=len(member_ids))


def _again(ctx: Context, request: Undo) -> AttendanceChanged | ChangesUndone | None:
    """The first result again, where this very undo was written before."""
    with ctx.reading() as connection:
        marks = events.events_of_batch(connection, request.uid)
        written = notes.steps_of_batch(connection, request.uid)
        changed = changelog.of_batch(connection, request.uid)
        if written:
            return _undone_notes(connection, request, [one.member_id for one in written], written[-1].recorded)
        imported = imported_by(connection, marks) if marks else None
    if imported is not None:
        return undo_marks(ctx, request, imported)
    if marks:
        return undo_step(ctx, request, marks[0].session_id)
    undone = next((change.undoes for change in changed if change.undoes is not None), None)
    if undone is None:
        return None
    return undo_batch(ctx, UndoChanges(uid=request.uid, made=request.made, batch=undone, source=request.source))


def _refuse_known(work: UnitOfWork, logged: Sequence[LoggedChange]) -> None:
    """New people are removed only if nobody knows anything of them yet."""
    new = [change.entity_uid for change in logged if change.entity is Entity.MEMBER and change.before is None]
    ids = people.ids_of(work.connection, new)
    names = people.with_history(work.connection, ids)
    if names:
        raise CheckInError("undo_has_events", names=names)


def _put_back(ctx: Context, work: UnitOfWork, batch: UUID, change: LoggedChange) -> None:
    """Set a session, the program or a branch back to what it was before the change."""
    current: changelog.State
    if change.entity is Entity.SESSION:
        current = _put_session(work, change)
    elif change.entity is Entity.PROGRAM:
        current = _put_program(work, change)
    else:
        current = _put_branch(work, change)
    line = logged_change(
        ctx, work, batch, "undo", change.entity, change.entity_uid, current, change.before, undoes=change.batch
    )
    changelog.append(work.connection, [line])


def _put_branch(work: UnitOfWork, change: LoggedChange) -> changelog.State:
    """A branch an import made goes with it, unless somebody is in it or it was given a contact since."""
    branch = people.find_branch(work.connection, change.entity_uid)
    current = None if branch is None else branch_state(branch)
    if change.before is None:
        if current == change.after:
            people.delete_branch_if_unused(work.connection, change.entity_uid)
        return current
    if branch is None or current != change.after:
        raise CheckInError("undo_changed_since", name="" if branch is None else branch.name)
    values = {"contact": change.before["contact"], "phone": change.before["phone"]}
    people.set_branch(work.connection, change.entity_uid, values)
    return current


def _put_session(work: UnitOfWork, change: LoggedChange) -> changelog.State:
    session = find_session_uid(work.connection, change.entity_uid)
    if session is None:
        raise CheckInError("undo_changed_since", name="")
    current = session_state(session, branch_names(work.connection))
    if current != change.after:
        raise CheckInError("undo_changed_since", name=str(session.key))
    before, known = change.before, events.events_of_many(work.connection, session.id, None)
    noted = notes.any_at(work.connection, session.id)
    if (before is None and (known or noted)) or (
        before is not None and before["state"] != current["state"] and is_taken(work.connection, session.id)
    ):
        raise CheckInError("undo_taken", key=session.key)
    if before is None:
        delete_session(work.connection, session.id)
        return current
    ids = {branch.name: branch.id for branch in load_branches(work.connection)}
    after = restored(session, before, ids)
    update_session(work.connection, after)
    standings = [(member, fold(steps, after.terms)) for member, steps in known.items()]
    events.write_standings(work.connection, session.id, standings)
    return current


def _put_program(work: UnitOfWork, change: LoggedChange) -> changelog.State:
    program = load_program(work.connection)
    assert program is not None
    current = terms_state(program.terms)
    if change.before is None or current != change.after:
        raise CheckInError("undo_changed_since", name=program.terms.name)
    update_program(work.connection, program, terms_from(change.before))
    return current
