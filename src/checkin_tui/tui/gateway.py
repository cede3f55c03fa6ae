"""Between the screens and the services: one thread writes, one reads, and what happened is published on the event loop.

Only these two threads, and those of `aside`, ever import the services (and with them the database library), after the
first paint. Writes are taken in key order and none is dropped, also while another program holds the file. A read
supersedes an older one of its kind that has not begun yet.
"""

from __future__ import annotations

import asyncio
import contextvars
import logging
import queue
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeGuard

from textual.dom import DOMNode
from textual.signal import Signal

from checkin_tui.domain.errors import CheckInError, DatabaseError

if TYPE_CHECKING:  # the values themselves are not needed before the first paint
    from checkin_tui.domain.changes import Change
    from checkin_tui.domain.clock import HybridTime
    from checkin_tui.domain.reads import Read
    from checkin_tui.domain.requests import Write
    from checkin_tui.domain.views import News, Origin

POLL_SECONDS = 0.5
JOIN_SECONDS = 2.0
AGAIN_SECONDS = 0.1
HELD_SECONDS = 0.05  # between two tries; a lock that is refused at once must not keep the processor busy

# The code of a write that failed for a reason nobody foresaw; the log has more.
INTERNAL = "internal"

log = logging.getLogger(__name__)


class Handler(Protocol):
    """What the services give each thread."""

    def handle(self, request: Any, origin: Origin | None = None) -> Any:
        """The change or the view. Raises CheckInError; `db_replaced` where the file is not that of `origin`."""

    def foreign_changes(self) -> bool:
        """Whether somebody else committed since the last call."""

    def close(self) -> None:
        """Give the file back."""


class Superseded(Exception):
    """A newer read of the same kind took this one's place."""


@dataclass(slots=True, eq=False)
class Ticket:
    """One write under way. `done` is set on the event loop, after the result was published.

    patient: while another program holds the file it waits, however long that takes, and what came after it waits too:
    the order of the keys is that of the file. A dialog is not patient, for somebody sits in front of it.
    origin: the file whose numbers it has; what was put in its place meanwhile is never written to.
    """

    request: Write
    patient: bool
    origin: Origin | None
    done: asyncio.Future[Change | CheckInError] = field(repr=False)


class Failure(NamedTuple):
    """A write that was refused, or (`not_saved`) that the disk did not take."""

    request: Write
    error: CheckInError
    origin: Origin | None = None

    @property
    def not_saved(self) -> bool:
        """The database's fault, not a refusal: the same request may be sent again."""
        return isinstance(self.error, DatabaseError) or self.error.code == INTERNAL


_Watched = tuple["int | None", "HybridTime | None", "Origin | None"]
_Question = tuple["Read", "Callable[[Any], Any] | None", "asyncio.Future[Any]"]


