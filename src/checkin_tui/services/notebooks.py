"""Notebooks seen at the desk: one, or a whole branch at once."""

from __future__ import annotations

from collections.abc import Sequence

from checkin_tui.domain import errors
from checkin_tui.domain.attendance.events import Action
from checkin_tui.domain.changes import NotesChanged
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.notes import NoteState
from checkin_tui.domain.requests import SeeNotebooks
from checkin_tui.domain.roster import Mark
from checkin_tui.domain.sessions import Session
from checkin_tui.services.context import Context
from checkin_tui.services.note_undo import marks_of
from checkin_tui.services.notes import new_revision
from checkin_tui.services.refusals import refuse
from checkin_tui.store import notes
from checkin_tui.store.mark_context import load_note_context
from checkin_tui.store.rosters import Seat, load_seat, load_some
from checkin_tui.store.unit_of_work import UnitOfWork


def see_notebooks(ctx: Context, request: SeeNotebooks) -> NotesChanged:
    """Write that these notebooks were seen, as one batch; what was typed stays. Who did not attend is passed over.

    Raises CheckInError, and stores the refusal: `closed` before the session was opened; about one person
    `member_unknown`, `not_here`, `note_not_asked` (guests, and who lectured), `notebook_seen`; about several
    `unchanged` where nobody's notebook is left to be seen.
    """
    with ctx.writing() as work:
        here = load_note_context(work.connection, request.session_id, request.uid, ctx.station)
        if here is None:
            raise CheckInError("session_unknown", key=str(request.session_id))
        if here.written:
            return _again(work, here.session, request)
        if here.refused is not None:
            raise CheckInError(here.refused, repeated=True)
        work.start_from(here.newest)
        only = request.member_ids[0] if len(request.member_ids) == 1 else None
        try:
            seats = _seats(work, here.session, request.member_ids)
            asked = _asked(here.session, seats, alone=only is not None)
        except CheckInError as error:
            refuse(ctx, work, error, request.uid, request.session_id, only, "")
            raise
        new = [seat for seat in asked if not seat.paper]
        ids = [seat.person.member_id for seat in new]
        texts = notes.texts_of(work.connection, here.session.id, ids)
        revisions = [
            new_revision(ctx, work, (here.session.id, one), (texts.get(one, ""), True), request.uid, Action.BULK)
            for one in ids
        ]
        notes.append_revisions(work.connection, revisions)
        work.commit()
    return NotesChanged(
        uid=request.uid,
        session_id=here.session.id,
        action=Action.BULK,
        marks=tuple((seat.person.member_id, _seen(seat)) for seat in new),
        unchanged=_left_alone(seats, ids),
        recorded=revisions[-1].recorded,
    )


def _seats(work: UnitOfWork, session: Session, member_ids: Sequence[int]) -> list[Seat]:
    """Everybody asked about, each once and in the order asked. Raises `closed`, `member_unknown`."""
    if session.opened is None:
        raise CheckInError(errors.CLOSED, state=session.state, key=session.key)
    if len(member_ids) == 1:
        seat = load_seat(work.connection, session, member_ids[0])
        found = [] if seat is None else [seat]
    else:
        found = load_some(work.connection, session, tuple(dict.fromkeys(member_ids)))
    if not found:
        raise CheckInError("member_unknown", code="")
    places = {member_id: place for place, member_id in enumerate(member_ids)}
    return sorted(found, key=lambda seat: places[seat.person.member_id])


def _asked(session: Session, seats: Sequence[Seat], *, alone: bool) -> list[Seat]:
    """Of whom a note is asked. Raises where there is nobody whose notebook was not seen yet."""
    asked = [seat for seat in seats if seat.mark.note.required]
    if any(not seat.paper for seat in asked):
        return asked
    if not alone:
        raise CheckInError(errors.UNCHANGED, status=None)
    seat = seats[0]
    name = seat.person.name
    if asked:
        raise CheckInError("notebook_seen", name=name)
    if seat.mark.status is not None and seat.mark.status.attended:
        raise CheckInError("note_not_asked", name=name)
    raise CheckInError("not_here", name=name, key=session.key)


def _seen(seat: Seat) -> Mark:
    return seat.mark._replace(note=NoteState.COMPLETE, paper=True)


def _left_alone(seats: Sequence[Seat], written: Sequence[int]) -> tuple[int, ...]:
    """Who attended and needed nothing: seen already, or no note is asked of them."""
    new = set(written)
    here = [seat.person.member_id for seat in seats if seat.mark.status is not None and seat.mark.status.attended]
    return tuple(one for one in here if one not in new)


def _again(work: UnitOfWork, session: Session, request: SeeNotebooks) -> NotesChanged:
    """The first result again, where this very action was written before."""
    steps = notes.steps_of_batch(work.connection, request.uid)
    written = [step.member_id for step in steps]
    return NotesChanged(
        uid=request.uid,
        session_id=session.id,
        action=Action.BULK,
        marks=marks_of(work, session, written),
        unchanged=_left_alone(_seats(work, session, request.member_ids), written),
        recorded=steps[-1].recorded,
    )
