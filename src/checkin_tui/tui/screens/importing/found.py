"""What is found in a file: its people or why there are none, its columns with samples, and what may be chosen anew."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import FileKind, Roster
from checkin_tui.domain.reads import LoadMapping
from checkin_tui.domain.text import clean
from checkin_tui.tui.screens.importing.work import off_loop

if TYPE_CHECKING:
    from checkin_tui.interchange.lists.choices import Choices
    from checkin_tui.interchange.reading.tables import Source, Table

SAMPLES: Final = 3
LOOKED_AT: Final = 50
"""Rows among which the samples are looked for."""

HEADERS_SHOWN: Final = 60
"""Characters of a row that may be the header."""

ALL_SHEETS: Final = "*"
"""What may not be the name of a sheet, for: all of them. ([MS-XLS] and the programs forbid it in names.)"""

Ask = Callable[..., Awaitable[Any]]


class FoundColumn(NamedTuple):
    """A column of the file. number: from 1. header: '' for a blank one, and in a list without. field: '' not taken."""

    number: int
    header: str
    samples: tuple[str, ...]
    field: str = ""


class Found(NamedTuple):
    """How a file reads. choices: those it was read by. roster: its people; None, and `trouble`, where it has none.

    heads: the rows that may be the header, with what they say. header_row: the one its columns are told by, 0 none.
    remembered: field -> header, as given for such a file before.
    """

    choices: Choices
    roster: Roster | None
    trouble: CheckInError | None
    columns: tuple[FoundColumn, ...] = ()
    heads: tuple[tuple[int, str], ...] = ()
    header_row: int = 0
    remembered: Mapping[str, str] = {}


def opened(file: str | Path) -> Source:
    """The file at that path, or a pasted list. Raises CheckInError as `open_roster` does."""
    from checkin_tui.interchange.lists.rosters import open_roster  # needed only here
    from checkin_tui.interchange.reading.tables import pasted

    return open_roster(file) if isinstance(file, Path) else pasted(file)


async def look(source: Source, choices: Choices, ask: Ask, *, fresh: bool = False) -> Found:
    """The file as it reads by these choices, and by what was given for such a file before. It is no trouble to have
    no people: that is told in what is found.

    fresh: what was given before does not count. ask: answers `LoadMapping`; may raise CheckInError.
    """
    from checkin_tui.interchange.lists.rosters import first_headers

    found = await off_loop(lambda: read(source, choices))
    if choices.mapping or choices.preset or fresh:
        return found
    rows: tuple[tuple[str, ...], ...] = ()
    if found.roster is not None:
        rows = (found.roster.headers,) if found.roster.header_row else ()
    elif found.trouble is not None and found.trouble.code == "import_no_name":
        rows = await off_loop(lambda: first_headers(source, choices))
    remembered: Mapping[str, str] = await ask(LoadMapping(FileKind.MEMBERS, rows)) if rows else {}
    columns = {} if found.roster is None else found.roster.columns
    if any(columns.get(field, "") != header for field, header in remembered.items()):
        found = await off_loop(lambda: read(source, choices._replace(mapping=remembered)))
    return found._replace(remembered=remembered)


def read(source: Source, choices: Choices) -> Found:
    """The file as it reads by exactly these choices."""
    from checkin_tui.interchange.lists.rosters import read_roster

    roster, trouble = None, None
    try:
        roster = read_roster(source, choices)
    except CheckInError as error:
        trouble = error
    sheet = roster.sheets[0] if roster is not None and roster.sheets else choices.sheet
    try:
        table = source.table(sheet, choices.encoding)
    except CheckInError as error:
        return Found(choices, roster, trouble or error)
    found = Found(choices, roster, trouble)
    return (
        with_columns(found, table) if roster is None else with_columns(found, table, roster.columns, roster.header_row)
    )


def with_columns(
    found: Found, table: Table, taken: Mapping[str, str] | None = None, header_row: int | None = None
) -> Found:
    """The same with the columns of its table. taken, header_row: field -> header as they were read; None: they were
    not, and the columns are those of the row that was chosen, else of the one that says most.
    """
    from checkin_tui.interchange.lists.headers import HEADER_ROWS

    first = table.first_row_number
    filled = ((number, row) for number, row in enumerate(table.rows, first) if any(map(clean, row)))
    heads = list(islice(filled, HEADER_ROWS))
    told = tuple((number, _told(row)) for number, row in heads)
    if header_row is not None:
        at = header_row
    elif found.choices.header_row is not None:
        at = found.choices.header_row
    else:  # the row that says most, among those that may be the header: there the columns can be given
        at = max(heads, key=lambda head: (sum(map(bool, head[1])), -head[0]))[0] if heads else 0
    below = table.rows[max(0, at - first + 1) : max(0, at - first + 1) + LOOKED_AT]
    header = table.rows[at - first] if 0 <= at - first < len(table.rows) and at else []
    width = max(map(len, [header, *below]), default=0)
    fields = _fields(found.choices.mapping, taken, at)
    columns = []
    for place in range(width):
        text = clean(header[place]) if place < len(header) else ""
        cells = (clean(row[place]) for row in below if place < len(row))
        samples = tuple(islice((cell for cell in cells if cell), SAMPLES))
        field = fields.pop(text if at else f"#{place + 1}", "")  # of several with one header it is the first
        if text or samples:
            columns.append(FoundColumn(place + 1, text, samples, field))
    return found._replace(columns=tuple(columns), heads=told, header_row=at)


def _told(row: Sequence[str]) -> str:
    return ", ".join(text for text in map(clean, row) if text)[:HEADERS_SHOWN]


def _fields(mapping: Mapping[str, str], taken: Mapping[str, str] | None, at: int) -> dict[str, str]:
    """Header (without a header row: #number) -> the field it was taken for, or is to be taken for."""
    if taken is not None:
        return {header: field for field, header in taken.items()}
    return {header if at else f"#{header}": field for field, header in mapping.items() if header}


def remapped(found: Found, number: int, field: str) -> Mapping[str, str]:
    """The mapping with which column `number` is taken for `field`, '' for none; the others stay as they are.

    A field belongs to one column: the one that had it is not taken any more.
    """
    column = next(each for each in found.columns if each.number == number)
    key = column.header if found.header_row else str(column.number)
    mapping = dict(found.choices.mapping)
    if not found.header_row:  # what is said of a list without a header row is all that counts
        mapping = {each.field: str(each.number) for each in found.columns if each.field}
    if column.field:
        mapping[column.field] = ""
    if field:
        mapping[field] = key
    elif not column.field:
        return found.choices.mapping
    return mapping


def rechosen(choices: Choices, name: str, value: str) -> Choices:
    """The choices after one of them was made anew; what was said of the columns of something else counts no more."""
    if name == "sheet":
        every = value == ALL_SHEETS
        changed = choices._replace(sheet=None if every else value, every_sheet=every, header_row=None, preset=None)
    elif name == "encoding":
        changed = choices._replace(encoding=value)
    elif name == "header":
        changed = choices._replace(header_row=int(value))
    else:
        changed = choices._replace(preset=value)
    return changed._replace(mapping={})
