"""What a worksheet's XML says beside its values, found out without unfolding it: how large it is, which rows are
hidden, which cells are merged, and which ones have a format that matters.

Elements and attributes are those of ECMA-376 part 1: row 18.3.1.73, c 18.3.1.4, mergeCell 18.3.1.54.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from checkin_tui.interchange.reading.tabular import AREA_LIMIT, FILLED_LIMIT, Merge
from checkin_tui.interchange.reading.xml_parts import DEPTH_LIMIT, BadPart, TooFar, local, tag_parts, walk

_PREFIX: Final = rb"<(?:[^\s<>/:]+:)?"
# A row's or a cell's opening tag, with its reference where that comes first, as every common writer puts it.
_OPENING: Final = re.compile(_PREFIX + rb"(?:c|row)(?:\s+r=[\"']([A-Za-z]*)([0-9]+)[\"']|[\s/>])")
XML_LIMIT: Final = 96 << 20  # bytes of a sheet, blank cells left out
_CELL: Final = re.compile(_PREFIX + rb"c\s([^<>]*)>")
_ROW: Final = re.compile(_PREFIX + rb"row\s([^<>]*)>")
_MERGE: Final = re.compile(
    _PREFIX + rb"mergeCell\s[^<>]*?ref=[\"']\$?([A-Za-z]{1,3})\$?(\d{1,7}):\$?[A-Za-z]{1,3}\$?(\d{1,7})[\"']"
)
_REFERENCE: Final = re.compile(rb"\br=[\"']([A-Za-z]{0,3})(\d{1,7})[\"']")
_STYLE: Final = re.compile(rb"\bs=[\"'](\d{1,6})[\"']")
_HIDDEN: Final = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
# One at a time: a group that repeats would take from the search the fixed letters it is fast by.
_BLANK_CELLS: Final = re.compile(rb'<c r="[A-Z]{1,3}\d+"[^<>]*/>(?=<c r="|</row>)')
_BLANK_ROWS: Final = re.compile(rb'<row r="\d+"[^<>]*(?:/>|></row>)(?=<row r="|</sheetData>)')
# A cell with a formula and no value, which whatever program wrote the file has not computed.
_FORMULA: Final = re.compile(rb"<c\s([^<>]*)>\s*<f(?:\s[^<>]*)?(?:/>|>[^<]*</f>)\s*(<v\s*/>|<v>\s*</v>)?\s*</c>")
_IS_TEXT: Final = re.compile(rb"\bt=[\"']str[\"']")
_LONGEST_CELL: Final = 1 << 16
_MERGE_LIMIT: Final = 200_000


class SheetFacts:
    """What was found. merges: only those over several rows. hidden: 0-based rows. tags: of rows and cells.

    filled: no fewer than the cells that hold something.

    uncomputed: row and column of cells with a formula that has no value, one after the other, 0-based.
    styled: row, column and style of the cells that have one of the styles asked for, one after the other, 0-based.
    bound: no fewer cells than the sheet has between its first and its last; None when the references do not tell.
    """

    def __init__(self) -> None:
        self.bound: int | None = 0
        self.tags = self.filled = 0
        self.merges: list[Merge] = []
        self.hidden: list[int] = []
        self.styled, self.uncomputed = array("L"), array("L")
        self._open_cell = b""
        self._bottom = self._right = 0

    def take(self, part: bytes, styles: Collection[int]) -> None:
        """One piece of the XML that cuts no tag in two."""
        found = _OPENING.findall(part)
        self.tags += len(found)
        self.filled += count_filled(part)
        if self.filled > FILLED_LIMIT:
            raise TooFar
        letters, numbers = ({one for one, _ in found}, {one for _, one in found})
        if b"" in numbers:
            self.bound = None
        elif found:
            self._bottom = max(self._bottom, max(map(int, numbers)))
            self._right = max(self._right, max(column_number(one.decode()) for one in letters))
        if self.bound is not None:
            self.bound = self._bottom * self._right
        if b"hidden=" in part:
            self._take_hidden(part)
        if b"mergeCell" in part:
            self._take_merges(part)
        if styles:
            self._take_styled(part, styles)
        if self._open_cell or b"<f" in part:
            self._take_formulas(self._open_cell + part)
        else:
            self._keep_open(part)

    def _take_formulas(self, part: bytes) -> None:
        for cell in _FORMULA.finditer(part):
            if cell[2] and _IS_TEXT.search(cell[1]):
                continue  # its value is the empty text
            if reference := _REFERENCE.search(cell[1]):
                self.uncomputed.extend((int(reference[2]) - 1, column_number(reference[1].decode()) - 1))
        self._keep_open(part)

    def _keep_open(self, part: bytes) -> None:
        """What there is of the last cell, if the pieces are cut inside it."""
        last = part[-_LONGEST_CELL:]
        begins = max(last.rfind(b"<c "), 0)
        self._open_cell = last[begins:] if last[begins:].startswith(b"<c ") and b"</c>" not in last[begins:] else b""

    def _take_hidden(self, part: bytes) -> None:
        for row in _ROW.finditer(part):
            if _HIDDEN.search(row[1]) and (reference := _REFERENCE.search(row[1])):
                self.hidden.append(int(reference[2]) - 1)

    def _take_merges(self, part: bytes) -> None:
        for letters, top, bottom in _MERGE.findall(part):
            if int(bottom) > int(top):
                self.merges.append(Merge(int(top) - 1, int(bottom) - 1, column_number(letters.decode()) - 1))
        if len(self.merges) > _MERGE_LIMIT:
            raise TooFar

    def _take_styled(self, part: bytes, styles: Collection[int]) -> None:
        for cell in _CELL.finditer(part):
            style = _STYLE.search(cell[1])
            if style and int(style[1]) in styles and (reference := _REFERENCE.search(cell[1])):
                column = column_number(reference[1].decode()) - 1
                self.styled.extend((int(reference[2]) - 1, column, int(style[1])))


def count_filled(part: bytes) -> int:
    """No fewer than the cells of a piece that have a value (v) or a text (is), whatever prefix the names have."""
    return sum(part.count(tag) for tag in (b"<v", b"<is", b":v", b":is"))


def scan(chunks: Iterable[bytes], styles: Collection[int] = ()) -> SheetFacts:
    """The facts of one sheet, unpacked in pieces. styles: those whose cells matter. Raises BadPart, TooFar."""
    facts = SheetFacts()
    for part in tag_parts(chunks):
        facts.take(part, styles)
    return facts


def without_blanks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The sheet without the cells and rows that have a format and nothing in them.

    Raises BadPart, and TooFar as soon as what is left is more than can be read.
    """
    size = filled = merges = 0
    for part in tag_parts(chunks):
        left = _BLANK_ROWS.sub(b"", _BLANK_CELLS.sub(b"", part))
        size, filled = size + len(left), filled + count_filled(left)
        merges += left.count(b"<mergeCell ")
        if filled > FILLED_LIMIT or size > XML_LIMIT or merges > _MERGE_LIMIT:
            raise TooFar
        yield left


