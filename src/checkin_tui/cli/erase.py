"""`checkin erase CODE`: nothing in the file says any more who this person was; every figure stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from checkin_tui.cli.asking import ask
from checkin_tui.cli.call import Call
from checkin_tui.cli.options import json_option, pass_call
from checkin_tui.i18n import _

if TYPE_CHECKING:
    from checkin_tui.domain.people import Member
    from checkin_tui.domain.views import Erasure


@click.command(
    help=_(
        "Erase who a person was: name, code, telephone, the words of the notes, what was typed. Marks and figures "
        "stay. It says first what would go, and asks. It cannot be undone. CODE is a code, else an exact name."
    )
)
@click.argument("code")
@click.option("--yes", is_flag=True, help=_("Do not ask."))
@json_option
@pass_call
def erase(call: Call, code: str, yes: bool) -> None:
    """Show what would go, ask, erase, and print what went."""
    from checkin_tui.cli.people import find
    from checkin_tui.domain.erasing import is_erased
    from checkin_tui.domain.reads import PreviewErase
    from checkin_tui.domain.requests import ErasePerson
    from checkin_tui.words.erasing import backup_lines, erased_name, left_lines, reminder_lines

    person = find(call.context, code)
    asked = not (yes or is_erased(person.code))
    if asked:
        _ask(call, person, call.handle(PreviewErase(person.id)))
    done = call.write(ErasePerson, member_id=person.id, name=erased_name())
    call.answer({**_shape(done.member.code, done.found), "rewritten": done.rewritten}, "")
    if is_erased(person.code):
        call.say(_("{code} was erased already.").format(code=done.member.code))
    else:
        call.say(_("Erased. The person is called {code} from now on.").format(code=done.member.code))
    if not done.rewritten:
        call.say(
            _("Unused places of the file may still hold the old words: it could not be written anew just now.")
            + " "
            + _("Do it once more when nobody else is at work: checkin erase {code}").format(code=done.member.code)
        )
    for line in reminder_lines(done.found) if asked else (*left_lines(done.found), *backup_lines(done.found)):
        call.say(line)


def _ask(call: Call, person: Member, found: Erasure) -> None:
    """Say what would go, and go on only after a yes. Raises CheckInError `erase_unasked` without a terminal."""
    from checkin_tui.domain.text import visible
    from checkin_tui.words.erasing import erasure_lines

    branch = person.memberships[-1].branch if person.memberships else ""
    who = " · ".join(visible(text) for text in (person.code, person.name, branch) if text)
    for line in (who, *erasure_lines(found), _("This cannot be undone.")):
        call.say(line)
    ask(
        call,
        _("Erase this person?"),
        unasked="erase_unasked",
        otherwise=_("Nothing was erased."),
        plan={"would_erase": _shape(person.code, found)},
    )


def _shape(code: str, found: Erasure) -> dict[str, Any]:
    return {
        "code": code,
        "marks": found.marks,
        "notes": found.notes,
        "chars": found.chars,
        "refused": found.refused,
        "changes": found.changes,
        "reasons": found.reasons,
        "still_named": {
            "notes": found.other_notes,
            "topics": found.topics,
            "notes_of": [{"session": str(key), "code": whose} for key, whose in found.notes_where],
            "topics_of": [str(key) for key in found.topics_where],
        },
        "last_day": None if found.last_day is None else found.last_day.isoformat(),
        "backups": list(found.backups),
        "copies": list(found.copies),
    }
