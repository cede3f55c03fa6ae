"""Attendance events, and the standing derived from them in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from checkin_tui.domain.attendance.events import Action, Event
from checkin_tui.domain.attendance.fold import Standing
from checkin_tui.domain.clock import HybridTime
from checkin_tui.store.schema import attendance, attendance_events

_e = attendance_events.c
_COLUMNS = (
    _e.uid,
    _e.session_id,
    _e.member_id,
    _e.kind,
    _e.recorded,
    _e.counter,
    _e.station,
    _e.batch,
    _e.action,
    _e.happened,
    _e.status,
    _e.reason,
    _e.target,
    _e.replaces,
    _e.guest,
    _e.operator,
    _e.station_name,
    _e.source,
    _e.because,
)
_EVENTS = select(*_COLUMNS)
_OF_MEMBER = _EVENTS.where(_e.member_id == bindparam("member"), _e.session_id == bindparam("session"))
_OF_BATCH = _EVENTS.where(_e.batch == bindparam("batch"))
_ELSEWHERE = (
    select(_e.id)
    .where(_e.recorded >= bindparam("wall"), _e.session_id != bindparam("session"))
    .where((_e.recorded > bindparam("wall")) | (_e.counter > bindparam("counter")))
    .limit(1)
)
_INSERT = insert(attendance_events)
_STANDING = upsert(attendance)
_UPSERT = _STANDING.on_conflict_do_update(
    index_elements=["session_id", "member_id"],
    set_={
        column.name: getattr(_STANDING.excluded, column.name)
        for column in attendance.c
        if column.name not in ("session_id", "member_id")
    },
)
CHUNK = 500
"""How many ids one IN list takes."""


def events_of(connection: Connection, session_id: int, member_id: int) -> list[Event]:
    """All events of one member at one session."""
    rows = connection.execute(_OF_MEMBER, {"member": member_id, "session": session_id}).all()
    return [_event(row) for row in rows]


def events_of_many(connection: Connection, session_id: int, members: Sequence[int] | None) -> dict[int, list[Event]]:
    """All events of these members (None: of everybody) at one session."""
    found: dict[int, list[Event]] = {}
    if members is None:
        for row in connection.execute(_EVENTS.where(_e.session_id == session_id)).all():
            found.setdefault(row.member_id, []).append(_event(row))
        return found
    for start in range(0, len(members), CHUNK):
        part = members[start : start + CHUNK]
        query = _EVENTS.where(_e.member_id.in_(part), _e.session_id == session_id)
        for row in connection.execute(query).all():
            found.setdefault(row.member_id, []).append(_event(row))
    return found


def events_of_member(connection: Connection, member_id: int) -> list[Event]:
    """All events of one member at all sessions."""
    return [_event(row) for row in connection.execute(_EVENTS.where(_e.member_id == member_id)).all()]


def events_of_batch(connection: Connection, batch: UUID) -> list[Event]:
    """The events of one step, in recorded order."""
    rows = connection.execute(_OF_BATCH, {"batch": batch}).all()
    return sorted((_event(row) for row in rows), key=lambda event: (event.recorded, event.uid))


def find_event(connection: Connection, uid: UUID) -> Event | None:
    """The event with that id."""
    row = connection.execute(_EVENTS.where(_e.uid == uid)).first()
    return None if row is None else _event(row)


def insert_events(connection: Connection, events: Sequence[Event]) -> None:
    """Append events. There is no other way to write one, and none to change one."""
    if len(events) == 1:
        connection.execute(_INSERT, _values(events[0]))
    elif events:
        connection.execute(_INSERT, [_values(event) for event in events])


def write_standings(connection: Connection, session_id: int, standings: Iterable[tuple[int, Standing]]) -> None:
    """Write what the events of these members now add up to."""
    rows = [
        {
            "session_id": session_id,
            "member_id": member_id,
            "status": standing.status,
            "reason": standing.reason,
            "arrived": standing.arrived,
            "left": standing.left,
            "minutes_late": standing.minutes_late,
            "minutes_inside": standing.minutes_inside,
            "inside": standing.inside,
            "left_early": standing.left_early,
        }
        for member_id, standing in standings
    ]
    if len(rows) == 1:
        connection.execute(_UPSERT, rows[0])
    elif rows:
        connection.execute(_UPSERT, rows)


def members_since(connection: Connection, session_id: int, since: HybridTime) -> list[int]:
    """Who got events at this session recorded after `since`."""
    query = (
        select(_e.member_id)
        .where(_e.session_id == session_id, _e.recorded >= since.wall)
        .where((_e.recorded > since.wall) | (_e.counter > since.counter))
        .distinct()
    )
    return list(connection.execute(query).scalars())


def any_elsewhere(connection: Connection, session_id: int | None, since: HybridTime) -> bool:
    """Whether anybody got events at another session (None: at any) recorded after `since`."""
    given = {"wall": since.wall, "counter": since.counter, "session": session_id or 0}
    return connection.execute(_ELSEWHERE, given).first() is not None


class Step(NamedTuple):
    """One batch of a station, as the search for the next undo walks over them."""

    batch: UUID
    action: Action
    session_id: int
    recorded: HybridTime


ORDER = 1 << 20
"""More than any counter: wall and counter as one number that still fits 64 bits."""


def steps_of_station(
    connection: Connection, station: UUID, session_id: int | None, limit: int, offset: int
) -> list[Step]:
    """The station's steps, newest first."""
    newest = func.max(_e.recorded * ORDER + _e.counter)
    query = (
        select(_e.batch, func.max(_e.action), func.max(_e.session_id), newest)
        .where(_e.station == station)
        .group_by(_e.batch)
        .order_by(newest.desc())
        .limit(limit)
        .offset(offset)
    )
    if session_id is not None:
        query = query.where(_e.session_id == session_id)
    return [
        Step(batch, Action(action), session, HybridTime(when // ORDER, when % ORDER, station))
        for batch, action, session, when in connection.execute(query).all()
    ]


def still_active(connection: Connection, events: Sequence[Event]) -> bool:
    """Whether any of these events still stands: no withdrawal that itself stands names it."""
    return any(_stands(connection, event.uid) for event in events)


def _stands(connection: Connection, uid: UUID) -> bool:
    named_by = connection.execute(select(_e.uid).where(_e.target == uid)).scalars().all()
    return not any(_stands(connection, withdrawal) for withdrawal in named_by)


def _event(row: Any) -> Event:
    return Event(
        row[0],
        row[1],
        row[2],
        row[3],
        HybridTime(row[4], row[5], row[6]),
        row[7],
        row[8],
        row[9],
        row[10],
        row[11],
        row[12],
        row[13],
        row[14],
        row[15],
        row[16],
        row[17],
        row[18],
    )


def _values(event: Event) -> dict[str, Any]:
    return {
        "uid": event.uid,
        "session_id": event.session_id,
        "member_id": event.member_id,
        "kind": event.kind,
        "recorded": event.recorded.wall,
        "counter": event.recorded.counter,
        "station": event.recorded.station,
        "batch": event.batch,
        "action": event.action,
        "happened": event.happened,
        "status": event.status,
        "reason": event.reason,
        "target": event.target,
        "replaces": event.replaces,
        "guest": event.guest,
        "operator": event.operator,
        "station_name": event.station,
        "source": event.source,
        "because": event.because,
    }
