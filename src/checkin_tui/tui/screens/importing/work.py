"""Long work behind an import: off the event loop, with a sign that it goes on, and given up by whoever waits."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from textual.timer import Timer
from textual.widgets import Static

from checkin_tui.tui.safe import content

T = TypeVar("T")

TICK = 0.25
"""Seconds between two positions of the sign."""

ROOM, PIECE = 12, 3
"""Cells in which the sign runs to and fro, and its own."""


async def off_loop(work: Callable[[], T]) -> T:
    """What `work` returns or raises, done on a thread of its own.

    The thread ends with the program: a file on a network that does not answer keeps nobody from quitting.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[T] = loop.create_future()
    context = contextvars.copy_context()

    def settle(result: T | None, error: BaseException | None) -> None:
        if answer.done():
            return
        if error is None:
            answer.set_result(result)  # type: ignore[arg-type]  # T may be None itself
        else:
            answer.set_exception(error)

    def run() -> None:
        result, failed = None, None
        try:
            result = context.run(work)
        except Exception as error:  # told to whoever waits
            failed = error
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(settle, result, failed)

    threading.Thread(target=run, name="checkin-import", daemon=True).start()
    return await answer


class Working(Static):
    """What is being done, with a sign that moves as long as it goes on."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._timer: Timer | None = None
        self._text, self._turn = "", 0
        self.display = False

    def begin(self, text: str) -> None:
        """From now on; another text while it goes on is only another text."""
        self._text = text
        if self._timer is None:
            self._turn = 0
            self.display = True
            self._timer = self.set_interval(TICK, self._tick)
        self._draw()

    def end(self) -> None:
        """It is done, or nobody waits for it any more."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self.display = False

    def _tick(self) -> None:
        self._turn += 1
        self._draw()

    def _draw(self) -> None:
        way = ROOM - PIECE
        at = way - abs(self._turn % (2 * way) - way)
        self.update(content(f"[{' ' * at}{'=' * PIECE}{' ' * (way - at)}] {self._text}"))
