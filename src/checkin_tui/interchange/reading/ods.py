"""OpenDocument spreadsheets, read here cell by cell.

calamine lays every sheet of one out as a dense block when it opens the file, so that a few hundred bytes of repeated
cells end the process, and says neither what is merged nor which rows are hidden.
Elements and attributes: OpenDocument 1.3 part 3, chapters 9 (tables), 6 (text) and 19 (attributes).
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.reading.number_formats import Family, Kind, duration_text, moment_text, number_text
from checkin_tui.interchange.reading.tabular import FILLED_LIMIT, Merge, SheetInfo, Table, laid_out
from checkin_tui.interchange.reading.workbooks import damage_told
from checkin_tui.interchange.reading.xml_parts import DEPTH_LIMIT, BadPart, TooFar, walk
from checkin_tui.interchange.reading.zip_parts import Archive
from checkin_tui.interchange.written import as_written

CONTENT_LIMIT: Final = 192 << 20
TAGS_LIMIT: Final = 2_400_000
TEXT_LIMIT: Final = 48_000_000  # characters

_CONTENT: Final = "content.xml"
_MANIFEST: Final = "META-INF/manifest.xml"
_CELLS: Final = frozenset({"table:table-cell", "table:covered-table-cell"})
# What holds paragraphs or tables that are not the cell's.
_BESIDE: Final = frozenset(
    {
        "office:annotation", "office:forms", "draw:frame", "draw:custom-shape", "draw:control", "draw:g", "draw:line",
        "draw:rect", "table:shapes", "table:tracked-changes", "table:dde-links", "text:ruby-text", "text:note",
    }
)  # fmt: skip
_BLANKS: Final = {"text:tab": "\t", "text:line-break": "\n"}
_ISO_DURATION: Final = re.compile(r"(-?)P(?:(\d{1,6})D)?T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:[.,]\d*)?S)?")
_SPACES_LIMIT: Final = 1000
_FARTHEST: Final = 1 << 24  # of rows and columns: no spreadsheet has as many


class _Sheet:
    """One table, as far as it holds something; rows and columns are 0-based."""

    def __init__(self, name: str, style: str) -> None:
        self.name, self.style = name, style
        self.cells: dict[int, dict[int, str]] = {}
        self.merges: list[Merge] = []
        self.hidden: list[int] = []
        self.uncomputed = array("L")
        self.next_row = 0


class OpenDocument:
    """An OpenDocument spreadsheet; all its sheets are read at once, for they are one part.

    Raises CheckInError: import_too_large, import_encrypted, import_unreadable.
    """

    def __init__(self, archive: Archive, file: str) -> None:
        self._file = file
        with damage_told(file):
            if _is_encrypted(archive):
                raise CheckInError("import_encrypted", file=file)
            if archive.size(_CONTENT) > CONTENT_LIMIT:
                raise CheckInError("import_too_large", file=file, limit=CONTENT_LIMIT // 2**20, unit="MiB")
            reader = _Reader()
            walk(archive.chunks(_CONTENT), reader.on_start, reader.on_end, reader.on_text)
        self._sheets = {sheet.name: sheet for sheet in reversed(reader.sheets)}
        self.sheets = tuple(SheetInfo(sheet.name, sheet.style in reader.hidden_styles) for sheet in reader.sheets)

    def table(self, name: str) -> Table:
        """The sheet of that name. Raises CheckInError: import_empty, import_too_large."""
        sheet = self._sheets[name]
        return laid_out(sheet.cells, sheet.merges, sheet.hidden, name, self._file, sheet.uncomputed)

    def holds(self, name: str) -> bool:
        """Whether the sheet of that name holds anything."""
        return bool(self._sheets[name].cells)


def _is_encrypted(archive: Archive) -> bool:
    found = False

    def on_start(tag: str, _: dict[str, str]) -> None:
        nonlocal found
        found = found or tag.endswith("encryption-data")

    if _MANIFEST in archive:
        if archive.size(_MANIFEST) > 1 << 20:
            raise BadPart
        walk(archive.chunks(_MANIFEST), on_start)
    return found


class _Reader:
    """What the tags of the content mean, one after the other."""

    def __init__(self) -> None:
        self.sheets: list[_Sheet] = []
        self.hidden_styles: set[str] = set()
        self._style = ""
        self._beside = 0  # how deep in something that is not the cell's
        self._sheet: _Sheet | None = None
        self._row: dict[int, str] = {}
        self._row_facts: Mapping[str, str] = {}
        self._column = self._merges_before = 0
        self._cell: Mapping[str, str] | None = None
        self._shown: list[str] = []
        self._in_paragraph = False
        self._tags = self._depth = self._filled = self._characters = 0

    def on_start(self, tag: str, attributes: dict[str, str]) -> None:
        self._tags, self._depth = self._tags + 1, self._depth + 1
        if self._tags > TAGS_LIMIT:
            raise TooFar
        if self._depth > DEPTH_LIMIT:
            raise BadPart
        if self._beside or tag in _BESIDE or (tag == "table:table" and self._sheet):
            self._beside += 1
        elif tag in _CELLS:
            self._cell, self._shown = attributes, []
        elif self._cell is not None:
            self._on_text_tag(tag, attributes)
        elif tag == "table:table-row" and self._sheet:
            self._row, self._row_facts, self._column = {}, attributes, 0
        elif tag == "table:table":
            self._sheet = _Sheet(attributes.get("table:name", ""), attributes.get("table:style-name", ""))
            self.sheets.append(self._sheet)
        elif tag == "style:style":
            self._style = attributes.get("style:name", "")
        elif tag == "style:table-properties" and attributes.get("table:display") == "false":
            self.hidden_styles.add(self._style)

    def _on_text_tag(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "text:p":
            if self._shown:
                self._shown.append("\n")
            self._in_paragraph = True
        elif tag == "text:s" and self._in_paragraph:
            self.on_text(" " * min(_number(attributes.get("text:c")), _SPACES_LIMIT))
        elif tag in _BLANKS and self._in_paragraph:
            self.on_text(_BLANKS[tag])

    def on_text(self, text: str) -> None:
        if self._in_paragraph and not self._beside:
            self._shown.append(text)
            self._characters += len(text)
            if self._characters > TEXT_LIMIT:
                raise TooFar

    def on_end(self, tag: str) -> None:
        self._depth -= 1
        if self._beside:
            self._beside -= 1
        elif tag == "text:p":
            self._in_paragraph = False
        elif tag in _CELLS and self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None
        elif tag == "table:table-row" and self._sheet:
            self._end_row(self._sheet)
        elif tag == "table:table":
            self._sheet = None

    def _end_cell(self, cell: Mapping[str, str]) -> None:
        repeated = _number(cell["table:number-columns-repeated"]) if "table:number-columns-repeated" in cell else 1
        text = _value(cell, "".join(self._shown)) if len(cell) or self._shown else ""
        if text:
            self._fill(repeated)
            if repeated == 1:
                self._row[self._column] = text
            else:
                self._row.update(dict.fromkeys(range(self._column, self._column + repeated), text))
            if "table:number-rows-spanned" in cell and self._sheet:
                top = self._sheet.next_row
                bottom = top + _number(cell["table:number-rows-spanned"]) - 1
                if bottom > top:
                    self._sheet.merges.append(Merge(top, bottom, self._column))
        elif "table:formula" in cell and "office:value-type" not in cell and self._sheet:
            self._note_formula(self._sheet.uncomputed, self._sheet.next_row, self._column)
        self._column += repeated

    def _note_formula(self, uncomputed: array[int], row: int, column: int) -> None:
        if max(row, column) < _FARTHEST:
            uncomputed.extend((row, column))

    def _end_row(self, sheet: _Sheet) -> None:
        repeated = _number(self._row_facts.get("table:number-rows-repeated"))
        if self._row:
            self._fill(len(self._row) * (repeated - 1))
            numbers = range(sheet.next_row, sheet.next_row + repeated)
            sheet.cells.update(dict.fromkeys(numbers, self._row))
            if self._row_facts.get("table:visibility", "visible") != "visible":
                sheet.hidden.extend(numbers)
        sheet.next_row += repeated

    def _fill(self, cells: int) -> None:
        self._filled += cells
        if self._filled > FILLED_LIMIT:
            raise TooFar


def _number(text: str | None) -> int:
    """A count as an attribute has it; 1 without."""
    return max(1, int(text)) if text else 1


def _value(cell: Mapping[str, str], shown: str) -> str:
    """The cell's value as a person would type it; shown: what the spreadsheet makes of it."""
    kind = cell.get("office:value-type", "")
    if cell.get("calcext:value-type") == "error":
        return ""
    if kind == "string":
        return as_written(shown or cell.get("office:string-value", ""))
    if kind in ("float", "currency", "percentage") and "office:value" in cell:
        value = float(cell["office:value"])
        # A format that asks for zeros in front has put them there.
        if kind == "float" and shown.startswith("0") and shown.isdecimal() and shown.isascii() and int(shown) == value:
            return shown
        return number_text(value, Kind(Family.PERCENT) if kind == "percentage" else Kind())
    if kind == "date":
        return _date_text(cell.get("office:date-value", ""))
    if kind == "time":
        return _time_text(cell.get("office:time-value", ""))
    if kind == "boolean":
        return "yes" if cell.get("office:boolean-value") == "true" else "no"
    return as_written(shown)


def _date_text(value: str) -> str:
    try:
        return moment_text(datetime.fromisoformat(value))
    except ValueError:
        return value


def _time_text(value: str) -> str:
    found = _ISO_DURATION.fullmatch(value)
    if not found:
        return value
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    whole = days * 86_400 + hours * 3600 + minutes * 60 + seconds
    text = duration_text((-whole if found[1] else whole) / 86_400)
    return text if len(text.split(":")[0]) > 1 else f"0{text}"
