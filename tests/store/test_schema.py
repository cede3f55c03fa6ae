"""The tables: what the migrations make is what the code was written for, and the queries find their way by index."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine
from sqlalchemy.dialects import sqlite

from checkin_tui.store import events, figures, mark_context, notes, owed, revision, rosters, unit_of_work
from checkin_tui.store.migrations import scripts
from checkin_tui.store.schema import metadata


def declared(path: Path) -> dict[str, list[str]]:
    """Every table and index with its clauses in one order, whoever wrote them."""
    with sqlite3.connect(path) as raw:
        rows = raw.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'"
        ).fetchall()
    raw.close()
    return {name: sorted(line.strip().rstrip(",") for line in sql.splitlines()) for name, sql in rows}


def test_the_migrations_make_exactly_the_tables_of_the_code(template: Path, tmp_path: Path) -> None:
    path = tmp_path / "made.db"
    made = create_engine(f"sqlite:///{path}")
    metadata.create_all(made)
    made.dispose()
    assert declared(template) == declared(path)


def test_the_newest_migration_is_the_revision_the_code_asks_for() -> None:
    newest = sorted((scripts() / "versions").glob("[0-9]*.py"))[-1]
    assert newest.name.startswith(revision.HEAD)


def test_every_table_is_strict_and_every_constraint_has_a_name(template: Path) -> None:
    with sqlite3.connect(template) as raw:
        tables = raw.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table'").fetchall()
    strict = {name: flag for name, flag in tables if not name.startswith(("sqlite_", "alembic_"))}
    assert set(strict.values()) == {1}
    assert set(strict) == set(metadata.tables)
    for clauses in declared(template).values():
        assert not [clause for clause in clauses if clause.startswith(("CHECK", "FOREIGN", "UNIQUE", "PRIMARY"))]


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("attendance_events", {"kind": "danced"}),
        ("attendance_events", {"kind": "marked", "status": None}),
        ("attendance_events", {"kind": "arrived", "status": "present"}),
        ("attendance_events", {"kind": "withdrawn", "target": None}),
        ("attendance_events", {"happened": "yesterday"}),
    ],
)
def test_the_file_itself_refuses_what_no_rule_allows(template: Path, tmp_path: Path, table: str, row: dict) -> None:
    raw = sqlite3.connect(template)
    target = sqlite3.connect(tmp_path / "copy.db")
    raw.backup(target)
    raw.close()
    values: dict[str, Any] = {
        "uid": b"0" * 16,
        "session_id": 1,
        "member_id": 1,
        "kind": "arrived",
        "batch": b"1" * 16,
        "action": "mark",
        "source": "desk",
        "recorded": 1,
        "counter": 0,
        "station": b"2" * 16,
    }
    statement = "INSERT INTO {} ({}) VALUES ({})"
    good = statement.format(table, ", ".join(values), ", ".join("?" * len(values)))
    target.execute(good, list(values.values()))
    values |= {"uid": b"9" * 16, **row}
    bad = statement.format(table, ", ".join(values), ", ".join("?" * len(values)))
    with pytest.raises(sqlite3.IntegrityError):
        target.execute(bad, list(values.values()))
    target.close()


QUERIES = {
    "roster": rosters._IN_ORDER,
    "events elsewhere": events._ELSEWHERE,
    "notes elsewhere": notes._ELSEWHERE,
    "seat": rosters._ONE,
    "mark context": mark_context._CONTEXT,
    "notebook context": mark_context._NOTE_CONTEXT,
    "texts of notes": notes._TEXTS,
    "newest recorded": unit_of_work._NEWEST,
    "events of one": events._OF_MEMBER,
    "events of a step": events._OF_BATCH,
    "figures of sessions": figures.SESSIONS,
    "marked at sessions": figures.MARKED,
    "leaders": figures.LEADERS,
    "who owes how many": figures.OWED_BY,
    "branches": figures.BRANCHES,
    "missing notes": owed.MISSING,
    "missing notes of one session": owed.MISSING_OF_ONE,
    "notes without presence": owed.WITHOUT_PRESENCE,
}
GROWING = ("attendance_events", "attendance", "notes", "note_revisions", "refused_attempts", "changes")


@pytest.mark.parametrize("name", QUERIES)
def test_no_query_of_the_desk_reads_all_events_or_standings(template: Path, name: str) -> None:
    dialect = sqlite.dialect(paramstyle="named")
    given = QUERIES[name].params(session=1, member=1, members=[1], sessions=[1, 2], uid=None, batch=None)
    compiled = given.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    text = str(compiled)
    with sqlite3.connect(template) as raw:
        plan = [
            row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {text}", dict.fromkeys(re.findall(r":(\w+)", text), 1))
        ]
    # The newest recorded time is read off the end of its index, one row of each table; nothing else is gone through.
    scans = [step for step in plan if step.startswith("SCAN") and not step.endswith("_recorded")]
    assert plan
    assert not [step for step in scans if step.split()[1] in GROWING], plan
