"""A keyboard reader that survives what a keyboard can send, and puts no character of a scan anywhere else.

Repairs of Textual 8.2.8. When Textualize/textual#6668 is closed, see whether `test_decoder.py` passes with the stock
`LinuxDriver`; whatever of it does may go:

* A byte that is not UTF-8 ends the program, because the stock driver decodes strictly. A scanner set to another code
  page sends just that. Here it becomes U+FFFD, which no code holds, so nobody is marked.
* `ESC` with a letter or digit close behind is read as one key with Alt (`ESC 0017` becomes `º017`). A person who
  presses Esc and then scans means two things, so it is taken apart again: Escape, then the character.
* A mouse report of the old kind (`ESC [ M` and three bytes) takes characters for bytes: from column 96 on it eats the
  beginning of the scan behind it, and `1017` is `17`. Here three bytes are three bytes.
* A sequence that is not known swallows up to 32 characters behind it. Here it ends where ECMA-48 (5.4) says it does;
  one that never ends becomes text again, behind U+FFFD: what was scanned into it is refused and not another's code.
* A paste with ESC in it is typed in part, line ends and all; one whose end never comes is waited for for ever.
* Numbers that no terminal sends (a key without a character, a window of a million columns) end the program.
"""

from __future__ import annotations

import os
import re
import select
import signal
import sys
from codecs import getincrementaldecoder
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Final

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.message import Message

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

    from textual.driver import Driver
    from textual.drivers.linux_driver import LinuxDriver

READ_SIZE = 4096
POLL_SECONDS = 0.1  # how long the thread may sleep before it looks whether it should end

SEQUENCE_SECONDS = 0.1
"""How long the rest of a sequence may take: terminals send one in one write."""

PASTE_SECONDS = 2.0
"""How long the keyboard stays silent before a paste without an end counts as whole."""

ODD_SECONDS = 0.05
"""Text so close behind a sequence nobody knows may have lost its beginning to it."""

LONGEST = 64  # bytes of a sequence; no terminal sends one so long
WIDEST, HIGHEST = 2_000, 1_000  # a window of more cells is no window

ESC = b"\x1b"
PASTE_START, PASTE_END = b"\x1b[200~", b"\x1b[201~"
OLD_MOUSE, OLD_MOUSE_LENGTH = b"\x1b[M", 6
LINUX_KEY = b"\x1b[["  # F1 to F5 of the Linux console, with a letter behind it
ODD = "\ufffd"

_CONTROL = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]")
_BEGUN = re.compile(rb"\x1b\[[0-?]*[ -/]*")
_RESIZE = re.compile(rb"\x1b\[48;(\d+)[\d:]*;(\d+)[\d:]*;(\d+)[\d:]*;(\d+)[\d:]*t")
_KNOWN: Final = frozenset(key.encode() for key in ANSI_SEQUENCES_KEYS)


class _Sequences(XTermParser):
    """Textual's own reading of one whole sequence, or of plain text."""

    def begin_anew(self) -> None:
        """Forget what has begun."""
        self._tokens.clear()
        self._gen = self.parse(self._tokens.append)
        self._awaiting = next(self._gen)
        self._timeout_time = None

    def take(self, sequence: bytes) -> list[Message] | None:
        """What it means; None when nobody knows."""
        try:
            found = list(self.feed(sequence.decode("ascii")))
        except (ValueError, OverflowError, ArithmeticError):
            self.begin_anew()
            return None
        if self._awaiting.timeout is not None:  # it still waits for an end
            self.begin_anew()
            return None
        if self.terminal_pixel_size is not None and not all(self.terminal_pixel_size):
            self.mouse_pixels = False  # a terminal that does not know its pixels has no mouse in pixels
        return found


