"""What is painted goes out on a thread that nobody ever waits for.

Textual's own thread takes thirty writes and then holds up the event loop until the terminal has read them; and when the
terminal is gone the thread is gone too, with the loop behind it: no text would be saved and the program would never
end. Here a terminal that does not read (a stalled connection) and one that is gone hold up nothing.
"""

from __future__ import annotations

import os
import select
import threading
from queue import SimpleQueue
from typing import IO

JOIN_SECONDS = 2.0
"""How long the end of the program waits for a terminal that does not read."""


class TerminalWriter(threading.Thread):
    """Takes the place of `textual.drivers._writer_thread.WriterThread`."""

    def __init__(self, file: IO[str]) -> None:
        """`file`: the terminal. Written by its number, for a thread that is held up in it must hold no lock on it."""
        super().__init__(daemon=True, name="textual-output")
        self._queue: SimpleQueue[str | None] = SimpleQueue()
        self._terminal = file.fileno()

    def write(self, text: str) -> None:
        """Have it written, after everything before it."""
        self._queue.put(text)

    def run(self) -> None:
        """Write until told to stop; once the terminal is gone, nothing more."""
        there = True
        while (text := self._queue.get()) is not None:
            data = text.encode("utf-8", "replace")
            while data and there:
                try:
                    data = data[os.write(self._terminal, data) :]
                except BlockingIOError:  # whoever shares the terminal made it so: full is not gone
                    select.select([], [self._terminal], [])
                except OSError:
                    there = False

    def stop(self) -> None:
        """Let what is still to be written go out, within reason."""
        self._queue.put(None)
        self.join(JOIN_SECONDS)
