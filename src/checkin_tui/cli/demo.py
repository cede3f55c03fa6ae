"""`checkin demo`: the sample program on a throw-away database, or on a file that is kept."""

from __future__ import annotations

import os
from pathlib import Path

import click

from checkin_tui.cli.call import Call
from checkin_tui.cli.options import pass_call
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.text import visible
from checkin_tui.i18n import _


@click.command(
    help=_(
        "Open a sample program with invented people, today's session half full. Where there is no terminal, print its "
        "figures."
    )
)
@click.option("--keep", type=click.Path(path_type=Path), metavar="PATH", help=_("Keep the database in this new file."))
@pass_call
def demo(call: Call, keep: Path | None) -> None:
    """Build the sample and open it."""
    from checkin_tui.cli.opening import open_practice, open_sample

    if keep is None:
        code = open_practice(call)
    else:
        if os.path.lexists(keep):
            raise CheckInError("keep_exists", path=keep)
        code = open_sample(call, keep)
        call.wrote = True
        call.say(_("Kept: checkin --db {path}").format(path=visible(str(keep))))
    click.get_current_context().exit(code)
