"""The self-check: what is derived is derived again from the facts and held against what the file says."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, bindparam, delete, insert, select

from checkin_tui.domain.attendance.fold import Standing, fold
from checkin_tui.domain.notes import count_characters
from checkin_tui.store import generation
from checkin_tui.store.events import events_of_many
from checkin_tui.store.schema import attendance, note_revisions, notes
from checkin_tui.store.sessions import load_sessions

_STANDING = (
    "status",
    "reason",
    "arrived",
    "left",
    "minutes_late",
    "minutes_inside",
    "inside",
    "left_early",
)


class Difference(NamedTuple):
    """One row that is not what the facts add up to.

    table: `attendance` or `notes`. stored, derived: the row as it is and as it should be, None where there is none.
    """

    table: str
    session_id: int
    member_id: int
    stored: dict[str, Any] | None
    derived: dict[str, Any] | None


def differences(connection: Connection) -> list[Difference]:
    """Everything derived that does not follow from the facts: an empty list is a sound file.

    Every event is folded again under the terms of its session; the newest revision (by recorded time, then id) of each
    note is counted again. By table, session and member.
    """
    return [
        *_compared("attendance", _stored_standings(connection), _derived_standings(connection)),
        *_compared("notes", _stored_notes(connection), _derived_notes(connection)),
    ]


def rederive(connection: Connection) -> list[Difference]:
    """Derive anew what does not follow from the facts, and return what did not.

    Other windows read all anew, as after a restore: there is no event for them to learn this from.
    """
    found = differences(connection)
    for table in (attendance, notes):
        _derive(connection, table, [one for one in found if one.table == table.name])
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    generation.advance(raw)
    return found


def _derive(connection: Connection, table: Table, wrong: Sequence[Difference]) -> None:
    stored = [{"session": one.session_id, "member": one.member_id} for one in wrong if one.stored is not None]
    if stored:
        place = table.c.session_id == bindparam("session"), table.c.member_id == bindparam("member")
        connection.execute(delete(table).where(*place), stored)
    rows = [
        {"session_id": one.session_id, "member_id": one.member_id}
        | {"revision_id" if name == "revision" else name: value for name, value in one.derived.items()}
        for one in wrong
        if one.derived is not None
    ]
    if rows:
        connection.execute(insert(table), rows)


_Rows = dict[tuple[int, int], dict[str, Any]]


def _compared(table: str, stored: _Rows, derived: _Rows) -> Iterator[Difference]:
    for place in sorted(stored.keys() | derived.keys()):
        is_, should_be = stored.get(place), derived.get(place)
        if is_ != should_be:
            yield Difference(table, *place, is_, should_be)


def _stored_standings(connection: Connection) -> _Rows:
    columns = [attendance.c[name] for name in _STANDING]
    rows = connection.execute(select(attendance.c.session_id, attendance.c.member_id, *columns)).all()
    return {(row[0], row[1]): dict(zip(_STANDING, row[2:], strict=True)) for row in rows}


def _derived_standings(connection: Connection) -> _Rows:
    return {
        (session.id, member_id): _columns(fold(events, session.terms))
        for session in load_sessions(connection)
        for member_id, events in events_of_many(connection, session.id, None).items()
    }


def _columns(standing: Standing) -> dict[str, Any]:
    return {name: getattr(standing, name) for name in _STANDING}


def _stored_notes(connection: Connection) -> _Rows:
    return {
        (row.session_id, row.member_id): {"revision": row.revision_id, "chars": row.chars, "paper": row.paper}
        for row in connection.execute(select(notes)).all()
    }


def _derived_notes(connection: Connection) -> _Rows:
    revisions = connection.execute(select(note_revisions)).all()
    in_order = sorted(revisions, key=lambda row: (row.recorded, row.counter, row.station, row.uid))
    return {
        (row.session_id, row.member_id): {"revision": row.id, "chars": count_characters(row.text), "paper": row.paper}
        for row in in_order
    }
