"""Putting a backup in the place of a file, so that no window goes on with the old one without noticing.

A file that can be read keeps its inode, its locks and its windows: all rows are exchanged in one transaction of its
own, and its `user_version`, which counts such exchanges, tells every window that nothing it knows holds any more
(`Database.replaced`). A damaged file is renamed aside and the backup gets its name; a window that still has it open
finds another file under the name (`Database.follow`).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Final

from checkin_tui.domain.backups import BackupName, Contents, Since, Why
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.errors import DatabaseError
from checkin_tui.store import backups, copying, engine, generation, leftovers, selfcheck, taking_out
from checkin_tui.store.engine import (
    Database,
    begin_writing,
    begins_like_one,
    check_file,
    exists,
    judge_revision,
    make_engine,
    prepare,
    read_revision,
    why_absent,
)
from checkin_tui.store.failures import telling
from checkin_tui.store.schema import metadata
from checkin_tui.store.unit_of_work import reading

_COLUMNS: Final = "SELECT name FROM pragma_table_info(?)"

_SINCE: Final = """
SELECT (SELECT count(*) FROM attendance_events
        WHERE kind <> 'withdrawn' AND uid NOT IN (SELECT uid FROM kept.attendance_events)),
       (SELECT count(*) FROM (SELECT DISTINCT session_id, member_id FROM note_revisions
        WHERE uid NOT IN (SELECT uid FROM kept.note_revisions))),
       (SELECT count(DISTINCT batch) FROM changes WHERE uid NOT IN (SELECT uid FROM kept.changes))
"""


def state_of(database: Path) -> Contents | None:
    """What the file holds that is to be replaced; None where there is none.

    Raises DatabaseError `db_damaged`, also for what is no database at all any more. Whatever else cannot be used is not
    ours to replace (`db_foreign`, `db_newer`), or not to be reached now (`db_locked`, `db_unreadable`).
    """
    if not exists(database):
        _check_absent(database)
        return None
    if database.is_file() and not _begins_like_one(database):
        raise DatabaseError("db_damaged", path=database)
    check_file(database)
    try:
        with telling(database), closing(copying.connect_to(database)) as raw:
            judge_revision(database, read_revision(raw))
            contents = copying.contents_of(raw)
            if contents is None or not _has_our_tables(raw) or not copying.is_whole(raw):
                raise DatabaseError("db_damaged", path=database)
    except DatabaseError as error:
        if error.code in ("db_foreign", "db_failed"):  # its header is ours, and what follows makes no sense
            raise DatabaseError("db_damaged", path=database) from error
        raise
    return contents


def _check_absent(database: Path) -> None:
    """Raise DatabaseError `db_foreign` where something bears the name that is no file."""
    try:
        refusal = why_absent(database)
    except OSError as error:
        raise DatabaseError("db_unreadable", path=database) from error
    if refusal.code == "db_foreign":
        raise refusal


def _has_our_tables(raw: sqlite3.Connection) -> bool:
    """Whether every table and column is there into which rows would be put."""
    return all(
        {column.name for column in table.columns} <= {row[0] for row in raw.execute(_COLUMNS, (table.name,)).fetchall()}
        for table in metadata.sorted_tables
    )


def _begins_like_one(database: Path) -> bool:
    try:
        return begins_like_one(database)
    except OSError as error:
        raise DatabaseError("db_unreadable", path=database) from error


def since(database: Path, draft: Path) -> Since:
    """What the file holds that the backup taken out at `draft` does not."""
    with telling(database), closing(copying.connect_to(database)) as raw:
        raw.execute("ATTACH ? AS kept", (copying.uri_of_copy(draft),))
        return Since(*raw.execute(_SINCE).fetchone())


def wrong_rows(draft: Path) -> int:
    """How many derived rows of the backup taken out at `draft` do not follow from its events and revisions."""
    with Database(draft, make_engine(draft)) as database, reading(database) as connection:
        return len(selfcheck.differences(connection))


def exchange(database: Path, draft: Path, keep: Callable[[], None]) -> None:
    """Let the file have the rows of `draft`, in one transaction in which nobody else writes.

    keep: called when nobody can write any more, to keep what is replaced; if it raises, nothing is changed. Numbers
    that were given once are not given again. Raises DatabaseError.
    """
    uri = f"{database.absolute().as_uri()}?mode=rw"
    with telling(database), closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as raw:
        prepare(raw)
        raw.execute("PRAGMA foreign_keys=OFF")  # tables are filled one after the other
        raw.execute("ATTACH ? AS kept", (copying.uri_of_copy(draft),))
        begin_writing(raw)
        keep()
        taking_out.drop_what_acts(raw)
        taking_out.fill(raw)
        generation.advance(raw)
        if raw.execute("PRAGMA main.foreign_key_check").fetchall():
            raise DatabaseError("db_damaged", path=draft)
        raw.execute("COMMIT")  # whatever went wrong before is rolled back by closing


def put_in_place(database: Path, draft: Path, now: Millis, beyond: Iterable[int] = ()) -> Path | None:
    """Give the draft the name of the database, after what bears it was renamed aside; its new path, None without one.

    What lies beside the old file goes with it: a journal of another file would be played into the new one. beyond:
    generations that were given before. Raises CheckInError `restore_failed`; the old file has its name again then.
    """
    aside = _free_beside(database, now)
    there = os.path.lexists(database)
    moved: list[tuple[Path, Path]] = []
    with backups.failing(database.parent, taking_out.FAILED):
        try:
            with closing(sqlite3.connect(engine.uri_of(draft), uri=True, isolation_level=None)) as raw:
                generation.advance(raw, beyond)
            copying.flush(draft)
            for ending in (*leftovers.ENDINGS, ""):
                old, new = database.with_name(database.name + ending), aside.with_name(aside.name + ending)
                if os.path.lexists(old):
                    old.rename(new)
                    moved.append((old, new))
            copying.give_name(draft, database)
        except OSError:
            if not os.path.lexists(database):
                for old, new in reversed(moved):
                    new.rename(old)
            raise
    return aside if there else None


def _free_beside(database: Path, now: Millis) -> Path:
    stamp = str(BackupName(now, Why.RESTORE)).partition("Z")[0]
    for number in count(1):
        ending = f"{backups.ASIDE}{stamp}Z" + ("" if number == 1 else f"-{number}")
        aside = database.with_name(database.name + ending)
        if not any(os.path.lexists(aside.with_name(aside.name + other)) for other in ("", *leftovers.ENDINGS)):
            break
    return aside
