"""Restoring: everything as it was, nothing replaced without being kept, and no window left behind in the old file."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from checkin_tui.domain.backups import Since, Why
from checkin_tui.domain.errors import CheckInError, DatabaseError
from checkin_tui.domain.reads import LoadNews
from checkin_tui.services.backups import back_up, list_backups, plan_restore, restore
from checkin_tui.services.context import Context
from checkin_tui.services.handler import Handler
from checkin_tui.store import backups, copying, leftovers, migrations, taking_out
from checkin_tui.store.engine import open_database
from checkin_tui.store.people import load_members
from checkin_tui.store.unit_of_work import reading, writing
from tests.conftest import at
from tests.desk import Desk
from tests.restored import digest_of

NOW = at("16:00")


def test_the_plan_says_what_would_change_and_changes_nothing(kept: Path, database_path: Path, folder: Path) -> None:
    before = digest_of(database_path), sorted(folder.iterdir()), sorted(database_path.parent.iterdir())
    plan = plan_restore(database_path, folder, kept)
    assert plan.now is not None
    assert plan.backup.contents is not None
    assert (plan.now.people, plan.now.marks, plan.now.notes) == (9, 4, 2)
    assert (plan.backup.contents.people, plan.backup.contents.marks, plan.backup.contents.notes) == (8, 2, 1)
    assert plan.since == Since(marks=2, notes=1, changes=1)
    assert (plan.damaged, plan.wrong, plan.same_program) == (False, 0, True)
    assert (digest_of(database_path), sorted(folder.iterdir()), sorted(database_path.parent.iterdir())) == before


def test_everything_is_as_it_was_and_what_was_replaced_is_kept(kept: Path, database_path: Path, folder: Path) -> None:
    then, now = digest_of(kept), digest_of(database_path)
    done = restore(database_path, folder, kept, NOW)
    assert digest_of(database_path) == then
    assert done.kept is not None
    assert digest_of(Path(done.kept)) == now
    assert [one.why for one in list_backups(folder)] == [Why.RESTORE, Why.ASKED]
    restore(database_path, folder, Path(done.kept), NOW)
    assert digest_of(database_path) == now


def test_figures_that_do_not_follow_from_the_marks_are_counted(desk: Desk, database_path: Path, folder: Path) -> None:
    desk.open()
    desk.mark("001")
    with closing(sqlite3.connect(database_path)) as raw, raw:
        raw.execute("UPDATE attendance SET status = 'late'")
    made = back_up(database_path, folder, NOW)
    assert plan_restore(database_path, folder, Path(made.file)).wrong == 1


def test_a_backup_of_another_program_is_named_so(kept: Path, database_path: Path, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    shutil.copy(kept, other)
    with closing(sqlite3.connect(other)) as raw, raw:
        raw.execute("UPDATE programs SET uid = ?", (os.urandom(16),))
    assert not plan_restore(database_path, folder, other).same_program


# ------------------------------------------------------------------------------------------------- the other windows


def news(handler: Handler, session_id: int, since: object, origin: object) -> object:
    return handler.handle(LoadNews(session_id, since, origin))  # type: ignore[arg-type]


def test_a_window_learns_that_nothing_it_knows_holds_any_more(
    kept: Path, desk: Desk, other_desk: Desk, database_path: Path, folder: Path
) -> None:
    window, view = other_desk.handler, other_desk.view()
    assert view.session is not None
    window.foreign_changes()
    inode = database_path.stat().st_ino
    restore(database_path, folder, kept, NOW)
    desk.bench.now += 60_000
    desk.mark("007")  # recorded after all that the window has seen: times alone would not tell
    assert database_path.stat().st_ino == inode
    assert window.foreign_changes()
    told = news(window, view.session.id, view.cursor, view.origin)
    assert told.reload  # type: ignore[attr-defined]
    now = other_desk.view().origin
    assert not news(window, view.session.id, told.cursor, now).reload  # type: ignore[attr-defined]
    assert other_desk.statuses() == {"001": "present", "002": "present", "007": "present"}
    assert not window.foreign_changes()


def test_a_commit_that_is_no_restore_does_not_ask_for_a_reload(desk: Desk, other_desk: Desk) -> None:
    desk.open()
    view = other_desk.view()
    assert view.session is not None
    other_desk.handler.foreign_changes()
    desk.mark("001")
    assert other_desk.handler.foreign_changes()
    assert not news(other_desk.handler, view.session.id, view.cursor, view.origin).reload  # type: ignore[attr-defined]


def test_nobody_writes_between_what_is_kept_and_what_comes(
    kept: Path, desk: Desk, database_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mark pressed meanwhile waits: it comes after the restore, or it would be in neither of the two."""
    make, tried = backups.make_alone, []

    def while_kept(*values: object) -> object:
        with closing(sqlite3.connect(database_path, timeout=0.01)) as raw:
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                raw.execute("DELETE FROM changes")
            tried.append(1)
        return make(*values)  # type: ignore[arg-type]

    monkeypatch.setattr(backups, "make_alone", while_kept)
    restore(database_path, folder, kept, NOW)
    assert tried == [1]


