"""Runs the real `main` with one fault put into it. What the error says comes from outside: no line of code has it.

python launch.py FAULT [ARGUMENT …]        with the words in FAULT_WORDS
"""

from __future__ import annotations

import asyncio
import atexit
import os
import sys
import threading
import warnings
from collections.abc import Callable

WORDS = os.environ["FAULT_WORDS"]


def boom(*_: object, **__: object) -> None:
    word = WORDS  # a local variable, as any error has some
    raise ValueError(f"could not do it for {word}")


def sql(*_: object, **__: object) -> None:
    """An error of the database library, which puts the values of the statement into what it says."""
    from sqlalchemy import create_engine, text

    with create_engine("sqlite://").connect() as connection:
        connection.execute(text("SELECT :name FROM nowhere"), {"name": WORDS})


def at_the_end() -> None:
    warnings.simplefilter("always")
    warnings.warn(WORDS, stacklevel=1)
    boom()


async def boom_later() -> None:
    boom()


def endless(*_: object, **__: object) -> None:
    word = WORDS
    endless(word)


def memory(*_: object, **__: object) -> None:
    raise MemoryError(WORDS)


def interrupt(*_: object, **__: object) -> None:
    raise KeyboardInterrupt(WORDS)


def leave(*_: object, **__: object) -> None:
    raise SystemExit(f"leaving because of {WORDS}")


class Brittle:
    def __del__(self) -> None:
        boom()


def when_ready(act: Callable[..., object]) -> None:
    """Do it when the roster stands."""
    from checkin_tui.tui.app import CheckInApp

    ready = CheckInApp.ready

    def then(app: CheckInApp) -> None:
        ready(app)
        app.set_timer(0.05, lambda: act(app))

    CheckInApp.ready = then  # type: ignore[method-assign]


def in_roster(name: str, act: Callable[..., object]) -> None:
    from checkin_tui.tui.widgets.roster_list import RosterList

    setattr(RosterList, name, act)


def second(app: object) -> None:
    """An error while another is being told."""
    from checkin_tui.tui.app import CheckInApp

    CheckInApp._end_in_disgrace = boom  # type: ignore[method-assign]
    boom()


def unmounting() -> None:
    from checkin_tui.tui.app import CheckInApp

    CheckInApp.on_unmount = boom  # type: ignore[method-assign]
    when_ready(lambda app: app.exit())


def driver() -> None:
    """Textual's own tidying up of the terminal fails."""
    from textual.drivers.linux_driver import LinuxDriver

    LinuxDriver.stop_application_mode = boom  # type: ignore[method-assign]
    LinuxDriver.disable_input = boom  # type: ignore[method-assign]
    when_ready(boom)


def quiet_troubles(app: object) -> None:
    """Errors that stop nothing: of a task nobody waits for, of a destructor, of another library's log, a warning."""
    import gc
    import logging

    app.lost = asyncio.ensure_future(boom_later())  # type: ignore[attr-defined]

    def forget() -> None:
        del app.lost  # type: ignore[attr-defined]
        gc.collect()
        Brittle()
        warnings.warn(WORDS, stacklevel=1)
        logging.getLogger("somebody.else").error("failed for %s", WORDS)
        app.notify("quiet troubles are over")  # type: ignore[attr-defined]

    app.set_timer(0.05, forget)  # type: ignore[attr-defined]


def gateway(act: Callable[..., object]) -> None:
    from checkin_tui.tui.gateway import Gateway

    Gateway._perform = act  # type: ignore[method-assign, assignment]


def service(act: Callable[..., object]) -> None:
    from checkin_tui.services import attendance

    attendance.mark_person = act  # type: ignore[assignment]


def command(act: Callable[..., object]) -> None:
    from checkin_tui.services import status

    status.members = act  # type: ignore[assignment]


def telling() -> None:
    """The command fails, and so does what would tell it."""
    from checkin_tui.cli import trouble

    command(boom)
    trouble.tell = boom  # type: ignore[assignment]


def missing_module() -> None:
    class Finder:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "checkin_tui.tui.app":
                raise ImportError(f"no {WORDS}")

    sys.meta_path.insert(0, Finder())  # type: ignore[arg-type]


FAULTS: dict[str, Callable[[], object]] = {
    "import": missing_module,
    "compose": lambda: _compose(),
    "keys": lambda: _key_test(),
    "render": lambda: in_roster("render_line", boom),
    "timer": lambda: when_ready(boom),
    "sql": lambda: when_ready(sql),
    "worker": lambda: when_ready(lambda app: app.run_worker(boom_later())),  # type: ignore[attr-defined]
    "thread": lambda: when_ready(lambda app: threading.Thread(target=boom, daemon=True).start()),
    "gateway": lambda: gateway(boom),
    "service": lambda: service(sql),
    "recursion": lambda: when_ready(endless),
    "memory": lambda: when_ready(memory),
    "interrupt": lambda: when_ready(interrupt),
    "leave": lambda: when_ready(leave),
    "second": lambda: when_ready(second),
    "unmount": unmounting,
    "driver": driver,
    "quiet": lambda: when_ready(quiet_troubles),
    "atexit": lambda: (atexit.register(boom), when_ready(lambda app: app.exit())),  # type: ignore[attr-defined]
    "command": lambda: command(boom),
    "command-sql": lambda: command(sql),
    "command-recursion": lambda: command(endless),
    "command-interrupt": lambda: command(interrupt),
    "command-telling": telling,
    "command-atexit": lambda: atexit.register(at_the_end),
}


def _key_test() -> None:
    from checkin_tui.tui.key_test import KeyTest

    KeyTest.on_mount = boom  # type: ignore[method-assign]


def _compose() -> None:
    from checkin_tui.tui.screens.roster import RosterScreen

    RosterScreen.compose = boom  # type: ignore[method-assign]


if __name__ == "__main__":
    fault, *sys.argv[1:] = sys.argv[1:]
    FAULTS[fault]()
    from checkin_tui.__main__ import main

    main()
