"""The copy that long reads are made from: one moment of the file, while others go on."""

from pathlib import Path

import pytest

from checkin_tui.domain.errors import DatabaseError
from checkin_tui.services.status import status
from tests.desk import Desk


def present(ctx) -> int:
    return status(ctx).figures.counts.present


def test_what_others_write_meanwhile_is_not_seen_and_not_held_up(desk: Desk, other_desk: Desk):
    desk.mark("001")
    with desk.ctx.still() as still:
        assert present(still) == 1
        other_desk.mark("002")
        desk.mark("003")
        assert present(still) == 1
    assert present(desk.ctx) == 3


def test_nothing_is_left_of_it(desk: Desk, database_path: Path):
    with desk.ctx.still() as still:
        present(still)
        beside = set(database_path.parent.iterdir())
    assert len(beside) > len(set(database_path.parent.iterdir())) > 0
    assert not list(database_path.parent.glob("*.part*"))


def test_a_folder_nobody_may_write_to_can_be_read_all_the_same(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    def refuse(_path: Path):
        raise PermissionError

    monkeypatch.setattr("checkin_tui.store.copying.draft_beside", refuse)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    desk.mark("001")
    with desk.ctx.still() as still:
        assert present(still) == 1
    assert not list(tmp_path.glob("checkin-*"))


def test_nobody_writes_to_it(desk: Desk):
    with desk.ctx.still() as still, pytest.raises(DatabaseError):
        Desk(still, desk.bench, new=False).mark("001")
    assert present(desk.ctx) == 0
