"""Importing a roster: what each line would do, and doing it in one transaction that one undo takes back."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from checkin_tui.domain.changes import PeopleChanged
from checkin_tui.domain.erasing import is_erased
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import RosterLine
from checkin_tui.domain.people import Member, Membership, new_codes
from checkin_tui.domain.reads import PreviewImport
from checkin_tui.domain.requests import ImportMembers
from checkin_tui.domain.views import ImportLine, ImportPreview
from checkin_tui.services.context import Context, the_program, today
from checkin_tui.services.people import dated, first_day_for, moved
from checkin_tui.services.people_changes import Branches, log_members, member_columns, write_member
from checkin_tui.store import changelog, people
from checkin_tui.store.schema import Entity
from checkin_tui.store.unit_of_work import UnitOfWork

_NOBODY = UUID(int=0)
_DAY = timedelta(days=1)
_FIELDS = ("code", "name", "branch", "title", "rank", "leader", "joined", "left", "phone")


class _Planned(NamedTuple):
    """One line with what it does. reason: why it is rejected, '' otherwise."""

    line: RosterLine
    before: Member | None
    after: Member | None
    reason: str = ""
    values: dict[str, object] | None = None


def preview_import(ctx: Context, request: PreviewImport) -> ImportPreview:
    """What importing would do, line by line. Nothing is written."""
    with ctx.reading() as connection:
        planned, joined = _plan(connection, request.lines, ctx.clock())
    shown = tuple(_shown(one) for one in planned)
    counts = _counted(planned)
    return ImportPreview(shown, counts["new"], counts["changed"], counts["unchanged"], counts["rejected"], joined)


def import_members(ctx: Context, request: ImportMembers) -> PeopleChanged:
    """Write the lines. Rejected ones do not stop the rest.

    Raises CheckInError `import_nothing` with nothing usable at all, `backup_failed` without a backup.
    """
    ctx.back_up("import")
    with ctx.writing() as work:
        planned, _ = _plan(work.connection, request.lines, work.now)
        counts = _counted(planned)
        rejected = tuple((one.line.row, one.reason, one.values or {}) for one in planned if one.reason)
        recorded = None
        logged = changelog.of_batch(work.connection, request.uid)
        if logged:
            counts = _counted_before(planned, logged)
        elif planned and counts["rejected"] == len(planned):
            raise CheckInError("import_nothing", rejected=rejected)
        elif counts["new"] + counts["changed"]:
            _write(ctx, work, request.uid, planned)
            recorded = work.recorded()
            work.commit()
    return PeopleChanged(
        uid=request.uid,
        recorded=recorded,
        new=counts["new"],
        changed=counts["changed"],
        unchanged=counts["unchanged"],
        rejected=rejected,
    )


def _write(ctx: Context, work: UnitOfWork, batch: UUID, planned: Sequence[_Planned]) -> None:
    branches = Branches(ctx, work, batch, "import")
    branches.make(place.branch for one in planned if one.after for place in one.after.memberships)
    new: list[Member] = []
    pairs: list[tuple[Member | None, Member | None]] = []
    for one in planned:
        if one.after is None or one.after == one.before:
            continue
        places = tuple(replace(place, branch_id=branches.id_of(place.branch)) for place in one.after.memberships)
        after = replace(one.after, memberships=places)
        if one.before is None:
            after = replace(after, uid=ctx.new_uid())
            new.append(after)
        else:
            write_member(ctx, work, after)
        pairs.append((one.before, after))
    ids = people.insert_members(work.connection, [{"uid": one.uid, **member_columns(ctx, one)} for one in new])
    people.insert_memberships(
        work.connection,
        [
            {
                "member_id": ids[one.uid],
                "branch_id": place.branch_id,
                "leader": place.leader,
                "first": place.first,
                "until": place.until,
            }
            for one in new
            for place in one.memberships
        ],
    )
    log_members(ctx, work, batch, "import", pairs)


def _plan(connection: Connection, lines: Sequence[RosterLine], now: int) -> tuple[list[_Planned], date]:
    joined = first_day_for(connection, today(the_program(connection), now))
    known = _Known([one for one in people.load_members(connection) if not is_erased(one.code)], lines)
    blank = sum(1 for line in lines if not line.code)
    taken = {*people.all_codes(connection), *(line.code for line in lines if line.code)}
    fresh = iter(new_codes(taken, blank) if blank else [])
    planned = []
    for line in lines:
        if is_erased(line.code):
            planned.append(_Planned(line, None, None, "code_reserved", {"code": line.code}))
            continue
        before = known.person(line)
        if known.twice(line, before):
            planned.append(_Planned(line, None, None, "same_person_twice", {"name": line.name}))
            continue
        try:
            after = _changed(before, line, joined) if before else _new(line, line.code or next(fresh), joined)
        except CheckInError as error:
            planned.append(_Planned(line, before, None, error.code, dict(error.values)))
            continue
        planned.append(_Planned(line, before, after))
    return planned, joined


class _Known:
    """Whom a line of the file is about, among those who are there and those the file itself names."""

    def __init__(self, members: Sequence[Member], lines: Sequence[RosterLine]) -> None:
        self.by_code = {member.code: member for member in members}
        self._alike: dict[tuple[str, str], list[Member]] = {}
        self._by_place: dict[tuple[str, str | None], list[Member]] = {}
        for member in members:
            self._alike.setdefault((_plain_code(member.code), member.name), []).append(member)
            branch = member.memberships[-1].branch if member.memberships else ""
            self._by_place.setdefault((member.name, branch), []).append(member)
            self._by_place.setdefault((member.name, None), []).append(member)
        self._seen: set[int] = set()
        self._places = {(line.name, line.branch or "") for line in lines if line.code}

    def person(self, line: RosterLine) -> Member | None:
        """The member meant: by code, also where a spreadsheet took its zeros away, else by name and branch."""
        if line.code:
            alike = self._alike.get((_plain_code(line.code), line.name), [])
            return self.by_code.get(line.code) or (alike[0] if len(alike) == 1 else None)
        same = self._by_place.get((line.name, line.branch), [])
        return same[0] if len(same) == 1 else None

    def twice(self, line: RosterLine, before: Member | None) -> bool:
        """Whether somebody else in the file, or more than one person already there, could be meant by this line."""
        if before is not None and before.id in self._seen:
            return True
        if before is not None:
            self._seen.add(before.id)
        if line.code:
            return False
        place = (line.name, line.branch or "")
        several = before is None and len(self._by_place.get((line.name, line.branch), [])) > 1
        if several or place in self._places:
            return True
        self._places.add(place)
        return False


def _plain_code(code: str) -> str:
    """The code without what a spreadsheet or an input method changes: width, case, leading zeros."""
    plain = unicodedata.normalize("NFKC", code).casefold()
    return plain.lstrip("0") if plain.isdecimal() else plain


def _new(line: RosterLine, code: str, joined: date) -> Member:
    first = line.joined or joined
    if line.left is not None and line.left < first:
        raise CheckInError("date_order", first=first, last=line.left)
    until = None if line.left is None else line.left + _DAY
    place = Membership(None, line.branch or "", bool(line.leader), first, until)
    return Member(
        0, _NOBODY, code, line.name, line.title or "", line.rank or "", line.phone or "", memberships=(place,)
    )


def _changed(before: Member, line: RosterLine, since: date) -> Member:
    """The member as the line has them; what the file has no column for stays. Another branch is a transfer from the
    first session not yet taken, so that the past keeps its own.
    """
    texts: dict[str, Any] = {
        field: value for field in ("title", "rank", "phone") if (value := getattr(line, field)) is not None
    }
    places = list(before.memberships)
    if before.guest or not places:  # a guest becomes a member from now on: what was is not counted anew
        branch = places[-1].branch if places and line.branch is None else line.branch or ""
        places = [Membership(None, branch, bool(line.leader), line.joined or since)]
    else:
        places = dated(moved(places, line.branch, None, line.leader, since), line.joined, None, False)
    places = dated(places, None, line.left, False)
    known = {place.branch: place.branch_id for place in before.memberships}
    placed = tuple(replace(place, branch_id=known.get(place.branch, place.branch_id)) for place in places)
    return replace(before, name=line.name, guest=False, memberships=placed, **texts)


def _counted(planned: Sequence[_Planned]) -> dict[str, int]:
    counts = {"new": 0, "changed": 0, "unchanged": 0, "rejected": 0}
    for one in planned:
        counts[_result(one)] += 1
    return counts


def _counted_before(planned: Sequence[_Planned], logged: Sequence[changelog.LoggedChange]) -> dict[str, int]:
    """What these lines came to when they were written: those they changed then are there as they would be now."""
    written = {change.entity_uid: change.before is None for change in logged if change.entity is Entity.MEMBER}
    new = sum(written.values())
    known = (one.before for one in planned if one.after is not None and one.before is not None)
    unchanged = sum(member.uid not in written for member in known)
    return {"new": new, "changed": len(written) - new, "unchanged": unchanged}


def _result(one: _Planned) -> str:
    if one.after is None:
        return "rejected"
    if one.before is None:
        return "new"
    return "unchanged" if one.after == one.before else "changed"


def _shown(one: _Planned) -> ImportLine:
    line, result = one.line, _result(one)
    member = one.after or one.before
    branch = member.memberships[-1].branch if member is not None and member.memberships else line.branch or ""
    changes: tuple[tuple[str, str, str], ...] = ()
    if one.before is not None and one.after is not None:
        old, new = _flat(one.before), _flat(one.after)
        changes = tuple((field, old[field], new[field]) for field in _FIELDS if old[field] != new[field])
    code = member.code if member is not None else line.code
    return ImportLine(line.row, result, code, line.name, branch, changes, one.reason, one.values)


def _flat(member: Member) -> dict[str, str]:
    last = member.memberships[-1] if member.memberships else None
    values: dict[str, Any] = {
        "code": member.code,
        "name": member.name,
        "branch": last.branch if last else "",
        "title": member.title,
        "rank": member.rank,
        "leader": "yes" if last and last.leader else "no",
        "joined": member.joined_on or "",
        "left": member.left_on or "",
        "phone": member.phone,
    }
    return {field: str(value) for field, value in values.items()}
