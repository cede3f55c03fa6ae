"""The use-cases without a screen: one durable check-in beside raw sqlite3."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from uuid import uuid4

from checkin_tui.domain.requests import MarkPerson
from checkin_tui.services.handler import Handler
from checkin_tui.store.engine import journal_mode
from tests.bench import files
from tests.bench.report import Figure

MARKS = 400

_EVENT = (
    "INSERT INTO attendance_events (uid, session_id, member_id, kind, happened, batch, action, source, recorded, "
    "counter, station, station_name, operator) VALUES (?, ?, ?, 'arrived', ?, ?, 'mark', 'desk', ?, 0, ?, 'b', 'B')"
)
_STANDING = (
    "INSERT INTO attendance (session_id, member_id, status, arrived, inside) VALUES (?, ?, 'present', ?, 1) "
    "ON CONFLICT (session_id, member_id) DO UPDATE SET status = excluded.status, arrived = excluded.arrived"
)


def raw_connection(path: Path) -> sqlite3.Connection:
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute(f"PRAGMA journal_mode={journal_mode()}")
    raw.execute("PRAGMA synchronous=FULL")
    raw.execute("PRAGMA foreign_keys=ON")
    raw.execute("PRAGMA secure_delete=ON")
    return raw


def raw_mark(raw: sqlite3.Connection, session: int, member: int) -> None:
    """What any program would have to do: the event, the standing, the commit."""
    at = files.now()
    raw.execute("BEGIN IMMEDIATE")
    raw.execute(_EVENT, (uuid4().bytes, session, member, at, uuid4().bytes, at, uuid4().bytes))
    raw.execute(_STANDING, (session, member, at))
    raw.execute("COMMIT")


def check_in(folder: Path) -> Figure:
    """One durable check-in through the service beside the same rows by raw sqlite3, in turn, on two equal files."""
    ours_path, raw_path = files.make(folder / "ours.db", 1000), files.make(folder / "raw.db", 1000)
    handler, raw = Handler(files.context(ours_path)), raw_connection(raw_path)
    view = files.desk(handler)
    assert view.session is not None
    ours, theirs = [], []
    for number, person in enumerate(view.people[: MARKS + 20]):
        request = MarkPerson(
            uid=files.new_uid(), made=files.now(), session_id=view.session.id, member_id=person.member_id
        )
        began = time.perf_counter()
        handler.handle(request)
        done = time.perf_counter()
        raw_mark(raw, view.session.id, person.member_id)
        ended = time.perf_counter()
        if number >= 20:
            ours.append((done - began) * 1000)
            theirs.append((ended - done) * 1000)
    handler.close()
    raw.close()
    return Figure("one durable check-in through the service", ours, theirs, 2.0)
