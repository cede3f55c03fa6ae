"""`checkin export program FILE` and `checkin import program FILE`: everything there is, out and in again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from checkin_tui.cli.call import Call
from checkin_tui.cli.options import json_option, pass_call
from checkin_tui.cli.out import file_out, told
from checkin_tui.domain.archive.records import ImportProgram
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.text import visible
from checkin_tui.i18n import _

FORMATS = ("json", "xlsx")


@click.command(
    "program",
    help=_(
        "Write the whole program to FILE, a JSON file or a workbook: people, sessions, every mark and every version of "
        "every note. checkin import program brings it back. Names, telephone numbers and notes are in the file."
    ),
)
@file_out(FORMATS)
@json_option
@pass_call
def export_program(call: Call, file: Path, asked: str | None, force: bool) -> None:
    """Write the file, and say where it is."""
    from checkin_tui.interchange.archive.files import write_archive
    from checkin_tui.interchange.outputs import format_of
    from checkin_tui.words.archive import private_text, records_text

    written = write_archive(call.context, file, format_of(file, asked, FORMATS), force=force)
    told(call, written, records_text(written.rows))
    call.say(private_text())


@click.command(
    "program",
    help=_(
        "Bring a whole program in from FILE, which checkin export program wrote. The database must have no program "
        "yet; it is made where there is none. All of it comes in or, where something is wrong with the file, nothing."
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help=_("Say what is in it; write nothing."))
@json_option
@pass_call
def import_program(call: Call, file: Path, dry_run: bool) -> None:
    """Write it into a database without a program, and say how much it was."""
    from checkin_tui.interchange.archive.files import open_archive

    request = ImportProgram(call.wiring.new_uid(), call.wiring.clock(), str(file), open_archive(file))
    if dry_run:
        from checkin_tui.services.archive import check

        _refuse_program(call)
        found = check(request)
        _answer(call, found.name, found.counts, written=False)
        call.say(_("Nothing was written: this was a dry run."))
        return
    handler = call.wiring.connect()
    try:
        done = handler.handle(request)
        call.wrote = True
    finally:
        handler.close()
    _answer(call, done.program.terms.name, done.counts, written=True)


def _answer(call: Call, name: str, counts: Mapping[str, int], *, written: bool) -> None:
    from checkin_tui.words.archive import counts_text

    shape = {"name": name, "counts": dict(counts), "written": written}
    call.answer(shape, _("{name}: {counts}.").format(name=visible(name), counts=counts_text(counts)))


def _refuse_program(call: Call) -> None:
    """A database that has a program takes no other. Raises CheckInError `program_exists`."""
    from checkin_tui.store.engine import exists

    if not exists(call.wiring.settings.database):
        return
    try:
        name = call.program.terms.name
    except CheckInError as error:
        if error.code != "no_program":
            raise
        return
    raise CheckInError("program_exists", name=name)
