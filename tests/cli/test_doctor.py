"""`checkin doctor`: one line each, what is wrong explained, and the derived tables rebuilt where that was asked for."""

from __future__ import annotations

import os
import pty
import shutil
import sqlite3
import termios
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from checkin_tui.cli import terminal_look
from checkin_tui.domain.health import Check
from checkin_tui.store import place
from tests.cli.conftest import Line
from tests.conftest import MONDAY, at
from tests.damage import Seal, with_bad_page


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


def test_it_changes_nothing(line):
    line.home.mkdir(exist_ok=True)
    seal = Seal(line.database.parent)
    line("doctor")
    assert seal.unbroken()


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
    assert "clock is 1 h behind" in answer.out
    line.bench.now += 60 * 60_000
    assert state_of(line, "clock") == "ok"


def test_a_backup_that_lacks_more_than_a_day(line):
    line("backup")
    line.bench.now = at("14:20", MONDAY + timedelta(days=2))
    line("mark", "101")
    assert state_of(line, "backups") == "warning"


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


class Answering:
    """A terminal that says where the cursor is."""

    def __init__(self, *answers: bytes) -> None:
        self._master, self.keys = pty.openpty()
        self._thread = threading.Thread(target=self._say, args=(answers,))
        self._thread.start()

    def _say(self, answers: tuple[bytes, ...]) -> None:
        for one in answers:
            os.write(self._master, one + b"\n")

    def close(self) -> None:
        self._thread.join()
        os.close(self._master)
        os.close(self.keys)


@pytest.mark.parametrize(("answers", "column"), [((b"\x1b[12;5R",), 5), ((b"x", b"\x1b[1;", b"3R"), None), ((), None)])
def test_the_terminal_is_waited_for_but_not_for_long(monkeypatch, answers, column):
    monkeypatch.setattr(terminal_look, "WAIT_SECONDS", 0.2)
    terminal = Answering(*answers)
    assert terminal_look.answered(terminal.keys) == column
    terminal.close()


def test_a_terminal_that_answers_is_measured_and_left_as_it_was(monkeypatch):
    master, slave = pty.openpty()
    before = termios.tcgetattr(slave)
    monkeypatch.setattr(terminal_look, "sys", SimpleNamespace(stdin=Stream(slave), stdout=Stream(slave)))
    drawn = (5, 2, 3)

    def answer() -> None:
        said = b""
        for column in drawn:
            while not said.endswith(b"\x1b[6n"):
                said += os.read(master, 64)
            said = b""
            os.write(master, b"\x1b[1;%dR" % column)

    thread = threading.Thread(target=answer)
    thread.start()
    monkeypatch.setattr(terminal_look, "WAIT_SECONDS", 2.0)
    monkeypatch.setattr(terminal_look, "SAMPLES", terminal_look.SAMPLES[:3])
    assert terminal_look.crooked(terminal_look._measure) == {"✗": (1, 2)}
    thread.join()
    assert termios.tcgetattr(slave) == before
    os.close(master)
    os.close(slave)


class Stream:
    """Standard input or output of a terminal."""

    def __init__(self, descriptor: int) -> None:
        self.fileno = lambda: descriptor

    def flush(self) -> None:
        """Nothing is kept back."""


def test_only_what_is_drawn_in_another_width_is_told():
    assert terminal_look.crooked(lambda samples: []) == {}
    assert terminal_look.crooked(lambda samples: [4, 2]) == {"✓": (1, 2)}


@pytest.mark.parametrize(
    ("environment", "number"),
    [
        ({"TERM": "xterm-256color"}, 256),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, 1 << 24),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, 0),
        ({"TERM": "dumb", "COLORTERM": "truecolor"}, 0),
        ({"TERM": "linux"}, 16),
    ],
)
def test_colours_are_those_the_environment_promises(environment, number):
    assert terminal_look.colours(environment) == number
