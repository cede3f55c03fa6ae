"""Every view, command and dialog on a file in which every text means harm, and the bytes that reach the terminal."""

from __future__ import annotations

import base64
import importlib
import pkgutil
import re

import pytest
from textual.screen import Screen

from checkin_tui.tui import screens
from checkin_tui.tui.command import Need
from checkin_tui.tui.commands import COMMANDS
from checkin_tui.tui.screens.dialog import Dialog
from tests.hostile.corpus import PIECES, Wire
from tests.hostile.rounds import WIDTH, crooked, lost, walk
from tests.hostile.walk import LAST
from tests.tui.test_scans import classes_of_dialogs

OF_ANOTHER_STATE = {Need.CLOSED, Need.NO_SESSION, Need.OTHER_DAY, Need.FAILED, Need.REDO, Need.UNDO}
"""Of the file or the app; what the commands open there is opened by its name."""


def test_a_walk_through_all_of_it_meets_nothing_that_is_obeyed_lost_or_crooked(tmp_path):
    """One walk, and all that it shows: it takes long, and several tests would take it in several processes."""
    (tmp_path / "hell").mkdir()
    hostile, harmless = walk(tmp_path / "hell"), walk(tmp_path, harmless=True)
    found = {
        "what a terminal was told by what people wrote": hostile.wire.obeyed(harmless.wire),
        "screens nobody went to": sorted(kind.__name__ for kind in every_screen() - hostile.walked.screens),
        "commands nobody ran": sorted(every_command() - hostile.walked.commands),
        "texts that are not there in their visible form": lost(hostile.walked),
        "columns that are not straight": crooked(hostile.walked, WIDTH),
        "the clipboard got": not_plain(hostile.wire),
    }
    assert {what: these for what, these in found.items() if these} == {}


def every_screen() -> set[type]:
    for module in pkgutil.walk_packages(screens.__path__, f"{screens.__name__}."):
        importlib.import_module(module.name)
    views = {
        kind for kind in leaves(Screen) if kind.__module__.startswith("checkin_tui.") and not issubclass(kind, Dialog)
    }
    return views | classes_of_dialogs()


def leaves(kind: type) -> set[type]:
    below = kind.__subclasses__()
    return {one for each in below for one in leaves(each)} if below else {kind}


def every_command() -> set[str]:
    return {one.id for one in COMMANDS if not OF_ANOTHER_STATE & set(one.needs)} - set(LAST)


def not_plain(wire: Wire) -> list[str]:
    """What was copied that is no base64 of harmless text, or that nothing was."""
    copied = re.findall(r"\x1b\]52;([^\x07\x1b]*)", wire.sent)
    return [content for content in copied if not is_plain(*content.split(";"))] if copied else ["nothing"]


def is_plain(target: str, data: str) -> bool:
    text = base64.b64decode(data, validate=True).decode()
    return target == "c" and not set(text) & set("\x1b\x9b\x9d\x07\u202e")


@pytest.mark.parametrize("piece", PIECES)
def test_the_comparison_sees_each_of_them(piece):
    calm = Wire("\x1b[1;2H\x1b[31mname\x1b[0m")
    assert Wire(f"\x1b[1;2H{piece}\x1b[0m").obeyed(calm)
