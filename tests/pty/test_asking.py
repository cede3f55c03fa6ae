"""A question at a terminal before what cannot be taken back: whatever is no yes is a no."""

from __future__ import annotations

import time

import pytest

from tests.restored import digest_of

pytestmark = pytest.mark.pty


ERASE = (("erase", "101"), "Erase this person?", "Nothing was erased.")
RESTORE = (("restore", "1"), "Restore it?", "Nothing was changed.")
ENTER, NO, CTRL_C, CTRL_D = "\r", "n\r", "\x03", "\x04"


@pytest.mark.parametrize(
    ("asking", "keys"), [(ERASE, ENTER), (ERASE, NO), (ERASE, CTRL_C), (ERASE, CTRL_D), (RESTORE, CTRL_C)]
)
def test_whatever_is_no_yes_changes_nothing(machine, terminal, asking, keys):
    command, question, said = asking
    machine.furnish(2)
    assert machine.run("backup").returncode == 0
    before = digest_of(machine.database)
    asked = terminal(*command)
    asked.wait_for(question)
    time.sleep(0.1)  # the question is there a moment before it waits, and no hand is that quick
    asked.type(keys)
    assert asked.end() == 2
    assert said in asked.text
    assert "Aborted" not in asked.text
    assert digest_of(machine.database) == before


def test_a_yes_erases(machine, terminal):
    machine.furnish(2)
    asked = terminal("erase", "101")
    asked.wait_for("Erase this person?")
    asked.type("y\r")
    assert asked.end() == 0
    assert "Sample Person 00" not in machine.run("members").stdout
