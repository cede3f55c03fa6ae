"""Makes the pictures of the README and the guide from the sample program, as it is at one fixed moment.

`make pictures` writes them beside this file; another folder may be given. The same program gives the same pictures.
"""

from __future__ import annotations

import asyncio
import itertools
import re
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date, time
from pathlib import Path
from typing import Final
from uuid import UUID

from textual.pilot import Pilot

from checkin_tui.demo.build import build
from checkin_tui.domain import calendar
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.ids import RANDOM_BYTES, uuid7
from checkin_tui.interchange.readings import readings
from checkin_tui.services.context import Context
from checkin_tui.services.handler import FileHandler
from checkin_tui.services.opening import Door
from checkin_tui.settings import Settings
from checkin_tui.store.engine import Database
from checkin_tui.tui.app import CheckInApp
from checkin_tui.words import sentence

HERE: Final = Path(__file__).resolve().parent
ZONE: Final = "Asia/Shanghai"
NOW: Final[Millis] = calendar.instant(date(2026, 5, 25), time(14, 34), ZONE)
SIZE: Final = (100, 30)
OPERATOR: Final = "Wang"

# What is pressed before each picture is taken. Texts are typed letter by letter; in angle brackets is one key.
PICTURES: Final[dict[str, tuple[str, ...]]] = {
    "roster": ("0012", "<enter>"),
    "search": ("zh w",),
    "roll-call": ("<ctrl+l>", "baishan", "<enter>"),
    "closing": ("<right>", "6", "<enter>"),
    "notebooks": ("<f3>", "0036", "<enter>"),
    "writing": ("<f3>", "<f3>", "0037", "<enter>", "The orchard year: graft in March, "),
    "chase": ("<f3>", "<right>", "7", "<enter>"),
    "dashboard": ("<f4>",),
    "program": ("<f4>", "<right>", "8", "<enter>"),
}
SIZES: Final = {"dashboard": (132, 38), "writing": (100, 24), "chase": (100, 24), "program": (100, 24)}
_FONT_FACES: Final = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
_FONT: Final = re.compile(r"Fira Code, monospace|Fira Code")
_OWN_FONTS: Final = "ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace"


def main(folder: Path = HERE) -> None:
    """Write every picture into the folder."""
    for name, keys in PICTURES.items():
        picture = asyncio.run(take(keys, SIZES.get(name, SIZE)))
        (folder / f"{name}.svg").write_text(picture, "utf-8", newline="\n")


async def take(keys: tuple[str, ...], size: tuple[int, int] = SIZE) -> str:
    """The screen as SVG after those keys, on a sample of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "practice.db"
        build(path, context_maker(), NOW, zone=ZONE)
        async with running(path, size) as (app, pilot):
            for key in keys:
                await pilot.press(*[key.strip("<>")] if key.startswith("<") else map(key_of, key))
                await settle(app, pilot)
            return without_foreign_fonts(app.export_screenshot(title="checkin"))


@asynccontextmanager
async def running(path: Path, size: tuple[int, int] = SIZE) -> AsyncIterator[tuple[CheckInApp, Pilot[str]]]:
    """The program on that file, at the fixed moment, with its desk on the screen."""
    app = CheckInApp(
        connect=lambda: FileHandler(Door(path, None, lambda: NOW), context_maker()),
        settings=Settings(database=path, operator=OPERATOR, bell=False),
        clock=lambda: NOW,
        new_uid=counting(),
        own_zone=lambda: ZONE,
    )
    async with app.run_test(size=size) as pilot:
        await settle(app, pilot)
        yield app, pilot


async def settle(app: CheckInApp, pilot: Pilot[str]) -> None:
    """Until every key was looked at, everything was written and the answers are on the screen."""
    for _ in range(4):
        await pilot.pause()
        await app.gateway.drain(10)
        await app.workers.wait_for_complete()
    await pilot.pause()


def key_of(character: str) -> str:
    """What Textual calls the key of a letter."""
    return "space" if character == " " else character


def counting() -> Callable[[], UUID]:
    """Ids that only count."""
    numbers = itertools.count(1)
    return lambda: uuid7(NOW, next(numbers).to_bytes(RANDOM_BYTES, "big"))


def context_maker() -> Callable[[Database], Context]:
    """The context of one station whose clock stands still."""
    new_uid = counting()
    return lambda database: Context(
        database=database,
        clock=lambda: NOW,
        new_uid=new_uid,
        station=UUID(int=1),
        station_name="laptop-1",
        operator=OPERATOR,
        readings=readings,
        sentence=sentence,
    )


def without_foreign_fonts(svg: str) -> str:
    """The picture with fonts of the reader's own machine: a page that shows it fetches nothing from elsewhere."""
    return _FONT.sub(_OWN_FONTS, _FONT_FACES.sub("", svg))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
