"""`checkin` itself: the table of commands, and what it does without one."""

from __future__ import annotations

from typing import Final

import click

from checkin_tui import __version__
from checkin_tui.cli.call import Call
from checkin_tui.cli.lazy import Lazy, LazyGroup
from checkin_tui.i18n import _

_HERE = "checkin_tui.cli"

COMMANDS: Final = {
    "demo": Lazy(f"{_HERE}.demo:demo", _("Open a sample program on a throw-away database.")),
    "init": Lazy(f"{_HERE}.program:init", _("Make a program: its name, dates, hours and target.")),
    "program": Lazy(f"{_HERE}.program:program", _("Show the program's terms, or change them.")),
    "import": Lazy(
        f"{_HERE}.importing:import_group", _("Import people, the contacts of branches, or marks from a file.")
    ),
    "member": Lazy(f"{_HERE}.members:member", _("Add or edit a person.")),
    "members": Lazy(f"{_HERE}.members:members", _("List everybody, by code.")),
    "branch": Lazy(f"{_HERE}.branches:branch", _("List the branches, or say whom to call there.")),
    "erase": Lazy(f"{_HERE}.erase:erase", _("Erase who a person was; marks and figures stay.")),
    "session": Lazy(f"{_HERE}.sessions:session", _("List, plan, open, close or edit sessions.")),
    "mark": Lazy(f"{_HERE}.marking:mark", _("Mark one person: arrived, left, or a status.")),
    "note": Lazy(f"{_HERE}.notes:note", _("Write a person's note from standard input, or note that it was seen.")),
    "status": Lazy(f"{_HERE}.status:status", _("Show the figures of a session and of the program so far.")),
    "missing": Lazy(f"{_HERE}.missing:missing", _("List who still owes notes.")),
    "export": Lazy(f"{_HERE}.exports:export", _("Write the register, or a list from it, to a file.")),
    "sheet": Lazy(f"{_HERE}.papers:sheet", _("Write a sign-in sheet to print.")),
    "badges": Lazy(f"{_HERE}.papers:badges", _("Write badges to print, with a code for the scanner.")),
    "report": Lazy(f"{_HERE}.reporting:report", _("Write the report of the program, or show it.")),
    "history": Lazy(f"{_HERE}.history:history", _("Show every step about one person, newest first.")),
    "undo": Lazy(f"{_HERE}.history:undo", _("Take back the newest action of this station.")),
    "backup": Lazy(f"{_HERE}.backups:backup", _("Make a backup, or list those there are.")),
    "restore": Lazy(f"{_HERE}.backups:restore", _("Put a backup in the place of the database.")),
    "doctor": Lazy(f"{_HERE}.doctor:doctor", _("Look for what is wrong, and say what to do.")),
    "where": Lazy(f"{_HERE}.places:where", _("Show where the files of this program lie.")),
    "keys": Lazy(f"{_HERE}.keys:keys", _("List the keys, or test the keyboard and the scanner.")),
}


@click.group(
    cls=LazyGroup,
    lazy=COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=_(
        "Check people in at the door. Without a command: open today's session; where there is no terminal, print the "
        "figures.\n\nExit codes: 0 done, 1 a finding, 2 wrong usage or refused, 3 the database cannot be reached or "
        "is busy, 70 a mistake of the program, 130 interrupted."
    ),
)
@click.option("--db", metavar="PATH", help=_("The database file. Also: the environment variable CHECKIN_DB."))
@click.option("--debug", is_flag=True, help=_("Log more of an error; it may hold names then. Also: CHECKIN_DEBUG=1."))
@click.version_option(__version__, prog_name="checkin", message="%(prog)s %(version)s")
@click.pass_context
def checkin(context: click.Context, db: str | None, debug: bool) -> None:
    """Remember the options every command shares; without a command open the program."""
    call = context.ensure_object(Call)
    call.database_asked = db
    if debug:
        call.tell_everything()
    context.call_on_close(call.close)
    if context.invoked_subcommand is None:
        from checkin_tui.cli.opening import open_program

        context.exit(open_program(call))
