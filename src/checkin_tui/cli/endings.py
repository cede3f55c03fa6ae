"""A command that is told to end from outside (SIGTERM, SIGHUP) unwinds, so that nothing it wrote meanwhile is left.

Its exit code is the one a shell has for it: 128 and the number of the signal. Ctrl+C unwinds as it always does.
"""

from __future__ import annotations

import os
import signal
import time
from _thread import start_new_thread
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

SIGNALS: Final = ("SIGTERM", "SIGHUP")
LAST_SECONDS: Final = 9.0
"""How long that may take. Systems that shut down wait about ten."""

_told: list[int] = []


@contextmanager
def unwinding() -> Iterator[None]:
    """Such a signal raises SystemExit meanwhile, once. What was started to outlive its terminal (`nohup`) does."""
    numbers = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, _end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(number: int, _frame: FrameType | None) -> None:
    if _told:  # a terminal that is closed says so twice: what tidies up is not stopped
        return
    _told.append(number)
    start_new_thread(_end_in_time, (128 + number,))
    raise SystemExit(128 + number)


def _end_in_time(code: int) -> None:
    time.sleep(LAST_SECONDS)
    os._exit(code)
