"""XLSX workbooks: looked over before they are opened, then read by calamine.

calamine lays a sheet out as one dense block from its first to its last cell and ends the whole process when the memory
for that is not there, so how much a file will unfold to is found out first.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final
from xml.parsers import expat

from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.reading.number_formats import Kind, number_text, value_text
from checkin_tui.interchange.reading.sheet_extent import SheetFacts, count_filled, exact_area, scan, without_blanks
from checkin_tui.interchange.reading.tabular import (
    AREA_LIMIT,
    SheetInfo,
    Table,
    as_placed,
    fill_down,
    too_many_cells,
)
from checkin_tui.interchange.reading.xlsx_package import SHEET_NAME, Package
from checkin_tui.interchange.reading.xml_parts import TooFar, tag_parts
from checkin_tui.interchange.reading.zip_parts import Archive, Member, deflated, unpacked
from checkin_tui.interchange.written import as_written

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

LARGE_PART: Final = 64 << 20  # bytes of a sheet's XML from which its blank cells are thrown out before it is read
TEXT_LIMIT: Final = 96 << 20  # bytes of the text that all cells come to
EXACT_LIMIT: Final = 1_200_000  # tags of a sheet that has to be measured cell by cell

# A cell as every common writer puts it: its type, and its value or the number of its string.
_VALUE: Final = re.compile(rb'<c r="[A-Z]{1,3}\d+"(?: s="\d+")?(?: t="(\w+)")?><v>([^<]*)</v>')


class Workbook:
    """An XLSX workbook. Raises CheckInError: import_too_large, import_encrypted, import_unreadable."""

    def __init__(self, archive: Archive, file: str) -> None:
        self._archive, self._file = archive, file
        with damage_told(file):
            self._package = Package(archive)
            self.sheets: tuple[SheetInfo, ...] = self._package.sheets
        self._strings = array("L")
        self._kinds: dict[int, Kind] | None = None

    def table(self, name: str) -> Table:
        """The sheet of that name. Raises CheckInError as the class does, and import_empty."""
        with damage_told(self._file):
            if self._kinds is None:
                self._strings, self._kinds = self._package.strings(), self._package.kinds()
            part = self._package.part_of(name)
            sheet, facts = self._looked_over(part, self._kinds)
            return self._read(sheet, facts, name, self._kinds)

    def holds(self, name: str) -> bool:
        """Whether the sheet of that name holds anything; one that cannot be read does."""
        try:
            with damage_told(self._file):
                pieces = tag_parts(unpacked(self._archive.member(self._package.part_of(name))))
                return any(map(count_filled, pieces))
        except CheckInError:
            return True

    def _looked_over(self, part: str, kinds: dict[int, Kind]) -> tuple[Member, SheetFacts]:
        """The sheet's part as calamine may have it, and what is found in it. Refuses what it would unfold too far."""
        sheet = self._archive.member(part)
        if sheet.size > LARGE_PART:
            sheet = deflated(without_blanks(unpacked(sheet)))
        facts = scan(unpacked(sheet), kinds.keys())
        if facts.bound is not None and facts.bound > AREA_LIMIT:
            sheet = deflated(without_blanks(unpacked(sheet)))
            facts = scan(unpacked(sheet), kinds.keys())
        fits = facts.bound is not None and facts.bound <= AREA_LIMIT
        if not fits and (facts.tags > EXACT_LIMIT or exact_area(unpacked(sheet)) > AREA_LIMIT):
            raise too_many_cells(self._file)
        longest = max(self._strings, default=0)
        if facts.filled * longest > TEXT_LIMIT and self._text_bound(sheet, facts.filled, longest) > TEXT_LIMIT:
            raise self._too_much_text()
        return sheet, facts

    def _text_bound(self, sheet: Member, filled: int, longest: int) -> int:
        """No fewer bytes than all cells come to that show a shared string; those of numbers count as nothing."""
        total = 0
        for piece in tag_parts(unpacked(sheet)):
            for kind, value in _VALUE.findall(piece):
                filled -= 1
                if kind == b"s":
                    number = int(value)
                    total += self._strings[number] if number < len(self._strings) else 0
        return total + filled * longest

    def _too_much_text(self) -> CheckInError:
        return CheckInError("import_too_large", file=self._file, limit=TEXT_LIMIT // 2**20, unit="MiB")

    def _read(self, sheet: Member, facts: SheetFacts, name: str, kinds: dict[int, Kind]) -> Table:
        from python_calamine import CalamineWorkbook

        page: CalamineSheet = CalamineWorkbook.from_filelike(self._package.alone(sheet)).get_sheet_by_name(SHEET_NAME)
        if page.start is None:
            raise CheckInError("import_empty", file=self._file)
        top, left = page.start
        # Not iter_rows(): it begins at row 1, however far down the first cell is.
        rows: list[list[Any]] = page.to_python()
        del page
        self._put_kinds(rows, top, left, facts, kinds)
        for number, row in enumerate(rows):  # one by one, so that both are never there as a whole
            rows[number] = [as_written(cell) if type(cell) is str else value_text(cell) for cell in row]
        fill_down(rows, top, left, facts.merges, self._file)
        shown = (row for row in facts.hidden if 0 <= row - top < len(rows) and any(rows[row - top]))
        blank = as_placed(facts.uncomputed, left)
        return Table(rows, name, top + 1, tuple(sorted({row + 1 for row in shown})), uncomputed=blank)

    def _put_kinds(self, rows: list[list[Any]], top: int, left: int, facts: SheetFacts, kinds: dict[int, Kind]) -> None:
        """Write the numbers whose format says what they are, as they are shown."""
        found = iter(facts.styled)
        for row, column, style in zip(found, found, found, strict=True):
            down, across = row - top, column - left
            if 0 <= down < len(rows) and 0 <= across < len(rows[down]):
                value = rows[down][across]
                if isinstance(value, int | float) and not isinstance(value, bool):
                    rows[down][across] = number_text(value, kinds[style], from_1904=self._package.from_1904)


@contextmanager
def damage_told(file: str) -> Iterator[None]:
    """Whatever a library has to say about a damaged file is one refusal: import_unreadable, or what it is instead."""
    try:
        from python_calamine import CalamineError, PasswordError

        try:
            yield
        except PasswordError:
            raise CheckInError("import_encrypted", file=file) from None
        except (TooFar, MemoryError):
            raise too_many_cells(file) from None
        except (CalamineError, zipfile.BadZipFile, zlib.error, expat.ExpatError, struct.error, OSError, EOFError):
            raise CheckInError("import_unreadable", file=file) from None
        except (LookupError, ValueError, NotImplementedError, OverflowError, RecursionError):
            # A relation that leads nowhere, a number that is none, a packing nobody knows.
            raise CheckInError("import_unreadable", file=file) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Rust: no Exception, and without a name one could import
            raise
        raise CheckInError("import_unreadable", file=file) from None
