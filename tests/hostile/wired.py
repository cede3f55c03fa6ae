"""The app on a file, with what it writes to the terminal kept."""

from __future__ import annotations

from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest
from textual.drivers.headless_driver import HeadlessDriver

from checkin_tui.services.handler import Handler
from checkin_tui.store.engine import open_database
from checkin_tui.tui.app import CheckInApp
from tests.conftest import Bench, context_for
from tests.hostile.corpus import Wire
from tests.tui.driving import Driven
from tests.tui.fakes import settings


class Recorded:
    """Everything a driver was given to write."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def write(self, _driver, data: str) -> None:
        self._parts.append(data)

    def wire(self) -> Wire:
        return Wire("".join(self._parts))


@contextmanager
def recorded():
    """The driver of the tests writes as the real one does; the writes are kept."""
    kept = Recorded()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(HeadlessDriver, "write", lambda driver, data: kept.write(driver, data))
        patch.setattr(HeadlessDriver, "is_headless", property(lambda _driver: False))
        yield kept


@asynccontextmanager
async def wired(path: Path, bench: Bench, *, size=(100, 30), environment=None, operator="Wang", **more):
    """The app on that file."""

    def connect() -> Handler:
        return Handler(context_for(open_database(path), bench, operator=operator))

    app = CheckInApp(
        connect, settings(operator=operator, **more), bench.clock, bench.uid, environment=environment or {}
    )
    async with app.run_test(size=size, notifications=True) as pilot:
        it = Driven(app, None, pilot)
        for _turn in range(500):
            if app.view.register is not None:
                break
            await pilot.pause(0.01)
        await it.settle()
        yield it
