"""Branches, members and their dated memberships."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, delete, false, func, insert, select, update

from checkin_tui.domain.people import Branch, Member, Membership
from checkin_tui.store.events import CHUNK
from checkin_tui.store.schema import (
    attendance_events,
    branches,
    members,
    memberships,
    note_revisions,
    refused_attempts,
    session_branches,
    sessions,
)

_m = members.c
_MEMBER = select(members)
_BRANCHES = select(*(branches.c[name] for name in ("id", "uid", "name", "contact", "phone"))).order_by(branches.c.name)
_PLACES = (
    select(memberships.c.member_id, memberships.c.branch_id, branches.c.name, memberships.c.leader)
    .add_columns(memberships.c.first, memberships.c.until)
    .select_from(memberships.outerjoin(branches, branches.c.id == memberships.c.branch_id))
    .order_by(memberships.c.member_id, memberships.c.first)
)
_BY_ID = _MEMBER.where(_m.id == bindparam("id"))
_BY_CODE = _MEMBER.where(_m.code == bindparam("code"))


def load_branches(connection: Connection) -> tuple[Branch, ...]:
    """All branches, by name."""
    return tuple(Branch(*row) for row in connection.execute(_BRANCHES).all())


def find_branch(connection: Connection, uid: UUID) -> Branch | None:
    """The branch with that uid."""
    row = connection.execute(select(branches).where(branches.c.uid == uid)).first()
    return None if row is None else Branch(row.id, row.uid, row.name, row.contact, row.phone)


def insert_branches(connection: Connection, new: Sequence[tuple[UUID, str, str]]) -> None:
    """Write branches, given as (uid, name, search key)."""
    if new:
        rows = [{"uid": uid, "name": name, "search": search} for uid, name, search in new]
        connection.execute(insert(branches), rows)


def set_branch(connection: Connection, uid: UUID, values: dict[str, Any]) -> None:
    """Write a branch's name, contact, phone, search."""
    connection.execute(update(branches).where(branches.c.uid == uid).values(**values))


def delete_branch_if_unused(connection: Connection, uid: UUID) -> None:
    """Take away a branch nobody was ever in (the undo of the import that made it)."""
    used = select(memberships.c.id).where(memberships.c.branch_id == branches.c.id).exists()
    invited = select(session_branches.c.session_id).where(session_branches.c.branch_id == branches.c.id).exists()
    connection.execute(delete(branches).where(branches.c.uid == uid, ~used, ~invited))


def load_member(connection: Connection, member_id: int) -> Member | None:
    """The member with that id."""
    return _only(connection, connection.execute(_BY_ID, {"id": member_id}).first())


def find_code(connection: Connection, code: str) -> Member | None:
    """The member with exactly that code."""
    return _only(connection, connection.execute(_BY_CODE, {"code": code}).first())


def find_uid(connection: Connection, uid: UUID) -> Member | None:
    """The member with that uid."""
    return _only(connection, connection.execute(_MEMBER.where(_m.uid == uid)).first())


def find_name(connection: Connection, name: str) -> list[Member]:
    """The members of exactly that name."""
    rows = connection.execute(_MEMBER.where(_m.name == name).order_by(_m.code)).all()
    return [_member(row, _places_of(connection, row.id)) for row in rows]


def find_alike(connection: Connection, name: str, key: str) -> list[Member]:
    """Who has exactly that name, and whose name may have that key (`presenters.name_key`): readings come along."""
    alike = func.instr(_m.search, f"\n{key}\n") > 0 if key else false()
    rows = connection.execute(_MEMBER.where((_m.name == name) | alike).order_by(_m.code)).all()
    return [_member(row, _places_of(connection, row.id)) for row in rows]


def load_members(connection: Connection, ids: Sequence[int] | None = None) -> list[Member]:
    """All members (or those), by code."""
    if ids is not None:
        found = [
            member
            for start in range(0, len(ids), CHUNK)
            for member in _load(connection, _m.id.in_(ids[start : start + CHUNK]), ids[start : start + CHUNK])
        ]
        return sorted(found, key=lambda member: member.code)
    return _load(connection, None, None)


