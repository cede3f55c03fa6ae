"""Where a person leaves traces in the file, and taking them away. Events stay, standings stay, counts stay."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import Column, Connection, Table, bindparam, func, or_, select, update

from checkin_tui.domain.erasing import Traces, emptied, is_erased
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.store import backups, copying
from checkin_tui.store.changelog import ERASED, read_state
from checkin_tui.store.engine import Database
from checkin_tui.store.schema import (
    CLOCKED,
    Entity,
    attendance_events,
    branches,
    changes,
    members,
    note_revisions,
    notes,
    refused_attempts,
    sessions,
)

_Change = Callable[[dict[str, Any]], dict[str, Any]]
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
    """The sessions whose presenter is the person, or whose presenter or topic names them: now, and as the log has them.

    A presenter who is somebody else keeps their name; out of a topic only the very words are taken.
    """

    def without(state: dict[str, Any]) -> dict[str, Any]:
        presenter = state.get("presenter") or ""
        if state.get("presenter_id") == member_id:
            presenter = instead
        elif state.get("presenter_id") is None:
            presenter = _without(traces, presenter, instead)
        topic = traces.struck(state.get("topic") or "", instead)
        return state | {name: text for name, text in (("presenter", presenter), ("topic", topic)) if name in state}

    s = sessions.c
    found = list(_rewritten(connection, sessions, (s.presenter_id, s.presenter, s.topic), without))
    return found + list(_restated(connection, Entity.SESSION, without))


def contacts(connection: Connection, traces: Traces, instead: str) -> list[Rewritten]:
    """The branches at which the person is whom to call, or is named so: now, and as the log has them.

    The number goes with the name, whoever's it is.
    """

    def without(state: dict[str, Any]) -> dict[str, Any]:
        contact, phone = state.get("contact") or "", state.get("phone") or ""
        after = "" if traces.is_name(contact) else _without(traces, contact, instead)
        theirs = after != contact or traces.is_phone(phone) or traces.mentions(phone)
        number = "" if theirs else phone
        return state | {name: text for name, text in (("contact", after), ("phone", number)) if name in state}

    b = branches.c
    found = list(_rewritten(connection, branches, (b.contact, b.phone), without))
    return found + list(_restated(connection, Entity.BRANCH, without))


def _without(traces: Traces, text: str, instead: str) -> str:
    """Of what is there to say who somebody is; the name of one letter, too, where it stands alone."""
    if traces.is_name(text):
        return instead
    return traces.without(text, instead) if traces.mentions(text) else text


def _rewritten(
    connection: Connection, table: Table, columns: Sequence[Column[Any]], without: _Change
) -> Iterator[Rewritten]:
    for row in connection.execute(select(table.c.id, *columns)).all():
        before = {column.name: row._mapping[column] for column in columns}
        after = without(before)
        if after != before:
            values = {name: value for name, value in after.items() if value != before[name]}
            yield Rewritten(table, row.id, values)


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


class Written(NamedTuple):
    """What stood in a note at some time: at which session, and the code of whose note it is."""

    key: SessionKey
    code: str
    text: str


def notes_of_others(connection: Connection, member_id: int) -> list[Written]:
    """Every revision of every note but a person's own."""
    r = note_revisions.c
    query = (
        select(sessions.c.day, sessions.c.ordinal, members.c.code, r.text)
        .join(sessions, sessions.c.id == r.session_id)
        .join(members, members.c.id == r.member_id)
        .where(r.member_id != member_id, r.text != "")
    )
    return [Written(SessionKey(row[0], row[1]), row[2], row[3]) for row in connection.execute(query).all()]


def topics_naming(connection: Connection, traces: Traces, instead: str) -> tuple[SessionKey, ...]:
    """The sessions whose topic, now or in the log, still names the person when the very words are taken out of it."""

    def named(topic: str) -> bool:
        return traces.mentions(traces.struck(topic, instead))

    s, c = sessions.c, changes.c
    found, keys = set(), {}
    for row in connection.execute(select(s.uid, s.day, s.ordinal, s.topic)).all():
        keys[row.uid] = SessionKey(row.day, row.ordinal)
        if named(row.topic):
            found.add(keys[row.uid])
    logged = connection.execute(select(c.entity_uid, c.before, c.after).where(c.entity == Entity.SESSION)).all()
    for uid, *texts in logged:
        states = [read_state(text) or {} for text in texts]
        if uid in keys and any(named(state.get("topic") or "") for state in states):
            found.add(keys[uid])
    return tuple(sorted(found))


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
    paths = [folder / str(name) for name in reversed(backups.in_order(folder))]
    return tuple(str(path) for path in paths if _knows(path, uid))


def sweep(database: Path, folder: Path | None) -> None:
    """Take away the whole copies of the file that a killed restore left. One that cannot be taken away is named."""
    if folder is not None:
        with suppress(CheckInError), backups.alone(folder):
            backups.sweep_beside(database)


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


def _restated(connection: Connection, entity: Entity, without: _Change) -> Iterator[Rewritten]:
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
