"""A crash with manners, in the real program: how it ends, and that it tells nobody's name."""

from __future__ import annotations

import pytest

from tests.faults.crash import on_command, on_screen
from tests.terminal import Machine

pytestmark = pytest.mark.pty


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    home = tmp_path_factory.mktemp("crash") / "home"
    home.mkdir()
    machine = Machine(home)
    machine.prepare(people=6)
    return machine


@pytest.fixture(autouse=True)
def without_a_log(machine):
    (machine.home / "state" / "checkin.log").unlink(missing_ok=True)


@pytest.mark.parametrize("fault", ["sql", "thread", "interrupt", "driver", "quiet", "keys"])
def test_an_error_on_the_screen(machine, fault):
    assert on_screen(machine, fault) == []


@pytest.mark.parametrize("fault", ["command-telling", "command-atexit"])
def test_an_error_in_a_command(machine, fault):
    assert on_command(machine, fault) == []
