"""The way to a file: one of an older revision is backed up and brought to the newest, and a refusal names a way out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from checkin_tui.domain.backups import Backup, Why
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.errors import DatabaseError
from checkin_tui.store.engine import Database, begins_like_one, open_database

BROUGHT_BACK = ("db_damaged", "db_empty", "db_gone", "db_missing", "db_left_behind")
"""What a backup helps against. Not `db_foreign` and `db_newer`: such a file is somebody's, and whole."""


@dataclass(frozen=True, slots=True)
class Door:
    """One file and the folder of its backups; None: none are made and none are looked for."""

    path: Path
    backups: Path | None
    clock: Callable[[], Millis]

    def open(self) -> Database:
        """The file, of the newest revision afterwards. Raises DatabaseError with a way out, CheckInError.

        An older one is backed up first; where that cannot be done (`backup_failed`) it stays as it is.
        """
        try:
            return open_database(self.path)
        except DatabaseError as error:
            if error.code != "db_older":
                raise self.refusal(error) from error
        from checkin_tui.store import backups, migrations

        if self.backups is not None and backups.is_kept(self.path):
            backups.make(self.path, self.backups, Why.MIGRATION, self.clock())
        migrations.upgrade(self.path)
        return open_database(self.path)

    def refusal(self, error: DatabaseError) -> DatabaseError:
        """The same with the newest whole backup as its value `backup`, where bringing that back would help."""
        error.values["database"] = self.path.absolute()
        if self.backups is not None and "backup" not in error.values and self._can_be_replaced(error.code):
            found = newest_whole(self.backups)
            error.values["backup"] = None if found is None else found.file
            error.values["folder"] = self.backups
        return error

    def network(self) -> str | None:
        """The kind of network file system the file lies on; None for a disk, and where nobody can tell."""
        from checkin_tui.store.place import network_kind

        return network_kind(self.path)

    def _can_be_replaced(self, code: str) -> bool:
        return code in BROUGHT_BACK or (code == "db_foreign" and _is_no_database(self.path))


def _is_no_database(path: Path) -> bool:
    """Whether it is a file that SQLite would not take for one of its own: perhaps ours before something wrote over it.

    That is what `checkin restore` replaces.
    """
    try:
        return path.is_file() and not begins_like_one(path)
    except OSError:
        return False


def newest_whole(folder: Path) -> Backup | None:
    """The newest backup whose pages, indexes and references are in order; None where there is none."""
    from checkin_tui.store import backups, copying

    for name in backups.in_order(folder):
        file = folder / str(name)
        try:
            copying.look_through(file)
        except (DatabaseError, OSError):
            continue
        return backups.described(file)
    return None
