"""`checkin note`: a person's note from standard input, or that their notebook was seen."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

import click

from checkin_tui.cli.call import Call
from checkin_tui.cli.options import json_option, pass_call, session_option
from checkin_tui.domain.errors import UNCHANGED, CheckInError
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.i18n import _

if TYPE_CHECKING:
    from checkin_tui.domain.sessions import Session
    from checkin_tui.services.lookup import Place

LARGEST: Final = 1_000_000
"""Bytes of a note that are read from standard input: some hundred pages. What leads there may never end."""


@click.command(
    help=_(
        "Write a person's note: its text comes from standard input, as UTF-8. With --paper nothing is read: the "
        "notebook was seen, which makes the note complete."
    )
)
@click.argument("code")
@session_option
@click.option("--paper", is_flag=True, help=_("The notebook was seen."))
@json_option
@pass_call
def note(call: Call, code: str, key: SessionKey | None, paper: bool) -> None:
    """Write the note, and print what it adds up to. Writing the same again changes nothing."""
    from checkin_tui.cli.people import find
    from checkin_tui.domain.requests import WriteNote
    from checkin_tui.services.lookup import place_of, session_named

    text = None if paper else _read()
    session = session_named(call.context, key)
    person = find(call.context, code)
    try:
        call.write(WriteNote, session_id=session.id, member_id=person.id, text=text, paper=paper)
    except CheckInError as error:
        if error.code != UNCHANGED:
            raise
        call.say(_("Nothing changed."))
    place = place_of(call.context, session, person.id)
    call.answer(_shape(place, session), _text(place, session))


def _read() -> str:
    """The text on standard input, without the line end a shell puts behind it."""
    if sys.stdin.isatty():
        raise click.UsageError(_("The text of a note comes from standard input: checkin note CODE < note.txt"))
    try:
        data = sys.stdin.buffer.read(LARGEST + 1)
    except OSError:
        raise click.UsageError(_("Standard input cannot be read. Nothing changed.")) from None
    if len(data) > LARGEST:
        raise click.UsageError(_("That is more than a note may hold. Nothing changed."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise click.UsageError(_("The text is not UTF-8. Nothing changed.")) from None
    if not text.strip():
        raise click.UsageError(_("Nothing came on standard input. Nothing changed."))
    return text.rstrip("\r\n")


def _shape(place: Place, session: Session) -> dict[str, Any]:
    return {
        "state": place.mark.note.value,
        "paper": place.paper,
        "chars": place.chars,
        "minimum": session.minimum_note,
    }


def _text(place: Place, session: Session) -> str:
    from checkin_tui.words import note_word

    counted = _("{chars} characters, at least {minimum}").format(chars=place.chars, minimum=session.minimum_note)
    if place.paper:
        counted = _("notebook seen")
    return f"{note_word(place.mark.note)} · {counted}"
