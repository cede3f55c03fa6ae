"""`checkin missing`: who still owes notes, of one session or of the whole campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from checkin_tui.cli.call import Call
from checkin_tui.cli.options import json_option, pass_call, session_option
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.i18n import _

if TYPE_CHECKING:
    from checkin_tui.domain.views import Debtor, OwedNote, OwedView

COLUMNS: Final = (
    "branch", "contact", "contact_phone", "code", "name", "phone", "session", "status", "state", "chars", "minimum",
)  # fmt: skip


@click.command(help=_("List who still owes notes, by branch with its contact: of one session, or of all so far."))
@session_option
@click.option("--campaign", is_flag=True, help=_("Of every session whose register was taken."))
@click.option("--branch", help=_("Only the people of this branch."))
@click.option("--csv", "as_csv", is_flag=True, help=_("As CSV: one line for each note."))
@json_option
@pass_call
def missing(call: Call, key: SessionKey | None, campaign: bool, branch: str | None, as_csv: bool) -> None:
    """Print the list; the text is ready to be sent."""
    from checkin_tui.domain.reads import LoadOwed
    from checkin_tui.interchange.written import csv_text
    from checkin_tui.words.chase import chase_text, owed_text

    if campaign and key is not None:
        raise click.UsageError(_("--campaign is about all sessions: give it without --session."))
    if as_csv and call.json:
        raise click.UsageError(_("Give --csv or --json, not both."))
    view: OwedView = call.handle(LoadOwed(key, campaign, branch))
    shape = missing_shape(view) if branch is None and not campaign else owed_shape(view)
    text = "" if call.json else csv_text(_lines(view)) if as_csv else chase_text(view)
    call.answer(shape, text)
    if as_csv:
        call.say(owed_text(view))


def missing_shape(view: OwedView) -> dict[str, Any]:
    """Who owes a note of one session, by branch and name; and who has one without having been there."""
    from checkin_tui.cli.shapes import session_shape

    session = None if view.campaign else session_shape(view.sessions[0], view.program.terms.zone)
    return {
        "session": session,
        "missing": [_person(person) for branch in view.branches for person in branch.people],
        "without_presence": [{"code": code, "name": name} for code, name in view.without_presence],
    }


def owed_shape(view: OwedView) -> dict[str, Any]:
    """The same with all the notes each owes, oldest first, and the branches. Over the campaign there is no one session,
    and `status`, `state` and `chars` of a person are those of the newest note they owe.
    """
    shape = missing_shape(view)
    people = [person for branch in view.branches for person in branch.people]
    for told, person in zip(shape["missing"], people, strict=True):
        told["owes"] = [_owed(note) for note in person.notes]
    shape["branches"] = [
        {
            "name": one.name,
            "contact": "" if one.branch is None else one.branch.contact,
            "phone": "" if one.branch is None else one.branch.phone,
            "people": len(one.people),
            "notes": sum(len(person.notes) for person in one.people),
        }
        for one in view.branches
    ]
    shape["sessions"] = [str(session.key) for session in view.sessions]
    return shape


def _person(person: Debtor) -> dict[str, Any]:
    newest = person.notes[-1]
    return {
        "code": person.code,
        "name": person.name,
        "branch": person.branch,
        "phone": person.phone,
        "status": newest.status.value,
        "state": newest.state.value,
        "chars": newest.chars,
    }


def _owed(note: OwedNote) -> dict[str, Any]:
    return {
        "session": str(note.session),
        "state": note.state.value,
        "chars": note.chars,
        "minimum": note.minimum,
    }


def _lines(view: OwedView) -> list[tuple[str, ...]]:
    """The header, then one line for each note owed. Column names and values are those of the JSON answer."""
    lines: list[tuple[str, ...]] = [COLUMNS]
    for branch in view.branches:
        contact, phone = ("", "") if branch.branch is None else (branch.branch.contact, branch.branch.phone)
        for person in branch.people:
            who = (branch.name, contact, phone, person.code, person.name, person.phone)
            lines += [(*who, str(one.session), one.status.value, one.state.value, str(one.chars), str(one.minimum))
                      for one in person.notes]  # fmt: skip
    return lines
