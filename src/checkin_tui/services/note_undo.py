"""Taking back and doing again this station's newest step about notes: a stay at an editor, or a batch of notebooks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from checkin_tui.domain.attendance.events import Action
from checkin_tui.domain.attendance.undo import is_step
from checkin_tui.domain.changes import NotesChanged
from checkin_tui.domain.clock import HybridTime
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.note_history import NoteHistory, replay
from checkin_tui.domain.requests import RedoNotes, UndoNotes
from checkin_tui.domain.roster import Mark
from checkin_tui.domain.sessions import Session
from checkin_tui.services.context import Context, the_session
from checkin_tui.services.notes import new_revision
from checkin_tui.store import notes
from checkin_tui.store.notes import Revision, Step
from checkin_tui.store.rosters import load_some
from checkin_tui.store.unit_of_work import UnitOfWork

_PAGE = 50
_Known = dict[tuple[int, int], NoteHistory[Revision]]


class NoteStep(NamedTuple):
    """One step of this station with what of it can be taken back (or done again): a revision of each person, in order.

    says: what each note says afterwards, (text, paper). recorded: when the step was written.
    """

    session_id: int
    recorded: HybridTime
    revisions: tuple[Revision, ...]
    says: tuple[tuple[str, bool], ...]
    text: bool


def undo_notes(ctx: Context, request: UndoNotes) -> NotesChanged:
    """Take back this station's newest step about notes at one session; whom somebody wrote over since is left alone.

    Raises CheckInError `nothing_to_undo`.
    """
    with ctx.writing() as work:
        session = the_session(work.connection, request.session_id)
        again = _again(work, session, request.uid)
        if again is not None:
            return again
        step = newest_step(ctx, work.connection, session.id)
        if step is None:
            raise CheckInError("nothing_to_undo")
        changed = _written(ctx, work, session, step, request.uid, Action.UNDO)
        work.commit()
    return changed


def redo_notes(ctx: Context, request: RedoNotes) -> NotesChanged:
    """Do again what this station's newest undo took back. Raises CheckInError `nothing_to_redo`."""
    with ctx.writing() as work:
        session = the_session(work.connection, request.session_id)
        again = _again(work, session, request.uid)
        if again is not None:
            return again
        step = _taken_step(ctx, work.connection, session.id)
        if step is None:
            raise CheckInError("nothing_to_redo")
        changed = _written(ctx, work, session, step, request.uid, Action.REDO)
        work.commit()
    return changed


def newest_step(ctx: Context, connection: Connection, session_id: int | None) -> NoteStep | None:
    """This station's newest step that stands on top of somebody's note, at one session (None: at any)."""
    known: _Known = {}
    for first in _batches(ctx, connection, session_id):
        if not is_step(first.action):
            continue
        found = [
            (history.standing[-1], history.below)
            for history in _histories(connection, first, known)
            if history.standing and history.standing[-1].batch == first.batch
        ]
        if found:
            return _step(first, found, any(revision.text != below[0] for revision, below in found))
    return None


def take_back(ctx: Context, work: UnitOfWork, step: NoteStep, batch: UUID, action: Action) -> HybridTime:
    """Append what each note says afterwards, inside a transaction. Returns when the last was recorded."""
    new = [
        new_revision(ctx, work, (one.session_id, one.member_id), says, batch, action)
        for one, says in zip(step.revisions, step.says, strict=True)
    ]
    notes.append_revisions(work.connection, new)
    return new[-1].recorded


def _taken_step(ctx: Context, connection: Connection, session_id: int) -> NoteStep | None:
    """What this station's newest undo there took back; None once it did anything since, or everybody wrote over it."""
    known: _Known = {}
    for first in _batches(ctx, connection, session_id):
        if is_step(first.action):
            return None
        if first.action is not Action.UNDO:
            continue
        histories = [
            history
            for history in _histories(connection, first, known)
            if history.taken and history.taken[-1].by.batch == first.batch
        ]
        found = [(one.revision, (one.revision.text, one.revision.paper)) for one in (h.taken[-1] for h in histories)]
        if found:
            text = any(
                one.taken[-1].revision.text != (one.standing[-1].text if one.standing else "") for one in histories
            )
            return _step(first, found, text)
    return None


def _batches(ctx: Context, connection: Connection, session_id: int | None) -> Iterator[Step]:
    """The newest revision of each of this station's batches, newest first."""
    seen: set[tuple[UUID, int]] = set()
    offset = 0
    while True:
        page = notes.steps_of_station(connection, ctx.station, session_id, _PAGE, offset)
        for step in page:
            if (step.batch, step.session_id) not in seen:
                seen.add((step.batch, step.session_id))
                yield step
        if len(page) < _PAGE:
            return
        offset += len(page)


def _histories(connection: Connection, first: Step, known: _Known) -> list[NoteHistory[Revision]]:
    """The notes the batch is about, in its order. known: those read already, for the older batches about them."""
    steps = [one for one in notes.steps_of_batch(connection, first.batch) if one.session_id == first.session_id]
    places = list(dict.fromkeys((one.session_id, one.member_id) for one in steps))
    new = [member for session, member in places if (session, member) not in known]
    for member, revisions in notes.revisions_of_many(connection, first.session_id, new).items():
        known[first.session_id, member] = replay(revisions)
    return [known[place] for place in places]


def _step(first: Step, found: Sequence[tuple[Revision, tuple[str, bool]]], text: bool) -> NoteStep:
    revisions, says = zip(*found, strict=True)
    return NoteStep(first.session_id, first.recorded, revisions, says, text)


def _written(
    ctx: Context, work: UnitOfWork, session: Session, step: NoteStep, uid: UUID, action: Action
) -> NotesChanged:
    recorded = take_back(ctx, work, step, uid, action)
    marks = marks_of(work, session, [one.member_id for one in step.revisions])
    return NotesChanged(uid, session.id, action, marks, text=step.text, recorded=recorded)


def marks_of(work: UnitOfWork, session: Session, member_ids: Sequence[int]) -> tuple[tuple[int, Mark], ...]:
    """How these people stand now, in this order."""
    seats = {seat.person.member_id: seat.mark for seat in load_some(work.connection, session, member_ids)}
    return tuple((member_id, seats[member_id]) for member_id in member_ids if member_id in seats)


def _again(work: UnitOfWork, session: Session, uid: UUID) -> NotesChanged | None:
    """The first result again, where this very action was written before."""
    steps = notes.steps_of_batch(work.connection, uid)
    if not steps:
        return None
    members = [step.member_id for step in steps]
    text = False
    for history in notes.revisions_of_many(work.connection, session.id, members).values():
        at = next(index for index, one in enumerate(history) if one.batch == uid)
        text = text or history[at].text != (history[at - 1].text if at else "")
    marks = marks_of(work, session, members)
    return NotesChanged(uid, session.id, steps[-1].action, marks, text=text, recorded=steps[-1].recorded)
