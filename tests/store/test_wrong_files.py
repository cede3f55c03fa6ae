"""Whatever lies at the path of the database and is no sound file of ours: refused, and not one byte of it changed."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from checkin_tui.domain.errors import DatabaseError
from checkin_tui.store import migrations
from checkin_tui.store.engine import open_database
from checkin_tui.store.people import insert_branches, load_branches
from checkin_tui.store.unit_of_work import reading, writing
from tests.damage import PAGE, Seal, journal_of, make_room, wal_of, with_bad_page


@pytest.fixture
def path(database_path: Path, tmp_path: Path) -> Path:
    """The file, alone in its folder."""
    (tmp_path / "data").mkdir()
    return Path(shutil.move(database_path, tmp_path / "data" / "checkin.db"))


def refused(path: Path) -> str:
    """The code it is refused with, and the same when it should be made; nothing is changed by either."""
    seal = Seal(path.parent)
    with pytest.raises(DatabaseError) as caught:
        open_database(path)
    assert seal.unbroken()
    return caught.value.code


@pytest.mark.parametrize(
    ("size", "code"), [(0, "db_empty"), (1, "db_foreign"), (99, "db_damaged"), (100, "db_damaged")]
)
def test_a_stump(path: Path, size: int, code: str) -> None:
    path.write_bytes(path.read_bytes()[:size])
    assert refused(path) == code


def test_truncated_at_every_page_and_inside_it(path: Path) -> None:
    whole = path.read_bytes()
    for end in range(PAGE, len(whole), PAGE):
        for size in (end, end + 1, end + PAGE - 1):
            path.write_bytes(whole[:size])
            assert refused(path) == "db_damaged", size


@pytest.mark.parametrize("kind", ["schema", "table leaf", "index leaf", "freelist"])
def test_a_bad_page_is_refused_or_the_rest_is_read(path: Path, kind: str) -> None:
    """Only what is read is found (going through a file at every start costs more than the start)."""
    make_room(path)
    path.write_bytes(with_bad_page(path, kind))
    seal = Seal(path.parent)
    if kind == "schema":
        assert refused(path) == "db_damaged"
    else:
        with open_database(path) as database, reading(database) as connection:
            assert load_branches(connection) == ()
    assert seal.unbroken() or kind == "freelist"


def test_a_database_of_another_program(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("CREATE TABLE alembic_version (version_num)")
        raw.execute("INSERT INTO alembic_version VALUES ('0001')")
    assert refused(path) == "db_foreign"


def test_a_link_that_leads_in_a_circle(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)
    assert refused(path) == "db_foreign"
    with pytest.raises(DatabaseError):
        migrations.create(path)


@pytest.mark.parametrize("kind", ["pipe", "socket", "device", "folder"])
def test_anything_but_a_file_is_neither_opened_nor_waited_for(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "checkin.db"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as one, pytest.MonkeyPatch.context() as here:
            here.chdir(tmp_path)
            one.bind(path.name)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    else:
        path.mkdir()
    assert refused(path) == "db_foreign"
    with pytest.raises(DatabaseError) as caught:
        migrations.create(path)
    assert caught.value.code == "db_foreign"


def test_a_link_to_a_file_that_is_not_there_yet_gets_it(tmp_path: Path) -> None:
    path = tmp_path / "checkin.db"
    path.symlink_to(tmp_path / "real.db")
    assert refused(path) == "db_missing"
    migrations.create(path)
    assert (tmp_path / "real.db").stat().st_mode & 0o777 == 0o600
    open_database(path).close()


def test_a_file_nobody_lets_us_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(DatabaseError) as caught:
        open_database(path)
    assert caught.value.code == "db_unreadable"


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
def test_what_is_left_of_a_file_that_is_gone_is_not_taken_from_it(path: Path, ending: str) -> None:
    """SQLite would delete it with the first write to a new file, and with it what was saved last."""
    beside = path.with_name(path.name + ending)
    beside.write_bytes(b"the last afternoon")
    path.unlink()
    assert refused(path) == "db_left_behind"
    seal = Seal(path.parent)
    with pytest.raises(DatabaseError) as caught:
        migrations.create(path)
    assert caught.value.code == "db_left_behind"
    assert seal.unbroken()


@pytest.mark.parametrize("first_page", [True, False])
def test_the_journal_of_another_file_is_not_played_into_this_one(path: Path, tmp_path: Path, first_page: bool) -> None:
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as raw, raw:
        raw.execute("CREATE TABLE branches (uid BLOB, name TEXT)")
        raw.executemany("INSERT INTO branches VALUES (?, ?)", [(b"1", "x" * 500)] * 300)
    journal = journal_of(other, first_page=first_page)
    path.with_name(path.name + "-journal").write_bytes(journal)
    assert refused(path) == "db_damaged"


def test_nor_is_one_of_this_file_at_another_time(path: Path) -> None:
    """As when an older copy was put in its place by hand, and the journal stayed."""
    older = path.read_bytes()
    for number in range(3):
        with closing(sqlite3.connect(path)) as raw, raw:
            raw.execute(
                "INSERT INTO branches (uid, name) VALUES (?, ?)", (bytes([200 + number]) * 16, f"Branch {number}")
            )
    journal = journal_of(path)
    path.write_bytes(older)
    path.with_name(path.name + "-journal").write_bytes(journal)
    assert refused(path) == "db_damaged"


def test_nor_is_one_of_another_file_that_was_written_as_often(path: Path, tmp_path: Path) -> None:
    """Two programs that were made the same way: only the generation tells their files apart."""
    twin = tmp_path / "twin.db"
    migrations.create(twin)
    assert twin.read_bytes()[24:32] == path.read_bytes()[24:32], "as many commits, as many pages"
    path.with_name(path.name + "-journal").write_bytes(journal_of(twin))
    assert refused(path) == "db_damaged"


def test_nor_is_one_without_the_first_page(path: Path) -> None:
    """Of which file it is nobody can tell: every transaction of ours begins with that page."""
    path.with_name(path.name + "-journal").write_bytes(journal_of(path, first_page=False))
    assert refused(path) == "db_damaged"


def test_a_window_that_is_open_does_not_play_one_into_another_file_either(path: Path, tmp_path: Path) -> None:
    twin = tmp_path / "twin.db"
    migrations.create(twin)
    with open_database(path) as database:
        assert not database.foreign_changes()
        journal = journal_of(path)
        twin.replace(path)
        path.with_name(path.name + "-journal").write_bytes(journal)
        seal = Seal(path.parent)
        with pytest.raises(DatabaseError) as caught:
            database.foreign_changes()
        assert caught.value.code == "db_damaged"
        assert seal.unbroken()


def test_the_wal_of_another_file_is_not_played_into_this_one(path: Path) -> None:
    beside = path.with_name(path.name + "-wal")
    file, foreign = wal_of(path, "PRAGMA application_id=7")
    _same, plain = wal_of(path, "UPDATE alembic_version SET version_num = '0001'")
    _same, twin = wal_of(path, "PRAGMA user_version=2")
    for wal in (foreign, plain):
        beside.write_bytes(wal)
        assert refused(path) == "db_damaged", "this file has none, as its header says"
    path.write_bytes(file)
    beside.write_bytes(foreign)
    assert refused(path) == "db_damaged", "its first page is of another program"
    beside.write_bytes(twin)
    assert refused(path) == "db_damaged", "its first page is of another file of ours"
    beside.write_bytes(foreign[:8] + (512).to_bytes(4, "big") + foreign[12:])
    assert refused(path) == "db_damaged", "its pages have another size"


def test_one_of_its_own_is_rolled_back(path: Path) -> None:
    path.with_name(path.name + "-journal").write_bytes(journal_of(path))
    with open_database(path) as database, reading(database) as connection:
        assert load_branches(connection) == ()


def test_page_one_is_the_first_in_the_journal_of_everything_that_writes(path: Path) -> None:
    before = path.read_bytes()
    with open_database(path) as database, writing(database, 0, UUID(int=1)) as work:
        insert_branches(work.connection, [(UUID(int=7), "Xinghe", "")])
        journal = path.with_name(path.name + "-journal").read_bytes()
    sector = int.from_bytes(journal[20:24], "big")
    assert int.from_bytes(journal[sector : sector + 4], "big") == 1
    assert journal[sector + 4 : sector + 4 + PAGE] == before[:PAGE]


def test_what_writes_nothing_is_no_news(path: Path) -> None:
    """Though every transaction begins with a page, one that only looked leaves the file as it was."""
    before = path.read_bytes()
    with open_database(path) as one, open_database(path) as other:
        assert not one.foreign_changes()
        with writing(other, 0, UUID(int=1)) as work:
            assert load_branches(work.connection) == ()
            work.commit()
        assert not one.foreign_changes()
    assert path.read_bytes() == before


def test_a_writer_at_work_is_no_stranger(path: Path) -> None:
    """What lies beside the file while somebody else commits fits it at every look."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode=truncate")
        raw.execute("BEGIN IMMEDIATE")
        for number in range(60):
            raw.execute("INSERT INTO branches (uid, name) VALUES (?, ?)", (bytes([number]) * 16, f"Branch {number}"))
            open_database(path).close()
        raw.execute("COMMIT")
        open_database(path).close()


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO branches (uid, name) VALUES (x'31313131313131313131313131313131', CAST(x'fffefd' AS TEXT))",
        "INSERT INTO branches (uid, name) VALUES (x'00', 'Xinghe')",
        "DROP TABLE branches",
    ],
    ids=["text that is no text", "a value nobody writes", "a table that is not there"],
)
def test_what_this_program_never_writes_is_damage(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute(statement)
    with open_database(path) as database, pytest.raises(DatabaseError) as caught, reading(database) as connection:
        load_branches(connection)
    assert caught.value.code == "db_damaged"
