"""Driving the program in a test: an app over a fake desk, keys posted as a terminal would send them."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import Any

from textual import events

from checkin_tui.tui.app import CheckInApp
from checkin_tui.tui.commands import View
from checkin_tui.tui.screens.dialog import Dialog
from tests.tui.fakes import Clock, FakeDesk, people, settings, uids

SPECIAL = {"\r": "enter", "\n": "ctrl+j", "\t": "tab", "\x1b": "escape", " ": "space"}


class Driven:
    """An app under test with its desk."""

    def __init__(self, app: CheckInApp, desk: FakeDesk, pilot) -> None:
        self.app, self.desk, self.pilot = app, desk, pilot
        self._asking = 0
        app.gateway.ask = self._counting(app.gateway.ask)

    @property
    def screen(self) -> Any:
        """The view on the screen, whatever dialog is over it."""
        return self.app.view

    @property
    def banner(self) -> str:
        value = self.screen.banner.shown
        return "" if value is None else "\n".join((value.head, *value.rest))

    @property
    def notice(self) -> str:
        value = self.screen.notice.shown
        return "" if value is None else value.text

    @property
    def highlighted(self) -> str | None:
        screen = self.screen
        position = screen.list.highlight
        return None if position is None else screen.list.model.people[position].name

    @property
    def picture(self) -> str:
        """The text of the whole window, whatever is on top."""
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())

    @property
    def bar(self) -> list[str]:
        """The entries of the open action bar: `1 Present`."""
        return [f"{item.digit} {item.label}" for item in self.screen.bar.shown.items]

    def status(self, member_id: int) -> str | None:
        status = self.screen.register.model.mark(member_id).status
        return None if status is None else status.value

    def type(self, text: str) -> None:
        """Post the characters at once, as one write of a terminal would come."""
        for character in text:
            self.app.post_message(events.Key(SPECIAL.get(character, character), character))

    def keys(self, *keys: str) -> None:
        """Post keys that are no characters."""
        for key in keys:
            self.app.post_message(events.Key(key, None))

    async def settle(self) -> None:
        """Until every key was looked at and everything written and read came back.

        An answer may lead to the next question, so it takes rounds; only the last waits for the program to be idle,
        which costs twenty times as much as the others.
        """
        for _round in range(4):
            await self.pilot.pause(0)
            await self.app.gateway.drain(10)
            for _turn in range(20):
                if not self._asking:
                    break
                await asyncio.sleep(0.005)
            await self._drawn()
        await self.pilot.pause()
        for _round in range(2):  # what was painted may need a scrollbar, and that another painting
            await self.pilot.pause(0)

    async def _drawn(self) -> None:
        """The dashboard draws at most ten times a second: what it has put off is waited for."""
        live = getattr(self.screen, "live", None)
        for _turn in range(50):
            if live is None or live._waiting is None:
                break
            await asyncio.sleep(0.005)

    def _counting(self, ask):
        async def counted(*question, **more):
            self._asking += 1
            try:
                return await ask(*question, **more)
            finally:
                self._asking -= 1

        return counted

    def paste(self, text: str) -> None:
        """A bracketed paste of the terminal."""
        self.app.post_message(events.Paste(text))

    async def go(self, view: View) -> None:
        """Show a view and wait until it is there."""
        screen = self.app.show(view)
        await screen.until_ready()
        await self.settle()

    async def until(self, condition, turns: int = 500) -> None:
        """Wait for what comes by itself."""
        for turn in range(turns):
            if condition():
                return
            await asyncio.sleep(min(0.02, turn / 1000))
        raise AssertionError("it never came")

    async def do(self, *steps: str) -> None:
        """Texts are typed; steps in angle brackets are keys: do('zw', '<enter>')."""
        for step in steps:
            if step.startswith("<"):
                name = step.strip("<>")
                if name == "enter":
                    self.type("\r")
                elif name == "space":
                    self.type(" ")
                else:
                    self.keys(name)
            else:
                self.type(step)
        await self.settle()

    async def answer(self, *steps: str) -> None:
        """As `do` in a dialog, each step as if half a second had passed since the one before."""
        for step in steps:
            if isinstance(self.app.screen, Dialog):
                self.app.screen._spoke = None
            await self.do(step)


@asynccontextmanager
async def driven(desk: FakeDesk | None = None, *, size=(80, 24), number=12, environment=None, **more):
    """An app that has read its desk. environment: which editor and which tools of the clipboard there are."""
    clock = desk.clock if desk is not None else Clock()
    desk = desk or FakeDesk(people(number), clock)
    app = CheckInApp(desk.connect, settings(**more), clock, uids(), environment=environment or {})
    async with app.run_test(size=size) as pilot:
        it = Driven(app, desk, pilot)
        while it.screen.register is None and desk.session is not None:
            await pilot.pause(0.01)
        await it.settle()
        yield it
