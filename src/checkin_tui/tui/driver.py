"""A keyboard reader that survives what a keyboard can send.

Two repairs of Textual 8.2 (both may go when the library has them):

* A byte that is not UTF-8 ends the program (Textualize/textual#6668), because the stock driver decodes strictly. A
  scanner set to another code page sends just that. Here it becomes U+FFFD, which no code holds, so nobody is marked.
* `ESC` with a letter or digit close behind is read as one key with Alt (`ESC 0017` becomes `º017`). A person who
  presses Esc and then scans means two things, so it is taken apart again: Escape, then the character.
"""

from __future__ import annotations

import os
import select
import sys
from codecs import getincrementaldecoder
from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import events
from textual._parser import ParseError
from textual._xterm_parser import XTermParser

if TYPE_CHECKING:
    from textual.driver import Driver

READ_SIZE = 4096
POLL_SECONDS = 0.1  # how long the thread may sleep before it looks whether it should end

# The second character of an escape sequence; anything else printable behind ESC is a key of its own.
INTRODUCERS = "[O"


class PatientParser(XTermParser):
    """The terminal's byte language, without Alt chords of single characters."""

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        if len(sequence) == 2 and sequence[0] == "\x1b" and sequence[1] not in INTRODUCERS:
            if sequence[1] == "\x1b":
                return
            if sequence[1].isprintable() or sequence[1] in "\r\n\t":
                yield events.Key("escape", "\x1b")
                yield from super()._sequence_to_key_events(sequence[1])
                return
        yield from super()._sequence_to_key_events(sequence)


def tolerant_driver() -> type[Driver] | None:
    """The driver for this system: ours on Linux and macOS, None (Textual's own) on Windows."""
    if sys.platform == "win32":
        return None
    from textual.drivers.linux_driver import LinuxDriver

    class TolerantDriver(LinuxDriver):
        """The stock driver with another reader."""

        def run_input_thread(self) -> None:
            """Read, decode, parse and hand on until the driver says stop; what is left then is read once more."""
            decode = getincrementaldecoder("utf-8")("replace").decode
            parser = PatientParser(self._debug)

            def pump(final: bool) -> None:
                ready, _writable, _odd = select.select([self.fileno], [], [], POLL_SECONDS)
                if ready:
                    try:
                        data = os.read(self.fileno, READ_SIZE)
                    except OSError:
                        data = b""
                    if not data:  # the terminal is gone
                        self._app.call_later(self._app.exit)
                        self.exit_event.wait()
                        return
                    characters = decode(data, final)
                    if characters:
                        for message in parser.feed(characters):
                            self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)

            try:
                while not self.exit_event.is_set():
                    pump(final=False)
                pump(final=True)
            finally:
                try:
                    for _message in parser.feed(""):
                        pass
                except (EOFError, ParseError):
                    pass

    return TolerantDriver
