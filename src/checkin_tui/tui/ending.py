"""The end: quit by its key, told to end from outside, or left by its terminal. What is typed is saved first.

Only who quits by a key is asked, and only about what could not be saved.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import time
from _thread import start_new_thread
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Final

from rich.text import Text

from checkin_tui.i18n import _, ngettext
from checkin_tui.tui import safe
from checkin_tui.tui.crash import give_back_at_once
from checkin_tui.tui.screens.desk import DeskScreen
from checkin_tui.tui.widgets.lines import BannerValue

if TYPE_CHECKING:
    from checkin_tui.tui.app import CheckInApp

SECONDS: Final = 5.0
"""How long everything that is typed may take to reach the disk. Systems that shut down wait about ten."""

LAST_SECONDS: Final = 9.0
"""How long all of the end may take."""

SILENT_SECONDS: Final = 0.3
"""How long quitting may take before it says what it waits for."""

TURN: Final = 0.01
SIGNALS: Final = ("SIGTERM", "SIGHUP", "SIGINT")
GONE: Final = 129
"""The exit code when the terminal is gone: that of SIGHUP, which says the same and may come first."""

log = logging.getLogger(__name__)


def listen(app: CheckInApp) -> None:
    """From now on a signal ends the program in order, with the exit code a shell has for it (128 and its number).

    On the event loop. What was started to outlive its terminal (`nohup`) does. Whichever thread the system gives a
    signal to, the loop is woken by it (also by a terminal's new size, which Textual listens to); a loop that is stuck
    hears nothing, so the time is taken beside it.
    """
    loop = asyncio.get_running_loop()
    for number in _numbers():
        if signal.getsignal(number) is not signal.SIG_IGN:
            with suppress(NotImplementedError, RuntimeError):  # Windows; a loop that is not the main thread's
                loop.add_signal_handler(number, partial(_begin, app, 128 + number))
                signal.signal(number, lambda heard, _frame: start_new_thread(_end_in_time, (128 + heard,)))


@contextmanager
def signals_given_back() -> Iterator[None]:
    """Afterwards signals do what they did before."""
    before = {number: signal.getsignal(number) for number in _numbers()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _numbers() -> list[signal.Signals]:
    return [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]


def begin(app: CheckInApp, code: int) -> None:
    """End with this exit code, from any thread. The keys that came before are for the screens still.

    Not for ever: a flood of text may take hours, and nobody is there who could see it. What is saved then is safe as
    after any other end.
    """
    start_new_thread(_end_in_time, (code,))
    app.call_on_loop(partial(_begin, app, code))


def _end_in_time(code: int) -> None:
    """On a thread without the locks of `threading`: whom a signal interrupted may hold them."""
    time.sleep(LAST_SECONDS)
    _end_at_once(code)


def _end_at_once(code: int) -> None:
    give_back_at_once()
    os._exit(code)


def _begin(app: CheckInApp, code: int) -> None:
    app.call_later(partial(_end_once, app, code))  # behind the keys that came before


def _end_once(app: CheckInApp, code: int) -> None:
    if not app.ended_from_outside:  # a terminal that is closed says so twice
        app.ended_from_outside = True
        app.run_worker(_end(app, code))


async def _end(app: CheckInApp, code: int) -> None:
    lost: Text | None = None
    count = 0
    if app.gateway.started:  # before, nothing was asked for
        with suppress(TimeoutError):
            await asyncio.wait_for(_save(app), SECONDS)
        count = _not_saved(app)
        if count:
            lost = Text(safe.plain(_("Not everything could be saved.") + " " + _what_is_lost(app)))
    log.info("ended from outside: %d, not saved: %d", code, count)
    app.exit(return_code=code, message=lost)


async def _save(app: CheckInApp) -> None:
    app.exporting.give_up_at_once()
    while app.gate.closed:  # what was typed is for a view or a note that is being read
        await asyncio.sleep(TURN)
    await _finish(app)
    await app.exporting.give_up()  # until nothing of it is left


async def _finish(app: CheckInApp) -> None:
    for view in tuple(app.views.values()):
        await view.finish()
    await app.gateway.drain(SECONDS)


def _not_saved(app: CheckInApp) -> int:
    return app.gateway.under_way + app.unsaved()[1]


async def quit_when_saved(app: CheckInApp) -> None:
    """Quit; where a file is being written, or not everything could be saved in time, only if somebody wants to."""
    if app.exporting.job is not None and not await _without_the_file(app):
        return
    saving = asyncio.ensure_future(_finish(app))
    await asyncio.wait({saving}, timeout=SILENT_SECONDS)
    if not saving.done():
        _tell(app, _("Saving, then quitting …"))
    await saving
    if _not_saved(app) and not await _all_the_same(app):
        return
    app.exit()


async def _without_the_file(app: CheckInApp) -> bool:
    """Whether a file that is not ready yet is given up. Then nothing of it is left."""
    from checkin_tui.tui.screens.confirm import Confirm

    question = _("A file is still being written. Who quits now gives it up, and nothing of it is left.")
    answer = await app.push_screen_wait(
        Confirm(_("Not ready yet"), question, _("Quit without the file"), _("Stay"), losing=True)
    )
    if answer:
        _tell(app, _("Giving up the file, then quitting …"))
        await app.exporting.give_up()
    return bool(answer)


async def _all_the_same(app: CheckInApp) -> bool:
    from checkin_tui.tui.screens.confirm import Confirm

    count = _not_saved(app)
    question = _what_is_lost(app) + " " + _("Who quits now loses that.")
    lose = ngettext("Quit and lose it", "Quit and lose them", count)
    answer = await app.push_screen_wait(Confirm(_("Not saved"), question, lose, _("Stay"), losing=True))
    return bool(answer)


def _what_is_lost(app: CheckInApp) -> str:
    """How many steps are not saved, whose, and why."""
    from checkin_tui.tui.desk.unsaved import whose_unsaved
    from checkin_tui.tui.desk.words import why_not_saved

    count = _not_saved(app)
    text = ngettext("{count} step is not saved yet.", "{count} steps are not saved yet.", count).format(count=count)
    names = whose_unsaved(app.outbox, app.view.register)
    why = [why_not_saved(failure.error.code, failure.error.values) for failure in app.outbox.failed.values()]
    if app.outbox.locked:
        why.append(_("Another program holds the file."))
    return " ".join([text, *([_("Whose: {names}.").format(names=names)] if names else []), *dict.fromkeys(why)])


def _tell(app: CheckInApp, text: str) -> None:
    """Say it where it is seen, whatever is on the screen."""
    screen = app.screen
    if isinstance(screen, DeskScreen) and screen.furnished:
        screen.say(BannerValue("info", text))
    else:
        app.notify(**safe.notify_arguments(text))
