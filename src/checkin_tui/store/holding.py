"""Which files this process has open as databases, so that nothing else in it opens and closes them.

POSIX locks belong to the process: closing any descriptor of a file gives up every lock the process has on it, also
those SQLite took for another thread in the middle of a commit (https://sqlite.org/howtocorrupt.html, 2.2). SQLite sees
to that for its own descriptors; whoever looks at the bytes of a file asks here first.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Final

_looking: Final = Lock()
_held: Final[Counter[tuple[int, int]]] = Counter()


@contextmanager
def holding(place: os.stat_result | None) -> Iterator[None]:
    """A connection is opened there inside, and stays open unless that fails. Waits for whoever looks at it just now."""
    if place is not None:
        with _looking:
            _held[place.st_dev, place.st_ino] += 1
    try:
        yield
    except BaseException:
        let_go(place)
        raise


def let_go(place: os.stat_result | None) -> None:
    """That connection is closed."""
    if place is not None:
        with _looking:
            _held[place.st_dev, place.st_ino] -= 1


@contextmanager
def looking(path: Path) -> Iterator[bool]:
    """Whether the file may be opened and closed by other means than SQLite; inside, nobody opens it. Raises OSError."""
    with _looking:
        place = path.stat()
        yield not _held[place.st_dev, place.st_ino]
