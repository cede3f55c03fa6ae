"""What new terms do to the sessions that are planned: worked out once, for the preview and for the writing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checkin_tui.domain import calendar
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.session_rules import clash, late_from_moved, timed
from checkin_tui.domain.sessions import Session, SessionState
from checkin_tui.domain.views import ProgramPreview, SessionEffect

Pair = tuple[Session, Session]
"""One session before and after."""


def effects(old: ProgramTerms, new: ProgramTerms, sessions: Sequence[Session]) -> list[Pair]:
    """The planned sessions that take something over, in the order given.

    Raises CheckInError `zone_in_use` for another zone once a session was opened: its times would all be told wrongly;
    `hours_in_gap` on a day whose clocks skip the new hours; `hours_overlap` where they reach into another session.
    """
    if new.zone != old.zone and any(session.opened is not None for session in sessions):
        raise CheckInError("zone_in_use", zone=old.zone)
    planned = [session for session in sessions if session.state is SessionState.PLANNED]
    pairs = [(session, after) for session in planned if (after := taken_over(session, old, new)) != session]
    everybody = {session.uid: (session, session) for session in sessions} | {one.uid: (one, new) for one, new in pairs}
    for before, after in pairs:
        for other, other_after in everybody.values():
            if clash(after, other_after) and not clash(before, other):
                raise CheckInError("hours_overlap", key=other.key, starts=other_after.starts, ends=other_after.ends)
    return pairs


def taken_over(session: Session, old: ProgramTerms, new: ProgramTerms) -> Session:
    """A planned session under new terms.

    Hours and *late from* stay where somebody had given it other ones; in another zone they stay what its clocks show.
    """
    day = session.key.day

    def kept(at: Millis) -> Millis:
        return at if old.zone == new.zone else calendar.instant(day, calendar.local(at, old.zone).time(), new.zone)

    usual = (calendar.instant(day, old.starts, old.zone), calendar.instant(day, old.ends, old.zone))
    own = (session.starts, session.ends) != usual
    starts = kept(session.starts) if own else calendar.instant(day, new.starts, new.zone)
    ends = kept(session.ends) if own else calendar.instant(day, new.ends, new.zone)
    under = replace(
        session, grace=new.grace, minimum_note=new.minimum_note, target=new.target, leave_counts=new.leave_counts
    )
    return timed(under, starts, ends, kept(session.late_from) if late_from_moved(session) else None)


def preview(old: ProgramTerms, new: ProgramTerms, sessions: Sequence[Session]) -> ProgramPreview:
    """What writing `new` would do. Raises CheckInError as `effects` does."""
    pairs = effects(old, new, sessions)
    days = set(calendar.working_days(new))
    return ProgramPreview(
        terms=_differing(written(old), written(new)),
        sessions=tuple(
            SessionEffect(before, _differing(_session_written(before, old.zone), _session_written(after, new.zone)))
            for before, after in pairs
        ),
        missing=calendar.plan(new, [session.key for session in sessions]).create,
        outside=tuple(
            session for session in sessions if session.state is SessionState.PLANNED and session.key.day not in days
        ),
        kept=sum(session.state in (SessionState.OPEN, SessionState.CLOSED) for session in sessions),
    )


def written(terms: ProgramTerms) -> dict[str, str]:
    """Each term as the command line takes it, under the name it has there; dates of a list with a comma between."""
    return {
        "name": terms.name,
        "from": terms.first_day.isoformat(),
        "to": terms.last_day.isoformat(),
        "weekdays": calendar.format_weekdays(terms.weekdays),
        "hours": f"{terms.starts:%H:%M}-{terms.ends:%H:%M}",
        "grace": str(terms.grace),
        "target": str(terms.target),
        "min_note": str(terms.minimum_note),
        "leave": _leave(terms.leave_counts),
        "zone": terms.zone,
        "holidays": ",".join(day.isoformat() for day in sorted(terms.holidays)),
        "extra_days": ",".join(day.isoformat() for day in sorted(terms.extra_days)),
    }


def _session_written(session: Session, zone: str) -> dict[str, str]:
    def clock(at: Millis) -> str:
        return f"{calendar.local(at, zone):%H:%M}"

    return {
        "hours": f"{clock(session.starts)}-{clock(session.ends)}",
        "late_from": clock(session.late_from),
        "grace": str(session.grace),
        "target": str(session.target),
        "min_note": str(session.minimum_note),
        "leave": _leave(session.leave_counts),
        "zone": zone,
    }


def _leave(counts: bool) -> str:
    return "counts" if counts else "excluded"


def _differing(before: dict[str, str], after: dict[str, str]) -> tuple[tuple[str, str, str], ...]:
    return tuple((name, before[name], value) for name, value in after.items() if before[name] != value)
