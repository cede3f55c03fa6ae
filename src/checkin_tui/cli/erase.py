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
    from checkin_tui.words.erasing import backup_lines, erased_name, erasure_lines

    person = find(call.context, code)
    again = is_erased(person.code)
    if not (yes or again):
        _ask(call, person, erasure_lines(call.handle(PreviewErase(person.id))))
    done = call.write(ErasePerson, member_id=person.id, name=erased_name())
    call.answer(_shape(done.member.code, done.found, done.rewritten), "")
    if again:
        call.say(_("{code} was erased already.").format(code=done.member.code))
    else:
        call.say(_("Erased. The person is called {code} from now on.").format(code=done.member.code))
    if not done.rewritten:
        call.say(
            _("Unused places of the file may still hold the old words: it could not be written anew just now.")
            + " "
            + _("Do it once more when nobody else is at work: checkin erase {code}").format(code=done.member.code)
        )
    for line in backup_lines(done.found):
        call.say(line)


def _ask(call: Call, person: Member, lines: list[str]) -> None:
    """Say what would go, and go on only after a yes. Raises CheckInError `erase_unasked` without a terminal."""
    from checkin_tui.domain.text import visible

    branch = person.memberships[-1].branch if person.memberships else ""
    who = " · ".join(visible(text) for text in (person.code, person.name, branch) if text)
    for line in (who, *lines, _("This cannot be undone.")):
        call.say(line)
    ask(call, _("Erase this person?"), unasked="erase_unasked", otherwise=_("Nothing was erased."))


def _shape(code: str, found: Erasure, rewritten: bool) -> dict[str, Any]:
    return {
        "code": code,
        "marks": found.marks,
        "notes": found.notes,
        "chars": found.chars,
        "refused": found.refused,
        "changes": found.changes,
        "reasons": found.reasons,
        "still_named": {"notes": found.other_notes, "topics": found.topics},
        "last_day": None if found.last_day is None else found.last_day.isoformat(),
        "rewritten": rewritten,
        "backups": list(found.backups),
    }
