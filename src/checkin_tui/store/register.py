"""The register in pages: people by their number in the file, standings and notes of one session beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Select, bindparam, func, select, type_coerce
from sqlalchemy.types import INTEGER, TEXT

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.people import Membership
from checkin_tui.domain.register import Known
from checkin_tui.store.events import CHUNK
from checkin_tui.store.failures import Unreadable
from checkin_tui.store.schema import attendance, attendance_events, branches, members, memberships, notes

PAGE: Final = 1000
"""How many people one page takes."""

_m, _p, _a, _n, _e = members.c, memberships.c, attendance.c, notes.c, attendance_events.c
_PEOPLE = (
    select(_m.id, _m.code, _m.name, _m.title, _m.guest, _m.sort)
    .where(_m.id > bindparam("after"))
    .order_by(_m.id)
    .limit(bindparam("page"))
)
_PLACES = (
    select(_p.member_id, _p.branch_id, branches.c.name, _p.leader, _p.first, _p.until)
    .select_from(memberships.outerjoin(branches, branches.c.id == _p.branch_id))
    .where(_p.member_id > bindparam("after"), _p.member_id <= bindparam("last"))
    .order_by(_p.member_id, _p.first)
)
# The words as they stand in the file: a decorator for each of a million cells would take longer than all the rest.
_STANDINGS = (
    select(_a.member_id, type_coerce(_a.status, TEXT), type_coerce(_a.reason, TEXT))
    .add_columns(_a.arrived, _a.left, _a.minutes_late, _a.minutes_inside)
    .where(_a.session_id == bindparam("session"))
    .where(_a.member_id > bindparam("after"), _a.member_id <= bindparam("last"))
)
_NOTES = (
    select(_n.member_id, _n.chars, type_coerce(_n.paper, INTEGER))
    .where(_n.session_id == bindparam("session"))
    .where(_n.member_id > bindparam("after"), _n.member_id <= bindparam("last"))
)
_MARKS = select(_a.member_id, _a.session_id, type_coerce(_a.status, TEXT)).where(
    _a.member_id.in_(bindparam("members", expanding=True)), _a.status.is_not(None)
)
_WITH_EVENTS = (
    select(_m.id, _m.code, _m.name)
    .where(_m.id > bindparam("after"))
    .where(select(_e.id).where(_e.member_id == _m.id, _e.session_id == bindparam("session")).exists())
    .order_by(_m.id)
    .limit(bindparam("page"))
)
_STATUSES: Final = {str(one.value): one for one in Status}


class Sheet(NamedTuple):
    """What is kept of one session about some people, by their ids, in the words of the file.

    standings: member id, status, reason, arrived, left, minutes late, minutes inside. notes: member id, characters, and
    the notebook (0, 1).
    """

    standings: dict[int, tuple[int, str | None, str | None, int | None, int | None, int | None, int | None]]
    notes: dict[int, tuple[int, int, int]]


def load_people(connection: Connection, after: int = 0, page: int = PAGE) -> list[Known]:
    """The next people behind that number, with their places; fewer than a page: there are no more."""
    rows = connection.execute(_PEOPLE, {"after": after, "page": page}).all()
    if not rows:
        return []
    places: dict[int, list[Membership]] = {}
    for member_id, branch_id, branch, leader, first, until in connection.execute(
        _PLACES, {"after": after, "last": rows[-1][0]}
    ).all():
        places.setdefault(member_id, []).append(Membership(branch_id, branch or "", leader, first, until))
    return [Known(*row, tuple(places.get(row[0], ()))) for row in rows]


def load_sheet(connection: Connection, session_id: int, after: int, last: int) -> Sheet:
    """The standings and notes of one session of the people behind `after` up to `last`."""
    asked = {"session": session_id, "after": after, "last": last}
    return Sheet(
        {row[0]: row for row in _plain(connection, _STANDINGS, asked)},
        {row[0]: row for row in _plain(connection, _NOTES, asked)},
    )


def _plain(connection: Connection, query: Select[Any], asked: dict[str, Any]) -> list[Any]:
    """The rows as the driver gives them: of a million of them, SQLAlchemy's own take a third of the time."""
    with connection.execute(query, asked) as result:
        assert result.cursor is not None
        return list(result.cursor.fetchall())


def load_marks(connection: Connection, member_ids: Sequence[int]) -> dict[int, list[tuple[int, Status]]]:
    """Where each of these people is marked, and how: (session id, status)."""
    found: dict[int, list[tuple[int, Status]]] = {}
    try:
        for start in range(0, len(member_ids), CHUNK):
            part = member_ids[start : start + CHUNK]
            for member_id, session_id, status in _plain(connection, _MARKS, {"members": part}):
                found.setdefault(member_id, []).append((session_id, _STATUSES[status]))
    except KeyError as error:
        raise Unreadable from error
    return found


def marked_at(connection: Connection, session_ids: Sequence[int]) -> set[int]:
    """Who is marked at any of these sessions."""
    found: set[int] = set()
    for start in range(0, len(session_ids), CHUNK):
        part = session_ids[start : start + CHUNK]
        query = select(_a.member_id).where(_a.session_id.in_(part), _a.status.is_not(None)).distinct()
        found.update(connection.execute(query).scalars())
    return found


def count_of(connection: Connection, session_ids: Sequence[int], *, events: bool) -> int:
    """How many events, or standings of somebody marked, there are at these sessions."""
    count = 0
    for start in range(0, len(session_ids), CHUNK):
        part = session_ids[start : start + CHUNK]
        of_events = select(func.count()).where(_e.session_id.in_(part))
        of_standings = select(func.count()).where(_a.session_id.in_(part), _a.status.is_not(None))
        count += int(connection.execute(of_events if events else of_standings).scalar_one())
    return count


def with_events(
    connection: Connection, session_id: int, after: int = 0, page: int = PAGE
) -> list[tuple[int, str, str]]:
    """The next people behind that number who have events at the session: id, code, name."""
    rows = connection.execute(_WITH_EVENTS, {"session": session_id, "after": after, "page": page}).all()
    return [(row[0], row[1], row[2]) for row in rows]
