"""Changes of the whole program, several requests one after another, and what others change meanwhile."""

from __future__ import annotations

from checkin_tui.domain.requests import CancelSession, EditSession
from checkin_tui.domain.sessions import SessionState
from checkin_tui.tui.commands import View
from checkin_tui.tui.desk.plan_writes import Step
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
