"""The register read for a file: in pages, so that a million standings are never all in memory."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from checkin_tui.domain.attendance.events import EventKind, Reason, Status
from checkin_tui.domain.attendance.fold import active_events
from checkin_tui.domain.errors import CheckInError, DatabaseError
from checkin_tui.domain.notes import note_state
from checkin_tui.domain.register import (
    Bench,
    Choice,
    Entry,
    EntryValues,
    EventEntry,
    Known,
    Register,
    benches,
    is_invited,
)
from checkin_tui.domain.sessions import Audience, Session
from checkin_tui.services.campaign import load_days
from checkin_tui.services.context import Context, the_program, today
from checkin_tui.store import register as store
from checkin_tui.store.events import events_of_many
from checkin_tui.store.people import load_branches
from checkin_tui.store.register import PAGE, Sheet
from checkin_tui.store.sessions import load_sessions

_KEPT_PAGES = 8
_KEPT_SEATS = 16
_NOTHING = (0, None, None, None, None, None, None)
_STATUSES: Final = {None: (None, False)} | {str(one.value): (one, one.attended) for one in Status}
_REASONS: Final = {None: None} | {str(one.value): one for one in Reason}


class EntryPage(NamedTuple):
    """Some entries of one session, by the order in which people came into the file. number: of the session, from 0."""

    number: int
    session: Session
    values: Sequence[EntryValues]

    @property
    def entries(self) -> Iterator[Entry]:
        """The values by their names."""
        return map(Entry._make, self.values)


class EventPage(NamedTuple):
    """Some events of one session: by person, each person's as they were recorded."""

    number: int
    session: Session
    events: Sequence[EventEntry]


def load_register(ctx: Context, choice: Choice) -> Register:
    """The sessions chosen. Raises CheckInError `no_program`, `session_unknown`, `date_order`."""
    if choice.first is not None and choice.last is not None and choice.last < choice.first:
        raise CheckInError("date_order", first=choice.first, last=choice.last)
    with ctx.reading() as connection:
        program = the_program(connection)
        sessions = load_sessions(connection)
        names = {branch.id: branch.name for branch in load_branches(connection)}
    there = {session.key for session in sessions}
    for key in choice.keys:
        if key not in there:
            raise CheckInError("session_unknown", key=key)
    chosen = tuple(session for session in sessions if choice.takes(session.key))
    invited = {
        session.id: tuple(sorted(names.get(branch, "") for branch in session.audience.branch_ids)) for session in chosen
    }
    now = ctx.clock()
    return Register(program, today(program, now), now, chosen, invited)


def with_figures(ctx: Context, register: Register) -> Register:
    """The same with what every session comes to: as long to read as all the rest, and not every file tells it."""
    return register._replace(days=load_days(ctx, register.sessions))


def count_entries(ctx: Context, register: Register) -> int:
    """How many entries there are by the figures, but for notes of people who neither were expected nor came."""
    days = register.columns
    with ctx.reading() as connection:
        marked = store.count_of(connection, [day.session.id for day in days], events=False)
    expected = sum(day.counts.expected for day in days)
    return expected + max(0, marked - sum(day.counts.expected - day.counts.unmarked for day in days))


def count_events(ctx: Context, register: Register) -> int:
    """How many events there are."""
    with ctx.reading() as connection:
        return store.count_of(connection, [session.id for session in register.held], events=True)


class Seat(NamedTuple):
    """One person as the sessions of some days, for the same audience, have them."""

    member_id: int
    code: str
    name: str
    branch: str
    leader: bool
    expected: bool


class _People:
    """A page of people, and their seats: what changes from session to session is mostly nothing."""

    def __init__(self, people: Sequence[Known]) -> None:
        self.people = people
        places = [place for person in people for place in person.places]
        turns = {place.first for place in places} | {place.until for place in places if place.until is not None}
        self._turns = sorted(turns)
        self._seats: dict[tuple[int, Audience], list[Seat]] = {}

    @property
    def last(self) -> int:
        """The number of the last one, 0 where there is nobody."""
        return self.people[-1].member_id if self.people else 0

    def seats(self, session: Session) -> list[Seat]:
        """Everybody's seat at that session."""
        key = (bisect_right(self._turns, session.key.day), session.audience)
        if key not in self._seats:
            if len(self._seats) >= _KEPT_SEATS:
                self._seats.clear()
            self._seats[key] = [_seat(person, session) for person in self.people]
        return self._seats[key]


