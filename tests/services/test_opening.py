"""Opening a file: one of an older revision is backed up and brought on, one that is wrong is refused with a way out."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from checkin_tui.domain.backups import Why
from checkin_tui.domain.errors import CheckInError, DatabaseError
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.reads import LoadDesk
from checkin_tui.domain.requests import CreateProgram, EditBranch
from checkin_tui.services.handler import FileHandler
from checkin_tui.services.opening import Door
from checkin_tui.store import backups, checks, engine, migrations, revision
from checkin_tui.words import sentence
from tests.conftest import MONDAY, Bench, context_for
from tests.damage import Seal
from tests.desk import Desk

NEXT = """
import os
from alembic import op

revision, down_revision, branch_labels, depends_on = "9999", "HEAD", None, None


def upgrade():
    op.execute("CREATE TABLE stages (id INTEGER PRIMARY KEY) STRICT")
    op.execute("UPDATE branches SET contact = 'moved'")
    if "DIE" in os.environ:
        op.execute("PRAGMA cache_spill=1")
        os.kill(os.getpid(), 9)
    if "FAIL" in os.environ:
        raise ValueError("a mistake in the migration")
"""

OPEN = """
import sys
from pathlib import Path
from checkin_tui.services.opening import Door
from checkin_tui.store import engine, migrations
engine.HEAD, engine.ANCESTORS = "9999", (engine.HEAD,)
migrations.scripts = lambda: Path(sys.argv[2])
Door(Path(sys.argv[1]), None, lambda: 0).open().close()
"""


@pytest.fixture
def next_scripts(tmp_path: Path) -> Path:
    """The migrations with one more."""
    folder = tmp_path / "next"
    shutil.copytree(migrations.scripts(), folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "9999_stages.py").write_text(NEXT.replace("HEAD", revision.HEAD), "utf-8")
    return folder


@pytest.fixture
def newer_code(next_scripts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if this program were of the next revision."""
    monkeypatch.setattr(migrations, "scripts", lambda: next_scripts)
    monkeypatch.setattr(engine, "HEAD", "9999")
    monkeypatch.setattr(engine, "ANCESTORS", (revision.HEAD,))


@pytest.fixture
def door(desk: Desk, database_path: Path, tmp_path: Path) -> Door:
    """A file with a program and eight people."""
    desk.ctx.database.close()
    return Door(database_path, tmp_path / "backups", desk.bench.clock)


def value(path: Path, query: str) -> object:
    with closing(sqlite3.connect(path)) as raw:
        return raw.execute(query).fetchone()[0]


def test_the_ancestors_are_those_of_the_scripts() -> None:
    names = sorted(one.name.partition("_")[0] for one in (migrations.scripts() / "versions").glob("[0-9]*.py"))
    assert tuple(names) == (*revision.ANCESTORS, revision.HEAD)


def test_an_older_file_is_backed_up_and_then_brought_to_the_newest(door: Door, newer_code: None) -> None:
    assert door.backups is not None
    door.open().close()
    assert value(door.path, "SELECT version_num FROM alembic_version") == "9999"
    assert value(door.path, "SELECT min(contact) FROM branches") == "moved"
    (kept,) = backups.listed(door.backups)
    assert kept.why is Why.MIGRATION
    assert value(Path(kept.file), "SELECT version_num FROM alembic_version") == revision.HEAD
    door.open().close()
    assert len(backups.names_in(door.backups)) == 1, "once"


def test_a_file_from_before_columns_were_remembered_has_everybody_in_it_afterwards(door: Door) -> None:
    with closing(sqlite3.connect(door.path)) as raw, raw:
        raw.execute("DROP TABLE import_columns")
        raw.execute("UPDATE alembic_version SET version_num = '0001'")
    replace(door, backups=None).open().close()
    assert value(door.path, "SELECT count(*) FROM members") == 8
    assert checks.schema_faults(door.path) == []


