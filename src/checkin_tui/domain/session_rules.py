"""What several sessions of one date are to each other, and what other hours do to one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from checkin_tui.domain import calendar
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.sessions import AudienceKind, Session, SessionKey, SessionState


def free_key(day: date, there: Iterable[SessionKey]) -> SessionKey:
    """The key of one more session on `day`; `there` may hold those of other dates as well."""
    return SessionKey(day, max((key.ordinal for key in there if key.day == day), default=0) + 1)


def clash(one: Session, other: Session) -> bool:
    """Whether somebody might have to be at both at once.

    Two different sessions of one date, neither cancelled, whose hours overlap (one may begin when the other ends).
    Not when both invite chosen branches and none in common. A closed register is over when it was closed.
    """
    if one.uid == other.uid or one.key.day != other.key.day:
        return False
    if SessionState.CANCELLED in (one.state, other.state):
        return False
    if one.starts >= _over(other) or other.starts >= _over(one):
        return False
    chosen = one.audience.kind is other.audience.kind is AudienceKind.BRANCHES
    return not chosen or bool(one.audience.branch_ids & other.audience.branch_ids)


def refuse_clash(session: Session, others: Iterable[Session]) -> None:
    """Raise CheckInError `hours_overlap`, which names the first of `others` that stands in the way."""
    for other in others:
        if clash(session, other):
            raise CheckInError("hours_overlap", key=other.key, starts=other.starts, ends=other.ends)


def of_the_day(sessions: Iterable[Session], now: Millis) -> Session | None:
    """What the desk opens, of the sessions of one date.

    The one that is open; else the next planned one that has not ended; else the last closed; else the last planned,
    which nobody took. None where all were cancelled.
    """
    by_start = sorted(sessions, key=lambda session: (session.starts, session.key))
    opened = [session for session in by_start if session.state is SessionState.OPEN]
    planned = [session for session in by_start if session.state is SessionState.PLANNED]
    closed = [session for session in by_start if session.state is SessionState.CLOSED]
    ahead = [session for session in planned if session.ends > now]
    for found in (opened[:1], ahead[:1], closed[-1:], planned[-1:]):
        if found:
            return found[0]
    return None


def late_from_moved(session: Session) -> bool:
    """Whether somebody set the instant from which arrivals are late by hand."""
    return session.late_from != calendar.late_from(session.starts, session.grace)


def with_hours(session: Session, starts: Millis, ends: Millis) -> Session:
    """The session at other hours. *Late from* follows the grace; one moved by hand stays, but never before the start.

    Raises CheckInError `hours_in_gap` on a day whose clocks skip the hours.
    """
    return timed(session, starts, ends, session.late_from if late_from_moved(session) else None)


def timed(session: Session, starts: Millis, ends: Millis, late_from: Millis | None = None) -> Session:
    """The session at these hours. late_from: one set by hand, never before the start; None: as the grace has it.

    Raises CheckInError `hours_in_gap` where the clocks go forward over the whole of them.
    """
    if ends <= starts:
        raise CheckInError("hours_in_gap", day=session.key.day)
    late = calendar.late_from(starts, session.grace) if late_from is None else max(starts, late_from)
    return replace(session, starts=starts, ends=ends, late_from=late)


def _over(session: Session) -> Millis:
    return session.ends if session.closed is None else min(session.ends, session.closed)
