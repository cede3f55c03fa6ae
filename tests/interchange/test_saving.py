"""A text is written whole, where it was asked for, and replaces nothing unasked."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange import saving
from checkin_tui.interchange.saving import folder_beside, save_beside, save_text
from checkin_tui.store import whose
from checkin_tui.store.holding import holding, let_go
from tests.store.test_whose import gone, mark_of


def refused(path: Path, *, force: bool = False) -> str:
    """The code of the refusal; nothing is left beside the place."""
    there = sorted(path.parent.iterdir()) if path.parent.is_dir() else []
    with pytest.raises(CheckInError) as error:
        save_text(path, "text", force=force)
    assert there == (sorted(path.parent.iterdir()) if path.parent.is_dir() else [])
    return error.value.code


def test_a_text_is_there_for_its_owner_alone_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "missing.txt"
    save_text(path, "王小明 owes\ntwo notes")
    assert path.read_bytes() == "王小明 owes\ntwo notes\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_there_is_replaced_only_by_force(tmp_path: Path) -> None:
    path = tmp_path / "missing.txt"
    path.write_text("old")
    assert refused(path) == "save_exists"
    assert path.read_text() == "old"
    save_text(path, "new\n", force=True)
    assert path.read_text() == "new\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_is_something_that_is_there_and_what_it_points_to_stays(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old")
    link.symlink_to(target)
    assert refused(link) == "save_exists"
    save_text(link, "new", force=True)
    assert (target.read_text(), link.read_text(), link.is_symlink()) == ("old", "new\n", False)


@pytest.mark.parametrize("force", [False, True])
def test_a_database_is_never_replaced_nor_what_belongs_to_one(tmp_path: Path, force: bool) -> None:
    base, copy = tmp_path / "checkin.db", tmp_path / "missing.txt"
    with closing(sqlite3.connect(base)) as file:
        file.execute("CREATE TABLE t (a)")
    copy.write_bytes(base.read_bytes())
    (tmp_path / "link").symlink_to(base)
    (tmp_path / "checkin.db-journal").write_bytes(b"")  # as it lies there between two transactions
    log = tmp_path / "other-wal"
    log.write_bytes(bytes.fromhex("377f0682"))
    for path in (base, copy, tmp_path / "link", tmp_path / "checkin.db-journal", tmp_path / "checkin.db-wal", log):
        before = path.read_bytes() if path.exists() else None
        assert refused(path, force=force) == "save_database"
        assert before == (path.read_bytes() if path.exists() else None)


def test_a_file_that_is_replaced_keeps_its_mode(tmp_path: Path) -> None:
    path, link = tmp_path / "missing.txt", tmp_path / "link"
    path.write_text("old")
    path.chmod(0o4644)
    save_text(path, "new", force=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    link.symlink_to(path)
    save_text(link, "newer", force=True)
    assert stat.S_IMODE(link.lstat().st_mode) == 0o600


def test_a_database_this_process_works_on_is_not_opened_to_see_what_it_is(tmp_path: Path) -> None:
    """Closing it would give up the locks of whoever commits just now."""
    path = tmp_path / "checkin.db"
    path.write_bytes(b"whatever it says")
    with holding(path.stat()):
        assert refused(path, force=True) == "save_database"
    let_go(path.stat())


def test_what_became_a_database_meanwhile_stays(monkeypatch, tmp_path: Path) -> None:
    path = tmp_path / "missing.txt"
    path.write_text("old")
    sync = saving.os.fsync

    def becomes(handle: int) -> None:
        path.write_bytes(b"SQLite format 3\0 and more")
        sync(handle)

    monkeypatch.setattr(saving.os, "fsync", becomes)
    with pytest.raises(CheckInError) as error:
        save_text(path, "text", force=True)
    assert error.value.code == "save_database"
    assert path.read_bytes().startswith(b"SQLite")
    assert list(tmp_path.iterdir()) == [path]


def test_settings_and_the_station_are_never_replaced(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CHECKIN_HOME", str(tmp_path))
    (tmp_path / "state").mkdir()
    for path in (tmp_path / "settings.toml", tmp_path / "state" / "station.toml"):
        path.write_text("old")
        assert refused(path, force=True) == "save_ours"
        assert path.read_text() == "old"


def test_nor_is_anything_put_where_they_will_be(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CHECKIN_HOME", str(tmp_path))
    (tmp_path / "state").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "state", target_is_directory=True)
    for place in ("settings.toml", "state/station.toml", "link/station.toml", "state/../settings.toml"):
        assert refused(tmp_path / place) == "save_ours"


def test_what_cannot_be_a_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    for force in (False, True):
        assert refused(tmp_path / "link", force=force) == "save_not_a_file"
        assert (tmp_path / "link").is_symlink()
    assert refused(tmp_path) == "save_folder"
    assert refused(tmp_path / "none" / "missing.txt") == "save_no_folder"
    assert refused(tmp_path / "pipe", force=True) == "save_not_a_file"
    assert refused(tmp_path / ("x" * 300)) == "save_failed"


@pytest.mark.parametrize(
    ("number", "code"), [(28, "save_full"), (13, "save_denied"), (30, "save_denied"), (5, "save_failed")]
)
@pytest.mark.parametrize("force", [False, True])
def test_a_failure_leaves_everything_as_it_was(
    monkeypatch, tmp_path: Path, number: int, code: str, force: bool
) -> None:
    path = tmp_path / "missing.txt"
    if force:
        path.write_text("old")

    def fails(*_arguments: object) -> None:
        raise OSError(number, "no")

    for place, name in ((saving.os, "fsync"), (Path, "replace")):
        with monkeypatch.context() as patched:
            patched.setattr(place, name, fails)
            assert refused(path, force=force) == code
    assert not force or path.read_text() == "old"


def test_a_file_that_came_at_the_last_moment_stays(monkeypatch, tmp_path: Path) -> None:
    path = tmp_path / "missing.txt"
    sync = saving.os.fsync

    def comes(handle: int) -> None:
        path.write_text("somebody else's")
        sync(handle)

    monkeypatch.setattr(saving.os, "fsync", comes)
    with pytest.raises(CheckInError) as error:
        save_text(path, "text")
    assert error.value.code == "save_exists"
    assert path.read_text() == "somebody else's"
    assert list(tmp_path.iterdir()) == [path]


def test_the_next_free_name_is_taken_unless_a_file_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "missing-2026-05-18.2.txt"
    assert save_beside(path, "one") == path
    assert save_beside(path, "one") == path
    assert save_beside(path, "two") == tmp_path / "missing-2026-05-18.2-2.txt"
    assert save_beside(path, "three").name == "missing-2026-05-18.2-3.txt"
    assert path.read_text() == "one\n"
    with pytest.raises(CheckInError) as error:
        save_beside(tmp_path / "none" / "x.txt", "one")
    assert error.value.code == "save_no_folder"


def test_what_a_killed_process_left_goes_with_the_next_file_there(tmp_path: Path) -> None:
    """A draft, and the folder its writer had beside it; nothing that is being written."""
    with saving.saving(tmp_path / "other.txt") as draft, folder_beside(draft) as folder:
        (folder / "part").write_text("names")
        for path in (draft, folder):
            left = path.with_name(path.name.replace(whose.mark(), mark_of(gone())))
            shutil.copytree(path, left) if path.is_dir() else left.write_text("names")
        assert whose.mark() in draft.name
        save_text(tmp_path / "missing.txt", "text")
        assert sorted(tmp_path.iterdir()) == sorted([draft, folder, tmp_path / "missing.txt"])
