"""A file as it is after a long season: 200 sessions of 2,000 people, written without the program, in seconds."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from checkin_tui.domain.requests import CreateProgram, ImportMembers
from checkin_tui.services.handler import Handler
from checkin_tui.store import migrations
from tests.bench import files

MEMBERS, SESSIONS = 2_000, 200

_STANDING = (
    "INSERT INTO attendance (session_id, member_id, status, reason, arrived, minutes_late, minutes_inside, inside) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_REVISION = (
    "INSERT INTO note_revisions (id, uid, session_id, member_id, text, paper, batch, action, recorded, counter, "
    "station) VALUES (?, ?, ?, ?, ?, ?, ?, 'mark', ?, 0, x'07')"
)
_NOTE = "INSERT INTO notes (session_id, member_id, revision_id, chars, paper) VALUES (?, ?, ?, ?, ?)"
_KINDS = (("present", None, 0), ("late", None, 15), ("excused", "sick", None), ("absent", None, None))
_SHARES = (92, 4, 2, 2)
_TEXTS = (("w" * 60, False), ("", True), ("too short", False))
_TEXT_SHARES = (60, 37, 3)


def make(path: Path, members: int = MEMBERS, sessions: int = SESSIONS, *, notes: bool = True) -> Path:
    """The file: everybody marked at every session, the last one today; 95 % of who attended have a note, if wanted."""
    migrations.create(path)
    today = datetime.now().date()
    terms = replace(files.terms(), first_day=today - timedelta(days=sessions - 1), last_day=today)
    handler = Handler(files.context(path))
    handler.handle(CreateProgram(uid=uuid4(), made=files.now(), terms=terms))
    handler.handle(ImportMembers(uid=uuid4(), made=files.now(), lines=tuple(files.people(members))))
    handler.close()
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA foreign_keys=ON")
    raw.execute("PRAGMA synchronous=OFF")  # nobody minds if this one is lost
    raw.execute("BEGIN")
    raw.execute("UPDATE sessions SET state = 'closed', opened = starts, closed = ends")
    raw.execute("UPDATE sessions SET state = 'open', closed = NULL WHERE day = ?", (today.isoformat(),))
    afternoons = raw.execute("SELECT id, starts FROM sessions ORDER BY id").fetchall()
    people = [row[0] for row in raw.execute("SELECT id FROM members ORDER BY id")]
    rng = random.Random(3)
    raw.executemany(_STANDING, _standings(rng, afternoons, people))
    attended = raw.execute(
        "SELECT session_id, member_id, arrived FROM attendance WHERE status IN ('present', 'late')"
    ).fetchall()
    written = list(_notes(rng, attended)) if notes else []
    raw.executemany(_REVISION, ((*note[:4], note[4], note[5], note[1], note[6]) for note in written))
    raw.executemany(_NOTE, ((note[2], note[3], note[0], len(note[4].replace(" ", "")), note[5]) for note in written))
    raw.execute("COMMIT")
    raw.close()
    return path


def _standings(
    rng: random.Random, afternoons: list[tuple[int, int]], people: list[int]
) -> Iterator[tuple[object, ...]]:
    for session, starts in afternoons:
        for member, (status, reason, late) in zip(people, rng.choices(_KINDS, _SHARES, k=len(people)), strict=True):
            if late is None:
                yield session, member, status, reason, None, None, 0, 0
            else:
                yield session, member, status, reason, starts + late * 60_000, late or None, 120, 1


def _notes(rng: random.Random, attended: list[tuple[int, int, int]]) -> Iterator[tuple[object, ...]]:
    """(id, uid, session, member, text, paper, recorded)."""
    number = 0
    for session, member, arrived in attended:
        if rng.random() < 0.95:
            number += 1
            text, paper = rng.choices(_TEXTS, _TEXT_SHARES)[0]
            yield number, number.to_bytes(16, "big"), session, member, text, paper, arrived
