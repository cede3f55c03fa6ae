"""Values as files and answers for scripts have them: dates ISO, times ISO with the program's offset."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from checkin_tui.domain.calendar import format_weekdays, local
from checkin_tui.domain.clock import MINUTE, Millis
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.roster import Counts
from checkin_tui.domain.sessions import Session

Shape = dict[str, Any]


def moment(at: Millis | None, zone: str) -> str | None:
    """`2026-05-18T14:26:00+08:00`, to the second."""
    if at is None:
        return None
    before, seconds, after = _minute(at // MINUTE, zone)
    if seconds != "00":  # the clocks of that zone were not set by whole minutes
        return local(at, zone).isoformat(timespec="seconds")
    return f"{before}{at % MINUTE // 1000:02d}{after}"


@lru_cache(maxsize=4096)  # people come in within some minutes of each other
def _minute(minute: int, zone: str) -> tuple[str, str, str]:
    """What stands before, at and behind the seconds when the minute begins. Since 1972 none changes in between."""
    text = local(minute * MINUTE, zone).isoformat(timespec="seconds")
    return text[:17], text[17:19], text[19:]


def session_line(session: Session, zone: str) -> Shape:
    """A session as the list of sessions has it."""
    return {
        "key": str(session.key),
        "date": session.key.day.isoformat(),
        "state": session.state.value,
        "kind": session.kind.value,
        "topic": session.topic,
        "starts_at": moment(session.starts, zone),
        "ends_at": moment(session.ends, zone),
    }


def session_shape(session: Session, zone: str) -> Shape:
    """A session with the time from which an arrival is late."""
    return {**session_line(session, zone), "late_from": moment(session.late_from, zone)}


def counts_shape(counts: Counts) -> Shape:
    """How many of each."""
    return {
        "expected": counts.expected,
        "present": counts.present,
        "late": counts.late,
        "excused": counts.excused,
        "absent": counts.absent,
        "unmarked": counts.unmarked,
        "guests": counts.guests,
    }


def terms_shape(terms: ProgramTerms) -> Shape:
    """The program's terms, each written as the options of `init` take it."""
    return {
        "name": terms.name,
        "from": terms.first_day.isoformat(),
        "to": terms.last_day.isoformat(),
        "weekdays": format_weekdays(terms.weekdays),
        "hours": f"{terms.starts:%H:%M}-{terms.ends:%H:%M}",
        "grace": terms.grace,
        "target": str(terms.target),
        "min_note": terms.minimum_note,
        "leave": "counts" if terms.leave_counts else "excluded",
        "zone": terms.zone,
        "holidays": [day.isoformat() for day in sorted(terms.holidays)],
        "extra_days": [day.isoformat() for day in sorted(terms.extra_days)],
    }
