"""Text tables: which encoding, which delimiter, and the rows."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final

from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.written import as_written

ROW_LIMIT: Final = 1_048_576  # a worksheet holds no more
CELL_LIMIT: Final = 16_000_000

# Longest first: the mark of UTF-32 begins with that of UTF-16.
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DELIMITERS: Final = (",", ";", "\t")
_SAMPLE_ROWS: Final = 50
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def read_delimited(data: bytes, file: str, *, encoding: str | None, tabs: bool) -> tuple[list[list[str]], str]:
    """The rows, and the name of the encoding they were read by. `tabs`: the file's name says what divides the cells.

    Raises CheckInError: import_encoding, import_unknown_encoding, import_bad_row, import_too_large, import_empty.
    """
    text, used = decode(data, file, encoding)
    delimiter = "\t" if tabs else find_delimiter(text)
    return _rows(text, delimiter, file), used


def decode(data: bytes, file: str, encoding: str | None = None) -> tuple[str, str]:
    """The text and the encoding: the one asked for, else the byte order mark's, else strict UTF-8, else GB18030.

    GB18030 comes last because it accepts almost anything; guessing by statistics was wrong too often on short files.
    """
    if encoding is not None:
        return _decode_as(data, file, encoding)
    for mark, marked in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], file, marked)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decode_as(data, file, "gb18030")


def _decode_as(data: bytes, file: str, encoding: str) -> tuple[str, str]:
    try:
        name = codecs.lookup(encoding).name
        text = data.decode(name)
    except UnicodeError:
        raise CheckInError("import_encoding", file=file, encoding=encoding) from None
    except (LookupError, ValueError):  # no such codec, one that is not for text, or a NUL in its name
        raise CheckInError("import_unknown_encoding", file=file, encoding=encoding) from None
    if _SURROGATE.search(text):
        raise CheckInError("import_encoding", file=file, encoding=encoding)
    return text.removeprefix("\ufeff"), name


def find_delimiter(text: str) -> str:
    """What divides the cells: comma, semicolon or tab, whichever cuts most of the first rows into equally many cells.

    A comma where nothing divides: a file of one column, one of whose names may well hold a sign that divides others.
    """
    best, best_score = ",", (0, 0)
    for delimiter in _DELIMITERS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        widths = Counter(len(row) for row in _while_readable(islice(reader, _SAMPLE_ROWS)) if any(row))
        score = max(((rows, cells) for cells, rows in widths.items() if cells > 1), default=(0, 0))
        if score > best_score and score[0] >= min(2, widths.total()):
            best, best_score = delimiter, score
    return best


def _while_readable(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """The rows up to the first that the csv module refuses; reading in earnest will name it."""
    try:
        yield from rows
    except csv.Error:
        return


def _rows(text: str, delimiter: str, file: str) -> list[list[str]]:
    """Every record, strictly: a quote that is never closed would otherwise swallow all people after it."""
    rows: list[list[str]] = []
    cells = 0
    # newline="" leaves line ends inside quotes alone, and takes CR, LF and CR LF as ends of a record.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    held_back = "'" in text
    try:
        for row in reader:
            rows.append([as_written(cell) for cell in row] if held_back else row)
            cells += len(row)
            if len(rows) > ROW_LIMIT or cells > CELL_LIMIT:
                raise CheckInError("import_too_large", file=file, limit=ROW_LIMIT, unit="rows")
    except csv.Error:
        raise CheckInError("import_bad_row", file=file, row=len(rows) + 1) from None
    return rows
