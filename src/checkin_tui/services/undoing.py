"""Undo and redo of attendance at one session, its closing included."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import UUID

from checkin_tui.domain.attendance import undo, writing
from checkin_tui.domain.attendance.events import Action, Event
from checkin_tui.domain.attendance.fold import fold
from checkin_tui.domain.changes import AttendanceChanged
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.requests import Redo, Undo, Write
from checkin_tui.domain.sessions import Session, SessionState
from checkin_tui.services.attendance import current
from checkin_tui.services.context import Context, the_session
from checkin_tui.services.session_changes import log_session
from checkin_tui.store import changelog
from checkin_tui.store import events as store
from checkin_tui.store.changelog import LoggedChange
from checkin_tui.store.rosters import load_some
from checkin_tui.store.sessions import update_session
from checkin_tui.store.unit_of_work import UnitOfWork

_PAGE = 20
_CLOSING = ("close", "undo", "redo")


def undo_step(ctx: Context, request: Undo, session_id: int) -> AttendanceChanged:
    """Take back this station's newest step at one session.

    Raises CheckInError `nothing_to_undo`; `undo_closed` on a closed session whose closing is not the newest step there.
    """
    with ctx.writing() as work:
        session = the_session(work.connection, session_id)
        again = _again(work, session, request)
        if again is not None:
            return again
        batch = _next_undo(ctx, work, session)
        changed = _reverse(ctx, work, session, request, batch.uid, Action.UNDO)
        work.commit()
    return changed


def redo_step(ctx: Context, request: Redo) -> AttendanceChanged:
    """Do again what this station's newest undo took back. Raises CheckInError `nothing_to_redo`."""
    with ctx.writing() as work:
        session = the_session(work.connection, request.session_id)
        again = _again(work, session, request)
        if again is not None:
            return again
        batch = undo.next_redo(_recent(ctx, work, session))
        if batch is None:
            raise CheckInError("nothing_to_redo")
        changed = _reverse(ctx, work, session, request, batch.uid, Action.REDO)
        work.commit()
    return changed


def offered(ctx: Context, work: UnitOfWork, session: Session) -> tuple[Action | None, Action | None]:
    """What undo and redo would be about now: the action of each, None where there is none."""
    try:
        back: Action | None = _next_undo(ctx, work, session).action
    except CheckInError:
        back = None
    again = undo.next_redo(_recent(ctx, work, session))
    return back, None if again is None else again.action


def _next_undo(ctx: Context, work: UnitOfWork, session: Session) -> undo.Batch:
    found = undo.next_undo(_recent(ctx, work, session))
    if session.state is SessionState.CLOSED:
        closing = _closing_of(work, session)
        if found is None or closing is None or found.uid != closing.batch:
            raise CheckInError("undo_closed", key=session.key)
    if found is None:
        raise CheckInError("nothing_to_undo")
    return found


def _closing_of(work: UnitOfWork, session: Session) -> LoggedChange | None:
    """The change that closed the session, which stands."""
    for change in changelog.of_entity(work.connection, session.uid):
        if change.kind in ("close", "redo") and change.after is not None and change.after["state"] == "closed":
            return _original(work, change)
    return None


def _original(work: UnitOfWork, change: LoggedChange) -> LoggedChange | None:
    """The closing that a redo did again."""
    while change.undoes is not None:
        change = changelog.of_batch(work.connection, change.undoes)[-1]
    return change


def _is_closing(work: UnitOfWork, change: LoggedChange) -> bool:
    """Whether it is a closing, or took one back: an edit of the plan is undone elsewhere, as a whole."""
    original = _original(work, change)
    return original is not None and original.kind == "close"


def _recent(ctx: Context, work: UnitOfWork, session: Session) -> Iterator[undo.Batch]:
    """This station's steps at the session, newest first: batches of events, and closings that made no event."""
    closings = [
        change
        for change in changelog.of_entity(work.connection, session.uid)
        if change.recorded.station == ctx.station and change.kind in _CLOSING and _is_closing(work, change)
    ]
    seen: set[UUID] = set()
    offset = 0
    while True:
        page = store.steps_of_station(work.connection, ctx.station, session.id, _PAGE, offset)
        offset += len(page)
        batches = [(step.recorded, step.batch, step.action) for step in page]
        oldest = batches[-1][0] if len(page) == _PAGE else None
        ready = [change for change in closings if oldest is None or change.recorded > oldest]
        closings = [change for change in closings if change not in ready]
        batches += [(change.recorded, change.batch, Action(change.kind)) for change in ready]
        for recorded, batch, action in sorted(batches, reverse=True):
            if batch in seen:
                continue
            seen.add(batch)
            yield undo.Batch(batch, action, recorded, _is_active(work, session, batch))
        if len(page) < _PAGE:
            return


