"""Who writes an unfinished file: its name says which process of which machine, so that what a killed one left is known.

A number of a process says nothing about another machine, nor about another container, that writes into the same folder:
what comes from there is never taken for left behind.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

_MARK: Final = r"([1-9][0-9]{0,9})-([0-9a-f]{8})-[a-z0-9_]{8}"  # ends as `tempfile` makes names


def mark() -> str:
    """What such a name has behind its beginning; `tempfile` adds what makes it the only one."""
    return f"{os.getpid()}-{_machine()}-"


def marked(folder: Path, prefix: str, endings: tuple[str, ...] = ("",)) -> Iterator[tuple[Path, bool]]:
    """What lies there with such a name, and whether who writes it may be at work still. Raises OSError."""
    names = re.compile(f"{re.escape(prefix)}{_MARK}(?:{'|'.join(map(re.escape, endings))})", re.ASCII)
    for path in folder.iterdir():
        found = names.fullmatch(path.name)
        if found is not None:
            yield path, found[2] != _machine() or _lives(int(found[1]))


def sweep(folder: Path, prefix: str, endings: tuple[str, ...] = ("",)) -> None:
    """Take away what killed processes left there. What cannot be taken away stands in nobody's way."""
    with suppress(OSError):
        for path, lives in list(marked(folder, prefix, endings)):
            if lives:
                continue
            with suppress(OSError):
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink(missing_ok=True)


def _lives(pid: int) -> bool:
    """Whether there is such a process; also where that cannot be told."""
    if sys.platform == "win32":  # asking would end it
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # somebody else's
        return True
    return True


@cache
def _machine() -> str:
    """This machine, and on it the space in which numbers of processes are counted."""
    space = 0
    with suppress(OSError):
        space = os.stat("/proc/self/ns/pid").st_ino
    return sha256(f"{platform.node()} {space}".encode(errors="replace")).hexdigest()[:8]
