"""The letters of the wide register: what one person's row says at every session, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.campaign import Day
from checkin_tui.domain.people import Membership
from checkin_tui.domain.rates import Rate
from checkin_tui.domain.register import Known, RegisterWords, is_invited


class Line(NamedTuple):
    """A person's row: a letter for each session, and the rate over those that count."""

    person: Known
    letters: Sequence[str]
    rate: Rate


def weight_of(day: Day) -> int:
    """How a session counts in the rates: 0 not (it was not taken), 1 with people on leave as expected, 2 without."""
    return 0 if not day.taken else 1 if day.session.leave_counts else 2


class Letters:
    """Makes the rows. Which sessions a place is invited to is found once for all who share it."""

    def __init__(self, days: Sequence[Day], words: RegisterWords) -> None:
        self._days = days
        self._sessions = [day.session for day in days]
        self._dates = [day.session.key.day for day in days]
        self._position = {session.id: number for number, session in enumerate(self._sessions)}
        self._invited: dict[tuple[int | None, bool], list[str]] = {}
        self._letters = {status: words.letter(status) for status in Status}
        self._guests = {status: words.guest(status) for status in Status}
        self._none = words.letter(None)
        weights = [weight_of(day) for day in days]
        self._counted = [number for number, weight in enumerate(weights) if weight]
        self._with_leave = [number for number, weight in enumerate(weights) if weight == 1]

    def row(self, person: Known, marks: Iterable[tuple[int, Status]]) -> list[str]:
        """A letter for each session: `·` where they were expected and are not marked, '' where they were not."""
        row = [""] * len(self._days)
        if not person.guest:
            for place in person.places:
                invited = self._of_place(place)
                for number, day in enumerate(self._dates):
                    if place.covers(day):
                        row[number] = invited[number]
        for session_id, status in marks:
            number = self._position.get(session_id, -1)
            if number >= 0:
                row[number] = (self._letters if row[number] else self._guests)[status]
        return row

    def rate(self, row: Sequence[str]) -> Rate:
        """Attended of expected, over the sessions that count."""
        letters = self._letters
        counted = [row[number] for number in self._counted]
        attended = counted.count(letters[Status.PRESENT]) + counted.count(letters[Status.LATE])
        expected = attended + counted.count(letters[Status.ABSENT]) + counted.count(self._none)
        leave = [row[number] for number in self._with_leave].count(letters[Status.EXCUSED])
        return Rate(attended, expected + leave)

    def _of_place(self, place: Membership) -> list[str]:
        key = (place.branch_id, place.leader)
        if key not in self._invited:
            self._invited[key] = [self._none if is_invited(one, place) else "" for one in self._sessions]
        return self._invited[key]
