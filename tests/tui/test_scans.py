"""A scanner that fires while a dialog is open over the desk: nobody wrong is marked, nothing confirmed, none lost."""

from __future__ import annotations

import importlib
import pkgutil
from inspect import getattr_static
from itertools import cycle

import pytest

from checkin_tui.domain.requests import MarkPerson
from checkin_tui.tui import screens
from checkin_tui.tui.screens.choose import Choice, Choose
from checkin_tui.tui.screens.dialog import Dialog
from checkin_tui.tui.screens.form import Field
from checkin_tui.tui.screens.typed import TypedDialog
from tests.tui.driving import driven
from tests.tui.test_dialog_keys import DIALOGS

CODES = [f"{number:04}" for number in range(21, 41)]


def chooser(name: str) -> Choose:
    """As the palette, the branches and the days are: with digits in the labels, and an entry highlighted."""
    choices = [Choice("18", "Mon 18 May", name), Choice("21", "Village 21"), Choice("=", name)]
    return Choose("Choose", choices, CODES.__contains__)


EVERY = {**DIALOGS, "choose": chooser}


def classes_of_dialogs() -> set[type[Dialog]]:
    """Every dialog there is, without the bases that leave something abstract."""
    for module in pkgutil.walk_packages(screens.__path__, f"{screens.__name__}."):
        importlib.import_module(module.name)
    found, waiting = set(), [Dialog]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        abstract = any(getattr(getattr_static(kind, name), "__isabstractmethod__", False) for name in dir(kind))
        if kind is not Dialog and kind.__module__.startswith("checkin_tui.") and not abstract:
            found.add(kind)
    return found


def test_no_dialog_is_forgotten_here():
    assert {type(make("Zhang Wei")) for make in EVERY.values()} == classes_of_dialogs()


BASES = list(dict.fromkeys(type(make("Zhang Wei")).__bases__[0] for make in EVERY.values()))


@pytest.mark.parametrize("base", BASES, ids=lambda base: base.__name__)
async def test_scans_behind_a_dialog_mark_only_those_who_were_scanned(base):
    """Every dialog that has its keys from there, one behind the other in one window."""
    async with driven(number=40, size=(100, 30)) as it:
        for which, make in EVERY.items():
            dialog = make("Zhang Wei")
            if type(dialog).__bases__[0] is not base:
                continue
            it.desk.events.clear()
            it.desk.seen.clear()
            answers = []
            it.screen.people.open(dialog, answers.append)
            await it.pilot.pause()
            it.type("".join(f"{code}{end}" for code, end in zip(CODES, cycle(("\r", "\r\n", "\t")))))
            await it.settle()
            text = ""
            if it.app.screen is dialog:
                assert marked(it) == [], which
                text = " ".join(field.value for field in dialog.query(Field))
                await it.do("<escape>")
            assert answers == [], which
            assert len(it.app.screen_stack) == 1
            assert marked(it) == [code for code in CODES if code in marked(it)], which
            if not (isinstance(dialog, TypedDialog) and "A scan is text here." in dialog.hint()):  # no number: refused
                assert [code for code in CODES if code not in text and code not in marked(it)] == [], which


def marked(it) -> list[str]:
    """Who was marked, in the order of the requests."""
    return [f"{request.member_id:04}" for request in it.desk.seen if isinstance(request, MarkPerson)]


async def test_a_choice_is_typed_with_digits_and_is_no_scan():
    async with driven(number=40) as it:
        for typed, answer in (("18", "18"), ("mon 18", "18"), ("village 2", "21")):
            answers = []
            it.screen.people.open(chooser("Zhang Wei"), answers.append)
            await it.pilot.pause()
            await it.do(typed, "<enter>")
            assert answers == [answer]
            assert marked(it) == []
