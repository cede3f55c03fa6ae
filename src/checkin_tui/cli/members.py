"""`checkin members` and `checkin member add|edit`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import click

from checkin_tui.cli.call import Call
from checkin_tui.cli.options import F, json_option, pass_call, with_options
from checkin_tui.cli.types import DATE, Written, read_date
from checkin_tui.i18n import _

if TYPE_CHECKING:
    from checkin_tui.domain.people import Member

STILL_HERE: Final = "none"


def _last_day(text: str) -> object:
    return STILL_HERE if text == STILL_HERE else read_date(text)


@click.command(help=_("List everybody, by code."))
@json_option
@pass_call
def members(call: Call) -> None:
    """Print everybody."""
    from checkin_tui.cli.shapes import member_shape
    from checkin_tui.services.status import members as read_members

    known = read_members(call.context)
    call.answer({"members": [member_shape(one) for one in known]}, "" if call.json else _table(known))


def _table(people: list[Member]) -> str:
    from checkin_tui.cli.output import table
    from checkin_tui.cli.shapes import member_shape

    names = [
        _("code"),
        _("name"),
        _("branch"),
        _("title"),
        _("rank"),
        _("leader"),
        _("phone"),
        _("joined"),
        _("left"),
    ]
    rows = [names]
    for person in people:
        one = member_shape(person)
        leader = _("leader") if one["leader"] else ""
        if one["guest"]:
            leader = _("guest")
        texts = [one[field] for field in ("code", "name", "branch", "title", "rank")]
        rows.append([*texts, leader, one["phone"], one["joined_on"] or "", one["left_on"] or ""])
    return table(rows)


@click.group(help=_("Add or edit a person."))
def member() -> None:
    """Hold the commands about one person."""


def _particulars(command: F) -> F:
    """The options `add` and `edit` share, in the order the help lists them."""
    return with_options(
        command,
        click.option("--branch", help=_("Village, unit, class; a new one is made.")),
        click.option("--from", "since", type=DATE, help=_("The first day in this branch, or as a leader.")),
        click.option("--title", help=_("What the person does.")),
        click.option("--rank", help=_("The person's rank.")),
        click.option("--leader/--no-leader", default=None, help=_("Whether the person is a leader.")),
        click.option("--phone", help=_("Telephone.")),
        click.option("--joined", type=DATE, help=_("The first day as a member.")),
    )


@member.command(help=_("Add a person. Without CODE one is generated."))
@click.argument("code", required=False, default="")
@click.option("--name", required=True, help=_("The person's name."))
@_particulars
@click.option("--left", type=DATE, help=_("The last day as a member."))
@json_option
@pass_call
def add(
    call: Call,
    /,
    code: str,
    name: str,
    since: date | None,
    joined: date | None,
    left: date | None,
    leader: bool | None,
    **texts: str | None,
) -> None:
    """Write a new person."""
    from checkin_tui.cli.people import code_of
    from checkin_tui.domain.requests import AddMember

    if since is not None and joined is not None and since != joined:
        raise click.UsageError(_("Somebody new is in the branch from the first day: give --from or --joined."))
    given = {field: text for field, text in texts.items() if text is not None}
    changed = call.write(
        AddMember, code=code_of(code), name=name, joined=joined or since, left=left, leader=bool(leader), **given
    )
    _answer(call, changed.member, _("Added."))


@member.command(
    help=_("Change a person. With --from another branch or leadership begins that day; without it, it is corrected.")
)
@click.argument("code")
@click.option("--name", help=_("The person's name."))
@_particulars
@click.option(
    "--left",
    type=Written("date", _last_day, "bad_date"),
    help=_("The last day as a member; none takes it away again."),
)
@json_option
@pass_call
def edit(call: Call, /, code: str, left: date | str | None, **values: Any) -> None:
    """Change what was given."""
    from checkin_tui.cli.people import find
    from checkin_tui.domain.requests import EditMember

    given = {field: value for field, value in values.items() if value is not None}
    if "since" in given and not ("branch" in given or "leader" in given):
        raise click.UsageError(_("--from goes with --branch or --leader."))
    if left == STILL_HERE:
        given["left_open"] = True
    elif left is not None:
        given["left"] = left
    if not given:
        raise click.UsageError(_("Nothing to change: give --name, --branch or another option."))
    person = find(call.context, code)
    changed = call.write(EditMember, member_id=person.id, **given)
    _answer(call, changed.member, _("Changed.") if changed.changed else _("Nothing changed."))


def _answer(call: Call, person: Member, sentence: str) -> None:
    from checkin_tui.cli.shapes import member_shape

    call.answer({"member": member_shape(person)}, "" if call.json else _table([person]))
    call.say(sentence)