def _is_active(work: UnitOfWork, session: Session, batch: UUID) -> bool:
    """Whether anything of the step still stands. A closing without events stands as long as the session is closed."""
    events = _events_of(work, session, batch)
    if events:
        return store.still_active(work.connection, events)
    change = changelog.of_batch(work.connection, batch)[-1]
    result = change.after["state"] if change.after is not None else ""
    return result == session.state.value and not changelog.undone(work.connection, batch)


def _events_of(work: UnitOfWork, session: Session, batch: UUID) -> list[Event]:
    """What a step did at this session: an import reaches over several."""
    return [event for event in store.events_of_batch(work.connection, batch) if event.session_id == session.id]


def _reverse(
    ctx: Context, work: UnitOfWork, session: Session, request: Write, batch: UUID, action: Action
) -> AttendanceChanged:
    """Withdraw what a batch appended, and set the session's state back where the batch had changed it."""
    taken = _events_of(work, session, batch)
    members = sorted({event.member_id for event in taken})
    state = _state_before(work, session, batch)
    recorded = None
    if state is not None:
        recorded = log_session(ctx, work, request.uid, action.value, session, state, undoes=batch)
        update_session(work.connection, state)
    known = store.events_of_many(work.connection, session.id, members)
    new: list[Event] = []
    for member in members:
        own = [event for event in taken if event.member_id == member]
        for draft in writing.withdraw(known[member], own):
            event = ctx.event(
                work,
                draft,
                session_id=session.id,
                member_id=member,
                batch=request.uid,
                action=action,
                source=request.source,
            )
            new.append(event)
            known[member].append(event)
    store.insert_events(work.connection, new)
    standings = [(member, fold(known[member], session.terms)) for member in members]
    store.write_standings(work.connection, session.id, standings)
    seats = load_some(work.connection, state or session, members)
    return AttendanceChanged(
        uid=request.uid,
        recorded=new[-1].recorded if new else recorded,
        session_id=session.id,
        action=action,
        marks=tuple((seat.person.member_id, seat.mark) for seat in seats),
        arrivals=tuple(s.person for s in seats if not s.person.expected and s.mark.status is not None),
        session=state,
        undone=_what(work, batch, taken),
        member_id=members[0] if len(members) == 1 else None,
        touched=len(members),
    )


def _state_before(work: UnitOfWork, session: Session, batch: UUID) -> Session | None:
    """The session as it was before `batch` closed it (or undid the closing); None if the batch did no such thing."""
    for change in changelog.of_batch(work.connection, batch):
        if change.entity_uid == session.uid and change.kind in _CLOSING and change.before is not None:
            before = change.before
            if before["state"] == session.state.value:
                return None
            return replace(session, state=SessionState(before["state"]), closed=before["closed"])
    return None


def _what(work: UnitOfWork, batch: UUID, taken: Sequence[Event]) -> Action:
    """What the person would call the step: for an undo or redo, what that had been about."""
    if not taken:
        change = changelog.of_batch(work.connection, batch)[-1]
        return Action((_original(work, change) or change).kind)
    action, target = taken[0].action, taken[0].target
    while not undo.is_step(action) and target is not None:
        named = store.find_event(work.connection, target)
        if named is None:
            break
        action, target = named.action, named.target
    return action


def _again(work: UnitOfWork, session: Session, request: Write) -> AttendanceChanged | None:
    written = store.events_of_batch(work.connection, request.uid)
    if written:
        return current(work, session, request.uid, written)._replace(undone=_what(work, request.uid, written))
    if changelog.of_batch(work.connection, request.uid):
        action = Action(changelog.of_batch(work.connection, request.uid)[-1].kind)
        return AttendanceChanged(
            uid=request.uid, session_id=session.id, action=action, marks=(), session=session, repeated=True
        )
    return None
