"""`checkin export register`: who was where, as a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from checkin_tui.cli.call import Call
from checkin_tui.cli.options import json_option, pass_call
from checkin_tui.cli.out import file_out, told
from checkin_tui.cli.types import DATE, KEY
from checkin_tui.domain.register import Choice
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.i18n import _
from checkin_tui.interchange.register.formats import BY_NAME, FORMATS, SHORT_ONLY


@click.command("register", help=_("Write the register to FILE: a workbook, or its lines as CSV or JSON."))
@file_out(FORMATS)
@click.option("--long", is_flag=True, help=_("Every event, not only what they add up to."))
@click.option("--session", "keys", type=KEY, multiple=True, help=_("Only this session; several: give it again."))
@click.option("--from", "first", type=DATE, help=_("Only from this date on."))
@click.option("--to", "last", type=DATE, help=_("Only up to this date."))
@json_option
@pass_call
def register(
    call: Call,
    file: Path,
    asked: str | None,
    force: bool,
    long: bool,
    keys: tuple[SessionKey, ...],
    first: date | None,
    last: date | None,
) -> None:
    """Write the file, and say where it is and what it holds."""
    from checkin_tui.interchange.outputs import format_of
    from checkin_tui.interchange.register.files import write_register
    from checkin_tui.words.exports import register_words, written_text

    form = asked or format_of(file, None, BY_NAME)
    if long and form in SHORT_ONLY:
        raise click.UsageError(_("--long does not go with the formats of other programs."))
    choice = Choice(keys, first, last)
    written = write_register(call.context, file, form, register_words(), choice=choice, long=long, force=force)
    told(call, written, written_text(written.rows, "events" if long else "people" if form == "xlsx" else "standings"))
