"""Changes of the whole program, all of one or nothing of it, and what others change meanwhile."""

from __future__ import annotations

from datetime import date

from checkin_tui.domain.requests import CancelSession, EditSession, PlanSessions
from checkin_tui.domain.sessions import SessionState
from checkin_tui.tui.commands import View
from tests.conftest import MONDAY
from tests.tui.fakes import FULL
from tests.tui.plan import (
    FRIDAY,
    TUESDAY,
    WEDNESDAY,
    campaign,
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
        await said(it, "Taken back: terms of the program · 3 sessions planned")
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
        await said(it, "Taken back: terms of the program · 1 session planned · 1 session cancelled")
    assert campaign(desk) == before


async def test_what_was_typed_while_a_dialog_was_open_goes_to_the_roster(desk, bench):
    async with program(desk, bench) as it:
        await open_dialog(it, "plan.days")
        it.type("002\r")
        await it.do("<escape>")
        await it.until(lambda: it.screen.VIEW is View.ROSTER and "Li Na" in it.banner)


# -------------------------------------------------------------------------------------------- all of it, or nothing


async def extend(it, last: str) -> None:
    form = await open_dialog(it, "plan.series")
    form.field("last").value = last
    form.save()


async def test_what_another_window_made_impossible_is_refused_as_a_whole(desk, other_desk, bench):
    async with program(desk, bench) as it:
        await open_dialog(it, "plan.days")
        await it.answer("<down>", "<space>", "2026-05-23", "<enter>", "<space>", "<enter>", "<enter>")
        await it.until(lambda: "What changes" in it.picture)
        other_desk.do(CancelSession, session_id=other_desk.session(TUESDAY).id)
        before = campaign(desk)
        it.app.screen.save()
        await said(it, "! ")
        assert "is cancelled" in it.banner
        assert campaign(desk) == before


async def test_what_the_disk_did_not_take_is_tried_again_as_a_whole(desk, bench):
    before = campaign(desk)
    async with program(desk, bench) as it:
        works = it.app.gateway._perform
        it.app.gateway._perform = lambda handler, request: FULL
        await extend(it, "2026-06-02")
        await said(it, "NOT SAVED")
        it.app.gateway._perform = works
        assert campaign(desk) == before
        await it.do("<right>", "1", "<enter>")
        await said(it, "3 sessions planned: Fri 29 May - Tue 2 Jun\n→ 1 takes it back.")
        assert it.notice.count("NOT SAVED") == 0
        await take_back(it)
        await said(it, "Taken back: terms of the program · 3 sessions planned")
    assert campaign(desk) == before


async def test_days_another_window_planned_meanwhile_are_not_told_as_ones_own(desk, other_desk, bench):
    async with program(desk, bench) as it:
        form = await open_dialog(it, "plan.series")
        form.field("last").value = "2026-06-02"
        other_desk.do(PlanSessions, days=(date(2026, 5, 29),))
        form.save()
        await said(it, "2 sessions planned: Mon 1 Jun - Tue 2 Jun")


async def test_after_a_restart_ctrl_z_still_takes_back_what_was_changed_last(desk, bench):
    before = campaign(desk)
    desk.mark("001")
    desk.take_back("001")
    async with program(desk, bench) as it:
        await extend(it, "2026-06-02")
        await said(it, "3 sessions planned")
        await choose(it, FRIDAY)
        (await open_dialog(it, "plan.cancel")).save()
        await said(it, "is cancelled")
    async with program(desk, bench) as it:
        await it.do("<ctrl+z>")
        await said(it, "Taken back: the newest edit of the program")
        assert state(desk, FRIDAY) is SessionState.PLANNED
        await it.do("<ctrl+z>")
        await said(it, "Taken back: 3 sessions planned")
        await it.do("<ctrl+z>")
        await said(it, "! There is nothing of this station to undo here.")
        assert [day.session.key for day in campaign(desk).days] == [day.session.key for day in before.days]
        assert campaign(desk).program == before.program


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
