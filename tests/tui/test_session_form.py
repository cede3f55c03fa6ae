"""The form of one session: what it changes, whom it invites, who presents."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from uuid import UUID

import pytest

from checkin_tui.domain.people import Branch
from checkin_tui.domain.presenters import Candidate
from checkin_tui.domain.requests import EditSession, PlanSessions
from checkin_tui.domain.sessions import Audience, AudienceKind, SessionKind, SessionState
from checkin_tui.tui.screens.long_choices import Ticks
from checkin_tui.tui.screens.session_form import SessionForm, SessionValues, session_values
from tests.tui.dialogs import BRANCHES, DAY, Desk, filled, opened, remarks
from tests.tui.program import a_session, values

UID = UUID(int=9)
PEOPLE = (
    Candidate("0017", "Zhang Wei"),
    Candidate("0018", "Zhang Wei"),
    Candidate("0019", "Li Na"),
    Candidate("G1", "Ada Moreau", guest=True),
)


async def test_a_session_is_edited_by_what_differs_only():
    app = Desk()
    session, start = a_session(), SessionValues(hours=(time(14, 30), time(17)), day=DAY)
    async with app.run_test() as pilot:
        form = await opened(app, pilot, SessionForm(session, start, people=PEOPLE, branches=BRANCHES))
        assert form.focused.id == "hours"
        await pilot.press("enter", "enter", "space", "enter")
        assert form.focused.id == "presenter"
        await filled(pilot, topic="Water", hours="15:00-17:00")
    made = app.result.as_edit(session, start, UID, 1)
    assert made == EditSession(
        uid=UID, made=1, session_id=session.id, topic="Water", kind=SessionKind.LECTURE, hours=(time(15), time(17))
    )
    assert start.as_edit(session, start, UID, 1) is None


async def test_branches_are_ticked_and_one_is_needed():
    app = Desk()
    async with app.run_test() as pilot:
        form = await opened(app, pilot, SessionForm(a_session(), SessionValues(hours=(time(14, 30), time(17))),
                                                    people=PEOPLE, branches=BRANCHES))  # fmt: skip
        assert not form.row("branches").display
        form.choice("audience").focus()
        await pilot.press("left")
        assert form.row("branches").display
        form.save()
        assert "branches" in remarks(form)
        await pilot.press("space", "down", "down", "space", "down")
        assert form.query_one(Ticks).names == ("Lotus Ford", "Xinghe")
        assert form.focused.id == "save"
        form.save()
        await pilot.pause()
    assert (app.result.audience, app.result.branches) == (AudienceKind.BRANCHES, ("Lotus Ford", "Xinghe"))


async def test_letters_typed_on_the_branches_tick_nothing():
    app = Desk()
    async with app.run_test() as pilot:
        form = await opened(app, pilot, SessionForm(a_session(), values("Water"), people=PEOPLE, branches=BRANCHES))
        form.query_one(Ticks).focus()
        await pilot.pause()
        app.burst([*"0017 18", "enter"], at=2)
        await pilot.pause()
        assert form.query_one(Ticks).names == ("Xinghe",)
        assert form.focused is form.query_one(Ticks)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("0017", "a member: 0017 Zhang Wei"),
        ("Li Na", "a member: 0019 Li Na"),
        ("Zhang Wei", "2 members are called so: only a code says who"),
        ("li  na", "a member: 0019 Li Na"),
        ("lina", "a member: 0019 Li Na"),
        ("zhang wei", "2 members are called so: only a code says who"),
        ("Ada Moreau", "a member: G1 Ada Moreau"),
        ("ada moreau", "no member: a name from outside"),
        ("Dr. Oba", "no member: a name from outside"),
        ("", None),
    ],
)
async def test_the_form_says_whom_the_presenter_means(typed, told):
    app = Desk()
    async with app.run_test() as pilot:
        form = await opened(app, pilot, SessionForm(a_session(), values("Water"), people=PEOPLE, branches=BRANCHES))
        form.field("presenter").value = typed
        await pilot.pause()
        assert remarks(form).get("presenter") == told


async def test_the_form_says_how_the_grey_offer_is_taken():
    app = Desk()
    async with app.run_test() as pilot:
        form = await opened(app, pilot, SessionForm(a_session(), values(""), people=PEOPLE, branches=BRANCHES))
        form.field("presenter").focus()
        await pilot.pause()
        await pilot.press(*"li n")
        await pilot.pause()
        assert remarks(form)["presenter"] == "no member: a name from outside · → takes the offer"
        await pilot.press("right")
        await pilot.pause()
        assert (form.field("presenter").text, remarks(form)["presenter"]) == ("Li Na", "a member: 0019 Li Na")
        await pilot.press("backspace", "down")
        await pilot.pause()
        assert remarks(form)["presenter"] == "no member: a name from outside"


async def test_one_more_session_on_a_day_says_that_there_is_one():
    app = Desk()
    start = SessionValues(hours=(time(18), time(19)))
    async with app.run_test() as pilot:
        form = await opened(app, pilot, SessionForm(None, start, people=(), branches=(), held={DAY}))
        form.save()
        assert "day" in remarks(form)
        await filled(pilot, day="2026-05-21", hours="19-18")
        assert "has a session already" in remarks(form)["day"]
        assert "hours" in remarks(form)
        await filled(pilot, hours="18:00-19:30", topic="Rivers")
    assert app.result.as_plan(UID, 1) == PlanSessions(
        uid=UID, made=1, days=(DAY,), hours=(time(18), time(19, 30)), topic="Rivers", again=True
    )


async def test_what_a_closed_session_keeps_is_not_in_its_form():
    app = Desk()
    session = a_session(state=SessionState.CLOSED, audience=Audience(AudienceKind.BRANCHES, frozenset({4})))
    start = session_values(session, [Branch(4, UID, "Xinghe"), Branch(5, UID, "Clinic")], "UTC")
    assert (start.branches, start.hours) == (("Xinghe",), (time(14, 30), time(17)))
    async with app.run_test() as pilot:
        form = await opened(app, pilot, SessionForm(session, start, people=(), branches=BRANCHES))
        assert [row.part.id for row in form.query("Row")] == ["topic", "kind", "presenter"]
        await filled(pilot, topic="Water")
    assert app.result == replace(start, topic="Water")


@pytest.mark.parametrize(
    ("state", "first", "says"),
    [
        (SessionState.PLANNED, "hours", ""),
        (SessionState.OPEN, "topic", "Open: the hours stay as they are."),
        (SessionState.CLOSED, "topic", "Closed: hours and who is invited stay as they are."),
    ],
)
async def test_an_edit_begins_in_the_first_field_and_says_what_cannot_be_changed(state, first, says):
    app, start = Desk(), SessionValues("Water", hours=(time(14, 30), time(17)))
    async with app.run_test() as pilot:
        form = await opened(app, pilot, SessionForm(a_session(state=state), start, people=(), branches=()))
        assert form.focused.id == first
        assert form.query("Field").first().id == first
        assert says in app.shown()
        assert ("as they are" in app.shown()) is bool(says)


async def test_a_day_outside_the_program_is_told_in_the_form():
    app = Desk()
    within = DAY, DAY + timedelta(days=2)
    start = SessionValues(hours=(time(18), time(19)), day=DAY + timedelta(days=3))
    async with app.run_test(size=(120, 36)) as pilot:
        form = await opened(app, pilot, SessionForm(None, start, people=(), branches=(), held={DAY}, within=within))
        outside = "outside the program's dates, Thu 21 May 2026 - Sat 23 May 2026"
        assert remarks(form)["day"] == f"Sun 24 May 2026: {outside}"
        form.field("day").value = "2026-05-20"
        await pilot.pause()
        assert remarks(form)["day"] == f"Wed 20 May 2026: {outside}"
        form.field("day").value = "2026-05-23"
        await pilot.pause()
        assert remarks(form)["day"] == "Sat 23 May 2026"
