"""The use-cases without a screen: one durable check-in, and the import of 100,000 people, each beside raw sqlite3."""

from __future__ import annotations

import csv
import sqlite3
import time
from pathlib import Path
from uuid import uuid4

from checkin_tui.domain.requests import CreateProgram, ImportMembers, MarkPerson
from checkin_tui.interchange.lists.rosters import read_roster
from checkin_tui.services.handler import Handler
from checkin_tui.store import migrations
from checkin_tui.store.engine import journal_mode
from tests.bench import files
from tests.bench.report import Figure

MARKS = 400
IMPORT = 100_000

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


def import_people(folder: Path, runs: int = 3) -> Figure:
    """100,000 people from CSV through reader and service beside csv and raw `executemany` into the same tables."""
    lines = files.people(IMPORT)
    source = folder / "people.csv"
    files.write_csv(source, lines)
    ours, theirs = [], []
    for run in range(runs):
        path = folder / f"import-{run}.db"
        migrations.create(path)
        handler = Handler(files.context(path))
        handler.handle(CreateProgram(uid=uuid4(), made=files.now(), terms=files.terms()))
        began = time.perf_counter()
        roster = read_roster(source)
        handler.handle(ImportMembers(uid=uuid4(), made=files.now(), lines=roster.rows))
        ours.append(time.perf_counter() - began)
        handler.close()
        other = folder / f"raw-{run}.db"
        migrations.create(other)
        theirs.append(_raw_import(source, other))
        path.unlink()
        other.unlink()
    return Figure(f"import of {IMPORT:,} people, CSV", ours, theirs, 12.0, unit="s")


def _raw_import(source: Path, path: Path) -> float:
    raw = raw_connection(path)
    began = time.perf_counter()
    with source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    raw.execute("BEGIN IMMEDIATE")
    names = sorted({row[2] for row in rows})
    raw.executemany("INSERT INTO branches (uid, name) VALUES (?, ?)", [(uuid4().bytes, name) for name in names])
    ids = dict(raw.execute("SELECT name, id FROM branches"))
    people = [(number, uuid4().bytes, row[0], row[1]) for number, row in enumerate(rows, 1)]
    raw.executemany("INSERT INTO members (id, uid, code, name) VALUES (?, ?, ?, ?)", people)
    places = [(number, ids[row[2]], "2026-05-18") for number, row in enumerate(rows, 1)]
    raw.executemany("INSERT INTO memberships (member_id, branch_id, first) VALUES (?, ?, ?)", places)
    logged = [(uuid4().bytes, b"batch-of-sixteen", b"1" * 16, row[1], number) for number, row in enumerate(rows, 1)]
    raw.executemany(
        "INSERT INTO changes (uid, batch, kind, entity, entity_uid, after, recorded, counter, station) "
        "VALUES (?, ?, 'import', 'member', ?, ?, 1, ?, x'00')",
        logged,
    )
    raw.execute("COMMIT")
    took = time.perf_counter() - began
    raw.close()
    return took
