"""Which backup is meant, and when one is made unasked."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from checkin_tui.domain.errors import CheckInError
from checkin_tui.services.backups import back_up, back_up_today, find_backup
from checkin_tui.services.context import Context
from tests.conftest import Bench, at
from tests.desk import Desk

NOW = at("16:00")


def test_a_backup_is_meant_by_path_by_place_or_by_part_of_its_name(
    desk: Desk, database_path: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Path(back_up(database_path, folder, NOW).file)
    second = Path(back_up(database_path, folder, NOW + 60_000).file)
    assert find_backup(database_path, folder, str(first)) == first
    assert (find_backup(database_path, folder, "1"), find_backup(database_path, folder, "2")) == (second, first)
    assert find_backup(database_path, folder, "T080000") == first
    for said in ("3", "0", "T09", "", "~nobody-of-this-name/x"):
        with pytest.raises(CheckInError, match="backup_unknown"):
            find_backup(database_path, folder, said)
    with pytest.raises(CheckInError, match="backup_ambiguous"):
        find_backup(database_path, folder, "asked")
    assert find_backup(database_path, folder, str(tmp_path)) == tmp_path, "read, it says what is wrong with it"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "1").write_text("a file of that name goes before")
    assert find_backup(database_path, folder, "1") == Path("1")


def test_the_sample_and_a_file_without_a_program_make_none(
    open_context: Callable[..., Context], database_path: Path, folder: Path
) -> None:
    assert back_up_today(database_path, folder, NOW) is None
    assert back_up_today(database_path.with_name("none.db"), folder, NOW) is None
    ctx = open_context()
    Desk(ctx, Bench())
    assert back_up_today(database_path, folder, NOW) is not None
    assert back_up_today(database_path, folder, NOW) is None
    with closing(sqlite3.connect(database_path)) as raw, raw:
        raw.execute("UPDATE programs SET practice = 1")
    assert back_up_today(database_path, folder, NOW + 86_400_000) is None
