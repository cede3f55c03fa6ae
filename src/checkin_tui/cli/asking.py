"""The question before what cannot be taken back."""

from __future__ import annotations

import sys

import click

from checkin_tui.cli.call import Call
from checkin_tui.domain.errors import CheckInError

REFUSED = 2


def somebody_there() -> bool:
    """Whether a question would be seen and answered."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(call: Call, question: str, *, unasked: str, otherwise: str) -> None:
    """Go on only after a yes; after anything else say `otherwise` and end the command.

    Raises CheckInError `unasked` where nobody could answer. Ctrl+C and the end of the input are a no.
    """
    if call.json or not somebody_there():
        raise CheckInError(unasked)
    try:
        agreed = click.confirm(question, default=False, err=True)
    except click.Abort:
        click.echo(err=True)  # the line of the question
        agreed = False
    if not agreed:
        call.say(otherwise)
        click.get_current_context().exit(REFUSED)
