"""Setting people back to what they were before a step: one, or all of an import at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from uuid import UUID

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.people import Member
from checkin_tui.services.context import Context
from checkin_tui.services.people import insert_member
from checkin_tui.services.people_changes import (
    Branches,
    logged_change,
    member_columns,
    member_from,
    member_state,
)
from checkin_tui.store import changelog, people
from checkin_tui.store.changelog import LoggedChange
from checkin_tui.store.schema import Entity
from checkin_tui.store.unit_of_work import UnitOfWork

_PAGE = 5_000


def runs(logged: Sequence[LoggedChange]) -> list[list[LoggedChange]]:
    """The changes, newest first, in runs that are put back together: people beside people, others alone."""
    found: list[list[LoggedChange]] = []
    for entity, group in groupby(reversed(logged), key=lambda change: change.entity):
        changes = list(group)
        found += [changes] if entity is Entity.MEMBER and _apart(changes) else [[one] for one in changes]
    return found


def _apart(changes: Sequence[LoggedChange]) -> bool:
    """Whether each is about another person."""
    return len({one.entity_uid for one in changes}) == len(changes)


def put_people(
    ctx: Context, work: UnitOfWork, batch: UUID, changes: Sequence[LoggedChange], branches: Branches
) -> str | None:
    """Set people back and log it; as many statements for all of them as for one. Returns the last one's code.

    Raises CheckInError `undo_changed_since` where somebody is not as the change left them.
    """
    ids = people.ids_of(work.connection, [one.entity_uid for one in changes])
    there = {one.uid: one for one in people.load_members(work.connection, ids)}
    states: list[changelog.State] = []
    for change in changes:
        one = there.get(change.entity_uid)
        states.append(None if one is None else member_state(one))
        if states[-1] != change.after:
            raise CheckInError("undo_changed_since", **({} if one is None else {"name": one.name, "code": one.code}))
    people.delete_members(work.connection, [there[one.entity_uid].id for one in changes if one.before is None])
    back = [
        member_from(change.before, there[change.entity_uid].id, change.entity_uid, branches)
        for change in changes
        if change.before is not None and change.entity_uid in there
    ]
    people.update_members(work.connection, [{"member": one.id, **member_columns(ctx, one)} for one in back])
    people.replace_all_memberships(
        work.connection, [(one.id, one.memberships) for one in back if _moved(there[one.uid], one)]
    )
    last = there.get(changes[-1].entity_uid)
    code = None if last is None else last.code
    for change in changes:
        if change.before is not None and change.entity_uid not in there:
            code = insert_member(ctx, work, member_from(change.before, 0, change.entity_uid, branches)).code
    _log(ctx, work, batch, changes, states)
    return code


def _moved(one: Member, other: Member) -> bool:
    return one.memberships != other.memberships


def _log(
    ctx: Context,
    work: UnitOfWork,
    batch: UUID,
    changes: Sequence[LoggedChange],
    states: Sequence[changelog.State],
) -> None:
    lines = [
        logged_change(ctx, work, batch, "undo", one.entity, one.entity_uid, state, one.before, undoes=one.batch)
        for one, state in zip(changes, states, strict=True)
    ]
    for start in range(0, len(lines), _PAGE):
        changelog.append(work.connection, lines[start : start + _PAGE])