def _seat(person: Known, session: Session) -> Seat:
    place = person.place_on(session.key.day)
    if place is None:
        return Seat(person.member_id, person.code, person.name, "", False, False)
    expected = not person.guest and is_invited(session, place)
    return Seat(person.member_id, person.code, person.name, place.branch, place.leader, expected)


def entry_pages(ctx: Context, register: Register) -> Iterator[EntryPage]:
    """Everybody at every session, session after session. An empty page where there is nobody."""

    @lru_cache(maxsize=_KEPT_PAGES)  # a few thousand people are read once; of more there are never many in memory
    def people_behind(after: int) -> _People:
        with ctx.reading() as connection:
            return _People(store.load_people(connection, after))

    for number, session in enumerate(register.held):
        after, more = 0, True
        while more:
            page = people_behind(after)
            with ctx.reading() as connection:
                sheet = store.load_sheet(connection, session.id, after, page.last)
            yield EntryPage(number, session, _entries(session, page.seats(session), sheet, ctx.database.path))
            after = page.last
            more = len(page.people) == PAGE and bool(people_behind(after).people)


def _entries(session: Session, seats: Sequence[Seat], sheet: Sheet, path: Path) -> list[EntryValues]:
    """The inner loop of a million lines: what can be known before is, and nothing is called that need not be."""
    minimum, presenter, statuses, reasons = session.minimum_note, session.presenter_id, _STATUSES, _REASONS
    standing_of, note_of = sheet.standings.get, sheet.notes.get
    without_note = {asked: note_state(0, False, minimum, asked, lectured=False) for asked in (False, True)}
    entries: list[EntryValues] = []
    try:
        for member_id, code, name, branch, leader, expected in seats:
            _, said, why, arrived, left, late, inside = standing_of(member_id, _NOTHING)
            written = note_of(member_id)
            if not (expected or said or (written is not None and (written[1] or written[2]))):
                continue
            status, attended = statuses[said]
            asked = expected and member_id != presenter
            if written is None:
                note, chars, paper = without_note[attended and asked], 0, False
            else:
                chars, paper = written[1], written[2] == 1
                note = note_state(chars, paper, minimum, attended, not asked)
            values = (code, name, branch, leader, status, reasons[why], arrived, left, late, inside, not expected, note,
                      chars, paper)  # fmt: skip
            entries.append(values)
    except KeyError as error:
        raise DatabaseError("db_damaged", path=path) from error
    return entries


def event_pages(ctx: Context, register: Register) -> Iterator[EventPage]:
    """Every event, session after session. Sessions without any have none."""
    for number, session in enumerate(register.held):
        after, more = 0, True
        while more:
            with ctx.reading() as connection:
                people = store.with_events(connection, session.id, after)
                found = events_of_many(connection, session.id, [person[0] for person in people])
            more = len(people) == PAGE
            if not people:
                break
            after = people[-1][0]
            events: list[EventEntry] = []
            for member_id, code, name in people:
                steps = sorted(found.get(member_id, ()), key=lambda event: (event.recorded, event.uid))
                standing = {event.uid for event in active_events(steps)}
                events += [
                    EventEntry(
                        code,
                        name,
                        step.kind,
                        step.status,
                        step.reason,
                        step.happened,
                        step.recorded.wall,
                        step.operator,
                        step.station,
                        step.source,
                        step.kind is not EventKind.WITHDRAWN and step.uid in standing,
                        step.because,
                    )
                    for step in steps
                ]
            yield EventPage(number, session, events)


def load_benches(ctx: Context, register: Register) -> tuple[Bench, ...]:
    """Who stands in the wide register, and in which order."""
    people: list[Known] = []
    with ctx.reading() as connection:
        marked = store.marked_at(connection, [session.id for session in register.held])
    while True:
        with ctx.reading() as connection:
            page = store.load_people(connection, people[-1].member_id if people else 0)
        people += page
        if len(page) < PAGE:
            return benches(people, register.held, frozenset(marked), register.today)


def load_marks(ctx: Context, people: Sequence[Known]) -> dict[int, list[tuple[int, Status]]]:
    """Where these people are marked, and how: (session id, status) by their ids."""
    with ctx.reading() as connection:
        return store.load_marks(connection, [person.member_id for person in people])
