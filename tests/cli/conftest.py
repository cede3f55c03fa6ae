"""The command line in this process: the clock stands where it is put, and nothing of the user's is read."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from checkin_tui.__main__ import run
from checkin_tui.cli.wiring import Wiring
from checkin_tui.settings import Station, load_settings, places
from tests.conftest import Bench

PEOPLE = """\
Code,Name,Branch,Leader,Phone
101,Mara Quill,Xinghe,yes,5550101
102,Tomas Ode,Xinghe,,5550102
103,Wen Xiaoyu,Beishan,,
104,Tomas Ode,Beishan,,
"""


@dataclass
class Answered:
    """What one call came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.err == "", "with --json there is no talk beside the answer"
        return json.loads(self.out)


class Line:
    """A person at one station, typing commands."""

    def __init__(self, home: Path, database: Path, bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
        self.home, self.database, self.bench, self._capsys = home, database, bench, capsys
        self.station = 1

    def wire(self, asked: str | None) -> Wiring:
        """The parts, with a clock and ids that do as they are told."""
        environment = {"CHECKIN_HOME": str(self.home), "CHECKIN_OPERATOR": "Wang"}
        where = places(environment)
        settings = load_settings(where, environment, database=asked or str(self.database))
        station = Station(UUID(int=self.station), f"laptop-{self.station}")
        return Wiring(where, settings, station, self.bench.clock, self.bench.uid)

    def __call__(self, *arguments: str) -> Answered:
        self._capsys.readouterr()
        code = run(arguments, self.wire)
        said = self._capsys.readouterr()
        return Answered(code, said.out, said.err)

    def json(self, *arguments: str) -> Any:
        """The answer as JSON, whatever the exit code."""
        return self(*arguments, "--json").json


@pytest.fixture
def empty(tmp_path: Path, database_path: Path, bench: Bench, capsys: pytest.CaptureFixture[str]) -> Line:
    """A file without a program."""
    return Line(tmp_path / "home", database_path, bench, capsys)


@pytest.fixture
def program(empty: Line) -> Line:
    """A program of nine afternoons and nobody in it; it is Monday, ten minutes before the first."""
    made = empty("init", "Learning campaign", "--from", "2026-05-18", "--to", "2026-05-28", "--zone", "Asia/Shanghai")
    assert made.code == 0, made.err
    return empty


@pytest.fixture
def line(program: Line, tmp_path: Path) -> Line:
    """The same with four people of two branches, two of them of one name."""
    (tmp_path / "people.csv").write_text(PEOPLE, "utf-8")
    assert program("import", "members", str(tmp_path / "people.csv")).code == 0
    return program


@pytest.fixture
def standard_input(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Put bytes on standard input."""

    def put(data: bytes) -> None:
        stream = SimpleNamespace(buffer=io.BytesIO(data), isatty=lambda: False)
        monkeypatch.setattr(sys, "stdin", stream)

    return put
