"""Who is expected at a session, and what each of them has done there: one statement for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from sys import intern
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, exists, or_, select

from checkin_tui.domain.attendance.fold import Standing
from checkin_tui.domain.notes import note_state
from checkin_tui.domain.roster import UNMARKED_MARK, Mark, Person
from checkin_tui.domain.sessions import AudienceKind, Session
from checkin_tui.store.events import CHUNK
from checkin_tui.store.schema import attendance, branches, members, memberships, notes, session_branches, sessions

_m, _p, _a, _n = members.c, memberships.c, attendance.c, notes.c


def holds_on(day: ColumnElement[Any]) -> ColumnElement[bool]:
    """The membership holds on that date."""
    return and_(_p.first <= day, or_(_p.until.is_(None), day < _p.until))


def invited() -> ColumnElement[bool]:
    """The membership is within the audience of the session (both are in the FROM list)."""
    chosen = exists().where(
        session_branches.c.session_id == sessions.c.id, session_branches.c.branch_id == _p.branch_id
    )
    return or_(
        sessions.c.audience == AudienceKind.ALL,
        and_(sessions.c.audience == AudienceKind.LEADERS, _p.leader == True),  # noqa: E712 -- a column, not a bool
        and_(sessions.c.audience == AudienceKind.BRANCHES, chosen),
    )


def everybody() -> Select[Any]:
    """One row for every member: whether they are expected at session `:session`, their standing and their note."""
    expected = and_(_p.id.is_not(None), _m.guest == False, invited())  # noqa: E712 -- a column, not a bool
    return (
        select(
            _m.id,
            _m.code,
            _m.name,
            branches.c.name,
            _m.title,
            _p.leader,
            expected,
            _m.phone,
            _m.search,
            branches.c.search,
            _a.status,
            _a.reason,
            _a.arrived,
            _a.minutes_late,
            _a.left,
            _a.inside,
            _n.chars,
            _n.paper,
            _a.member_id,
            _m.guest,
        )
        .select_from(sessions)
        .join(members, members.c.id > 0)
        .outerjoin(memberships, and_(_p.member_id == _m.id, holds_on(sessions.c.day)))
        .outerjoin(branches, branches.c.id == _p.branch_id)
        .outerjoin(attendance, and_(_a.session_id == sessions.c.id, _a.member_id == _m.id))
        .outerjoin(notes, and_(_n.session_id == sessions.c.id, _n.member_id == _m.id))
        .where(sessions.c.id == bindparam("session"))
    )


_IN_ORDER = everybody().order_by(branches.c.name.is_(None), branches.c.name, _m.sort, _m.code)
_WITHOUT_SESSION = (
    select(_m.id, _m.code, _m.name, _m.title, _m.phone, _m.search, branches.c.name, branches.c.search, _p.leader)
    .add_columns(_m.guest)
    .select_from(members)
    .outerjoin(memberships, and_(_p.member_id == _m.id, holds_on(bindparam("day"))))
    .outerjoin(branches, branches.c.id == _p.branch_id)
    .order_by(branches.c.name.is_(None), branches.c.name, _m.sort, _m.code)
)
_ONE = everybody().where(_m.id == bindparam("member"))
_SOME = everybody().where(_m.id.in_(bindparam("members", expanding=True)))


class Roster:
    """people: the expected in order, then the guests of the day. others: everybody else who is known."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self.others: list[Person] = []
        self.marks: dict[int, Mark] = {}


def load_roster(connection: Connection, session: Session) -> Roster:
    """Everybody, in the order of the sheet: by branch, then name."""
    roster, guests = Roster(), []
    for row in connection.execute(_IN_ORDER, {"session": session.id}):
        person, mark = _person(row, session), _mark(row, session)
        if mark is not UNMARKED_MARK:
            roster.marks[person.member_id] = mark
        if person.expected:
            roster.people.append(person)
        elif mark.status is not None:
            guests.append(person)
        else:
            roster.others.append(person)
    roster.people += guests
    return roster


class Seat(NamedTuple):
    """One person at one session with what their mark is made of. touched: there are events about them."""

    person: Person
    mark: Mark
    chars: int
    paper: bool
    touched: bool


def load_some(connection: Connection, session: Session, member_ids: Sequence[int]) -> list[Seat]:
    """The same for a few; fewer where ids are unknown."""
    found = []
    for start in range(0, len(member_ids), CHUNK):
        part = {"session": session.id, "members": member_ids[start : start + CHUNK]}
        found += [_seat(row, session) for row in connection.execute(_SOME, part).all()]
    return found


def load_seat(connection: Connection, session: Session, member_id: int) -> Seat | None:
    """The same for one."""
    row = connection.execute(_ONE, {"session": session.id, "member": member_id}).first()
    return None if row is None else _seat(row, session)


def mark_of(standing: Standing, seat: Seat, session: Session) -> Mark:
    """The mark a standing gives, with the note as it was."""
    free = seat.person.lectures or not seat.person.expected  # who lectured, and guests, owe none
    note = note_state(seat.chars, seat.paper, session.minimum_note, standing.attended, free)
    return Mark(
        standing.status,
        standing.reason,
        standing.arrived,
        standing.minutes_late,
        standing.left,
        standing.inside,
        note,
        seat.chars,
        seat.paper,
    )


def load_known(connection: Connection, day: Any) -> list[Person]:
    """Everybody known, with their place on `day`, where there is no session to expect them at."""
    query = _WITHOUT_SESSION.params(day=day)
    return [
        Person(
            row[0],
            row[1],
            row[2],
            intern(row[6] or ""),
            intern(row[3]),
            bool(row[8]),
            False,
            row[4],
            row[5] + (row[7] or ""),
            guest=bool(row[9]),
        )
        for row in connection.execute(query).all()
    ]


def _seat(row: Any, session: Session) -> Seat:
    chars, paper, touched = row[16] or 0, bool(row[17]), row[18] is not None
    return Seat(_person(row, session), _mark(row, session), chars, paper, touched)


def _person(row: Any, session: Session) -> Person:
    member_id = row[0]
    return Person(
        member_id=member_id,
        code=row[1],
        name=row[2],
        branch=intern(row[3] or ""),
        title=intern(row[4]),
        leader=bool(row[5]),
        expected=bool(row[6]),
        phone=row[7],
        search=row[8] + (row[9] or ""),
        lectures=member_id == session.presenter_id,
        guest=bool(row[19]),
    )


def _mark(row: Any, session: Session) -> Mark:
    status, chars = row[10], row[16]
    if status is None and chars is None and row[14] is None:
        return UNMARKED_MARK
    attended = status is not None and status.attended
    free = row[0] == session.presenter_id or not row[6]  # who lectured, and guests, owe none
    chars, paper = chars or 0, bool(row[17])
    note = note_state(chars, paper, session.minimum_note, attended, free)
    return Mark(status, row[11], row[12], row[13], row[14], bool(row[15]), note, chars, paper)
