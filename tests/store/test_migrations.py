"""A new file: it is there when it is whole, or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from checkin_tui.domain.errors import DatabaseError
from checkin_tui.store import checks, leftovers, migrations, revision
from checkin_tui.store.engine import begin_writing, open_database


def test_nobody_meets_half_of_a_new_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "checkin.db"
    upgrade = migrations.upgrade

    def looking(draft: Path) -> None:
        assert not path.exists()
        upgrade(draft)
        assert not path.exists()

    monkeypatch.setattr(migrations, "upgrade", looking)
    migrations.create(path)
    open_database(path).close()
    assert [one.name for one in tmp_path.iterdir()] == ["checkin.db"]


def test_of_two_that_make_the_same_file_the_second_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "checkin.db"
    upgrade = migrations.upgrade

    def overtaken(draft: Path) -> None:
        monkeypatch.setattr(migrations, "upgrade", upgrade)
        migrations.create(path)
        upgrade(draft)

    monkeypatch.setattr(migrations, "upgrade", overtaken)
    with pytest.raises(DatabaseError) as caught:
        migrations.create(path)
    assert caught.value.code == "db_exists"
    open_database(path).close()
    assert [one.name for one in tmp_path.iterdir()] == ["checkin.db"]


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, "db_full"), (errno.EACCES, "db_readonly")])
def test_a_disk_that_says_no_is_told_by_the_name_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def refusing(_handle: int) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(os, "fsync", refusing)
    with pytest.raises(DatabaseError) as caught:
        migrations.create(tmp_path / "checkin.db")
    assert (caught.value.code, caught.value.values["path"]) == (code, tmp_path / "checkin.db")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_that_somebody_made_becomes_the_database(tmp_path: Path) -> None:
    path = tmp_path / "checkin.db"
    path.touch(0o600)
    migrations.create(path)
    open_database(path).close()


@pytest.mark.parametrize("synced", [False, True])
def test_also_when_somebody_was_killed_while_making_it(tmp_path: Path, synced: bool) -> None:
    """What lies beside the empty file is then a journal that leads back to nothing."""
    path = tmp_path / "checkin.db"
    path.touch(0o600)
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        begin_writing(raw)
        if synced:
            raw.execute("PRAGMA cache_size=1")
        raw.execute("CREATE TABLE half (of_it)")
        raw.executemany("INSERT INTO half VALUES (?)", [("x" * 3000,)] * 20)
        journal = (tmp_path / "checkin.db-journal").read_bytes()
        raw.execute("ROLLBACK")
    assert any(journal[:8]) is synced
    os.truncate(path, 0)
    (tmp_path / "checkin.db-journal").write_bytes(journal)
    with pytest.raises(DatabaseError, match="db_empty"):
        open_database(path)
    migrations.create(path)
    open_database(path).close()


def test_a_file_of_every_older_revision_gets_the_tables_of_the_newest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for older in revision.ANCESTORS:
        path, scripts = tmp_path / f"{older}.db", tmp_path / older
        shutil.copytree(migrations.scripts(), scripts, ignore=shutil.ignore_patterns("__pycache__"))
        for newer in (scripts / "versions").glob("[0-9]*.py"):
            if newer.name.partition("_")[0] > older:
                newer.unlink()
        with monkeypatch.context() as patch:
            patch.setattr(migrations, "scripts", lambda scripts=scripts: scripts)
            migrations.create(path)
        with pytest.raises(DatabaseError, match="db_older"):
            open_database(path)
        assert checks.schema_faults(path)
        migrations.upgrade(path)
        open_database(path).close()
        assert checks.schema_faults(path) == []


def test_every_new_file_begins_with_a_generation_of_its_own(tmp_path: Path) -> None:
    for name in ("one.db", "another.db"):
        migrations.create(tmp_path / name)
    one, another = (
        leftovers.generation_of((tmp_path / name).read_bytes()[: leftovers.HEADER]) for name in ("one.db", "another.db")
    )
    assert one != another
    migrations.upgrade(tmp_path / "one.db")
    assert leftovers.generation_of((tmp_path / "one.db").read_bytes()[: leftovers.HEADER]) == one
