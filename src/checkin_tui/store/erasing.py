"""Where a person leaves traces in the file, and taking them away. Events stay, standings stay, counts stay."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import Column, Connection, Table, bindparam, func, or_, select, update

from checkin_tui.domain.erasing import Traces, emptied, is_erased
from checkin_tui.store import backups, copying
from checkin_tui.store.changelog import ERASED, read_state
from checkin_tui.store.engine import Database
from checkin_tui.store.schema import (
    CLOCKED,
    Entity,
    attendance_events,
    branches,
    changes,
    note_revisions,
    notes,
    refused_attempts,
    sessions,
)

_DESKS: Final = ("operator", "station_name")
_FREE: Final[tuple[tuple[Table, Column[str]], ...]] = tuple(
    (table, table.c[name]) for table in CLOCKED for name in ("because", *_DESKS) if name in table.c
)


class Reworded(NamedTuple):
    """One value of a column of free text, wherever it stands, and what stands there afterwards. rows: how often."""

    table: Table
    column: Column[str]
    before: str
    after: str
    rows: int

    @property
    def desk(self) -> bool:
        """Whether it says who wrote or where; else it is a reason."""
        return self.column.name in _DESKS


class Rewritten(NamedTuple):
    """One row and its new values."""

    table: Table
    id: int
    values: dict[str, Any]

    @property
    def current(self) -> bool:
        """Whether it is about how things are; the log says how they were."""
        return self.table is not changes


def counts_of(connection: Connection, member_id: int) -> tuple[int, int, int]:
    """How many marks and steps, notes, and characters of notes there are of a person."""
    events = select(func.count()).where(attendance_events.c.member_id == member_id)
    written = select(func.count(), func.coalesce(func.sum(notes.c.chars), 0)).where(notes.c.member_id == member_id)
    count, chars = connection.execute(written).one()
    return int(connection.execute(events).scalar_one()), int(count), int(chars)


def states_of(connection: Connection, uid: UUID) -> list[dict[str, Any]]:
    """Everything the log says a person ever was."""
    rows = connection.execute(select(changes.c.before, changes.c.after).where(changes.c.entity_uid == uid)).all()
    return [state for row in rows for text in row if (state := read_state(text)) is not None]


def empty_texts(connection: Connection, member_id: int) -> int:
    """Take the words out of every revision of a person's notes; their lengths stay. Returns how many there were."""
    query = select(note_revisions.c.id, note_revisions.c.text).where(note_revisions.c.member_id == member_id)
    rows = [{"row": row.id, "new": emptied(row.text)} for row in connection.execute(query).all() if row.text]
    if rows:
        change = update(note_revisions).where(note_revisions.c.id == bindparam("row"))
        connection.execute(change.values(text=bindparam("new")), rows)
    return len(rows)


def refused(connection: Connection, member_id: int, traces: Traces) -> list[Rewritten]:
    """The refused attempts that led to a person, or at which they were typed or named."""
    r = refused_attempts.c
    said = select(r.id, r.member_id, r.typed, r.sentence).where(or_(r.typed != "", r.sentence != ""))
    return [
        Rewritten(refused_attempts, row.id, {"typed": "", "sentence": ""})
        for row in connection.execute(said).all()
        if row.member_id == member_id or traces.typed(row.typed) or traces.mentions(row.sentence)
    ]


def logged(connection: Connection, uid: UUID) -> list[Rewritten]:
    """The entries of the log about a person. That there was something before and after is all that stays of them."""
    gone = json.dumps({ERASED: True})
    rows = connection.execute(select(changes).where(changes.c.entity_uid == uid)).all()
    return [
        Rewritten(
            changes,
            row.id,
            {
                "before": None if row.before is None else gone,
                "after": None if row.after is None else gone,
                "because": "",
            },
        )
        for row in rows
    ]


def own_reasons(connection: Connection, member_id: int) -> list[Rewritten]:
    """The reasons given with a person's own marks: whatever they say, they are about this person."""
    e = attendance_events.c
    rows = connection.execute(select(e.id).where(e.member_id == member_id, e.because != "")).scalars()
    return [Rewritten(attendance_events, row, {"because": ""}) for row in rows]


def lectures(connection: Connection, member_id: int, traces: Traces, instead: str) -> list[Rewritten]:
    """The sessions whose presenter is the person, or is called so, as they are and as the log has them."""
    rows = connection.execute(select(sessions.c.id, sessions.c.presenter_id, sessions.c.presenter)).all()
    found = [
        Rewritten(sessions, row.id, {"presenter": instead})
        for row in rows
        if _presents(row.presenter_id, row.presenter, member_id, traces)
    ]

    def without(state: dict[str, Any]) -> dict[str, Any]:
        theirs = _presents(state.get("presenter_id"), state.get("presenter", ""), member_id, traces)
        return {**state, "presenter": instead} if theirs else state

    return found + list(_restated(connection, Entity.SESSION, without))


