"""A file that is open here keeps the locks this process has on it, whoever else in it opens the same file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from uuid import UUID

from checkin_tui.domain.errors import DatabaseError
from checkin_tui.services.opening import Door
from checkin_tui.store.engine import open_database
from checkin_tui.store.unit_of_work import writing

ANOTHER_WRITER = """
import sqlite3, sys
sqlite3.connect(sys.argv[1], timeout=0.05, isolation_level=None).execute("BEGIN IMMEDIATE")
"""


def another_program_may_write(path: Path) -> bool:
    done = subprocess.run([sys.executable, "-c", ANOTHER_WRITER, str(path)], capture_output=True, check=False)
    return done.returncode == 0


def test_opening_the_file_once_more_gives_up_no_lock(database_path: Path) -> None:
    """As the reading thread does while the writing one is in the middle of a commit."""
    with open_database(database_path) as database, writing(database, 0, UUID(int=1)):
        open_database(database_path).close()
        assert not another_program_may_write(database_path)
    assert another_program_may_write(database_path)


def test_looking_for_a_way_out_gives_up_no_lock(database_path: Path) -> None:
    door = Door(database_path, database_path.with_name("backups"), lambda: 0)
    with open_database(database_path) as database, writing(database, 0, UUID(int=1)):
        assert "backup" not in door.refusal(DatabaseError("db_foreign", path=database_path)).values
        assert not another_program_may_write(database_path)


def test_a_file_that_was_closed_is_looked_at_again(database_path: Path) -> None:
    with open_database(database_path) as database, writing(database, 0, UUID(int=1)):
        pass
    open_database(database_path).close()
    assert another_program_may_write(database_path)
