"""The file as it stands at one moment, to be read for as long as it takes while others go on writing.

In TRUNCATE mode an open read holds up every commit, and pages read one after the other do not belong together. So what
takes long (a register of a million marks) reads a copy of its own.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Final

from checkin_tui.domain.errors import CheckInError
from checkin_tui.store import copying, leftovers, whose
from checkin_tui.store.engine import Database, make_engine
from checkin_tui.store.failures import telling

_FOLDER: Final = "checkin-"
_ENDINGS: Final = tuple(copying.DRAFT + ending for ending in ("", *leftovers.ENDINGS))
_OF_THE_COPY: Final = {
    "SQLITE_FULL": "save_full",
    "SQLITE_IOERR_WRITE": "save_failed",
    "SQLITE_IOERR_FSYNC": "save_failed",
    "SQLITE_IOERR_TRUNCATE": "save_failed",
}
"""SQLite's names for what can only go wrong with a file that is written, by the code of the refusal."""


@contextmanager
def still(database: Database) -> Iterator[Database]:
    """A copy of the file as it is now; gone afterwards. Raises DatabaseError; CheckInError `save_full`, `save_failed`
    where the copy cannot be written.

    It lies beside the file, where only its owner may look and where what a crash leaves is found again; in the system's
    own place for such files where nothing may be written beside it.
    """
    path = Path(os.path.realpath(database.path))
    sweep_stills(path)
    with ExitStack() as stack:
        try:
            draft = stack.enter_context(copying.draft_beside(path, whose.mark()))
        except OSError:
            whose.sweep(Path(tempfile.gettempdir()), _FOLDER)
            prefix = _FOLDER + whose.mark()
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix=prefix))  # 0700, as mkdtemp makes it
            draft = Path(folder) / path.name
            draft.touch(0o600)
        with telling(database.path), closing(copying.connect_to(database.path)) as source:
            source.execute("PRAGMA schema_version").fetchone()  # its own troubles are told as its own
            try:
                copying.copy_into(source, draft)
            except sqlite3.Error as error:
                code = _OF_THE_COPY.get(getattr(error, "sqlite_errorname", ""))
                if code is None:
                    raise
                raise CheckInError(code, file=str(draft)) from error
        copy = stack.enter_context(Database(draft, make_engine(draft, lambda: _open(draft))))
        yield copy


def sweep_stills(database: Path) -> None:
    """Take away the copies beside a database, by its real path, that killed processes left."""
    whose.sweep(database.parent, copying.draft_prefix(database), _ENDINGS)


def left_stills(database: Path) -> list[Path]:
    """The copies beside a database, by its real path, that nobody at work here reads. Raises OSError."""
    found = whose.marked(database.parent, copying.draft_prefix(database), _ENDINGS)
    return [path for path, lives in found if not lives]


def _open(path: Path) -> sqlite3.Connection:
    """A connection without locks to a file nobody else knows of."""
    return sqlite3.connect(
        copying.uri_of_copy(path), uri=True, isolation_level=None, check_same_thread=False, cached_statements=256
    )