def contacts(connection: Connection, traces: Traces) -> list[Rewritten]:
    """The branches at which the person is whom to call, as they are and as the log has them."""

    def without(state: dict[str, Any]) -> dict[str, Any]:
        if traces.is_name(state.get("contact", "")):
            return {**state, "contact": "", "phone": ""}
        return {**state, "phone": ""} if traces.is_phone(state.get("phone", "")) else state

    b = branches.c
    found = []
    for row in connection.execute(select(b.id, b.contact, b.phone)).all():
        before = {"contact": row.contact, "phone": row.phone}
        after = without(before)
        if after != before:
            found.append(Rewritten(branches, row.id, after))
    return found + list(_restated(connection, Entity.BRANCH, without))


def named_in_passing(connection: Connection, member_id: int, uid: UUID, traces: Traces, instead: str) -> list[Reworded]:
    """Operators and laptops that name the person, and reasons of steps about others."""
    found = []
    for table, column in _FREE:
        query = select(column, func.count()).where(column != "").group_by(column)
        if column is attendance_events.c.because:
            query = query.where(attendance_events.c.member_id != member_id)
        elif column is changes.c.because:
            query = query.where(changes.c.entity_uid != uid)
        for text, rows in connection.execute(query).all():
            if traces.mentions(text):
                found.append(Reworded(table, column, text, traces.without(text, instead), rows))
    return found


def named_elsewhere(connection: Connection, member_id: int, names: Sequence[str]) -> tuple[int, int]:
    """How many notes of others, and topics of sessions, hold one of the names: other people's words, left alone."""
    named = or_(*(func.instr(note_revisions.c.text, name) > 0 for name in names))
    standing = select(func.count()).select_from(notes.join(note_revisions, notes.c.revision_id == note_revisions.c.id))
    texts = connection.execute(standing.where(notes.c.member_id != member_id, named)).scalar_one()
    topical = or_(*(func.instr(sessions.c.topic, name) > 0 for name in names))
    return int(texts), int(connection.execute(select(func.count()).where(topical)).scalar_one())


def write(connection: Connection, rows: Iterable[Rewritten | Reworded]) -> None:
    """Write the new values."""
    for row in rows:
        if isinstance(row, Rewritten):
            connection.execute(update(row.table).where(row.table.c.id == row.id).values(**row.values))
        else:
            change = update(row.table).where(row.column == row.before)
            connection.execute(change.values({row.column: row.after}))


def backups_with(folder: Path | None, uid: UUID) -> tuple[str, ...]:
    """The backups of the folder that still say who this person was, oldest first; one that cannot be read may."""
    if folder is None:
        return ()
    paths = [folder / str(name) for name in sorted(backups.names_in(folder))]
    return tuple(str(path) for path in paths if _knows(path, uid))


def _knows(path: Path, uid: UUID) -> bool:
    try:
        with closing(copying.connect_to_copy(path)) as raw:
            row = raw.execute("SELECT code FROM members WHERE uid = ?", (uid.bytes,)).fetchone()
    except sqlite3.Error:
        return path.exists()
    return row is not None and not is_erased(str(row[0]))


def rewrite_file(database: Database) -> bool:
    """Write the whole file anew, so that nothing of what was taken away is left in its unused places.

    `secure_delete` blanks what is deleted, yet not the copies SQLite left behind when it moved rows from page to page
    (https://sqlite.org/pragma.html#pragma_secure_delete). Returns False where that was not possible just now: a full
    disk, or another program that held the file all the time. Nothing is lost then.
    """
    raw = database.connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    try:
        raw.execute("VACUUM")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except sqlite3.Error:
        return False
    return True


def _presents(presenter_id: int | None, presenter: str, member_id: int, traces: Traces) -> bool:
    if presenter_id is not None:
        return presenter_id == member_id
    return bool(presenter) and traces.is_name(presenter)


def _restated(connection: Connection, entity: Entity, without: Any) -> Iterator[Rewritten]:
    c = changes.c
    for row in connection.execute(select(c.id, c.before, c.after).where(c.entity == entity)).all():
        values = {}
        for name, text in (("before", row.before), ("after", row.after)):
            before = read_state(text)
            after = None if before is None else without(before)
            if after != before:
                values[name] = json.dumps(after, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        if values:
            yield Rewritten(changes, row.id, values)
