"""The connection factory: durable, private, and refusing whatever is not ours without touching it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from checkin_tui.domain.errors import DatabaseError
from checkin_tui.store import copying, engine, migrations
from checkin_tui.store.engine import Database, journal_mode, open_database, wal_is_safe
from checkin_tui.store.people import insert_branches, load_branches
from checkin_tui.store.unit_of_work import reading, writing


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
    ],
)
def test_wal_only_where_it_loses_nothing(version: tuple[int, ...], safe: bool) -> None:
    assert wal_is_safe(version) is safe
    assert journal_mode(version) == ("wal" if safe else "truncate")


def test_every_connection_is_durable_and_strict_about_references(database_path: Path) -> None:
    with open_database(database_path) as database:
        values = {
            name: database.connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
        }
    assert values == {
        "journal_mode": journal_mode(),
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "secure_delete": 1,
    }


def test_file_and_folder_are_their_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "home" / "data" / "checkin.db"
    migrations.create(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in (path.parent, path.parent.parent)] == [0o700, 0o700]


def test_a_crash_in_the_middle_of_a_commit_is_rolled_back_at_the_next_start(
    database_path: Path, tmp_path: Path
) -> None:
    crashed = tmp_path / "crashed.db"
    raw = sqlite3.connect(database_path, isolation_level=None)
    raw.execute("PRAGMA cache_size=1")
    engine.begin_writing(raw)
    for number in range(400):
        raw.execute("INSERT INTO branches (uid, name) VALUES (?, ?)", (number.to_bytes(16, "big"), f"{number}" * 40))
    crashed.write_bytes(database_path.read_bytes())
    journal = database_path.with_name(database_path.name + "-journal").read_bytes()
    crashed.with_name("crashed.db-journal").write_bytes(journal)
    raw.execute("ROLLBACK")
    raw.close()
    with open_database(crashed) as database, reading(database) as connection:
        assert load_branches(connection) == ()


@pytest.mark.parametrize("name", ["wei?x=1", "100%25 %41", "a#b?mode=memory", "file:x", "two words", ":memory:"])
def test_the_file_that_is_opened_is_the_one_that_was_named(
    database_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """To SQLite such a path may be a URI with parameters: it would open, or make, another file."""
    monkeypatch.chdir(database_path.parent)
    path = Path(name)
    database_path.rename(path)
    before = set(database_path.parent.iterdir())
    with open_database(path) as database:
        write(database)
        assert copied(path) == 1
    assert set(database_path.parent.iterdir()) - before <= {database_path.with_name(name + "-journal")}
    with sqlite3.connect(path.absolute()) as raw:
        assert raw.execute("SELECT count(*) FROM branches").fetchone() == (1,)
    migrations.create(Path("new " + name))
    open_database(Path("new " + name)).close()


def copied(path: Path) -> int:
    """How many branches a copy of it has."""
    draft = Path("copy of " + path.name)
    draft.touch()
    with contextlib.closing(copying.connect_to(path)) as source:
        copying.copy_into(source, draft)
    rows = copying.look_through(draft).rows["branches"]
    draft.unlink()
    return rows


def test_a_file_that_is_gone_is_not_made_anew_and_is_taken_up_again_when_it_is_back(database_path: Path) -> None:
    aside = database_path.with_name("aside.db")
    with open_database(database_path) as database:
        write(database)
        database_path.rename(aside)
        for _turn in range(2):
            with pytest.raises(DatabaseError) as caught:
                write(database)
            assert caught.value.code == "db_gone"
            assert not database_path.exists()
        assert not database.foreign_changes()
        aside.rename(database_path)
        write(database)
        with reading(database) as connection:
            assert len(load_branches(connection)) == 2


def test_one_that_cannot_be_asked_about_is_not_said_to_be_gone(
    database_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(_path: Path) -> os.stat_result:
        raise PermissionError(13, "denied")

    with open_database(database_path) as database:
        write(database)
        monkeypatch.setattr(Path, "stat", denied)
        write(database)


def test_nor_when_the_connection_was_closed_meanwhile(database_path: Path) -> None:
    with open_database(database_path) as database:
        write(database)
        database_path.rename(database_path.with_name("aside.db"))
        database.close()
        with pytest.raises(DatabaseError) as caught, reading(database):
            pass
        assert caught.value.code == "db_gone"
        assert not database_path.exists()
        migrations.create(database_path)
        write(database)
        assert database.replaced


def damaged(path: Path) -> bytes:
    return path.read_bytes()[:-100]


def foreign(path: Path) -> bytes:
    other = path.with_name("other.db")
    with sqlite3.connect(other) as raw:
        raw.execute("CREATE TABLE alembic_version (version_num)")
    return other.read_bytes()


def newer_in_wal(path: Path) -> bytes:
    """As a laptop with a newer SQLite leaves it."""
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA journal_mode=wal")
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.commit()
    raw.close()
    return path.read_bytes()


def without_revision(path: Path) -> bytes:
    with sqlite3.connect(path) as raw:
        raw.execute("DELETE FROM alembic_version")
    raw.close()
    return path.read_bytes()


def newer(path: Path) -> bytes:
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    return path.read_bytes()


def overwritten(path: Path) -> bytes:
    content = bytearray(path.read_bytes())
    content[100:4096] = os.urandom(3996)
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (lambda path: b"", "db_empty"),
        (lambda path: b"not a database at all " * 50, "db_foreign"),
        (foreign, "db_foreign"),
        (damaged, "db_damaged"),
        (overwritten, "db_damaged"),
        (newer, "db_newer"),
        (newer_in_wal, "db_newer"),
        (without_revision, "db_damaged"),
    ],
)
def test_what_is_not_ours_is_refused_and_left_alone(database_path: Path, content: object, code: str) -> None:
    before = content(database_path)  # type: ignore[operator]
    database_path.write_bytes(before)
    with pytest.raises(DatabaseError) as caught:
        open_database(database_path)
    assert caught.value.code == code
    assert database_path.read_bytes() == before


def test_a_folder_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    for path, code in ((tmp_path, "db_foreign"), (tmp_path / "no" / "x.db", "db_missing_folder")):
        with pytest.raises(DatabaseError) as caught:
            open_database(path)
        assert caught.value.code == code


def test_a_locked_file_is_said_to_be_locked(database_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT", 50)
    holder = sqlite3.connect(database_path, isolation_level=None)
    with open_database(database_path) as database:
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseError) as caught, writing(database, 0, UUID(int=1)):
            pass
        assert caught.value.code == "db_locked"
        assert database.foreign_changes() is False
        holder.execute("ROLLBACK")
        with writing(database, 0, UUID(int=1)) as work:
            work.recorded()
    holder.close()


def test_data_version_tells_other_peoples_commits_from_our_own(database_path: Path) -> None:
    with open_database(database_path) as one, open_database(database_path) as other:
        assert not one.foreign_changes()
        write(one)
        assert not one.foreign_changes()
        write(other)
        assert one.foreign_changes()
        assert not one.foreign_changes()


def write(database: Database) -> None:
    with writing(database, 0, uuid4()) as work:
        insert_branches(work.connection, [(uuid4(), str(uuid4()), "")])
        work.commit()


def test_what_is_not_committed_is_not_there(database_path: Path) -> None:
    with open_database(database_path) as database:
        with writing(database, 0, uuid4()) as work:
            insert_branches(work.connection, [(uuid4(), "Xinghe", "")])
        with contextlib.suppress(ZeroDivisionError), writing(database, 0, uuid4()) as work:
            insert_branches(work.connection, [(uuid4(), "Xinghe", "")])
            print(1 / 0)
        with reading(database) as connection:
            assert load_branches(connection) == ()


def test_a_commit_that_failed_keeps_no_lock(database_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In TRUNCATE mode a reader's open cursor keeps a commit from happening."""
    monkeypatch.setattr(engine, "BUSY_TIMEOUT", 50)
    reader = sqlite3.connect(database_path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM alembic_version").fetchall()
    with open_database(database_path) as database:
        if journal_mode() == "truncate":
            with pytest.raises(DatabaseError, match="db_locked"):
                write(database)
        reader.execute("ROLLBACK")
        other = sqlite3.connect(database_path, isolation_level=None, timeout=0.05)
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
        write(database)
        other.close()
    reader.close()
