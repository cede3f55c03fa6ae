"""Who owes which notes, and who has one without having been there: each a single statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, bindparam, or_, select

from checkin_tui.domain.attendance.events import Status
from checkin_tui.store.events import CHUNK
from checkin_tui.store.figures import ATTENDED, OWED, expected_rows
from checkin_tui.store.rosters import holds_on
from checkin_tui.store.schema import attendance, branches, members, memberships, notes, sessions
from checkin_tui.store.sessions import TAKEN

_m, _p, _a, _n, _s = members.c, memberships.c, attendance.c, notes.c, sessions.c

MISSING = (
    expected_rows(_s.id, _m.id, _a.status, _n.chars, _s.minimum_note)
    .where(_s.id.in_(bindparam("sessions", expanding=True)), OWED)
    .order_by(_s.day, _s.ordinal)
)
MISSING_OF_ONE = expected_rows(
    *(_s.id, _m.id, _a.status, _n.chars, _s.minimum_note),
    *(_m.id, _m.code, _m.name, _m.phone, _m.sort, _p.branch_id),
).where(_s.id == bindparam("session"), OWED)
WITHOUT_PRESENCE = (
    select(_m.code, _m.name, branches.c.name)
    .select_from(notes)
    .join(sessions, _s.id == _n.session_id)
    .join(members, _m.id == _n.member_id)
    .outerjoin(memberships, (_p.member_id == _m.id) & holds_on(_s.day))
    .outerjoin(branches, branches.c.id == _p.branch_id)
    .outerjoin(attendance, (_a.session_id == _n.session_id) & (_a.member_id == _n.member_id))
    .where(_n.session_id == bindparam("session"), or_(_n.chars > 0, _n.paper == True))  # noqa: E712
    .where(or_(_a.status.is_(None), ~ATTENDED))
    .order_by(_m.sort, _m.code)
)
_TAKEN = select(_s.id).where(*TAKEN).order_by(_s.day, _s.ordinal)
_asked: BindParameter[Any] = bindparam("members", expanding=True)
_NAMES = select(_m.id, _m.code, _m.name, _m.phone, _m.sort).where(_m.id.in_(_asked))
_PLACES = select(_p.member_id, _p.branch_id, _p.first).where(_p.member_id.in_(_asked)).order_by(_p.first)


class Owing(NamedTuple):
    """One note somebody owes. chars 0: nothing is there. minimum: of the session."""

    session_id: int
    member_id: int
    status: Status
    chars: int
    minimum: int


class Named(NamedTuple):
    """Who somebody is. sort: the key names are put in order by. branch_id: where they belong on the day asked about;
    somebody who left stands where they were last, somebody still to come where they will be first.
    """

    member_id: int
    code: str
    name: str
    phone: str
    sort: str
    branch_id: int | None


def taken_sessions(connection: Connection) -> list[int]:
    """The sessions somebody was marked at, by key."""
    return list(connection.execute(_TAKEN).scalars())


def owed_notes(connection: Connection, session_ids: Sequence[int]) -> list[Owing]:
    """Who owes a note for one of these sessions, in the order of the sessions."""
    rows = connection.execute(MISSING, {"sessions": list(session_ids)}).all()
    return [Owing(row[0], row[1], row[2], row[3] or 0, row[4]) for row in rows]


def owed_of_one(connection: Connection, session_id: int) -> tuple[list[Owing], dict[int, Named]]:
    """Who owes a note for one session, and where they belonged on its date: without asking for the people again."""
    rows = connection.execute(MISSING_OF_ONE, {"session": session_id}).all()
    owing = [Owing(row[0], row[1], row[2], row[3] or 0, row[4]) for row in rows]
    return owing, {row[1]: Named(*row[5:]) for row in rows}


def notes_without_presence(connection: Connection, session_id: int) -> list[tuple[str, str, str]]:
    """(code, name, branch) of those who have a note but did not attend, by name."""
    rows = connection.execute(WITHOUT_PRESENCE, {"session": session_id}).all()
    return [(row[0], row[1], row[2] or "") for row in rows]


def named(connection: Connection, member_ids: Sequence[int], day: date) -> dict[int, Named]:
    """Who these people are, and where they belong on that day; without those who are no longer there."""
    found: dict[int, Named] = {}
    for start in range(0, len(member_ids), CHUNK):
        asked = {"members": member_ids[start : start + CHUNK]}
        places: dict[int, int | None] = {}
        for member_id, branch_id, first in connection.execute(_PLACES, asked).all():
            if first <= day or member_id not in places:
                places[member_id] = branch_id
        rows = connection.execute(_NAMES, asked).all()
        found |= {row[0]: Named(*row, places.get(row[0])) for row in rows}
    return found
