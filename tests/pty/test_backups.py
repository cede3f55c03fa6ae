"""The installed program makes the day's backup, and a window sees what another terminal restored."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.pty.conftest import CTRL_Q, Machine, Terminal
from tests.restored import digest_of

pytestmark = pytest.mark.pty


def test_two_programs_that_begin_the_day_together_make_one_backup(
    machine: Machine, terminal: Callable[..., Terminal]
) -> None:
    machine.furnish(3)
    before = digest_of(machine.database)
    both = [terminal(), terminal()]
    for one in both:
        one.wait_for("Sample Person 00")
    for one in both:
        one.type(CTRL_Q)
        assert one.end() == 0
    backups = machine.json("backup", "--list")["backups"]
    assert [one["why"] for one in backups] == ["day"]
    newest = Path(backups[0]["backup"])
    assert digest_of(newest) == before
    assert [path.name for path in newest.parent.iterdir() if path.suffix == ".part"] == []
    with closing(sqlite3.connect(newest)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_what_is_restored_in_another_terminal_is_on_the_screen(
    machine: Machine, terminal: Callable[..., Terminal]
) -> None:
    machine.furnish(3)
    machine.run("mark", "101")
    machine.run("backup")
    one = terminal()
    one.wait_for("1 present")
    one.type("102\r")
    one.wait_for("2 present")
    assert machine.json("restore", "asked", "--yes")["since"]["marks"] == 1
    one.wait_for("1 present")
    one.type("103\r")
    one.wait_for("PRESENT", "Sample Person 02", "2 present")
    one.type(CTRL_Q)
    assert one.end() == 0
    with closing(sqlite3.connect(machine.database)) as raw:
        came = raw.execute("SELECT code FROM members JOIN attendance ON member_id = id WHERE status = 'present'")
        assert sorted(code for (code,) in came.fetchall()) == ["101", "103"]
