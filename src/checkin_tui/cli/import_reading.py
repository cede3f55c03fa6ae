"""Reading a roster for the command line: a file or a pasted list, with its columns as they were given last time."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import click

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import FileKind
from checkin_tui.domain.reads import LoadMapping
from checkin_tui.i18n import _

if TYPE_CHECKING:
    from checkin_tui.cli.call import Call
    from checkin_tui.domain.imports import Roster
    from checkin_tui.interchange.lists.choices import Choices
    from checkin_tui.interchange.reading.tables import Source

LARGEST: Final = 16 * 1024 * 1024
"""Bytes of a pasted list: a hundred thousand long lines."""


class Read(NamedTuple):
    """A roster as it was read. encoding: of a text, '' of a workbook. remembered: the columns as last time; {} none."""

    roster: Roster
    encoding: str
    remembered: Mapping[str, str]


def read(call: Call, file: Path | None, choices: Choices, *, forget: bool) -> Read:
    """The people of a file; None: of the list on standard input.

    Raises CheckInError as `read_roster` does. forget: what is remembered of such files does not count.
    """
    from checkin_tui.interchange.lists.rosters import open_roster, read_roster
    from checkin_tui.interchange.reading.tables import pasted

    source = pasted(pasted_list(choices.encoding)) if file is None else open_roster(file)
    asks = not (choices.mapping or choices.preset or forget)
    remembered: Mapping[str, str] = {}
    try:
        roster = read_roster(source, choices)
    except CheckInError as error:
        remembered = _for_any_row(call, source, choices) if asks and error.code == "import_no_name" else {}
        if not remembered:
            raise
        roster = read_roster(source, choices._replace(mapping=remembered))
    else:
        if asks and roster.header_row:
            remembered = call.handle(LoadMapping(FileKind.MEMBERS, (roster.headers,)))
        if any(roster.columns.get(field) != header for field, header in remembered.items()):
            roster = read_roster(source, choices._replace(mapping=remembered))
    encoding = choices.encoding if choices.encoding and not source.sheets else source.encoding
    return Read(roster, encoding, remembered)


def _for_any_row(call: Call, source: Source, choices: Choices) -> Mapping[str, str]:
    """What is remembered of a file in which no row looks like a header."""
    from checkin_tui.interchange.lists.rosters import first_headers

    found: Mapping[str, str] = call.handle(LoadMapping(FileKind.MEMBERS, first_headers(source, choices)))
    return found


def pasted_list(encoding: str | None, kind: str = "members") -> str:
    """The text on standard input. kind: the command that reads it."""
    if sys.stdin.isatty():
        said = _("The list comes from standard input: checkin import {kind} --paste < list.txt")
        raise click.UsageError(said.format(kind=kind))
    try:
        data = sys.stdin.buffer.read(LARGEST + 1)
    except OSError:
        raise click.UsageError(_("Standard input cannot be read. Nothing changed.")) from None
    if len(data) > LARGEST:
        raise click.UsageError(_("That is more than a list may hold. Save it as a file. Nothing changed."))
    try:
        return data.decode(encoding or "utf-8-sig")
    except LookupError:
        raise CheckInError("import_unknown_encoding", encoding=encoding) from None
    except UnicodeDecodeError:
        raise click.UsageError(_("The text is not UTF-8. Name its encoding with --encoding.")) from None
