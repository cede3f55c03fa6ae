"""Whatever ends a command early: one sentence on standard error and an exit code.

With `--json` the answer is `{"error": {"code": "…", "message": "…"}}` on standard output instead; the codes are stable:
those of `CheckInError` and `SettingsError`, `usage` for a command line that cannot be read, `internal` for our own
mistakes. Commands whose refusals have a shape of their own (`mark`, `undo`, `import members`) use that.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from checkin_tui import logs
from checkin_tui.domain.errors import CheckInError, DatabaseError
from checkin_tui.domain.text import visible
from checkin_tui.exits import INTERNAL, REFUSED, UNREACHABLE
from checkin_tui.i18n import _
from checkin_tui.settings import SettingsError, places
from checkin_tui.words import sentence

if TYPE_CHECKING:
    from pathlib import Path

    from checkin_tui.cli.call import Call


def tell(error: Exception, call: Call, arguments: Sequence[str]) -> int:
    """Say what went wrong and return the exit code."""
    if isinstance(error, DatabaseError):
        _find_way_out(error, call)
        code = REFUSED if error.wrong_file else UNREACHABLE
        told = error.code
        if told == "db_failed" and not logs.write(_log_of(call), logs.trace(error)):
            told = "db_failed_unlogged"
        return _refuse(call, error.code, sentence(told, error.values, zone=call.zone), code)
    if isinstance(error, CheckInError):
        call.json = call.json or (error.code == "not_text" and "--json" in arguments)  # before anything was read
        return _refuse(call, error.code, sentence(error.code, error.values, zone=call.zone), REFUSED)
    if isinstance(error, SettingsError):
        values = {"path": error.path, "key": error.key}
        return _refuse(call, error.code, sentence(error.code, values), REFUSED)
    if isinstance(error, click.ClickException):
        # Click stops before it has read every option, perhaps before `--json`.
        call.json = call.json or "--json" in arguments
        return _refuse(call, "usage", visible(error.format_message()), REFUSED)
    log = _log_of(call)
    kept = logs.write(log, logs.trace(error))
    message = _("Something went wrong inside the program ({kind}).").format(kind=type(error).__name__)
    if kept:
        message += " " + _("The log has more: {path}").format(path=visible(str(log)))
    return _refuse(call, "internal", message, INTERNAL)


def unanswered(call: Call, lost: OSError) -> None:
    """Say that the answer did not get out, and why."""
    from checkin_tui.store.failures import FULL

    call.json = False  # nothing goes out there any more
    why = _("the disk is full") if lost.errno in FULL else os.strerror(lost.errno or 0)
    said = _("The answer could not be written: {why}.").format(why=why)
    call.say(said + " " + _("What was asked for is done.") if call.wrote else said)


def _find_way_out(error: DatabaseError, call: Call) -> None:
    """Which backup would help, if it is the database of this call that is wrong."""
    with suppress(CheckInError, SettingsError):
        if error.values.get("path") == call.wiring.settings.database:
            call.wiring.door().refusal(error)


def _refuse(call: Call, code: str, message: str, exit_code: int) -> int:
    call.answer({"error": {"code": code, "message": message}}, "")
    call.say(message)
    return exit_code


def _log_of(call: Call) -> Path:
    try:
        return call.wiring.where.log
    except Exception:  # whatever went wrong may be just this
        return places().log
