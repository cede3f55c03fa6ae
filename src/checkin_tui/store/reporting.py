"""What the report asks for and no screen does: sums over a page of sessions, each a single statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import BindParameter, Connection, bindparam, case, func, select

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.clock import MINUTE, HybridTime
from checkin_tui.domain.reporting import Arrived, Why
from checkin_tui.domain.sessions import SessionState
from checkin_tui.store import changelog
from checkin_tui.store.events import CHUNK
from checkin_tui.store.figures import ATTENDED, expected_rows
from checkin_tui.store.schema import attendance, attendance_events, branches, members, sessions

_m, _a, _s, _e = members.c, attendance.c, sessions.c, attendance_events.c
_PAGE: BindParameter[Any] = bindparam("sessions", expanding=True)
_FAR: Final = 1 << 20
"""More minutes than anybody comes early: SQLite cuts a negative quotient towards zero, and what is divided here is not
negative with these added."""

_ABSENCES = (
    expected_rows(func.coalesce(branches.c.name, ""), _a.status, _a.reason, func.count())
    .where(_s.id.in_(_PAGE), _a.status.is_(None) | ~ATTENDED)
    .group_by(branches.c.name, _a.status, _a.reason)
)
_MINUTE = (_a.arrived - _s.starts + _FAR * MINUTE) // MINUTE - _FAR
_ARRIVALS = (
    expected_rows(_a.status == Status.LATE, _MINUTE, _a.arrived < _s.late_from, func.count())
    .where(_s.id.in_(_PAGE), ATTENDED)
    .group_by(_a.status, _MINUTE, _a.arrived < _s.late_from)
)
_PRESENCES = (
    expected_rows(
        _m.id,
        func.count(),
        func.count(case((ATTENDED, 1))),
        func.count(case((_a.status == Status.EXCUSED, 1))),
        func.count(case((_a.status == Status.ABSENT, 1))),
    )
    .where(_s.id.in_(_PAGE))
    .group_by(_m.id)
)
_ATTENDED = select(_a.session_id, _a.member_id).where(_a.session_id.in_(_PAGE), ATTENDED)
_GUESTS = _ATTENDED.except_(expected_rows(_s.id, _m.id).where(_s.id.in_(_PAGE)))
_EXPLAINED = (
    select(_e.session_id, _e.batch, _m.code, _m.name, _e.recorded, _e.counter, _e.station, _e.operator, _e.because)
    .join_from(attendance_events, members, _m.id == _e.member_id)
    .where(_e.because != "")
    .order_by(_e.id)
)


class Explained(NamedTuple):
    """An event somebody gave a reason for."""

    session_id: int
    batch: UUID
    code: str
    name: str
    recorded: HybridTime
    operator: str
    because: str


class StateChange(NamedTuple):
    """A session got another state. kind: of the change."""

    kind: str
    recorded: HybridTime
    operator: str
    because: str
    before: str
    after: str


def absences(connection: Connection, session_ids: Sequence[int]) -> list[tuple[str, Why, int]]:
    """(branch, how, how many) of the expected who were not there."""
    rows = connection.execute(_ABSENCES, {"sessions": session_ids}).all()
    return [(row[0], (row[1], row[2] if row[1] is Status.EXCUSED else None), row[3]) for row in rows]


def arrivals(connection: Connection, session_ids: Sequence[int]) -> list[Arrived]:
    """When the expected who attended came."""
    rows = connection.execute(_ARRIVALS, {"sessions": session_ids}).all()
    return [Arrived(bool(row[0]), row[1], bool(row[2]), row[3]) for row in rows]


def presences(connection: Connection, session_ids: Sequence[int]) -> dict[int, tuple[int, int, int, int]]:
    """How often each member was expected, attended, was on leave, and was absent, by id."""
    rows = connection.execute(_PRESENCES, {"sessions": session_ids}).all()
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in rows}


def guests(connection: Connection, session_ids: Sequence[int]) -> list[tuple[int, int]]:
    """(session, member) of who attended without being expected."""
    return [(row[0], row[1]) for row in connection.execute(_GUESTS, {"sessions": session_ids}).all()]


def explained(connection: Connection) -> list[Explained]:
    """Every event somebody gave a reason for, as they were written."""
    return [
        Explained(row[0], row[1], row[2], row[3], HybridTime(row[4], row[5], row[6]), row[7], row[8])
        for row in connection.execute(_EXPLAINED).all()
    ]


def state_changes(connection: Connection, session_uid: UUID) -> list[StateChange]:
    """How a session got its state, oldest first."""
    found = []
    for change in reversed(changelog.of_entity(connection, session_uid)):
        before, after = change.before or {}, change.after or {}
        if before.get("state") != after.get("state"):
            states = str(before.get("state", "")), str(after.get("state", ""))
            found.append(StateChange(change.kind, change.recorded, change.operator, change.because, *states))
    return found


def is_closed(state: str) -> bool:
    """Whether the log means a closed session."""
    return state == SessionState.CLOSED.value


def names_of(connection: Connection, member_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """(code, name) of these members, by id."""
    found: dict[int, tuple[str, str]] = {}
    for start in range(0, len(member_ids), CHUNK):
        part = member_ids[start : start + CHUNK]
        rows = connection.execute(select(_m.id, _m.code, _m.name).where(_m.id.in_(part))).all()
        found |= {row[0]: (row[1], row[2]) for row in rows}
    return found
