"""`checkin doctor`: one line each, what is wrong explained, and the derived tables rebuilt where that was asked for."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from checkin_tui.__main__ import run
from checkin_tui.domain.health import Check
from checkin_tui.store import checks, engine, place
from tests.cli.conftest import Line
from tests.conftest import MONDAY, at
from tests.damage import Seal, journal_of, wal_of, with_bad_page


@pytest.fixture(autouse=True)
def private(database_path):
    """As the program makes its files."""
    database_path.chmod(0o600)


def state_of(line: Line, check: str) -> str:
    return next(one["state"] for one in line.json("doctor")["findings"] if one["id"] == check)


def spoil(line: Line) -> None:
    """Let a figure say what no event does."""
    line("mark", "101")
    with closing(sqlite3.connect(line.database)) as raw, raw:
        raw.execute("UPDATE attendance SET status = 'absent'")
        raw.execute(
            "INSERT INTO attendance (session_id, member_id, status) SELECT session_id, 3, 'late' FROM attendance"
        )


def test_a_sound_file_is_fine_on_one_screen(line):
    line("backup")
    answer = line("doctor")
    assert (answer.code, answer.err) == (0, "")
    assert 10 < len(answer.out.splitlines()) <= 20
    assert "✗" not in answer.out
    told = line.json("doctor")
    assert told["state"] == "ok"
    assert [one["id"] for one in told["findings"]] == [check.value for check in Check]
    assert all(one["state"] == "ok" and one["message"] and not one["advice"] for one in told["findings"])


def plain(_path: Path) -> None:
    """As the program leaves it."""


def in_wal_mode(path: Path) -> None:
    """As another program leaves it."""
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA journal_mode=wal")


def cut_short(path: Path) -> None:
    path.with_name(path.name + "-journal").write_bytes(journal_of(path))


def cut_short_in_wal_mode(path: Path) -> None:
    file, wal = wal_of(path, "UPDATE branches SET contact = 'moved'")
    path.write_bytes(file)
    path.with_name(path.name + "-wal").write_bytes(wal)


@pytest.mark.parametrize(
    ("spoil", "check", "state"),
    [
        (plain, "file", "ok"),
        (in_wal_mode, "sqlite", "warning"),
        (cut_short, "file", "warning"),
        (cut_short_in_wal_mode, "file", "warning"),
    ],
)
def test_it_changes_nothing(line, monkeypatch, spoil, check, state):
    monkeypatch.setattr(engine, "journal_mode", lambda: "truncate")
    for module in (engine, checks):  # also where SQLite is new enough for WAL
        monkeypatch.setattr(module, "journal_mode", lambda: "truncate")
    spoil(line.database)
    seal = Seal(line.database.parent)
    answer = line("doctor")
    assert seal.unbroken()
    assert answer.code == 0
    assert ("cut short" in answer.out) is (spoil in (cut_short, cut_short_in_wal_mode))
    assert state_of(line, check) == state
    assert line("status").code == 0
    assert state_of(line, check) == "ok", "the next start put it right"


def test_it_does_not_even_make_what_says_who_this_laptop_is(line, monkeypatch, capsys):
    monkeypatch.setenv("CHECKIN_HOME", str(line.home))
    shutil.rmtree(line.home)
    assert run(["--db", str(line.database), "doctor"]) == 0
    assert "laptop" in capsys.readouterr().out
    assert not line.home.exists()


@pytest.mark.parametrize("part", ["file", "folder"])
def test_what_may_not_be_written_to_is_a_problem_with_what_to_do(line, monkeypatch, part):
    denied = line.database if part == "file" else line.database.parent
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != denied or not mode & os.W_OK)
    answer = line("doctor")
    assert answer.code == 1
    assert "cannot be written to" in answer.out
    assert f"chmod u+rw{'' if part == 'file' else 'x'} {denied}" in answer.out
    assert state_of(line, "access") == "problem"


def test_one_that_may_not_even_be_read_is_told_with_the_reason(line, monkeypatch):
    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "open", denied)
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != line.database)
    answer = line("doctor")
    assert answer.code == 3
    assert "cannot be read: its permissions forbid it" in answer.out
    assert answer.out.count(f"chmod u+rw {line.database}") == 1
    assert "yours alone" not in answer.out
    assert f"chmod u+rw {line.database}" in line("status").err


def test_a_folder_that_may_not_be_gone_through(line, monkeypatch):
    """Not even whether there is a file can be asked then."""
    folder, look = line.database.parent, Path.stat

    def hidden(path: Path, **how: bool) -> os.stat_result:
        if path.parent == folder:
            raise PermissionError(13, "denied")
        return look(path, **how)

    monkeypatch.setattr(Path, "stat", hidden)
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != folder)
    answer = line("doctor")
    assert answer.code == 3
    assert "cannot be read: its folder's permissions forbid it" in answer.out
    assert answer.out.count(f"chmod u+rwx {folder}") == 1


def test_a_folder_of_backups_that_may_not_be_written_to(line, monkeypatch):
    folder = Path(line.json("backup")["backup"]).parent
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != folder)
    answer = line("doctor")
    assert answer.code == 1
    assert f"none can be made in {folder}" in answer.out
    assert "Make one now" not in answer.out


def test_a_disk_without_room_for_the_day_is_a_problem(line, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=1000))
    answer = line("doctor")
    assert answer.code == 1
    assert "too little for today" in answer.out
    assert "Make room" in answer.out


def test_a_second_name_of_the_file_is_told(line):
    os.link(line.database, line.database.with_name("twin.db"))
    answer = line("doctor")
    assert answer.code == 0
    assert "the file has 2 names" in answer.out
    assert f"-samefile {line.database}" in answer.out


def foreign(path: Path) -> None:
    path.write_bytes(b"not a database at all " * 50)


def with_a_page_of_noise(path: Path) -> None:
    path.write_bytes(with_bad_page(path, "index leaf"))


@pytest.mark.parametrize("spoil", [foreign, with_a_page_of_noise, Path.unlink])
def test_nothing_is_advised_that_would_be_refused(line, spoil):
    line.database.chmod(0o644)
    spoil(line.database)
    shutil.rmtree(line.home / "backups")
    answer = line("doctor")
    advised = re.findall(r"checkin (?:--db \S+ )?(?!--db)(\w+)", answer.out)
    assert not {"backup", "members", "status", "missing"} & set(advised)
    if spoil is foreign:
        assert "chmod" not in answer.out


def test_a_command_names_the_file_it_is_about(line, tmp_path):
    shutil.rmtree(line.home / "backups")
    line.database.write_bytes(b"")
    assert f"checkin --db {line.database} restore FILE" in line("status").err


def test_a_warning_alone_is_no_finding(program):
    line = program
    line.database.chmod(0o644)
    answer = line("doctor")
    assert answer.code == 0
    assert "none yet" in answer.out
    assert f"checkin --db {line.database} backup" in answer.out
    assert f"chmod 600 {line.database}" in answer.out


def test_a_file_that_is_not_there_cannot_be_reached(line, tmp_path):
    answer = line("--db", str(tmp_path / "no.db"), "doctor")
    assert answer.code == 3
    assert "There is no database" in answer.out


def test_a_bad_page_is_found_and_the_backup_named(line):
    backup = line.json("backup")["backup"]
    line.database.write_bytes(with_bad_page(line.database, "index leaf"))
    seal = Seal(line.database.parent)
    answer = line("doctor")
    assert answer.code == 1
    command = f"checkin --db {line.database} restore {Path(backup).name}"
    assert answer.out.count(command) == 1
    refused = line("doctor", "--repair")
    assert refused.code == 2
    assert command in refused.err
    assert seal.unbroken()
    assert line("restore", Path(backup).name, "--yes").code == 0
    assert line("doctor").code == 0


def test_tables_that_are_not_those_of_the_code(line):
    with closing(sqlite3.connect(line.database)) as raw, raw:
        raw.execute("CREATE TABLE cats (name TEXT)")
        raw.execute("DROP INDEX ix_notes_member_id")
    (finding,) = (one for one in line.json("doctor")["findings"] if one["id"] == "schema")
    assert finding["state"] == "problem"
    assert finding["values"]["faults"] == ["cats", "ix_notes_member_id"]


def test_a_reference_that_leads_nowhere(line):
    with closing(sqlite3.connect(line.database)) as raw, raw:
        raw.execute("UPDATE memberships SET branch_id = 999 WHERE id = 1")
    assert state_of(line, "references") == "problem"


@pytest.mark.parametrize(
    ("table", "spoiling"),
    [
        ("members", "UPDATE members SET name = CAST(x'b0b2ff' AS TEXT) WHERE id = 2"),
        ("members", "UPDATE members SET uid = x'00' WHERE id = 2"),
        ("memberships", "UPDATE memberships SET first = '0000-13-01' WHERE id = 1"),
        ("sessions", "UPDATE sessions SET target = 'most' WHERE id = 1"),
        ("programs", "UPDATE programs SET weekdays = 'every day'"),
        ("programs", "UPDATE programs SET starts = 'noon'"),
        ("programs", "UPDATE programs SET zone = 'Atlantis'"),
        ("programs", "UPDATE programs SET holidays = '2026-05-1'"),
        ("changes", "UPDATE changes SET after = '{' WHERE id = 1"),
        ("import_columns", "INSERT INTO import_columns VALUES ('members', 'x', '{\"name\": 1}')"),
    ],
)
def test_what_no_version_writes_is_found_where_every_page_is_whole(line, table, spoiling):
    backup = line.json("backup")["backup"]
    with closing(sqlite3.connect(line.database)) as raw, raw:
        raw.execute(spoiling)
    answer = line("doctor")
    assert answer.code == 1
    assert Path(backup).name in answer.out
    (finding,) = (one for one in line.json("doctor")["findings"] if one["id"] == "contents")
    assert (finding["state"], finding["values"]["faults"]) == ("problem", {table: 1})


def test_figures_are_derived_again_after_a_backup(line):
    right = line.json("status", "--session", "2026-05-18")["counts"]
    spoil(line)
    answer = line("doctor")
    assert answer.code == 1
    assert "2 do not follow" in answer.out
    assert "doctor --repair" in answer.out
    with closing(sqlite3.connect(line.database)) as raw:
        events = raw.execute("SELECT * FROM attendance_events").fetchall()
    done = line.json("doctor", "--repair")
    assert done["repaired"]["rows"] == {"attendance": 2}
    assert "-repair.db" in done["repaired"]["backup"]
    assert done["state"] == "ok"
    with closing(sqlite3.connect(line.database)) as raw:
        assert raw.execute("SELECT * FROM attendance_events").fetchall() == events
    counts = line.json("status", "--session", "2026-05-18")["counts"]
    assert counts == {**right, "present": 1, "unmarked": right["unmarked"] - 1}
    assert line.json("doctor", "--repair")["repaired"] == {"rows": {}, "backup": None}


def test_without_a_backup_nothing_is_repaired(line):
    spoil(line)
    shutil.rmtree(line.home / "backups")
    (line.home / "backups").write_text("in the way")
    before = line.database.read_bytes()
    assert line("doctor", "--repair").code == 2
    assert line.database.read_bytes() == before


def test_a_clock_that_is_behind_is_told_until_it_is_right(line):
    line("mark", "101")
    line.bench.now -= 60 * 60_000
    answer = line("doctor")
    assert answer.code == 0
    assert "Newest entry 1 h ahead of the clock. Look at a watch." in answer.out
    assert "If it is right, it was ahead when" in answer.out
    line.bench.now += 60 * 60_000
    assert state_of(line, "clock") == "ok"


def test_a_backup_that_lacks_more_than_a_day(line):
    line("backup")
    line.bench.now = at("14:20", MONDAY + timedelta(days=2))
    line("mark", "101")
    assert state_of(line, "backups") == "warning"
    told = next(row for row in line("doctor").out.splitlines() if " backups " in row)
    assert "Mon 18 May 14:20" in told  # by the program's clocks, as the list of backups has it


def test_a_damaged_newest_backup_is_a_problem(line):
    backup = Path(line.json("backup")["backup"])
    backup.write_bytes(backup.read_bytes()[:-100])
    assert state_of(line, "backups") == "problem"


def test_settings_that_cannot_be_used_are_one_finding_of_all(line, monkeypatch):
    line.home.mkdir(exist_ok=True)
    monkeypatch.setenv("CHECKIN_HOME", str(line.home))
    (line.home / "settings.toml").write_text("colour = 'red'\n")
    answer = line("--db", str(line.database), "doctor")
    assert answer.code == 1
    assert "colour" in answer.out
    assert "every page is whole" in answer.out


def test_a_network_file_system_is_told_beside_the_answer_but_not_into_json(line, tmp_path, monkeypatch):
    mounts = tmp_path / "mounts"
    mounts.write_text("1 0 0:1 / / rw - nfs4 server:/x rw\n")
    monkeypatch.setattr(place, "MOUNTS", mounts)
    monkeypatch.setattr(place.sys, "platform", "linux")
    assert "network disk (nfs4)" in line("members").err
    assert line("members", "--json").err == ""
    assert state_of(line, "place") == "warning"
