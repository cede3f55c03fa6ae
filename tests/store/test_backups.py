"""Making backups: whole or not at all, private, without holding anybody up, and never another program's."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from checkin_tui.domain.backups import LAST_KEPT, BackupName, Why
from checkin_tui.domain.errors import CheckInError, DatabaseError
from checkin_tui.store import backups, copying
from tests.conftest import at
from tests.restored import Archivist, digest_of

NOW = at("14:30")
NAME, SECOND = "2026-05-18T063000Z", 1_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups" / "checkin-1"


@pytest.fixture
def large(database_path: Path) -> Path:
    """A file of several steps."""
    with closing(sqlite3.connect(database_path)) as raw:
        rows = [(number.to_bytes(16, "big"), f"{number} " * 100) for number in range(6_000)]
        raw.executemany("INSERT INTO branches (uid, name) VALUES (?, ?)", rows)
        raw.commit()
    assert database_path.stat().st_size > 3 * copying.STEP_PAGES * 4096
    return database_path


def add(path: Path, name: str) -> None:
    with closing(sqlite3.connect(path, timeout=5)) as raw, raw:
        raw.execute("INSERT INTO branches (uid, name) VALUES (?, ?)", (os.urandom(16), name))


def files(folder: Path) -> list[str]:
    """What lies there beside the lock."""
    return sorted(path.name for path in folder.iterdir() if path.name != backups.LOCK)


def test_a_backup_holds_every_row_and_its_name_says_when_and_why(
    desk: object, database_path: Path, folder: Path, archivist: Archivist
) -> None:
    archivist.seen.clear()
    made = backups.make(database_path, folder, Why.IMPORT, NOW)
    assert made.file == str(folder / f"{NAME}-import.db")
    assert digest_of(Path(made.file)) == digest_of(database_path)
    assert (made.made, made.why, made.size) == (NOW, Why.IMPORT, Path(made.file).stat().st_size)
    assert made.contents is not None
    assert (made.contents.program, made.contents.people, made.contents.sessions) == ("Learning campaign", 8, 9)
    assert made.rows is not None
    assert made.rows > 8 + 9
    assert archivist.restored == 1


def test_backups_and_their_folders_are_their_owners_alone(database_path: Path, folder: Path) -> None:
    mask = os.umask(0)
    try:
        made = backups.make(database_path, folder, Why.DAY, NOW)
    finally:
        os.umask(mask)
    for path, mode in ((Path(made.file), 0o600), (folder / backups.LOCK, 0o600), (folder, 0o700)):
        assert stat.S_IMODE(path.stat().st_mode) == mode, path
    assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700


def test_two_in_one_second_have_two_names_in_the_order_they_were_made(database_path: Path, folder: Path) -> None:
    for why in (Why.IMPORT, Why.DAY, Why.IMPORT):
        backups.make(database_path, folder, why, NOW)
    assert files(folder) == [
        "2026-05-18T063000Z-import.db",
        "2026-05-18T063001Z-day.db",
        "2026-05-18T063002Z-import.db",
    ]


def test_a_file_that_wal_was_used_on_makes_a_backup_that_stands_alone(database_path: Path, folder: Path) -> None:
    with closing(sqlite3.connect(database_path, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode=wal")
        raw.execute("INSERT INTO branches (uid, name) VALUES (?, 'only in the WAL')", (os.urandom(16),))
        made = backups.make(database_path, folder, Why.ASKED, NOW)
    moved = folder.parent / "moved.db"
    shutil.copy(made.file, moved)
    with closing(sqlite3.connect(f"{moved.as_uri()}?mode=ro&immutable=1", uri=True)) as raw:
        assert raw.execute("SELECT count(*) FROM branches").fetchone() == (1,)
    assert moved.read_bytes()[18:20] == b"\x01\x01", "by its header it needs a WAL beside it"
    assert files(folder) == [f"{NAME}-asked.db"]


# ------------------------------------------------------------------------------------------- while others are at work


def test_a_writer_gets_in_between_two_steps_and_the_backup_has_what_it_wrote(
    large: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step gives the lock back: whoever writes then needs no patience at all."""
    between: list[int] = []

    def write(_seconds: float) -> None:
        if not between:
            add(large, "came between two steps")
        between.append(1)

    monkeypatch.setattr(copying.time, "sleep", write)
    made = backups.make(large, folder, Why.DAY, NOW)
    assert len(between) >= 3
    assert digest_of(Path(made.file)) == digest_of(large)


def test_with_others_writing_all_the_time_it_is_done_in_one_step(
    large: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int] = []
    tries: list[int] = []
    copy = copying._copy

    def write(_seconds: float) -> None:
        assert len(written) < 100, "the copy begins again and again"
        if len(tries) == 1:
            add(large, f"row {len(written)}")
            written.append(1)

    monkeypatch.setattr(copying, "_copy", lambda *values: (tries.append(len(written)), copy(*values)))
    monkeypatch.setattr(copying.time, "sleep", write)
    made = backups.make(large, folder, Why.DAY, NOW)
    assert tries[:2] == [0, copying.MOST_RESTARTS + 1]
    assert digest_of(Path(made.file)) == digest_of(large)


