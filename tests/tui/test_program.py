"""The program view over the real services: what it shows, what it changes, and how that is taken back."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.reads import LoadCampaign
from checkin_tui.domain.requests import CancelSession, CloseSession, EditProgram, EditSession, PlanSessions
from checkin_tui.domain.sessions import AudienceKind, SessionKey, SessionKind, SessionState
from checkin_tui.tui.commands import View
from checkin_tui.tui.desk.plan_writes import Step
from checkin_tui.tui.screens.dialog import Dialog
from tests.conftest import MONDAY, TERMS, at
from tests.tui.driving import Driven, driven
from tests.tui.fakes import FULL, Clock, FakeDesk
from tests.tui.test_app import window

TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = (MONDAY + timedelta(number) for number in range(1, 6))


@asynccontextmanager
async def program(desk, bench, size=(80, 24), station=1):
    """The program view on the file of that desk."""
    app = window(desk.ctx.database.path, bench, station)
    async with app.run_test(size=size) as pilot:
        it = Driven(app, None, pilot)
        await it.until(lambda: it.screen.register is not None)
        await it.go(View.PROGRAM)
        yield it


def lines(it) -> list[str]:
    return [" | ".join(text for text in row.texts if text) for row in it.screen.rows.rows]


def line(it, day: date) -> str:
    return next(" | ".join(filter(None, row.texts)) for row in it.screen.rows.rows if row.key.day == day)


def terms(it) -> str:
    value = it.screen.counts_line.shown
    return " · ".join((value.sessions, *value.terms))


def campaign(desk):
    return desk.handler.handle(LoadCampaign())


def state(desk, day: date) -> SessionState:
    return next(one.session.state for one in campaign(desk).days if one.session.key == SessionKey(day))


async def choose(it, day: date, ordinal: int = 1) -> None:
    it.screen.plan.proposing = False
    it.screen.rows.choose(SessionKey(day, ordinal))
    await it.settle()


async def open_dialog(it, command: str) -> Dialog:
    it.screen.run_command(command)
    await it.until(lambda: len(it.app.screen_stack) > 1)
    await it.settle()
    return it.app.screen


async def said(it, text: str) -> None:
    await it.until(lambda: text in it.banner)
    await it.settle()


async def take_back(it) -> None:
    """By the offer of the banner."""
    assert "→ 1" in it.banner
    await it.do("<right>", "1", "<enter>")


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
            " · grace 10 min · target > 98 % · notes from 50 characters · people on leave count"
        )
        assert it.screen.rows.key == SessionKey(WEDNESDAY)
        for words in ("target > 98 %", "people on leave count", "2/2 · 100.00 %"):
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
        await it.until(lambda: "✗ cancelled" in line(it, FRIDAY))
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
        assert it.banner == "! There is nothing of yours to take back here."
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
        it.screen.run_command("plan.undo")
        await said(it, "! The register of 2026-05-18 has been taken since. It is not undone.")
        desk.take_back("001")
        it.screen.run_command("plan.undo")
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
        it.screen.run_command("plan.undo")
        await said(it, "Taken back: Tue 19 May planned")
        await it.until(lambda: len(lines(it)) == 9)
        await it.until(lambda: it.screen.register.session.key == SessionKey(MONDAY))
        assert it.app.day is None


# ------------------------------------------------------------------------------------------------- the whole program


async def test_a_longer_series_is_one_change_and_taken_back_as_one(desk, bench):
    before = campaign(desk)
    async with program(desk, bench) as it:
        form = await open_dialog(it, "plan.series")
        form.field("last").value = "2026-06-02"
        form.save()
        await said(it, "3 sessions planned: Fri 29 May - Tue 2 Jun\n→ 1 takes it back.")
        await it.until(lambda: len(lines(it)) == 12)
        assert "18 May - 2 Jun 2026" in terms(it)
        await take_back(it)
        await said(it, "Taken back: 3 sessions planned · terms of the program")
        assert campaign(desk) == before
        form = await open_dialog(it, "plan.terms")
        form.field("grace").value = "5"
        form.save()
        await it.until(lambda: "minutes of grace: 10 → 5" in it.picture)
        it.app.screen.save()
        await said(it, "Saved: terms of the program")
        await it.until(lambda: "grace 5 min" in terms(it))


async def test_days_off_say_first_what_they_change_and_may_cancel_what_falls_out(desk, bench):
    before = campaign(desk)
    async with program(desk, bench) as it:
        await open_dialog(it, "plan.days")
        await it.answer("<down>", "<space>", "2026-05-23", "<enter>", "<space>", "<enter>", "<enter>")
        await it.until(lambda: "What changes" in it.picture)
        assert "1 day has no session: Sat 23 May" in it.picture
        assert "1 planned session is on no day of the program: Tue 19 May" in it.picture
        it.app.screen.save()
        await said(it, "Saved: terms of the program · 1 session planned · 1 session cancelled")
        await it.until(lambda: "✗ cancelled" in line(it, TUESDAY))
        assert "1 day off · 1 extra day" in terms(it)
        await take_back(it)
        await said(it, "Taken back: Tue 19 May cancelled · 1 session planned · terms of the program")
    assert campaign(desk) == before


async def test_what_was_typed_while_a_dialog_was_open_goes_to_the_roster(desk, bench):
    async with program(desk, bench) as it:
        await open_dialog(it, "plan.days")
        it.type("002\r")
        await it.do("<escape>")
        await it.until(lambda: it.screen.VIEW is View.ROSTER and "Li Na" in it.banner)


# ------------------------------------------------------------------------------------------------- one after another


def cancelling(it, session_id: int, label: str) -> Step:
    uid, made = it.screen.stamp()
    return Step(CancelSession(uid=uid, made=made, session_id=session_id), label)


async def test_a_refusal_in_the_middle_says_what_was_done_and_what_not(desk, bench):
    async with program(desk, bench) as it:
        tuesday, friday = desk.session(TUESDAY).id, desk.session(FRIDAY).id
        steps = [cancelling(it, tuesday, "one"), cancelling(it, tuesday, "two"), cancelling(it, friday, "three")]
        it.screen.writes.run("Done", steps)
        await said(it, "→ 1 takes back what was done: one. Not done: two · three.")
        assert it.banner.startswith("! ")
        assert state(desk, FRIDAY) is SessionState.PLANNED
        await take_back(it)
        await said(it, "Taken back: one")
        assert state(desk, TUESDAY) is SessionState.PLANNED


async def test_what_somebody_took_back_already_is_put_aside(desk, bench):
    async with program(desk, bench) as it:
        it.screen.writes.run("First", [cancelling(it, desk.session(TUESDAY).id, "first")])
        await said(it, "First")
        it.screen.writes.run("Second", [cancelling(it, desk.session(FRIDAY).id, "second")])
        await said(it, "Second")
        desk.undo(session_id=None)
        it.screen.run_command("plan.undo")
        await said(it, "! ")
        it.screen.run_command("plan.undo")
        await said(it, "Taken back: first")


async def test_what_the_disk_did_not_take_is_tried_again_with_all_that_follows(desk, bench):
    async with program(desk, bench) as it:
        broken = it.app.gateway._perform
        ids = [desk.session(day).id for day in (TUESDAY, WEDNESDAY, FRIDAY)]

        def full(handler, request):
            return FULL if request.session_id == ids[1] else broken(handler, request)

        it.app.gateway._perform = full
        it.screen.writes.run("Three cancelled", [cancelling(it, one, f"no {one}") for one in ids])
        await said(it, "NOT SAVED")
        assert f"→ 1 tries again. · no {ids[1]} · no {ids[2]}" in it.banner
        it.app.gateway._perform = broken
        await it.do("<right>", "1", "<enter>")
        await said(it, "Three cancelled\n→ 1 takes it back.")
        assert it.notice.count("NOT SAVED") == 0
        await take_back(it)
        await said(it, "Taken back")
        assert {state(desk, day) for day in (TUESDAY, WEDNESDAY, FRIDAY)} == {SessionState.PLANNED}


async def test_taking_back_gives_up_what_the_disk_did_not_take(desk, bench):
    async with program(desk, bench) as it:
        works = it.app.gateway._perform
        ids = [desk.session(day).id for day in (TUESDAY, FRIDAY)]
        it.app.gateway._perform = lambda handler, one: FULL if one.session_id == ids[1] else works(handler, one)
        it.screen.writes.run("Two cancelled", [cancelling(it, one, f"no {one}") for one in ids])
        await said(it, "NOT SAVED")
        it.app.gateway._perform = works
        it.screen.run_command("plan.undo")
        await said(it, f"Taken back: no {ids[0]}")
        assert it.screen.outbox.failed == {}
        assert state(desk, TUESDAY) is SessionState.PLANNED


# ---------------------------------------------------------------------------------------------------------- others


async def test_the_other_window_is_seen_now_or_when_the_view_comes_back(desk, other_desk, bench):
    async with program(desk, bench) as it:
        other_desk.mark("001")
        await it.until(lambda: "1/8 · 12.50 %" in line(it, MONDAY))
        other_desk.do(CancelSession, session_id=desk.session(FRIDAY).id)
        await it.until(lambda: "✗ cancelled" in line(it, FRIDAY))
        await it.go(View.ROSTER)
        other_desk.do(EditSession, session_id=desk.session(TUESDAY).id, topic="Rivers")
        await it.pilot.pause(0.7)
        await it.do("002", "<enter>")
        await it.go(View.PROGRAM)
        await it.until(lambda: "Rivers" in line(it, TUESDAY))
        await it.until(lambda: "2/8 · 25.00 %" in line(it, MONDAY))


async def test_hidden_names_are_hidden_here_and_in_the_form(desk, bench):
    desk.edit(TUESDAY, presenter="002", topic="Rivers")
    desk.edit(WEDNESDAY, presenter="Dr. Oba")
    async with program(desk, bench) as it:
        it.screen.run_command("view.privacy")
        await it.until(lambda: "#002" in line(it, TUESDAY))
        assert "Li Na" not in it.picture
        assert "Dr. Oba" in line(it, WEDNESDAY)
        await choose(it, TUESDAY)
        form = await open_dialog(it, "plan.edit")
        assert "Li Na" not in it.picture
        form.field("topic").value = "Lakes"
        form.save()
        await said(it, "Saved: Tue 19 May")
        assert (desk.session(TUESDAY).presenter, desk.session(TUESDAY).topic) == ("Li Na", "Lakes")
        form = await open_dialog(it, "plan.edit")
        form.field("presenter").value = "#004"
        form.save()
        await it.until(lambda: "#004" in line(it, TUESDAY))
        assert desk.session(TUESDAY).presenter == "Zhang Wei"


async def test_an_idle_view_asks_and_paints_nothing(desk, bench):
    async with program(desk, bench) as it:
        await it.pilot.pause(0.7)  # the first look for news of others
        await it.until(lambda: not it.screen.plan._reading)
        asked = []
        handle = it.app.gateway.ask
        it.app.gateway.ask = lambda *values, **more: asked.append(values) or handle(*values, **more)
        painted = it.screen.rows.rows, it.screen.counts_line.shown
        it.screen.figures.tick()
        it.screen.plan.draw()
        await it.settle()
        assert asked == []
        assert (it.screen.rows.rows, it.screen.counts_line.shown) == painted
        assert it.screen.rows.rows is painted[0]
