"""The log: where something went wrong, with ids and places in the code, never with anybody's name. A leaf.

What an exception says may hold names and notes (the database library puts the values of a statement into it), and so
may local variables: neither is written, unless somebody asked for it by `--debug` or CHECKIN_DEBUG.
"""

from __future__ import annotations

import errno
import logging
import os
import stat
import traceback
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from checkin_tui.settings import private_folder

LARGEST: Final = 1_000_000
"""The size in bytes from which a log is put aside as `checkin.log.1`; the one put aside before is gone then."""
FRAMES: Final = 40
"""How many calls of one error are written, the innermost ones: an endless recursion has a thousand."""

OURS: Final = "checkin_tui"

_everything = False


def tell_everything() -> None:
    """From now on the log also has what errors say. It may hold names and notes then."""
    global _everything
    _everything = True


def tells_everything() -> bool:
    """Whether the log may hold names and notes."""
    return _everything


def trace(error: BaseException) -> str:
    """Where an error came from: its kind and the lines of code, with those of what caused it."""
    if _everything:
        return "".join(traceback.format_exception(error))
    lines: list[str] = []
    for one in _causes(error):
        lines.append(f"{type(one).__module__}.{type(one).__qualname__}\n")
        frames = traceback.extract_tb(one.__traceback__, limit=-FRAMES)
        lines += [f"  {_place(frame.filename)}:{frame.lineno} {frame.name}: {frame.line}\n" for frame in frames]
    return "".join(lines)


def _place(file: str) -> str:
    """A file of the code without the folders it lies in: those of a home bear its owner's name."""
    parts = Path(file).parts
    for top in ("site-packages", OURS):
        if top in parts:
            return "/".join(parts[parts.index(top) + (top != OURS) :])
    return parts[-1] if parts else ""


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error, what caused it, and those of a group; each once."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop(0)
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting.append(one.__cause__ or (None if one.__suppress_context__ else one.__context__))
        if isinstance(one, BaseExceptionGroup):
            waiting += one.exceptions


def write(path: Path, text: str) -> bool:
    """Append an entry to the log, which only its owner may read. Returns whether that worked."""
    try:
        private_folder(path.parent)
        with suppress(FileNotFoundError):
            if path.stat().st_size >= LARGEST:
                path.replace(path.with_name(path.name + ".1"))
        with open(_opened(path), "a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {_spelt(text.rstrip())}\n")
    except OSError:
        return False
    return True


def _spelt(text: str) -> str:
    """The text with whatever a terminal would obey spelt out: whoever debugs looks at the log in one."""
    return "".join(
        one if one.isprintable() or one == "\n" else one.encode("unicode_escape").decode("ascii") for one in text
    )


def _opened(path: Path) -> int:
    """The log, open for appending. Raises OSError, also where that name is a link, a pipe or a device."""
    careful = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY | careful, 0o600)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "no plain file")
    if hasattr(os, "fchmod"):
        with suppress(OSError):
            os.fchmod(handle, 0o600)  # one that was made by something else
    return handle


class LogFile(logging.Handler):
    """What the program logs, and what its libraries do. The file is made by the first entry."""

    def __init__(self, path: Path) -> None:
        super().__init__(logging.WARNING)
        self._path = path

    def emit(self, record: logging.LogRecord) -> None:
        """Write one entry; of an exception handed on with it only where it came from."""
        text = f"{record.levelname} {record.name}"
        if _everything or record.name.partition(".")[0] == OURS:
            text += f": {record.getMessage()}"
        else:  # what others say may hold anything: a task that failed is named by its arguments
            text += f" ({os.path.basename(record.pathname)}:{record.lineno})"
        if record.exc_info and record.exc_info[1] is not None:
            text += "\n" + trace(record.exc_info[1])
        write(self._path, text)
