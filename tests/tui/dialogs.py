"""A desk stripped to what dialogs need from it, and keys whose times the test decides."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import Any
from uuid import UUID

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Static

from checkin_tui.domain.attendance.events import Reason
from checkin_tui.domain.calendar import instant
from checkin_tui.domain.people import Member, Membership
from checkin_tui.domain.rates import Target, participation
from checkin_tui.domain.roster import Counts
from checkin_tui.tui.screens.closing import ClosingFacts, ClosingPage
from checkin_tui.tui.screens.form import FormDialog
from checkin_tui.tui.themes import DARK

ZONE = "Asia/Shanghai"
DAY = date(2026, 5, 21)
AT = instant(DAY, time(14, 26), ZONE)
LONG = "Maximiliana Theodora Featherstonehaugh-Cholmondeley of the Upper Lotus Ford Cooperative Society for Reading"
HOSTILE = ("王小明", "محمد الفارسي", "[/foo] Li", "[@click=app.quit]", "Li \x1b[31mRed", LONG)
BRANCHES = ("Lotus Ford", "Township Office", "Xinghe")
UNSET = object()


class Desk(App[None]):
    """Keeps what came out of the dialog, and every key that reached the desk in its order."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__()
        self.result: Any = UNSET
        self.typed: list[str] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return dict(DARK.variables)

    def compose(self) -> ComposeResult:
        yield Static("the roster")

    def open(self, dialog: Any) -> None:
        dialog.feed = self.typed.extend
        self.push_screen(dialog, lambda result: setattr(self, "result", result))

    def on_key(self, event: events.Key) -> None:
        if len(self.screen_stack) == 1:
            self.typed.append("\n" if event.key == "enter" else event.character or event.key)

    @property
    def is_open(self) -> bool:
        return len(self.screen_stack) > 1

    def burst(self, keys: Iterable[str], at: float) -> None:
        """Keys as one write of a terminal brings them: all there before any is looked at. `at` seconds from now."""
        for name in keys:
            character = "\r" if name == "enter" else "\t" if name == "tab" else name if len(name) == 1 else None
            event = events.Key({" ": "space"}.get(name, name), character)
            event.time += at
            self.post_message(event)

    def shown(self) -> str:
        """What is on the screen, line by line."""
        strips = self.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in strips)


def member(name: str = "Zhang Wei") -> Member:
    places = (Membership(1, "Xinghe", True, date(2026, 5, 18)),)
    return Member(1, UUID(int=1), "0017", name, "Secretary", "Grade 4", "000-555-0101", memberships=places)


def closing(unmarked: int, names: tuple[str, ...] = HOSTILE, branches: int = 1) -> ClosingPage:
    counts = Counts(expected=160, present=154 - unmarked, late=4, excused=2, unmarked=unmarked)
    facts = ClosingFacts(
        day=DAY,
        counts=counts,
        figures=participation(counts, Target.parse(">98"), leave_counts=True, closed=False),
        leave_counts=True,
        on_leave=((names[0], Reason.SICK), (names[-1], None)),
        not_marked=tuple((f"Branch {number}", names) for number in range(branches)) if unmarked else (),
        owing=names,
    )
    return ClosingPage(facts)


async def opened(app, pilot, dialog):
    """Open it, and wait until it is there."""
    app.open(dialog)
    await pilot.pause()
    await pilot.pause()
    return dialog


async def filled(pilot, **fields):
    """Fill the fields of the form that is open, and press its Save button."""
    form = pilot.app.screen
    for name, value in fields.items():
        form.field(name).value = value
    await pilot.pause()
    form.save()
    await pilot.pause()


def remarks(form: FormDialog) -> dict[str, str]:
    """What is said beneath the fields."""
    return {row.part.id: str(row.query_one(".remark").render()) for row in form.query("Row") if row.query(".shown")}


async def settle(pilot):
    """Until the buttons' work is done and shown."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def read(pilot, path):
    """Name a file to the import that is open."""
    pilot.app.screen.field("path").value = str(path)
    pilot.app.screen.save()
    await settle(pilot)


async def press(pilot, *keys, at=1):
    """Enter, after half a second has passed since what is on the screen came there."""
    pilot.app.burst([*keys, "enter"], at=at)
    await settle(pilot)
