"""What the tests share: a clock that stands where it is put, ids that count, a fresh file of the newest revision."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
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
from tests.restored import Archivist

if TYPE_CHECKING:
    from tests.desk import Desk

ZONE = "Asia/Shanghai"
MONDAY = date(2026, 5, 18)
TERMS = ProgramTerms("Learning campaign", MONDAY, date(2026, 5, 28), zone=ZONE)


def pytest_collection_finish() -> None:
    """What is there now (modules, thousands of tests) is never garbage: looking it through for each test cost a quarter
    of the time of all of them. What a test leaves behind is still collected, in larger heaps.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


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


class Furnished(NamedTuple):
    """A file with a program and eight people, and how many ids its making took."""

    path: Path
    ids: int


@pytest.fixture(scope="session")
def furnished(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    """What `desk` begins with, made once by the use-cases and copied for each test."""
    from tests.desk import Desk

    path = Path(shutil.copyfile(template, tmp_path_factory.mktemp("furnished") / "desk.db"))
    bench = Bench()
    with open_database(path) as database:
        Desk(context_for(database, bench), bench)
    return Furnished(path, bench.count)


@pytest.fixture
def database_path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file of the test's own: with people in it for `desk`, else empty."""
    wanted = "furnished" if "desk" in request.fixturenames else "template"
    made: Furnished | Path = request.getfixturevalue(wanted)
    return Path(shutil.copyfile(made.path if isinstance(made, Furnished) else made, tmp_path / "checkin.db"))


@pytest.fixture(autouse=True)
def archivist(monkeypatch: pytest.MonkeyPatch) -> Archivist:
    """Whatever backup is made during the test is restored and compared."""
    return Archivist(monkeypatch)


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
def desk(ctx: Context, bench: Bench, furnished: Furnished) -> Desk:
    """A program with eight people, at 14:20 on its first day."""
    from tests.desk import Desk

    bench.count = furnished.ids
    return Desk(ctx, bench, new=False)


@pytest.fixture
def other_desk(desk: Desk, open_context: Callable[..., Context], bench: Bench) -> Desk:
    """A second laptop on the same file."""
    from tests.desk import Desk

    return Desk(open_context(2, "Chen"), bench, new=False)
