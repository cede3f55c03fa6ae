"""XLSX workbooks: looked over before they are opened, then read by calamine.

calamine lays a sheet out as one dense block from its first to its last cell and ends the whole process when the memory
for that is not there, so how much a file will unfold to is found out first.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from xml.parsers import expat

from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.sheet_extent import RELATIONS, WORKBOOK, area_bound, exact_area, sheet_entry

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

UNPACKED_LIMIT: Final = 256 * 1024 * 1024
ENTRY_LIMIT: Final = 10_000
AREA_LIMIT: Final = 8_000_000  # cells of the dense block: about 200 MB while it is read

_ENCRYPTED_FLAG: Final = 0x1


def read_workbook(data: bytes, file: str, sheet: str | None) -> tuple[list[list[str]], str, int]:
    """The rows of the named or the first visible sheet as text, the sheet's name, and the row number of the first.

    Raises CheckInError: import_too_large, import_encrypted, import_unreadable, import_no_sheet, import_empty.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_entries(archive, file)
            book = CalamineWorkbook.from_filelike(io.BytesIO(data))
            name = _choose(book, file, sheet)
            _check_area(archive, name, file)
            return _rows(book.get_sheet_by_name(name), name, file)
    except PasswordError:
        raise CheckInError("import_encrypted", file=file) from None
    except (CalamineError, zipfile.BadZipFile, zlib.error, expat.ExpatError, OSError, EOFError):
        raise CheckInError("import_unreadable", file=file) from None
    except (ValueError, KeyError, NotImplementedError):  # zipfile on an absurd directory or a packing it does not know
        raise CheckInError("import_unreadable", file=file) from None


def _check_entries(archive: zipfile.ZipFile, file: str) -> None:
    """Refuse a zip bomb, an encrypted archive, and a zip that is no XLSX, by the archive's own directory."""
    entries = archive.infolist()
    if len(entries) > ENTRY_LIMIT or sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
        raise CheckInError("import_too_large", file=file, limit=UNPACKED_LIMIT // 2**20, unit="MiB")
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise CheckInError("import_encrypted", file=file)
    if not {WORKBOOK, RELATIONS} <= {entry.filename for entry in entries}:
        raise CheckInError("import_unreadable", file=file)


def _choose(book: CalamineWorkbook, file: str, wanted: str | None) -> str:
    """The sheet to read: the one asked for, hidden or not (else the same but for case), or the first visible."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = [entry for entry in book.sheets_metadata if entry.typ == SheetTypeEnum.WorkSheet]
    if wanted is None:
        names = [entry.name for entry in sheets if entry.visible == SheetVisibleEnum.Visible]
    else:
        names = [entry.name for entry in sheets if entry.name == wanted]
        names += [entry.name for entry in sheets if entry.name.casefold() == wanted.casefold()]
    if not names:
        raise CheckInError("import_no_sheet", file=file, sheet=wanted or "", sheets=[entry.name for entry in sheets])
    return names[0]


def _check_area(archive: zipfile.ZipFile, sheet: str, file: str) -> None:
    """Refuse a sheet whose first and last cell are too far apart."""
    entry = sheet_entry(archive, sheet)
    bound = area_bound(archive, entry)
    if (bound is None or bound > AREA_LIMIT) and exact_area(archive, entry) > AREA_LIMIT:
        raise CheckInError("import_too_large", file=file, limit=AREA_LIMIT, unit="cells")


def _rows(sheet: CalamineSheet, name: str, file: str) -> tuple[list[list[str]], str, int]:
    if sheet.start is None:
        raise CheckInError("import_empty", file=file)
    # Not iter_rows(): it begins at row 1, however far down the first cell is.
    return [[_text(cell) for cell in row] for row in sheet.to_python()], name, sheet.start[0] + 1


def _text(cell: Any) -> str:
    """A cell as a person would type it: no `.0` and no exponent, ISO dates, yes and no."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else format(Decimal(repr(cell)), "f")
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(sep=" ", timespec="minutes")
    return cell.isoformat() if isinstance(cell, date) else str(cell)
