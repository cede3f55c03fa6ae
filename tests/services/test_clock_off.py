"""The laptop's clock steps back an hour in the middle of an afternoon: order, undo and history hold."""

from __future__ import annotations

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.health import clock_behind
from checkin_tui.domain.reads import LoadHistory
from tests.conftest import at
from tests.desk import Desk

HOUR = 60 * 60_000


def test_what_is_done_after_it_is_still_later(desk: Desk) -> None:
    desk.bench.now = at("15:10")
    desk.mark("001")
    desk.mark("002")
    before = desk.view().cursor
    assert before is not None
    assert clock_behind(before.wall, desk.bench.now) == 0
    desk.bench.now -= HOUR
    changed = desk.mark("002", status=Status.ABSENT)
    desk.mark("003")
    after = desk.view().cursor
    assert after is not None
    assert changed.recorded is not None
    assert before < changed.recorded < after
    assert clock_behind(after.wall, desk.bench.now) == HOUR
    assert desk.statuses()["002"] == "absent", "the later decision holds, whatever the clock says"

    lines = desk.handler.handle(LoadHistory(desk.id_of("002"))).lines
    assert [one.kind.value for one in lines] == ["marked", "withdrawn", "arrived"]

    desk.undo()
    assert "003" not in desk.statuses(), "undo takes the newest step, not the one with the latest time"
    desk.undo()
    assert desk.statuses()["002"] == "late"
    desk.redo()
    assert desk.statuses()["002"] == "absent"


def test_another_laptop_whose_clock_is_ahead_shows_here(desk: Desk, other_desk: Desk) -> None:
    desk.mark("001")
    desk.bench.now += 3 * HOUR
    other_desk.mark("002", at="14:25")
    desk.bench.now -= 3 * HOUR
    desk.mark("003")
    newest = desk.view().cursor
    assert newest is not None
    assert clock_behind(newest.wall, desk.bench.now) == 3 * HOUR
    desk.bench.now += 3 * HOUR
    assert clock_behind(newest.wall, desk.bench.now) == 0