def _load(connection: Connection, condition: Any, ids: Sequence[int] | None) -> list[Member]:
    places: dict[int, list[Membership]] = {}
    query = _PLACES if ids is None else _PLACES.where(memberships.c.member_id.in_(ids))
    for member_id, branch_id, branch, leader, first, until in connection.execute(query).all():
        places.setdefault(member_id, []).append(Membership(branch_id, branch or "", leader, first, until))
    people = _MEMBER.order_by(_m.code) if condition is None else _MEMBER.where(condition).order_by(_m.code)
    return [_member(row, tuple(places.get(row.id, ()))) for row in connection.execute(people).all()]


def all_codes(connection: Connection) -> set[str]:
    """Every code in use."""
    return set(connection.execute(select(_m.code)).scalars())


def insert_members(connection: Connection, rows: Sequence[dict[str, Any]]) -> dict[UUID, int]:
    """Write members (uid, code, name, title, rank, phone, pinyin, sort, search, guest). Returns the ids by uid."""
    if not rows:
        return {}
    connection.execute(insert(members), rows)
    if len(rows) == 1:
        found = connection.execute(select(_m.uid, _m.id).where(_m.uid == rows[0]["uid"])).all()
    else:
        found = connection.execute(select(_m.uid, _m.id)).all()
    return {row.uid: row.id for row in found}


def update_member(connection: Connection, member_id: int, values: dict[str, Any]) -> None:
    """Write some columns of a member."""
    if values:
        connection.execute(update(members).where(_m.id == member_id).values(**values))


def update_members(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Write the same columns of many members, in this order; `member` of each row is the id."""
    if rows:
        values: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "member"}
        connection.execute(update(members).where(_m.id == bindparam("member")).values(values), rows)


def insert_memberships(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Write memberships (member_id, branch_id, leader, first, until)."""
    if rows:
        connection.execute(insert(memberships), rows)


def replace_memberships(connection: Connection, member_id: int, places: Iterable[Membership]) -> None:
    """Write all memberships of one member anew."""
    replace_all_memberships(connection, [(member_id, places)])


def replace_all_memberships(connection: Connection, every: Sequence[tuple[int, Iterable[Membership]]]) -> None:
    """The same of many members at once."""
    if not every:
        return
    gone = delete(memberships).where(memberships.c.member_id == bindparam("member"))
    connection.execute(gone, [{"member": member_id} for member_id, _places in every])
    rows = [
        {
            "member_id": member_id,
            "branch_id": place.branch_id,
            "leader": place.leader,
            "first": place.first,
            "until": place.until,
        }
        for member_id, places in every
        for place in places
    ]
    insert_memberships(connection, rows)


def ids_of(connection: Connection, uids: Sequence[UUID]) -> list[int]:
    """The ids of these members, of those that are there."""
    found: list[int] = []
    for start in range(0, len(uids), CHUNK):
        found += connection.execute(select(_m.id).where(_m.uid.in_(uids[start : start + CHUNK]))).scalars()
    return found


def with_history(connection: Connection, ids: Sequence[int]) -> list[str]:
    """The names of those who have an attendance event or a note, or lecture somewhere."""
    names: list[str] = []
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        events = select(attendance_events.c.id).where(attendance_events.c.member_id == _m.id).exists()
        notes = select(note_revisions.c.id).where(note_revisions.c.member_id == _m.id).exists()
        lectures = select(sessions.c.id).where(sessions.c.presenter_id == _m.id).exists()
        query = select(_m.name).where(_m.id.in_(part), events | notes | lectures).order_by(_m.name)
        names += connection.execute(query).scalars()
    return names


def delete_members(connection: Connection, ids: Sequence[int]) -> None:
    """Take away people nobody knows anything of (the undo of the import that made them)."""
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        connection.execute(delete(memberships).where(memberships.c.member_id.in_(part)))
        # What was typed and refused stays; only whom it would have been about is gone.
        refused = update(refused_attempts).where(refused_attempts.c.member_id.in_(part))
        connection.execute(refused.values(member_id=None))
        connection.execute(delete(members).where(_m.id.in_(part)))


def _only(connection: Connection, row: Row[Any] | None) -> Member | None:
    return None if row is None else _member(row, _places_of(connection, row.id))


def _places_of(connection: Connection, member_id: int) -> tuple[Membership, ...]:
    rows = connection.execute(_PLACES.where(memberships.c.member_id == member_id)).all()
    return tuple(Membership(row[1], row[2] or "", row[3], row[4], row[5]) for row in rows)


def _member(row: Row[Any], places: tuple[Membership, ...]) -> Member:
    return Member(row.id, row.uid, row.code, row.name, row.title, row.rank, row.phone, row.guest, places, row.pinyin)
