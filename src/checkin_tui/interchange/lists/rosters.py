"""Rosters in: a file of people as clean lines ready to import, and the rows that cannot be used with the reason why."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from checkin_tui.domain import imports
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import Passed, Place, Rejected, Roster, RosterLine
from checkin_tui.domain.text import clean
from checkin_tui.interchange.lists import oneroster
from checkin_tui.interchange.lists.bundles import open_roster, rows_beside
from checkin_tui.interchange.lists.cells import Refused
from checkin_tui.interchange.lists.choices import Choices, check_fill
from checkin_tui.interchange.lists.columns import MEMBERS
from checkin_tui.interchange.lists.headers import Header, find_header, possible_headers
from checkin_tui.interchange.lists.headless import without_header
from checkin_tui.interchange.lists.kinds import refuse_marks
from checkin_tui.interchange.lists.lines import LineReader
from checkin_tui.interchange.reading.tables import Source, Table

__all__ = ["Choices", "Rejected", "Roster", "RosterLine", "first_headers", "open_roster", "read_roster"]

_NO_HEADER: Final = "import_no_name"
# What a spreadsheet calls a sheet that nobody named: it is no branch.
_UNNAMED: Final = re.compile(r"(?:sheet|tabelle|feuil|hoja|foglio|工作表|表)\s*\d+", re.IGNORECASE)


def read_roster(file: Path | Source, choices: Choices = Choices()) -> Roster:  # noqa: B008 -- it cannot be changed
    """The people in the file, or in what was opened already.

    Raises CheckInError as `open_roster` and `find_header` do, import_header_only for a file with nobody in it,
    import_is_marks for one that says who was there, and import_fill. A row that cannot be used never stops the others;
    empty rows, lines of totals and the header row repeated on a later page are passed over. Of several sheets one
    without a header is one rejected row.
    """
    check_fill(choices.fill)
    source = open_roster(file) if isinstance(file, Path) else file
    reading = _Reading(source, choices)
    if choices.every_sheet and source.sheets:
        reading.read_every_sheet()
    else:
        reading.read_sheet(choices.sheet)
    return reading.roster()


def first_headers(source: Source, choices: Choices = Choices()) -> tuple[tuple[str, ...], ...]:  # noqa: B008
    """The rows that may be the header of the (first) sheet that would be read, as cleaned cells.

    By them what was chosen for another file with the same columns is found again. Raises CheckInError as `Source.table`
    does.
    """
    table = source.table(choices.sheet, choices.encoding)
    if choices.header_row is not None:
        at = choices.header_row - table.first_row_number
        return (tuple(map(clean, table.rows[at])),) if 0 <= at < len(table.rows) else ()
    return tuple(possible_headers(table.rows))


class _Sheet(NamedTuple):
    """What stays of a sheet that was read. first: the 1-based number of its first row."""

    source: str
    first: int
    header: Header


class _Reading:
    """What comes out of the sheets of one file, one after the other."""

    def __init__(self, source: Source, choices: Choices) -> None:
        self._source, self._choices = source, choices
        self._read: list[_Sheet] = []
        self._names: list[str] = []
        self._codes: dict[str, int | Place] = {}
        self._lines: list[RosterLine] = []
        self._rejected: list[Rejected] = []
        self._passed: list[Passed] = []
        self._hidden: list[Place] = []

    def read_every_sheet(self) -> None:
        """All visible sheets, but for empty ones. Raises CheckInError where none has a header."""
        refused: CheckInError | None = None
        visible = [sheet for sheet in self._source.sheets if not sheet.hidden]
        for sheet in visible:
            try:
                self.read_sheet(sheet.name, told=sheet.name)
            except CheckInError as error:
                if error.code not in (_NO_HEADER, "import_empty", "import_map_missing", "import_header_row"):
                    raise
                refused = refused or error
                if error.code != "import_empty":
                    headers = {"headers": error.values.get("headers", [])}
                    self._rejected.append(Rejected(1, imports.SHEET_NO_HEADER, headers, sheet.name))
        if not visible:
            self.read_sheet(None)  # which says that there is none
        if not self._read and refused is not None:
            raise refused

    def read_sheet(self, name: str | None, told: str = "") -> None:
        """One sheet, or the text. told: its name in what is said of its rows, '' where it is the only one."""
        table, header = self._header(self._source.table(name, self._choices.encoding))
        branch = "" if _UNNAMED.fullmatch(told) else clean(told)
        reader = LineReader(header, told, branch, self._choices.fill, self._codes, table.uncomputed)
        below = header.position + 1
        reader.look_ahead(table.first_row_number + below, table.rows[below:])
        repeated = table.rows[header.position] if header.position >= 0 else None
        for number, row in enumerate(table.rows[below:], table.first_row_number + below):
            if row == repeated:
                continue
            try:
                line = reader.read(number, row)
            except Refused as refused:
                cells = tuple(map(clean, row))
                self._rejected.append(Rejected(number, refused.reason_code, refused.values, told, cells))
                continue
            if isinstance(line, RosterLine):
                self._lines.append(line)
            elif line is not None:
                self._passed.append(line)
        top = table.first_row_number + header.position
        self._hidden += [Place(told, number) for number in table.hidden_rows if number > top]
        self._read.append(_Sheet(table.source, table.first_row_number, header))
        if self._source.sheets:
            self._names.append(table.source)

    def _header(self, table: Table) -> tuple[Table, Header]:
        """The header of a table, and the table as it is to be read by it."""
        choices, file = self._choices, self._source.file
        if choices.header_row == 0:
            return without_header(table, file, choices.mapping)
        at = None if choices.header_row is None else choices.header_row - table.first_row_number
        if at is not None and not (0 <= at < len(table.rows) and any(map(clean, table.rows[at]))):
            raise CheckInError("import_header_row", file=file, row=choices.header_row)
        try:
            header = find_header(table.rows, file, choices.mapping, MEMBERS, at=at, preset=choices.preset)
        except CheckInError as error:
            if file or at is not None or choices.mapping or error.code != _NO_HEADER:
                raise
            return without_header(table, file, {})  # it was pasted: a list has no header as often as not
        if not header.preset:
            refuse_marks(table.rows, header.position, file)
        if header.preset.startswith("oneroster"):
            rows = oneroster.with_orgs(table.rows[header.position :], partial(rows_beside, self._source))
            table = table._replace(rows=[*table.rows[: header.position], *rows])
            header = find_header(table.rows, file, choices.mapping, MEMBERS, at=header.position, preset=header.preset)
        return table, header

    def roster(self) -> Roster:
        """All of it. Raises CheckInError('import_header_only', file)."""
        if not (self._lines or self._rejected or self._passed):
            raise CheckInError("import_header_only", file=self._source.file)
        source, first, header = self._read[0]
        columns = {field: told for sheet in reversed(self._read) for field, told in sheet.header.columns.items()}
        return Roster(
            tuple(self._lines),
            tuple(self._rejected),
            {field: columns[field] for field in MEMBERS.fields if field in columns},
            source,
            preset=header.preset,
            header_row=first + header.position if header.position >= 0 else 0,
            headers=header.cells,
            passed=tuple(self._passed),
            hidden_rows=tuple(self._hidden),
            hidden_sheets=tuple(s.name for s in self._source.sheets if s.hidden and s.name not in self._names),
            sheets=tuple(self._names),
            unread_sheets=tuple(self._unread()),
        )

    def _unread(self) -> list[str]:
        names = [sheet.name for sheet in self._source.sheets if not sheet.hidden]
        if not set(names) - set(self._names):
            return []  # the usual case, in which nothing has to be looked at
        return [name for name in self._source.filled_sheets() if name not in self._names]
