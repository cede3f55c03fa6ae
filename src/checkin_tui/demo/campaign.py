"""The sample's campaign from its preparation to the afternoon that is going on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

from checkin_tui.demo import afternoon
from checkin_tui.demo.days import DAYS_AFTER, DAYS_BEFORE, earlier, midnight
from checkin_tui.demo.desk import SampleDesk, Step
from checkin_tui.demo.people import SamplePerson, branches, note_texts, topics
from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.clock import MINUTE, Millis
from checkin_tui.domain.imports import RosterLine
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.requests import (
    AddMember,
    CloseSession,
    CreateProgram,
    EditMember,
    EditSession,
    ImportMembers,
    MarkMany,
    MarkPerson,
    OpenSession,
    Undo,
)
from checkin_tui.domain.sessions import Session

PREPARED: Final = 4 * 24 * 60
"""How many minutes before its first day the program was made."""
_HEADER_ROWS: Final = 1
_SHARE_HERE: Final = 0.5
_LEAVE_TODAY, _LEAVE_AHEAD = 6, 2
"""How many are known to be on leave today, and on each day to come."""
_CLOSED_AFTER, _NOTES_AFTER = 3 * MINUTE, 10 * MINUTE
_CLINIC: Final = "Clinic"
_MOVES_FROM: Final = "Reed Marsh"
_BECAUSE: Final = "Had signed the list that lay in the hall"
_GUESTS: Final = {
    0: ("Hanne Solvik", "County library"),
    3: ("白若川", "Newspaper"),
    5: ("Idris Amsel", "Next township"),
}
"""Day of the campaign -> who looks in."""
_ON_LEAVE_BUT_CAME, _ROLL_CALLED, _CLOSED_TOO_EARLY, _MOVED, _FOUND_LATER = range(DAYS_BEFORE)
"""What each past day has of its own, beside what every day has."""


class Campaign:
    """Holds one afternoon after the other at the desk."""

    def __init__(self, desk: SampleDesk, rng: Random, terms: ProgramTerms, people: Sequence[SamplePerson]) -> None:
        self._desk, self._rng, self._terms, self._people = desk, rng, terms, people
        self._texts = note_texts(rng)
        self._ids: dict[str, int] = {}

    def prepare(self) -> None:
        """The program, its people, whom to call in each branch, and what each afternoon is about."""
        desk, terms = self._desk, self._terms
        made = earlier(midnight(terms.first_day, terms.zone), PREPARED)
        desk.do(made, CreateProgram, terms=terms, practice=True)
        desk.do(made + MINUTE, ImportMembers, lines=tuple(_lines(self._people)))
        self._ids = desk.member_ids()
        desk.name_contacts(made + 2 * MINUTE, branches(self._people))
        themes = topics(self._people)
        chosen = (*themes[: DAYS_BEFORE + DAYS_AFTER], themes[-1])
        for session, theme in zip(desk.sessions(), chosen, strict=True):
            presenter = None if theme.presenter is None else theme.presenter.code
            fields = {"topic": theme.topic, "kind": theme.kind, "presenter": presenter}
            desk.do(made + 3 * MINUTE, EditSession, session_id=session.id, **fields)

    def sessions(self) -> list[Session]:
        """Every afternoon, in order."""
        return self._desk.sessions()

    def hold(self, number: int, session: Session) -> None:
        """A past afternoon from the leave entered before it to the notebooks looked through after it."""
        desk, rng = self._desk, self._rng
        cast = afternoon.deal(rng, list(self._ids.values()), session.presenter_id)
        window = afternoon.on_time(session, midnight(session.key.day, self._terms.zone))
        before = earlier(window.first, afternoon.LEAVE_AHEAD)
        desk.write_steps(session, afternoon.leave_ahead(rng, before, cast.on_leave))
        desk.do(window.first, OpenSession, key=session.key)
        steps = [*afternoon.door(rng, session, cast, window), *self._guest(number, window.first)]
        if number == _ON_LEAVE_BUT_CAME:
            steps.append(afternoon.arrival(window.last, cast.on_leave[0]))
        if number == _ROLL_CALLED:
            steps = [step for step in steps if step.member_id not in self._clinic()]
        desk.write_steps(session, steps)
        if number == _ROLL_CALLED:
            desk.do(session.ends, MarkMany, session_id=session.id, member_ids=self._clinic(), status=Status.PRESENT)
        if number == _CLOSED_TOO_EARLY:
            self._close_too_early(session, cast.absent[-1])
        desk.do(session.ends + _CLOSED_AFTER, CloseSession, session_id=session.id, absent_rest=True)
        self._afterwards(number, session, cast)

    def _close_too_early(self, session: Session, overlooked: int) -> None:
        desk = self._desk
        desk.do(session.ends, CloseSession, session_id=session.id, absent_rest=True)
        desk.do(session.ends + MINUTE, Undo, session_id=session.id)
        fields = {"member_id": overlooked, "status": Status.PRESENT}
        desk.do(session.ends + 2 * MINUTE, MarkPerson, session_id=session.id, **fields)

    def _afterwards(self, number: int, session: Session, cast: afternoon.Cast) -> None:
        """The notes of the evening, and what was still to be put right."""
        desk, evening = self._desk, session.ends + _NOTES_AFTER
        owing = [member for member in sorted((*cast.prompt, *cast.late)) if member != session.presenter_id]
        desk.write_notes(session, afternoon.notes_taken(self._rng, evening, owing, self._texts))
        night = evening + len(owing) * afternoon.PER_NOTE
        if number == _MOVED:
            moved = next(one for one in self._people if one.branch == _MOVES_FROM and not one.leader)
            since = self.sessions()[number + 1].key.day
            desk.do(night, EditMember, member_id=self._ids[moved.code], branch=_CLINIC, since=since)
        if number == _FOUND_LATER:
            fields = {"member_id": cast.absent[-1], "at": session.starts, "because": _BECAUSE}
            desk.do(night, MarkPerson, session_id=session.id, correct=True, status=Status.PRESENT, **fields)

    def open_today(self, session: Session, ahead: Sequence[Session], now: Millis) -> None:
        """Today's afternoon: half of the people came in during the last ten minutes; some leave is known ahead."""
        desk, rng = self._desk, self._rng
        # Where the clocks went back an hour, `now` may be the hour that comes twice: nobody is late on that account.
        last = min(now, session.late_from - 1)
        first = max(midnight(session.key.day, self._terms.zone), last - afternoon.RUSH * MINUTE)
        others = [member for member in self._ids.values() if member != session.presenter_id]
        rng.shuffle(others)
        on_leave, rest = others[:_LEAVE_TODAY], others[_LEAVE_TODAY:]
        before = earlier(first, afternoon.LEAVE_AHEAD)
        desk.write_steps(session, afternoon.leave_ahead(rng, before, on_leave))
        for later in ahead:
            known = rng.sample(others, _LEAVE_AHEAD)
            desk.write_steps(later, afternoon.leave_ahead(rng, before + 5 * MINUTE, known))
        desk.do(first, OpenSession, key=session.key)
        half = round(len(self._people) * _SHARE_HERE)
        steps = [*afternoon.rush(rng, rest[:half], afternoon.Window(first, last)), *self._guest(DAYS_BEFORE, first)]
        if last - first >= MINUTE:
            steps += afternoon.wrong_person(last - MINUTE // 2, rest[half])
        desk.write_steps(session, steps)

    def _guest(self, number: int, made: Millis) -> Iterator[Step]:
        if number in _GUESTS:
            name, title = _GUESTS[number]
            added = self._desk.do(made, AddMember, name=name, title=title, guest=True)
            yield afternoon.arrival(made, added.member.id, guest=True)

    def _clinic(self) -> tuple[int, ...]:
        return tuple(self._ids[person.code] for person in self._people if person.branch == _CLINIC)


def _lines(people: Sequence[SamplePerson]) -> Iterator[RosterLine]:
    """The people as a roster file would name them; its first row has the headers."""
    for row, one in enumerate(people, _HEADER_ROWS + 1):
        yield RosterLine(
            row,
            one.code,
            one.name,
            one.branch,
            one.title,
            one.rank,
            one.leader,
            phone=one.phone,
        )
