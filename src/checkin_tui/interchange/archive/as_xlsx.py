"""The whole program as a workbook: a sheet for every part, with the columns the records of JSON have.

Every cell is a text. One too long for a cell goes on in the row below, whose first cell is blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from checkin_tui.domain.archive.fields import BY_NAME, FIELDS, Field
from checkin_tui.domain.archive.records import FORMAT, PARTS, VERSION, Entry
from checkin_tui.domain.calendar import local
from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.outputs import Progress
from checkin_tui.interchange.reading.tables import Source, open_source
from checkin_tui.interchange.reading.tabular import FILLED_LIMIT
from checkin_tui.interchange.register.book import MOST_ROWS, Book, put_text, workbook
from checkin_tui.interchange.written import neutral_lines
from checkin_tui.services.archive import count_entries, entry_pages
from checkin_tui.services.context import Context
from checkin_tui.services.status import program_of

ABOUT: Final = "about"
PIECE: Final = 10_000
"""Characters of one cell. It holds 32,767 UTF-16 units: a character takes up to two, what makes it neutral some."""
_FOOTER: Final = "&P / &N"


def write_xlsx(ctx: Context, draft: Path, progress: Progress) -> int:
    """Write the workbook. Returns how many records there are in it. Raises CheckInError `archive_too_many` (rows)."""
    counts, program = count_entries(ctx), program_of(ctx)
    name, total, done = program.terms.name, sum(counts.values()), 0
    cells = sum(count * len(FIELDS[part]) for part, count in counts.items())
    with workbook(draft, name, local(ctx.clock(), program.terms.zone), cells) as book:
        about = book.sheet(ABOUT, name, _FOOTER)
        for row, line in enumerate((("format", FORMAT), ("version", str(VERSION)))):
            for column, text in enumerate(line):
                about.raw.write_string(row, column, text)
        sheets: dict[str, _Part] = {}
        for part, records in entry_pages(ctx):
            sheet = sheets.get(part) or sheets.setdefault(part, _Part(book, part, name))
            for record in records:
                sheet.write(record)
            done += len(records)
            progress(done, total)
    return done


class _Part:
    """One sheet being written."""

    def __init__(self, book: Book, part: str, program: str) -> None:
        self._fields = FIELDS[part]
        self._sheet = book.sheet(part, program, _FOOTER)
        self._plain = book.format()
        self._row, self._filled = 1, 0
        self._sheet.raw.freeze_panes(1, 0)
        for column, field in enumerate(self._fields):
            self._sheet.raw.write_string(0, column, field.name, book.format(bold=True))

    def write(self, record: Mapping[str, Any]) -> None:
        texts = [(at, cell_of(field, record)) for at, field in enumerate(self._fields) if field.name in record]
        for start in range(0, max(len(text) for _, text in texts), PIECE):
            for column, text in texts:
                piece = text[start : start + PIECE]
                if piece:
                    self._filled += 1
                    put_text(self._sheet.raw, self._row, column, neutral_lines(piece), self._plain)
            self._row += 1
        if self._row > MOST_ROWS or self._filled > FILLED_LIMIT:
            raise CheckInError("archive_too_many", rows=self._row - 1)


def cell_of(field: Field, record: Mapping[str, Any]) -> str:
    """The value as the text of a cell."""
    return field.kind.to_cell(record[field.name])


def read_xlsx(path: Path) -> Iterator[Entry]:
    """The records of the workbook, sheet by sheet.

    Raises CheckInError: `archive_foreign`, `archive_newer`, and those of `tables.open_source` and `Source.table`.
    """
    source = open_source(path)
    names = {sheet.name for sheet in source.sheets}
    if ABOUT not in names:
        raise CheckInError("archive_foreign", file=str(path))
    _check_about(source)
    for part in PARTS:
        if part in names:
            yield from _entries(source, part)


def _check_about(source: Source) -> None:
    said = {row[0]: row[1] for row in source.table(ABOUT).rows if len(row) > 1}
    version = said.get("version", "")
    if said.get("format") != FORMAT or not (version.isascii() and version.isdecimal()) or len(version) > 9:
        raise CheckInError("archive_foreign", file=source.file)
    if int(version) > VERSION:
        raise CheckInError("archive_newer", file=source.file, version=int(version))


def _entries(source: Source, part: str) -> Iterator[Entry]:
    table = source.table(part)
    header = table.rows[0]
    row, cells = 0, [""]
    for number, line in enumerate(table.rows[1:], table.first_row_number + 1):
        if line[0]:
            if row:
                yield Entry(part, row, _values(part, header, cells))
            row, cells = number, list(line)
        elif any(line):
            if len(line) != len(cells):
                raise CheckInError("archive_field", file=source.file, part=part, row=number, field=header[0])
            cells = [before + more for before, more in zip(cells, line, strict=True)]
    if row:
        yield Entry(part, row, _values(part, header, cells))


def _values(part: str, header: Sequence[str], cells: Sequence[str]) -> dict[str, Any]:
    """What JSON would have. What cannot be such a value stays a text, which is refused where it is looked at."""
    fields, found = BY_NAME[part], dict[str, Any]()
    for name, text in zip(header, cells, strict=False):
        if text:
            field = fields.get(name)
            try:
                found[name] = text if field is None else field.kind.from_cell(text)
            except (ValueError, LookupError, RecursionError):
                found[name] = text
    return found
