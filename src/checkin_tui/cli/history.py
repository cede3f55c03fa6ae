"""`checkin history` and `checkin undo`: what was done about a person, and taking back the newest action."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from checkin_tui.cli.call import Call
from checkin_tui.cli.options import json_option, pass_call
from checkin_tui.domain.errors import CheckInError
from checkin_tui.exits import REFUSED
from checkin_tui.i18n import _, ngettext

if TYPE_CHECKING:
    from checkin_tui.domain.changes import AttendanceChanged, ChangesUndone


@click.command(help=_("Show every step about one person, newest first. CODE is a code, else an exact name."))
@click.argument("code")
@json_option
@pass_call
def history(call: Call, code: str) -> None:
    """Print the steps."""
    from checkin_tui.cli.output import table
    from checkin_tui.cli.people import find
    from checkin_tui.cli.shapes import event_shape, note_line_shape
    from checkin_tui.domain.reads import LoadHistory
    from checkin_tui.words import step_text

    person = find(call.context, code)
    zone = call.program.terms.zone
    found = call.handle(LoadHistory(person.id))
    shape = {
        "member": {"code": person.code, "name": person.name},
        "events": [event_shape(line, zone) for line in found.lines],
        "notes": [note_line_shape(line, zone) for line in found.notes],
    }
    steps = [[str(line.session), step_text(line, zone)] for line in found.steps]
    call.answer(shape, table([[person.code, person.name], *steps]))


@click.command(help=_("Take back the newest action of this station, of whatever kind."))
@json_option
@pass_call
def undo(call: Call) -> None:
    """Undo, and print what was taken back. With nothing to take back the command is refused."""
    from checkin_tui.domain.requests import Undo
    from checkin_tui.words import sentence

    try:
        changed = call.write(Undo, session_id=None)
    except CheckInError as error:
        if error.code != "nothing_to_undo":
            raise
        call.answer({"undone": None}, "")
        call.say(sentence(error.code, error.values))
        click.get_current_context().exit(REFUSED)
    kind, code, count = _what(call, changed)
    message = _words(kind, code, count)
    call.answer({"undone": {"kind": kind, "code": code, "count": count, "message": message}}, message)


def _what(call: Call, changed: AttendanceChanged | ChangesUndone) -> tuple[str, str | None, int]:
    """The kind of action, whom it was about when that was one person, and how many."""
    from checkin_tui.domain.changes import AttendanceChanged
    from checkin_tui.domain.reads import LoadMember

    if not isinstance(changed, AttendanceChanged):
        return changed.kind, changed.code, changed.touched
    code = None if changed.member_id is None else call.handle(LoadMember(changed.member_id)).code
    return (changed.undone or changed.action).value, code, changed.touched


def _words(kind: str, code: str | None, count: int) -> str:
    from checkin_tui.domain.text import visible

    what = {
        "mark": _("mark"),
        "bulk": _("bulk mark"),
        "correct": _("correction"),
        "take_back": _("taking back"),
        "close": _("closing"),
        "import": _("import"),
        "add": _("adding"),
        "edit": _("edit"),
        "plan": _("planning"),
        "open": _("opening"),
        "note": _("note"),
    }.get(kind, kind)
    if code is not None:
        return _("Taken back: {what} of {code}.").format(what=what, code=visible(code))
    return ngettext("Taken back: {what} ({count}).", "Taken back: {what} ({count}).", count).format(
        what=what, count=count
    )
