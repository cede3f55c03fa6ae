"""The dialogs of the notes desks, the chase list, the dashboard and the plan, each with a name from outside in it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from uuid import UUID

from checkin_tui.domain.attendance.events import Action
from checkin_tui.domain.people import Branch
from checkin_tui.domain.views import NoteVersion
from checkin_tui.interchange.orders import Order, RegisterAsk
from checkin_tui.interchange.outputs import Written
from checkin_tui.tui.screens.behind import PeopleBehind
from checkin_tui.tui.screens.branch_seen import BranchSeen
from checkin_tui.tui.screens.calling_off import WhyDialog
from checkin_tui.tui.screens.contacts import ContactForm
from checkin_tui.tui.screens.day_page import DayPage
from checkin_tui.tui.screens.exporting.form import Facts
from checkin_tui.tui.screens.exporting.papers import BadgesForm, OwesForm, RegisterForm, ReportForm, SheetForm
from checkin_tui.tui.screens.exporting.progress import ExportProgress
from checkin_tui.tui.screens.importing.contacts import ContactsImport
from checkin_tui.tui.screens.note_page import NotePage
from checkin_tui.tui.screens.save_as import SaveAs
from checkin_tui.tui.screens.versions import VersionsDialog
from checkin_tui.tui.widgets.rows import Row
from tests.tui.fakes import STARTS, ZONE, person
from tests.tui.program import a_session


async def never(*_values: object, **_more: object) -> object:
    raise AssertionError("nobody asked for that")


def version(number: int, text: str) -> NoteVersion:
    """One of Wang's."""
    return NoteVersion(UUID(int=number), text, False, len(text), STARTS, "Wang", "laptop-1", Action.MARK, True)


class Finished:
    """A file that has been written."""

    def __init__(self, name: str) -> None:
        self.order = Order(Path(f"{name}.csv"), "csv", RegisterAsk())
        self.progress, self.given_up, self.watched = (10, 10), False, True

    @cached_property
    def done(self) -> asyncio.Future[Written]:
        done = asyncio.get_running_loop().create_future()
        done.set_result(Written(self.order.path, "csv", 10))
        return done


def facts(name: str) -> Facts:
    return Facts(name, date(2026, 5, 18), (a_session(),), (name, "Hepan"), None, ("0017", name))


CODES = frozenset(f"{number:04}" for number in range(3, 500))

VIEW_DIALOGS: dict[str, Callable] = {
    "branch seen": lambda name: BranchSeen("Hepan", [person(1, name, "Hepan")], CODES.__contains__),
    "note": lambda name: NotePage(name, "# A heading\n\nand a text"),
    "versions": lambda name: VersionsDialog(name, [version(2, "two"), version(1, "one")], zone=ZONE),
    "behind": lambda name: PeopleBehind(name, [Row(("0001", name, "Hepan", "", ""), 1)], lambda _member: None),
    "day": lambda name: DayPage(name, [("topic", name)], shown=False),
    "why": lambda name: WhyDialog(name, name, "Cancel it", "Back"),
    "contact": lambda name: ContactForm(Branch(1, UUID(int=1), name, "", "")),
    "contacts": lambda name: ContactsImport(ask=never, write=never, undo=never, zone=ZONE),
    "save": lambda name: SaveAs(name, "the text", Path("missing.txt")),
    "register": lambda name: RegisterForm(facts(name), never),
    "sheet": lambda name: SheetForm(facts(name), never),
    "badges": lambda name: BadgesForm(facts(name), never),
    "owes": lambda name: OwesForm(facts(name), never),
    "report": lambda name: ReportForm(facts(name), never),
    "written": lambda name: ExportProgress(Finished(name), hidden=False),
}
