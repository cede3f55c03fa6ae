"""The whole program as a file, JSON or a workbook, and such a file read again."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from checkin_tui.domain.archive.records import Entries
from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.archive.as_json import open_text, read_json, write_json
from checkin_tui.interchange.outputs import Progress, Written, unheard
from checkin_tui.interchange.saving import saving
from checkin_tui.services.context import Context

FORMATS: Final = ("json", "xlsx")
_LOOKED_AT: Final = 4096
_BLANK: Final = b"\xef\xbb\xbf \t\r\n"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
"""What reading tells of by itself."""


def write_archive(
    ctx: Context, path: Path, format: str, *, force: bool = False, progress: Progress = unheard
) -> Written:
    """Everything there is about the program, as it is now. Written.rows: all records. progress: records.

    Raises CheckInError `no_program`, `archive_too_many` (a workbook that could not be read again), and those of
    `saving`.
    """
    with saving(path, force=force) as draft, ctx.still() as still:
        if format == "xlsx":
            from checkin_tui.interchange.archive.as_xlsx import write_xlsx

            rows = write_xlsx(still, draft, progress)
        else:
            rows = write_json(still, draft, progress)
    return Written(path, format, rows)


def open_archive(path: Path) -> Entries:
    """What reads the file at `path`. Its content decides what it is.

    Raises CheckInError `archive_foreign` and `import_empty`, and as `archive_json.open_text` does; reading raises as
    `read_json` and `read_xlsx` do.
    """
    with open_text(path) as stream:
        beginning = stream.buffer.read(_LOOKED_AT)
    if not beginning:
        raise CheckInError("import_empty", file=str(path))
    if not beginning.startswith((b"PK", *_UTF_16)) and beginning.lstrip(_BLANK)[:1] not in (b"{", b""):
        raise CheckInError("archive_foreign", file=str(path))
    if beginning.startswith(b"PK"):
        from checkin_tui.interchange.archive.as_xlsx import read_xlsx

        return partial(read_xlsx, path)
    return partial(read_json, path)
