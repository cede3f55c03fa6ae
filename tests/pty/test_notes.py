"""Notes in the installed command on a terminal: written, killed, written elsewhere, and seen by another window."""

from __future__ import annotations

import os
import signal
import sqlite3

import pytest

from tests.pty.conftest import CTRL_Q

pytestmark = pytest.mark.pty

F2, F3, F4 = "\x1bOQ", "\x1bOR", "\x1bOS"
CTRL_O, ESC = "\x0f", "\x1b"


def text_of(machine, code: str) -> str:
    """The note as it stands in the file."""
    query = (
        "SELECT r.text FROM notes n JOIN note_revisions r ON r.id = n.revision_id"
        " JOIN members m ON m.id = n.member_id WHERE m.code = ?"
    )
    with sqlite3.connect(machine.database) as file:
        found = file.execute(query, (code,)).fetchone()
    return "" if found is None else found[0]


def at_note(machine, terminal, code: str, *, people: int = 4):
    """A window with somebody's note open, everybody here."""
    machine.furnish(people=people, here=people)
    desk = terminal()
    desk.wait_for(f"{people} present")
    desk.type(F3)
    desk.wait_for("notebook seen")
    desk.type(F3)
    desk.wait_for("No note is open")
    desk.type(f"{code}\r")
    desk.wait_for("nothing typed yet")
    return desk


def test_a_note_is_there_after_the_terminal_was_killed_while_typing(machine, terminal):
    desk = at_note(machine, terminal, "102")
    desk.type("What was said about the harvest")
    desk.wait_for("26 of 50", "~ short 26")
    desk.type(", and then the light")
    os.kill(desk.pid, signal.SIGKILL)
    assert text_of(machine, "102").startswith("What was said about the harvest")
    with sqlite3.connect(machine.database) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    again = terminal()
    again.wait_for("4 present")
    again.type(F3)
    again.wait_for("notebook seen")
    again.type(F3 + "102\r")
    again.wait_for("What was said about the harvest", " of 50, ")
    again.type(CTRL_Q)
    assert again.end() == 0


def test_quitting_and_esc_save_the_last_letter(machine, terminal):
    desk = at_note(machine, terminal, "101")
    desk.type("to the last letter" + ESC)
    desk.wait_for("~ short 15", "actions")
    assert text_of(machine, "101") == "to the last letter"
    desk.type("101\r")
    desk.wait_for("Esc to the queue")
    desk.type(" and on" + CTRL_Q)
    assert desk.end() == 0
    assert desk.restored()
    assert text_of(machine, "101") == "to the last letter and on"


def test_the_note_is_written_in_the_users_own_editor(machine, terminal, tmp_path):
    editor = tmp_path / "my editor"
    editor.write_text('#!/bin/sh\nprintf " and by the editor" >> "$2"\nls -l "$2" > "$1"\n', "utf-8")
    editor.chmod(0o755)
    machine.env["EDITOR"] = f"'{editor}' {tmp_path}/seen"
    machine.env.pop("VISUAL", None)
    desk = at_note(machine, terminal, "103")
    desk.type("By hand" + CTRL_O)
    desk.wait_for("The text of the editor was taken over.", "~ short 20")
    assert text_of(machine, "103") == "By hand and by the editor"
    seen = (tmp_path / "seen").read_text("utf-8")
    assert not os.path.exists(seen.split()[-1])
    desk.type("!" + CTRL_Q)
    assert desk.end() == 0
    assert text_of(machine, "103") == "By hand and by the editor!"


def test_an_afternoon_in_two_windows_agrees_with_the_command_line(machine, terminal):
    machine.furnish(people=12)
    door = terminal()
    door.wait_for("12 not here yet")
    board = terminal(columns=120, rows=36)
    board.wait_for("12 not here yet")
    board.type(F4)
    board.wait_for("xpected")
    door.type("".join(f"{101 + number}\r" for number in range(9)))
    door.wait_for("9 present")
    board.wait_for("9/12")
    door.type(F3)
    door.wait_for("9 missing")
    door.type("101\r102\r")
    door.wait_for("2 complete", "7 missing")
    status, missing = machine.json("status"), machine.json("missing")
    assert status["notes"] == {"required": 9, "complete": 2, "too_short": 0, "missing": 7}
    assert len(missing["missing"]) == 7
    for window in (door, board):
        window.type(CTRL_Q)
        assert window.end() == 0
