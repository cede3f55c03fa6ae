"""Restoring what came from elsewhere: only rows come in, whatever else the file holds and whoever is writing to it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from checkin_tui.domain.errors import CheckInError, DatabaseError
from checkin_tui.services.backups import plan_restore, restore
from checkin_tui.store import checks, copying, engine, migrations, taking_out
from checkin_tui.store.engine import open_database
from tests.conftest import at
from tests.restored import digest_of

NOW = at("16:00")
TRIGGER = "CREATE TRIGGER evil AFTER INSERT ON branches BEGIN UPDATE members SET name = 'Nobody'; END"


def declared(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as raw:
        return {row[0] for row in raw.execute("SELECT name FROM sqlite_master").fetchall()}


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as raw, raw:
        for statement in statements:
            raw.execute(statement)


def stays(_path: Path) -> None:
    pass


def gone(path: Path) -> None:
    path.unlink()


def damaged(path: Path) -> None:
    path.write_bytes(b"\x00" * 5000)


@pytest.mark.parametrize("happened", [stays, gone, damaged])
def test_only_the_rows_of_a_backup_come_in(
    kept: Path, database_path: Path, folder: Path, happened: Callable[[Path], None]
) -> None:
    ours, then = declared(database_path), digest_of(kept)
    change(
        kept,
        TRIGGER,
        'CREATE VIEW "a ""view""" AS SELECT * FROM members',
        "CREATE TABLE songs (name)",
        "CREATE INDEX mine ON members (lower(name))",
        "DROP INDEX ix_changes_batch",
    )
    before = kept.read_bytes()
    happened(database_path)
    restore(database_path, folder, kept, NOW)
    assert digest_of(database_path) == then
    assert declared(database_path) == ours
    assert checks.schema_faults(database_path) == []
    assert kept.read_bytes() == before
    open_database(database_path).close()


def test_nothing_acts_while_an_older_backup_is_brought_to_this_revision(
    kept: Path, database_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(kept, TRIGGER, "UPDATE alembic_version SET version_num = '0000'")

    def upgrade(path: Path) -> None:
        assert "evil" not in declared(path)
        change(path, f"UPDATE alembic_version SET version_num = '{taking_out.HEAD}'")

    monkeypatch.setattr(taking_out, "ANCESTORS", ("0000",))
    monkeypatch.setattr(migrations, "upgrade", upgrade)
    restore(database_path, folder, kept, NOW)
    assert checks.schema_faults(database_path) == []


def test_a_backup_from_before_columns_were_remembered_is_one_of_now_when_it_is_back(
    kept: Path, database_path: Path, folder: Path
) -> None:
    with closing(sqlite3.connect(kept)) as raw, raw:
        raw.execute("DROP TABLE import_columns")
        raw.execute("UPDATE alembic_version SET version_num = '0001'")
    restore(database_path, folder, kept, NOW)
    assert checks.schema_faults(database_path) == []
    with closing(sqlite3.connect(database_path)) as raw:
        assert raw.execute("SELECT count(*) FROM members").fetchone() == (8,)


def test_no_connection_of_ours_trusts_what_a_schema_says(database_path: Path) -> None:
    with open_database(database_path) as database:
        asked = [database.driver, copying.connect_to(database_path), copying.connect_to_copy(database_path)]
        assert [raw.execute("PRAGMA trusted_schema").fetchone() for raw in asked] == [(0,)] * 3
        for raw in asked[1:]:
            raw.close()


def test_what_acts_in_the_file_itself_is_gone_after_a_restore(kept: Path, database_path: Path, folder: Path) -> None:
    change(database_path, TRIGGER)
    restore(database_path, folder, kept, NOW)
    assert "evil" not in declared(database_path)
    assert digest_of(database_path) == digest_of(kept)


def test_a_file_that_lacks_a_table_is_put_aside(kept: Path, database_path: Path, folder: Path) -> None:
    """Filled as it is, it would go on without the table."""
    change(database_path, "DROP TABLE refused_attempts")
    assert plan_restore(database_path, folder, kept).damaged
    restore(database_path, folder, kept, NOW)
    assert digest_of(database_path) == digest_of(kept)


@pytest.mark.parametrize(
    "statements",
    [
        ("DROP TABLE refused_attempts",),
        ("DROP TABLE refused_attempts", "CREATE VIEW refused_attempts AS SELECT 1"),
        ("ALTER TABLE refused_attempts DROP COLUMN sentence",),
        ("DROP TABLE notes", "CREATE TABLE notes (session_id, member_id, revision_id, chars, paper)",
         "INSERT INTO notes VALUES (1, 1, 1, -5, 0)"),
    ],
)  # fmt: skip
def test_a_backup_that_lacks_what_is_ours_is_damaged(
    kept: Path, database_path: Path, folder: Path, statements: tuple[str, ...]
) -> None:
    change(kept, *statements)
    before = digest_of(database_path)
    with pytest.raises(DatabaseError) as caught:
        restore(database_path, folder, kept, NOW)
    assert (caught.value.code, caught.value.values["path"]) == ("db_damaged", kept)
    assert digest_of(database_path) == before
    assert [path.name for path in database_path.parent.iterdir() if copying.DRAFT in path.name] == []


# ------------------------------------------------------------------------------------------------ somebody writes to it


def test_nobody_can_write_to_a_backup_while_it_is_read(
    kept: Path, database_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, tried = copying.copy_into, []

    def while_read(source: sqlite3.Connection, target: Path) -> None:
        with closing(sqlite3.connect(kept, timeout=0.01)) as raw:
            raw.execute("DELETE FROM memberships")
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                raw.commit()
        tried.append(1)
        copy(source, target)

    monkeypatch.setattr(copying, "copy_into", while_read)
    plan_restore(database_path, folder, kept)
    assert tried == [1]


def test_one_that_is_being_written_to_is_refused(
    kept: Path, database_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT", 30)
    before = digest_of(database_path)
    with closing(sqlite3.connect(kept, isolation_level=None)) as raw:
        raw.execute("BEGIN EXCLUSIVE")
        with pytest.raises(CheckInError, match="backup_busy"):
            restore(database_path, folder, kept, NOW)
        raw.execute("ROLLBACK")
    assert digest_of(database_path) == before


def test_one_in_wal_mode_is_read_when_nobody_has_it_open_and_nothing_is_made_beside_it(
    kept: Path, database_path: Path, folder: Path, tmp_path: Path
) -> None:
    place = tmp_path / "stick"
    place.mkdir()
    file = Path(shutil.copy(kept, place / "may.db"))
    with closing(sqlite3.connect(file, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode=wal")
        raw.execute("UPDATE programs SET name = 'May'")
        with pytest.raises(CheckInError, match="backup_open"):
            plan_restore(database_path, folder, file)
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with pytest.raises(CheckInError, match="backup_open"):
            plan_restore(database_path, folder, file)
    plan = plan_restore(database_path, folder, file)
    assert plan.backup.contents is not None
    assert plan.backup.contents.program == "May"
    assert os.listdir(place) == ["may.db"]
