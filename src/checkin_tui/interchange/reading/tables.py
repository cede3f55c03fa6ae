"""Files in: a workbook or a text as a table of text cells, whatever wrote it and whatever it claims to be.

Nothing here knows what the columns mean. Every trouble is a `CheckInError` whose values name the file.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.reading.delimited import read_pasted, read_text
from checkin_tui.interchange.reading.encodings import CHOICES, decode
from checkin_tui.interchange.reading.tabular import SheetInfo as SheetInfo
from checkin_tui.interchange.reading.tabular import Table as Table

SIZE_LIMIT: Final = 64 * 1024 * 1024
TEXT_SIZE_LIMIT: Final = 32 * 1024 * 1024

_ZIP: Final = b"PK\x03\x04"
_EMPTY_ZIP: Final = b"PK\x05\x06"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB] 2.2: old Excel, and every encrypted workbook
_ENCRYPTED_STREAM: Final = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] 2.3.4
_NOT_TABLES: Final = (
    b"%PDF-",
    b"\x89PNG\r\n",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
)
_BARE_BIFF: Final = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")  # Excel 2 to 4: no compound file
_WORKBOOK_SUFFIXES: Final = frozenset({".xlsx", ".xlsm", ".xltx", ".xls", ".xlsb", ".ods", ".ots"})
_NOTHING: Final = b" \t\r\n\0\x1a\xef\xbb\xbf\xff\xfe"
_OPEN_DOCUMENT: Final = b"application/vnd.oasis.opendocument.spreadsheet"


class Book(Protocol):
    """A workbook that is open: its sheets, and the table of one of them."""

    @property
    def sheets(self) -> tuple[SheetInfo, ...]:
        """In the workbook's order."""

    def table(self, name: str) -> Table:
        """The sheet of exactly that name."""

    def holds(self, name: str) -> bool:
        """Whether the sheet of exactly that name holds anything; a damaged one does."""


class Source:
    """A file, or what was pasted, whose bytes were read once: what it holds does not change any more.

    file: '' for what was pasted. sheets: () for a text. encoding: the one found, '' for a workbook, and where none
    fits. encodings: what somebody may choose, () for a workbook.
    """

    def __init__(self, file: str, book: Book | None = None, data: bytes = b"", suffix: str = "") -> None:
        self.file = file
        self._book, self._data, self._suffix = book, data, suffix
        self._text = ""
        self.sheets: tuple[SheetInfo, ...] = book.sheets if book else ()
        self.encoding = ""
        self.encodings: tuple[str, ...] = ()
        if not book and data:
            with suppress(CheckInError):  # said by `table`, unless somebody knows the encoding
                self._text, self.encoding = decode(data, file)
            self.encodings = CHOICES if self.encoding in ("", *CHOICES) else (self.encoding, *CHOICES)

    def table(self, sheet: str | None = None, encoding: str | None = None) -> Table:
        """The table of the named or the first visible sheet, or of the text by the given or the found encoding.

        Raises CheckInError: import_no_sheet (sheet, sheets), import_empty, import_too_large (limit, unit),
        import_encoding (encoding), import_unknown_encoding (encoding), import_bad_row (row), import_unreadable; each
        with file.
        """
        if self._book:
            return self._book.table(self._choose(sheet))
        if sheet is not None:
            raise CheckInError("import_no_sheet", file=self.file, sheet=sheet, sheets=[])
        if not self._data:
            return read_pasted(self._text)
        found, self._text = self._text, ""  # a text may take four times its bytes: it is made anew for a second table
        used = self.encoding
        if encoding is not None or not found:
            found, used = decode(self._data, self.file, encoding or used or None)
        loose = self._suffix not in {".csv", ".tsv", ".tab"}
        return read_text(found, self.file, encoding=used, tabs=self._suffix in {".tsv", ".tab"}, loose=loose)

    def filled_sheets(self) -> list[str]:
        """The visible sheets that hold anything, in the workbook's order; [] for a text."""
        book = self._book
        return [sheet.name for sheet in self.sheets if not sheet.hidden and book and book.holds(sheet.name)]

    def _choose(self, wanted: str | None) -> str:
        """The sheet to read: the one asked for, hidden or not (else the same but for case), or the first visible."""
        if wanted is None:
            names = [sheet.name for sheet in self.sheets if not sheet.hidden]
        else:
            names = [sheet.name for sheet in self.sheets if sheet.name == wanted]
            names += [sheet.name for sheet in self.sheets if sheet.name.casefold() == wanted.casefold()]
        if not names:
            every = [sheet.name for sheet in self.sheets]
            raise CheckInError("import_no_sheet", file=self.file, sheet=wanted or "", sheets=every)
        return names[0]