def test_a_file_that_another_program_holds_is_not_waited_for_forever(
    database_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying.engine, "BUSY_TIMEOUT", 30)
    with closing(sqlite3.connect(database_path, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseError, match="db_locked"):
            backups.make(database_path, folder, Why.DAY, NOW)
        holder.execute("ROLLBACK")
    assert files(folder) == []


def test_a_lock_that_comes_between_two_steps_ends_the_attempt(
    large: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying.engine, "BUSY_TIMEOUT", 30)
    with closing(sqlite3.connect(large, isolation_level=None)) as holder:
        monkeypatch.setattr(copying.time, "sleep", lambda _seconds: holder.execute("BEGIN EXCLUSIVE"))
        with pytest.raises(CheckInError) as caught:
            backups.make(large, folder, Why.DAY, NOW)
    assert (caught.value.code, caught.value.values["cause"]) == ("backup_failed", "db_locked")
    assert files(folder) == []


def test_two_that_begin_the_same_day_make_one_backup(desk: object, database_path: Path, folder: Path) -> None:
    made: list[object] = []

    def begin() -> None:
        made.append(backups.make_of_day(database_path, folder, NOW, "Asia/Shanghai"))

    threads = [threading.Thread(target=begin) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 4
    assert len([one for one in made if one is not None]) == 1
    assert files(folder) == [f"{NAME}-day.db"]


def test_a_day_is_one_of_the_program(database_path: Path, folder: Path) -> None:
    """23:30 and 00:30 in Shanghai are one day in UTC; 14:30 there is the day of the one, not of the other."""
    late, early = at("23:30"), at("23:30") + 3_600_000
    assert backups.make_of_day(database_path, folder, NOW, "Asia/Shanghai")
    assert backups.make_of_day(database_path, folder, late, "Asia/Shanghai") is None
    assert backups.make_of_day(database_path, folder, early, "Asia/Shanghai")
    assert backups.make_of_day(database_path, folder, early + 1, "Asia/Shanghai") is None


# -------------------------------------------------------------------------------------------------- what goes wrong


def test_a_damaged_file_makes_no_backup_that_looks_like_one(large: Path, folder: Path) -> None:
    content = bytearray(large.read_bytes())
    content[-40 * 4096 : -20 * 4096] = os.urandom(20 * 4096)
    large.write_bytes(content)
    with pytest.raises(CheckInError) as caught:
        backups.make(large, folder, Why.DAY, NOW)
    assert (caught.value.code, caught.value.values["cause"]) == ("backup_failed", "db_damaged")
    assert files(folder) == []


def test_a_value_no_rule_allows_is_found(desk: object, database_path: Path, folder: Path) -> None:
    with closing(sqlite3.connect(database_path)) as raw, raw:
        raw.execute("PRAGMA ignore_check_constraints=ON")
        raw.execute("UPDATE programs SET grace = -1")
    with pytest.raises(CheckInError, match="backup_failed"):
        backups.make(database_path, folder, Why.DAY, NOW)


def test_a_reference_that_leads_nowhere_is_found(desk: object, database_path: Path, folder: Path) -> None:
    with closing(sqlite3.connect(database_path)) as raw, raw:
        raw.execute("UPDATE memberships SET branch_id = 999")
    with pytest.raises(CheckInError, match="backup_failed"):
        backups.make(database_path, folder, Why.DAY, NOW)


def test_a_copy_that_lacks_a_row_is_none(
    desk: object, database_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = copying.copy_into

    def lossy(source: sqlite3.Connection, target: Path) -> None:
        real(source, target)
        with closing(sqlite3.connect(target)) as raw, raw:
            raw.execute("DELETE FROM changes WHERE id = (SELECT max(id) FROM changes)")

    monkeypatch.setattr(copying, "copy_into", lossy)
    with pytest.raises(CheckInError, match="backup_failed"):
        backups.make(database_path, folder, Why.DAY, NOW)
    assert files(folder) == []


@pytest.mark.parametrize(("number", "cause"), [(errno.ENOSPC, "db_full"), (errno.EIO, "db_readonly")])
def test_without_the_disks_word_for_it_there_is_no_backup(
    database_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, cause: str
) -> None:
    def failing(_handle: int) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(CheckInError) as caught:
        backups.make(database_path, folder, Why.DAY, NOW)
    assert (caught.value.code, caught.value.values["cause"]) == ("backup_failed", cause)
    assert files(folder) == []


def test_file_and_folder_are_on_the_disk_before_it_counts(
    database_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    flush, link = copying.flush, os.link
    monkeypatch.setattr(copying, "flush", lambda path: (order.append(f"flush {path.suffix}"), flush(path)))
    monkeypatch.setattr(os, "link", lambda one, other: (order.append("name"), link(one, other)))
    folder.mkdir(parents=True)
    backups._write(database_path, folder / f"{NAME}-day.db")
    assert order[:3] == ["flush .part", "name", "flush "]


def test_where_the_folder_should_be_lies_a_file(database_path: Path, folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("in the way")
    with pytest.raises(CheckInError, match="backup_failed"):
        backups.make(database_path, folder, Why.DAY, NOW)
    assert folder.read_text() == "in the way"


def test_a_file_system_without_links_gives_names_too(
    database_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unable(_one: object, _other: object) -> None:
        raise PermissionError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", unable)
    made = backups.make(database_path, folder, Why.DAY, NOW)
    assert digest_of(Path(made.file)) == digest_of(database_path)
    assert files(folder) == [f"{NAME}-day.db"]


KILLED = """
import os, sys
from pathlib import Path
from checkin_tui.domain.backups import Why
from checkin_tui.store import backups, copying
copying.time.sleep = lambda seconds: os.kill(os.getpid(), 9)
backups.make(Path(sys.argv[1]), Path(sys.argv[2]), Why.DAY, int(sys.argv[3]))
"""


def test_a_kill_in_the_middle_leaves_the_file_fine_and_nothing_that_looks_whole(large: Path, folder: Path) -> None:
    before = digest_of(large)
    arguments = [str(large), str(folder), str(NOW)]
    done = subprocess.run([sys.executable, "-c", KILLED, *arguments], check=False, timeout=60)
    assert done.returncode == -9
    assert [name for name in files(folder) if not name.endswith(copying.DRAFT)] == []
    assert files(folder) != [], "the kill came before the copy began"
    assert backups.listed(folder) == []
    assert digest_of(large) == before
    add(large, "work goes on")
    made = backups.make(large, folder, Why.DAY, NOW)  # what the killed one left is taken away, its lock is free
    assert files(folder) == [Path(made.file).name]


# ----------------------------------------------------------------------------------------------- which ones are kept


def test_old_backups_go_and_nothing_else_does(database_path: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    foreign = [
        "notes.txt",
        "checkin.db",
        "2026-05-01T000000Z-day.db.bak",
        "2026-05-01T000000Z-unheard.db",
        "2026-05-01T000001Z-day.db",
    ]
    for name in foreign[:-1]:
        (folder / name).write_text("mine")
    (folder / foreign[-1]).symlink_to(database_path)
    (folder / "2026-05-01T000002Z-day.db").mkdir()
    for number in range(LAST_KEPT + 3):
        backups.make(database_path, folder, Why.ASKED, NOW + number * SECOND)
    assert sorted(backups.names_in(folder)) == [
        BackupName(NOW + number * SECOND, Why.ASKED) for number in range(3, LAST_KEPT + 3)
    ]
    assert {*foreign, "2026-05-01T000002Z-day.db"} <= set(files(folder))
    assert database_path.exists()


def test_one_that_cannot_be_taken_away_is_no_reason_to_do_without_the_new_one(
    database_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(LAST_KEPT):
        backups.make(database_path, folder, Why.ASKED, NOW + number * SECOND)
    unlink = Path.unlink

    def refusing(path: Path, missing_ok: bool = False) -> None:
        if BackupName.parse(path.name):
            raise PermissionError(errno.EPERM, "no")
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", refusing)
    backups.make(database_path, folder, Why.IMPORT, NOW + 60 * SECOND)
    assert len(backups.names_in(folder)) == LAST_KEPT + 1


def test_the_list_says_what_each_holds_and_names_one_that_cannot_be_read(
    desk: object, database_path: Path, folder: Path
) -> None:
    backups.make(database_path, folder, Why.IMPORT, NOW)
    (folder / "2026-05-18T063001Z-day.db").write_bytes(b"")
    (folder / "2026-05-18T063002Z-day.db").write_bytes(b"no database" * 1000)
    whole, *broken = backups.listed(folder)
    assert whole.contents is not None
    assert (whole.contents.people, whole.why, [one.contents for one in broken]) == (8, Why.IMPORT, [None, None])
    assert backups.listed(folder.parent / "nowhere") == []


# ------------------------------------------------------------------------------------------ at a path of the user's


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "stick"
    place.mkdir()
    yield place / "on my stick.db"
    assert all(path.name == "on my stick.db" for path in place.iterdir()), "something was left beside it"


def test_a_backup_at_a_path_is_never_written_over_anything(
    database_path: Path, folder: Path, target: Path, tmp_path: Path
) -> None:
    made = backups.save_as(database_path, folder, target)
    assert digest_of(target) == digest_of(database_path)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert (made.made, made.why) == (None, None)
    before = target.read_bytes()
    add(database_path, "later")
    for path, code in (
        (target, "save_exists"),
        (tmp_path, "save_folder"),
        (tmp_path / "no" / "x.db", "save_no_folder"),
    ):
        with pytest.raises(CheckInError, match=code):
            backups.save_as(database_path, folder, path)
    assert target.read_bytes() == before


def test_a_file_that_came_meanwhile_stays(
    database_path: Path, folder: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flush = copying.flush
    monkeypatch.setattr(copying, "flush", lambda path: (target.write_text("somebody's"), flush(path)))
    with pytest.raises(CheckInError, match="save_exists"):
        backups.save_as(database_path, folder, target)
    assert target.read_text() == "somebody's"
