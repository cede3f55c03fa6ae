"""Importing a roster: what each line would do, and doing it in one transaction that one undo takes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from checkin_tui.domain.changes import PeopleChanged
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import FileKind, Gone
from checkin_tui.domain.people import Member, Membership
from checkin_tui.domain.reads import PreviewImport
from checkin_tui.domain.requests import ImportMembers
from checkin_tui.domain.views import ImportPreview
from checkin_tui.services.context import Context
from checkin_tui.services.importing.columns import remember
from checkin_tui.services.importing.gone import whoever_is_gone
from checkin_tui.services.importing.lines import Planned, doubt, renamed, shown
from checkin_tui.services.importing.plan import Plan, plan
from checkin_tui.services.people_changes import Branches, log_members, member_columns
from checkin_tui.store import changelog, people
from checkin_tui.store.schema import Entity
from checkin_tui.store.unit_of_work import UnitOfWork

_PAGE = 5_000
_PLAIN = ("code", "name", "title", "rank", "phone", "pinyin", "guest")


def preview_import(ctx: Context, request: PreviewImport) -> ImportPreview:
    """What importing would do, line by line. Nothing is written. Raises CheckInError as `plan` and
    `whoever_is_gone` do.
    """
    with ctx.reading() as connection:
        planned = plan(connection, request.lines, request.answers, ctx.clock())
        gone, ending = whoever_is_gone(planned, request.end, request.unread, request.unread_sheets)
        ending = [] if request.end is None else ending
    return ImportPreview(
        tuple(map(shown, planned.lines)),
        joined=planned.joined,
        gone=gone,
        ended=len(ending),
        **{**planned.counts(), **_beside(planned, ending)},
    )


def import_members(ctx: Context, request: ImportMembers) -> PeopleChanged:
    """Write the lines. Rejected and doubtful ones do not stop the rest.

    Raises CheckInError `import_nothing` with nothing usable at all, `backup_failed` without a backup, and as `plan` and
    `whoever_is_gone` do.
    """
    ctx.back_up("import")
    with ctx.writing() as work:
        logged = changelog.of_batch(work.connection, request.uid)
        before = _as_before(work.connection, logged) if logged else None
        planned = plan(work.connection, request.lines, request.answers, work.now, before, _branches_made(logged))
        gone, ending = whoever_is_gone(planned, request.end, request.unread, request.unread_sheets)
        ending = [] if request.end is None else ending
        done = _told(request, planned, gone, ending)
        if logged:
            return done
        if planned.lines and not (done.new or done.changed or done.unchanged):
            values = {"rejected": done.rejected, "sheets": done.sheets, "doubtful": done.doubtful}
            raise CheckInError("import_nothing", **values)
        if done.new or done.changed or done.ended:
            _write(ctx, work, request.uid, planned, ending)
            done = done._replace(recorded=work.recorded())
        if request.headers:
            remember(work.connection, FileKind.MEMBERS, request.headers, request.mapping, request.forget)
        work.commit()
    return done


def _told(request: ImportMembers, planned: Plan, gone: Gone, ending: Sequence[tuple[Member, Member]]) -> PeopleChanged:
    counts = planned.counts()
    rejected = [one for one in planned.lines if one.result == "rejected"] if counts["rejected"] else []
    doubtful = [one for one in planned.lines if one.result == "doubtful"] if counts["doubtful"] else []
    return PeopleChanged(
        uid=request.uid,
        new=counts["new"],
        changed=counts["changed"],
        unchanged=counts["unchanged"],
        rejected=tuple((one.line.row, one.reason, one.values or {}) for one in rejected),
        sheets=tuple(one.line.sheet for one in rejected),
        doubtful=tuple(map(doubt, doubtful)),
        gone=gone,
        ended=len(ending),
        **_beside(planned, ending),
    )


def _beside(planned: Plan, ending: Sequence[tuple[Member, Member]]) -> dict[str, Any]:
    """What else an import changes than it counts: names, branches, rosters of open sessions."""
    pairs = [(one.before, one.after) for one in planned.lines if one.after is not None]
    return {
        "renamed": tuple(one for line in planned.lines if (one := renamed(line)) is not None),
        "new_branches": planned.branches,
        "rosters": planned.registers.taken_by((*pairs, *ending)),
    }


def _branches_made(logged: Sequence[changelog.LoggedChange]) -> set[str]:
    made = (one.after for one in logged if one.entity is Entity.BRANCH and one.before is None)
    return {str(after["name"]) for after in made if after is not None}


def _as_before(connection: Connection, logged: Sequence[changelog.LoggedChange]) -> list[Member]:
    """Everybody as they were before these changes: what the lines came to then is what they come to with them."""
    then = {change.entity_uid: change.before for change in logged if change.entity is Entity.MEMBER}
    members = []
    for member in people.load_members(connection):
        state = then.get(member.uid)
        if state is not None:
            members.append(_restored(member, state))
        elif member.uid not in then:
            members.append(member)
    return members


def _restored(member: Member, state: dict[str, Any]) -> Member:
    places = tuple(
        Membership(None, branch, leader, date.fromisoformat(first), until and date.fromisoformat(until))
        for branch, leader, first, until in state["memberships"]
    )
    return replace(member, memberships=places, **{name: state[name] for name in _PLAIN})


def _write(ctx: Context, work: UnitOfWork, batch: UUID, planned: Plan, ending: Sequence[tuple[Member, Member]]) -> None:
    branches = Branches(ctx, work, batch, "import")
    written = [one for one in planned.lines if one.result in ("new", "changed")]
    branches.make(place.branch for one in written if one.after for place in one.after.memberships)
    recoded = {id(one) for one in planned.recoded}
    changed = [one for one in written if one.before is not None and id(one) not in recoded]
    pairs = [(one.before, _placed(one, branches)) for one in (*changed, *planned.recoded)]
    _update(ctx, work, [*pairs, *ending])
    new = [replace(one.after, uid=ctx.new_uid()) for one in written if one.before is None and one.after is not None]
    _insert(ctx, work, new, branches)
    logged: list[tuple[Member | None, Member | None]] = [*pairs, *ending, *((None, one) for one in new)]
    for start in range(0, len(logged), _PAGE):
        log_members(ctx, work, batch, "import", logged[start : start + _PAGE])


def _update(ctx: Context, work: UnitOfWork, pairs: Sequence[tuple[Member | None, Member]]) -> None:
    """Write those who were there already, in this order."""
    rows = [{"member": after.id, **member_columns(ctx, after)} for _before, after in pairs]
    people.update_members(work.connection, rows)
    moved = [
        (after.id, after.memberships)
        for before, after in pairs
        if before is None or before.memberships != after.memberships
    ]
    people.replace_all_memberships(work.connection, moved)


def _placed(one: Planned, branches: Branches) -> Member:
    assert one.after is not None
    places = tuple(replace(place, branch_id=branches.id_of(place.branch)) for place in one.after.memberships)
    return replace(one.after, memberships=places)


def _insert(ctx: Context, work: UnitOfWork, new: Sequence[Member], branches: Branches) -> None:
    ids = people.insert_members(work.connection, [{"uid": one.uid, **member_columns(ctx, one)} for one in new])
    rows = [
        {
            "member_id": ids[one.uid],
            "branch_id": branches.id_of(place.branch),
            "leader": place.leader,
            "first": place.first,
            "until": place.until,
        }
        for one in new
        for place in one.memberships
    ]
    people.insert_memberships(work.connection, rows)
