"""`checkin import members|contacts|marks FILE`: a file into the program, in one transaction, one undo."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checkin_tui.cli.archive import import_program
from checkin_tui.cli.call import Call
from checkin_tui.cli.import_contacts import contacts
from checkin_tui.cli.import_marks import marks
from checkin_tui.cli.options import F, json_option, pass_call, with_options
from checkin_tui.cli.types import DATE
from checkin_tui.domain.errors import CheckInError
from checkin_tui.exits import REFUSED
from checkin_tui.i18n import _

if TYPE_CHECKING:
    from datetime import date

    from checkin_tui.cli.import_told import Done
    from checkin_tui.domain.imports import Roster
    from checkin_tui.domain.reads import PreviewImport
    from checkin_tui.interchange.lists.choices import Choices

_NOTHING = "import_nothing"


@click.group("import", help=_("Import people, the contacts of branches, or a whole program from a file."))
def import_group() -> None:
    """Hold the commands that read files."""


import_group.add_command(contacts)
import_group.add_command(marks)
import_group.add_command(import_program)


def _reading_options(command: F) -> F:
    """How the file is to be read, given to the command as keywords."""
    return with_options(
        command,
        click.argument("file", type=click.Path(path_type=Path), required=False),
        click.option("--paste", is_flag=True, help=_("Read the list from standard input instead of a file.")),
        click.option("--sheet", help=_("The sheet of a workbook; the first without it.")),
        click.option(
            "--all-sheets", "every_sheet", is_flag=True, help=_("All sheets; the name of each is the branch.")
        ),
        click.option("--encoding", help=_("The encoding of a text file, where it is guessed wrong.")),
        click.option(
            "--header-row", type=click.IntRange(min=0), metavar="N", help=_("The row with the headers; 0: none.")
        ),
        click.option("--preset", help=_("The program the file is from, where it is not seen by itself.")),
        click.option(
            "--map", "pairs", multiple=True, metavar="FIELD=HEADER", help=_("A column by its header: 'name=姓名'.")
        ),
        click.option("--forget-map", "forget", is_flag=True, help=_("Forget the columns given for such a file.")),
        click.option(
            "--fill", multiple=True, metavar="FIELD", help=_("A blank cell of this field is as the one above: branch.")
        ),
    )


def _deciding_options(command: F) -> F:
    """What is to become of the lines."""
    return with_options(
        command,
        click.option("--dry-run", is_flag=True, help=_("Say what would be done; write nothing.")),
        click.option("--same", multiple=True, metavar="ROW=CODE", help=_("This doubtful row is this person.")),
        click.option("--new", multiple=True, metavar="ROW", help=_("This doubtful row is somebody new.")),
        click.option("--end-missing", is_flag=True, help=_("Members who are not in the file have a last day.")),
        click.option("--end-on", type=DATE, help=_("That day; else the one before the next session.")),
    )


@import_group.command(
    help=_(
        "Import people from a CSV, TSV, XLSX, XLS or ODS file, or a pasted list. The header row is found by its words "
        "(code, name, branch, title, rank, leader, joined, left, phone, also in Chinese). A row that cannot be used "
        "does not stop the rest."
    )
)
@_reading_options
@_deciding_options
@json_option
@pass_call
def members(
    call: Call,
    /,
    file: Path | None,
    paste: bool,
    dry_run: bool,
    forget: bool,
    same: tuple[str, ...],
    new: tuple[str, ...],
    end_missing: bool,
    end_on: date | None,
    **reading: Any,
) -> None:
    """Read the file, write what can be used, and print the counts and what became of the other rows."""
    from checkin_tui.cli import import_told as told
    from checkin_tui.cli.import_answers import parse_answers
    from checkin_tui.cli.import_reading import read
    from checkin_tui.domain.imports import Ending
    from checkin_tui.domain.reads import PreviewImport

    _check(file, paste, end_missing, end_on, reading)
    choices = _choices(**reading)
    call.program  # noqa: B018 -- the database is looked at before a large file is read for nothing
    answers = parse_answers(call, same, new)
    end = Ending(end_on) if end_missing else None
    found = read(call, file, choices, forget=forget)
    roster = found.roster
    unread = tuple(one.cells for one in roster.rejected)
    asked = PreviewImport(roster.rows, answers, end, unread, roster.unread_sheets)
    done = _done(call, asked, roster, choices, dry=dry_run, forget=forget)
    shape = told.shape(done, found, dry=dry_run) if call.json else {}
    call.answer(shape, "" if call.json else told.text(done, found, dry=dry_run))
    for sentence in told.talk(done, found, dry=dry_run) if not call.json else ():
        call.say(sentence)
    if not done.usable:
        _nothing(call, file)
    if dry_run:
        call.say(_("Nothing was written: this was a dry run."))


def _check(file: Path | None, paste: bool, end_missing: bool, end_on: date | None, reading: dict[str, Any]) -> None:
    if (file is None) is not paste:
        raise click.UsageError(_("Give a file, or a list on standard input with --paste."))
    if end_on is not None and not end_missing:
        raise click.UsageError(_("--end-on goes only with --end-missing."))
    if reading["every_sheet"] and reading["sheet"] is not None:
        raise click.UsageError(_("Give one sheet, or --all-sheets."))


def _choices(pairs: Sequence[str], fill: Sequence[str], **given: Any) -> Choices:
    from checkin_tui.interchange.lists.choices import Choices
    from checkin_tui.interchange.lists.columns import parse_map

    return Choices(mapping=parse_map(pairs), fill=frozenset(fill), **given)


def _done(call: Call, asked: PreviewImport, roster: Roster, choices: Choices, *, dry: bool, forget: bool) -> Done:
    """What became of the lines, or would become of them."""
    from checkin_tui.cli import import_told as told
    from checkin_tui.domain.requests import ImportMembers

    if dry:
        return told.would_be(call.handle(asked))
    if not asked.lines:
        return told.Done()
    mapping = tuple(choices.mapping.items())
    headers = roster.headers if roster.header_row else ()  # without a header row it is somebody's name
    try:
        change = call.write(ImportMembers, **asked._asdict(), headers=headers, mapping=mapping, forget=forget)
    except CheckInError as error:
        if error.code != _NOTHING:
            raise
        late = told.rejected(error.values["rejected"], error.values["sheets"])
        return told.Done(rejected=late, doubtful=error.values["doubtful"])
    return told.became(change)


def _nothing(call: Call, file: Path | None) -> None:
    from checkin_tui.words import sentence

    call.say(sentence(_NOTHING, {"file": str(file)}))
    click.get_current_context().exit(REFUSED)
