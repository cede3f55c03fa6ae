"""Which backup is the newest whatever the clock said, what is tidied away, and what never is."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkin_tui.domain.backups import LAST_KEPT, Why
from checkin_tui.domain.errors import CheckInError
from checkin_tui.services.backups import find_backup, restore
from checkin_tui.services.opening import newest_whole
from checkin_tui.store import backups, leftovers
from tests.conftest import at
from tests.desk import Desk
from tests.restored import digest_of

NOW = at("14:30")
SECOND, YEAR = 1_000, 365 * 86_400_000
DRAFT = ".checkin.db.k3v_9zq1.part"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups" / "checkin-1"


@pytest.mark.parametrize("marked", [False, True])
def test_a_clock_that_was_a_year_ahead_spoils_no_backup(
    desk: Desk, database_path: Path, folder: Path, marked: bool
) -> None:
    """Right again, it makes the newest backups, and each of them is kept."""
    desk.open()
    desk.bench.now = NOW + YEAR
    if marked:
        desk.mark("001")
    for number in range(LAST_KEPT + 1):
        backups.make(database_path, folder, Why.ASKED, NOW + YEAR + number * SECOND)
    right = []
    for number, code in enumerate(("002", "003", "004")):
        desk.bench.now = NOW + number * SECOND
        desk.mark(code)
        right.append(backups.make(database_path, folder, Why.ASKED, desk.bench.now).file)
    assert [one.file for one in backups.listed(folder)][:3] == right[::-1]
    assert find_backup(database_path, folder, "1") == Path(right[-1])
    newest = newest_whole(folder)
    assert newest is not None
    assert newest.file == right[-1]
    assert digest_of(Path(newest.file)) == digest_of(database_path)


def test_nor_does_one_that_was_ahead_while_what_was_entered_then_was_taken_back_by_a_restore(
    desk: Desk, database_path: Path, folder: Path
) -> None:
    desk.open()
    before = backups.make(database_path, folder, Why.ASKED, NOW)
    desk.bench.now = NOW + YEAR
    desk.mark("001")
    for number in range(LAST_KEPT + 1):
        backups.make(database_path, folder, Why.ASKED, NOW + YEAR + number * SECOND)
    restore(database_path, folder, Path(before.file), NOW + SECOND)
    desk.bench.now = NOW + 60 * SECOND
    desk.mark("002")
    first = backups.make(database_path, folder, Why.ASKED, NOW + 60 * SECOND)
    second = backups.make(database_path, folder, Why.ASKED, NOW + 61 * SECOND)
    assert [one.file for one in backups.listed(folder)][:2] == [second.file, first.file]


def test_what_is_made_after_an_older_one_was_put_in_the_place_of_a_damaged_file_is_the_newest(
    desk: Desk, database_path: Path, folder: Path
) -> None:
    desk.open()
    first = backups.make(database_path, folder, Why.ASKED, NOW)
    desk.mark("001")
    backups.make(database_path, folder, Why.ASKED, NOW + SECOND)
    desk.ctx.database.close()
    database_path.write_bytes(b"\x00" * 5000)
    restore(database_path, folder, Path(first.file), NOW + 2 * SECOND)
    last = backups.make(database_path, folder, Why.ASKED, NOW + 3 * SECOND)
    assert backups.listed(folder)[0].file == last.file


# ---------------------------------------------------------------------------------------------- what a kill left


def test_a_whole_copy_that_a_killed_restore_left_goes_with_the_next_backup(database_path: Path, folder: Path) -> None:
    for make in (
        lambda: backups.make(database_path, folder, Why.ASKED, NOW),
        lambda: backups.make_of_day(database_path, folder, NOW, "UTC"),
    ):
        left = [database_path.with_name(DRAFT + ending) for ending in ("", *leftovers.ENDINGS)]
        for one in left:
            one.write_text("everybody's names")
        mine = [
            database_path.with_name(name) for name in (".checkin.db.mine.part", ".other.db.k3v_9zq1.part", "x.part")
        ]
        for one in mine:
            one.write_text("mine")
        make()
        assert [one.name for one in left if one.exists()] == []
        assert [one.name for one in mine if not one.exists()] == []


# --------------------------------------------------------------------------------- at a path of the user's choice


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("checkin.db-journal", "save_database"),
        ("checkin.db-WAL", "save_database"),
        ("other.db-shm", "save_database"),
        ("taken.db", "save_database"),
        (DRAFT, "backup_would_go"),
        ("backups/checkin-1/2026-05-18T063000Z-asked.db", "backup_would_go"),
        ("backups/other-2/mine.db", "backup_would_go"),
        ("link/mine.db", "backup_would_go"),
    ],
)
def test_a_name_that_would_be_taken_away_again_is_refused(
    database_path: Path, folder: Path, tmp_path: Path, name: str, code: str
) -> None:
    """By SQLite, which clears the journal of a database, or by ourselves, who let old backups and drafts go."""
    folder.mkdir(parents=True)
    (folder.parent / "other-2").mkdir()
    (tmp_path / "link").symlink_to(folder)
    (tmp_path / "taken.db-journal").write_text("would be played into it")
    with pytest.raises(CheckInError, match=code):
        backups.save_as(database_path, folder, tmp_path / name)
    assert not (tmp_path / name).exists()
