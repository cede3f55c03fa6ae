"""A walk through the whole program: every view, every command of the table, every dialog a command opens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from checkin_tui.tui.command import Command, Need
from checkin_tui.tui.commands import BY_ID, COMMANDS, View
from checkin_tui.tui.screens.dialog import Dialog, DialogButton
from tests.tui.test_scans import EVERY

LAST = ("app.quit",)


@dataclass
class Walked:
    """What was reached. pictures: where, and the text of the window there."""

    commands: set[str] = field(default_factory=set)
    screens: set[type] = field(default_factory=set)
    pictures: list[tuple[str, str]] = field(default_factory=list)


class Walk:
    """Through one running app."""

    def __init__(self, it: Any, walked: Walked) -> None:
        self.it, self.walked = it, walked
        self._asking: list[tuple[View, str]] = []  # commands whose dialog can be confirmed

    def look(self, where: str) -> None:
        """Take the picture of what is on the screen, dialogs and toasts too."""
        self.walked.screens.add(type(self.it.app.screen))
        self.walked.pictures.append((where, self.it.picture))

    async def rest(self) -> None:
        """Until what was asked for is on the screen. Lighter than `settle`: nothing here follows on a key's heels."""
        it = self.it
        for _turn in range(3):
            await it.pilot.pause(0)
            await it.app.gateway.drain(10)
            await it.until(lambda: not it._asking)
        await it.pilot.pause(0)

    async def views(self) -> None:
        """Every view."""
        for view in View:
            await self.show(view)

    async def show(self, view: View) -> None:
        """One view with its list, and the note of somebody on the writing desk."""
        await self.it.app.show(view).until_ready()
        self.it.keys("down", "down", *(("enter",) if view is View.WRITING else ()))
        await self.it.settle()
        self.look(view)

    async def commands(self, *, confirm: bool = False) -> None:
        """Every command where it belongs, or else on the roster. confirm: what they ask is answered with yes."""
        for view in (*(one for one in View if one is not View.ROSTER), View.ROSTER):
            self.it.app.turn_to(None)  # a command of the program's view has shown another day
            await self.show(view)
            for command in COMMANDS:
                if command.id not in LAST and (command.views or (View.ROSTER,))[0] is view:
                    await self.command(view, command)
        for view, command_id in self._asking if confirm else ():
            await self.command(view, BY_ID[command_id], confirm=True)

    async def dialogs(self, name: str) -> None:
        """The dialogs that no command has opened in this file, about a person of that name."""
        for kind, make in missing(self.walked.screens):
            await self.rest()
            dialog = make(name)
            assert type(dialog) is kind
            self.it.app.view.people.open(dialog, lambda _answer: None)
            await self.rest()
            self.look(f"{kind.__name__} of {name}")
            dialog.leave()

    async def command(self, view: View, command: Command, *, confirm: bool = False) -> None:
        """Run one, look at what comes, and leave it."""
        it = self.it
        if it.app.view.VIEW is not view:
            await it.app.show(view).until_ready()
            await self.rest()
        screen = it.app.view
        if screen.why_not(command) in (Need.PERSON.words, Need.CHOSEN.words):
            it.keys("down")
            await self.rest()
        if screen.why_not(command) is None:
            self.walked.commands.add(command.id)
        screen.run_command(command.id)
        await self.rest()
        self.look(command.id)
        if confirm:
            await self._confirm(command.id)
        elif isinstance(it.app.screen, Dialog) and self._main_button() is not None:
            self._asking.append((view, command.id))
        while isinstance(it.app.screen, Dialog):
            it.app.screen.leave()
            await self.rest()

    def _main_button(self) -> DialogButton | None:
        found = [one for one in self.it.app.screen.query(DialogButton) if one.variant == "primary"]
        return found[0] if found else None

    async def _confirm(self, where: str) -> None:
        """Whatever it asks, and whatever that leads to, as far as it goes without another word."""
        for _step in range(3):
            button = self._main_button() if isinstance(self.it.app.screen, Dialog) else None
            if button is None:
                return
            button.press()
            await self.rest()
            self.look(f"{where}, confirmed")


def missing(reached: set[type]) -> list[tuple[type, Callable[[str], Dialog[Any]]]]:
    """The dialogs that are not among these, and how each is made."""
    made = {type(make("Zhang Wei")): make for make in EVERY.values()}
    return [(kind, make) for kind, make in made.items() if kind not in reached]
