"""The sessions an import may not change, and those whose rosters it does: who is expected at a closed one stays so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import Connection

from checkin_tui.domain.people import Member
from checkin_tui.domain.sessions import AudienceKind, Session, SessionKey, SessionState
from checkin_tui.store import people
from checkin_tui.store.sessions import is_taken, load_sessions

_DAY = timedelta(days=1)


class Registers:
    """The sessions as they stand when a file comes in."""

    def __init__(self, connection: Connection) -> None:
        every = load_sessions(connection)
        self._held = frozenset(one.key.day for one in every if one.state is not SessionState.CANCELLED)
        self._closed = [one for one in every if one.state is SessionState.CLOSED]
        self._taken = [one for one in every if one.state is SessionState.OPEN and is_taken(connection, one.id)]
        self._to_come = [one.key.day for one in every if one.state in (SessionState.PLANNED, SessionState.OPEN)]
        self._branches = {one.id: one.name for one in people.load_branches(connection)}

    def on(self, day: date) -> bool:
        """Whether any session that was not cancelled is on that day."""
        return day in self._held

    def after_closed(self, day: date) -> date:
        """That day, or the first session after the newest closed one, where that is later."""
        newest = max((one.key.day for one in self._closed), default=None)
        if newest is None or newest < day:
            return day
        return min((one for one in self._to_come if one > newest), default=newest + _DAY)

    def closed_to(self, before: Member | None, after: Member) -> SessionKey | None:
        """The first closed session at which the change would have somebody expected who was not, or not any more."""
        return next(iter(self._changed(self._closed, before, after)), None)

    def taken_by(self, pairs: Iterable[tuple[Member | None, Member]]) -> tuple[SessionKey, ...]:
        """The open sessions with marks at which these changes let others be expected than now, by key."""
        if not self._taken:
            return ()
        return tuple(sorted({key for before, after in pairs for key in self._changed(self._taken, before, after)}))

    def _changed(self, sessions: Iterable[Session], before: Member | None, after: Member) -> list[SessionKey]:
        if before is not None and before.memberships == after.memberships and before.guest == after.guest:
            return []
        return [one.key for one in sessions if self._expected(one, before) != self._expected(one, after)]

    def _expected(self, session: Session, member: Member | None) -> bool:
        """As `store.rosters` asks the database."""
        place = None if member is None or member.guest else member.membership_on(session.key.day)
        if place is None:
            return False
        if session.audience.kind is AudienceKind.LEADERS:
            return place.leader
        if session.audience.kind is AudienceKind.BRANCHES:
            return place.branch in {self._branches.get(one) for one in session.audience.branch_ids}
        return True
