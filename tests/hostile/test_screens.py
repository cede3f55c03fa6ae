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
from tests.hostile.rounds import WIDTH, Round, crooked, lost, walk
from tests.hostile.walk import LAST
from tests.tui.test_scans import classes_of_dialogs

OF_ANOTHER_STATE = {Need.CLOSED, Need.NO_SESSION, Need.OTHER_DAY, Need.FAILED, Need.REDO, Need.UNDO}
"""Of the file or the app; what the commands open there is opened by its name."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Round:
    return walk(tmp_path_factory.mktemp("hell"))


@pytest.fixture(scope="module")
def harmless(tmp_path_factory) -> Round:
    return walk(tmp_path_factory.mktemp("harmless"), harmless=True)


def test_a_terminal_is_told_nothing_by_what_people_wrote(hostile, harmless):
    assert hostile.wire.obeyed(harmless.wire) == []


def test_every_screen_there_is_was_walked_through(hostile):
    for module in pkgutil.walk_packages(screens.__path__, f"{screens.__name__}."):
        importlib.import_module(module.name)
    views = {
        kind for kind in leaves(Screen) if kind.__module__.startswith("checkin_tui.") and not issubclass(kind, Dialog)
    }
    assert views | classes_of_dialogs() <= hostile.walked.screens


def leaves(kind: type) -> set[type]:
    below = kind.__subclasses__()
    return {one for each in below for one in leaves(each)} if below else {kind}


def test_every_command_was_run(hostile):
    wanted = {one.id for one in COMMANDS if not OF_ANOTHER_STATE & set(one.needs)} - set(LAST)
    assert wanted <= hostile.walked.commands


def test_what_people_wrote_is_there_in_its_visible_form(hostile):
    assert lost(hostile.walked) == []


def test_columns_are_straight_beside_it(hostile):
    assert crooked(hostile.walked, WIDTH) == []


def test_the_clipboard_gets_base64_and_nothing_else(hostile):
    copied = re.findall(r"\x1b\]52;([^\x07\x1b]*)", hostile.wire.sent)
    assert copied
    for content in copied:
        target, data = content.split(";")
        assert target == "c"
        assert not set(base64.b64decode(data, validate=True).decode()) & set("\x1b\x9b\x9d\x07\u202e")


@pytest.mark.parametrize("piece", PIECES)
def test_the_comparison_sees_each_of_them(piece):
    calm = Wire("\x1b[1;2H\x1b[31mname\x1b[0m")
    assert Wire(f"\x1b[1;2H{piece}\x1b[0m").obeyed(calm)