def test_without_a_backup_it_stays_as_it_is(door: Door, newer_code: None, tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("in the way")
    seal = Seal(tmp_path)
    with pytest.raises(CheckInError, match="backup_failed"):
        door.open()
    assert seal.unbroken()


def test_a_migration_that_fails_changes_nothing(door: Door, newer_code: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIL", "1")
    before = door.path.read_bytes()
    with pytest.raises(ValueError, match="a mistake"):
        door.open()
    assert door.path.read_bytes() == before


def test_one_that_is_killed_is_all_undone_and_then_done(door: Door, next_scripts: Path) -> None:
    command = [sys.executable, "-c", OPEN, str(door.path), str(next_scripts)]
    killed = subprocess.run(command, env={**os.environ, "DIE": "1"}, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert value(door.path, "SELECT version_num FROM alembic_version") == revision.HEAD
    assert value(door.path, "SELECT count(*) FROM sqlite_master WHERE name = 'stages'") == 0
    subprocess.run(command, check=True)
    assert value(door.path, "SELECT version_num FROM alembic_version") == "9999"


def damage(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2 + 1])


def test_a_damaged_file_names_its_newest_whole_backup(door: Door) -> None:
    assert door.backups is not None
    good = backups.make(door.path, door.backups, Why.DAY, door.clock())
    bad = backups.make(door.path, door.backups, Why.ASKED, door.clock() + 60_000)
    damage(Path(bad.file))
    damage(door.path)
    seal = Seal(door.path.parent)
    with pytest.raises(DatabaseError, match="db_damaged") as caught:
        door.open()
    assert caught.value.values["backup"] == good.file
    assert seal.unbroken()


def test_one_that_is_whole_but_not_ours_is_not_to_be_replaced(door: Door) -> None:
    assert door.backups is not None
    backups.make(door.path, door.backups, Why.DAY, door.clock())
    with closing(sqlite3.connect(door.path)) as raw:
        raw.execute("PRAGMA application_id=7")
    with pytest.raises(DatabaseError, match="db_foreign") as caught:
        door.open()
    assert "backup" not in caught.value.values
    door.path.write_bytes(b"somebody wrote over it " * 500)
    with pytest.raises(DatabaseError, match="db_foreign") as caught:
        door.open()
    assert caught.value.values["backup"]


def test_a_screen_gets_the_way_out_too_also_of_what_is_found_while_reading(door: Door, bench: Bench) -> None:
    assert door.backups is not None
    made = backups.make(door.path, door.backups, Why.DAY, door.clock())
    with closing(sqlite3.connect(door.path)) as raw:
        page = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'members'").fetchone()[0]
    handler = FileHandler(door, lambda database: context_for(database, bench))
    data = bytearray(door.path.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = bytes(4096)
    door.path.write_bytes(data)
    for _turn in range(2):
        with pytest.raises(DatabaseError, match="db_damaged") as caught:
            handler.handle(LoadDesk())
        assert caught.value.values["backup"] == made.file
    handler.close()
    assert door.path.read_bytes() == bytes(data)


def test_a_file_that_goes_while_it_is_open_is_told_to_be_gone_and_how_to_have_it_back(door: Door, bench: Bench) -> None:
    assert door.backups is not None
    made = backups.make(door.path, door.backups, Why.DAY, door.clock())
    handler = FileHandler(door, lambda database: context_for(database, bench))
    handler.handle(LoadDesk())
    door.path.unlink()
    with pytest.raises(DatabaseError, match="db_gone") as caught:
        handler.handle(EditBranch(bench.uid(), bench.now, 1, "Mara Quill"))
    assert caught.value.values["backup"] == made.file
    said = sentence(caught.value.code, caught.value.values)
    assert "is gone" in said
    assert said.endswith(f"checkin --db {door.path} restore {Path(made.file).name}")
    assert not door.path.exists()
    handler.close()


def test_an_empty_file_is_no_new_beginning(door: Door, bench: Bench) -> None:
    door.path.write_bytes(b"")
    handler = FileHandler(door, lambda database: context_for(database, bench))
    with pytest.raises(DatabaseError, match="db_empty"):
        handler.handle(LoadDesk())


def test_of_two_who_make_the_same_new_file_the_second_hears_of_the_firsts_program(
    tmp_path: Path, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "new.db"
    terms = ProgramTerms("Choir", MONDAY, MONDAY, frozenset(range(7)))
    first, second = (
        FileHandler(Door(path, None, bench.clock), lambda database: context_for(database, bench)) for _one in range(2)
    )
    create = migrations.create

    def overtaken(file: Path) -> None:
        monkeypatch.setattr(migrations, "create", create)
        first.handle(CreateProgram(bench.uid(), bench.now, terms))
        create(file)

    monkeypatch.setattr(migrations, "create", overtaken)
    with pytest.raises(CheckInError) as caught:
        second.handle(CreateProgram(bench.uid(), bench.now, terms))
    assert caught.value.code == "program_exists"
    first.close()
    second.close()
