"""Adding, editing and transferring people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Connection

from checkin_tui.domain.changes import PeopleChanged
from checkin_tui.domain.erasing import is_erased
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import CODE_LIMIT, NAME_LIMIT
from checkin_tui.domain.people import Member, Membership, new_codes
from checkin_tui.domain.requests import AddMember, EditMember
from checkin_tui.domain.text import clean
from checkin_tui.services.context import Context, the_program, today
from checkin_tui.services.people_changes import Branches, log_members, member_columns, write_member
from checkin_tui.store import changelog, people
from checkin_tui.store.sessions import taken_days
from checkin_tui.store.unit_of_work import UnitOfWork

_DAY = timedelta(days=1)


def first_day_for(connection: Connection, now_day: date) -> date:
    """What a blank *joined* becomes: the program's first day as long as no session was taken, afterwards the first
    session not yet taken (the day after the last taken one where none is planned).
    """
    program = the_program(connection)
    newest, following = taken_days(connection)
    if newest is None:
        return program.terms.first_day
    return following if following is not None else max(now_day, newest + _DAY)


def add_member(ctx: Context, request: AddMember) -> PeopleChanged:
    """Write a new person. Raises CheckInError `name_needed`, `name_too_long`, `code_too_long`, `code_taken`,
    `date_order`.
    """
    with ctx.writing() as work:
        done = _repeated(work, request.uid)
        if done is not None:
            return done
        program = the_program(work.connection)
        name, code = checked_name(request.name), checked_code(request.code)
        if not code:
            code = new_codes(people.all_codes(work.connection), 1)[0]
        elif (there := people.find_code(work.connection, code)) is not None:
            raise CheckInError("code_taken", code=code, name=there.name)
        branches = Branches(ctx, work, request.uid, "add")
        branch = clean(request.branch)
        first = request.joined or first_day_for(work.connection, today(program, work.now))
        until = None if request.left is None else request.left + _DAY
        if until is not None and until <= first:
            raise CheckInError("date_order", first=first, last=request.left)
        place = Membership(branches.id_of(branch), branch, request.leader, first, until)
        member = Member(
            id=0,
            uid=ctx.new_uid(),
            code=code,
            name=name,
            title=clean(request.title),
            rank=clean(request.rank),
            phone=clean(request.phone),
            guest=request.guest,
            memberships=(place,),
            pinyin=clean(request.pinyin),
        )
        member = insert_member(ctx, work, member)
        log_members(ctx, work, request.uid, "add", [(None, member)])
        recorded = work.recorded()
        work.commit()
    return PeopleChanged(uid=request.uid, recorded=recorded, member=member, new=1)


def edit_member(ctx: Context, request: EditMember) -> PeopleChanged:
    """Change a person. Raises CheckInError `member_unknown`, `member_erased` and what `add_member` raises."""
    with ctx.writing() as work:
        done = _repeated(work, request.uid)
        if done is not None:
            return done
        before = people.load_member(work.connection, request.member_id)
        if before is None:
            raise CheckInError("member_unknown", code="")
        if is_erased(before.code):
            raise CheckInError("member_erased", code=before.code)
        after = _edited(work, before, request, Branches(ctx, work, request.uid, "edit"))
        if after == before:
            return PeopleChanged(uid=request.uid, member=before, unchanged=1)
        write_member(ctx, work, after)
        log_members(ctx, work, request.uid, "edit", [(before, after)])
        recorded = work.recorded()
        work.commit()
    return PeopleChanged(uid=request.uid, recorded=recorded, member=after, changed=1)


def insert_member(ctx: Context, work: UnitOfWork, member: Member) -> Member:
    """Write a new member with their memberships; gives it back with its id."""
    row = {"uid": member.uid, **member_columns(ctx, member)}
    ids = people.insert_members(work.connection, [row])
    written = replace(member, id=ids[member.uid])
    people.replace_memberships(work.connection, written.id, written.memberships)
    return written


def _edited(work: UnitOfWork, before: Member, request: EditMember, branches: Branches) -> Member:
    values = {
        field: clean(value)
        for field in ("title", "rank", "phone", "pinyin")
        if (value := getattr(request, field)) is not None
    }
    after = replace(before, **values)  # type: ignore[arg-type]
    if request.name is not None:
        after = replace(after, name=checked_name(request.name))
    if request.code is not None and (code := checked_code(request.code)) != before.code:
        if not code:
            code = new_codes(people.all_codes(work.connection), 1)[0]
        there = people.find_code(work.connection, code)
        if there is not None:
            raise CheckInError("code_taken", code=code, name=there.name)
        after = replace(after, code=code)
    branch = None if request.branch is None else clean(request.branch)
    branch_id = None if branch is None else branches.id_of(branch)
    places = list(after.memberships)
    if not places:
        first = request.joined or first_day_for(work.connection, today(the_program(work.connection), work.now))
        places = [Membership(branch_id, branch or "", bool(request.leader), first)]
    places = moved(places, branch, branch_id, request.leader, request.since)
    places = dated(places, request.joined, request.left, request.left_open)
    return replace(after, memberships=tuple(places))


def moved(
    places: Sequence[Membership], branch: str | None, branch_id: int | None, leader: bool | None, since: date | None
) -> list[Membership]:
    """The memberships after a change of branch or leadership.

    From `since` on, until the next change that is already known; without it the last membership is corrected. Before
    the first membership begins there is nothing to cut: then that one is corrected. Raises CheckInError `date_order`
    for a date at which the person is no member.
    """
    result = list(places)
    if since is not None and since <= result[0].first:
        since, position = None, 0
    elif since is not None:
        found = [number for number, place in enumerate(result) if place.covers(since)]
        if not found:
            last = result[-1].until
            raise CheckInError("date_order", first=since, last=since if last is None else last - _DAY)
        position = found[0]
    else:
        position = len(result) - 1
    old = result[position]
    new = replace(old, leader=old.leader if leader is None else leader)
    if branch is not None and branch != old.branch:
        new = replace(new, branch=branch, branch_id=branch_id)
    if new == old:
        return result
    if since is None or since == old.first:
        result[position] = new
    else:
        result[position : position + 1] = [replace(old, until=since), replace(new, first=since)]
    return result


def dated(places: Sequence[Membership], joined: date | None, left: date | None, left_open: bool) -> list[Membership]:
    """The memberships with another first day, another last day (inclusive), or none. Raises `date_order`."""
    result = list(places)
    if joined is not None and joined != result[0].first:
        result = [place for place in result if place.until is None or place.until > joined]
        if not result:
            raise CheckInError("date_order", first=joined, last=places[-1].until and places[-1].until - _DAY)
        result[0] = replace(result[0], first=joined)
    if left_open:
        result[-1] = replace(result[-1], until=None)
    elif left is not None:
        result = [place for place in result if place.first <= left]
        if not result:
            raise CheckInError("date_order", first=places[0].first, last=left)
        result[-1] = replace(result[-1], until=left + _DAY)
    return result


def checked_name(text: str) -> str:
    """A name fit to be written."""
    name = clean(text)
    if not name:
        raise CheckInError("name_needed")
    if len(name) > NAME_LIMIT:
        raise CheckInError("name_too_long", limit=NAME_LIMIT, length=len(name))
    return name


def checked_code(text: str) -> str:
    """A code fit to be written; '' for none."""
    code = clean(text)
    if len(code) > CODE_LIMIT:
        raise CheckInError("code_too_long", limit=CODE_LIMIT, length=len(code))
    if is_erased(code):
        raise CheckInError("code_reserved", code=code)
    return code


def _repeated(work: UnitOfWork, uid: UUID) -> PeopleChanged | None:
    for change in changelog.of_batch(work.connection, uid):
        member = people.find_uid(work.connection, change.entity_uid)
        if member is not None:
            return PeopleChanged(uid=uid, member=member)
    return None
