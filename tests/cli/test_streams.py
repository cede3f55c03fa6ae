"""Streams that are closed, full, or read by nobody: what was done is done, and the exit code says so."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from dataclasses import dataclass

import pytest

from checkin_tui.cli.streams import Guard
from tests.terminal import CHECKIN, CTRL_Q, PATIENCE, Machine, Terminal


class Lost(io.RawIOBase):
    """A stream that nothing can be written to."""

    def __init__(self, number: int) -> None:
        self.number = number

    def write(self, _data):
        raise OSError(self.number, "no")


@dataclass
class Deaf:
    """The command line with an answer that does not get out."""

    line: object
    monkeypatch: pytest.MonkeyPatch

    def __call__(self, number: int, *arguments: str):
        with self.monkeypatch.context() as patched:
            patched.setattr(sys, "stdout", io.TextIOWrapper(io.BufferedWriter(Guard(Lost(number))), encoding="utf-8"))
            return self.line(*arguments)


@pytest.fixture
def deaf(line, monkeypatch):
    return Deaf(line, monkeypatch)


FULL, CLOSED = errno.ENOSPC, errno.EPIPE


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_a_mark_whose_answer_is_lost_is_written_and_says_so(deaf, options):
    answer = deaf(FULL, "mark", "101", *options)
    assert answer.code == 0
    assert answer.err.endswith("The answer could not be written: the disk is full. What was asked for is done.\n")
    assert deaf(CLOSED, "mark", "102", *options).code == 0
    assert deaf.line.json("status")["counts"]["present"] == 2


def test_an_answer_that_is_all_there_was_to_do_is_missed(deaf):
    answer = deaf(FULL, "members")
    assert (answer.code, answer.err) == (2, "The answer could not be written: the disk is full.\n")
    assert deaf(FULL, "--help").code == 2
    assert deaf(CLOSED, "members").code == 0  # whoever read it has had enough


@pytest.mark.parametrize("lost", [FULL, CLOSED])
def test_the_exit_code_that_was_decided_is_kept(deaf, lost):
    assert deaf(lost, "mark", "nobody", "--json").code == 2
    assert deaf(lost, "status", "--check", "--json").code == 1
    assert deaf(lost, "--db", "no/such.db", "status", "--json").code == 3


def test_a_pipe_that_is_not_to_be_waited_for_takes_all_of_it():
    """Whoever reads may have made it so, and reads slowly."""
    ours, theirs = os.pipe()
    os.set_blocking(theirs, False)
    reader = subprocess.Popen(["sh", "-c", "sleep 0.1; wc -c"], stdin=ours, stdout=subprocess.PIPE)
    os.close(ours)
    with io.TextIOWrapper(io.BufferedWriter(Guard(io.FileIO(theirs, "w", closefd=False)))) as stream:
        stream.write("x" * 1_000_000)
    os.close(theirs)
    assert int(reader.communicate(timeout=PATIENCE)[0]) == 1_000_000


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    home = tmp_path_factory.mktemp("streams") / "home"
    home.mkdir()
    machine = Machine(home)
    machine.furnish(people=4)
    return machine


@pytest.mark.parametrize(
    ("code", "command"),
    [(0, "mark 101 >&-"), (0, "mark 102 --json >/dev/full 2>/dev/full"), (2, "note 103 <&-"), (0, "<&- >&- 2>&-")],
)
def test_the_process_ends_as_it_should_without_its_streams(machine, code, command):
    done = subprocess.run(
        ["sh", "-c", f'"$0" {command}', CHECKIN], env=machine.env, capture_output=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == code, done.stderr
    assert b"Traceback" not in done.stderr
    assert not (machine.home / "state" / "checkin.log").exists()


@pytest.mark.pty
def test_screens_are_seen_where_the_talk_leads_nowhere(machine):
    """Textual draws on standard error."""
    terminal = Terminal(("keys", "--test"), machine.env, program=("sh", "-c", 'exec "$0" "$@" 2>&-', CHECKIN))
    try:
        terminal.wait_for("Press keys")
        terminal.type(CTRL_Q)
        assert terminal.end() == 0
    finally:
        terminal.close()
