"""The program as lines: its sessions one by one, its terms, and what is said of a change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from checkin_tui.domain import campaign
from checkin_tui.domain.campaign import Day, Standing
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.sessions import AudienceKind, Session, SessionKey, SessionKind, SessionState
from checkin_tui.i18n import _, ngettext
from checkin_tui.tui.commands import View, bar_digit
from checkin_tui.tui.widgets.rows import Row
from checkin_tui.tui.widgets.terms_line import TermsValue
from checkin_tui.words import (
    fraction_text,
    hours_text,
    key_text,
    kind_word,
    leave_text,
    span_text,
    state_word,
    target_text,
    weekdays_text,
)
from checkin_tui.words.times import month_name

Named = Callable[[Session], str]
"""Who lectures, as this window may show it."""


class PlanWords:
    """What is the same for all lines. branches: the names by id. wide: kind, presenter and who is invited stand apart.

    year: the days of more than one year are told with it.
    """

    def __init__(
        self, terms: ProgramTerms, today: date, branches: Mapping[int, str], named: Named, *, year: bool, wide: bool
    ) -> None:
        self._zone, self._today, self._branches, self._named = terms.zone, today, branches, named
        self._year, self._wide = year, wide

    def row(self, day: Day) -> Row:
        """The line of one session."""
        session = day.session
        topic, invited = session.topic, self.invited(session)
        about = " · ".join(filter(None, (session.reason, topic))) if self._wide else self.about(session)
        texts = (
            self._date(session.key),
            span_text(session.starts, session.ends, self._zone),
            signed_state(session.state),
            kind_word(session.kind),
            about,
            self._named(session),
            invited,
            self.figures(day),
        )
        return Row(texts, session.key, self._kind(day))

    def about(self, session: Session) -> str:
        """`lecture · Reading water · Li Na · leaders`, without what is as usual. Why it is cancelled comes first."""
        invited = "" if session.audience.kind is AudienceKind.ALL else self.invited(session)
        kind = "" if session.kind is SessionKind.STUDY and session.topic else kind_word(session.kind)
        parts = (session.reason, kind, session.topic, self._named(session), invited)
        return " · ".join(part for part in parts if part)

    def invited(self, session: Session) -> str:
        """`all`, `leaders`, or the branches."""
        if session.audience.kind is AudienceKind.BRANCHES:
            names = [self._branches.get(branch, "") for branch in session.audience.branch_ids]
            return ", ".join(sorted(filter(None, names))) or _("chosen branches")
        return _("all") if session.audience.kind is AudienceKind.ALL else _("leaders")

    def figures(self, day: Day) -> str:
        """`151/160 · 94.38 %` where the register was taken; else what is to be said instead of a rate."""
        standing = day.standing(self._today)
        if standing is Standing.CANCELLED:
            return ""
        if day.taken:
            return fraction_text(day.rate, day.session.target)
        if standing is Standing.NOT_TAKEN:
            return _("not taken")
        if day.session.state is SessionState.PLANNED:
            return ngettext("{count} expected", "{count} expected", day.expected).format(count=day.expected)
        return _("nobody yet")

    def _date(self, key: SessionKey) -> str:
        text = key_text(key, year=self._year)
        return f"{text} {_('today')}" if key.day == self._today else text

    def _kind(self, day: Day) -> str:
        standing = day.standing(self._today)
        if standing is Standing.CANCELLED:
            return "muted"
        if standing is Standing.NOT_TAKEN:
            return "warn"
        return "good" if day.session.key.day == self._today else "line"


def signed_state(state: SessionState) -> str:
    """`planned`; a session that will not be held is told by a sign as well."""
    return f"✗ {state_word(state)}" if state is SessionState.CANCELLED else state_word(state)


def terms_value(terms: ProgramTerms, days: Sequence[Day], today: date) -> TermsValue:
    """What the line above the sessions says."""
    found = [
        span_of_days(terms.first_day, terms.last_day),
        weekdays_text(terms.weekdays),
        hours_text(terms.starts, terms.ends),
        _("grace {minutes} min").format(minutes=terms.grace),
        _("target {target}").format(target=target_text(terms.target)),
        _("notes from {count} characters").format(count=terms.minimum_note),
        leave_text(terms.leave_counts),
    ]
    if terms.holidays:
        count = len(terms.holidays)
        found.append(ngettext("{count} day off", "{count} days off", count).format(count=count))
    if terms.extra_days:
        count = len(terms.extra_days)
        found.append(ngettext("{count} extra day", "{count} extra days", count).format(count=count))
    return TermsValue(sessions_text(days, today), tuple(found))


def span_of_days(first: date, last: date) -> str:
    """`18 May - 28 May 2026`; the first year only where it is another."""
    year = _("{day} {month} {year}")
    pattern = _("{day} {month}") if first.year == last.year else year
    return f"{_filled(pattern, first)} - {_filled(year, last)}"


def _filled(pattern: str, day: date) -> str:
    return pattern.format(day=day.day, month=month_name(day.month), number=day.month, year=day.year)


def sessions_text(days: Sequence[Day], today: date) -> str:
    """`9 sessions: 2 held, 1 running, 5 to come, 1 cancelled`."""
    standings = Counter(day.standing(today) for day in days)
    counts = (
        (_("{count} held"), standings[Standing.HELD]),
        (_("{count} running"), standings[Standing.RUNNING]),
        (_("{count} to come"), standings[Standing.TO_COME]),
        (_("{count} not taken"), standings[Standing.NOT_TAKEN]),
        (_("{count} cancelled"), standings[Standing.CANCELLED]),
    )
    listed = ", ".join(pattern.format(count=count) for pattern, count in counts if count)
    text = ngettext("{count} session", "{count} sessions", len(days)).format(count=len(days))
    return f"{text}: {listed}" if listed else text


def proposed(days: Sequence[Day], today: date) -> SessionKey | None:
    """The session that is highlighted first: what comes next; where nothing does, the last there was."""
    coming = campaign.following((day.session for day in days), today)
    if coming is not None:
        return coming.key
    return days[-1].session.key if days else None


def nothing_planned() -> str:
    """Where there is no session at all: what to do."""
    series, one = bar_digit("plan.series", View.PROGRAM), bar_digit("plan.add", View.PROGRAM)
    return _("No session is planned. → {series} plans the series, → {one} adds one.").format(series=series, one=one)


def planned_text(count: int) -> str:
    """`3 sessions planned`."""
    return ngettext("{count} session planned", "{count} sessions planned", count).format(count=count)


def cancelled_text(count: int) -> str:
    """`2 sessions cancelled`."""
    return ngettext("{count} session cancelled", "{count} sessions cancelled", count).format(count=count)
