"""Rows of a file of marks as people and what is said of them, whatever shape the file has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from checkin_tui.domain import imports, mark_imports
from checkin_tui.domain.attendance.events import EventKind, Status
from checkin_tui.domain.mark_imports import MarkLine
from checkin_tui.domain.mark_words import REMARK_LIMIT, Said, When, is_blank, read_mark, read_reason, read_when
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.domain.text import clean
from checkin_tui.interchange.lists.cells import Refused, is_cut
from checkin_tui.interchange.lists.columns import FAMILY, GIVEN
from checkin_tui.interchange.lists.headers import Header
from checkin_tui.interchange.lists.names import whole_name
from checkin_tui.interchange.lists.session_dates import Named
from checkin_tui.interchange.lists.totals import hints_at_total, is_total

_QUOTED: Final = 40  # characters of a wrong cell that its sentence may quote
_NO: Final = frozenset({"no", "false", "0"})


class Row(NamedTuple):
    """A row below the header: the 1-based number, whom it names, and its cells."""

    number: int
    code: str
    name: str
    branch: str | None
    cells: Sequence[str]


class Dated(NamedTuple):
    """A column that is about one session: its place, its header, and the session."""

    place: int
    header: str
    named: Named


class People:
    """Who a row is about, by the columns that name people."""

    def __init__(self, header: Header) -> None:
        self._places = header.places
        self._cleaned: dict[str, str] = {}

    def row(self, number: int, cells: Sequence[str]) -> Row:
        """The row; code and name are '' in one that is about nobody. Raises Refused."""
        code, name = self._cell(cells, "code"), self._cell(cells, "name")
        if not name and (GIVEN in self._places or FAMILY in self._places):
            name = whole_name(self._cell(cells, GIVEN), self._cell(cells, FAMILY))
        branch = self._cell(cells, "branch") if "branch" in self._places else None
        return Row(number, code, name, branch, cells)

    def is_total(self, row: Row) -> bool:
        """Whether it is a line of totals or says who made the list."""
        texts = [text for text in map(clean, row.cells) if text]
        if not texts or not (hints_at_total(row.name) or hints_at_total(texts[0])):
            return False
        return is_total(texts, row.name, row.code, row.branch or "")

    def _cell(self, cells: Sequence[str], field: str) -> str:
        place = self._places.get(field, -1)
        if not 0 <= place < len(cells):
            return ""
        text = cells[place]
        known = self._cleaned.get(text)
        if known is None:
            known = self._cleaned[text] = clean(text)
        return known


def check_person(row: Row) -> None:
    """Raises Refused for a row that can be about nobody."""
    if not row.name and not row.code:
        raise Refused(imports.NO_NAME)
    if len(row.code) > imports.CODE_LIMIT:
        raise Refused(imports.CODE_TOO_LONG, limit=imports.CODE_LIMIT, length=len(row.code))
    if is_cut(row.code):
        raise Refused(imports.NUMBER_CUT, field="code", text=row.code)
    if len(row.name) > imports.NAME_LIMIT:
        raise Refused(imports.NAME_TOO_LONG, limit=imports.NAME_LIMIT, length=len(row.name))


def wide_marks(row: Row, columns: Sequence[Dated]) -> Iterator[MarkLine | Refused]:
    """The marks of a person's row in a register: a cell for each session. A wrong cell does not stop the others."""
    for place, header, named in columns:
        text = row.cells[place] if place < len(row.cells) else ""
        if not text:
            continue
        try:
            said = read_mark(text)
        except ValueError:
            yield Refused(mark_imports.BAD_MARK, text=clean(text)[:_QUOTED], header=header)
            continue
        if said is not None:
            yield MarkLine(row.number, row.code, row.name, row.branch, named.key, said, header)