def exact_area(chunks: Iterable[bytes]) -> int:
    """How many cells the block has whose corners are the outermost cells that hold something. Five times slower.

    Raises TooFar as soon as they are more than `AREA_LIMIT`, BadPart, and what expat raises.
    """
    extent = _Extent()
    walk(chunks, extent.on_start, extent.on_end)
    return extent.area


class _Extent:
    """The outermost rows and columns with something in them, counted as calamine counts (0-based): a cell without a
    reference follows the one before it, a row the row before it, whatever references stand in between.
    """

    def __init__(self) -> None:
        self._row = self._next_column = self._depth = 0
        self._at: tuple[int, int] | None = None
        self._top = self._left = 1 << 62
        self._bottom = self._right = -1

    @property
    def area(self) -> int:
        return max(0, self._bottom - self._top + 1) * max(0, self._right - self._left + 1)

    def on_start(self, tag: str, attributes: dict[str, str]) -> None:
        """One opening tag of the sheet. A cell counts once something is inside it: empty formatted ones do not."""
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise BadPart
        tail = local(tag)
        if tail == "c":
            row, column = self._row, self._next_column
            if reference := attributes.get("r"):
                letters = reference.rstrip("0123456789")
                row, column = int(reference[len(letters) :]) - 1, column_number(letters) - 1
            self._at, self._next_column = (row, column), column + 1
        elif tail == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row
            self._at = None
        elif self._at:
            row, column = self._at
            self._at = None
            self._top, self._bottom = min(self._top, row), max(self._bottom, row)
            self._left, self._right = min(self._left, column), max(self._right, column)
            if self.area > AREA_LIMIT:
                raise TooFar

    def on_end(self, tag: str) -> None:
        """One closing tag."""
        self._depth -= 1
        tail = local(tag)
        if tail == "c":
            self._at = None
        elif tail == "row":
            self._row += 1
            self._next_column = 0


def column_number(letters: str) -> int:
    """A is 1, Z is 26, AA is 27; no letter is 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
