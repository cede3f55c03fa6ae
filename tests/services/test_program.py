"""Planning, cancelling and editing: what is written, what is refused, what a preview promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.reads import LoadSessions, PreviewProgram
from checkin_tui.domain.requests import (
    CancelSession,
    EditProgram,
    OpenSession,
    PlanSessions,
    Undo,
    UndoChanges,
    UndoPlan,
)
from checkin_tui.domain.sessions import AudienceKind, Session, SessionKey, SessionKind, SessionState
from checkin_tui.domain.views import ProgramPreview
from checkin_tui.services.context import Context
from tests.conftest import MONDAY, TERMS, Bench, at
from tests.desk import Desk

TUESDAY = MONDAY + timedelta(days=1)
SATURDAY = date(2026, 5, 23)
EVENING = (time(18), time(19, 30))


def known(desk: Desk) -> dict[str, Session]:
    return {str(session.key): session for session in desk.handler.handle(LoadSessions())}


def cancel(desk: Desk, session: Session, **values: object) -> Session:
    changed: Session = desk.do(CancelSession, session_id=session.id, **values).session
    return changed


def preview(desk: Desk, **change: object) -> ProgramPreview:
    found: ProgramPreview = desk.handler.handle(PreviewProgram(replace(TERMS, **change)))  # type: ignore[arg-type]
    return found


def refused(code: str) -> pytest.RaisesExc[CheckInError]:
    return pytest.raises(CheckInError, match=f"^{code}$")


# ---------------------------------------------------------------------------------------------------------- cancelling


def test_a_cancelled_session_is_nobodys_and_can_be_held_after_all(desk: Desk) -> None:
    desk.excuse("001", day=TUESDAY)
    cancelled = cancel(desk, desk.session(TUESDAY), because="storm")
    assert cancelled.state is SessionState.CANCELLED
    with refused("session_state"):
        cancel(desk, cancelled)
    with refused("closed"):
        desk.mark("001", TUESDAY)
    restored = cancel(desk, cancelled, restore=True)
    assert restored.state is SessionState.PLANNED
    assert desk.mark_of("001", TUESDAY).status is not None
    with refused("session_state"):
        cancel(desk, restored, restore=True)


def test_the_reason_of_a_cancelled_session_is_the_one_given_last_and_undo_brings_it_back(desk: Desk) -> None:
    first = cancel(desk, desk.session(TUESDAY), because="storm")
    assert first.reason == desk.session(TUESDAY).reason == known(desk)[str(TUESDAY)].reason == "storm"
    cancel(desk, first, restore=True, because="the sun shines")
    assert desk.session(TUESDAY).reason == ""
    desk.do(UndoPlan)
    assert desk.session(TUESDAY).reason == "storm"
    again = cancel(desk, desk.session(TUESDAY), restore=True)
    cancel(desk, again)
    assert (desk.session(TUESDAY).state, desk.session(TUESDAY).reason) == (SessionState.CANCELLED, "")


def test_an_open_session_is_cancelled_only_while_nobody_was_marked_and_nothing_is_noted(desk: Desk) -> None:
    desk.mark("001")
    with refused("cancel_taken"):
        cancel(desk, desk.session())
    desk.take_back("001")
    desk.note("001", "a line")
    with refused("cancel_taken"):
        cancel(desk, desk.session())
    opened = desk.open(TUESDAY).session
    assert cancel(desk, opened).opened is None
    assert cancel(desk, opened, restore=True).state is SessionState.PLANNED
    desk.close()
    with refused("session_state"):
        cancel(desk, desk.session())


def test_cancelling_is_one_step_that_is_written_once_and_taken_back(desk: Desk, bench: Bench) -> None:
    opened, uid = desk.open().session, bench.uid()
    first = desk.do(CancelSession, session_id=opened.id, uid=uid)
    desk.do(CancelSession, session_id=opened.id, uid=uid)
    assert first.recorded is not None
    assert desk.do(UndoChanges, batch=uid).kind == "edit"
    assert desk.session() == opened


def test_a_day_whose_session_was_cancelled_is_not_planned_again_by_itself(desk: Desk) -> None:
    cancel(desk, desk.session(TUESDAY))
    assert desk.do(PlanSessions).created == ()
    assert preview(desk).missing == ()


# ------------------------------------------------------------------------------------------------- one more for a day


def test_another_session_of_a_day_has_its_own_hours_topic_and_kind(desk: Desk) -> None:
    changed = desk.do(
        PlanSessions, days=(MONDAY, SATURDAY), again=True, hours=EVENING, topic="Rivers", kind=SessionKind.SEMINAR,
        presenter="002", audience=AudienceKind.BRANCHES, branches=("Xinghe",),
    )  # fmt: skip
    assert [str(key) for key in changed.created] == ["2026-05-18.2", "2026-05-23"]
    second = known(desk)["2026-05-18.2"]
    assert (second.starts, second.ends, second.late_from) == (at("18:00"), at("19:30"), at("18:10"))
    assert (second.topic, second.kind, second.presenter) == ("Rivers", SessionKind.SEMINAR, "Li Na")
    desk.do(OpenSession, key=second.key)
    assert desk.do(OpenSession, key=second.key).unmarked == 3


def test_planning_is_written_once_and_taken_back_as_one(desk: Desk, bench: Bench) -> None:
    uid = bench.uid()
    for _ in range(2):
        changed = desk.do(PlanSessions, days=(MONDAY, TUESDAY), again=True, hours=EVENING, uid=uid)
        assert [str(key) for key in changed.created] == ["2026-05-18.2", "2026-05-19.2"]
    uid = bench.uid()
    for _ in range(2):
        changed = desk.do(PlanSessions, days=(MONDAY, SATURDAY), uid=uid)
        assert (changed.created, changed.existing) == ((SessionKey(SATURDAY),), (SessionKey(MONDAY),))
    assert len(known(desk)) == 12
    desk.do(Undo, session_id=None)
    desk.do(Undo, session_id=None)
    assert len(known(desk)) == 9


def test_without_dates_every_day_of_the_program_gets_another_one(desk: Desk) -> None:
    assert len(desk.do(PlanSessions, again=True, hours=EVENING).created) == 9


def test_sessions_of_one_day_do_not_overlap_unless_they_invite_different_branches(desk: Desk) -> None:
    with refused("hours_overlap"):
        desk.do(PlanSessions, days=(TUESDAY,), again=True)
    desk.edit(TUESDAY, audience=AudienceKind.BRANCHES, branches=("Xinghe",))
    clinic = {"audience": AudienceKind.BRANCHES, "branches": ("Clinic",)}
    second = desk.do(PlanSessions, days=(TUESDAY,), again=True, **clinic).created[0]
    with refused("hours_overlap"):
        desk.edit(TUESDAY, audience=AudienceKind.ALL)
    cancel(desk, known(desk)[str(second)])
    desk.edit(TUESDAY, audience=AudienceKind.ALL)
    with refused("hours_overlap"):
        cancel(desk, known(desk)[str(second)], restore=True)


def test_the_desk_opens_the_session_that_comes_next_by_the_clock(desk: Desk, bench: Bench) -> None:
    desk.do(PlanSessions, days=(MONDAY,), again=True, hours=(time(9), time(11)))
    for clock, key in (("08:50", "2026-05-18.2"), ("11:30", "2026-05-18")):
        bench.now = at(clock)
        assert str(desk.view(None).session.key) == key  # type: ignore[union-attr]
    assert str(desk.do(OpenSession).session.key) == "2026-05-18"


# -------------------------------------------------------------------------------------------------------------- editing


def test_hours_are_changed_while_a_session_is_planned(desk: Desk) -> None:
    edited = desk.edit(TUESDAY, hours=EVENING).session
    assert (edited.starts, edited.ends, edited.late_from) == (
        at("18:00", TUESDAY), at("19:30", TUESDAY), at("18:10", TUESDAY),
    )  # fmt: skip
    both = desk.edit(TUESDAY, hours=(time(9), time(11)), late_from=time(9, 30)).session
    assert both.late_from == at("09:30", TUESDAY)
    with refused("late_from_before_start"):
        desk.edit(TUESDAY, hours=(time(10), time(11)), late_from=time(9, 30))
    desk.open(TUESDAY)
    with refused("session_state"):
        desk.edit(TUESDAY, hours=EVENING)


def test_a_presenter_is_taken_away_by_nothing(desk: Desk) -> None:
    desk.edit(presenter="003")
    gone = desk.edit(presenter="").session
    assert (gone.presenter, gone.presenter_id) == ("", None)


# ---------------------------------------------------------------------------------------------------------- the preview


def test_the_preview_says_what_the_writing_does(desk: Desk) -> None:
    desk.mark("001")
    desk.edit(TUESDAY, hours=EVENING)
    before = known(desk)
    new = replace(TERMS, starts=time(15), grace=5, target=TERMS.target, last_day=date(2026, 5, 29))
    found = desk.handler.handle(PreviewProgram(new))
    assert known(desk) == before
    assert found.terms == (
        ("to", "2026-05-28", "2026-05-29"),
        ("hours", "14:30-17:00", "15:00-17:00"),
        ("grace", "10", "5"),
    )
    assert [str(key) for key in found.missing] == ["2026-05-29"]
    assert (found.outside, found.kept) == ((), 1)
    changes = {str(effect.session.key): {name: after for name, _, after in effect.changes} for effect in found.sessions}
    assert changes["2026-05-19"] == {"late_from": "18:05", "grace": "5"}
    assert changes["2026-05-20"] == {"hours": "15:00-17:00", "late_from": "15:05", "grace": "5"}
    desk.do(EditProgram, terms=new)
    changed = {key for key, session in known(desk).items() if session != before[key]}
    assert changed == set(changes)
    assert not any(desk.handler.handle(PreviewProgram(new))[:2])


def test_days_that_no_longer_belong_are_listed_and_stay_until_they_are_cancelled(desk: Desk) -> None:
    desk.open()
    holidays = frozenset({MONDAY, TUESDAY})
    outside = preview(desk, holidays=holidays).outside
    assert [str(session.key) for session in outside] == ["2026-05-19"]
    desk.do(EditProgram, terms=replace(TERMS, holidays=holidays))
    assert desk.session(TUESDAY).state is SessionState.PLANNED
    cancel(desk, outside[0])
    assert preview(desk, holidays=holidays).outside == ()


def test_the_preview_refuses_what_the_writing_refuses(desk: Desk, bench: Bench) -> None:
    desk.do(PlanSessions, days=(TUESDAY,), again=True, hours=(time(17), time(18)))
    desk.open()
    for change, code in (
        ({"zone": "Europe/Berlin"}, "zone_in_use"),
        ({"ends": time(17, 30)}, "hours_overlap"),
        ({"weekdays": frozenset()}, "no_days"),
    ):
        with refused(code):
            preview(desk, **change)
        with refused(code):
            desk.do(EditProgram, terms=replace(TERMS, **change))


def test_overlaps_that_are_there_already_stand_in_nobodys_way(desk: Desk) -> None:
    desk.do(OpenSession, extra=True)
    assert str(preview(desk, grace=0).sessions[0].session.key) == "2026-05-18"


def test_another_zone_keeps_what_the_clocks_on_the_wall_show(desk: Desk) -> None:
    desk.edit(TUESDAY, hours=EVENING, late_from=time(18, 30))
    desk.do(EditProgram, terms=replace(TERMS, zone="Asia/Tokyo"))
    moved, hour = desk.session(TUESDAY), 3_600_000
    assert (moved.starts, moved.late_from) == (at("18:00", TUESDAY) - hour, at("18:30", TUESDAY) - hour)
    assert desk.session().starts == at("14:30") - hour
    effect = next(iter(preview(desk).sessions))
    assert effect.changes == (("zone", "Asia/Tokyo", "Asia/Shanghai"),)


def test_new_hours_the_clocks_leave_out_are_refused(ctx: Context, bench: Bench) -> None:
    terms = ProgramTerms("Nights", date(2026, 3, 27), date(2026, 3, 30), frozenset(range(7)), zone="Europe/Berlin")
    desk = Desk(ctx, bench, terms=terms)
    night = replace(terms, starts=time(2, 15), ends=time(3))
    with refused("hours_in_gap"):
        desk.handler.handle(PreviewProgram(night))
    with refused("hours_in_gap"):
        desk.do(EditProgram, terms=night)


def test_new_terms_are_written_once(desk: Desk, bench: Bench) -> None:
    uid = bench.uid()
    desk.do(EditProgram, terms=replace(TERMS, grace=5), uid=uid)
    desk.do(EditProgram, terms=replace(TERMS, grace=7))
    assert desk.do(EditProgram, terms=replace(TERMS, grace=5), uid=uid).program.terms.grace == 7


# -------------------------------------------------------------------------------------------- all of it or nothing


def test_terms_planned_days_and_cancelled_sessions_are_one_step_written_once(desk: Desk, bench: Bench) -> None:
    before, uid = known(desk), bench.uid()
    terms = replace(TERMS, grace=5, holidays=frozenset({TUESDAY}), extra_days=frozenset({SATURDAY}))
    for _ in range(2):
        done = desk.do(
            EditProgram, terms=terms, plan=(SATURDAY, MONDAY), cancel=(desk.session(TUESDAY).id,), uid=uid
        )  # fmt: skip
        assert (done.program.terms, done.created) == (terms, (SessionKey(SATURDAY),))
        assert done.existing == (SessionKey(MONDAY),)
    assert desk.session(TUESDAY).state is SessionState.CANCELLED
    assert {desk.session(day).grace for day in (MONDAY, TUESDAY, SATURDAY)} == {5}
    undone = desk.do(UndoPlan)
    assert (undone.batch, undone.gone) == (uid, (SessionKey(SATURDAY),))
    assert known(desk) == before
    assert desk.view().program.terms == TERMS
    assert (desk.view().undo, desk.view().redo) == (None, None)  # on the roster marks are undone, and closings


def test_when_one_part_cannot_be_done_nothing_is(desk: Desk) -> None:
    desk.mark("001")
    before = known(desk)
    ids = (desk.session(TUESDAY).id, desk.session().id)
    with refused("cancel_taken"):
        desk.do(EditProgram, terms=replace(TERMS, grace=5), plan=(SATURDAY,), cancel=ids)
    assert known(desk) == before
    assert desk.view().program.terms == TERMS


def test_without_terms_only_the_sessions_change_and_without_anything_nothing(desk: Desk) -> None:
    assert desk.do(EditProgram, plan=(SATURDAY,)).created == (SessionKey(SATURDAY),)
    assert desk.do(EditProgram, plan=(SATURDAY,)).recorded is None
    assert desk.do(EditProgram).recorded is None


def test_undo_of_the_plan_passes_over_marks_people_and_what_is_undone(
    desk: Desk, other_desk: Desk, bench: Bench
) -> None:
    desk.do(PlanSessions, days=(SATURDAY,))
    desk.mark("001")  # opens the session of the day as well
    desk.add("Zhao Lei")
    other_desk.do(CancelSession, session_id=desk.session(TUESDAY).id)
    uid = bench.uid()
    for _ in range(2):
        assert desk.do(UndoPlan, uid=uid).gone == (SessionKey(SATURDAY),)
    with refused("nothing_to_undo"):
        desk.do(UndoPlan)
    assert desk.session().state is SessionState.OPEN
    assert desk.session(TUESDAY).state is SessionState.CANCELLED


def test_what_was_opened_by_hand_is_taken_back_only_while_nobody_is_marked(desk: Desk) -> None:
    desk.open()
    desk.mark("001")
    with refused("undo_taken"):
        desk.do(UndoPlan)
    desk.take_back("001")
    assert desk.do(UndoPlan).kind == "open"
    assert desk.session().state is SessionState.PLANNED
