"""The program view over the real services: what it shows, and what is done with one session."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.requests import CancelSession, CloseSession, EditProgram, PlanSessions
from checkin_tui.domain.sessions import AudienceKind, SessionKey, SessionKind, SessionState
from checkin_tui.tui.commands import View
from checkin_tui.tui.desk.plan_words import sessions_text
from tests.conftest import MONDAY, TERMS, at
from tests.domain.sheets import TODAY, day
from tests.tui.driving import driven
from tests.tui.fakes import Clock, FakeDesk
from tests.tui.plan import (
    FRIDAY,
    SATURDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    choose,
    line,
    lines,
    open_dialog,
    program,
    said,
    state,
    take_back,
    terms,
)

# ------------------------------------------------------------------------------------------------------- what it shows


async def test_a_line_for_each_session_with_what_became_of_it(desk, bench):
    desk.edit(MONDAY, topic="Reading water", kind=SessionKind.LECTURE, presenter="001", audience=AudienceKind.LEADERS)
    desk.mark("001")
    desk.mark("005", guest=False)
    bench.now = at("17:10")
    desk.close(absent_rest=True)
    desk.do(CancelSession, session_id=desk.session(FRIDAY).id)
    desk.do(PlanSessions, days=(WEDNESDAY,), hours=(time(18), time(19)), again=True)
    bench.now = at("14:00", WEDNESDAY)
    async with program(desk, bench) as it:
        assert lines(it)[:6] == [
            "Mon 18 May | 14:30-17:00 | closed | lecture | lecture · Reading water · Zhang Wei · leaders | Zhang Wei"
            " | leaders | 2/2 · 100.00 %",
            "Tue 19 May | 14:30-17:00 | planned | study | study | all | not taken",
            "Wed 20 May today | 14:30-17:00 | planned | study | study | all | 8 expected",
            "Wed 20 May .2 today | 18:00-19:00 | planned | study | study | all | 8 expected",
            "Thu 21 May | 14:30-17:00 | planned | study | study | all | 8 expected",
            "Fri 22 May | 14:30-17:00 | ✗ cancelled | study | study | all",
        ]
        assert terms(it) == (
            "10 sessions: 1 held, 7 to come, 1 not taken, 1 cancelled · 18 May - 28 May 2026 · Mon-Fri · 14:30-17:00"
            " · grace 10 min · target > 98 % · notes from 50 characters · leave counts as expected"
        )
        assert it.screen.rows.key == SessionKey(WEDNESDAY)
        for words in ("target > 98 %", "leave counts as expected", "2/2 · 100.00 %"):
            assert words in it.picture
        desk.edit(TUESDAY, topic="Water", presenter="Dr. Oba", audience=AudienceKind.BRANCHES, branches=("Xinghe",))
        await it.pilot.resize_terminal(120, 36)
        await it.until(lambda: line(it, TUESDAY).split(" | ")[3:7] == ["study", "Water", "Dr. Oba", "Xinghe"])
        await it.pilot.resize_terminal(80, 24)
        await it.until(lambda: line(it, TUESDAY).split(" | ")[4] == "Water · Dr. Oba · Xinghe")


@pytest.mark.parametrize("size", [(60, 18), (160, 45)])
async def test_the_next_of_two_hundred_sessions_is_in_view(desk, bench, size):
    desk.do(EditProgram, terms=replace(TERMS, first_day=date(2026, 1, 1), last_day=date(2026, 10, 20)))
    desk.do(PlanSessions)
    desk.edit(date(2026, 8, 18), topic="[/foo] 第三章 " * 30, presenter="Maximiliane-Theodora von der Hohenlinden " * 3)
    bench.now = at("14:00", date(2026, 8, 15))
    async with program(desk, bench, size) as it:
        assert len(lines(it)) > 200
        assert it.screen.register.session is None
        await it.until(lambda: "\n>Mon 17 Aug" in it.picture)
        assert len(it.picture.splitlines()) == size[1]
        await it.do("<pagedown>", "<pagedown>")
        await it.until(lambda: "\n>Mon 14 Sep" in it.picture)


async def test_nothing_planned_no_session_today_and_another_day(desk, bench):
    bench.now = at("23:50", SATURDAY - timedelta(1))
    async with program(desk, bench) as it:
        assert "today" in line(it, FRIDAY)
        bench.now = at("00:01", SATURDAY)
        it.screen.figures.tick()
        assert lines(it)[4] == "Fri 22 May | 14:30-17:00 | planned | study | study | all | not taken"
        dialog = await open_dialog(it, "plan.add")
        assert dialog.field("day").value == "2026-05-23"
        await it.do("<escape>", "<right>")
        everything = " 1 Roster 2 Notes 3 Dashboard 4 Undo 5 Add session 6 Plan 7 Days 8 Terms 0 More"
        assert it.picture.splitlines()[-1].rstrip() == everything
        assert it.notice == ""
        it.screen.plan.read_again = lambda: None  # from here on nobody reads it anew
        await it.until(lambda: not it.screen.plan._reading)
        it.screen.plan.view = it.screen.plan.view._replace(days=())
        it.screen.plan.draw()
        await it.do("<escape>", "<enter>")
        assert "No session is planned. → 6 plans the series, → 5 adds one." in it.picture
        assert it.banner.startswith("↑ ↓ choose a session")


async def test_without_a_program_the_view_says_what_to_do():
    def no_program(request):
        raise CheckInError("no_program")

    desk = FakeDesk([], Clock(), the_session=None)
    desk.do_LoadDesk = no_program
    async with driven(desk) as it:
        await it.until(lambda: len(it.app.screen_stack) == 2)
        await it.do("<escape>")
        it.screen.run_command("plan.add")
        await it.until(lambda: it.banner.endswith("! Add session: There is no program yet."))
        assert it.screen.VIEW is View.PROGRAM
        assert "There is no program yet. → 1 makes one" in it.notice


async def test_esc_leaves_what_somebody_chose_and_then_the_view(desk, bench):
    async with program(desk, bench) as it:
        await it.do("<escape>")
        assert it.screen.VIEW is View.ROSTER
        await it.go(View.PROGRAM)
        await it.do("<down>", "<escape>")
        assert (it.screen.VIEW, it.screen.rows.key) == (View.PROGRAM, None)
        await it.do("<down>", "<escape>", "<escape>")
        assert it.screen.VIEW is View.ROSTER


# ------------------------------------------------------------------------------------------------------- one session


async def test_enter_offers_what_can_be_done_with_the_session(desk, bench):
    desk.mark("001")
    desk.do(CancelSession, session_id=desk.session(FRIDAY).id)
    desk.open(THURSDAY)
    desk.do(CloseSession, session_id=desk.session(THURSDAY).id)
    offered = {
        MONDAY: ["register", "figures", "edit", "cancel"],
        TUESDAY: ["register", "open", "edit", "cancel"],
        FRIDAY: ["register", "edit", "cancel"],
    }
    async with program(desk, bench) as it:
        for day, ids in offered.items():
            await choose(it, day)
            await it.do("<enter>")
            assert [choice.id for choice in it.app.screen._all] == ids
            await it.do("<escape>")
        for day, why in {MONDAY: "cannot be cancelled. Close it instead.", THURSDAY: "is closed"}.items():
            await choose(it, day)
            it.screen.run_command("plan.cancel")
            assert why in it.banner
            assert len(it.app.screen_stack) == 1


async def test_its_register_and_its_figures_are_shown_by_the_other_views(desk, bench):
    desk.mark("001")
    async with program(desk, bench) as it:
        await choose(it, TUESDAY)
        await it.do("<enter>")
        await it.do("<enter>")
        await it.until(lambda: it.screen.VIEW is View.ROSTER and it.screen.register.session.key.day == TUESDAY)
        await it.go(View.PROGRAM)
        await choose(it, MONDAY)
        await it.do("<enter>")
        await it.do("figures", "<enter>")
        await it.until(lambda: it.screen.VIEW is View.DASHBOARD and it.screen.register is not None)
        await it.until(lambda: it.screen.register.session.key.day == MONDAY)


async def test_a_session_is_cancelled_with_a_reason_and_that_is_taken_back(desk, bench):
    async with program(desk, bench) as it:
        await choose(it, FRIDAY)
        await it.do("<enter>")
        await it.do("cancel", "<enter>")
        assert "Cancel Fri 22 May" in it.picture
        await it.answer("storm", "<enter>", "<enter>")
        await said(it, "✗ Fri 22 May is cancelled.\n→ 1 takes it back.")
        await it.until(lambda: "✗ cancelled" in line(it, FRIDAY) and "storm" in line(it, FRIDAY))
        assert it.screen.rows.key == SessionKey(FRIDAY)
        await take_back(it)
        await said(it, "Taken back: Fri 22 May cancelled")
        assert state(desk, FRIDAY) is SessionState.PLANNED
        await open_dialog(it, "plan.cancel")
        await it.answer("<enter>", "<enter>")
        await said(it, "is cancelled")
        await it.until(lambda: "✗ cancelled" in line(it, FRIDAY))
        await open_dialog(it, "plan.cancel")
        await it.answer("<enter>", "<enter>")
        await said(it, "Fri 22 May will be held after all.")
        assert state(desk, FRIDAY) is SessionState.PLANNED


async def test_a_session_is_edited_and_ctrl_z_takes_back_that_and_never_a_mark(desk, bench):
    desk.mark("001")
    desk.take_back("001")
    desk.mark("002")
    async with program(desk, bench) as it:
        form = await open_dialog(it, "plan.edit")
        form.field("topic").value = "Rivers"
        form.field("presenter").value = "002"
        form.save()
        await said(it, "Saved: Mon 18 May\n→ 1 takes it back.")
        await it.until(lambda: "Rivers · Li Na" in line(it, MONDAY))
        await it.do("<ctrl+z>")
        await said(it, "Taken back: Mon 18 May edited")
        assert desk.session().topic == ""
        await it.do("<ctrl+z>")
        await said(it, "! There is nothing of this station to undo here.")
        await it.do("<ctrl+y>")
        assert "nothing to do again" in it.banner
        assert desk.statuses() == {"002": "present"}
        (await open_dialog(it, "plan.edit")).save()
        await said(it, "Nothing changed.")
        assert it.screen.hands.offer is None


async def test_a_session_is_opened_and_another_days_only_after_a_question(desk, bench):
    async with program(desk, bench) as it:
        await it.do("<enter>")
        await it.do("open it now", "<enter>")
        await said(it, "The register of Mon 18 May is open.")
        assert state(desk, MONDAY) is SessionState.OPEN
        await it.until(lambda: "open" in line(it, MONDAY))
        await choose(it, TUESDAY)
        await it.do("<enter>")
        await it.do("open it now", "<enter>")
        assert state(desk, TUESDAY) is SessionState.PLANNED
        await it.answer("<enter>")
        await said(it, "The register of Tue 19 May is open.")
        await take_back(it)
        await said(it, "Taken back: register of Tue 19 May opened")
        assert state(desk, TUESDAY) is SessionState.PLANNED


async def test_what_cannot_be_taken_back_says_why_and_waits(desk, bench):
    async with program(desk, bench) as it:
        await it.do("<enter>")
        await it.do("open it now", "<enter>")
        await said(it, "is open.")
        desk.mark("001")
        it.screen.run_command("desk.undo")
        await said(it, "! The register of 2026-05-18 has been taken since. It is not undone.")
        desk.take_back("001")
        it.screen.run_command("desk.undo")
        await said(it, "Taken back: register of Mon 18 May opened")


async def test_a_second_session_of_a_day_is_added_highlighted_and_taken_back(desk, bench):
    async with program(desk, bench) as it:
        await choose(it, TUESDAY)
        form = await open_dialog(it, "plan.add")
        assert form.field("day").value == "2026-05-19"
        form.field("hours").value = "18:00-19:30"
        form.field("topic").value = "Evening"
        form.save()
        await said(it, "Planned: Tue 19 May · 18:00-19:30 · Evening")
        await it.until(lambda: it.screen.rows.key == SessionKey(TUESDAY, 2))
        it.screen.run_command("plan.register")
        await it.until(lambda: it.screen.VIEW is View.ROSTER and it.screen.register.session.key.ordinal == 2)
        await it.go(View.PROGRAM)
        it.screen.run_command("desk.undo")
        await said(it, "Taken back: Tue 19 May planned")
        await it.until(lambda: len(lines(it)) == 9)
        await it.until(lambda: it.screen.register.session.key == SessionKey(MONDAY))
        assert it.app.day is None


async def test_a_session_outside_the_dates_of_the_program_is_planned_and_told_of(desk, bench):
    async with program(desk, bench, size=(120, 36)) as it:
        form = await open_dialog(it, "plan.add")
        form.field("day").value = "2026-07-01"
        form.save()
        outside = "outside the program's dates, Mon 18 May 2026 - Thu 28 May 2026"
        await said(it, f"Planned: Wed 1 Jul · 14:30-17:00 · {outside}")


async def test_what_was_planned_is_not_offered_to_be_taken_back_once_somebody_was_marked_there(desk, bench):
    async with program(desk, bench) as it:
        form = await open_dialog(it, "plan.add")
        form.field("day").value = str(SATURDAY)
        form.save()
        await said(it, "Planned: Sat 23 May · 14:30-17:00\n→ 1 takes it back.")
        desk.open(SATURDAY)
        desk.mark("001", SATURDAY)
        await it.until(lambda: it.banner == "Planned: Sat 23 May · 14:30-17:00")
        await it.do("<right>")
        assert "Take it back" not in " ".join(it.bar)


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_why_a_session_is_cancelled_stands_on_the_list_and_above_its_register(desk, bench, size):
    desk.do(CancelSession, session_id=desk.session(FRIDAY).id, because="the hall is flooded {day}")
    async with program(desk, bench, size=size) as it:
        assert "the hall is flooded {day}" in line(it, FRIDAY)
        await choose(it, FRIDAY)
        it.screen.run_command("plan.register")
        await it.until(lambda: it.screen.VIEW is View.ROSTER and "was cancelled" in it.notice)
        assert it.notice.endswith("→ 1 opens today's. Reason: the hall is flooded {day}")


async def test_home_and_end_go_to_the_first_and_the_last_session(desk, bench):
    async with program(desk, bench) as it:
        keys = [row.key for row in it.screen.rows.rows]
        await it.do("<end>")
        assert it.screen.chosen == keys[-1]
        await it.do("<home>")
        assert it.screen.chosen == keys[0]


def test_a_running_session_is_not_held_yet():
    days = [day(18, SessionState.CLOSED, 4), day(20, SessionState.OPEN, 1, 3), day(21, SessionState.PLANNED, 0, 4)]
    assert sessions_text(days, TODAY) == "3 sessions: 1 held, 1 running, 1 to come"
