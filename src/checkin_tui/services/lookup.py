"""What a command has to know before it writes, or says when nothing was written: one session, one person there."""

from __future__ import annotations

from typing import NamedTuple

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.notes import count_characters
from checkin_tui.domain.roster import UNMARKED_MARK, Mark
from checkin_tui.domain.sessions import Session, SessionKey
from checkin_tui.services.context import Context, the_program, today
from checkin_tui.services.reads import session_of_day
from checkin_tui.store import notes
from checkin_tui.store.rosters import load_seat
from checkin_tui.store.sessions import find_session


class Place(NamedTuple):
    """One person's mark at one session, and the characters of their note there. paper: the notebook was seen."""

    mark: Mark
    branch: str
    chars: int
    paper: bool


def session_named(ctx: Context, key: SessionKey | None) -> Session:
    """The session of that key; None: what the desk opens today.

    Raises CheckInError `session_unknown`, `no_session` where none is named and none is today.
    """
    with ctx.reading() as connection:
        if key is None:
            day = today(the_program(connection), ctx.clock())
            session = session_of_day(connection, day, ctx.clock())
            if session is None:
                raise CheckInError("no_session", day=day)
            return session
        session = find_session(connection, key)
    if session is None:
        raise CheckInError("session_unknown", key=key)
    return session


def place_of(ctx: Context, session: Session, member_id: int) -> Place:
    """How a person stands at a session. Nobody's yet where the person is not known there."""
    with ctx.reading() as connection:
        seat = load_seat(connection, session, member_id)
        newest = notes.newest_revision(connection, session.id, member_id)
    chars = count_characters(newest.text) if newest is not None else 0
    paper = newest is not None and newest.paper
    if seat is None:
        return Place(UNMARKED_MARK, "", chars, paper)
    return Place(seat.mark, seat.person.branch, chars, paper)
