"""`checkin where`: where the files of this program lie."""

from __future__ import annotations

import click

from checkin_tui.cli.call import Call
from checkin_tui.cli.options import json_option, pass_call
from checkin_tui.i18n import _


@click.command(help=_("Show where the files of this program lie. None of them has to exist."))
@json_option
@pass_call
def where(call: Call) -> None:
    """Print the paths."""
    from checkin_tui.cli.output import table

    places, settings = call.wiring.where, call.wiring.settings
    shape = {
        "database": str(settings.database.absolute()),
        "settings": str(places.settings),
        "log": str(places.log),
        "backups": str(places.backups_of(settings.database)),
    }
    names = {"database": _("database"), "settings": _("settings"), "log": _("log"), "backups": _("backups")}
    call.answer(shape, table([[names[key], path] for key, path in shape.items()]))
