"""Old Excel workbooks (XLS: BIFF5 and BIFF8), read here record by record.

calamine lays every sheet of one out as a dense block when it opens the file, follows chains of sectors that bite their
own tail for ever, and does not say which rows are hidden. The compound file is olefile's business, which counts.
Records: [MS-XLS] 2.4; the compound file: [MS-CFB].
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.reading.number_formats import PLAIN, Kind, kind_of_code, kind_of_id, number_text
from checkin_tui.interchange.reading.tabular import FILLED_LIMIT, Merge, SheetInfo, Table, laid_out
from checkin_tui.interchange.reading.workbooks import damage_told
from checkin_tui.interchange.reading.xls_strings import Letters, read_shared
from checkin_tui.interchange.reading.xml_parts import BadPart, TooFar
from checkin_tui.interchange.written import as_written

_BOF, _EOF, _CONTINUE = 0x0809, 0x000A, 0x003C
_FILE_PASS, _CODE_PAGE, _DATE_MODE, _BOUND_SHEET = 0x002F, 0x0042, 0x0022, 0x0085
_FORMAT, _XF, _SST = 0x041E, 0x00E0, 0x00FC
_ROW, _MERGED = 0x0208, 0x00E5
_NUMBER, _RK, _MUL_RK, _LABEL_SST = 0x0203, 0x027E, 0x00BD, 0x00FD
_LABEL, _RICH_LABEL, _BOOL_OR_ERROR, _STRING = 0x0204, 0x00D6, 0x0205, 0x0207
_FORMULAS: Final = frozenset({0x0006, 0x0206, 0x0406})

_BIFF8: Final = 0x0600
_WORKSHEET: Final = 0
_ROW_HIDDEN: Final = 0x20  # [MS-XLS] 2.4.221: fDyZero
_RESULT_IS_NO_NUMBER, _RESULT_IS_BOOLEAN = 0xFFFF, 1  # 2.5.133

Record = tuple[int, memoryview]


class OldWorkbook:
    """An XLS workbook. Raises CheckInError: import_encrypted, import_unreadable, import_old_workbook."""

    def __init__(self, data: bytes, file: str) -> None:
        self._file = file
        self._biff8 = True
        self._from_1904 = False
        self._letters = Letters("cp1252", two_bytes=True)
        self._strings: list[str] = []
        self._found: list[tuple[int, SheetInfo]] = []
        self._codes: dict[int, str] = {}
        self._kinds: list[Kind] = []
        with damage_told(file):
            self._stream = memoryview(_workbook_stream(data, file))
            self._read_globals()
        self.sheets = tuple(info for _, info in self._found)

    def table(self, name: str) -> Table:
        """The sheet of that name. Raises CheckInError: import_empty, import_too_large, import_unreadable."""
        with damage_told(self._file):
            begins = next(position for position, info in self._found if info.name == name)
            page = _Page(self._strings, self._letters, self._kinds, from_1904=self._from_1904)
            for kind, data in _sheet_records(self._stream, begins):
                page.take(kind, data)
            return laid_out(page.cells, page.merges, page.hidden, name, self._file)

    def holds(self, name: str) -> bool:
        """Whether the sheet of that name holds anything; one that cannot be read does."""
        try:
            return bool(self.table(name).rows)
        except CheckInError as error:
            return error.code != "import_empty"

    def _read_globals(self) -> None:
        shared: list[memoryview] = []
        formats: list[int] = []
        last = 0
        for kind, data in _records(self._stream, 0):
            if kind == _CONTINUE and last == _SST:
                shared.append(data)
                continue
            last = kind
            if kind == _EOF:
                break
            if kind == _FILE_PASS:
                raise CheckInError("import_encrypted", file=self._file)
            if kind == _SST:
                shared = [data]
            elif kind == _XF:
                formats.append(struct.unpack_from("<H", data, 2)[0])
            else:
                self._take_global(kind, data)
        self._kinds = [kind_of_code(self._codes[one]) if one in self._codes else kind_of_id(one) for one in formats]
        self._strings = read_shared(shared)

    def _take_global(self, kind: int, data: memoryview) -> None:
        if kind == _BOF:
            self._biff8 = struct.unpack_from("<H", data)[0] == _BIFF8
            self._letters = Letters(self._letters.code_page, two_bytes=self._biff8)
        elif kind == _CODE_PAGE:
            self._letters = Letters.of_page(struct.unpack_from("<H", data)[0], two_bytes=self._biff8)
        elif kind == _DATE_MODE:
            self._from_1904 = struct.unpack_from("<H", data)[0] == 1
        elif kind == _FORMAT:
            number = struct.unpack_from("<H", data)[0]
            self._codes[number] = self._letters.text(data[2:], size=2 if self._biff8 else 1)
        elif kind == _BOUND_SHEET:
            begins, state, sort = struct.unpack_from("<IBB", data)
            if sort == _WORKSHEET:
                name = self._letters.text(data[6:], size=1).replace("\0", "")
                self._found.append((begins, SheetInfo(name, bool(state & 3))))


def _workbook_stream(data: bytes, file: str) -> bytes:
    import olefile

    try:
        with olefile.OleFileIO(data) as ole:
            for name in ("Workbook", "Book"):
                if ole.exists(name):
                    return bytes(ole.openstream(name).read())
    except OSError:
        raise CheckInError("import_unreadable", file=file) from None
    raise CheckInError("import_unreadable", file=file)


def _records(stream: memoryview, position: int) -> Iterator[Record]:
    """The records from there on. Raises BadPart where one is cut or nothing is there."""
    end = len(stream)
    if position + 4 > end:
        raise BadPart
    while position + 4 <= end:
        kind, size = struct.unpack_from("<HH", stream, position)
        position += 4
        if position + size > end:
            raise BadPart
        yield kind, stream[position : position + size]
        position += size


def _sheet_records(stream: memoryview, position: int) -> Iterator[Record]:
    """The records of one sheet, without those of the charts that stand inside it. Raises BadPart."""
    depth = 0
    for kind, data in _records(stream, position):
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, data
        elif depth == 0:
            raise BadPart
    raise BadPart


class _Page:
    """The cells of one sheet as text, row -> column -> text, 0-based, and what is merged and hidden."""

    def __init__(self, strings: list[str], letters: Letters, kinds: list[Kind], *, from_1904: bool) -> None:
        self.cells: dict[int, dict[int, str]] = {}
        self.merges: list[Merge] = []
        self.hidden: list[int] = []
        self._strings, self._letters, self._kinds, self._from_1904 = strings, letters, kinds, from_1904
        self._filled = 0
        self._formula = (0, 0)

    def take(self, kind: int, data: memoryview) -> None:
        """One record. Raises BadPart, struct.error, TooFar."""
        if kind == _LABEL_SST:
            row, column, _, number = struct.unpack_from("<HHHI", data)
            self._put(row, column, as_written(self._strings[number]))
        elif kind == _RK:
            row, column, style, packed = struct.unpack_from("<HHHI", data)
            self._put_number(row, column, style, _unpacked(packed))
        elif kind == _NUMBER:
            self._put_number(*struct.unpack_from("<HHHd", data))
        elif kind == _MUL_RK:
            row, first = struct.unpack_from("<HH", data)
            for index, (style, packed) in enumerate(struct.iter_unpack("<HI", data[4:-2])):
                self._put_number(row, first + index, style, _unpacked(packed))
        elif kind in _FORMULAS:
            self._take_formula(data)
        elif kind == _STRING:
            self._put(*self._formula, as_written(self._letters.text(data, size=2)))
        elif kind in (_LABEL, _RICH_LABEL):
            row, column = struct.unpack_from("<HH", data)
            self._put(row, column, as_written(self._letters.text(data[6:], size=2)))
        elif kind == _BOOL_OR_ERROR:
            row, column, _, value, is_error = struct.unpack_from("<HHHBB", data)
            self._put(row, column, "" if is_error else "yes" if value else "no")
        elif kind == _ROW:
            row, flags = struct.unpack_from("<H10xB", data)
            if flags & _ROW_HIDDEN:
                self.hidden.append(row)
        elif kind == _MERGED:
            self._take_merges(data)

    def _take_formula(self, data: memoryview) -> None:
        row, column, style = struct.unpack_from("<HHH", data)
        self._formula = (row, column)
        if struct.unpack_from("<H", data, 12)[0] != _RESULT_IS_NO_NUMBER:
            self._put_number(row, column, style, struct.unpack_from("<d", data, 6)[0])
        elif data[6] == _RESULT_IS_BOOLEAN:
            self._put(row, column, "yes" if data[8] else "no")

    def _take_merges(self, data: memoryview) -> None:
        count = struct.unpack_from("<H", data)[0]
        for top, bottom, left, _ in struct.iter_unpack("<HHHH", data[2 : 2 + 8 * count]):
            if bottom > top:
                self.merges.append(Merge(top, bottom, left))

    def _put_number(self, row: int, column: int, style: int, value: float) -> None:
        kind = self._kinds[style] if style < len(self._kinds) else PLAIN
        self._put(row, column, number_text(value, kind, from_1904=self._from_1904))

    def _put(self, row: int, column: int, text: str) -> None:
        if text:
            self.cells.setdefault(row, {})[column] = text
            self._filled += 1
            if self._filled > FILLED_LIMIT:
                raise TooFar


def _unpacked(packed: int) -> float:
    """A number of four bytes: [MS-XLS] 2.5.217."""
    value: float
    if packed & 2:
        value = (packed >> 2) - (1 << 30 if packed >> 31 else 0)
    else:
        value = struct.unpack("<d", struct.pack("<II", 0, packed & ~3))[0]
    return value / 100 if packed & 1 else value
