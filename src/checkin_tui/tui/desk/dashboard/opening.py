"""What Enter opens: the people or the sessions behind a figure, a day, a person's history."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.campaign import Day
from checkin_tui.domain.roster import Mark, Person
from checkin_tui.domain.sessions import SessionState
from checkin_tui.i18n import _
from checkin_tui.tui.desk.dashboard.coming import day_facts
from checkin_tui.tui.desk.dashboard.facts import (
    Arrived,
    Facts,
    OneDay,
    Sessions,
    Who,
    people_behind,
    sessions_behind,
)
from checkin_tui.tui.desk.dashboard.texts import day_words, people_heading, sessions_heading
from checkin_tui.tui.register import Register
from checkin_tui.tui.widgets.columns import arrived_text, note_cell, status_text
from checkin_tui.tui.widgets.rows import Row
from checkin_tui.words import branch_word, clock_text, fraction_text, key_text, kind_word, status_word

if TYPE_CHECKING:
    from checkin_tui.tui.screens.behind import PeopleBehind
    from checkin_tui.tui.screens.choose import Choice
    from checkin_tui.tui.screens.dashboard import DashboardScreen

_BY_STATUS = (None, Status.ABSENT, Status.EXCUSED, Status.LATE, Status.PRESENT)
"""The order of a fraction's people: first those who are missing in it."""


class Behind:
    """Opens the dialogs of the dashboard. A list of people that is open follows what changes."""

    def __init__(self, screen: DashboardScreen) -> None:
        self.screen = screen
        self._open: tuple[PeopleBehind, Who | Arrived] | None = None

    def open(self, key: Hashable) -> None:
        """What is behind a figure."""
        facts = self.screen.live.facts
        if facts is None:
            return
        if isinstance(key, Who | Arrived):
            self._people(key, facts)
        elif isinstance(key, Sessions):
            self._sessions(key, facts)
        elif isinstance(key, OneDay):
            self._day(key.session_id)

    # --------------------------------------------------------------------------------------------------------- people

    def _people(self, key: Who | Arrived, facts: Facts) -> None:
        from checkin_tui.tui.screens.behind import PeopleBehind

        register = self.screen.register
        if register is None:
            return
        members = people_behind(key, register)
        heading = people_heading(key, len(members), facts)
        dialog = PeopleBehind(heading, people_rows(key, members, register), self.history)
        self._open = dialog, key
        self.screen.people.open(dialog, lambda _none: None)

    def refresh(self) -> None:
        """The list that is open, as it is now."""
        facts, register = self.screen.live.facts, self.screen.register
        if self._open is None or facts is None or register is None:
            return
        dialog, key = self._open
        if not dialog.is_attached:
            self._open = None
            return
        members = people_behind(key, register)
        dialog.show(people_heading(key, len(members), facts), people_rows(key, members, register))

    def history(self, member_id: int) -> None:
        """Every step about somebody at this session."""
        from checkin_tui.tui.screens.history import HistoryDialog

        register = self.screen.register
        person = None if register is None else register.model.person(member_id)
        if register is None or person is None:
            return
        dialog = HistoryDialog(member_id, person.name, zone=register.zone, ask=self.screen.gateway.ask)
        self.screen.people.open(dialog, lambda _none: None)

    # ------------------------------------------------------------------------------------------------------- sessions

    def _sessions(self, which: Sessions, facts: Facts) -> None:
        from checkin_tui.tui.screens.choose import Choose

        days = sessions_behind(which, facts.days or (), facts.today)
        choices = [_choice(day, facts) for day in days]
        at = next((number for number, day in enumerate(days) if day.session.key.day >= facts.today), 0)
        heading = sessions_heading(which, len(days))
        dialog = Choose(heading, choices, self.screen.is_code, at if which is Sessions.ALL else 0)
        self.screen.people.open(dialog, lambda chosen: self._day(int(chosen)))

    def _day(self, session_id: int) -> None:
        from checkin_tui.tui.screens.day_page import DayPage

        facts = self.screen.live.facts
        day = next((one for one in (facts.days if facts else None) or () if one.session.id == session_id), None)
        if facts is None or day is None:
            return
        here = facts.session is not None and facts.session.id == session_id
        dialog = DayPage(key_text(day.session.key), day_facts(day, facts), shown=here)
        self.screen.people.open(dialog, lambda _yes: self.screen.reading.visit(day.session.key))


def people_rows(key: Who | Arrived, members: Sequence[int], register: Register) -> list[Row]:
    """The lines of the list; under their statuses where it is about a fraction."""
    session = register.session
    closed = session is not None and session.state is SessionState.CLOSED
    found = [(register.model.person(member), register.model.mark(member)) for member in members]
    held = [(person, mark) for person, mark in found if person is not None]
    if not (isinstance(key, Who) and key.split):
        return [_line(person, mark, register, closed=closed) for person, mark in held]
    held.sort(key=lambda pair: _BY_STATUS.index(pair[1].status))
    rows = []
    for status, some in groupby(held, key=lambda pair: pair[1].status):
        pairs = list(some)
        text = f"{status_word(status, closed=closed)}: {len(pairs)}"
        rows.append(Row((text[:1].upper() + text[1:],), None, "head"))
        rows += [_line(person, mark, register, closed=closed) for person, mark in pairs]
    return rows


def _line(person: Person, mark: Mark, register: Register, *, closed: bool) -> Row:
    status = status_text(mark) if mark.status is not None else status_word(None, closed=closed)
    if not person.expected:
        status += ", " + _("guest")
    left = "" if mark.left is None else clock_text(mark.left, register.zone)
    arrived = arrived_text(mark.arrived, mark, register.zone)
    texts = (person.code, person.name, branch_word(person.branch), status, arrived, left, note_cell(person, mark))
    return Row(texts, person.member_id)


def _choice(day: Day, facts: Facts) -> Choice:
    from checkin_tui.tui.screens.choose import Choice

    sign, words, _kind = day_words(day, facts)
    about = [fraction_text(day.rate, day.session.target) if day.taken else words, kind_word(day.session.kind)]
    if day.session.topic:
        about.append(day.session.topic)
    return Choice(str(day.session.id), f"{sign} {key_text(day.session.key)}", " · ".join(about))
