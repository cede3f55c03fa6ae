"""The one file that is being written for somebody, while the desk goes on working."""

from __future__ import annotations

import asyncio
import threading
from functools import partial
from typing import TYPE_CHECKING

from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.outputs import GivenUp, Written

if TYPE_CHECKING:
    from collections.abc import Callable

    from checkin_tui.interchange.orders import Order, Write
    from checkin_tui.tui.gateway import Gateway


class Job:
    """One order under way. `done` is set on the event loop: the file, why there is none, or None: it was given up."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.done: asyncio.Future[Written | CheckInError | None] = asyncio.get_running_loop().create_future()
        self.watched = True  # whoever asked for it sees how it ends
        self.progress = (0, 0)  # how much of how much
        self._unwanted = threading.Event()
        self._written: Written | None = None

    @property
    def given_up(self) -> bool:
        """Whether nobody wants it any more; until `done` it may still be on its way."""
        return self._unwanted.is_set()

    def give_up(self) -> None:
        """Nothing of it is to be left. A file that has its name already stays."""
        self._unwanted.set()

    def run(self, write: Write) -> None:
        """On a thread of its own. Raises CheckInError."""
        try:
            self._written = write(self.order, self._tell)
        except GivenUp:
            self._written = None

    def _tell(self, done: int, total: int) -> None:
        if self._unwanted.is_set():
            raise GivenUp
        self.progress = (done, total)

    def ended(self, error: CheckInError | None) -> None:
        """On the event loop."""
        if not self.done.done():
            self.done.set_result(error or self._written)


class Exporting:
    """Has files written, one at a time."""

    def __init__(self, write: Write | None) -> None:
        """write: called on a thread of its own; None: nobody can order anything."""
        self._write = write
        self.job: Job | None = None

    def start(self, gateway: Gateway, order: Order, told: Callable[[Job], None]) -> Job:
        """Begin. told: called with the job when it has ended. There is none under way."""
        assert self.job is None
        assert self._write is not None
        job = self.job = Job(order)

        def ended(error: CheckInError | None) -> None:
            self.job = None
            job.ended(error)
            told(job)

        gateway.aside(partial(job.run, self._write), ended)
        return job

    async def give_up(self) -> None:
        """Give up what is under way, and wait until nothing of it is left."""
        if self.job is not None:
            self.job.give_up()
            await asyncio.wait({self.job.done})

    def give_up_at_once(self) -> None:
        """The same without waiting."""
        if self.job is not None:
            self.job.give_up()
