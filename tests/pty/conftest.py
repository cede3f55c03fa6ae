"""The installed `checkin` in a pseudo-terminal and as a process: what a person, a script and a pipe get."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, time
from pathlib import Path

import pytest

from checkin_tui.domain.imports import RosterLine
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.requests import MarkPerson
from checkin_tui.store.engine import open_database
from tests.conftest import Bench, context_for
from tests.desk import Desk
from tests.terminal import CHECKIN, CTRL_Q, PATIENCE, Machine, Terminal

__all__ = ["CHECKIN", "CTRL_Q", "PATIENCE", "Machine", "Terminal"]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    home = tmp_path / "home"
    home.mkdir()
    return Machine(home)


@pytest.fixture
def furnish(machine: Machine, template: Path) -> Callable[..., None]:
    """As `machine.prepare`, but written by the use-cases in this process: a tenth of what three commands cost."""

    def furnish(people: int, here: int = 0) -> None:
        """here: so many of them, the first, came already."""
        shutil.copyfile(template, machine.database)
        machine.database.chmod(0o600)
        terms = ProgramTerms(
            "Learning campaign", machine.today, machine.today, frozenset(range(7)), starts=time(10), ends=time(16),
            grace=360, zone=machine.zone,
        )  # fmt: skip
        lines = tuple(
            RosterLine(2 + row, f"{101 + row}", f"Sample Person {row:02d}", f"Branch {row % 3}")
            for row in range(people)
        )
        bench = Bench(round(datetime.now().timestamp() * 1000))
        with open_database(machine.database) as database:
            desk = Desk(context_for(database, bench), bench, terms=terms, people=lines)
            session = desk.session(machine.today)
            for one in desk.view(machine.today).people[:here]:
                desk.do(MarkPerson, session_id=session.id, member_id=one.member_id)

    return furnish


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
