"""The question before what cannot be taken back."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import click

from checkin_tui.cli.call import Call
from checkin_tui.domain.errors import CheckInError
from checkin_tui.exits import REFUSED
from checkin_tui.words import sentence


def somebody_there() -> bool:
    """Whether a question would be seen and answered."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(call: Call, question: str, *, unasked: str, otherwise: str, plan: Mapping[str, Any]) -> None:
    """Go on only after a yes; after anything else say `otherwise` and end the command.

    Raises CheckInError `unasked` where nobody could answer. Ctrl+C and the end of the input are a no. plan: what would
    be done, as JSON: with `--json` it is told beside that refusal.
    """
    if call.json:
        call.answer({"error": {"code": unasked, "message": sentence(unasked, {})}, **plan}, "")
        click.get_current_context().exit(REFUSED)
    if not somebody_there():
        raise CheckInError(unasked)
    try:
        agreed = click.confirm(question, default=False, err=True)
    except (click.Abort, UnicodeError):  # bytes that are no text are no yes either
        call.say("")  # the line of the question
        agreed = False
    if not agreed:
        call.say(otherwise)
        click.get_current_context().exit(REFUSED)
