"""Two windows on one file: what one writes the other reads, and only that."""

from __future__ import annotations

from datetime import timedelta

from checkin_tui.domain.clock import HybridTime
from checkin_tui.domain.reads import LoadNews
from checkin_tui.domain.views import News
from tests.conftest import MONDAY, Bench, at
from tests.desk import Desk

TUESDAY = MONDAY + timedelta(days=1)


def test_a_commit_of_another_window_is_noticed_and_ones_own_is_not(desk: Desk, other_desk: Desk) -> None:
    assert not desk.handler.foreign_changes()
    desk.mark("001")
    assert not desk.handler.foreign_changes()
    other_desk.mark("002")
    assert desk.handler.foreign_changes()
    assert not desk.handler.foreign_changes()


def test_news_are_the_marks_written_since(desk: Desk, other_desk: Desk, bench: Bench) -> None:
    desk.mark("001")
    view = desk.view()
    assert view.session is not None
    bench.now = at("14:22")
    other_desk.mark("002")
    found = desk.handler.handle(LoadNews(view.session.id, view.cursor))
    assert [member for member, _ in found.marks] == [desk.id_of("002")]
    assert not found.reload
    nothing = desk.handler.handle(LoadNews(view.session.id, found.cursor))
    assert nothing.marks == ()
    assert not nothing.reload


def test_a_change_of_people_asks_for_the_whole_desk(desk: Desk, other_desk: Desk) -> None:
    view = desk.view()
    other_desk.add("Somebody New", joined=MONDAY)
    assert view.session is not None
    assert desk.handler.handle(LoadNews(view.session.id, view.cursor)).reload


def test_a_note_of_another_window_is_news_of_that_person(desk: Desk, other_desk: Desk) -> None:
    desk.mark("001")
    view = desk.view()
    other_desk.note("001", paper=True)
    assert view.session is not None
    found = desk.handler.handle(LoadNews(view.session.id, view.cursor))
    assert [mark.note.value for _, mark in found.marks] == ["complete"]


def test_what_happens_at_other_sessions_is_told_apart(desk: Desk, other_desk: Desk, bench: Bench) -> None:
    desk.mark("001")
    view = desk.view()
    assert view.session is not None
    ours, tuesday = view.session.id, other_desk.session(TUESDAY).id

    def news(session_id: int | None, since: HybridTime | None) -> News:
        found: News = desk.handler.handle(LoadNews(session_id, since))
        return found

    other_desk.mark("002")
    assert not news(ours, view.cursor).elsewhere
    assert news(tuesday, view.cursor).elsewhere
    assert news(None, view.cursor).elsewhere
    seen = news(ours, view.cursor).cursor
    assert not news(tuesday, seen).elsewhere
    other_desk.excuse("003", day=TUESDAY)
    found = news(ours, seen)
    assert (found.elsewhere, found.marks) == (True, ())
    other_desk.note("001", "a note of Monday")
    assert not news(ours, found.cursor).elsewhere
    assert news(tuesday, found.cursor).elsewhere
