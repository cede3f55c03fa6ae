"""Keys wait while what they are meant for is still being made or read."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from textual import events

from checkin_tui.tui import commands

if TYPE_CHECKING:
    from checkin_tui.tui.app import CheckInApp


class KeyGate:
    """Closed while something takes a moment: another view is made, a note or another day is read.

    Keys pressed meanwhile are for what comes of it: neither for the view that was left nor for the note that was open
    before.
    """

    def __init__(self, app: CheckInApp) -> None:
        self._app = app
        self._waiting: list[events.Key | events.Paste] | None = None  # None: open
        self._under_way = 0

    @property
    def closed(self) -> bool:
        """Whether keys wait."""
        return self._waiting is not None

    def after(self, work: Coroutine[Any, Any, None]) -> None:
        """Do this; keys pressed until it is done wait for it."""
        if self._waiting is None:
            self._waiting = []
        self._under_way += 1
        self._app.run_worker(self._after(work), group="keys")

    def takes(self, event: events.Event) -> bool:
        """Whether this key has to wait. Quitting never does."""
        if self._waiting is None or not isinstance(event, events.Key | events.Paste) or self._quits(event):
            return False
        self._waiting.append(event)
        return True

    async def _after(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._open()

    def _open(self) -> None:
        waiting, self._waiting = self._waiting or [], None
        for number, event in enumerate(waiting):
            if self._under_way:  # one of them asked for a moment again
                self._wait_again(waiting[number:])
                return
            (self._app.focused or self._app.screen)._forward_event(event)

    def _wait_again(self, rest: list[events.Key | events.Paste]) -> None:
        self._waiting = [*(self._waiting or []), *rest]

    def _quits(self, event: events.Event) -> bool:
        app = self._app
        return isinstance(event, events.Key) and event.key in commands.keys_of(commands.BY_ID["app.quit"], app.keymap)
