"""The words of the register as a workbook, and what the command says about the file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.campaign import Day, Standing
from checkin_tui.domain.register import Choice, Register, RegisterWords
from checkin_tui.domain.sessions import AudienceKind, Session
from checkin_tui.i18n import _, ngettext
from checkin_tui.words.labels import branch_word, kind_word, letter, state_word, status_word
from checkin_tui.words.participation import leave_text, target_text
from checkin_tui.words.times import day_text, moment_text, weekday_name


def register_words() -> RegisterWords:
    """Everything a workbook of the register says besides the people's own words."""
    return RegisterWords(
        sheets={
            "register": _("Register"),
            "sessions": _("Sessions"),
            "events": _("Events"),
            "standings": _("Standings"),
            "legend": _("Legend"),
        },
        columns=_columns(),
        totals={
            "expected": _("Expected"),
            "attended": _("Attended"),
            "rate": _("Rate"),
            "excused": _("On leave"),
            "absent": _("Absent"),
            "unmarked": _("Not marked"),
            "guests": _("Guests"),
            "counted": _("Counted"),
        },
        letter=letter,
        guest=_guest,
        kind=kind_word,
        state=state_word,
        weekday=lambda day: weekday_name(day.weekday()),
        day=lambda day: day_text(day, year=True),
        branch=lambda name: _("Guests") if name is None else branch_word(name),
        earlier=_earlier,
        audience=_audience,
        remark=_remark,
        about=_about,
        legend=_legend,
        footer=_("Page {page} of {pages}").format(page="&P", pages="&N"),
        nobody=_("Nobody is in it."),
    )


def written_text(count: int, of: str) -> str:
    """What a file holds. of: `people`, `standings` or `events`, which `count` counts."""
    if not count:
        return _("Nothing is in it yet.")
    pattern = {
        "people": ngettext("{count} person.", "{count} people.", count),
        "standings": ngettext("{count} line.", "{count} lines.", count),
        "events": ngettext("{count} event.", "{count} events.", count),
    }[of]
    return pattern.format(count=f"{count:,}")


def _columns() -> dict[str, str]:
    return {
        "number": _("No."),
        "code": _("Code"),
        "name": _("Name"),
        "branch": _("Branch"),
        "title": _("Title"),
        "attended": _("Attended"),
        "expected": _("Expected"),
        "rate": _("Rate"),
        "remark": _("Remark"),
        "key": _("Session"),
        "day": _("Day"),
        "kind": _("Kind"),
        "state": _("State"),
        "topic": _("Topic"),
        "presenter": _("Presenter"),
        "hours": _("Hours"),
        "late_from": _("Late from"),
        "audience": _("For"),
        "target": _("Target"),
        "present": _("Present"),
        "late": _("Late"),
        "excused": _("On leave"),
        "absent": _("Absent"),
        "unmarked": _("Not marked"),
        "guests": _("Guests"),
        "notes": _("Notes asked"),
        "complete": _("Complete"),
        "too_short": _("Too short"),
        "missing": _("Missing"),
    }


def _guest(status: Status) -> str:
    """In brackets: whoever was not expected is counted apart."""
    return f"({letter(status)})"


def _earlier(branch: str, last: date | None) -> str:
    """Where somebody was before, or will be."""
    if last is None:
        return _("later {branch}").format(branch=branch_word(branch))
    return _("until {day} {branch}").format(day=last.isoformat(), branch=branch_word(branch))


def _audience(session: Session, branches: Sequence[str]) -> str:
    kind = session.audience.kind
    if kind is AudienceKind.BRANCHES:
        return ", ".join(branches)
    return _("leaders") if kind is AudienceKind.LEADERS else _("all")


def _remark(day: Day, today: date) -> str:
    """Why a session is in no rate."""
    standing = day.standing(today)
    if standing is Standing.CANCELLED:
        return day.session.reason
    if standing is Standing.NOT_TAKEN:
        return _("register not taken")
    return _("not taken yet") if standing is Standing.TO_COME else ""


def _about(register: Register, choice: Choice) -> tuple[str, ...]:
    """What the register is of, when it was written, and what the letters mean."""
    terms, days = register.program.terms, register.days
    made = _("written {moment}").format(moment=moment_text(register.made, terms.zone))
    if not days:
        return (_("Register: no session is in it, {made}").format(made=made),)
    span = _("Register, {first} to {last}, {made}").format(
        first=day_text(days[0].session.key.day, year=True),
        last=day_text(days[-1].session.key.day, year=True),
        made=made,
    )
    if not choice.whole:
        span = _("{text}; only some of the sessions").format(text=span)
    letters = [(letter(one), status_word(one)) for one in Status] + [(letter(None), status_word(None, closed=True))]
    signs = "   ".join(f"{sign} {meaning}" for sign, meaning in letters)
    return span, _("{signs}   ({letter}) guest of that day   blank: not expected").format(
        signs=signs, letter=letter(Status.PRESENT)
    )


def _legend(register: Register) -> tuple[tuple[str, str], ...]:
    terms = register.program.terms
    lines = [(letter(one), status_word(one)) for one in Status]
    lines += [
        (letter(None), _("expected there, not marked")),
        (_guest(Status.PRESENT), _("a guest of that day: counted apart, in no rate")),
        ("", _("blank: not a member that day, or the session was for others")),
        (_("Branch"), _("People stand in the branch they are in today; where they were before is in the remark.")),
        (_("Attended"), _("present and late")),
        (_("Rate"), _("attended of expected, over the sessions taken; {leave}").format(
            leave=leave_text(terms.leave_counts))),
        (_("Counted"), _("1: taken, in the rates; 2: taken, people on leave left out; 0: not taken, in no rate")),
        (_("Target"), target_text(terms.target)),
        (_("Times"), terms.zone),
    ]  # fmt: skip
    return tuple(lines)
