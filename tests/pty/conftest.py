"""The installed `checkin` in a pseudo-terminal and as a process: what a person, a script and a pipe get."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.terminal import CHECKIN, CTRL_Q, PATIENCE, Machine, Terminal

__all__ = ["CHECKIN", "CTRL_Q", "PATIENCE", "Machine", "Terminal"]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    home = tmp_path / "home"
    home.mkdir()
    return Machine(home)


@pytest.fixture
def terminal(machine: Machine) -> Iterator[Callable[..., Terminal]]:
    """Start the command on a terminal."""
    opened: list[Terminal] = []

    def start(*arguments: str, columns: int = 80, rows: int = 24) -> Terminal:
        one = Terminal(arguments, machine.env, columns, rows)
        opened.append(one)
        return one

    yield start
    for one in opened:
        one.close()
