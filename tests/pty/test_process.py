"""The installed command as a process: pipes, signals, encodings."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import time

import pytest

from tests.pty.conftest import CHECKIN, PATIENCE

pytestmark = pytest.mark.pty


def test_a_pipe_that_closes_early_is_no_error(machine):
    machine.furnish(people=3)
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as output:
        done = subprocess.run(
            [CHECKIN, "members"], env=machine.env, stdout=output, stderr=subprocess.PIPE, timeout=PATIENCE, check=False
        )
    assert (done.returncode, done.stderr) == (0, b"")


def test_an_interrupt_ends_with_130_and_nothing_more(machine):
    machine.furnish(people=1, here=1)
    reader, writer = os.pipe()  # a note that never comes
    with subprocess.Popen(
        [CHECKIN, "note", "101"], env=machine.env, stdin=reader, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as note:
        # Only a program that waits for its input can be interrupted in it: wait until it sleeps on the pipe.
        deadline = time.monotonic() + PATIENCE
        while "pipe" not in _waits_in(note.pid):
            assert note.poll() is None
            if time.monotonic() > deadline:
                note.kill()
                pytest.skip("this system does not say what a process waits for")
            time.sleep(0.01)
        note.send_signal(signal.SIGINT)
        out, err = note.communicate(timeout=PATIENCE)
    os.close(reader)
    os.close(writer)
    assert (note.returncode, out, err) == (130, b"", b"")
    assert machine.json("missing")["missing"][0]["state"] == "missing"


def _waits_in(pid: int) -> str:
    try:
        with open(f"/proc/{pid}/wchan") as file:
            return file.read()
    except OSError:
        return ""


def test_a_terminal_that_knows_no_chinese_gets_an_answer_all_the_same(machine):
    machine.furnish(people=1)
    machine.run("member", "edit", "101", "--name", "欧阳小明")
    machine.env["PYTHONIOENCODING"] = "ascii"
    text = machine.run("members")
    assert (text.returncode, text.stderr) == (0, "")
    assert json.loads(machine.run("members", "--json").stdout)["members"][0]["name"] == "欧阳小明"


def test_the_files_of_a_new_user_are_only_theirs(machine):
    machine.prepare(people=1)
    assert stat.S_IMODE(machine.database.stat().st_mode) == 0o600
    assert stat.S_IMODE((machine.home / "state").stat().st_mode) == 0o700
    assert stat.S_IMODE((machine.home / "state" / "station.toml").stat().st_mode) == 0o600


def test_the_environment_names_the_file_and_the_option_goes_before_it(machine, tmp_path):
    machine.furnish(people=2)
    machine.env["CHECKIN_DB"] = str(tmp_path / "other.db")
    assert machine.run("status").returncode == 3
    assert machine.run("--db", str(machine.database), "status").returncode == 0


def test_a_server_gets_one_sentence(machine):
    answer = machine.run("--db", "postgresql://organizer:secret@db.example/study", "status")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "secret" not in answer.stderr
    assert answer.stderr.count("\n") == 1
