"""What the marks of a file do, session by session: which are written, which are known already, which are refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection

from checkin_tui.domain import mark_imports
from checkin_tui.domain.attendance.events import Draft, Event, EventKind, Status
from checkin_tui.domain.attendance.fold import Standing, fold
from checkin_tui.domain.attendance.settling import Settled, Wanted, settle
from checkin_tui.domain.calendar import instant
from checkin_tui.domain.clock import MINUTE, Millis
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.mark_imports import Contradiction, MarkLine, RejectedMark, SessionMarks
from checkin_tui.domain.mark_words import When
from checkin_tui.domain.people import Member
from checkin_tui.domain.register import is_invited
from checkin_tui.domain.sessions import Session, SessionKey, SessionState
from checkin_tui.services.context import the_program, today
from checkin_tui.services.importing.mark_people import Nobody, Whom
from checkin_tui.services.reads import session_of_day
from checkin_tui.store import events as store
from checkin_tui.store import people
from checkin_tui.store.sessions import load_sessions

_SECOND: Final = 1000

Make = Callable[[int, int, Draft, bool, str], Event]
"""(session id, member id, draft, whether a guest, because) -> the event."""


class Terms(NamedTuple):
    """How the marks are to be taken. guests: whoever is not expected is let in as a guest of the day."""

    guests: bool = False
    overwrite: bool = False
    because: str = ""


class Written(NamedTuple):
    """What is to be written at one session. opens: it is opened by it."""

    session: Session
    events: list[Event]
    standings: list[tuple[int, Standing]]
    opens: bool


class Plan(NamedTuple):
    """All of a file, by session."""

    sessions: tuple[SessionMarks, ...]
    contradictions: tuple[Contradiction, ...]
    rejected: tuple[RejectedMark, ...]
    written: tuple[Written, ...]


class _Group(NamedTuple):
    """What the file says of one person at one session."""

    member: Member
    lines: list[MarkLine]


def plan(connection: Connection, lines: Sequence[MarkLine], terms: Terms, now: Millis, make: Make) -> Plan:
    """What the lines do. make: gives a draft its id and recorded time.

    Raises CheckInError `no_session` where a line is of today's session and there is none.
    """
    program = the_program(connection)
    day = today(program, now)
    if any(line.key is None for line in lines):
        session = session_of_day(connection, day, now)
        if session is None:
            raise CheckInError("no_session", day=day)
        lines = [line._replace(key=session.key) if line.key is None else line for line in lines]
    there = {session.key: session for session in load_sessions(connection)}
    planning = _Planning(Whom(people.load_members(connection), lines), terms, now, program.terms.zone, make)
    by_key: dict[SessionKey, list[MarkLine]] = {}
    for line in lines:
        assert line.key is not None
        by_key.setdefault(line.key, []).append(line)
    for key in sorted(by_key):
        if key in there:
            planning.take(there[key], by_key[key], store.events_of_many(connection, there[key].id, None), day=day)
        else:
            planning.refuse_whole(mark_imports.NO_SESSION, key, by_key[key])
    return planning.plan()


class _Planning:
    """One file, a session at a time."""

    def __init__(self, whom: Whom, terms: Terms, now: Millis, zone: str, make: Make) -> None:
        self._whom, self._terms, self._now, self._zone, self._make = whom, terms, now, zone, make
        self._sessions: list[SessionMarks] = []
        self._contradictions: list[Contradiction] = []
        self._rejected: dict[tuple[int, str, str], RejectedMark] = {}
        self._strangers: dict[int, tuple[int, Member, list[str]]] = {}
        self._written: list[Written] = []

    def take(self, session: Session, lines: Sequence[MarkLine], known: dict[int, list[Event]], *, day: Any) -> None:
        """The marks of one session."""
        groups = self._groups(session, lines, known)
        counts = dict.fromkeys(Settled, 0)
        closed = self._why_closed(session, day)
        blocked: list[MarkLine] = []
        written = Written(session, [], [], False)
        standings = _Cached(session)
        opens = False
        for group in groups:
            before = known.get(group.member.id, [])
            ahead = all(line.said.status is Status.EXCUSED for line in group.lines)
            if closed == mark_imports.TO_COME and not ahead:
                blocked += group.lines
                continue
            try:
                settled, new = self._settled(session, group, before)
            except CheckInError as error:
                self._reject(group.lines[0], error.code, **error.values)
                continue
            if new and closed and closed != mark_imports.TO_COME:
                blocked += group.lines
                continue
            counts[settled] += 1
            opens = opens or (bool(new) and not ahead)
            if settled in (Settled.CONTRADICTING, Settled.OVERWRITTEN):
                self._contradict(session, group, fold(before, session.terms), written=bool(new))
            if new:
                written.events.extend(new)
                written.standings.append((group.member.id, standings.of(before, new)))
        if blocked and closed:
            self.refuse_whole(closed, session.key, blocked)
        opens = opens and session.state is SessionState.PLANNED
        self._written.append(written._replace(opens=opens))
        changed = counts[Settled.CHANGED] + counts[Settled.OVERWRITTEN]
        unchanged, contradicting = counts[Settled.UNCHANGED], counts[Settled.CONTRADICTING]
        self._sessions.append(SessionMarks(session.key, counts[Settled.NEW], changed, unchanged, contradicting, opens))

    def refuse_whole(self, code: str, key: SessionKey, lines: Sequence[MarkLine]) -> None:
        """Nothing of this session is written: said once for each column, and once for all rows."""
        by_column: dict[str, list[MarkLine]] = {}
        for line in lines:
            by_column.setdefault(line.column, []).append(line)
        for every in by_column.values():
            self._reject(every[0], code, key=key, count=len(every))

    def plan(self) -> Plan:
        """All of it."""
        for row, member, keys in self._strangers.values():
            values = {"name": member.name, "keys": keys}
            self._rejected[row, "", mark_imports.NOT_EXPECTED] = RejectedMark(
                row, "", mark_imports.NOT_EXPECTED, values
            )
        rejected = sorted(self._rejected.values(), key=lambda one: one.row)
        return Plan(
            tuple(self._sessions),
            tuple(sorted(self._contradictions, key=lambda one: (one.row, one.key))),
            tuple(rejected),
            tuple(self._written),
        )

    def _groups(self, session: Session, lines: Iterable[MarkLine], known: dict[int, list[Event]]) -> Iterable[_Group]:
        """By person, in the order of the file: those who may be marked here."""
        groups: dict[int, _Group] = {}
        for line in lines:
            member = self._whom.find(line)
            if isinstance(member, Nobody):
                self._reject(line, member.code, once=True, **member.values)
            elif not (self._terms.guests or member.id in known or _is_expected(member, session)):
                self._strangers.setdefault(member.id, (line.row, member, []))[2].append(str(session.key))
            elif member.id not in groups:
                groups[member.id] = _Group(member, [line])
            elif line.step:
                groups[member.id].lines.append(line)
            else:
                first = groups[member.id].lines[0].row
                self._reject(line, mark_imports.TWICE, once=True, name=member.name, key=session.key, first_row=first)
        return groups.values()

    def _why_closed(self, session: Session, day: Any) -> str:
        """Why nothing can be written there; '' where it can."""
        if session.state is SessionState.CANCELLED:
            return mark_imports.CANCELLED
        if session.state is SessionState.CLOSED and not self._terms.because:
            return mark_imports.CLOSED
        return mark_imports.TO_COME if session.state is SessionState.PLANNED and session.key.day > day else ""

    def _settled(self, session: Session, group: _Group, before: Sequence[Event]) -> tuple[Settled, list[Event]]:
        member, said = group.member, group.lines[0].said
        guest = not _is_expected(member, session)
        remarks = dict.fromkeys(line.said.remark for line in group.lines if line.said.remark)
        because = "; ".join(filter(None, (self._terms.because, *remarks)))

        def make(draft: Draft) -> Event:
            return self._make(session.id, member.id, draft, guest, because)

        if not before and len(group.lines) == 1 and said.status is not None and said.at is None and said.left is None:
            # As nearly all of a register are: there is nothing to weigh.
            return Settled.NEW, [make(Draft(EventKind.MARKED, status=said.status, reason=said.reason))]
        wanted = [self._wanted(session, line) for line in group.lines]
        return settle(before, session.terms, wanted, make, overwrite=self._terms.overwrite)

    def _wanted(self, session: Session, line: MarkLine) -> Wanted:
        """Raises CheckInError for a time of another day, or one that is still to come."""
        said = line.said
        at, left = self._instant(session, said.at), self._instant(session, said.left)
        told = said.at or said.left
        step = _SECOND if told is not None and told.seconds else MINUTE
        return Wanted(said.status, said.reason, at, left, said.came, step, line.step)

    def _instant(self, session: Session, when: When | None) -> Millis | None:
        if when is None:
            return None
        if when.day not in (None, session.key.day):
            raise CheckInError(mark_imports.OTHER_DAY, day=when.day, key=session.key)
        at = instant(session.key.day, when.clock, self._zone)
        if at > self._now:
            raise CheckInError(mark_imports.TIME_TO_COME, key=session.key)
        return at

    def _contradict(self, session: Session, group: _Group, here: Standing, *, written: bool) -> None:
        if here.status is None:
            return
        line = group.lines[-1]
        member = group.member
        self._contradictions.append(
            Contradiction(line.row, session.key, member.code, member.name, line.said, here, written)
        )

    def _reject(self, line: MarkLine, code: str, /, *, once: bool = False, **values: Any) -> None:
        """once: one word for the whole row is enough."""
        column = "" if once else line.column or str(line.key)
        told = "" if once else line.column
        self._rejected.setdefault((line.row, column, code), RejectedMark(line.row, told, code, values))


class _Cached:
    """Standings of those of whom one decision is all that is known: the same for all of them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._found: dict[tuple[Status | None, Any], Standing] = {}

    def of(self, before: Sequence[Event], new: Sequence[Event]) -> Standing:
        """What all of these come to."""
        if before or len(new) > 1 or new[0].kind is not EventKind.MARKED:
            return fold([*before, *new], self._session.terms)
        key = (new[0].status, new[0].reason)
        if key not in self._found:
            self._found[key] = fold(new, self._session.terms)
        return self._found[key]


def _is_expected(member: Member, session: Session) -> bool:
    place = None if member.guest else member.membership_on(session.key.day)
    return place is not None and is_invited(session, place)
