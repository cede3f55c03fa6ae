"""However the screens end: the terminal is given back as it was, and an error is one sentence."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final, cast

from rich.text import Text
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver
from textual.worker import WorkerFailed

from checkin_tui.exits import INTERNAL
from checkin_tui.i18n import _
from checkin_tui.tui import safe

if TYPE_CHECKING:
    from rich.console import RenderableType

log = logging.getLogger(__name__)

BACK: Final = (
    b"\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1016l"  # mouse
    b"\x1b[?2004l\x1b[?2048l\x1b[?1004l\x1b[?2026l"  # bracketed paste, resize and focus reports, synchronized output
    b"\x1b[?7h\x1b[<u\x1b[0m\x1b[?1049l\x1b[?25h"  # lines wrap, plain keys, plain colours, the screen before, a cursor
)
"""What undoes everything Textual asks of a terminal (the control sequences of xterm and, `<u`, of kitty)."""
KEYS: Final = 0
SCREEN: Final = 2  # where Textual's driver writes


_before: list[Any] | None = None  # how the terminal treated its lines when the screens began


@contextmanager
def terminal_given_back(app: App[Any]) -> Iterator[None]:
    """Run the screens inside. Where they end so that their driver does not tidy up, it is done here.

    That is so for what is no `Exception` (an interrupt, an exit in the middle of a step), and where tidying up failed.
    """
    global _before
    before = _before = _attributes()
    try:
        yield
    finally:
        _before = None
        after = _attributes()
        if before is not None and after is not None and before[:4] != after[:4]:  # still raw
            stop = getattr(app._driver, "exit_event", None)
            if stop is not None:
                stop.set()  # the thread that reads keys would keep the process alive
            _give_back(before)


def _attributes() -> list[Any] | None:
    """How the terminal treats its lines; None where there is none that could say."""
    try:
        import termios
    except ImportError:  # Windows: the driver there keeps no such state
        return None
    try:
        return termios.tcgetattr(KEYS)
    except (OSError, termios.error):
        return None


def give_back_screen() -> None:
    """The screen as it was before, where there still is one."""
    with suppress(OSError):
        os.write(SCREEN, BACK)


def give_back_at_once() -> None:
    """The terminal as it was, as far as that takes no waiting: it may be full, and nobody there to read it.

    For the last moment of a process: from any thread, with nothing tidied up.
    """
    with suppress(Exception):  # no terminal, or none any more
        import termios

        if os.tcgetpgrp(KEYS) != os.getpgrp():  # it is in others' hands, and who touches it would be stopped
            return
        if _before is not None:
            termios.tcsetattr(KEYS, termios.TCSANOW, _before)  # at once: what is written may never be read
        # Opened anew, for the terminal as the shell has it would be one that does not wait afterwards.
        os.write(os.open(os.ttyname(SCREEN), os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY), BACK)


def _give_back(before: list[Any]) -> None:
    import termios

    give_back_screen()
    with suppress(OSError, termios.error):
        termios.tcsetattr(KEYS, termios.TCSADRAIN, before)


class MannerlyApp(App[str]):
    """An app whose own errors end it with one sentence, never with what its variables held."""

    log_file = ""
    """Where the log is, if anybody should be told."""

    def _handle_exception(self, error: Exception) -> None:
        """An error of ours: the terminal in order, one sentence, the log has the rest. Never a local variable."""
        if isinstance(self._driver, HeadlessDriver):  # under test the error itself is wanted
            super()._handle_exception(error)
            return
        if isinstance(error, WorkerFailed):
            error = cast(Exception, error.error)  # a failed worker has no place in the code; what it failed with has
        log.error("unexpected", exc_info=error)  # the log file keeps where it came from, not what it says
        self._end_in_disgrace()

    def thread_ended(self, error: BaseException) -> None:
        """A thread of ours or of Textual's ended by an error, which the log has: nothing works without it.

        Called on that thread. A terminal that is gone is no mistake: whoever reads its keys sees it too, and leaves.
        """
        if not isinstance(error, OSError):
            self.call_on_loop(self._end_in_disgrace)

    def call_on_loop(self, step: Callable[[], object]) -> None:
        """Have the event loop do something, from any thread and from a signal. Before and after the loop: nothing."""
        if self._loop is not None:
            with suppress(RuntimeError):  # it is the end already
                self._loop.call_soon_threadsafe(step)

    def panic(self, *renderables: RenderableType) -> None:
        """The same for what Textual gives up on."""
        log.error("Textual gave up")
        self._end_in_disgrace()

    def _end_in_disgrace(self) -> None:
        self._return_code = INTERNAL
        text = _("checkin stopped because of an error of its own. What was shown as saved is saved.")
        if self.log_file:
            text += " " + _("The log says more: {path}").format(path=safe.plain(self.log_file))
        if not self._exit_renderables:
            self._exit_renderables.append(Text(text))
        self._close_messages_no_wait()