class Fields:
    """Reads a row that is about one session by its columns."""

    def __init__(self, header: Header, zone: ZoneInfo, days: Mapping[str, Named | None]) -> None:
        self._places, self._cells = header.places, header.columns
        self._zone, self._days = zone, days

    def text(self, row: Row, field: str) -> str:
        """The cell of that column, cleaned."""
        place = self._places.get(field, -1)
        return clean(row.cells[place]) if 0 <= place < len(row.cells) else ""

    def session(self, row: Row) -> Named | None:
        """The session the row names; None for a blank cell. Raises Refused."""
        text = self.text(row, "session")
        if not text:
            return None
        named = self._days.get(text)
        if named is None:
            raise self._wrong(mark_imports.BAD_SESSION, text, "session")
        if named.key is None:
            raise Refused(mark_imports.TWO_DATES, text=text[:_QUOTED])
        return named

    def said(self, row: Row) -> Said | None:
        """What the row says; None where it says nothing. Raises Refused."""
        said = self._status(row) or Said()
        at, left = self._when(row, "arrived") or said.at, self._when(row, "left") or said.left
        if at is None and self.text(row, "stamp") and not self.text(row, "course"):
            at = self._when(row, "stamp")  # Canvas has there when the roll was called, not when somebody came
        why = self.text(row, "reason")
        reason, remark = said.reason, said.remark
        if why and not is_blank(why):
            given = read_reason(why)
            if given is not None and said.status is Status.EXCUSED:
                reason = given
            elif said.status is not None:
                remark = remark or why[:REMARK_LIMIT]
        if at is not None and said.status is not None and not said.status.attended:
            raise Refused("at_needs_attended")
        if said.status is None and at is None and left is None:
            return None
        return said._replace(reason=reason, at=at, left=left, remark=remark)

    def event(self, row: Row) -> Said | None:
        """What one event says; None for one that was taken back. Raises Refused."""
        kind, active = self.text(row, "kind"), self.text(row, "active").casefold()
        if active in _NO or kind == EventKind.WITHDRAWN:
            return None
        remark = self.text(row, "because")[:REMARK_LIMIT]
        happened = self._when(row, "happened")
        if kind == EventKind.ARRIVED:
            return Said(at=happened, came=happened is None, remark=remark)
        if kind == EventKind.LEFT and happened is not None:
            return Said(left=happened, remark=remark)
        said = self._status(row) if kind == EventKind.MARKED else None
        if said is None:
            raise self._wrong(mark_imports.BAD_MARK, kind, "kind")
        return said._replace(reason=read_reason(self.text(row, "reason")), remark=remark)

    def recorded(self, row: Row) -> str:
        """By what events are put in order: all were written in one zone, so that as texts they are as in time."""
        return self.text(row, "recorded")

    def day_of_arrival(self, row: Row) -> date | None:
        """The date that stands with the time of arrival or leaving, if any."""
        for field in ("arrived", "left"):
            try:
                when = self._when(row, field)
            except Refused:
                continue
            if when is not None and when.day is not None:
                return when.day
        return None

    def _status(self, row: Row) -> Said | None:
        text = self.text(row, "status")
        if not text:
            return None
        if row.name and "".join(text.split()) == "".join(row.name.split()):
            return Said(Status.PRESENT)  # signed
        try:
            return read_mark(text)
        except ValueError:
            raise self._wrong(mark_imports.BAD_MARK, text, "status") from None

    def _when(self, row: Row, field: str) -> When | None:
        text = self.text(row, field)
        if not text:
            return None
        try:
            return read_when(text, self._zone)
        except ValueError:
            raise self._wrong(mark_imports.BAD_TIME, text, field) from None

    def _wrong(self, code: str, text: str, field: str) -> Refused:
        return Refused(code, text=text[:_QUOTED], header=self._cells.get(field, field))


def key_of(named: Named | None, asked: SessionKey | None) -> tuple[SessionKey | None, bool]:
    """The session of a mark, and whether it is (one of) those asked for. A date alone may be any session of it."""
    if asked is None or named is None or named.key is None:
        return (asked if named is None else named.key), True
    if named.exact or named.key.day != asked.day:
        return named.key, named.key == asked
    return asked, True
