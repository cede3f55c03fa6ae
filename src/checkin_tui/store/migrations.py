"""Bringing a file to this code's revision by Alembic, which is imported here and nowhere on a normal start."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from checkin_tui.domain.errors import DatabaseError
from checkin_tui.settings import private_folder
from checkin_tui.store import copying, generation
from checkin_tui.store.engine import exists, make_engine, why_absent
from checkin_tui.store.failures import cause_of, telling


def scripts() -> Path:
    """The migration scripts: in the installed package, else in the checkout."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_db", package.parent.parent / "db"):
        if (folder / "env.py").is_file():
            return folder
    raise DatabaseError("db_no_scripts", path=package / "_db")


def create(path: Path) -> None:
    """Make a new file and bring it to the newest revision.

    Raises DatabaseError `db_exists` where there already is one, and whatever else stands in its way.
    """
    path = Path(os.path.realpath(path))  # a link that leads nowhere yet is followed
    if exists(path):
        raise DatabaseError("db_exists", path=path)
    refusal = why_absent(path)
    if refusal.code in ("db_foreign", "db_left_behind"):  # SQLite would play a WAL into the new file, or delete it
        raise refusal
    if path.is_file():  # somebody made an empty one: it stays theirs
        upgrade(path)
    else:
        _make(path)


def _make(path: Path) -> None:
    """The file gets its name when it is a database of ours: nobody ever meets half of one there."""
    try:
        private_folder(path.parent)
    except OSError as error:
        raise DatabaseError("db_missing_folder", path=path) from error
    try:
        with copying.draft_beside(path) as draft:
            upgrade(draft)
            copying.flush(draft)
            copying.give_name(draft, path)
    except FileExistsError as error:
        raise DatabaseError("db_exists", path=path) from error
    except OSError as error:
        raise DatabaseError(cause_of(error), path=path) from error
    except DatabaseError as error:
        raise DatabaseError(error.code, **{**error.values, "path": path}) from error


def upgrade(path: Path) -> None:
    """Bring the file to the newest revision, all or nothing. A new one gets a generation of its own (`leftovers`).

    On a connection of its own: references off (a batch drops and makes tables anew), checked before COMMIT.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts()).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    engine = make_engine(path)
    try:
        with telling(path), engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            raw.execute("PRAGMA foreign_keys=OFF")
            immediate = connection.execution_options(immediate=True)
            with immediate.begin():
                if not copying.tables_of(raw):
                    generation.begin_anywhere(raw)
                config.attributes["connection"] = immediate
                command.upgrade(config, "head")
                if raw.execute("PRAGMA foreign_key_check").fetchall():
                    raise DatabaseError("db_damaged", path=path)
    finally:
        engine.dispose()
