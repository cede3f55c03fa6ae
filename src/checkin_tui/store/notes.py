"""Note revisions, and the newest one of each person at each session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from checkin_tui.domain.attendance.events import Action
from checkin_tui.domain.clock import HybridTime
from checkin_tui.domain.notes import count_characters
from checkin_tui.store.events import CHUNK
from checkin_tui.store.schema import note_revisions, notes

_r = note_revisions.c
_ELSEWHERE = (
    select(_r.id)
    .where(_r.recorded >= bindparam("wall"), _r.session_id != bindparam("session"))
    .where((_r.recorded > bindparam("wall")) | (_r.counter > bindparam("counter")))
    .limit(1)
)
_INSERT = insert(note_revisions)
_UPSERT = upsert(notes)
_TEXTS = (
    select(notes.c.member_id, _r.text)
    .join(note_revisions, _r.id == notes.c.revision_id)
    .where(notes.c.session_id == bindparam("session"), notes.c.member_id.in_(bindparam("members", expanding=True)))
)
_NEWEST = _UPSERT.on_conflict_do_update(
    index_elements=["session_id", "member_id"],
    set_={name: getattr(_UPSERT.excluded, name) for name in ("revision_id", "chars", "paper")},
)


class Revision(NamedTuple):
    """One state of a note. id 0: not written yet. paper: the notebook was seen."""

    id: int
    uid: UUID
    session_id: int
    member_id: int
    text: str
    paper: bool
    batch: UUID
    action: Action
    recorded: HybridTime
    operator: str
    station: str


class Step(NamedTuple):
    """A revision by what made it, without its text: a note may be long and have many."""

    id: int
    uid: UUID
    session_id: int
    member_id: int
    batch: UUID
    action: Action
    recorded: HybridTime


_STEPS = select(_r.id, _r.uid, _r.session_id, _r.member_id, _r.batch, _r.action, _r.recorded, _r.counter, _r.station)


def newest_revision(connection: Connection, session_id: int, member_id: int) -> Revision | None:
    """The note as it stands."""
    query = (
        select(note_revisions)
        .join(notes, notes.c.revision_id == _r.id)
        .where(notes.c.session_id == session_id, notes.c.member_id == member_id)
    )
    row = connection.execute(query).first()
    return None if row is None else _revision(row)


def revisions_of(connection: Connection, session_id: int, member_id: int) -> list[Revision]:
    """Every state of a note, oldest first."""
    return revisions_of_many(connection, session_id, [member_id]).get(member_id, [])


def revisions_of_many(connection: Connection, session_id: int, member_ids: Sequence[int]) -> dict[int, list[Revision]]:
    """Every state of the notes of these people, oldest first."""
    found: dict[int, list[Revision]] = {}
    for start in range(0, len(member_ids), CHUNK):
        part = member_ids[start : start + CHUNK]
        query = select(note_revisions).where(_r.session_id == session_id, _r.member_id.in_(part))
        for row in connection.execute(query).all():
            found.setdefault(row.member_id, []).append(_revision(row))
    for revisions in found.values():
        revisions.sort(key=lambda revision: (revision.recorded, revision.uid))
    return found


def revisions_of_member(connection: Connection, member_id: int, session_id: int | None) -> dict[int, list[Revision]]:
    """Every state of this person's notes by session (None: at all), oldest first."""
    query = select(note_revisions).where(_r.member_id == member_id)
    if session_id is not None:
        query = query.where(_r.session_id == session_id)
    found: dict[int, list[Revision]] = {}
    for row in connection.execute(query).all():
        found.setdefault(row.session_id, []).append(_revision(row))
    for revisions in found.values():
        revisions.sort(key=lambda revision: (revision.recorded, revision.uid))
    return found


def revision_of_batch(connection: Connection, batch: UUID) -> Revision | None:
    """A revision the step wrote."""
    row = connection.execute(select(note_revisions).where(_r.batch == batch)).first()
    return None if row is None else _revision(row)


def find_revision(connection: Connection, uid: UUID) -> Revision | None:
    """The revision with that id."""
    row = connection.execute(select(note_revisions).where(_r.uid == uid)).first()
    return None if row is None else _revision(row)


def steps_of(connection: Connection, session_id: int, member_id: int) -> list[Step]:
    """What made every state of a note, oldest first."""
    query = _STEPS.where(_r.session_id == session_id, _r.member_id == member_id)
    found = [_step(row) for row in connection.execute(query).all()]
    return sorted(found, key=lambda step: (step.recorded, step.uid))


def steps_of_batch(connection: Connection, batch: UUID) -> list[Step]:
    """What one step wrote, in order."""
    found = [_step(row) for row in connection.execute(_STEPS.where(_r.batch == batch)).all()]
    return sorted(found, key=lambda step: (step.recorded, step.uid))


