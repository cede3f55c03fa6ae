"""What becomes of an error nobody caught, wherever it happens: an entry in the log, and no word of it anywhere else.

Python would print each of them on the terminal with all it says. Installed by `main`, for the life of the process; a
leaf that needs nothing of the program but the log, for anything else may be what is broken.
"""

from __future__ import annotations

import os
import sys
import threading
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from checkin_tui.exits import INTERNAL

if TYPE_CHECKING:
    from types import TracebackType
    from typing import TextIO

_on_thread: list[Callable[[BaseException], None]] = []  # whom to tell that a thread ended by an error


def install() -> None:
    """From now on nothing that goes wrong is printed. Called once, by `main`."""
    import logging

    from checkin_tui import logs
    from checkin_tui.settings import places

    sys.excepthook = _uncaught
    sys.unraisablehook = _unraisable
    threading.excepthook = _in_thread
    warnings.showwarning = _warned
    logging.raiseExceptions = False
    with suppress(Exception):  # without a home there is no log, and whoever needs one says so
        logging.getLogger().addHandler(logs.LogFile(places().log))  # else `logging` itself prints what libraries say


def note(error: BaseException, what: str = "") -> bool:
    """Write where an error came from. Returns whether the log took it. Raises nothing."""
    try:
        from checkin_tui import logs
        from checkin_tui.settings import places

        return logs.write(places().log, f"{what}\n{logs.trace(error)}" if what else logs.trace(error))
    except Exception:  # there may be no memory, no disk, no home
        return False


def last_words(error: BaseException) -> int:
    """The end of a process whose own way of telling an error went wrong. Returns the exit code. Raises nothing."""
    kept = note(error)
    text = f"checkin: something went wrong inside the program ({type(error).__name__})."
    try:
        from checkin_tui.settings import places

        if kept:
            text += f" The log has more: {places().log}"
        os.write(2, (text.encode(errors="backslashreplace") + b"\n"))
    except Exception:  # nobody is there to hear it
        pass
    return INTERNAL


def when_a_thread_ends_by_an_error(call: Callable[[BaseException], None]) -> Callable[[], None]:
    """Have `call` called with the error then, on that thread. Returns what takes this back."""
    _on_thread.append(call)
    return lambda: _on_thread.remove(call)


def _uncaught(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    if not isinstance(error, KeyboardInterrupt):
        last_words(error)


def _unraisable(found: sys.UnraisableHookArgs) -> None:
    """Of a destructor, of a callback at the end of the process: nobody can catch it, and it stops nothing."""
    if found.exc_value is not None and not isinstance(found.exc_value, BrokenPipeError):
        note(found.exc_value, "nobody could catch this")


def _in_thread(found: threading.ExceptHookArgs) -> None:
    if found.exc_value is None or isinstance(found.exc_value, SystemExit):
        return
    note(found.exc_value, f"the thread {found.thread.name if found.thread else '?'} ended")
    for call in tuple(_on_thread):
        call(found.exc_value)


def _warned(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """A warning of a library, for whoever develops this: only with everything else."""
    from checkin_tui import logs

    if logs.tells_everything():
        from checkin_tui.settings import places

        logs.write(places().log, f"{category.__name__} {filename}:{lineno}: {message}")
