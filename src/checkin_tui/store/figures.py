"""The figures of sessions and branches: a single statement each, over one session or a page of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Connection, Select, and_, bindparam, func, or_, select

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.board import Group
from checkin_tui.domain.campaign import NoteCounts
from checkin_tui.domain.roster import Counts
from checkin_tui.domain.sessions import SessionState
from checkin_tui.store.rosters import holds_on, invited
from checkin_tui.store.schema import attendance, branches, members, memberships, notes, sessions

_m, _p, _a, _n, _s = members.c, memberships.c, attendance.c, notes.c, sessions.c


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows are like that: a third faster than a sum of CASEs."""
    return func.count().filter(condition)


def _is(status: Status) -> ColumnElement[int]:
    return _how_many(_a.status == status)


ATTENDED = _a.status.in_([Status.PRESENT, Status.LATE])
_REQUIRED = and_(ATTENDED, or_(_s.presenter_id.is_(None), _s.presenter_id != _m.id))
_ENOUGH = and_(_n.chars.is_not(None), or_(_n.paper == True, and_(_n.chars > 0, _n.chars >= _s.minimum_note)))  # noqa: E712
_SOME = and_(_n.chars > 0, ~_ENOUGH)
OWED = and_(_REQUIRED, ~func.coalesce(_ENOUGH, False))
"""Of `expected_rows`: those who owe a note, nothing at all being there or too little."""


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
    _how_many(_REQUIRED),
    _how_many(and_(_REQUIRED, _ENOUGH)),
    _how_many(and_(_REQUIRED, _SOME)),
)
PAGE = 25
"""How many sessions one read takes: at 2,000 people some 70 ms, the longest a commit then waits for it."""
_PAGE: BindParameter[Any] = bindparam("sessions", expanding=True)
SESSIONS = expected_rows(_s.id, *_COUNTS).where(_s.id.in_(_PAGE)).group_by(_s.id)
MARKED = (
    select(_a.session_id, func.count(), _how_many(ATTENDED))
    .where(_a.session_id.in_(_PAGE), _a.status.is_not(None))
    .group_by(_a.session_id)
)
_GROUP = (func.count(), _how_many(ATTENDED), _is(Status.EXCUSED), _how_many(_a.status.is_(None)), _how_many(OWED))
BRANCHES = (
    expected_rows(func.coalesce(branches.c.name, ""), *_GROUP)
    .where(_s.id == bindparam("session"))
    .group_by(branches.c.name)
    .order_by(branches.c.name.is_(None), branches.c.name)
)
LEADERS = expected_rows(*_GROUP).where(_s.id == bindparam("session"), _p.leader == True)  # noqa: E712
OWED_BY = (
    expected_rows(_m.id, func.count())
    .where(_s.id.in_(_PAGE), _s.state.in_([SessionState.OPEN, SessionState.CLOSED]), OWED)
    .group_by(_m.id)
)


class SessionFigures(NamedTuple):
    """The counts of one session and of its notes. marked: whether anybody is, expected or not."""

    counts: Counts = Counts()
    notes: NoteCounts = NoteCounts()
    marked: bool = False


def figures_of(connection: Connection, session_ids: Sequence[int]) -> dict[int, SessionFigures]:
    """Everybody's counts at each of these sessions."""
    page = {"sessions": session_ids}
    found = {row[0]: row[1:] for row in connection.execute(SESSIONS, page).all()}
    marked = {row[0]: (row[1], row[2]) for row in connection.execute(MARKED, page).all()}
    nobody, nothing = (0,) * len(_COUNTS), (0, 0)
    return {one: _figures(found.get(one, nobody), *marked.get(one, nothing)) for one in session_ids}


def session_figures(connection: Connection, session_id: int) -> SessionFigures:
    """The same for one."""
    return figures_of(connection, [session_id])[session_id]


def branch_figures(connection: Connection, session_id: int) -> tuple[Group, ...]:
    """Every branch with anybody expected, by name; those without a branch last."""
    return tuple(Group(*row) for row in connection.execute(BRANCHES, {"session": session_id}).all())


def leader_figures(connection: Connection, session_id: int) -> Group:
    """The leaders among the expected."""
    return Group("", *connection.execute(LEADERS, {"session": session_id}).one())


def owed_by(connection: Connection, session_ids: Sequence[int]) -> dict[int, int]:
    """How many notes each member owes from these sessions; nothing of those who owe none."""
    return {row[0]: row[1] for row in connection.execute(OWED_BY, {"sessions": session_ids}).all()}


def _figures(row: Sequence[int], marked: int, attended: int) -> SessionFigures:
    """marked, attended: of everybody, so that whoever attended without being expected is a guest of the day."""
    expected, present, late, excused, absent, required, complete, short = row
    unmarked = expected - present - late - excused - absent
    counts = Counts(expected, present, late, excused, absent, unmarked, attended - present - late)
    return SessionFigures(counts, NoteCounts(required, complete, short), marked > 0)
