"""The copy that long reads are made from: one moment of the file, while others go on."""

import os
import sqlite3
from pathlib import Path

import pytest

from checkin_tui.domain.errors import CheckInError, DatabaseError
from checkin_tui.services.status import status
from checkin_tui.store import backups, copying, snapshot
from checkin_tui.store.engine import Database
from tests.desk import Desk
from tests.store.test_whose import gone, mark_of


def present(ctx) -> int:
    return status(ctx).figures.counts.present


def test_what_others_write_meanwhile_is_not_seen_and_not_held_up(desk: Desk, other_desk: Desk):
    desk.mark("001")
    with desk.ctx.still() as still:
        assert present(still) == 1
        other_desk.mark("002")
        desk.mark("003")
        assert present(still) == 1
    assert present(desk.ctx) == 3


def test_nothing_is_left_of_it(desk: Desk, database_path: Path):
    with desk.ctx.still() as still:
        present(still)
        beside = set(database_path.parent.iterdir())
    assert len(beside) > len(set(database_path.parent.iterdir())) > 0
    assert not list(database_path.parent.glob("*.part*"))


def test_a_folder_nobody_may_write_to_can_be_read_all_the_same(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    def refuse(_path: Path, _mark: str):
        raise PermissionError

    monkeypatch.setattr("checkin_tui.store.copying.draft_beside", refuse)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    desk.mark("001")
    (tmp_path / f"checkin-{mark_of(gone())}k3v_9zq1").mkdir()  # a killed one left it
    with desk.ctx.still() as still:
        assert present(still) == 1
        assert len(list(tmp_path.glob("checkin-*"))) == 1
    assert not list(tmp_path.glob("checkin-*"))


def test_nobody_writes_to_it(desk: Desk):
    with desk.ctx.still() as still, pytest.raises(DatabaseError):
        Desk(still, desk.bench, new=False).mark("001")
    assert present(desk.ctx) == 0


def left_by(pid: int, path: Path) -> Path:
    """The copy that this process would have left."""
    left = path.with_name(f"{copying.draft_prefix(path)}{mark_of(pid)}k3v_9zq1{copying.DRAFT}")
    left.write_text("everybody's names")
    return left


def test_what_a_killed_export_left_is_named_and_goes_with_the_next(desk: Desk, database_path: Path):
    dead, other = left_by(gone(), database_path), left_by(os.getppid(), database_path)
    assert backups.copies_beside(database_path) == [str(dead)]
    with desk.ctx.still():
        assert not dead.exists()
    assert other.read_text() == "everybody's names"


def test_whoever_makes_a_backup_takes_away_what_is_left_and_nothing_that_is_read(desk: Desk, database_path: Path):
    with desk.ctx.still() as still:
        dead = left_by(gone(), database_path)
        backups.sweep_beside(database_path)
        assert still.database.path.exists()
        assert backups.copies_beside(database_path) == []
    assert not dead.exists()


@pytest.mark.parametrize(
    ("number", "code"), [(sqlite3.SQLITE_FULL, "save_full"), (sqlite3.SQLITE_IOERR_WRITE, "save_failed")]
)
def test_a_copy_for_which_there_is_no_room_is_no_trouble_of_the_database(
    desk: Desk, database_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
):
    names = {sqlite3.SQLITE_FULL: "SQLITE_FULL", sqlite3.SQLITE_IOERR_WRITE: "SQLITE_IOERR_WRITE"}

    def fails(_source: sqlite3.Connection, _target: Path):
        error = sqlite3.OperationalError("no")
        error.sqlite_errorcode, error.sqlite_errorname = number, names[number]
        raise error

    monkeypatch.setattr(copying, "copy_into", fails)
    with pytest.raises(CheckInError) as refused, desk.ctx.still():
        pass
    assert (type(refused.value), refused.value.code) == (CheckInError, code)
    assert str(refused.value.values["file"]).startswith(str(database_path.with_name(f".{database_path.name}.")))


def test_a_copy_of_a_file_behind_a_link_lies_beside_the_file(desk: Desk, database_path: Path, tmp_path: Path):
    (tmp_path / "other").mkdir()
    link = tmp_path / "other" / "desk.db"
    link.symlink_to(database_path)
    with snapshot.still(Database(link, desk.ctx.database.engine)) as copy:
        assert copy.path.parent == database_path.parent