def steps_of_station(
    connection: Connection, station: UUID, session_id: int | None, limit: int, offset: int = 0
) -> list[Step]:
    """What the station wrote at one session (None: at all), newest first, a page of it."""
    query = _STEPS.where(_r.station == station)
    if session_id is not None:
        query = query.where(_r.session_id == session_id)
    query = query.order_by(_r.recorded.desc(), _r.counter.desc()).limit(limit).offset(offset)
    return [_step(row) for row in connection.execute(query).all()]


def texts_of(connection: Connection, session_id: int, member_ids: Sequence[int]) -> dict[int, str]:
    """The texts of these people's notes as they stand; without those who have none."""
    found: dict[int, str] = {}
    for start in range(0, len(member_ids), CHUNK):
        asked = {"session": session_id, "members": member_ids[start : start + CHUNK]}
        found |= {row[0]: row[1] for row in connection.execute(_TEXTS, asked).all()}
    return found


def any_at(connection: Connection, session_id: int) -> bool:
    """Whether anybody wrote a note for the session."""
    return connection.execute(select(_r.id).where(_r.session_id == session_id).limit(1)).first() is not None


def members_since(connection: Connection, session_id: int, since: HybridTime) -> list[int]:
    """Whose notes of the session were written after `since`."""
    query = (
        select(_r.member_id)
        .where(_r.recorded >= since.wall, _r.session_id == session_id)
        .where((_r.recorded > since.wall) | (_r.counter > since.counter))
        .distinct()
    )
    return list(connection.execute(query).scalars())


def any_elsewhere(connection: Connection, session_id: int | None, since: HybridTime) -> bool:
    """Whether anybody's note of another session (None: of any) was written after `since`."""
    given = {"wall": since.wall, "counter": since.counter, "session": session_id or 0}
    return connection.execute(_ELSEWHERE, given).first() is not None


def append_revision(connection: Connection, revision: Revision) -> None:
    """Write a new state and make it the newest."""
    written = connection.execute(_INSERT, _values(revision)).inserted_primary_key
    assert written is not None
    _point(connection, revision, written[0])


def append_revisions(connection: Connection, revisions: Sequence[Revision]) -> None:
    """Write new states, in the order of their time, and make each the newest of its person at its session."""
    if len(revisions) == 1:
        append_revision(connection, revisions[0])
        return
    for start in range(0, len(revisions), CHUNK):
        part = revisions[start : start + CHUNK]
        connection.execute(_INSERT, [_values(revision) for revision in part])
        query = select(_r.uid, _r.id).where(_r.uid.in_([revision.uid for revision in part]))
        ids = {row.uid: row.id for row in connection.execute(query).all()}
        connection.execute(_NEWEST, [_pointer(revision, ids[revision.uid]) for revision in part])


def extend_revision(connection: Connection, revision: Revision) -> None:
    """Write more of the same stay into its own revision (`id`), and make it the newest.

    Its uid is another one then: whoever has seen the earlier text can be told that there is more.
    """
    values = {"uid": revision.uid, "text": revision.text, "paper": revision.paper, **_when(revision)}
    connection.execute(update(note_revisions).where(_r.id == revision.id).values(**values))
    _point(connection, revision, revision.id)


def _point(connection: Connection, revision: Revision, row_id: int) -> None:
    connection.execute(_NEWEST, _pointer(revision, row_id))


def _pointer(revision: Revision, row_id: int) -> dict[str, Any]:
    return {
        "session_id": revision.session_id,
        "member_id": revision.member_id,
        "revision_id": row_id,
        "chars": count_characters(revision.text),
        "paper": revision.paper,
    }


def _when(revision: Revision) -> dict[str, Any]:
    return {"recorded": revision.recorded.wall, "counter": revision.recorded.counter}


def _values(revision: Revision) -> dict[str, Any]:
    return {
        "uid": revision.uid,
        "session_id": revision.session_id,
        "member_id": revision.member_id,
        "text": revision.text,
        "paper": revision.paper,
        "batch": revision.batch,
        "action": revision.action,
        "station": revision.recorded.station,
        "station_name": revision.station,
        "operator": revision.operator,
        **_when(revision),
    }


def _step(row: Any) -> Step:
    time = HybridTime(row.recorded, row.counter, row.station)
    return Step(row.id, row.uid, row.session_id, row.member_id, row.batch, row.action, time)


def _revision(row: Row[Any]) -> Revision:
    return Revision(
        row.id,
        row.uid,
        row.session_id,
        row.member_id,
        row.text,
        row.paper,
        row.batch,
        row.action,
        HybridTime(row.recorded, row.counter, row.station),
        row.operator,
        row.station_name,
    )