class KeyStream:
    """The bytes of a keyboard as keys, pastes and what the terminal tells of itself. For one thread."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """`clock`: seconds that only go on."""
        self._clock = clock
        self._parser = _Sequences()
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._begun = b""  # a sequence whose end is still to come
        self._paste: bytearray | None = None
        self._came = 0.0  # when the last byte came
        self._odd: float | None = None  # when a sequence came that nobody knows, with nothing behind it yet

    def feed(self, data: bytes) -> Iterator[Message]:
        """Take what was read."""
        self._came = self._clock()
        data, self._begun = self._begun + data, b""
        while data:
            if self._paste is not None:
                data = yield from self._into_paste(data)
                continue
            at = data.find(ESC)
            if at < 0:
                yield from self._text(data)
                return
            if at:
                yield from self._text(data[:at])
                data = data[at:]
            used = yield from self._sequence(data)
            if not used:
                self._begun = data
                return
            data = data[used:]

    def tick(self) -> Iterator[Message]:
        """Called every now and then: what has waited long enough for its end counts as it is."""
        waited = self._clock() - self._came
        if self._begun and waited >= SEQUENCE_SECONDS:
            begun, self._begun = self._begun, b""
            yield from self._unfinished(begun)
        elif self._paste is not None and waited >= PASTE_SECONDS:
            text, self._paste = bytes(self._paste), None
            yield _pasted(text)

    # -------------------------------------------------------------------------------------------------------- parts

    def _text(self, data: bytes) -> Iterator[Message]:
        text = self._decode(data)
        if self._odd is not None:
            text = ODD + text if self._came - self._odd < ODD_SECONDS and text[:1].isprintable() else text
            self._odd = None
        yield from self._parser.feed(text) if text else ()

    def _into_paste(self, data: bytes) -> Generator[Message, None, bytes]:
        """More of a paste. Returns what came behind its end."""
        assert self._paste is not None
        looked = max(0, len(self._paste) - len(PASTE_END))
        self._paste += data
        end = self._paste.find(PASTE_END, looked)
        if end < 0:
            return b""
        whole, self._paste = bytes(self._paste), None
        yield _pasted(whole[:end])
        return whole[end + len(PASTE_END) :]

    def _sequence(self, data: bytes) -> Generator[Message, None, int]:
        """Take what begins with ESC. Returns how many bytes of it; 0: its end is still to come."""
        if cut := self._decode(b"", True):  # a character that the sequence broke off
            yield from self._parser.feed(cut)
        second = data[1:2]
        if second == b"[":
            return (yield from self._control(data))
        if not second or data == b"\x1bO":
            return 0
        if second == b"O" or ((second < b" " or second == b"\x7f") and second not in (ESC, b"\r", b"\n", b"\t")):
            length = 3 if second == b"O" else 2
            if data[:length] in _KNOWN:
                yield from self._known(data[:length])
                return length
        yield events.Key("escape", "\x1b")
        return 1

    def _control(self, data: bytes) -> Generator[Message, None, int]:
        """Take what begins with `ESC [`."""
        if data.startswith(OLD_MOUSE):  # never asked for, and the only kind whose end has to be counted
            if len(data) >= OLD_MOUSE_LENGTH:
                self._odd = self._came
                return OLD_MOUSE_LENGTH
            return 0
        if data.startswith(LINUX_KEY):
            if len(data) > len(LINUX_KEY):
                yield from self._known(data[: len(LINUX_KEY) + 1])
                return len(LINUX_KEY) + 1
            return 0
        whole = _CONTROL.match(data)
        if whole is not None:
            yield from self._known(whole[0])
            return len(whole[0])
        begun = _BEGUN.match(data)
        assert begun is not None
        if len(begun[0]) == len(data) and len(data) < LONGEST:
            return 0
        yield from self._unfinished(begun[0])
        return len(begun[0])

    def _known(self, sequence: bytes) -> Iterator[Message]:
        """A whole sequence."""
        if sequence == PASTE_START:
            self._paste = bytearray()
            return
        size = _RESIZE.fullmatch(sequence)
        if size is None or (0 < int(size[1]) <= HIGHEST and 0 < int(size[2]) <= WIDEST):
            found = self._parser.take(sequence)
            if found is not None:
                yield from found
                return
        self._odd = self._came

    def _unfinished(self, begun: bytes) -> Iterator[Message]:
        """A sequence without an end: the key that somebody pressed, or text that nobody takes for a code."""
        if begun in (ESC, b"\x1bO"):
            yield events.Key("escape", "\x1b")
            yield from self._text(begun[1:])
        elif begun in _KNOWN:  # the end of some is one that opens others
            yield from self._known(begun)
        elif len(begun) > 2:
            self._odd = None
            yield from self._parser.feed(ODD + begun[1:].decode("latin-1"))


def _pasted(text: bytes) -> events.Paste:
    return events.Paste(text.decode("utf-8", "replace").replace("\x00", ""))


def tolerant_driver() -> type[Driver] | None:
    """The driver for this system: ours on Linux and macOS, None (Textual's own) on Windows."""
    if sys.platform == "win32":
        return None
    from textual.drivers import linux_driver

    from checkin_tui.tui.terminal_writer import TerminalWriter

    vars(linux_driver)["WriterThread"] = TerminalWriter  # the driver makes it in the middle of its start

    class TolerantDriver(linux_driver.LinuxDriver):
        """The stock driver with another reader."""

        def start_application_mode(self) -> None:
            """As the stock driver, but the terminal's size is read on the loop."""
            super().start_application_mode()  # type: ignore[no-untyped-call]
            _tell_sizes_in_order(self._loop)

        def _sigcont_application(self, *_: object) -> None:
            """A signal comes in the middle of anything, also of its own answer: the loop does what it asks."""
            if self._auto_restart and not self._app._exit:
                _on_loop(self._loop, self.resume_application_mode)

        def resume_application_mode(self) -> None:
            """Go on after a stop, also one nobody was told of (SIGSTOP): one thread reads the keys, not two."""
            thread, before = self._key_thread, self.attrs_before
            untold = thread is not None and thread.is_alive()
            if thread is not None and untold:
                self.exit_event.set()
                thread.join()
                self.exit_event.clear()
                self.close()
                self._must_signal_resume = True
            super().resume_application_mode()
            if untold:
                self.attrs_before = before  # now it is raw already

        def run_input_thread(self) -> None:
            """Read, decode and hand on until the driver says stop; what is left then is read once more."""
            stream = KeyStream()
            while not self.exit_event.is_set():
                if not _pump(self, stream):
                    getattr(self._app, "terminal_gone", self._app.exit)()
                    self.exit_event.wait()
            _pump(self, stream)

    return TolerantDriver


def _tell_sizes_in_order(loop: AbstractEventLoop) -> None:
    """Textual 8.2 reads the size in the signal's handler. When one comes inside another, the newer size is told first
    and the older one last, and stays. To be removed once it is read where it is used.
    """
    stock = signal.getsignal(signal.SIGWINCH)
    if callable(stock):
        signal.signal(signal.SIGWINCH, partial(_on_loop, loop, partial(stock, signal.SIGWINCH, None)))


def _on_loop(loop: AbstractEventLoop, step: Callable[[], object], *_: object) -> None:
    with suppress(RuntimeError):  # it is the end already
        loop.call_soon_threadsafe(step)


def _pump(driver: LinuxDriver, stream: KeyStream) -> bool:
    """Look at the keyboard once. Whether there still is one."""
    ready, _writable, _odd = select.select([driver.fileno], [], [], POLL_SECONDS)
    if ready:
        try:
            data = os.read(driver.fileno, READ_SIZE)
        except OSError:
            data = b""
        if not data:
            return False
        for message in stream.feed(data):
            driver.process_message(message)
    for message in stream.tick():
        driver.process_message(message)
    return True
