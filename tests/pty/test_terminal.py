"""The installed command on a terminal."""

from __future__ import annotations

import sqlite3

import pytest

from tests.pty.conftest import CTRL_Q

pytestmark = pytest.mark.pty


def test_five_people_by_typing_and_the_figures_agree(machine, terminal):
    machine.prepare(people=12)
    desk = terminal()
    desk.wait_for("12 not here yet", "Planned")
    desk.type("101\r")
    desk.wait_for("PRESENT", "Sample Person 00", "1 present")
    desk.type("102\r103\r")
    desk.wait_for("3 present")
    desk.type("104\r\n105\r\n")  # as a scanner with CR LF
    desk.wait_for("5 present", "7 not here yet")
    desk.type(CTRL_Q)
    assert desk.end() == 0
    assert desk.restored()
    answer = machine.json("status")
    assert (answer["counts"]["present"], answer["counts"]["unmarked"]) == (5, 7)
    assert answer["session"]["state"] == "open"
    assert machine.json("history", "105")["events"][0]["source"] == "desk"


def test_keys_typed_before_the_roster_is_there_are_kept_in_order(machine, terminal):
    machine.furnish(people=3)
    desk = terminal()
    desk.type("101\r102\r103\r")
    desk.wait_for("3 present")
    desk.type(CTRL_Q)
    assert desk.end() == 0
    assert machine.json("status")["counts"]["present"] == 3


def test_a_mark_from_the_command_line_comes_to_the_open_screen(machine, terminal):
    machine.furnish(people=3)
    desk = terminal()
    desk.wait_for("3 not here yet")
    assert machine.run("mark", "102").returncode == 0
    desk.wait_for("1 present", "2 not here yet")
    desk.type(CTRL_Q)
    assert desk.end() == 0


def test_the_sample_says_practice_and_leaves_nothing_behind(machine, terminal, tmp_path):
    machine.env["TMPDIR"] = str(tmp_path / "passing")
    (tmp_path / "passing").mkdir()
    sample = terminal("demo", columns=140, rows=40)
    sample.wait_for("PRACTICE", "present")
    sample.type(CTRL_Q)
    assert sample.end() == 0
    assert sample.restored()
    assert list((tmp_path / "passing").iterdir()) == []
    assert not machine.database.exists()


def test_a_first_start_opens_without_a_file_and_makes_none(machine, terminal):
    first = terminal()
    first.wait_for("Welcome", "sample")
    first.type(CTRL_Q)
    assert first.end() == 0
    assert not machine.database.exists()


def test_a_newer_file_is_one_sentence_and_the_terminal_is_in_order(machine, terminal):
    machine.furnish(people=1)
    with sqlite3.connect(machine.database) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    before = machine.database.read_bytes()
    refused = terminal()
    assert refused.end() == 2
    assert refused.restored()
    assert "newer version" in refused.text
    assert machine.database.read_bytes() == before


def test_the_test_of_keys_names_a_key_and_shows_a_scan_whole(machine, terminal):
    keys = terminal("keys", "--test")
    keys.wait_for("Ctrl+Q")
    keys.type("0017\r")
    keys.wait_for("code 0017: 4 characters, ended by enter")
    keys.type("\x1b[15~")
    keys.wait_for("key f5")
    keys.type(CTRL_Q)
    assert keys.end() == 0
    assert keys.restored()
