"""Writing one note, and reading it with everything it ever said."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from checkin_tui.domain import errors
from checkin_tui.domain.attendance.events import Action
from checkin_tui.domain.changes import NoteChanged
from checkin_tui.domain.erasing import is_erased
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.note_history import goes_on_in
from checkin_tui.domain.notes import count_characters
from checkin_tui.domain.reads import LoadNote
from checkin_tui.domain.requests import WriteNote
from checkin_tui.domain.sessions import Session
from checkin_tui.domain.text import clean_lines
from checkin_tui.domain.views import NoteVersion, NoteView
from checkin_tui.services.context import Context, the_session
from checkin_tui.store import notes
from checkin_tui.store.notes import Revision
from checkin_tui.store.rosters import load_seat
from checkin_tui.store.unit_of_work import UnitOfWork


def write_note(ctx: Context, request: WriteNote) -> NoteChanged:
    """Write a note's text (None leaves it, '' empties it), or that the notebook was seen.

    Possible once the session was opened, also after closing. Writes of one `stay` go on in its revision
    (`note_history.goes_on_in`); one that brings nothing new writes nothing. Raises CheckInError `closed` before the
    opening, `unknown`, `member_erased`, and `unchanged` where nothing is new and there is no stay.
    """
    with ctx.writing() as work:
        session = the_session(work.connection, request.session_id)
        again = notes.revision_of_batch(work.connection, request.uid)
        if again is not None:
            return _changed(work, session, request, again)
        if session.opened is None:
            raise CheckInError(errors.CLOSED, state=session.state, key=session.key)
        seat = load_seat(work.connection, session, request.member_id)
        if seat is not None and request.text and is_erased(seat.person.code):
            raise CheckInError("member_erased", code=seat.person.code)  # another window still had the text
        if seat is None:
            raise CheckInError(errors.UNKNOWN, typed="")
        before = notes.newest_revision(work.connection, session.id, request.member_id)
        old_text, old_paper = (before.text, before.paper) if before else ("", False)
        text = old_text if request.text is None else clean_lines(request.text)
        paper = request.paper or old_paper
        if (text, paper) == (old_text, old_paper):
            if request.stay is None:
                raise CheckInError(errors.UNCHANGED, status=None)
            # An autosave that came twice, or an editor that is back at the text it found.
            return _changed(work, session, request, before if before and before.batch == request.stay else None)
        own = _own(work, request, before)
        other = _other(work, request, before, own, text)
        if own is not None and own.goes_on and (own.revision.text, own.revision.paper) == (text, paper):
            return _changed(work, session, request, own.revision, other)  # came twice; somebody wrote over it since
        place, batch = (session.id, request.member_id), request.stay or request.uid
        revision = new_revision(ctx, work, place, (text, paper), batch, Action.MARK)
        if own is not None and own.goes_on:
            notes.extend_revision(work.connection, revision._replace(id=own.revision.id))
        else:
            notes.append_revision(work.connection, revision)
        changed = _changed(work, session, request, revision, other)
        work.commit()
    return changed


def load_note(ctx: Context, request: LoadNote) -> NoteView:
    """One note with every revision. Raises CheckInError `session_unknown`, `member_unknown`."""
    with ctx.reading() as connection:
        session = the_session(connection, request.session_id)
        seat = load_seat(connection, session, request.member_id)
        history = notes.revisions_of(connection, request.session_id, request.member_id)
    if seat is None:
        raise CheckInError("member_unknown", code="")
    versions = tuple(
        NoteVersion(
            uid=one.uid,
            text=one.text,
            paper=one.paper,
            chars=count_characters(one.text),
            recorded=one.recorded.wall,
            operator=one.operator,
            station=one.station,
            action=one.action,
            own=one.recorded.station == ctx.station,
        )
        for one in reversed(history)
    )
    return NoteView(session, seat.person, seat.mark, versions)


def new_revision(
    ctx: Context, work: UnitOfWork, place: tuple[int, int], says: tuple[str, bool], batch: UUID, action: Action
) -> Revision:
    """A revision recorded now by this station, not yet written. place: (session, member); says: (text, paper)."""
    return Revision(
        id=0,
        uid=ctx.new_uid(),
        session_id=place[0],
        member_id=place[1],
        text=says[0],
        paper=says[1],
        batch=batch,
        action=action,
        recorded=work.recorded(),
        operator=ctx.operator,
        station=ctx.station_name,
    )


class _Own(NamedTuple):
    """What this stay wrote last. goes_on: its next text is written into it."""

    revision: Revision
    goes_on: bool


def _own(work: UnitOfWork, request: WriteNote, before: Revision | None) -> _Own | None:
    if request.stay is None or before is None:
        return None
    if before.batch == request.stay:
        return _Own(before, goes_on=True)
    steps = notes.steps_of(work.connection, request.session_id, request.member_id)
    own = [step for step in steps if step.batch == request.stay]
    revision = notes.find_revision(work.connection, own[-1].uid) if own else None
    return None if revision is None else _Own(revision, goes_on_in(steps, request.stay) is not None)


def _other(work: UnitOfWork, request: WriteNote, before: Revision | None, own: _Own | None, text: str) -> str:
    """Who wrote the text this one is put over without its writer having seen it; '' where there is no such text."""
    if before is None or before.uid == request.based_on or before.text == text:
        return ""
    if request.after is not None and before.batch == request.after:
        return ""  # the writer's own, sent before it had an answer
    if own is not None and own.revision.text == before.text:
        return ""  # only the notebook was seen since
    seen = None if request.based_on is None else notes.find_revision(work.connection, request.based_on)
    if seen is not None and seen.text == before.text:
        return ""
    return before.operator or before.station


def _changed(
    work: UnitOfWork, session: Session, request: WriteNote, written: Revision | None, other: str = ""
) -> NoteChanged:
    """The note as it stands. written: the revision that holds what was asked for; None: nothing had to be written."""
    seat = load_seat(work.connection, session, request.member_id)
    newest = notes.newest_revision(work.connection, session.id, request.member_id)
    if seat is None:
        raise CheckInError(errors.UNKNOWN, typed="")
    return NoteChanged(
        uid=request.uid,
        recorded=None if written is None else written.recorded,
        session_id=session.id,
        member_id=request.member_id,
        mark=seat.mark,
        paper=newest is not None and newest.paper,
        chars=0 if newest is None else count_characters(newest.text),
        minimum=session.minimum_note,
        revision=None if newest is None else newest.uid,
        other=other,
    )
