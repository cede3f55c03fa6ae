"""Opening the program in the terminal; where there is none, the summary of today's session as text."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from checkin_tui.cli.call import Call

if TYPE_CHECKING:
    from checkin_tui.cli.wiring import Wiring


def is_terminal() -> bool:
    """Whether somebody sits in front of this process: keys come from a terminal and the answer goes to one."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def open_program(call: Call) -> int:
    """Open today's session on the user's file. Returns the exit code."""
    if is_terminal():
        return run_app(call.wiring)
    from checkin_tui.cli.status import answer_status

    answer_status(call, None)
    return 0


def run_app(wiring: Wiring) -> int:
    """Run the screens until they are left. Returns the exit code the app ended with."""
    from checkin_tui.i18n import choose_language

    if wiring.settings.language:
        choose_language(wiring.settings.language)  # before the screens: their keys get their labels on import
    from checkin_tui.tui.app import CheckInApp

    app = CheckInApp(connect=wiring.connect, settings=wiring.settings, clock=wiring.clock, new_uid=wiring.new_uid)
    app.run()
    return app.return_code or 0
