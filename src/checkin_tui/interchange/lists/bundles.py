"""Files that belong together: users.csv and what lies beside it, in one folder or in one ZIP file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.lists.oneroster import USERS
from checkin_tui.interchange.reading.tables import SIZE_LIMIT, Source, open_source, read_table
from checkin_tui.interchange.reading.zip_parts import Archive

_SHEETS_OF_OURS: Final = {"about", "program", "members", "memberships"}  # `archive_xlsx`
_PART_LIMIT: Final = 32 * 1024 * 1024  # of one file, unpacked


class Bundle(Source):
    """The users.csv of a ZIP file, which knows the others there."""

    def __init__(self, archive: Archive, file: str) -> None:
        self._archive = archive
        data = _unpacked(archive, file, USERS)
        if not data.strip():
            raise CheckInError("import_empty", file=file)
        super().__init__(file, data=data, suffix=".csv")

    def beside(self, name: str) -> Source | None:
        """The file of that name, None where there is none."""
        data = _unpacked(self._archive, self.file, name)
        return Source(f"{self.file}/{name}", data=data, suffix=".csv") if data else None


def open_roster(path: Path) -> Source:
    """The file at `path`: any that `open_source` opens, a ZIP file with users.csv in it, and a program of ours.

    Raises as `open_source` and `archive_roster.members_of` do.
    """
    if path.suffix.lower() == ".json":
        return _program(path)
    try:
        source = open_source(path)
    except CheckInError as error:
        # No workbook, but an archive that was found harmless.
        bundle = _bundle(path) if error.code == "import_unreadable" else None
        if bundle is None:
            raise
        return bundle
    return _program(path) if {sheet.name for sheet in source.sheets} >= _SHEETS_OF_OURS else source


def _program(path: Path) -> Source:
    """The members of a whole program."""
    from checkin_tui.interchange.archive.roster import members_of

    return members_of(path)


def rows_beside(source: Source, name: str) -> list[list[str]] | None:
    """The rows of the file of that name in the same ZIP file or folder; None where there is none.

    Raises CheckInError as `open_source` does.
    """
    if isinstance(source, Bundle):
        other = source.beside(name)
        return other.table().rows if other else None
    path = Path(source.file).with_name(name) if source.file else None
    return read_table(path).rows if path and path.is_file() else None


def _bundle(path: Path) -> Bundle | None:
    from checkin_tui.interchange.reading.workbooks import damage_told

    file = str(path)
    with damage_told(file):
        with path.open("rb") as stream:
            if stream.read(2) != b"PK":
                return None
            archive = Archive(b"PK" + stream.read(SIZE_LIMIT), file)
        return Bundle(archive, file) if _part(archive, USERS) else None


def _part(archive: Archive, name: str) -> str | None:
    """The file of that name, at the top or in the one folder that was packed."""
    found = [part for part in archive.names if part.lower().rpartition("/")[2] == name]
    return min(found, key=lambda part: part.count("/"), default=None)


def _unpacked(archive: Archive, file: str, name: str) -> bytes:
    """b'' where it is not there. Raises CheckInError: import_unreadable, import_too_large; each with file."""
    from checkin_tui.interchange.reading.workbooks import damage_told

    part = _part(archive, name)
    if part is None:
        return b""
    if archive.size(part) > _PART_LIMIT:
        raise CheckInError("import_too_large", file=file, limit=_PART_LIMIT // 2**20, unit="MiB")
    with damage_told(file):
        return b"".join(archive.chunks(part))
