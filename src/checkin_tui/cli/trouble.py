"""Whatever ends a command early, as one sentence on standard error (or as JSON) and an exit code."""

from __future__ import annotations

import os
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import click

from checkin_tui.domain.errors import CheckInError, DatabaseError
from checkin_tui.domain.text import visible
from checkin_tui.i18n import _
from checkin_tui.settings import SettingsError, places
from checkin_tui.words import sentence

if TYPE_CHECKING:
    from pathlib import Path

    from checkin_tui.cli.call import Call

REFUSED: Final = 2
UNREACHABLE: Final = 3
INTERNAL: Final = 70

# The file is there and was looked at: it is not one to be used. Trying again does not help, so it is no "busy".
_WRONG_FILES: Final = ("db_foreign", "db_newer", "db_damaged", "db_url", "db_exists")


def tell(error: Exception, call: Call, arguments: Sequence[str]) -> int:
    """Say what went wrong and return the exit code."""
    if isinstance(error, DatabaseError):
        code = REFUSED if error.code in _WRONG_FILES else UNREACHABLE
        return _refuse(call, error.code, sentence(error.code, error.values, zone=call.zone), code)
    if isinstance(error, CheckInError):
        return _refuse(call, error.code, sentence(error.code, error.values, zone=call.zone), REFUSED)
    if isinstance(error, SettingsError):
        values = {"path": error.path, "key": error.key}
        return _refuse(call, error.code, sentence(error.code, values), REFUSED)
    if isinstance(error, click.ClickException):
        # Click stops before it has read every option, perhaps before `--json`.
        call.json = call.json or "--json" in arguments
        return _refuse(call, "usage", visible(error.format_message()), REFUSED)
    log = _log_of(call)
    kept = _keep(error, log)
    message = _("Something went wrong inside the program ({kind}).").format(kind=type(error).__name__)
    if kept:
        message += " " + _("The log has more: {path}").format(path=visible(str(log)))
    return _refuse(call, "internal", message, INTERNAL)


def _refuse(call: Call, code: str, message: str, exit_code: int) -> int:
    call.answer({"error": {"code": code, "message": message}}, "")
    call.say(message)
    return exit_code


def _log_of(call: Call) -> Path:
    try:
        return call.wiring.where.log
    except Exception:  # whatever went wrong may be just this
        return places().log


def _keep(error: Exception, log: Path) -> bool:
    """Append where it happened to the log. Never what an exception says: that may hold somebody's name."""
    lines = [f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} internal error\n"]
    one: BaseException | None = error
    while one is not None:
        lines.append(f"{type(one).__module__}.{type(one).__qualname__}\n")
        lines += traceback.format_list(traceback.extract_tb(one.__traceback__))
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    try:
        log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(os.open(log, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), "a", encoding="utf-8") as file:
            file.write("".join(lines))
    except OSError:
        return False
    return True
