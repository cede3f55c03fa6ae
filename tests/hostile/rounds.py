"""One round: a hostile file, the walk through the program on it, and what came out."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

import pytest
from wcwidth import wcswidth

from checkin_tui.domain.text import clean_lines, visible
from checkin_tui.store import migrations
from checkin_tui.store.engine import open_database
from checkin_tui.tui import clipboard
from checkin_tui.tui.commands import View
from tests.conftest import Bench, context_for
from tests.desk import Desk
from tests.hostile import hell
from tests.hostile.corpus import PAYLOADS, Wire
from tests.hostile.walk import Walk, Walked
from tests.hostile.wired import recorded, wired

KEYMAP = {"[/foo]" + PAYLOADS["colour"]: "f5", "mark.present": PAYLOADS["action"]}
WIDTH = 100
DIALOGS_ABOUT = ("colour", "action", "closing tag")
ENDS = "…│╭╰╮╯─▌▁▂▃▄▅▆▇█"
"""Where a text may end before its end: cut with a sign, or below the frame of a dialog, a toast, a bar to scroll by.

One blank may stand before it, where half of a wide character would have been."""


class Round(NamedTuple):
    """What a walk came to."""

    walked: Walked
    wire: Wire


def make_file(folder: Path, bench: Bench, seed: int = 0, *, harmless: bool = False) -> Path:
    """A hostile file, or one of the same shape with harmless words."""
    path = folder / f"{'harmless' if harmless else 'hell'}{seed}.db"
    migrations.create(path)
    with open_database(path) as database:
        hell.furnish(Desk(context_for(database, bench), bench))
    hell.damn(path, seed, harmless=harmless)
    return path


def walk(folder: Path, seed: int = 0, *, harmless: bool = False, confirm: bool = False) -> Round:
    """Through the program on such a file; in harmless words only as far as the shape is the same."""
    bench = Bench()
    path = make_file(folder, bench, seed, harmless=harmless)
    with pytest.MonkeyPatch.context() as patch:
        (folder / "Documents").mkdir(exist_ok=True)
        patch.setenv("HOME", str(folder))
        patch.setattr(clipboard.sys, "platform", "linux")
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "XDG_DOCUMENTS_DIR", "XDG_CONFIG_HOME"):
            patch.delenv(name, raising=False)
        return asyncio.run(_walk(path, bench, harmless=harmless, confirm=confirm))


async def _walk(path: Path, bench: Bench, *, harmless: bool, confirm: bool) -> Round:
    walked = Walked()
    keymap = {"nothing": "f5"} if harmless else KEYMAP
    operator = "Wang" if harmless else PAYLOADS["clear"]
    with recorded() as kept:
        async with wired(path, bench, size=(WIDTH, 30), keymap=keymap, operator=operator) as it:
            way = Walk(it, walked)
            if harmless:
                await way.views()
                it.app.view.run_command("app.help")
                await way.rest()
                it.app.screen.leave()
                await it.go(View.CHASE)
                it.app.view.run_command("chase.copy")
                await way.rest()
            else:
                await way.commands(confirm=confirm)
                for name in DIALOGS_ABOUT[: None if confirm else 1]:
                    await way.dialogs(PAYLOADS[name])
    return Round(walked, kept.wire())


def lost(walked: Walked) -> list[str]:
    """Texts of the file that are on the screen as something else than their visible form; [] is good."""
    wanted = [visible(text) for text in PAYLOADS.values()]
    edited = [*wanted, *map(clean_lines, PAYLOADS.values())]  # in the editor stands what may be kept of a note
    found: dict[tuple[str, str], str] = {}
    for where, picture in walked.pictures:
        for column, rest in _texts(picture):
            best = max(
                (_alike(rest, text) for text in (edited if column == "text" else wanted)), key=lambda one: one[0]
            )
            if not _is_whole(rest, *best):
                found.setdefault((column, rest[:8]), f"{where}: {column} reads {rest[:40]!r}")
    return list(found.values())


def _texts(picture: str) -> Iterator[tuple[str, str]]:
    """Every text of the file that begins on a line, without the word it begins with."""
    for place in hell.places():
        begun = re.compile(re.escape(place.word) + (r"\d+ " if place.column in ("code", "name") else ""))
        for line in picture.split("\n"):
            for match in begun.finditer(line):
                yield place.column, line[match.end() :]


def _alike(rest: str, text: str) -> tuple[int, str]:
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(rest, text, strict=False))), text


def _is_whole(rest: str, alike: int, text: str) -> bool:
    """Whether the text is there up to its end, or up to where there was no more room."""
    tail = rest[alike:]
    return (
        alike == len(text)
        or not tail.strip()
        or tail.removeprefix(" ")[0] in ENDS
        or tail.startswith("  ")
        or not text[alike:].strip()
    )


def crooked(walked: Walked, width: int) -> list[str]:
    """Lines that a terminal would show wider or narrower than the window, by the widths of `wcwidth`."""
    return [
        f"{where}: {wcswidth(line)} cells: {line!r}"
        for where, picture in walked.pictures
        for line in picture.split("\n")
        if wcswidth(line) != width
    ]
