"""`checkin branch list|edit`: the branches, and whom to call there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from checkin_tui.cli.call import Call
from checkin_tui.cli.options import json_option, pass_call
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.text import clean
from checkin_tui.i18n import _

if TYPE_CHECKING:
    from checkin_tui.domain.people import Branch


@click.group(help=_("List the branches, or say whom to call there."))
def branch() -> None:
    """Hold the commands about branches."""


@branch.command("list", help=_("List the branches with their contacts, by name."))
@json_option
@pass_call
def list_branches(call: Call) -> None:
    """Print every branch."""
    branches = _branches(call)
    call.answer({"branches": [_shape(one) for one in branches]}, "" if call.json else _table(branches))


@branch.command(help=_("Say whom to call at a branch. NAME is the branch's exact name."))
@click.argument("name")
@click.option("--contact", help=_("Whom to call; '' takes it away."))
@click.option("--phone", help=_("Their telephone; '' takes it away."))
@json_option
@pass_call
def edit(call: Call, name: str, contact: str | None, phone: str | None) -> None:
    """Change what was given."""
    from checkin_tui.domain.requests import EditBranch

    if contact is None and phone is None:
        raise click.UsageError(_("Nothing to change: give --contact or --phone."))
    there = next((one for one in _branches(call) if one.name == clean(name)), None)
    if there is None:
        raise CheckInError("branch_unknown", name=name)
    changed = call.write(EditBranch, branch_id=there.id, contact=contact, phone=phone)
    written = next(one for one in _branches(call) if one.id == there.id)
    call.answer({"branch": _shape(written)}, "" if call.json else _table([written]))
    call.say(_("Changed.") if changed.changed else _("Nothing changed."))


def _branches(call: Call) -> Sequence[Branch]:
    from checkin_tui.domain.reads import LoadBranches

    found: Sequence[Branch] = call.handle(LoadBranches())
    return found


def _shape(one: Branch) -> dict[str, str]:
    return {"name": one.name, "contact": one.contact, "phone": one.phone}


def _table(branches: Sequence[Branch]) -> str:
    from checkin_tui.cli.output import table

    rows = [[_("branch"), _("contact"), _("phone")]]
    return table(rows + [[one.name, one.contact, one.phone] for one in branches])
