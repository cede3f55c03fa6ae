"""`checkin import marks FILE`: a filled register or sheet into the program, in one transaction, one undo."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from checkin_tui.cli.call import Call
from checkin_tui.cli.options import F, json_option, pass_call, with_options
from checkin_tui.cli.types import KEY
from checkin_tui.domain.errors import CheckInError
from checkin_tui.exits import REFUSED
from checkin_tui.i18n import _

if TYPE_CHECKING:
    from checkin_tui.domain.mark_imports import Marks, MarksImported
    from checkin_tui.domain.sessions import SessionKey
    from checkin_tui.interchange.lists.choices import Choices
    from checkin_tui.interchange.reading.tables import Source

_NOTHING = "import_nothing"


class Read(NamedTuple):
    """A file of marks as it was read. encoding: of a text, '' of a workbook. remembered: the columns as last time."""

    marks: Marks
    encoding: str
    remembered: Mapping[str, str]


def _reading_options(command: F) -> F:
    return with_options(
        command,
        click.argument("file", type=click.Path(path_type=Path), required=False),
        click.option("--paste", is_flag=True, help=_("Read the list from standard input instead of a file.")),
        click.option("--sheet", help=_("The sheet of a workbook; the first without it.")),
        click.option("--encoding", help=_("The encoding of a text file, where it is guessed wrong.")),
        click.option("--header-row", type=click.IntRange(min=1), metavar="N", help=_("The row with the headers.")),
        click.option("--preset", help=_("The program the file is from: moodle or rollcall; none: of none.")),
        click.option(
            "--map", "pairs", multiple=True, metavar="FIELD=HEADER", help=_("A column by its header: 'status=签到'.")
        ),
        click.option("--forget-map", "forget", is_flag=True, help=_("Forget the columns given for such a file.")),
    )


def _deciding_options(command: F) -> F:
    return with_options(
        command,
        click.option("--session", type=KEY, help=_("The session of a sheet that names none; of a register only this.")),
        click.option("--dry-run", is_flag=True, help=_("Say what would be done; write nothing.")),
        click.option("--guests", is_flag=True, help=_("Let in who is not expected, as guests of the day.")),
        click.option("--overwrite", is_flag=True, help=_("Where the program says something else, the file is right.")),
        click.option("--because", default="", metavar="TEXT", help=_("Why; a closed register needs it.")),
    )


@click.command(
    help=_(
        "Import marks: a filled register (people by dates), the sheet of one day, or rows with a session, from a "
        "workbook or a text file. √ 到 P, 迟到 L, 假 E, 旷 A and times are understood; a blank cell says nothing. What "
        "the program knows better is never overwritten in silence. A row that cannot be used does not stop the rest."
    )
)
@_reading_options
@_deciding_options
@json_option
@pass_call
def marks(
    call: Call,
    /,
    file: Path | None,
    paste: bool,
    pairs: tuple[str, ...],
    forget: bool,
    session: SessionKey | None,
    dry_run: bool,
    guests: bool,
    overwrite: bool,
    because: str,
    **reading: Any,
) -> None:
    """Read the file, write what can be used, and print the counts and what became of the rest."""
    from checkin_tui.cli import import_marks_told as told
    from checkin_tui.domain.reads import PreviewMarks
    from checkin_tui.interchange.lists.choices import Choices
    from checkin_tui.interchange.lists.columns import parse_map
    from checkin_tui.interchange.lists.register_words import MARKS

    if (file is None) is not paste:
        raise click.UsageError(_("Give a file, or a list on standard input with --paste."))
    choices = Choices(mapping=parse_map(pairs, MARKS), **reading)
    call.program  # noqa: B018 -- the database is looked at before a large file is read for nothing
    found = _read(call, file, choices, session, forget=forget)
    asked = PreviewMarks(found.marks.lines, guests, overwrite, because)
    done = _done(call, asked, found, choices, dry=dry_run, forget=forget)
    zone = call.program.terms.zone
    shape = told.shape(done, found, zone, dry=dry_run) if call.json else {}
    call.answer(shape, "" if call.json else told.text(done, found, dry=dry_run))
    for sentence in told.talk(done, found, zone, dry=dry_run, overwrite=overwrite) if not call.json else ():
        call.say(sentence)
    if not done.usable:
        _nothing(call, file)
    if dry_run:
        call.say(_("Nothing was written: this was a dry run."))


def _read(call: Call, file: Path | None, choices: Choices, session: SessionKey | None, *, forget: bool) -> Read:
    """The marks of a file; None: of the list on standard input. Raises CheckInError as `read_marks` does."""
    from checkin_tui.cli.import_reading import pasted_list
    from checkin_tui.domain.imports import FileKind
    from checkin_tui.domain.reads import LoadMapping
    from checkin_tui.interchange.lists.register_json import open_marks
    from checkin_tui.interchange.lists.rosters import first_headers
    from checkin_tui.interchange.reading.tables import pasted

    source = pasted(pasted_list(choices.encoding, "marks")) if file is None else open_marks(file)
    remembered: Mapping[str, str] = {}
    if not (choices.mapping or choices.preset or forget):
        remembered = call.handle(LoadMapping(FileKind.MARKS, first_headers(source, choices)))
        choices = choices._replace(mapping=remembered)
    found = _marks(call, source, choices, session)
    encoding = choices.encoding if choices.encoding and not source.sheets else source.encoding
    return Read(found, encoding, remembered)


def _marks(call: Call, source: Source, choices: Choices, session: SessionKey | None) -> Marks:
    from checkin_tui.domain.calendar import zone_info
    from checkin_tui.domain.reads import LoadSessions
    from checkin_tui.interchange.lists.registers import read_marks
    from checkin_tui.interchange.lists.session_dates import Days

    terms = call.program.terms
    sessions = call.handle(LoadSessions())
    days = Days(terms.first_day, terms.last_day, {one.key.day for one in sessions})
    return read_marks(source, choices, days, zone_info(terms.zone), session)


def _done(call: Call, asked: Any, found: Read, choices: Choices, *, dry: bool, forget: bool) -> MarksImported:
    """What became of the marks, or would become of them."""
    from checkin_tui.domain.mark_imports import MarksImported
    from checkin_tui.domain.requests import ImportMarks

    done: MarksImported
    if dry:
        done = call.handle(asked)
        return done
    if not asked.lines:
        return MarksImported(None)
    mapping = tuple(choices.mapping.items())
    try:
        done = call.write(ImportMarks, **asked._asdict(), headers=found.marks.headers, mapping=mapping, forget=forget)
    except CheckInError as error:
        if error.code != _NOTHING:
            raise
        return MarksImported(None, rejected=error.values["rejected"])
    return done


def _nothing(call: Call, file: Path | None) -> None:
    from checkin_tui.words import sentence

    call.say(sentence(_NOTHING, {"file": str(file)}))
    click.get_current_context().exit(REFUSED)
