"""One row of a roster as a person, or the reason why it is none."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Final

from checkin_tui.domain import imports
from checkin_tui.domain.imports import Passed, Place, RosterLine
from checkin_tui.domain.text import clean, is_whole
from checkin_tui.interchange.lists.cells import Refused, a_leader, a_name, both_days, is_cut
from checkin_tui.interchange.lists.columns import FAMILY, GIVEN, MEMBERS, plain, plain_words
from checkin_tui.interchange.lists.headers import Header
from checkin_tui.interchange.lists.kinds import days_of
from checkin_tui.interchange.lists.names import whole_name
from checkin_tui.interchange.lists.presets import PRESETS
from checkin_tui.interchange.lists.totals import hints_at_total, is_total, may_be_total, told

_OWN: Final = frozenset({"code", "name", GIVEN, FAMILY, "phone"})  # hardly ever the same in two rows


class LineReader:
    """Rows under one header.

    sheet: the sheet that is told with each row, '' for none. branch: the one of a row without one. fill: the fields
    whose blank cell takes the one above. codes: those seen already, with where; several sheets share them. uncomputed:
    as that of `Table`. It remembers the texts it has cleaned (a branch comes often).
    """

    def __init__(
        self,
        header: Header,
        sheet: str = "",
        branch: str = "",
        fill: Collection[str] = (),
        codes: dict[str, int | Place] | None = None,
        uncomputed: Sequence[int] = (),
    ) -> None:
        self._width, self._spare = header.width, header.spare
        # What comes often is cleaned once; a name, a code or a telephone hardly ever comes again.
        self._columns = [(field, place, field not in _OWN) for field, place in header.places.items()]
        self._needed_width = max(header.places.values()) + 1
        self._code_place, self._name_place = header.places.get("code"), header.places.get("name")
        found, matter = iter(uncomputed), (self._code_place, self._name_place)
        self._uncomputed = {(row, place) for row, place in zip(found, found, strict=True) if place in matter}
        self._texts = [field for field in ("branch", "title", "rank", "phone") if field in header.places]
        self._is_dated = "joined" in header.places or "left" in header.places
        self._sheet, self._branch = sheet, branch
        self._codes = {} if codes is None else codes
        self._cleaned: dict[str, str] = {}
        self._above = {field: "" for field in fill if field in header.places}
        self._in_parts = GIVEN in header.places or FAMILY in header.places
        self._head = header.cells[header.places["name"]] if header.cells and "name" in header.places else None
        preset = PRESETS.get(header.preset)
        headers = [plain(cell) for cell in header.cells] if preset else []
        self._passed = [
            (headers.index(plain(one)), one, plain_words(words))
            for one, words in (preset.passed.items() if preset else ())
            if plain(one) in headers
        ]
        self._preset = preset is not None
        self._day_place = headers.index(plain(preset.daily)) if preset and plain(preset.daily) in headers else None
        self._newest: dict[tuple[str, str], int] = {}

    def look_ahead(self, first: int, rows: Sequence[Sequence[str]]) -> None:
        """Of a list with a row for each day find each person's newest; without a day the last row is. first: number."""
        place = self._day_place
        if place is None:
            return
        newest: dict[tuple[str, str], date] = {}
        days = days_of([row[place] if place < len(row) else "" for row in rows])
        for number, (row, day) in enumerate(zip(rows, days, strict=True), first):
            cells = self._cells(row)
            who = cells.get("code", "") or cells["name"], cells["name"]
            if day >= newest.get(who, date.min):
                newest[who], self._newest[who] = day, number

    def read(self, number: int, row: Sequence[str]) -> RosterLine | Passed | None:
        """The person in row `number`; None if there is nothing new in it. Raises Refused."""
        cells = self._cells(row)
        if not any(cells.values()) and (number, self._name_place) not in self._uncomputed:
            return None
        code, name, branch = cells.get("code", ""), cells["name"], cells.get("branch", "")
        if (not name or not (code or branch) or may_be_total(name, code, branch)) and self._is_total(
            row, name, code, branch
        ):
            return Passed(number, told(_texts(row)), self._sheet)
        if name == self._head and self._is_header(cells):
            return None
        for place, title, words in self._passed:
            if place < len(row) and plain(row[place]) in words:
                return Passed(number, f"{told([name or code])} ({title}: {told([clean(row[place])])})", self._sheet)
        if self._newest.get((code or name, name), number) != number:
            return None
        return self._line(number, row, cells)

    def _line(self, number: int, row: Sequence[str], cells: dict[str, str]) -> RosterLine:
        code = ""
        for field, place in (("code", self._code_place), ("name", self._name_place)):
            if (number, place) in self._uncomputed:
                raise Refused(imports.NOT_COMPUTED, field=field)
        if self._code_place is not None and self._code_place < len(row):
            if not is_whole(row[self._code_place]):
                raise Refused(imports.CODE_UNSEEN)
            code = self._code(number, cells["code"])
        if len(row) > self._width and any(map(clean, row[self._width :])):
            # A name with a comma in it and no quotes: everything after it would be taken for something else.
            raise Refused(imports.TOO_MANY_CELLS, cells=len(row), headers=self._width)
        name = a_name(cells["name"])
        if self._above:
            self._take_from_above(cells)
        if len(row) < self._needed_width:
            self._leave_out(cells, len(row))
        joined, left = both_days(cells) if self._is_dated else (None, None)
        self._check_texts(cells)
        get = cells.get
        branch, leader = get("branch"), get("leader")
        return RosterLine(
            number,
            code,
            name,
            branch or self._branch or branch,
            get("title"),
            get("rank"),
            None if leader is None else a_leader(leader),
            joined,
            left,
            get("phone"),
            self._sheet,
        )

    def _cells(self, row: Sequence[str]) -> dict[str, str]:
        cleaned = self._cleaned
        cells: dict[str, str] = {}
        if len(row) < self._needed_width:
            row = [*row, *[""] * (self._needed_width - len(row))]
        for field, place, is_shared in self._columns:
            text = row[place]
            if not is_shared:
                cells[field] = clean(text)
                continue
            known = cleaned.get(text)
            if known is None:
                known = cleaned[text] = clean(text)
            cells[field] = known
        if self._preset:
            self._look_further(row, cells)
        if self._in_parts:
            cells["name"] = cells.get("name") or whole_name(cells.pop(GIVEN, ""), cells.pop(FAMILY, ""))
        return cells

    def _look_further(self, row: Sequence[str], cells: dict[str, str]) -> None:
        """Blank cells take what the next column for the same says; so does a code that is too long to be one here."""
        for field, places in self._spare.items():
            for place in places:
                if cells[field] and (field != "code" or len(cells[field]) <= imports.CODE_LIMIT):
                    break
                cells[field] = clean(row[place]) if place < len(row) else ""
        if len(cells.get("code", "")) > imports.CODE_LIMIT:
            cells["code"] = ""

    def _take_from_above(self, cells: dict[str, str]) -> None:
        for field, above in self._above.items():
            cells[field] = self._above[field] = cells[field] or above

    def _leave_out(self, cells: dict[str, str], width: int) -> None:
        """A row that ends early says nothing of the columns behind its end, and not that they are blank."""
        for field, place, _ in self._columns:
            if place >= width and field != "name" and not cells.get(field, ""):
                cells.pop(field, None)

    def _is_total(self, row: Sequence[str], name: str, code: str, branch: str) -> bool:
        if not hints_at_total(name) and (row[0] == name or not hints_at_total(next(filter(str.strip, row), ""))):
            return False
        return is_total(_texts(row), name, code, branch)

    def _is_header(self, cells: Mapping[str, str]) -> bool:
        """Whether the row is the header once more, perhaps in other words: a second line of it, or another page."""
        return all(
            not text or text == self._head or MEMBERS.known.get(plain(text), ("",))[0] == field
            for field, text in cells.items()
        )

    def _check_texts(self, cells: Mapping[str, str]) -> None:
        """Raises Refused for a text that does not fit its column, or of which a spreadsheet left little."""
        for field in self._texts:
            text = cells.get(field, "")
            if len(text) > imports.NAME_LIMIT and (values := imports.text_too_long(field, text)) is not None:
                raise Refused(imports.TEXT_TOO_LONG, **values)
            if "+" in text and field == "phone" and is_cut(text):
                raise Refused(imports.NUMBER_CUT, field=field, text=text)

    def _code(self, number: int, code: str) -> str:
        """The code of a row, noted even if the row is refused for something else: the second one is the second one."""
        if not code:
            return ""
        if len(code) > imports.CODE_LIMIT:
            raise Refused(imports.CODE_TOO_LONG, limit=imports.CODE_LIMIT, length=len(code))
        if "+" in code and is_cut(code):
            raise Refused(imports.NUMBER_CUT, field="code", text=code)
        place = Place(self._sheet, number) if self._sheet else number
        first = self._codes.setdefault(code if code.isascii() else unicodedata.normalize("NFKC", code), place)
        if first != place:
            raise Refused(imports.CODE_TWICE, code=code, first_row=self._row_told(first))
        return code

    def _row_told(self, place: int | Place) -> int | str:
        if isinstance(place, int):
            return place
        return place.row if place.sheet == self._sheet else f"{place.sheet}!{place.row}"


def _texts(row: Sequence[str]) -> list[str]:
    return [text for text in map(clean, row) if text]