class Gateway:
    """The one way from a screen to the database file."""

    def __init__(self, connect: Callable[[], Handler]) -> None:
        """`connect` is called once on each of the two threads, not before `start`."""
        self._connect = connect
        self._writes: queue.SimpleQueue[Ticket | None] = queue.SimpleQueue()
        self._reads: queue.SimpleQueue[_Question | None] = queue.SimpleQueue()
        self._newest: dict[tuple[type, int], asyncio.Future[Any]] = {}
        self._under_way: set[Ticket] = set()
        self._held: deque[Ticket | None] = deque()  # taken from the queue while the file was another program's
        self._ending = threading.Event()
        self._connected = threading.Event()
        self._broken: CheckInError | None = None
        self._threads: list[threading.Thread] = []
        self._watched: _Watched | None = None
        self._behind = False  # somebody else committed, and what it was has not been read yet

    def prepare(self, owner: DOMNode, loop: asyncio.AbstractEventLoop) -> None:
        """Make the signals, on the event loop. `owner` is the app, whose life they share. Requests may come already."""
        self.changes: Signal[Change] = Signal(owner, "changes")
        self.failures: Signal[Failure] = Signal(owner, "failures")
        self.news: Signal[News] = Signal(owner, "news")
        self.waits: Signal[Failure] = Signal(owner, "waits")
        self._loop = loop
        self._context = contextvars.copy_context()

    @property
    def started(self) -> bool:
        """Whether there is somebody to answer."""
        return bool(self._threads)

    def start(self) -> None:
        """Begin to answer."""
        for name, run in (("checkin-writer", self._write_on), ("checkin-reader", self._read_on)):
            thread = threading.Thread(target=run, name=name, daemon=True)
            self._threads.append(thread)
            thread.start()

    @property
    def under_way(self) -> int:
        """How many writes have no result yet."""
        return len(self._under_way)

    def write(self, request: Write, origin: Origin | None = None, *, patient: bool = True) -> Ticket:
        """Ask for a write. It is never dropped; its result comes by `changes` or `failures`, and in the ticket.

        origin: where the numbers in it were read; None: it has none, or there is no file yet.
        patient: another program's lock is waited for as long as it takes, and told by `waits`; else `db_locked`.
        """
        ticket = Ticket(request, patient, origin, self._loop.create_future())
        self._under_way.add(ticket)
        self._writes.put(ticket)
        return ticket

    def retry(self, failure: Failure) -> Ticket:
        """Send a write that was not saved again, with the id it had: what was written after all stays as it is."""
        return self.write(failure.request, failure.origin)

    async def ask(self, request: Read, make: Callable[[Any], Any] | None = None, *, asker: object | None = None) -> Any:
        """A view, or what `make` makes of it on the reader thread.

        asker: who keeps only the newest answer to questions of this kind; None: every answer is wanted. Raises
        CheckInError; Superseded when the same asker asked again meanwhile.
        """
        answer: asyncio.Future[Any] = self._loop.create_future()
        if asker is not None:
            kind = (type(request), id(asker))
            older = self._newest.get(kind)
            if older is not None and not older.done():
                older.set_exception(Superseded())
            self._newest[kind] = answer
        self._reads.put((request, make, answer))
        return await answer

    def watch(self, session_id: int | None, cursor: HybridTime | None, origin: Origin | None = None) -> None:
        """From now on news of this session since `cursor` is published when another program commits.

        All views watch the same session; what one of them has read already the others may not have: the older cursor
        stays, and news that somebody knows change nothing. origin: the file that was read; after another was put in
        its place everything is news once.
        """
        watched = self._watched
        if watched is None or watched[0] != session_id or watched[1] is None or watched[2] != origin:
            self._watched = (session_id, cursor, origin)

    def aside(self, work: Callable[[], None], told: Callable[[CheckInError | None], None]) -> None:
        """Have something done on a thread of its own, for which neither a write nor a read ever waits.

        told: called on the event loop with what it was refused with, or None.
        """
        thread = threading.Thread(target=self._do_aside, args=(work, told), name="checkin-aside", daemon=True)
        self._threads.append(thread)
        thread.start()

    async def drain(self, seconds: float) -> bool:
        """Wait until every write has its result, at most `seconds`. False when some have not."""
        waiting = [ticket.done for ticket in self._under_way]
        if waiting:
            await asyncio.wait(waiting, timeout=seconds)
        return not self._under_way

    def stop(self) -> None:
        """End the threads after what they have begun. What waits for another program's lock is given up."""
        self._ending.set()
        self._writes.put(None)
        self._reads.put(None)
        end = monotonic() + JOIN_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, end - monotonic()))

    # ------------------------------------------------------------------------------------------- on the writer thread

    def _write_on(self) -> None:
        handler: Handler | None = None
        try:
            handler = self._connect()
        except CheckInError as error:
            self._broken = error
        except Exception:
            log.exception("connecting failed")
            self._broken = DatabaseError("db_failed")
        self._connected.set()
        due = monotonic() + POLL_SECONDS
        while True:
            if monotonic() >= due:  # also between two writes: whoever is busy sees the others all the same
                if handler is not None:
                    self._look_around(handler)
                due = monotonic() + POLL_SECONDS
            try:
                ticket = self._held.popleft() if self._held else self._writes.get(timeout=max(0.0, due - monotonic()))
            except queue.Empty:
                continue
            if ticket is None:
                break
            result = self._perform(handler, ticket)
            while ticket.patient and _is_locked(result) and not self._ending.is_set():
                self._wait_out(ticket, result)
                result = self._perform(handler, ticket)
            self._on_loop(self._deliver, ticket, result)
        if handler is not None:
            handler.close()

    def _perform(self, handler: Handler | None, ticket: Ticket) -> Change | CheckInError:
        try:
            if handler is None:
                raise self._broken or DatabaseError("db_failed")
            result: Change = handler.handle(ticket.request, ticket.origin)
        except CheckInError as error:
            return error
        except Exception:
            log.exception("%s failed", type(ticket.request).__name__)
            return CheckInError(INTERNAL)
        return result

    def _wait_out(self, ticket: Ticket, locked: CheckInError) -> None:
        """Another program held the file for longer than anybody should notice. Who cannot wait is refused at once."""
        self._on_loop(self.waits.publish, Failure(ticket.request, locked))
        while not self._writes.empty():
            self._held.append(self._writes.get())
        impatient = [one for one in self._held if one is not None and not one.patient]
        for one in impatient:
            self._held.remove(one)
            self._on_loop(self._deliver, one, locked)
        self._ending.wait(AGAIN_SECONDS)  # SQLite has waited by itself, but not for every kind of lock
        self._ending.wait(HELD_SECONDS)

    def _look_around(self, handler: Handler) -> None:
        """Has another program committed? Then what it wrote is read here and published."""
        from checkin_tui.domain.reads import LoadNews

        watched = self._watched
        try:
            if watched is None:
                return
            self._behind = handler.foreign_changes() or self._behind
            if self._behind:
                news: News = handler.handle(LoadNews(*watched))
                self._behind = False  # only now: a file that was busy is looked at again
                self._on_loop(self._publish_news, watched, news)
        except CheckInError:
            pass  # busy, or nothing to look at: the next look will tell
        except Exception:
            log.exception("looking for news failed")

    # ------------------------------------------------------------------------------------------- on the reader thread

    def _read_on(self) -> None:
        self._connected.wait()
        handler: Handler | None = None
        while (item := self._reads.get()) is not None:
            request, make, answer = item
            if answer.done():  # superseded before it began
                continue
            result: Any
            try:
                if self._broken is not None:
                    raise self._broken
                handler = handler or self._connect()
                result = handler.handle(request)
                result = result if make is None else make(result)
            except CheckInError as error:
                result = error
            except Exception:
                log.exception("%s failed", type(request).__name__)
                result = DatabaseError("db_failed")
            self._on_loop(_answer, answer, result)
        if handler is not None:
            handler.close()

    def _do_aside(self, work: Callable[[], None], told: Callable[[CheckInError | None], None]) -> None:
        result: CheckInError | None = None
        try:
            work()
        except CheckInError as error:
            result = error
        except Exception:
            log.exception("%s failed", threading.current_thread().name)
            result = DatabaseError("db_failed")
        self._on_loop(told, result)

    # ---------------------------------------------------------------------------------------------- on the event loop

    def _on_loop(self, call: Callable[..., None], *values: object) -> None:
        try:
            self._loop.call_soon_threadsafe(lambda: self._context.run(call, *values))
        except RuntimeError:
            log.info("a result came after the end")  # the loop is closed; what was committed stays committed

    def _publish_news(self, watched: _Watched, news: News) -> None:
        # Only news move the cursor on. A write of this window does not: somebody else may have written just before it.
        if self._watched == watched and news.cursor is not None:
            self._watched = (watched[0], news.cursor, watched[2])
        self.news.publish(news)

    def _deliver(self, ticket: Ticket, result: Change | CheckInError) -> None:
        self._under_way.discard(ticket)
        if isinstance(result, CheckInError):
            self.failures.publish(Failure(ticket.request, result, ticket.origin))
        else:
            self.changes.publish(result)
        if not ticket.done.done():
            ticket.done.set_result(result)


def _is_locked(result: Change | CheckInError) -> TypeGuard[CheckInError]:
    return isinstance(result, DatabaseError) and result.code == "db_locked"


def _answer(answer: asyncio.Future[Any], result: object) -> None:
    if answer.done():
        return
    if isinstance(result, CheckInError):
        answer.set_exception(result)
    else:
        answer.set_result(result)
