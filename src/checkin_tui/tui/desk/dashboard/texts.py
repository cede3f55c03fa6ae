"""The words of the dashboard."""

from __future__ import annotations

from checkin_tui.domain.board import BranchOrder, Figure
from checkin_tui.domain.campaign import Day, Standing
from checkin_tui.domain.sessions import SessionState
from checkin_tui.i18n import _, ngettext
from checkin_tui.tui.desk.dashboard.facts import Arrived, Facts, Sessions, Who
from checkin_tui.words import branch_word, clock_text, percent_text, state_word


def figure_word(figure: Figure, *, closed: bool = False) -> str:
    """What a figure counts, as it stands beside its number."""
    return {
        Figure.EXPECTED: _("expected"),
        Figure.PRESENT: _("present"),
        Figure.LATE: _("late"),
        Figure.EXCUSED: _("on leave"),
        Figure.ABSENT: _("absent"),
        Figure.UNMARKED: _("not marked") if closed else _("not here yet"),
        Figure.GUESTS: _("guests"),
        Figure.LEFT: _("left again"),
        Figure.ATTENDED: _("here"),
        Figure.REQUIRED: _("notes asked for"),
        Figure.OWING: _("owed"),
        Figure.MISSING: _("missing"),
        Figure.TOO_SHORT: _("too short"),
        Figure.COMPLETE: _("complete"),
        Figure.WITHOUT_PRESENCE: _("note, but was not here"),
        Figure.LEADERS: _("leaders"),
        Figure.LEADERS_MISSING: _("leaders not here"),
    }[figure]


def order_word(order: BranchOrder) -> str:
    """How branches are sorted."""
    return {
        BranchOrder.RATE: _("worst rate first"),
        BranchOrder.OWED: _("most notes owed first"),
        BranchOrder.NAME: _("by name"),
    }[order]


def people_heading(key: Who | Arrived, count: int, facts: Facts) -> str:
    """What a list of people is: `Hepan, not here yet: 3 people`."""
    people = ngettext("{count} person", "{count} people", count).format(count=count)
    if isinstance(key, Arrived):
        what = _("Arrived {span}").format(span=minutes_text(key, facts))
    else:
        session = facts.session
        closed = session is not None and session.state is SessionState.CLOSED
        notes = key.figure in (Figure.MISSING, Figure.TOO_SHORT, Figure.COMPLETE, Figure.OWING)
        what = _("note {state}") if notes else "{state}"
        what = what.format(state=figure_word(key.figure, closed=closed))
        if key.leaders:
            what = _("leaders, {what}").format(what=what)
        if key.branch is not None:
            what = f"{branch_word(key.branch)}, {what}"
        what = what[:1].upper() + what[1:]
    return _("{what}: {people}").format(what=what, people=people)


def minutes_text(key: Arrived, facts: Facts) -> str:
    """`14:24`, `14:20-14:24`, `until 14:04`, `from 16:50 on`: the minutes of a column, the last one included."""
    last = None if key.after is None else clock_text(key.after - 1, facts.zone)
    first = None if key.first is None else clock_text(key.first, facts.zone)
    if first is None:
        return _("until {time}").format(time=last) if last is not None else _("at any time")
    if last is None:
        return _("from {time} on").format(time=first)
    return first if first == last else f"{first}-{last}"


def sessions_heading(which: Sessions, count: int) -> str:
    """What a list of sessions is."""
    sessions = ngettext("{count} session", "{count} sessions", count).format(count=count)
    what = {
        Sessions.ALL: _("Days of the program"),
        Sessions.TAKEN: _("Taken"),
        Sessions.NOT_TAKEN: _("Register not taken"),
        Sessions.COMING: _("Still to come"),
    }[which]
    return _("{what}: {people}").format(what=what, people=sessions)


def is_running(day: Day, facts: Facts) -> bool:
    """Whether the rate of a day is not yet what it will be."""
    return day.standing(facts.today) is Standing.RUNNING


def day_words(day: Day, facts: Facts) -> tuple[str, str, str]:
    """How a day went: its sign, the words, and the kind of style. A day that was taken has its rate for words."""
    standing = day.standing(facts.today)
    if day.taken:
        text = percent_text(day.rate, day.session.target)
        if day.session.target.met_by(day.attended, day.expected):
            return "✓", text, "good"
        if standing is Standing.RUNNING:
            return "~", text, "late"
        return "✗", text, "bad"
    if standing is Standing.CANCELLED:
        return "-", _("cancelled"), "muted"
    if standing is Standing.NOT_TAKEN:
        return "!", _("not taken"), "late"
    return ".", state_word(day.session.state), "muted"
