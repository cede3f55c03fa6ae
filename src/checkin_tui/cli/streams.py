"""The three streams of the process: there from the start, and no reason to stop what was begun.

An answer nobody can take (a full disk, a pipe whose reader had enough) is remembered here. What the command did is done
all the same, and the exit code says whether it was.
"""

from __future__ import annotations

import io
import os
import select
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from typing import TextIO

    from _typeshed import ReadableBuffer

INPUT: Final = 0
ANSWER: Final = 1
TALK: Final = 2


class Guard(io.RawIOBase):
    """A stream that takes whatever it is given. trouble: why the first of it that was lost could not be written."""

    def __init__(self, raw: Any) -> None:
        """raw: the stream itself, without a buffer."""
        self._raw = raw
        self.trouble: OSError | None = None

    def write(self, data: ReadableBuffer, /) -> int:
        """Write it, or let it go."""
        if self.trouble is None:
            try:
                while (written := self._raw.write(data)) is None:  # whoever reads made it one that does not wait
                    select.select([], [self._raw], [])
                return int(written)
            except OSError as error:
                self.trouble = error
        return memoryview(data).nbytes

    def writable(self) -> bool:
        """It is for writing."""
        return True

    def fileno(self) -> int:
        """Its number."""
        return int(self._raw.fileno())

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return bool(self._raw.isatty())


def prepare() -> None:
    """Have all three, and have the two for writing take anything. Called once, before any file is opened.

    A number without a stream (`checkin >&-`) would be given to the next file that is opened, which may be the database.
    """
    for number in (INPUT, ANSWER, TALK):
        try:
            os.fstat(number)
        except OSError:
            with suppress(OSError):
                os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free: this one
    if sys.stdin is None:
        sys.stdin = open(INPUT, encoding="utf-8", closefd=False)  # noqa: SIM115 -- for the life of the process
    sys.stdout = _guarded(sys.stdout, ANSWER)
    sys.stderr = _guarded(sys.stderr, TALK)


def draw_on_terminal() -> None:
    """Textual draws on standard error. Where that leads elsewhere (`checkin 2>&-`), have it lead where the answer goes.

    For when the screens are about to open.
    """
    if sys.platform == "win32" or os.isatty(TALK) or not os.isatty(ANSWER):
        return
    os.dup2(ANSWER, TALK)
    if sys.__stderr__ is None:
        sys.__stderr__ = open(TALK, "w", encoding="utf-8", closefd=False)  # type: ignore[misc]  # noqa: SIM115


def trouble() -> OSError | None:
    """Why the answer, or a part of it, did not get out; None if it did."""
    sys.stdout.flush()
    guard = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    return guard.trouble if isinstance(guard, Guard) else None


def _guarded(stream: Any, number: int) -> TextIO:
    """The same stream, or the one of that number, behind a guard. A name it has no letters for stops nothing either."""
    if stream is None:
        raw: Any = io.FileIO(number, "w", closefd=False)
    else:
        raw = getattr(stream.buffer, "raw", stream.buffer)  # without a buffer (python -u) it is the stream itself
    return io.TextIOWrapper(
        io.BufferedWriter(Guard(raw)),
        encoding=getattr(stream, "encoding", "utf-8"),
        errors="replace",
        line_buffering=getattr(stream, "line_buffering", False),
    )
