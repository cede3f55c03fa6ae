"""Sessions and the program: planned, opened, edited, closed, each under its own terms."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, time, timedelta
from fractions import Fraction

import pytest

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.campaign import NoteCounts
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.rates import Target
from checkin_tui.domain.reads import LoadDesk, LoadSessions
from checkin_tui.domain.requests import (
    CreateProgram,
    EditProgram,
    MarkPerson,
    OpenSession,
    PlanSessions,
    Undo,
    WriteNote,
)
from checkin_tui.domain.sessions import SessionKey, SessionKind, SessionState
from checkin_tui.services import status
from checkin_tui.services.context import Context
from tests.conftest import MONDAY, TERMS, Bench, at
from tests.desk import Desk

TUESDAY = MONDAY + timedelta(days=1)
SUNDAY = date(2026, 5, 24)


def test_the_program_plans_one_session_for_each_working_day(desk: Desk) -> None:
    keys = [str(session.key) for session in desk.handler.handle(LoadSessions())]
    assert keys[0] == "2026-05-18"
    assert keys[-1] == "2026-05-28"
    assert len(keys) == 9
    assert desk.do(PlanSessions).created == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": " "}, "name_needed"),
        ({"last_day": date(2026, 5, 1)}, "date_order"),
        ({"weekdays": frozenset()}, "no_days"),
        ({"zone": "Moon/Crater"}, "zone_unknown"),
        ({"last_day": date(2126, 5, 1)}, "dates_long"),
    ],
)
def test_impossible_terms_are_refused(ctx: Context, bench: Bench, change: dict[str, object], code: str) -> None:
    desk = Desk(ctx, bench, new=False)
    with pytest.raises(CheckInError) as caught:
        desk.do(CreateProgram, terms=replace(TERMS, **change))  # type: ignore[arg-type]
    assert caught.value.code == code
    with pytest.raises(CheckInError, match="no_program"):
        desk.handler.handle(LoadDesk())


def test_a_second_program_on_a_file_is_refused(desk: Desk) -> None:
    with pytest.raises(CheckInError, match="program_exists"):
        desk.do(CreateProgram, terms=TERMS)


def test_new_terms_reach_planned_sessions_only(desk: Desk) -> None:
    desk.mark("001")
    terms = replace(TERMS, grace=0, target=Target(">=", Fraction(90)), minimum_note=5, starts=time(15))
    desk.do(EditProgram, terms=terms)
    today, tomorrow = desk.session(), desk.session(TUESDAY)
    assert (today.grace, today.minimum_note, str(today.target), today.starts) == (10, 50, ">98", at("14:30"))
    assert (tomorrow.grace, tomorrow.minimum_note, str(tomorrow.target)) == (0, 5, ">=90")
    assert (tomorrow.starts, tomorrow.late_from) == (at("15:00", TUESDAY), at("15:00", TUESDAY))


def test_an_unplanned_date_gets_a_session_of_its_own_when_it_is_opened(desk: Desk) -> None:
    opened = desk.open(SUNDAY)
    assert opened.created
    assert (opened.session.state, opened.unmarked) == (SessionState.OPEN, 8)


def test_an_extra_session_on_a_day_that_has_one(desk: Desk) -> None:
    desk.mark("001")
    desk.close()
    extra = desk.do(OpenSession, extra=True)
    assert str(extra.session.key) == "2026-05-18.2"
    assert desk.view(None).session == extra.session


def test_opening_what_is_closed_is_refused_and_opening_twice_changes_nothing(desk: Desk) -> None:
    first = desk.open()
    assert desk.open().session == first.session
    desk.close()
    with pytest.raises(CheckInError, match="session_state"):
        desk.open()
    with pytest.raises(CheckInError, match="session_state"):
        desk.close()


def test_late_from_decides_again_what_the_clock_decided(desk: Desk, bench: Bench) -> None:
    bench.now = at("14:45")
    desk.mark("001")
    desk.mark("002", status=Status.LATE)
    desk.edit(late_from=time(14, 50))
    assert desk.statuses() == {"001": "present", "002": "late"}
    with pytest.raises(CheckInError, match="late_from_before_start"):
        desk.edit(late_from=time(14, 29))
    desk.close()
    with pytest.raises(CheckInError, match="session_state"):
        desk.edit(late_from=time(15, 0))


def test_a_presenter_is_a_member_by_code_or_unique_name_else_a_name_from_outside(desk: Desk) -> None:
    assert desk.edit(presenter="003").session.presenter == "王小明"
    assert desk.edit(presenter="Li Na").session.presenter_id == desk.id_of("002")
    outside = desk.edit(presenter="Zhang Wei").session
    assert (outside.presenter_id, outside.presenter) == (None, "Zhang Wei")
    assert desk.edit(kind=SessionKind.LECTURE, topic="Water \x1b[2J").session.topic == "Water [2J"


@pytest.mark.parametrize("typed", ["li na", "LI  NA", "LiNa", "Lí Ná"])
def test_a_presenter_is_found_however_the_name_is_spelled(desk: Desk, typed: str) -> None:
    found = desk.edit(presenter=typed).session
    assert (found.presenter_id, found.presenter) == (desk.id_of("002"), "Li Na")


def test_a_name_spelled_otherwise_is_neither_one_of_several_nor_a_guest(desk: Desk) -> None:
    guest = desk.add("Ada Moreau", guest=True).member
    assert desk.edit(presenter="ada moreau").session.presenter_id is None
    assert desk.edit(presenter="Ada Moreau").session.presenter_id == guest.id
    desk.add("LI NA")
    assert desk.edit(presenter="li na").session.presenter_id is None
    assert desk.edit(presenter="Li Na").session.presenter_id == desk.id_of("002")


@pytest.mark.parametrize("typed", ["!!!", "xiaoming", "wangxiaoming"])
def test_neither_signs_nor_a_reading_are_a_name(desk: Desk, typed: str) -> None:
    desk.add("???")
    assert desk.edit(presenter=typed).session.presenter_id is None


def test_who_lectures_owes_no_notes(desk: Desk) -> None:
    desk.mark("001")
    desk.mark("002")
    desk.edit(presenter="001")
    notes = status.status(desk.ctx).figures.notes
    assert (notes.required, notes.complete) == (1, 0)


def test_the_last_steps_of_any_kind_are_taken_back_one_after_the_other(desk: Desk) -> None:
    desk.edit(TUESDAY, topic="Rivers")
    desk.mark("001")
    desk.note("001", "x" * 60)
    kinds = []
    for _ in range(3):
        undone = desk.do(Undo, session_id=None)
        kinds.append(getattr(undone, "kind", None) or undone.undone.value)
    assert kinds == ["note", "mark", "open"]
    assert desk.session().state is SessionState.PLANNED
    assert desk.do(Undo, session_id=None).kind == "edit"
    assert desk.session(TUESDAY).topic == ""
    with pytest.raises(CheckInError, match="undo_has_events"):  # the import: somebody of it was marked once
        desk.do(Undo, session_id=None)


def test_notes_are_counted_by_state(desk: Desk) -> None:
    for code in ("001", "002", "003"):
        desk.mark(code)
    desk.note("001", "word " * 20)
    desk.note("002", "short")
    changed = desk.note("004", paper=True)
    assert (changed.paper, changed.minimum) == (True, 50)
    found = status.status(desk.ctx).figures
    assert found.notes == NoteCounts(required=3, complete=1, too_short=1)
    assert desk.owed().without_presence == (("004", "Zhang Wei"),)
    assert desk.owing() == {"002": 5, "003": 0}
    desk.note("003", paper=True)
    assert desk.owing() == {"002": 5}


def test_a_note_needs_an_opened_session_and_something_new(desk: Desk) -> None:
    with pytest.raises(CheckInError, match="closed"):
        desk.note("001", "early")
    desk.mark("001")
    desk.note("001", "same")
    with pytest.raises(CheckInError, match="unchanged"):
        desk.note("001", "same")
    desk.close()
    assert desk.note("001", "after closing").chars == 12


def test_the_campaign_counts_sessions_taken_only(desk: Desk, bench: Bench) -> None:
    desk.mark("001")
    desk.many(["002", "003", "004", "005", "006", "007"], Status.PRESENT)
    desk.close(absent_rest=True)
    bench.now = at("14:20", TUESDAY)
    desk.open(TUESDAY)
    found = status.status(desk.ctx)
    assert (found.campaign.taken, found.campaign.rate.attended, found.campaign.rate.expected) == (1, 7, 8)
    desk.mark("001", TUESDAY)
    found = status.status(desk.ctx)
    assert (found.campaign.taken, found.campaign.rate.attended, found.campaign.rate.expected) == (2, 8, 16)


def test_people_on_leave_count_unless_the_program_says_otherwise(ctx: Context, bench: Bench) -> None:
    desk = Desk(ctx, bench, terms=replace(TERMS, leave_counts=False))
    desk.excuse("001")
    desk.many(["002", "003", "004", "005", "006", "007", "008"], Status.PRESENT)
    rate = status.status(ctx).participation
    assert (rate.attended, rate.expected, rate.met) == (7, 7, True)
    assert status.status(ctx).campaign.rate.expected == 7


def test_hours_follow_the_programs_zone(ctx: Context, bench: Bench) -> None:
    terms = ProgramTerms("Night", date(2026, 3, 28), date(2026, 3, 30), frozenset(range(7)), zone="Europe/Berlin")
    desk = Desk(ctx, bench, terms=terms)
    sessions = desk.handler.handle(LoadSessions())
    gaps = [(b.starts - a.starts) // 3_600_000 for a, b in itertools.pairwise(sessions)]
    assert gaps == [23, 24]
    assert sessions[0].key == SessionKey(date(2026, 3, 28))


def test_undo_of_notes_goes_back_note_by_note(desk: Desk) -> None:
    desk.mark("001")
    desk.note("001", "one")
    desk.note("001", "one two")
    assert desk.do(Undo, session_id=None).kind == "note"
    assert desk.owing() == {"001": 3}
    assert desk.do(Undo, session_id=None).kind == "note"
    assert desk.owing() == {"001": 0}
    assert desk.do(Undo, session_id=None).undone.value == "mark"


def test_undo_of_opening_an_unplanned_day_survives_a_refusal_there_and_refuses_a_note(desk: Desk) -> None:
    desk.open(SUNDAY)
    with pytest.raises(CheckInError, match="unknown"):
        desk.do(MarkPerson, session_id=desk.session(SUNDAY).id, member_id=999)
    desk.do(Undo, session_id=None)
    with pytest.raises(CheckInError, match="session_unknown"):
        desk.view(SUNDAY)
    desk.open(SUNDAY)
    desk.do(WriteNote, session_id=desk.session(SUNDAY).id, member_id=desk.id_of("001"), paper=True)
    desk.do(Undo, session_id=None)
    with pytest.raises(CheckInError, match="undo_taken"):
        desk.do(Undo, session_id=None)


def test_the_zone_cannot_change_once_a_session_was_held_by_its_clocks(desk: Desk) -> None:
    desk.do(EditProgram, terms=replace(TERMS, zone="Europe/Berlin"))
    desk.do(EditProgram, terms=TERMS)
    desk.open()
    with pytest.raises(CheckInError, match="zone_in_use"):
        desk.do(EditProgram, terms=replace(TERMS, zone="Europe/Berlin"))


def test_late_from_set_by_hand_outlives_other_changes_of_the_program(desk: Desk) -> None:
    desk.edit(TUESDAY, late_from=time(15, 0))
    desk.do(EditProgram, terms=replace(TERMS, name="Another name", grace=5))
    assert desk.session(TUESDAY).late_from == at("15:00", TUESDAY)
    assert desk.session(TUESDAY + timedelta(days=1)).late_from == at("14:35", TUESDAY + timedelta(days=1))


def test_hours_the_clocks_leave_out_are_refused_in_words(ctx: Context, bench: Bench) -> None:
    terms = ProgramTerms(
        "Night",
        date(2026, 3, 27),
        date(2026, 3, 30),
        frozenset(range(7)),
        starts=time(2, 15),
        ends=time(3, 0),
        zone="Europe/Berlin",
    )
    with pytest.raises(CheckInError, match="hours_in_gap"):
        Desk(ctx, bench, new=False).do(CreateProgram, terms=terms)


def test_branches_leave_out_people_on_leave_where_the_rate_does(ctx: Context, bench: Bench) -> None:
    desk = Desk(ctx, bench, terms=replace(TERMS, leave_counts=False))
    desk.excuse("001")
    desk.mark("002")
    found = status.status(ctx)
    assert sum(branch.rate(False).expected for branch in found.branches) == found.participation.expected == 7
