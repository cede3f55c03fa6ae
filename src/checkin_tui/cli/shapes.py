"""The answers for scripts. Fields are only ever added; dates are ISO, times ISO with the program's offset."""

from __future__ import annotations

from collections.abc import Iterable

from checkin_tui.domain.campaign import Campaign
from checkin_tui.domain.people import Member
from checkin_tui.domain.program import Program, ProgramTerms
from checkin_tui.domain.rates import Participation, Target, percent
from checkin_tui.domain.views import HistoryLine, NoteLine, ProgramPreview
from checkin_tui.interchange.shapes import Shape as Shape
from checkin_tui.interchange.shapes import counts_shape, terms_shape
from checkin_tui.interchange.shapes import moment as moment
from checkin_tui.interchange.shapes import session_line as session_line
from checkin_tui.interchange.shapes import session_shape as session_shape
from checkin_tui.services.status import StatusView


def status_shape(view: StatusView) -> Shape:
    """The figures of one session and the campaign. Without a session today it is null and nobody is expected."""
    terms, counts, notes = view.program.terms, view.figures.counts, view.figures.notes
    leave_counts = terms.leave_counts if view.session is None else view.session.leave_counts
    leaders = view.leaders.rate(leave_counts)
    return {
        "program": terms.name,
        "session": None if view.session is None else session_shape(view.session, terms.zone),
        "counts": counts_shape(counts),
        "participation": _participation(view.participation),
        "notes": {
            "required": notes.required,
            "complete": notes.complete,
            "too_short": notes.too_short,
            "missing": notes.missing,
        },
        "campaign": _campaign(view.campaign, terms.target),
        "branches": [
            {
                "name": branch.name,
                "expected": branch.rate(leave_counts).expected,
                "attended": branch.attended,
                "notes_missing": branch.owed,
            }
            for branch in view.branches
        ],
        "leaders": {
            "expected": leaders.expected,
            "attended": leaders.attended,
            "percent": percent(leaders, view.participation.target),
        },
    }


def _campaign(whole: Campaign, target: Target) -> Shape:
    return {
        "sessions_taken": whole.taken,
        "attended": whole.rate.attended,
        "expected": whole.rate.expected,
        "percent": percent(whole.rate, target),
        "met": whole.met,
        "registers_not_taken": [str(day.session.key) for day in whole.not_taken],
        "allowance": whole.allowance,
        "best_percent": percent(whole.best, target),
    }


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
    return terms_shape(program.terms)


def preview_shape(found: ProgramPreview) -> Shape:
    """What new terms would change: the terms, the planned sessions that take something over, and the days."""
    return {
        "terms": [_change(*change) for change in found.terms],
        "sessions": [
            {"key": str(effect.session.key), "changes": [_change(*change) for change in effect.changes]}
            for effect in found.sessions
        ],
        "missing": [str(key) for key in found.missing],
        "outside": [str(session.key) for session in found.outside],
        "kept": found.kept,
    }


def public_shape(before: ProgramTerms, after: ProgramTerms, years_unknown: Iterable[int]) -> Shape:
    """What a public calendar added to the terms, and the years it knows nothing about."""
    return {
        "added": {
            "holidays": [day.isoformat() for day in sorted(after.holidays - before.holidays)],
            "extra_days": [day.isoformat() for day in sorted(after.extra_days - before.extra_days)],
        },
        "years_unknown": list(years_unknown),
    }


def _change(name: str, before: str, after: str) -> Shape:
    return {"key": name, "before": before, "after": after}


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


def note_line_shape(line: NoteLine, zone: str) -> Shape:
    """One step about a note of a person's history."""
    return {
        "session": str(line.session),
        "recorded_at": moment(line.recorded, zone),
        "operator": line.operator,
        "station": line.station,
        "action": line.action.value,
        "paper": line.paper,
        "chars": line.chars,
        "active": line.active,
    }
