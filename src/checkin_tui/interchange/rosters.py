"""Rosters in: a file of people as clean lines ready to import, and the rows that cannot be used with the reason why."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from checkin_tui.domain import imports
from checkin_tui.domain.dates import parse_day
from checkin_tui.domain.imports import Rejected, Roster, RosterLine
from checkin_tui.domain.text import clean, is_whole
from checkin_tui.interchange.columns import Header, find_header
from checkin_tui.interchange.tables import read_table

__all__ = ["Rejected", "Roster", "RosterLine", "parse_leader", "read_roster"]


_YES: Final = frozenset(
    {"yes", "y", "true", "t", "1", "x", "✓", "✔", "√", "是", "有", "对", "领导", "领导干部", "leader"}
)
_NO: Final = frozenset(
    {"", "no", "n", "false", "f", "0", "-", "–", "—", "✗", "✘", "×", "否", "不是", "无", "非", "非领导"}
)
_QUOTED: Final = 40  # characters of a wrong cell that its sentence may quote
_UNSEEN: Final = "\u200b\u200c\u200d\u2060\ufeff\u00ad"  # a name made of joiners alone is no name


class _Refused(Exception):
    """One row cannot be used."""

    def __init__(self, reason_code: str, **values: Any) -> None:
        super().__init__(reason_code)
        self.reason_code = reason_code
        self.values = values


def read_roster(
    path: Path, *, sheet: str | None = None, encoding: str | None = None, mapping: Mapping[str, str] | None = None
) -> Roster:
    """The people in the file at `path`. `mapping` is field -> header, where the table of header words does not know it.

    Raises CheckInError as `read_table` and `find_header` do. A row that cannot be used never stops the others; empty
    rows and the header row repeated on a later page are passed over.
    """
    table = read_table(path, sheet=sheet, encoding=encoding)
    header = find_header(table.rows, str(path), mapping)
    reader = _LineReader(header)
    repeated = table.rows[header.position]
    lines: list[RosterLine] = []
    rejected: list[Rejected] = []
    first = table.first_row_number + header.position + 1
    for number, row in enumerate(table.rows[header.position + 1 :], first):
        if row == repeated:
            continue
        try:
            line = reader.read(number, row)
        except _Refused as refused:
            rejected.append(Rejected(number, refused.reason_code, refused.values))
        else:
            if line is not None:
                lines.append(line)
    return Roster(tuple(lines), tuple(rejected), header.columns, table.source)


class _LineReader:
    """Rows under one header. It remembers the codes it has seen and the texts it has cleaned (a branch comes often)."""

    def __init__(self, header: Header) -> None:
        self._width = header.width
        self._places = header.places
        self._cleaned: dict[str, str] = {}
        self._first_row_of: dict[str, int] = {}

    def read(self, number: int, row: Sequence[str]) -> RosterLine | None:
        """The person in row `number`, None if there is nothing in it. Raises _Refused."""
        cells = self._cells(row)
        if not any(cells.values()):
            return None
        if (place := self._places.get("code")) is not None and place < len(row) and not is_whole(row[place]):
            raise _Refused(imports.CODE_UNSEEN)
        code = self._code(number, cells)
        if len(row) > self._width and any(map(clean, row[self._width :])):
            # A name with a comma in it and no quotes: everything after it would be taken for something else.
            raise _Refused(imports.TOO_MANY_CELLS, cells=len(row), headers=self._width)
        name = _name(cells["name"])
        joined, left = _day("joined", cells), _day("left", cells)
        if joined is not None and left is not None and left < joined:
            raise _Refused(imports.LEFT_BEFORE_JOINED, joined=joined.isoformat(), left=left.isoformat())
        return RosterLine(
            number,
            code,
            name,
            _short("branch", cells),
            _short("title", cells),
            _short("rank", cells),
            _leader(cells),
            joined,
            left,
            _short("phone", cells),
        )

    def _cells(self, row: Sequence[str]) -> dict[str, str]:
        cleaned = self._cleaned
        cells: dict[str, str] = {}
        for field, place in self._places.items():
            text = row[place] if place < len(row) else ""
            known = cleaned.get(text)
            if known is None:
                known = clean(text)
                if field not in ("code", "name", "phone"):
                    cleaned[text] = known
            cells[field] = known
        return cells

    def _code(self, number: int, cells: Mapping[str, str]) -> str:
        """The code of a row, noted even if the row is refused for something else: the second one is the second one."""
        code = cells.get("code", "")
        if not code:
            return ""
        if len(code) > imports.CODE_LIMIT:
            raise _Refused(imports.CODE_TOO_LONG, limit=imports.CODE_LIMIT, length=len(code))
        first = self._first_row_of.setdefault(unicodedata.normalize("NFKC", code), number)
        if first != number:
            raise _Refused(imports.CODE_TWICE, code=code, first_row=first)
        return code


def _name(name: str) -> str:
    if not name.strip(_UNSEEN):
        raise _Refused(imports.NO_NAME)
    if len(name) > imports.NAME_LIMIT:
        raise _Refused(imports.NAME_TOO_LONG, limit=imports.NAME_LIMIT, length=len(name))
    return name


def _short(field: str, cells: Mapping[str, str]) -> str | None:
    """A text that has to fit a column; None without the column."""
    text = cells.get(field)
    if text is not None and (values := imports.text_too_long(field, text)) is not None:
        raise _Refused(imports.TEXT_TOO_LONG, **values)
    return text


def _leader(cells: Mapping[str, str]) -> bool | None:
    text = cells.get("leader")
    try:
        return None if text is None else parse_leader(text)
    except ValueError:
        raise _Refused(imports.BAD_LEADER, text=text[:_QUOTED] if text else "") from None


def _day(field: str, cells: Mapping[str, str]) -> date | None:
    text = cells.get(field)
    try:
        return parse_day(text) if text else None
    except ValueError:
        raise _Refused(imports.BAD_DATE, field=field, text=text[:_QUOTED] if text else "") from None


def parse_leader(text: str) -> bool:
    """Whether a cell of the leader column says yes; an empty one says no. Raises ValueError when it says neither."""
    word = unicodedata.normalize("NFKC", text).strip().casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueError("leader")
