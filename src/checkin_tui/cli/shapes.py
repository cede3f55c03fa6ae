"""The answers for scripts. Fields are only ever added; dates are ISO, times ISO with the program's offset."""

from __future__ import annotations

from typing import Any

from checkin_tui.domain.calendar import format_weekdays, local
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.people import Member
from checkin_tui.domain.program import Program
from checkin_tui.domain.rates import Participation, participation, percent
from checkin_tui.domain.roster import Counts
from checkin_tui.domain.sessions import Session
from checkin_tui.domain.views import HistoryLine
from checkin_tui.services.status import MissingView, StatusView

Shape = dict[str, Any]


def moment(at: Millis | None, zone: str) -> str | None:
    """`2026-05-18T14:26:00+08:00`, to the second."""
    return None if at is None else local(at, zone).isoformat(timespec="seconds")


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


def status_shape(view: StatusView) -> Shape:
    """The figures of one session and the campaign. Without a session today it is null and nobody is expected."""
    terms = view.program.terms
    counts, figures = view.figures.counts, view.figures
    return {
        "program": terms.name,
        "session": None if view.session is None else session_shape(view.session, terms.zone),
        "counts": {
            "expected": counts.expected,
            "present": counts.present,
            "late": counts.late,
            "excused": counts.excused,
            "absent": counts.absent,
            "unmarked": counts.unmarked,
            "guests": counts.guests,
        },
        "participation": _participation(rate_of(view)),
        "notes": {
            "required": figures.required,
            "complete": figures.complete,
            "too_short": figures.too_short,
            "missing": notes_missing(view),
        },
        "campaign": {
            "sessions_taken": view.taken,
            "attended": view.campaign.attended,
            "expected": view.campaign.expected,
            "percent": percent(view.campaign, terms.target),
            "met": terms.target.met_by(view.campaign.attended, view.campaign.expected),
        },
        "branches": [
            {
                "name": branch.name,
                "expected": branch.expected,
                "attended": branch.attended,
                "notes_missing": branch.notes_missing,
            }
            for branch in view.branches
        ],
    }


def rate_of(view: StatusView) -> Participation:
    """The session's rate; that of nobody, held against the program's target, where there is no session."""
    if view.participation is not None:
        return view.participation
    terms = view.program.terms
    return participation(Counts(), terms.target, terms.leave_counts, closed=False)


def notes_missing(view: StatusView) -> int:
    """How many required notes have not a single character."""
    return view.figures.required - view.figures.complete - view.figures.too_short


def _participation(rate: Participation) -> Shape:
    return {
        "attended": rate.attended,
        "expected": rate.expected,
        "percent": rate.percent,
        "target": rate.target.number,
        "rule": rate.target.rule,
        "met": rate.met,
        "needed": rate.needed,
        "reachable": rate.reachable,
    }


def missing_shape(view: MissingView) -> Shape:
    """Who owes a note, by branch and name; and who has one without having been there."""
    return {
        "session": session_shape(view.session, view.program.terms.zone),
        "missing": [
            {
                "code": one.code,
                "name": one.name,
                "branch": one.branch,
                "phone": one.phone,
                "status": one.status.value,
                "state": "too_short" if one.chars else "missing",
                "chars": one.chars,
            }
            for one in view.missing
        ],
        "without_presence": [{"code": code, "name": name} for code, name in view.without_presence],
    }


def member_shape(member: Member) -> Shape:
    """A person, in the branch they were last in."""
    last = member.memberships[-1] if member.memberships else None
    return {
        "code": member.code,
        "name": member.name,
        "branch": last.branch if last is not None else "",
        "title": member.title,
        "rank": member.rank,
        "leader": last is not None and last.leader,
        "guest": member.guest,
        "phone": member.phone,
        "joined_on": None if member.joined_on is None else member.joined_on.isoformat(),
        "left_on": None if member.left_on is None else member.left_on.isoformat(),
    }


def program_shape(program: Program) -> Shape:
    """The program's terms, each written as the options of `init` take it."""
    terms = program.terms
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


def event_shape(line: HistoryLine, zone: str) -> Shape:
    """One event of a person's history."""
    return {
        "kind": line.kind.value,
        "status": None if line.status is None else line.status.value,
        "reason": None if line.reason is None else line.reason.value,
        "happened_at": moment(line.happened, zone),
        "recorded_at": moment(line.recorded, zone),
        "operator": line.operator,
        "station": line.station,
        "source": line.source.value,
        "active": line.active,
    }
