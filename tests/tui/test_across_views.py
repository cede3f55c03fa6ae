"""What one view did or could not do is known in all of them: they are one window."""

from __future__ import annotations

import pytest

from checkin_tui.domain.sessions import SessionState
from checkin_tui.tui.commands import View
from tests.conftest import at
from tests.tui.driving import driven
from tests.tui.fakes import ENDS, FULL, MINUTE, Clock, FakeDesk, people, session
from tests.tui.test_app import ready, window

OTHERS = [view for view in View if view is not View.ROSTER]


@pytest.mark.parametrize("view", OTHERS)
async def test_what_was_not_saved_on_the_roster_is_tried_again_from_any_view(view):
    async with driven(number=12) as it:
        await it.go(view)
        await it.go(View.ROSTER)
        it.desk.failing = FULL
        await it.do("0004", "<enter>")
        await it.go(view)
        assert "NOT SAVED 1" in it.screen.head.shown.state
        assert it.notice.startswith("1 step is NOT SAVED. → 1 tries again. · ")
        it.desk.failing = None
        await it.do("<right>", "1", "<enter>")
        assert it.app.unsaved() == (0, 0)
        assert "NOT SAVED" not in it.notice
        await it.go(View.ROSTER)
        assert it.status(4) == "present"
        assert not it.screen.list.saving


async def test_undo_on_the_dashboard_takes_back_what_the_roster_marked(desk, database_path, bench):
    bench.now = at("14:25")
    app = window(database_path, bench)
    async with app.run_test(size=(80, 24)) as pilot:
        it = await ready(app, pilot)
        await it.go(View.DASHBOARD)
        await it.go(View.ROSTER)
        await it.do("001", "<enter>")
        await it.go(View.DASHBOARD)
        await it.do("<ctrl+z>")
        assert it.banner.startswith("Taken back: mark")
        await it.do("<ctrl+z>")
        assert "nothing" in it.banner
    assert desk.mark_of("001").status is None


async def test_the_reason_for_correcting_a_day_is_asked_once_for_all_views():
    clock = Clock(ENDS + MINUTE)
    closed = session(state=SessionState.CLOSED, closed=ENDS)
    async with driven(FakeDesk(people(12), clock, the_session=closed)) as it:
        await it.do("<right>", "1", "<enter>")
        await it.answer("was on the paper list", "<enter>", "<enter>")
        await it.go(View.NOTEBOOK)
        await it.do("<down>", "<f5>")
        assert len(it.app.screen_stack) == 1
        assert it.status(1) == "present"


async def test_a_view_nobody_sees_counts_when_it_comes_back():
    async with driven(number=12) as it:
        await it.go(View.NOTEBOOK)
        counted = it.screen.counts_line.shown
        await it.go(View.ROSTER)
        await it.do("0001", "<enter>", "0002", "<enter>")
        assert it.app.views[View.NOTEBOOK].counts_line.shown == counted
        await it.go(View.NOTEBOOK)
        assert it.screen.counts_line.shown.required == 2
