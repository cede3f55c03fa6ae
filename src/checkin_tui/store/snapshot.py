"""The file as it stands at one moment, to be read for as long as it takes while others go on writing.

In TRUNCATE mode an open read holds up every commit, and pages read one after the other do not belong together. So what
takes long (a register of a million marks) reads a copy of its own.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from checkin_tui.store import copying
from checkin_tui.store.engine import Database, make_engine
from checkin_tui.store.failures import telling


@contextmanager
def still(database: Database) -> Iterator[Database]:
    """A copy of the file as it is now; gone afterwards. Raises DatabaseError.

    It lies beside the file, where only its owner may look and where what a crash leaves is found again; in the system's
    own place for such files where nothing may be written beside it.
    """
    with ExitStack() as stack:
        try:
            draft = stack.enter_context(copying.draft_beside(database.path))
        except OSError:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="checkin-"))  # 0700, as mkdtemp makes it
            draft = Path(folder) / database.path.name
            draft.touch(0o600)
        with telling(database.path), closing(copying.connect_to(database.path)) as source:
            copying.copy_into(source, draft)
        copy = stack.enter_context(Database(draft, make_engine(draft, lambda: _open(draft))))
        yield copy


def _open(path: Path) -> sqlite3.Connection:
    """A connection without locks to a file nobody else knows of."""
    return sqlite3.connect(
        copying.uri_of_copy(path), uri=True, isolation_level=None, check_same_thread=False, cached_statements=256
    )
