"""The folder of a file's backups: making one, looking through it, giving it its name, and letting old ones go.

Every database file has a folder of its own (`Places.backups_of`). Whoever makes a backup there has it to itself: two
programs that begin the same day make one backup, and what lies there unfinished is of somebody who was killed.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from checkin_tui.domain.backups import Backup, BackupName, Held, Why, free_name, newest_first, superfluous
from checkin_tui.domain.calendar import local
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.errors import CheckInError, DatabaseError
from checkin_tui.settings import private_folder
from checkin_tui.store import copying, leftovers, snapshot
from checkin_tui.store.copying import Copied
from checkin_tui.store.failures import as_database_error, cause_of, telling
from checkin_tui.store.schema import CLOCKED

FAILED: Final = "backup_failed"
LOCK: Final = ".lock"
ASIDE: Final = ".damaged-"
"""What follows the name of a database in the name of one that was put aside."""
WAIT_SECONDS: Final = 30
"""How long another program's backup is waited for."""

_DRAFT: Final = re.compile(
    rf"\..+\.[a-z0-9_]{{8}}{re.escape(copying.DRAFT)}(?:{'|'.join(leftovers.ENDINGS)})?", re.ASCII
)
"""The names of unfinished copies, as `copying.draft_beside` makes them; nothing else is taken for one."""

_PROGRAM: Final = "SELECT ifnull((SELECT uid FROM programs), x''), (SELECT user_version FROM pragma_user_version)"
_NEWEST: Final = " UNION ALL ".join(
    f"SELECT * FROM (SELECT recorded, counter FROM {table.name} ORDER BY recorded DESC, counter DESC LIMIT 1)"
    for table in CLOCKED
)


def make(database: Path, folder: Path, why: Why, now: Millis) -> Backup:
    """Back the file up into its folder: copied, looked through, on the disk, and only then named.

    now: whose second is in the name. Older backups that need not be kept are taken away. Raises DatabaseError when the
    file cannot be read (`db_missing`, `db_locked`, …), CheckInError `backup_failed` when the backup cannot be made;
    nothing is left of it then, and the database is as it was.
    """
    with alone(folder):
        sweep_beside(database)
        return make_alone(database, folder, why, now)


def make_of_day(database: Path, folder: Path, now: Millis, zone: str) -> Backup | None:
    """The day's backup, unless there is one already; days are those of `zone`. Raises as `make` does."""
    day = local(now, zone).date()
    with alone(folder):
        sweep_beside(database)
        if any(name.why is Why.DAY and local(name.made, zone).date() == day for name in names_in(folder)):
            return None
        return make_alone(database, folder, Why.DAY, now)


def make_alone(database: Path, folder: Path, why: Why, now: Millis, spared: str = "") -> Backup:
    """As `make`, for who has the folder to itself already. spared: the name of another one that is kept this time."""
    with failing(folder):
        sweep(folder)
        name = free_name(now, why, names_in(folder))
        made = _write(database, folder / str(name))
        for old in superfluous(in_order(folder), [one for one in (name, BackupName.parse(spared)) if one]):
            with suppress(OSError):  # one too many is no reason to do without this one
                (folder / str(old)).unlink()
    return made


def save_as(database: Path, folder: Path, target: Path) -> Backup:
    """A backup at a path of the user's choice, which nothing ever touches again.

    folder: the one of our own backups. Raises as `make` does; CheckInError `save_exists`, `save_folder`,
    `save_no_folder`: nothing is written over. `save_database`, `backup_would_go`: SQLite would take it for the journal
    of a database, or we for one of our own.
    """
    if target.is_dir():
        raise CheckInError("save_folder", file=str(target))
    if not target.parent.is_dir():
        raise CheckInError("save_no_folder", file=str(target.parent))
    if target.name.casefold().endswith(leftovers.ENDINGS) or any(
        os.path.lexists(target.with_name(target.name + ending)) for ending in leftovers.ENDINGS
    ):
        raise CheckInError("save_database", file=str(target))
    ours = Path(os.path.realpath(folder.parent))  # the folders of all databases
    if _DRAFT.fullmatch(target.name) or Path(os.path.realpath(target.parent)).is_relative_to(ours):
        raise CheckInError("backup_would_go", file=str(target))
    with failing(target.parent):
        return _write(database, target)


def listed(folder: Path) -> list[Backup]:
    """The backups of a folder, newest first, each opened for what it holds."""
    return [described(folder / str(name)) for name in in_order(folder)]


def in_order(folder: Path) -> list[BackupName]:
    """The names of the backups of a folder, the newest first by what they hold. One that cannot be read comes last."""
    held, unreadable = [], []
    for name in names_in(folder):
        try:
            held.append(_held(folder, name))
        except (sqlite3.Error, OSError):
            unreadable.append(name)
    return newest_first(held, unreadable)


def generations_in(folder: Path, program: bytes) -> list[int]:
    """The generations of that program's backups."""
    found = []
    for name in names_in(folder):
        with suppress(sqlite3.Error, OSError):
            held = _held(folder, name)
            found += [held.generation] if held.program == program else []
    return found


def _held(folder: Path, name: BackupName) -> Held:
    with closing(copying.connect_to_copy(folder / str(name))) as raw:
        program, generation = raw.execute(_PROGRAM).fetchone()
        return Held(name, bytes(program), generation, max(raw.execute(_NEWEST).fetchall(), default=(0, 0)))


