"""Cancelling a session, and holding it after all."""

from __future__ import annotations

from dataclasses import replace

from checkin_tui.domain.changes import SessionChanged
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.requests import CancelSession
from checkin_tui.domain.session_rules import refuse_clash
from checkin_tui.domain.sessions import Session, SessionState
from checkin_tui.domain.text import clean
from checkin_tui.services.context import Context, the_session
from checkin_tui.services.session_changes import log_session, repeated_session, unmarked_at
from checkin_tui.store import notes
from checkin_tui.store.sessions import is_taken, load_sessions, update_session
from checkin_tui.store.unit_of_work import UnitOfWork


def cancel_session(ctx: Context, request: CancelSession) -> SessionChanged:
    """Cancel a session that is planned, or open with nobody marked and no note; restore: plan a cancelled one again.

    Leave entered ahead stays, and counts again once the session is held after all. Raises CheckInError `session_state`;
    `cancel_taken` where somebody was marked or has a note; `hours_overlap` where another session took its place.
    """
    with ctx.writing() as work:
        done = repeated_session(work, request.uid)
        if done is not None:
            return done
        session = the_session(work.connection, request.session_id)
        after = _restored(work, session) if request.restore else cancelled(work, session)
        update_session(work.connection, after)
        because = clean(request.because)
        after = replace(after, reason="" if request.restore else because)
        recorded = log_session(ctx, work, request.uid, "edit", session, after, because=because)
        unmarked = unmarked_at(work, after)
        work.commit()
    return SessionChanged(uid=request.uid, recorded=recorded, session=after, unmarked=unmarked)


def cancelled(work: UnitOfWork, session: Session) -> Session:
    """That session, not held. Raises CheckInError as `cancel_session` does."""
    if session.state not in (SessionState.PLANNED, SessionState.OPEN):
        raise CheckInError("session_state", state=session.state, key=session.key)
    if is_taken(work.connection, session.id) or notes.any_at(work.connection, session.id):
        raise CheckInError("cancel_taken", key=session.key)
    return replace(session, state=SessionState.CANCELLED, opened=None)  # nothing can be written to it any more


def _restored(work: UnitOfWork, session: Session) -> Session:
    if session.state is not SessionState.CANCELLED:
        raise CheckInError("session_state", state=session.state, key=session.key)
    planned = replace(session, state=SessionState.PLANNED)
    refuse_clash(planned, load_sessions(work.connection, session.key.day))
    return planned
