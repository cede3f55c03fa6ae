"""Opening the program in the terminal; where there is none, the summary of today's session as text."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path

from checkin_tui.cli.call import Call
from checkin_tui.i18n import _

SAMPLE = "sample"  # what the screens end with when somebody without a program asks for the sample


def is_terminal() -> bool:
    """Whether somebody sits in front of this process: keys come from a terminal and the answer goes to one."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def open_program(call: Call) -> int:
    """Open today's session on the user's file. Returns the exit code."""
    if not is_terminal():
        return _summary(call)
    result, code = _run_app(call)
    return open_practice(call) if result == SAMPLE else code


def open_practice(call: Call) -> int:
    """Open the sample on a file that is thrown away afterwards. Returns the exit code."""
    from checkin_tui.cli.wiring import practice_path

    path = practice_path()
    try:
        return open_sample(call, path)
    finally:
        call.close()
        shutil.rmtree(path.parent, ignore_errors=True)


def open_sample(call: Call, path: Path) -> int:
    """Build the sample at `path` and open it. Returns the exit code. Raises DatabaseError `db_exists`."""
    from checkin_tui.cli.wiring import own_zone
    from checkin_tui.demo.build import build

    wiring = call.wiring
    if is_terminal():
        call.say(_("Building the sample …"))
    build(path, wiring.context, wiring.clock(), zone=own_zone())
    call.use(replace(wiring, settings=replace(wiring.settings, database=path)))
    return _run_app(call)[1] if is_terminal() else _summary(call)


def _summary(call: Call) -> int:
    from checkin_tui.cli.status import answer_status

    answer_status(call, None)
    return 0


def _run_app(call: Call) -> tuple[str | None, int]:
    """Run the screens until they are left. Returns what they end with and the exit code."""
    import logging

    from checkin_tui.cli.streams import draw_on_terminal
    from checkin_tui.cli.wiring import own_zone
    from checkin_tui.logs import LogFile

    wiring = call.wiring
    from checkin_tui.tui import calm

    calm.begin()  # before the long import: it makes no garbage worth collecting
    from checkin_tui.tui.app import CheckInApp, run

    draw_on_terminal()
    log = LogFile(wiring.where.log)
    logger = logging.getLogger("checkin_tui")
    logger.addHandler(log)
    logger.propagate = False  # nothing of it may land on the terminal the screens own
    try:
        app = CheckInApp(
            connect=wiring.connect,
            settings=wiring.settings,
            clock=wiring.clock,
            new_uid=wiring.new_uid,
            own_zone=own_zone,
            log_file=str(wiring.where.log),
            environment=wiring.environment,
            back_up_today=wiring.back_up_today,
            network=wiring.network,
            write_file=wiring.write_file,
        )
        return run(app)
    finally:
        logger.removeHandler(log)
