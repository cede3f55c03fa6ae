"""A file with a backup, and what was done since."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkin_tui.domain.attendance.events import Status
from checkin_tui.services.backups import back_up
from tests.conftest import at
from tests.desk import Desk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups" / "checkin-1"


@pytest.fixture
def kept(desk: Desk, database_path: Path, folder: Path) -> Path:
    """A backup with two marks and a note; since then there were two more marks, a note and a new person."""
    desk.open()
    desk.mark("001")
    desk.mark("002")
    desk.note("001", "Twelve words about the first lecture, and a thirteenth.")
    made = back_up(database_path, folder, at("16:00"))
    desk.mark("003")
    desk.mark("004", status=Status.LATE)
    desk.note("002", "Written after the backup.")
    desk.note("002", "Written after the backup, and again.")
    desk.add("Mara Quill")
    return Path(made.file)
