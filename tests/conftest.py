"""What the tests share: a clock that stands where it is put, ids that count, a fresh file of the newest revision."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from checkin_tui.domain import calendar
from checkin_tui.domain.ids import uuid7
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.interchange.readings import readings
from checkin_tui.services.context import Context
from checkin_tui.services.handler import Handler
from checkin_tui.store import migrations
from checkin_tui.store.engine import Database, open_database
from checkin_tui.words import sentence

if TYPE_CHECKING:
    from tests.desk import Desk

ZONE = "Asia/Shanghai"
MONDAY = date(2026, 5, 18)
TERMS = ProgramTerms("Learning campaign", MONDAY, date(2026, 5, 28), zone=ZONE)


def at(clock: str, day: date = MONDAY) -> int:
    """The instant of a clock time on a day of the program."""
    return calendar.instant(day, time.fromisoformat(clock), ZONE)


@dataclass
class Bench:
    """A clock and ids for tests: nothing of the real ones."""

    now: int = field(default_factory=lambda: at("14:20"))
    count: int = 0

    def clock(self) -> int:
        return self.now

    def uid(self) -> UUID:
        self.count += 1
        return uuid7(self.now, self.count.to_bytes(10, "big"))


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty file of the newest revision, made once by the migrations and copied for each test."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    migrations.create(path)
    return path


@pytest.fixture
def database_path(template: Path, tmp_path: Path) -> Path:
    path = tmp_path / "checkin.db"
    source, target = sqlite3.connect(template), sqlite3.connect(path)
    source.backup(target)
    source.close()
    target.close()
    return path


@pytest.fixture
def bench() -> Bench:
    return Bench()


def context_for(database: Database, bench: Bench, station: int = 1, operator: str = "Wang") -> Context:
    return Context(
        database=database,
        clock=bench.clock,
        new_uid=bench.uid,
        station=UUID(int=station),
        station_name=f"laptop-{station}",
        operator=operator,
        readings=readings,
        sentence=sentence,
    )


@pytest.fixture
def open_context(database_path: Path, bench: Bench) -> Iterator[Callable[..., Context]]:
    """Contexts of several stations on the same file."""
    opened: list[Database] = []

    def make(station: int = 1, operator: str = "Wang") -> Context:
        database = open_database(database_path)
        opened.append(database)
        return context_for(database, bench, station, operator)

    yield make
    for database in opened:
        database.close()


@pytest.fixture
def ctx(open_context: Callable[..., Context]) -> Context:
    return open_context()


@pytest.fixture
def handler(ctx: Context) -> Handler:
    return Handler(ctx)


@pytest.fixture
def desk(ctx: Context, bench: Bench) -> Desk:
    """A program with eight people, at 14:20 on its first day."""
    from tests.desk import Desk

    return Desk(ctx, bench)


@pytest.fixture
def other_desk(desk: Desk, open_context: Callable[..., Context], bench: Bench) -> Desk:
    """A second laptop on the same file."""
    from tests.desk import Desk

    return Desk(open_context(2, "Chen"), bench, new=False)
