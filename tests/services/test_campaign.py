"""The campaign's days and who owes how much from other afternoons: read in pages, by the rules of the roster."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.board import board
from checkin_tui.domain.campaign import NoteCounts
from checkin_tui.domain.reads import LoadCampaign, LoadDesk, LoadOwes
from checkin_tui.domain.roster import Counts, Mark
from checkin_tui.domain.sessions import AudienceKind, SessionState
from checkin_tui.domain.views import CampaignView
from checkin_tui.services.context import Context
from checkin_tui.store import figures
from tests.conftest import MONDAY, TERMS, Bench, at
from tests.desk import Desk

TUESDAY, WEDNESDAY, THURSDAY = (date(2026, 5, day) for day in (19, 20, 21))


@pytest.fixture
def lived_in(ctx: Context, bench: Bench) -> Desk:
    """A closed Monday with something of everything, a Tuesday in the middle, a Wednesday for leaders only."""
    desk = Desk(ctx, bench, terms=replace(TERMS, leave_counts=False))
    desk.edit(presenter="006")
    for code in ("001", "002", "006"):
        desk.mark(code)
    desk.mark("003", at="14:55", made=at("15:00"))
    desk.excuse("004")
    desk.add("A Guest", code="900", guest=True)
    desk.mark("900", guest=True)
    desk.note("001", "word " * 20)
    desk.note("002", "short")
    desk.note("005", paper=True)
    desk.close(absent_rest=True)
    desk.edit(WEDNESDAY, audience=AudienceKind.LEADERS)
    bench.now = at("14:25", TUESDAY)
    desk.mark("001", TUESDAY)
    desk.excuse("008", day=THURSDAY)
    return desk


def campaign_of(desk: Desk) -> CampaignView:
    found: CampaignView = desk.handler.handle(LoadCampaign())
    return found


@pytest.mark.parametrize("page", [1, 2, 25])
def test_every_day_has_the_figures_its_own_roster_has(
    lived_in: Desk, page: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("checkin_tui.services.campaign.PAGE", page)
    view = campaign_of(lived_in)
    assert len(view.days) == 9
    assert view.today == TUESDAY
    for day in view.days:
        desk = lived_in.handler.handle(LoadDesk(day.session.key))
        assert day == board(desk.people, desk.marks, desk.session).day


def test_what_the_days_say(lived_in: Desk) -> None:
    monday, tuesday, wednesday, thursday, *_ = campaign_of(lived_in).days
    assert monday.counts == Counts(8, present=3, late=1, excused=1, absent=3, unmarked=0, guests=1)
    assert monday.notes == NoteCounts(required=3, complete=1, too_short=1)
    assert (monday.expected, monday.taken, tuesday.taken, wednesday.taken) == (7, True, True, False)
    assert (wednesday.counts.expected, wednesday.session.state) == (2, SessionState.PLANNED)
    assert (thursday.counts.excused, thursday.expected, thursday.taken) == (1, 7, False)


def test_leave_entered_ahead_does_not_take_a_session(desk: Desk) -> None:
    desk.excuse("001", day=TUESDAY)
    assert not any(day.taken for day in campaign_of(desk).days)


def test_a_guest_alone_takes_a_session_and_is_in_no_rate(desk: Desk) -> None:
    desk.add("A Guest", code="900", guest=True)
    desk.mark("900", guest=True)
    monday = campaign_of(desk).days[0]
    assert (monday.taken, monday.attended, monday.counts.guests) == (True, 0, 1)


def test_how_many_notes_each_owes_from_other_afternoons(lived_in: Desk) -> None:
    def owes(session_id: int | None = None) -> dict[str, int]:
        found = lived_in.handler.handle(LoadOwes(session_id))
        return {code: found[member] for code in CODES if (member := lived_in.id_of(code)) in found}

    # 006 lectured, 900 is a guest, 005 was not there.
    assert owes() == {"001": 1, "002": 1, "003": 1}
    assert owes(lived_in.session(TUESDAY).id) == {"002": 1, "003": 1}
    assert owes(lived_in.session(MONDAY).id) == {"001": 1}
    lived_in.mark("003", TUESDAY)
    assert owes()["003"] == 2
    lived_in.note("003", paper=True)
    assert owes()["003"] == 1


CODES = ("001", "002", "003", "005", "006", "900")


def test_leaders_and_branches_are_groups_like_those_on_the_screen(lived_in: Desk) -> None:
    desk = lived_in.view()
    assert desk.session is not None
    whole = board(desk.people, desk.marks, desk.session)
    with lived_in.ctx.reading() as connection:
        assert figures.branch_figures(connection, desk.session.id) == whole.branches
        assert figures.leader_figures(connection, desk.session.id) == whole.leaders


def test_a_mark_knows_how_long_the_note_is_and_whether_the_notebook_was_seen(desk: Desk) -> None:
    desk.mark("001")
    changed = desk.note("001", "twelve signs")
    assert (changed.mark.chars, changed.mark.paper) == (11, False)
    assert desk.note("001", paper=True).mark.paper
    late = desk.mark("001", status=Status.LATE).marks[0][1]
    many = desk.many(["002"], Status.PRESENT).marks[0][1]
    for mark in (late, desk.mark_of("001")):
        assert (mark.chars, mark.paper) == (11, True)
    assert (many.chars, many.paper) == (0, False)
    assert desk.mark_of("003") == Mark()
