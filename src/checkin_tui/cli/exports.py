"""`checkin export …`: the table of what goes out as a file for others to work with."""

from __future__ import annotations

from typing import Final

import click

from checkin_tui.cli.lazy import Lazy, LazyGroup
from checkin_tui.i18n import _

_HERE = "checkin_tui.cli"

EXPORTS: Final[dict[str, Lazy]] = {
    "register": Lazy(f"{_HERE}.exporting:register", _("Write who was where: a workbook, or lines as CSV or JSON.")),
    "program": Lazy(f"{_HERE}.archive:export_program", _("Write the whole program, to be imported elsewhere.")),
    "owes": Lazy(f"{_HERE}.papers:owes", _("Write the list of who owes notes, for the notice board.")),
}


@click.group("export", cls=LazyGroup, lazy=EXPORTS, help=_("Write the register, or a list from it, to a file."))
def export() -> None:
    """Hold the commands that write files."""
