"""The figures of sessions, branches and the campaign, and who owes notes: each a single statement."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, case, func, or_, select

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.roster import Counts
from checkin_tui.store.rosters import holds_on, invited
from checkin_tui.store.schema import attendance, branches, members, memberships, notes, sessions
from checkin_tui.store.sessions import TAKEN

_m, _p, _a, _n, _s = members.c, memberships.c, attendance.c, notes.c, sessions.c


def _is(status: Status) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((_a.status == status, 1), else_=0)), 0)


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


_ATTENDED = _a.status.in_([Status.PRESENT, Status.LATE])
_REQUIRED = and_(_ATTENDED, or_(_s.presenter_id.is_(None), _s.presenter_id != _m.id))
_ENOUGH = and_(_n.chars.is_not(None), or_(_n.paper == True, and_(_n.chars > 0, _n.chars >= _s.minimum_note)))  # noqa: E712
_SOME = and_(_n.chars > 0, ~_ENOUGH)


def expected_rows(*columns: Any) -> Select[Any]:
    """One row for everyone expected at each session, with standing and note."""
    return (
        select(*columns)
        .select_from(sessions)
        .join(memberships, holds_on(_s.day))
        .join(members, and_(_m.id == _p.member_id, _m.guest == False))  # noqa: E712 -- a column, not a bool
        .outerjoin(branches, branches.c.id == _p.branch_id)
        .outerjoin(attendance, and_(_a.session_id == _s.id, _a.member_id == _m.id))
        .outerjoin(notes, and_(_n.session_id == _s.id, _n.member_id == _m.id))
        .where(invited())
    )


_COUNTS = (
    func.count(),
    _is(Status.PRESENT),
    _is(Status.LATE),
    _is(Status.EXCUSED),
    _is(Status.ABSENT),
    _sum(_REQUIRED),
    _sum(and_(_REQUIRED, _ENOUGH)),
    _sum(and_(_REQUIRED, _SOME)),
)
SESSION = expected_rows(*_COUNTS).where(_s.id == bindparam("session"))
GUESTS = (
    select(func.count())
    .select_from(attendance)
    .join(sessions, _s.id == _a.session_id)
    .join(members, _m.id == _a.member_id)
    .outerjoin(memberships, and_(_p.member_id == _m.id, holds_on(_s.day)))
    .where(_a.session_id == bindparam("session"), _ATTENDED)
    .where(or_(_m.guest == True, _p.id.is_(None), ~invited()))  # noqa: E712 -- a column, not a bool
)
BRANCHES = (
    expected_rows(
        func.coalesce(branches.c.name, "").label("branch"),
        func.count(),
        _sum(_ATTENDED),
        _is(Status.EXCUSED),
        _sum(and_(_REQUIRED, ~func.coalesce(_ENOUGH, False))),
    )
    .where(_s.id == bindparam("session"))
    .group_by(branches.c.name)
    .order_by(branches.c.name)
)
CAMPAIGN = (
    expected_rows(_s.id, _s.leave_counts, func.count(), _sum(_ATTENDED), _is(Status.EXCUSED))
    .where(*TAKEN)
    .group_by(_s.id)
    .order_by(_s.day, _s.ordinal)
)
MISSING = (
    expected_rows(_m.code, _m.name, branches.c.name, _m.phone, _a.status, _n.chars)
    .where(_s.id == bindparam("session"), _REQUIRED, ~func.coalesce(_ENOUGH, False))
    .order_by(branches.c.name.is_(None), branches.c.name, _m.sort, _m.code)
)
WITHOUT_PRESENCE = (
    select(_m.code, _m.name)
    .select_from(notes)
    .join(members, _m.id == _n.member_id)
    .outerjoin(attendance, and_(_a.session_id == _n.session_id, _a.member_id == _n.member_id))
    .where(_n.session_id == bindparam("session"), or_(_n.chars > 0, _n.paper == True))  # noqa: E712
    .where(or_(_a.status.is_(None), ~_ATTENDED))
    .order_by(_m.sort, _m.code)
)


class SessionFigures(NamedTuple):
    """The counts of one session, and of those who have to hand in notes: required, complete, too short."""

    counts: Counts
    required: int
    complete: int
    too_short: int


class BranchFigures(NamedTuple):
    """One branch at one session. notes_missing: who still owes one, too short included."""

    name: str
    expected: int
    attended: int
    excused: int
    notes_missing: int


class Held(NamedTuple):
    """One session taken, as the campaign's rate sees it. expected: without leave where leave does not count."""

    session_id: int
    attended: int
    expected: int


class Owing(NamedTuple):
    """One person who owes a note. chars 0: nothing is there."""

    code: str
    name: str
    branch: str
    phone: str
    status: Status
    chars: int


def session_figures(connection: Connection, session_id: int) -> SessionFigures:
    """Everybody's counts at one session."""
    given = {"session": session_id}
    expected, present, late, excused, absent, required, complete, short = connection.execute(SESSION, given).one()
    guests = int(connection.execute(GUESTS, given).scalar_one())
    unmarked = expected - present - late - excused - absent
    counts = Counts(expected, present, late, excused, absent, unmarked, guests)
    return SessionFigures(counts, required, complete, short)


def branch_figures(connection: Connection, session_id: int) -> list[BranchFigures]:
    """Every branch with anybody expected, by name."""
    return [BranchFigures(*row) for row in connection.execute(BRANCHES, {"session": session_id}).all()]


def campaign_figures(connection: Connection) -> list[Held]:
    """The sessions taken so far, in order."""
    return [
        Held(session_id, attended, expected if leave_counts else expected - excused)
        for session_id, leave_counts, expected, attended, excused in connection.execute(CAMPAIGN).all()
    ]


def missing_notes(connection: Connection, session_id: int) -> list[Owing]:
    """Who owes a note for one session, by branch and name."""
    rows = connection.execute(MISSING, {"session": session_id}).all()
    return [
        Owing(code, name, branch or "", phone, status, chars or 0) for code, name, branch, phone, status, chars in rows
    ]


def notes_without_presence(connection: Connection, session_id: int) -> list[tuple[str, str]]:
    """(code, name) of those who have a note but did not attend."""
    return [(row[0], row[1]) for row in connection.execute(WITHOUT_PRESENCE, {"session": session_id}).all()]
