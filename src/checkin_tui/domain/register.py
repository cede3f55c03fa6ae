"""The register as it goes out: which part of it, one line for each person at each session, and who stands where."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from checkin_tui.domain.attendance.events import EventKind, Reason, Source, Status
from checkin_tui.domain.campaign import Day
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.notes import NoteState
from checkin_tui.domain.people import Membership
from checkin_tui.domain.program import Program
from checkin_tui.domain.sessions import AudienceKind, Session, SessionKey, SessionKind, SessionState


class Choice(NamedTuple):
    """Which sessions are wanted: those of these keys (empty: all), from the first to the last date (None: no bound)."""

    keys: tuple[SessionKey, ...] = ()
    first: date | None = None
    last: date | None = None

    @property
    def whole(self) -> bool:
        """Whether nothing is left out."""
        return not self.keys and self.first is None and self.last is None

    def takes(self, key: SessionKey) -> bool:
        """Whether the session of that key is wanted."""
        if self.keys and key not in self.keys:
            return False
        return (self.first is None or self.first <= key.day) and (self.last is None or key.day <= self.last)


class Register(NamedTuple):
    """A part of the register: its sessions, by key, cancelled ones too.

    today: where the program takes place. made: when it was read. invited: the names of the branches a session is for,
    by its id. days: the sessions with their figures, where somebody asked for them (`services.register.with_figures`).
    """

    program: Program
    today: date
    made: Millis
    sessions: tuple[Session, ...]
    invited: Mapping[int, tuple[str, ...]]
    days: tuple[Day, ...] = ()

    @property
    def held(self) -> tuple[Session, ...]:
        """The sessions anybody can have a mark at: not the cancelled ones."""
        return tuple(session for session in self.sessions if session.state is not SessionState.CANCELLED)

    @property
    def columns(self) -> tuple[Day, ...]:
        """The same with their figures."""
        return tuple(day for day in self.days if day.session.state is not SessionState.CANCELLED)


class Known(NamedTuple):
    """A person as the register names them now. places: in date order. sort: what people of one branch go by."""

    member_id: int
    code: str
    name: str
    title: str
    guest: bool
    sort: str
    places: tuple[Membership, ...] = ()

    def place_on(self, day: date) -> Membership | None:
        """The place of that date, if any."""
        for place in self.places:
            if place.first <= day and (place.until is None or day < place.until):
                return place
        return None

    def place_now(self, today: date) -> Membership | None:
        """The place of today; of who has left the last one, of who is still to come the first one."""
        begun = [place for place in self.places if place.first <= today]
        return begun[-1] if begun else next(iter(self.places), None)


def is_invited(session: Session, place: Membership) -> bool:
    """Whether who has that place is within the audience of the session."""
    audience = session.audience
    if audience.kind is AudienceKind.ALL:
        return True
    if audience.kind is AudienceKind.LEADERS:
        return place.leader
    return place.branch_id in audience.branch_ids


class Entry(NamedTuple):
    """One person at one session: expected there, or a guest of that day, or with a note of it all the same.

    branch, leader: as on that date. status None: not marked. minutes_late: only of the late. minutes_inside: None where
    a time is not known. chars, paper: of the note.
    """

    code: str
    name: str
    branch: str
    leader: bool
    status: Status | None
    reason: Reason | None
    arrived: Millis | None
    left: Millis | None
    minutes_late: int | None
    minutes_inside: int | None
    guest: bool
    note: NoteState
    chars: int
    paper: bool


EntryValues = tuple[
    str, str, str, bool, Status | None, Reason | None, Millis | None, Millis | None, int | None, int | None, bool,
    NoteState, int, bool,
]  # fmt: skip
"""The values of an `Entry` in its order: of a million of them naming each takes as long as making it."""


class EventEntry(NamedTuple):
    """One event of the register. active: that it still says something; no withdrawal itself is active."""

    code: str
    name: str
    kind: EventKind
    status: Status | None
    reason: Reason | None
    happened: Millis | None
    recorded: Millis
    operator: str
    station: str
    source: Source
    active: bool
    because: str


class Bench(NamedTuple):
    """People who stand together in the wide register. branch: its name, '' for those without one, None for guests."""

    branch: str | None
    people: tuple[Known, ...]


def benches(
    people: Sequence[Known], sessions: Sequence[Session], marked: frozenset[int], today: date
) -> tuple[Bench, ...]:
    """Everybody who was expected at one of the sessions or is marked at one, in the order of the sheet.

    By the branch they are in now, then by name; those without a branch, then guests, at the end.
    """
    found: dict[tuple[bool, bool, str], list[Known]] = {}
    for person in people:
        if person.member_id in marked or is_expected_at_any(person, sessions):
            place = None if person.guest else person.place_now(today)
            branch = place.branch if place is not None else ""
            found.setdefault((person.guest, not branch, branch), []).append(person)
    return tuple(
        Bench(None if key[0] else key[2], tuple(sorted(found[key], key=lambda one: (one.sort, one.code))))
        for key in sorted(found)
    )


def is_expected_at_any(person: Known, sessions: Sequence[Session]) -> bool:
    """Whether they are on the roster of one of these."""
    return not person.guest and any(
        place.covers(session.key.day) and is_invited(session, place) for place in person.places for session in sessions
    )


def earlier_places(person: Known, today: date) -> tuple[tuple[str, date | None], ...]:
    """The branches they were in before, or will be in after, the one of today, each with its last day there."""
    now = person.place_now(today)
    return tuple(
        (place.branch, None if place.until is None else place.until - timedelta(days=1))
        for place in person.places
        if now is not None and place.branch_id != now.branch_id
    )


class RegisterWords(NamedTuple):
    """What a workbook says besides the people's own words: made where the words are, laid out where the files are.

    sheets: the names of the sheets, by `register`, `sessions`, `events`, `standings`, `legend`. columns, totals: what
    stands above a column and beside a row, by what is in it. letter: of a status, `·` for None. guest: the same of
    somebody who was not expected. about: the lines under the title. legend: a line for each sign. footer: the page
    `&P` of `&N`. nobody: where no people stand in it.
    """

    sheets: Mapping[str, str]
    columns: Mapping[str, str]
    totals: Mapping[str, str]
    letter: Callable[[Status | None], str]
    guest: Callable[[Status], str]
    kind: Callable[[SessionKind], str]
    state: Callable[[SessionState], str]
    weekday: Callable[[date], str]
    day: Callable[[date], str]
    branch: Callable[[str | None], str]
    earlier: Callable[[str, date | None], str]
    audience: Callable[[Session, Sequence[str]], str]
    remark: Callable[[Day, date], str]
    about: Callable[[Register, Choice], tuple[str, ...]]
    legend: Callable[[Register], tuple[tuple[str, str], ...]]
    footer: str
    nobody: str
