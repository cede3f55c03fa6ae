"""Files in: a CSV, TSV or XLSX file as a table of text cells, whatever wrote it and whatever it claims to be.

Nothing here knows what the columns mean. Every trouble is a `CheckInError` whose values name the file.
"""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Final, NamedTuple

from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.delimited import read_delimited
from checkin_tui.interchange.workbooks import read_workbook

SIZE_LIMIT: Final = 64 * 1024 * 1024

_ZIP: Final = b"PK\x03\x04"
_EMPTY_ZIP: Final = b"PK\x05\x06"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB] 2.2: old Excel, and every encrypted workbook
_ENCRYPTED_STREAM: Final = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] 2.3.4
_NOT_TABLES: Final = (b"%PDF-", b"\x89PNG\r\n", b"\xff\xd8\xff", b"{\\rtf", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")
_WORKBOOK_SUFFIXES: Final = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})


class Table(NamedTuple):
    """The cells as text, not yet cleaned; rows may differ in length, and empty rows inside are kept.

    source: the sheet's name, or the encoding the text was read by. first_row_number: the 1-based row of `rows[0]`.
    """

    rows: list[list[str]]
    source: str
    first_row_number: int


def read_table(path: Path, *, sheet: str | None = None, encoding: str | None = None) -> Table:
    """The table in the file at `path`: of the named or the first visible sheet, by the given or the found encoding.

    The file's content decides what it is; its name only where the content leaves it open. Raises CheckInError:
    import_missing, import_folder, import_not_a_file, import_denied, import_empty, import_too_large (limit, unit: one of
    MiB, rows, cells), import_unreadable, import_encrypted, import_old_workbook, import_no_sheet (sheet, sheets),
    import_encoding (encoding), import_unknown_encoding (encoding), import_bad_row (row); each with file.
    """
    data = _read_bytes(path)
    suffix = path.suffix.lower()
    if data.startswith((_ZIP, _EMPTY_ZIP)):
        return Table(*read_workbook(data, str(path), sheet))
    if data.startswith(_COMPOUND):
        code = "import_encrypted" if _ENCRYPTED_STREAM in data else "import_old_workbook"
        raise CheckInError(code, file=str(path))
    if suffix in _WORKBOOK_SUFFIXES or data.startswith(_NOT_TABLES):
        raise CheckInError("import_unreadable", file=str(path))
    if sheet is not None:
        raise CheckInError("import_no_sheet", file=str(path), sheet=sheet, sheets=[])
    rows, used = read_delimited(data, str(path), encoding=encoding, tabs=suffix in {".tsv", ".tab"})
    return Table(rows, used, 1)


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
        with path.open("rb") as stream:
            data = stream.read(SIZE_LIMIT + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise CheckInError("import_missing", file=file) from None
    except PermissionError:
        raise CheckInError("import_denied", file=file) from None
    except (OSError, ValueError):  # ValueError: a NUL in the path
        raise CheckInError("import_unreadable", file=file) from None
    if len(data) > SIZE_LIMIT:
        raise CheckInError("import_too_large", file=file, limit=SIZE_LIMIT // 2**20, unit="MiB")
    if not data.strip(b" \t\r\n\0\x1a\xef\xbb\xbf\xff\xfe"):
        raise CheckInError("import_empty", file=file)
    return data