def test_numbers_that_were_given_once_are_not_given_again(
    kept: Path, desk: Desk, database_path: Path, folder: Path
) -> None:
    """A window may still mean by a number who had it before the restore."""
    mara = next(one for one in (*desk.view().people, *desk.view().others) if one.name == "Mara Quill")
    restore(database_path, folder, kept, NOW)
    desk.add("Somebody Else")
    new = next(one for one in (*desk.view().people, *desk.view().others) if one.name == "Somebody Else")
    assert new.member_id > mara.member_id


# --------------------------------------------------------------------------------------- a file that cannot be read


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 4096)


def overwritten(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:-4096] = os.urandom(len(content) - 8192)
    path.write_bytes(content)


def garbage(path: Path) -> None:
    path.write_bytes(b"\x00" * 5000)


def schema_gone(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[100:4096] = os.urandom(3996)
    path.write_bytes(content)


@pytest.mark.parametrize("damage", [cut, overwritten, garbage, schema_gone])
def test_a_damaged_file_is_kept_under_another_name(
    kept: Path, database_path: Path, folder: Path, damage: Callable[[Path], None]
) -> None:
    damage(database_path)
    before = database_path.read_bytes()
    plan = plan_restore(database_path, folder, kept)
    assert (plan.damaged, plan.now, plan.since) == (True, None, None)
    assert database_path.read_bytes() == before
    done = restore(database_path, folder, kept, NOW)
    assert done.kept is not None
    assert Path(done.kept).read_bytes() == before
    assert Path(done.kept).name == "checkin.db.damaged-2026-05-18T080000Z"
    assert digest_of(database_path) == digest_of(kept)
    assert database_path.stat().st_mode & 0o777 == 0o600


def test_a_journal_of_the_old_file_is_not_played_into_the_new_one(
    kept: Path, database_path: Path, folder: Path, tmp_path: Path
) -> None:
    """The hot journal of a crash, beside a file that is then lost: as SQLite leaves it, byte by byte."""
    with closing(sqlite3.connect(database_path, isolation_level=None)) as raw:
        raw.execute("PRAGMA cache_size=1")
        raw.execute("BEGIN IMMEDIATE")
        for number in range(400):
            raw.execute("INSERT INTO branches (uid, name) VALUES (?, ?)", (number.to_bytes(16, "big"), "x" * number))
        journal = database_path.with_name("checkin.db-journal").read_bytes()
        raw.execute("ROLLBACK")
    assert len(journal) > 4096
    database_path.unlink()
    for ending in leftovers.ENDINGS:
        database_path.with_name("checkin.db" + ending).write_bytes(journal)
    done = restore(database_path, folder, kept, NOW)
    assert done.kept is None
    assert digest_of(database_path) == digest_of(kept)
    beside = {path.name for path in database_path.parent.iterdir() if path.is_file()}
    assert {f"checkin.db.damaged-2026-05-18T080000Z{ending}" for ending in leftovers.ENDINGS} <= beside
    open_database(database_path).close()


def test_a_file_that_is_gone_comes_back_with_its_folder(kept: Path, folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "new" / "data" / "checkin.db"
    assert restore(place, folder, kept, NOW).kept is None
    assert digest_of(place) == digest_of(kept)
    assert [one.name for one in place.parent.iterdir()] == ["checkin.db"]


def test_a_window_follows_to_the_file_that_has_the_name_now(
    kept: Path, database_path: Path, folder: Path, open_context: Callable[..., Context]
) -> None:
    ctx = open_context(2)
    with ctx.reading() as connection:
        assert len(load_members(connection)) == 9
    Handler(ctx).foreign_changes()
    garbage(database_path)
    done = restore(database_path, folder, kept, NOW)
    assert done.kept is not None
    lost = Path(done.kept).read_bytes()
    assert Handler(ctx).foreign_changes()
    assert ctx.database.replaced
    with ctx.writing() as work:
        assert len(load_members(work.connection)) == 8
        work.connection.exec_driver_sql("UPDATE programs SET name = 'Later'")
        work.commit()
    assert Path(done.kept).read_bytes() == lost, "the write went into the file that was put aside"
    with open_database(database_path) as database, reading(database) as connection:
        assert connection.exec_driver_sql("SELECT name FROM programs").scalar() == "Later"


def test_a_window_writes_nothing_into_a_file_that_was_put_aside(
    kept: Path, database_path: Path, folder: Path, open_context: Callable[..., Context], bench
) -> None:
    """Also when it has not looked for news since."""
    ctx = open_context(2)
    with ctx.reading() as connection:
        load_members(connection)
    garbage(database_path)
    restore(database_path, folder, kept, NOW)
    with writing(ctx.database, bench.now, ctx.station) as work:
        assert len(load_members(work.connection)) == 8


# ------------------------------------------------------------------------------------------------ what goes wrong


def test_what_is_no_backup_is_refused(kept: Path, database_path: Path, folder: Path, tmp_path: Path) -> None:
    before = digest_of(database_path)
    file = tmp_path / "file.db"
    for make, code in (
        (lambda: None, "db_missing"),
        (lambda: file.write_bytes(b"a text " * 400), "db_foreign"),
        (lambda: (shutil.copy(kept, file), cut(file)), "db_damaged"),
        (lambda: (shutil.copy(kept, file), overwritten(file)), "db_damaged"),
        (lambda: (shutil.copy(kept, file), newer(file)), "db_newer"),
        (lambda: (shutil.copy(kept, file), impossible(file)), "db_damaged"),
    ):
        make()
        content = file.read_bytes() if file.exists() else b""
        with pytest.raises(DatabaseError) as caught:
            restore(database_path, folder, file, NOW)
        assert caught.value.code == code
        assert caught.value.values["path"] == file
        assert (file.read_bytes() if file.exists() else b"") == content
    assert digest_of(database_path) == before
    assert [path.name for path in database_path.parent.iterdir() if path.suffix == copying.DRAFT] == []


def impossible(path: Path) -> None:
    """A value that the table does not allow."""
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("PRAGMA ignore_check_constraints=ON")
        raw.execute("UPDATE programs SET grace = -1")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")


def test_an_older_backup_is_brought_to_the_newest_revision_first(
    kept: Path, database_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    then = digest_of(kept)
    with closing(sqlite3.connect(kept)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '0000'")
    before = kept.read_bytes()

    def upgrade(path: Path) -> None:
        assert path.suffix == copying.DRAFT, "the backup itself is only read"
        with closing(sqlite3.connect(path)) as raw, raw:
            raw.execute("UPDATE alembic_version SET version_num = ?", (taking_out.HEAD,))

    monkeypatch.setattr(taking_out, "ANCESTORS", ("0000",))
    monkeypatch.setattr(migrations, "upgrade", upgrade)
    restore(database_path, folder, kept, NOW)
    assert digest_of(database_path) == then
    assert kept.read_bytes() == before


def test_a_file_with_a_journal_beside_it_is_no_finished_backup(kept: Path, database_path: Path, folder: Path) -> None:
    kept.with_name(kept.name + "-journal").write_bytes(b"x")
    with pytest.raises(CheckInError, match="backup_open"):
        plan_restore(database_path, folder, kept)


def test_the_file_itself_is_no_backup_of_it(kept: Path, database_path: Path, folder: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(database_path)
    for file in (database_path, link):
        with pytest.raises(CheckInError, match="restore_itself"):
            restore(database_path, folder, file, NOW)


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("CREATE TABLE songs (name)")


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(("make", "code"), [(foreign, "db_foreign"), (a_pipe, "db_foreign"), (newer, "db_newer")])
def test_what_is_not_ours_is_not_replaced(
    kept: Path, database_path: Path, folder: Path, make: Callable[[Path], None], code: str
) -> None:
    make(database_path)
    before = sorted(path.name for path in database_path.parent.iterdir())
    with pytest.raises(DatabaseError, match=code):
        restore(database_path, folder, kept, NOW)
    assert sorted(path.name for path in database_path.parent.iterdir()) == before


def test_what_cannot_be_kept_is_not_replaced(
    kept: Path, database_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = digest_of(database_path)

    def full(*_values: object) -> None:
        raise CheckInError("backup_failed", path=str(folder), cause="db_full")

    monkeypatch.setattr(backups, "make_alone", full)
    with pytest.raises(CheckInError, match="backup_failed"):
        restore(database_path, folder, kept, NOW)
    assert digest_of(database_path) == before


def test_a_damaged_file_gets_its_name_back_when_the_backup_cannot_have_it(
    kept: Path, database_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    garbage(database_path)
    before = database_path.read_bytes()

    def full(_one: object, _other: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(copying, "give_name", full)
    with pytest.raises(CheckInError) as caught:
        restore(database_path, folder, kept, NOW)
    assert (caught.value.code, caught.value.values["cause"]) == ("restore_failed", "db_full")
    assert database_path.read_bytes() == before


KILLED = """
import os, sys
from pathlib import Path
from checkin_tui.store import restoring
from checkin_tui.services.backups import restore
tables_of, seen = restoring.copying.tables_of, []
def kill_at(raw):
    for table in tables_of(raw):
        if table == "notes" and raw.in_transaction:
            os.kill(os.getpid(), 9)
        yield table
restoring.copying.tables_of = lambda raw: list(kill_at(raw)) if not raw.in_transaction else kill_at(raw)
restore(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
"""


def test_a_kill_in_the_middle_of_it_changes_nothing(kept: Path, database_path: Path, folder: Path) -> None:
    before = digest_of(database_path)
    arguments = [str(database_path), str(folder), str(kept), str(NOW)]
    done = subprocess.run([sys.executable, "-c", KILLED, *arguments], check=False, timeout=60)
    assert done.returncode == -9
    open_database(database_path).close()
    assert digest_of(database_path) == before
    restore(database_path, folder, kept, NOW)
    assert digest_of(database_path) == digest_of(kept)
    left = [path.name for path in database_path.parent.iterdir() if copying.DRAFT in path.name]
    assert left == [], "what the killed one left is taken away"
