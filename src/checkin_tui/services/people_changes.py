"""People in the log of changes: as plain values before and after, and put back from them. New branches too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from checkin_tui.domain.people import Branch, Member, Membership
from checkin_tui.domain.search import branch_key, person_key
from checkin_tui.domain.text import fold_text
from checkin_tui.services.context import Context
from checkin_tui.store import changelog, people
from checkin_tui.store.changelog import LoggedChange
from checkin_tui.store.schema import Entity
from checkin_tui.store.unit_of_work import UnitOfWork

_PLAIN = ("code", "name", "title", "rank", "phone", "pinyin", "guest")


def member_state(member: Member) -> dict[str, Any]:
    """A member as JSON keeps it."""
    state: dict[str, Any] = {name: getattr(member, name) for name in _PLAIN}
    state["memberships"] = [
        [place.branch, place.leader, place.first.isoformat(), None if place.until is None else place.until.isoformat()]
        for place in member.memberships
    ]
    return state


def branch_state(branch: Branch) -> dict[str, Any]:
    """A branch as JSON keeps it."""
    return {"name": branch.name, "contact": branch.contact, "phone": branch.phone}


def member_columns(ctx: Context, member: Member) -> dict[str, Any]:
    """A member's row, with the keys made for sorting and searching."""
    readings = ctx.readings(member.pinyin or member.name)
    values: dict[str, Any] = {name: getattr(member, name) for name in _PLAIN}
    values["sort"] = readings.full[0] if readings.full else fold_text(member.name)
    values["search"] = person_key(member.code, member.name, member.phone, readings)
    return values


class Branches:
    """Branch ids by name inside one unit of work; an unknown name becomes a branch, logged with the batch."""

    def __init__(self, ctx: Context, work: UnitOfWork, batch: UUID, kind: str) -> None:
        self._ctx, self._work, self._batch, self._kind = ctx, work, batch, kind
        self._ids = {branch.name: branch.id for branch in people.load_branches(work.connection)}

    def id_of(self, name: str) -> int | None:
        """The branch of that name, made where there is none; None for no name."""
        if not name:
            return None
        if name not in self._ids:
            self.make([name])
        return self._ids[name]

    def make(self, names: Iterable[str]) -> None:
        """Make those that are missing, at once."""
        missing = sorted({name for name in names if name and name not in self._ids})
        if not missing:
            return
        new = [(self._ctx.new_uid(), name, branch_key(name, self._ctx.readings(name))) for name in missing]
        people.insert_branches(self._work.connection, new)
        after = {"contact": "", "phone": ""}
        logged = [
            logged_change(
                self._ctx, self._work, self._batch, self._kind, Entity.BRANCH, uid, None, {"name": name, **after}
            )
            for uid, name, _ in new
        ]
        changelog.append(self._work.connection, logged)
        self._ids = {branch.name: branch.id for branch in people.load_branches(self._work.connection)}


def logged_change(
    ctx: Context,
    work: UnitOfWork,
    batch: UUID,
    kind: str,
    entity: Entity,
    entity_uid: UUID,
    before: changelog.State,
    after: changelog.State,
    *,
    undoes: UUID | None = None,
) -> LoggedChange:
    """One line of the log, recorded now by this station."""
    return LoggedChange(
        uid=ctx.new_uid(),
        batch=batch,
        kind=kind,
        entity=entity,
        entity_uid=entity_uid,
        before=before,
        after=after,
        recorded=work.recorded(),
        undoes=undoes,
        operator=ctx.operator,
        station=ctx.station_name,
    )


def log_members(
    ctx: Context,
    work: UnitOfWork,
    batch: UUID,
    kind: str,
    pairs: Sequence[tuple[Member | None, Member | None]],
    undoes: UUID | None = None,
) -> None:
    """Log members before and after."""
    logged = []
    for before, after in pairs:
        one = after or before
        assert one is not None
        old = None if before is None else member_state(before)
        new = None if after is None else member_state(after)
        logged.append(logged_change(ctx, work, batch, kind, Entity.MEMBER, one.uid, old, new, undoes=undoes))
    changelog.append(work.connection, logged)


def member_from(state: dict[str, Any], member_id: int, uid: UUID, branches: Branches) -> Member:
    """The member a logged state describes."""
    places = tuple(
        Membership(
            branches.id_of(branch),
            branch,
            leader,
            date.fromisoformat(first),
            None if until is None else date.fromisoformat(until),
        )
        for branch, leader, first, until in state["memberships"]
    )
    return Member(id=member_id, uid=uid, memberships=places, **{name: state[name] for name in _PLAIN})


def write_member(ctx: Context, work: UnitOfWork, member: Member) -> None:
    """Write everything of a member who is there already."""
    people.update_member(work.connection, member.id, member_columns(ctx, member))
    people.replace_memberships(work.connection, member.id, member.memberships)
