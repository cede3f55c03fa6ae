"""Writing notes: typed, or seen in the notebook."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from checkin_tui.domain import errors
from checkin_tui.domain.attendance.events import Action
from checkin_tui.domain.changes import NoteChanged
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.notes import count_characters
from checkin_tui.domain.requests import WriteNote
from checkin_tui.domain.sessions import Session
from checkin_tui.domain.text import clean_lines
from checkin_tui.services.context import Context, the_session
from checkin_tui.store import notes
from checkin_tui.store.notes import Revision
from checkin_tui.store.rosters import load_seat
from checkin_tui.store.unit_of_work import UnitOfWork


def write_note(ctx: Context, request: WriteNote) -> NoteChanged:
    """Write a note's text (None leaves it), or that the notebook was seen.

    Possible once the session was opened, also after closing. Writes of one `stay` are one revision. Raises CheckInError
    `closed` before that, `unknown`, `unchanged`.
    """
    with ctx.writing() as work:
        session = the_session(work.connection, request.session_id)
        if notes.revision_of_batch(work.connection, request.uid) is not None:
            return _changed(work, session, request.uid, request.member_id)
        if session.opened is None:
            raise CheckInError(errors.CLOSED, state=session.state, key=session.key)
        if load_seat(work.connection, session, request.member_id) is None:
            raise CheckInError(errors.UNKNOWN, typed="")
        before = notes.newest_revision(work.connection, session.id, request.member_id)
        text = (before.text if before else "") if request.text is None else clean_lines(request.text)
        paper = request.paper or (before.paper if before else False)
        if (text, paper) == ((before.text, before.paper) if before else ("", False)):
            raise CheckInError(errors.UNCHANGED, status=None)
        batch = request.stay or request.uid
        revision = _revision(ctx, work, session, request.member_id, text, paper, batch, Action.MARK)
        if before is not None and request.stay is not None and before.batch == request.stay:
            notes.extend_revision(work.connection, revision._replace(id=before.id, uid=before.uid))
        else:
            notes.append_revision(work.connection, revision)
        changed = _changed(work, session, request.uid, request.member_id)
        work.commit()
    return changed


def standing_revisions(history: Sequence[Revision]) -> list[Revision]:
    """The revisions nobody took back, oldest first: each undo takes away the newest that was left."""
    standing: list[Revision] = []
    for revision in history:
        if revision.action is Action.UNDO:
            del standing[-1:]
        else:
            standing.append(revision)
    return standing


def undo_note(ctx: Context, work: UnitOfWork, revision: Revision, batch: UUID) -> None:
    """Take one revision back by a new one equal to the one before it."""
    standing = standing_revisions(notes.revisions_of(work.connection, revision.session_id, revision.member_id))
    earlier = [one for one in standing if one.id != revision.id]
    text, paper = (earlier[-1].text, earlier[-1].paper) if earlier else ("", False)
    notes.append_revision(
        work.connection,
        Revision(
            0,
            ctx.new_uid(),
            revision.session_id,
            revision.member_id,
            text,
            paper,
            batch,
            Action.UNDO,
            work.recorded(),
            ctx.operator,
            ctx.station_name,
        ),
    )


def _revision(
    ctx: Context,
    work: UnitOfWork,
    session: Session,
    member_id: int,
    text: str,
    paper: bool,
    batch: UUID,
    action: Action,
) -> Revision:
    uid, recorded = ctx.new_uid(), work.recorded()
    operator, station = ctx.operator, ctx.station_name
    return Revision(0, uid, session.id, member_id, text, paper, batch, action, recorded, operator, station)


def _changed(work: UnitOfWork, session: Session, uid: UUID, member_id: int) -> NoteChanged:
    seat = load_seat(work.connection, session, member_id)
    newest = notes.newest_revision(work.connection, session.id, member_id)
    assert seat is not None
    assert newest is not None
    return NoteChanged(
        uid=uid,
        recorded=newest.recorded,
        session_id=session.id,
        member_id=member_id,
        mark=seat.mark,
        paper=newest.paper,
        chars=count_characters(newest.text),
        minimum=session.minimum_note,
    )