def described(path: Path) -> Backup:
    """One backup as the list has it. Not every page is looked at."""
    contents = None
    with suppress(sqlite3.Error, OSError), closing(copying.connect_to_copy(path)) as raw:
        contents = copying.contents_of(raw)
    name = BackupName.parse(path.name)
    made, why = (None, None) if name is None else name
    try:
        size = path.stat().st_size
    except OSError:  # pruned meanwhile
        size = 0
    return Backup(str(path), made, why, size, contents)


def names_in(folder: Path) -> list[BackupName]:
    """The backups that lie there, by their names. Whatever is called otherwise is not ours to touch."""
    try:
        files = [path.name for path in folder.iterdir() if path.is_file() and not path.is_symlink()]
    except OSError:
        return []
    return [name for name in map(BackupName.parse, files) if name is not None]


def is_kept(database: Path) -> bool:
    """Whether the file has a program that is not the sample: nothing else is backed up unasked. Raises DatabaseError.

    A file that is not there yet has nothing to lose.
    """
    return program_zone(database) is not None


def program_zone(database: Path) -> str | None:
    """The zone of the file's program; None where there is none, or only the sample. Raises DatabaseError."""
    if not database.is_file():
        return None
    with telling(database), closing(copying.connect_to(database)) as raw:
        row = raw.execute("SELECT zone FROM programs WHERE NOT practice").fetchone()
    return None if row is None else str(row[0])


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Have the folder to oneself; the system gives it back when whoever has it is killed.

    Raises CheckInError `backup_failed`.
    """
    with failing(folder):
        private_folder(folder)
        lock = folder / LOCK  # an empty database: its lock is the one every system has
        holder = sqlite3.connect(lock, timeout=WAIT_SECONDS, isolation_level=None)
    with closing(holder):
        with failing(folder):
            holder.execute("PRAGMA journal_mode=OFF")  # nothing is ever written to it
            holder.execute("BEGIN EXCLUSIVE")
            lock.chmod(0o600)
        yield


def sweep(folder: Path, prefix: str = ".") -> None:
    """Take away unfinished drafts. To be called only with the folder to oneself: whoever made them is gone then."""
    for path in drafts_in(folder, prefix):
        path.unlink(missing_ok=True)


def sweep_beside(database: Path) -> None:
    """Take away the whole copies beside a database that a killed restore or export left; as `sweep`, by who makes no
    draft there.

    One that cannot be taken away stands in nobody's way.
    """
    database = Path(os.path.realpath(database))
    with suppress(OSError):
        sweep(database.parent, copying.draft_prefix(database))
    snapshot.sweep_stills(database)


def copies_beside(database: Path) -> list[str]:
    """The whole copies beside a database that a restore put aside because it was damaged, or that a restore or an
    export left when it was killed.

    Whatever somebody was called may stand in them. By name; their paths.
    """
    database = Path(os.path.realpath(database))
    with suppress(OSError):
        aside = [path for path in database.parent.iterdir() if path.name.startswith(database.name + ASIDE)]
        drafts = drafts_in(database.parent, copying.draft_prefix(database))
        found = (*aside, *drafts, *snapshot.left_stills(database))
        return sorted(str(path) for path in found if path.stat().st_size)  # an empty journal may go with one
    return []


def drafts_in(folder: Path, prefix: str = ".") -> list[Path]:
    """The drafts that lie there, finished by nobody or just being made. Raises OSError."""
    return [path for path in folder.iterdir() if path.name.startswith(prefix) and _DRAFT.fullmatch(path.name)]


def _write(database: Path, target: Path) -> Backup:
    if not database.is_file():
        raise DatabaseError("db_missing", path=database)
    with copying.draft_beside(target) as draft:
        with closing(_source(database)) as source:
            copied = _copied(source, draft)
        copying.flush(draft)
        size = draft.stat().st_size
        try:
            copying.give_name(draft, target)
        except FileExistsError as error:
            raise CheckInError("save_exists", file=str(target)) from error
    name = BackupName.parse(target.name)
    made, why = (None, None) if name is None else name
    return Backup(str(target), made, why, size, copied.contents, sum(copied.rows.values()))


def _source(database: Path) -> sqlite3.Connection:
    """Open it and look whether it answers at all, so that its troubles are told as its own."""
    with telling(database):
        source = copying.connect_to(database)
        try:
            source.execute("PRAGMA schema_version").fetchone()
        except sqlite3.Error:
            source.close()
            raise
    return source


def _copied(source: sqlite3.Connection, draft: Path) -> Copied:
    """Copy, and look the copy through. As long as nobody else writes it has to have the rows the source has."""
    before = _version(source)
    copying.copy_into(source, draft)
    copied = copying.look_through(draft, draft=True)
    rows = copying.count_rows(source)
    if _version(source) == before and rows != copied.rows:
        raise DatabaseError("db_damaged", path=draft)
    return copied


def _version(source: sqlite3.Connection) -> int:
    return int(source.execute("PRAGMA data_version").fetchone()[0])


@contextmanager
def failing(folder: Path, code: str = FAILED) -> Iterator[None]:
    """Whatever goes wrong with what is written in this folder: CheckInError `code` with the cause as another code."""
    try:
        yield
    except OSError as error:
        raise CheckInError(code, path=str(folder), cause=cause_of(error)) from error
    except sqlite3.Error as error:
        raise CheckInError(code, path=str(folder), cause=as_database_error(error, folder).code) from error
    except DatabaseError as error:
        if Path(str(error.values.get("path"))).parent != folder:
            raise  # of the database itself
        raise CheckInError(code, path=str(folder), cause=error.code) from error
