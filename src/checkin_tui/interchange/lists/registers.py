"""Marks in: a filled register, the sheet of one day, or rows of another program, as what was said of whom and where.

Four shapes, told apart by their columns, and what each can carry:

* `register`: people by sessions. A date or a session key stands above each column. Status, reason, and a time of
  arrival and leaving where the cell has them; our own wide workbook has the letters only: no reasons and no times.
* `day`: one line for each person at one session: status, reason, arrival, last leaving. Moodle's
  `username,scantime,status` is one of them: the arrival's date chooses the session.
* `rows`: the same with a column for the session or its date: our own CSV and JSON, Canvas Roll Call. Times to the
  second; going out and coming back in between is not in it. Roll Call has neither reasons nor leavings.
* `events`: our own `--long` CSV or JSON: every event that still holds, in its order; the standings come out as they
  were, to the second.

None of them carries notes, who is a member, or what a session is; nor which station or operator made a mark.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from checkin_tui.domain import mark_imports
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import NO_NAME, Passed, Place, Rejected
from checkin_tui.domain.mark_imports import MarkLine, Marks
from checkin_tui.domain.mark_words import is_blank
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.domain.text import clean
from checkin_tui.interchange.lists.cells import Refused
from checkin_tui.interchange.lists.choices import Choices
from checkin_tui.interchange.lists.columns import headers_of
from checkin_tui.interchange.lists.headers import Header, find_header
from checkin_tui.interchange.lists.register_rows import Dated, Fields, People, Row, check_person, key_of, wide_marks
from checkin_tui.interchange.lists.register_words import MARK_FIELDS, columns_for
from checkin_tui.interchange.lists.session_dates import Days, Named
from checkin_tui.interchange.lists.totals import told
from checkin_tui.interchange.reading.tables import Source

_TITLE_ROWS: Final = 15
_SUBHEADERS: Final = 3  # rows under the header that may say more of its columns: weekday, kind
_IGNORED: Final = 40


def read_marks(source: Source, choices: Choices, days: Days, zone: ZoneInfo, asked: SessionKey | None = None) -> Marks:
    """What the file says. asked: the session of a file that names none, and the only one taken of a file of many.

    Raises CheckInError as `Source.table` and `find_header` do, import_no_marks (file, headers) for a file of people
    with nothing that could be a mark, import_which_session (file) for a sheet whose title has several dates,
    import_header_only, import_header_row. A cell or a row that cannot be used never stops the others.
    """
    return _Reading(source, choices, days, zone, asked).marks()


class _Reading:
    """One sheet, from the top."""

    def __init__(self, source: Source, choices: Choices, days: Days, zone: ZoneInfo, asked: SessionKey | None) -> None:
        self._file, self._days, self._zone, self._asked = source.file, days, zone, asked
        self._table = source.table(choices.sheet, choices.encoding)
        self._hidden = tuple(one.name for one in source.sheets if one.hidden and one.name != self._table.source)
        self._header = self._find_header(choices)
        self._dated = self._find_dated()
        self._lines: list[MarkLine] = []
        self._rejected: list[Rejected] = []
        self._passed: list[Passed] = []
        self._others = 0
        self._people = People(self._header)

    def _find_header(self, choices: Choices) -> Header:
        rows, at = self._table.rows, None
        if choices.header_row is not None:
            at = choices.header_row - self._table.first_row_number
            if not (0 <= at < len(rows) and any(map(clean, rows[at]))):
                raise CheckInError("import_header_row", file=self._file, row=choices.header_row)
        return find_header(rows, self._file, choices.mapping, columns_for(choices.preset), at=at)

    def _find_dated(self) -> list[Dated]:
        """The columns above which a session stands; it may stand a row above or below the other headers."""
        header, rows = self._header, self._table.rows
        one_session = not header.places.keys().isdisjoint({"session", "status", "arrived", "left"})
        taken = set(header.places.values())
        for position in (header.position, header.position - 1, header.position + 1):
            if not 0 <= position < len(rows) or (one_session and position != header.position):
                continue
            texts = [clean(cell) for cell in rows[position]]
            named = self._days.read_all(["" if place in taken else text for place, text in enumerate(texts)])
            found = [Dated(place, texts[place], one) for place, one in enumerate(named) if one is not None]
            if found:
                return found
        return []

    @property
    def _shape(self) -> str:
        places = self._header.places
        if self._dated:
            return "register"
        if {"kind", "recorded", "active", "session"} <= places.keys():
            return "events"
        if not places.keys() & {"status", "arrived", "left"}:
            headers = headers_of(self._table.rows[self._header.position])
            raise CheckInError("import_no_marks", file=self._file, headers=headers)
        return "rows" if "session" in places else "day"

    def marks(self) -> Marks:
        """All of it."""
        shape, header, table = self._shape, self._header, self._table
        if shape == "register":
            self._read_register()
        else:
            self._read_rows(shape)
        if not (self._lines or self._rejected or self._passed or any(self._rows())):
            raise CheckInError("import_header_only", file=self._file)
        dated = {one.header: one.header for one in self._dated}
        known = {*header.places.values(), *(one.place for one in self._dated)}
        ignored = [text for place, text in enumerate(header.cells) if text and place not in known]
        return Marks(
            tuple(self._lines),
            tuple(sorted(self._rejected, key=lambda one: one.row)),
            {**{field: header.columns[field] for field in MARK_FIELDS if field in header.columns}, **dated},
            table.source,
            shape,
            table.first_row_number + header.position,
            header.cells,
            tuple(self._passed),
            tuple(Place("", one) for one in table.hidden_rows if one > table.first_row_number + header.position),
            self._hidden,
            self._others,
            tuple(ignored[:_IGNORED]),
        )

    def _rows(self) -> Iterator[Row]:
        """The rows below the header that say something, but for totals and the header once more."""
        table, start = self._table, self._header.position + 1
        header = table.rows[start - 1]
        for number, cells in enumerate(table.rows[start:], table.first_row_number + start):
            if cells == header or not any(map(str.strip, cells)):
                continue
            yield self._people.row(number, cells)

    def _persons(self) -> Iterator[Row]:
        """Those that are about somebody. Totals are passed over; nobody's marks are rejected."""
        first = self._table.first_row_number + self._header.position
        begun = False
        for row in self._rows():
            if self._people.is_total(row):
                self._passed.append(Passed(row.number, told([text for text in map(clean, row.cells) if text])))
                continue
            if not row.name and not row.code:
                if (begun or row.number > first + _SUBHEADERS) and self._says_something(row):
                    self._reject(row.number, Refused(NO_NAME))
                continue
            begun = True
            try:
                check_person(row)
            except Refused as refused:
                self._reject(row.number, refused)
                continue
            yield row

    def _says_something(self, row: Row) -> bool:
        """Whether a row of nobody has marks: no heading of a branch, and no total."""
        if self._dated:
            places = {one.place for one in self._dated}
            beside = [clean(text) for place, text in enumerate(row.cells) if place not in places]
            if any(text and not text.isdecimal() for text in beside):
                return False
            cells = [row.cells[place] for place in places if place < len(row.cells)]
        else:
            places = {self._header.places[one] for one in ("status", "arrived") if one in self._header.places}
            cells = [row.cells[place] for place in places if place < len(row.cells)]
        return not all(map(is_blank, cells))

    def _read_register(self) -> None:
        wanted: list[Dated] = []
        others: list[int] = []
        for one in self._dated:
            key, is_asked = key_of(one.named, self._asked)
            if one.named.key is None:
                top = self._table.first_row_number + self._header.position
                self._reject(top, Refused(mark_imports.TWO_DATES, text=one.header))
            elif is_asked:
                wanted.append(one._replace(named=Named(key)))
            else:
                others.append(one.place)
        for row in self._persons():
            for mark in wide_marks(row, wanted):
                if isinstance(mark, Refused):
                    self._reject(row.number, mark)
                else:
                    self._lines.append(mark)
            self._others += sum(place < len(row.cells) and not is_blank(row.cells[place]) for place in others)

    def _read_rows(self, shape: str) -> None:
        rows = list(self._persons())
        fields = Fields(self._header, self._zone, self._sessions_of(rows))
        only = self._only_session(rows, fields) if shape == "day" else None
        if shape == "events":
            rows.sort(key=fields.recorded)
        for row in rows:
            try:
                said = fields.event(row) if shape == "events" else fields.said(row)
                if said is None:
                    continue
                named = fields.session(row)
                if named is None and shape != "day":
                    raise Refused(mark_imports.BAD_SESSION, text="–", header=self._header.columns["session"])
            except Refused as refused:
                self._reject(row.number, refused)
                continue
            if shape == "day":
                day = None if self._asked else fields.day_of_arrival(row)
                named = only if day is None else Named(SessionKey(day))
            key = None if named is None else named.key
            line = MarkLine(row.number, row.code, row.name, row.branch, key, said, step=shape == "events")
            self._add(line, named)

    def _sessions_of(self, rows: Sequence[Row]) -> dict[str, Named | None]:
        place = self._header.places.get("session", -1)
        if place < 0:
            return {}
        texts = list(dict.fromkeys(clean(row.cells[place]) for row in rows if place < len(row.cells)))
        return dict(zip(texts, self._days.read_all(texts), strict=True))

    def _only_session(self, rows: Sequence[Row], fields: Fields) -> Named | None:
        """The session of a sheet of one day: asked for, in its title, or that of all arrivals; None: today's."""
        if self._asked is not None:
            return Named(self._asked, exact=True)
        above = self._table.rows[max(0, self._header.position - _TITLE_ROWS) : self._header.position]
        titles = self._days.inside(cell for row in above for cell in row)
        if len(titles) > 1:
            raise CheckInError("import_which_session", file=self._file)
        if titles:
            return Named(titles[0], exact=True)
        days = {day for row in rows if (day := fields.day_of_arrival(row)) is not None}
        return Named(SessionKey(days.pop())) if len(days) == 1 else None

    def _add(self, line: MarkLine, named: Named | None) -> None:
        key, wanted = key_of(named, self._asked)
        if wanted:
            self._lines.append(line if key == line.key else line._replace(key=key))
        else:
            self._others += 1

    def _reject(self, number: int, refused: Refused) -> None:
        self._rejected.append(Rejected(number, refused.reason_code, refused.values))