def open_source(path: Path) -> Source:
    """The file at `path`. Its content decides what it is; its name only where the content leaves it open.

    Raises CheckInError: import_missing, import_folder, import_not_a_file, import_denied, import_empty,
    import_too_large (limit, unit: one of MiB, rows, cells), import_unreadable, import_encrypted, import_old_workbook
    (a kind that is not read); each with file.
    """
    data, file, suffix = _read_bytes(path), str(path), path.suffix.lower()
    if data.startswith((_ZIP, _EMPTY_ZIP, _COMPOUND)):
        return Source(file, _open_workbook(data, file))
    if data.startswith(_BARE_BIFF):
        raise CheckInError("import_old_workbook", file=file)
    if suffix in _WORKBOOK_SUFFIXES or data.startswith(_NOT_TABLES):
        raise CheckInError("import_unreadable", file=file)
    if len(data) > TEXT_SIZE_LIMIT:
        raise CheckInError("import_too_large", file=file, limit=TEXT_SIZE_LIMIT // 2**20, unit="MiB")
    return Source(file, data=data, suffix=suffix)


def pasted(text: str) -> Source:
    """A list pasted from a spreadsheet or a message: tabs, commas, 、 or one name a line."""
    source = Source("")
    source._text = text.removeprefix("\ufeff")
    return source


def read_table(path: Path, *, sheet: str | None = None, encoding: str | None = None) -> Table:
    """The table in the file at `path`. Raises CheckInError as `open_source` and `Source.table` do."""
    return open_source(path).table(sheet, encoding)


def _open_workbook(data: bytes, file: str) -> Book:
    from checkin_tui.interchange.reading.ods import OpenDocument
    from checkin_tui.interchange.reading.workbooks import Workbook, damage_told
    from checkin_tui.interchange.reading.xls import OldWorkbook
    from checkin_tui.interchange.reading.zip_parts import Archive

    if data.startswith(_COMPOUND):
        if _ENCRYPTED_STREAM in data:
            raise CheckInError("import_encrypted", file=file)
        return OldWorkbook(data, file)
    with damage_told(file):
        archive = Archive(data, file)
        if "encrypted-package" in archive:
            raise CheckInError("import_encrypted", file=file)
        if "mimetype" in archive and next(archive.chunks("mimetype"), b"").startswith(_OPEN_DOCUMENT):
            return OpenDocument(archive, file)
        if "xl/workbook.bin" in archive:
            raise CheckInError("import_old_workbook", file=file)
    return Workbook(archive, file)


def _read_bytes(path: Path) -> bytes:
    """The whole of an ordinary, non-empty file within the limit. A pipe is never opened: it could wait for ever."""
    file = str(path)
    try:
        facts = path.stat()
        if stat.S_ISDIR(facts.st_mode):
            raise CheckInError("import_folder", file=file)
        if not stat.S_ISREG(facts.st_mode):
            raise CheckInError("import_not_a_file", file=file)
        if facts.st_size > SIZE_LIMIT:
            raise CheckInError("import_too_large", file=file, limit=SIZE_LIMIT // 2**20, unit="MiB")
        data = _read_plain(path, file)
    except (FileNotFoundError, NotADirectoryError):
        raise CheckInError("import_missing", file=file) from None
    except PermissionError:
        raise CheckInError("import_denied", file=file) from None
    except (OSError, ValueError):  # a loop of links; ValueError: a NUL in the path
        raise CheckInError("import_unreadable", file=file) from None
    if len(data) > SIZE_LIMIT:
        raise CheckInError("import_too_large", file=file, limit=SIZE_LIMIT // 2**20, unit="MiB")
    if not data[:4096].strip(_NOTHING) and not data.strip(_NOTHING):
        raise CheckInError("import_empty", file=file)
    return data


def _read_plain(path: Path, file: str) -> bytes:
    """The bytes, if it still is an ordinary file once it is open: a pipe may have taken its name meanwhile."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise CheckInError("import_not_a_file", file=file)
        return stream.read(SIZE_LIMIT + 1) or b""  # None where reading would have to wait
