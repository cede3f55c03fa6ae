"""Taking back the marks of a file: at all sessions it reached, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection

from checkin_tui.domain.attendance import writing
from checkin_tui.domain.attendance.events import Action, Event
from checkin_tui.domain.attendance.fold import Standing, fold
from checkin_tui.domain.changes import ChangesUndone
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.requests import Undo
from checkin_tui.domain.sessions import Session, SessionState
from checkin_tui.services.context import Context, the_session
from checkin_tui.services.session_changes import branch_names, log_session, restored, session_state
from checkin_tui.store import changelog
from checkin_tui.store import events as store
from checkin_tui.store.people import load_branches
from checkin_tui.store.schema import Entity
from checkin_tui.store.sessions import is_taken, update_session
from checkin_tui.store.unit_of_work import UnitOfWork


def imported_by(connection: Connection, events: Sequence[Event]) -> UUID | None:
    """The import these events are of, or took back; None: they are of something else."""
    first = events[0]
    if first.action is Action.UNDO and first.target is not None:
        named = store.find_event(connection, first.target)
        first = named if named is not None else first
    return first.batch if first.action is Action.IMPORT else None


def undo_marks(ctx: Context, request: Undo, batch: UUID) -> ChangesUndone:
    """Take back what an import of marks wrote and still stands.

    Sessions it opened are planned again unless somebody was marked there otherwise. touched: people, once for each
    session. Raises CheckInError `undo_closed` where a register was closed after the import.
    """
    with ctx.writing() as work:
        again = store.events_of_batch(work.connection, request.uid)
        if again:
            return _told(request, batch, again)
        taken: dict[int, list[Event]] = {}
        for event in store.events_of_batch(work.connection, batch):
            taken.setdefault(event.session_id, []).append(event)
        new: list[Event] = []
        for session_id, events in taken.items():
            new += _withdrawn(ctx, work, request, the_session(work.connection, session_id), events)
        for change in changelog.of_batch(work.connection, batch):
            _plan_again(ctx, work, request.uid, change, [the_session(work.connection, one) for one in taken])
        done = _told(request, batch, new)._replace(recorded=work.recorded())
        work.commit()
    return done


def _withdrawn(ctx: Context, work: UnitOfWork, request: Undo, session: Session, taken: Sequence[Event]) -> list[Event]:
    """Withdraw the events of one session that still stand."""
    if session.state is SessionState.CLOSED and (session.closed or 0) > max(event.recorded.wall for event in taken):
        raise CheckInError("undo_closed", key=session.key)
    own: dict[int, list[Event]] = {}
    for event in taken:
        own.setdefault(event.member_id, []).append(event)
    known = store.events_of_many(work.connection, session.id, None)
    new: list[Event] = []
    standings: list[tuple[int, Standing]] = []
    for member_id, events in own.items():
        withdrawn = [
            ctx.event(
                work,
                draft,
                session_id=session.id,
                member_id=member_id,
                batch=request.uid,
                action=Action.UNDO,
                source=request.source,
                because=events[0].because if session.state is SessionState.CLOSED else "",
            )
            for draft in writing.withdraw(known[member_id], events)
        ]
        new += withdrawn
        standings.append((member_id, fold([*known[member_id], *withdrawn], session.terms)))
    store.insert_events(work.connection, new)
    store.write_standings(work.connection, session.id, standings)
    return new


def _plan_again(
    ctx: Context, work: UnitOfWork, uid: UUID, change: changelog.LoggedChange, sessions: Sequence[Session]
) -> None:
    session = next((one for one in sessions if one.uid == change.entity_uid), None)
    if change.entity is not Entity.SESSION or session is None or change.before is None:
        return
    current = session_state(session, branch_names(work.connection))
    if current != change.after or is_taken(work.connection, session.id):
        return
    ids = {branch.name: branch.id for branch in load_branches(work.connection)}
    before = restored(session, change.before, ids)
    log_session(ctx, work, uid, "undo", session, before, undoes=change.batch)
    update_session(work.connection, before)


def _told(request: Undo, batch: UUID, withdrawn: Sequence[Event]) -> ChangesUndone:
    people = {(event.session_id, event.member_id) for event in withdrawn}
    recorded = withdrawn[-1].recorded if withdrawn else None
    return ChangesUndone(uid=request.uid, recorded=recorded, kind="import", touched=len(people), batch=batch)
