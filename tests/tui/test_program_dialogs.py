"""The program's dialogs: its terms with what they change, its days, its series, one session."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID

import pytest
from textual.message import Message

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.people import Branch
from checkin_tui.domain.presenters import Candidate
from checkin_tui.domain.requests import EditSession, PlanSessions
from checkin_tui.domain.sessions import Audience, AudienceKind, SessionKind, SessionState
from checkin_tui.tui.screens.days_list import DaysList, DaysOff
from checkin_tui.tui.screens.long_choices import Ticks
from checkin_tui.tui.screens.plan_preview import PlanPreview, Series
from checkin_tui.tui.screens.program_changes import ProgramChanges, ProgramEdit
from checkin_tui.tui.screens.program_form import ProgramForm
from checkin_tui.tui.screens.program_words import changed_terms, days_listed
from checkin_tui.tui.screens.session_form import SessionForm, SessionValues, session_values
from tests.tui.dialogs import BRANCHES, DAY, UNSET, Desk
from tests.tui.program import DRAGON_BOAT, SUNDAY, TERMS, a_session, china, no_code, planned_keys, preview, values
from tests.tui.test_dialog_forms import filled, remarks

UID = UUID(int=9)
PEOPLE = (
    Candidate("0017", "Zhang Wei"),
    Candidate("0018", "Zhang Wei"),
    Candidate("0019", "Li Na"),
    Candidate("G1", "Ada Moreau", guest=True),
)


def terms_form(ask=None) -> ProgramForm:
    return ProgramForm(TERMS, ask=ask or preview(), china=china, is_code=no_code)


def days_list() -> DaysList:
    return DaysList(TERMS, china=china, is_code=no_code)


async def opened(app, pilot, dialog):
    app.open(dialog)
    await pilot.pause()
    await pilot.pause()
    return dialog


def calm(app) -> None:
    """As if half a second had passed since the last key."""
    app.screen._spoke = None


# ------------------------------------------------------------------------------------------------------- the terms


async def test_terms_are_confirmed_on_the_page_that_says_what_they_change():
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        seen = []
        await opened(app, pilot, terms_form(preview(seen)))
        await filled(pilot, grace="5", last="2026-06-25")
        await pilot.pause()
        assert isinstance(app.screen, ProgramChanges)
        assert [request.terms.grace for request in seen] == [5]
        for words in ("minutes of grace: 10 → 5", "last day: 2026-06-26 → 2026-06-25", "11 planned sessions take over",
                      "2 sessions were opened already", "1 day has no session: Thu 25 Jun"):  # fmt: skip
            assert words in app.shown()
        assert app.result is UNSET
        calm(app)
        await pilot.press("enter", "enter")
        wanted = replace(TERMS, grace=5, last_day=date(2026, 6, 25))
        assert app.result == ProgramEdit(wanted, (date(2026, 6, 25),), ())


async def test_sessions_that_fall_out_are_cancelled_unless_they_are_kept():
    for keep in (False, True):
        app = Desk()
        async with app.run_test() as pilot:
            await opened(app, pilot, terms_form())
            await filled(pilot, last="2026-06-23")
            await pilot.pause()
            assert "1 planned session is on no day of the program: Wed 24 Jun" in app.shown()
            if keep:
                calm(app)
                await pilot.press("space")
            app.screen.save()
            await pilot.pause()
            assert app.result.cancel == (() if keep else (13,))
            assert app.result.plan == ()


async def test_esc_on_that_page_leads_back_to_the_form():
    app = Desk()
    async with app.run_test() as pilot:
        form = await opened(app, pilot, terms_form())
        await filled(pilot, name="Autumn weeks")
        await pilot.pause()
        await pilot.press("escape")
        assert app.screen is form
        assert form.field("name").value == "Autumn weeks"
        assert app.result is UNSET


async def test_a_bouncing_enter_confirms_no_changes():
    app = Desk()
    async with app.run_test() as pilot:
        await opened(app, pilot, terms_form())
        await filled(pilot, last="2026-06-24", grace="5")
        await pilot.pause()
        assert app.screen.focused.id == "save"
        app.screen._spoke = Message().time  # as if the page had come this very moment
        await pilot.press("enter")
        assert app.result is UNSET
        calm(app)
        await pilot.press("enter")
        assert app.result.terms.grace == 5


async def test_the_same_terms_have_nothing_to_confirm():
    app = Desk()
    same = replace(TERMS, last_day=date(2026, 6, 24))

    async def ask(request):
        from checkin_tui.domain.program_change import preview as effects_of
        from tests.tui.program import sessions

        return effects_of(same, request.terms, sessions())

    async with app.run_test() as pilot:
        form = await opened(app, pilot, ProgramForm(same, ask=ask, china=china, is_code=no_code))
        form.save()
        await pilot.pause()
        await pilot.pause()
        assert app.screen is form
        assert "Nothing is different" in app.shown()


@pytest.mark.parametrize(
    ("error", "row"),
    [
        (CheckInError("zone_in_use", zone="Asia/Shanghai"), "zone"),
        (CheckInError("hours_overlap", key="2026-06-10.2"), "hours"),
        (CheckInError("db_full"), "name"),
    ],
)
async def test_a_refusal_is_told_where_it_belongs(error, row):
    async def ask(request):
        raise error

    app = Desk()
    async with app.run_test() as pilot:
        form = await opened(app, pilot, terms_form(ask))
        await filled(pilot, grace="5")
        await pilot.pause()
        assert list(remarks(form)) == [row]
        assert form.focused.id == row


async def test_what_cannot_be_read_is_not_asked_about():
    app = Desk()
    async with app.run_test() as pilot:
        seen = []
        form = await opened(app, pilot, terms_form(preview(seen)))
        await filled(pilot, zone="Moon/Crater", grace="much")
        assert set(remarks(form)) == {"grace", "zone"}
        assert seen == []


async def test_the_days_of_the_list_go_into_the_terms():
    app = Desk()
    async with app.run_test() as pilot:
        form = await opened(app, pilot, terms_form())
        await pilot.click("#days")
        await pilot.pause()
        assert isinstance(app.screen, DaysList)
        app.screen.query_one("#china").press()
        await pilot.pause()
        app.screen.query_one("#done").press()
        await pilot.pause()
        assert app.screen is form
        assert "days off: 1 · extra days: 1" in app.shown()
        form.save()
        await pilot.pause()
        await pilot.pause()
        assert "days off: +2026-06-19" in app.shown()
        assert "extra days: +2026-06-14" in app.shown()


async def test_what_was_scanned_on_the_pages_above_goes_to_the_box_when_the_form_ends():
    app = Desk()
    async with app.run_test() as pilot:
        await opened(app, pilot, terms_form())
        await pilot.click("#days")
        await pilot.pause()
        app.burst([*"0017", "enter"], at=2)
        await pilot.pause()
        await pilot.press("escape", "escape")
        assert "".join(app.typed) == "0017\n"


def test_dates_are_told_by_what_came_and_what_went():
    assert changed_terms([("holidays", "2026-06-10,2026-06-11", "2026-06-11,2026-06-19")]) == [
        "days off: +2026-06-19, -2026-06-10"
    ]
    assert changed_terms([("leave", "counts", "excluded")]) == ["leave: counts as expected → is left out"]
    assert days_listed([date(2026, 6, day) for day in range(1, 9)]).endswith("Thu 4 Jun … Mon 8 Jun")


# ------------------------------------------------------------------------------------------------------- the days


async def test_space_leaves_a_day_out_and_takes_it_back_and_the_count_follows():
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, days_list())
        assert "15 sessions" in app.shown()
        await pilot.press("space", "down", "space")
        assert "13 sessions: Wed 10 Jun" in app.shown()
        assert "( ) Mon 8 Jun 2026  day off" in app.shown()
        await pilot.press("space")
        assert "14 sessions: Tue 9 Jun" in app.shown()
        await pilot.press("enter", "enter")
        assert app.result == DaysOff(frozenset({date(2026, 6, 8)}), frozenset())


async def test_a_typed_date_is_gone_to_and_one_outside_is_added():
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, days_list())
        await pilot.press(*"6-14", "enter")
        calm(app)
        await pilot.press("space")
        assert "(x) Sun 14 Jun 2026  extra day" in app.shown()
        await pilot.press(*"2026-07-05", "enter")
        assert "Sun 5 Jul 2026 is outside the program: an extra day now." in app.shown()
        app.screen.query_one("#done").press()
        await pilot.pause()
        assert app.result == DaysOff(frozenset(), frozenset({SUNDAY, date(2026, 7, 5)}))


async def test_a_code_is_no_date_and_waits_for_the_box():
    app = Desk()
    async with app.run_test() as pilot:
        dialog = await opened(app, pilot, days_list())
        app.burst([*"20260610", "enter", *"AB 12", "tab", *"6-31", "enter"], at=2)
        await pilot.pause()
        assert "is no date: it waits" in app.shown()
        assert dialog.focused.has_class("first")
        await pilot.press(*"7", "backspace", "escape")
        assert "".join(app.typed) == "20260610\nAB 12\n6-31\n"
        assert app.result is None


async def test_chinas_calendar_is_one_key_away_and_says_what_it_brought():
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, days_list())
        await pilot.press("right", "enter")
        assert "days off 1, make-up days 1. Not known yet: 2027." in app.shown()
        await pilot.press("up", "pagedown", "tab", "up")
        app.screen.query_one("#done").press()
        await pilot.pause()
        assert app.result == DaysOff(frozenset({DRAGON_BOAT}), frozenset({SUNDAY}))


# ------------------------------------------------------------------------------------------------------- the series


async def test_the_dates_to_be_planned_are_in_view_and_a_later_last_day_extends_them():
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, PlanPreview(TERMS, planned_keys()))
        assert "2 sessions to be planned: Thu 25 Jun, Fri 26 Jun" in app.shown()
        assert "13 days have one already" in app.shown()
        await pilot.press(*"2026-06-29")
        assert "3 sessions to be planned" in app.shown()
        await pilot.press("enter", "enter")
        calm(app)
        await pilot.press("enter")
        assert app.result == Series(date(2026, 6, 29), tuple(date(2026, 6, day) for day in (25, 26, 29)))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("2026-06-24", "made shorter in its terms"),
        ("soon", "soon is not a date"),
        ("2126-06-24", "more than ten years"),
        ("2026-06-28", "Every day up to then has a session."),
    ],
)
async def test_a_series_without_days_is_not_planned(typed, told):
    app = Desk()
    async with app.run_test() as pilot:
        form = await opened(app, pilot, PlanPreview(TERMS, planned_keys(TERMS.last_day)))
        await filled(pilot, last=typed)
        assert told in remarks(form)["last"]
        assert app.result is UNSET


# ------------------------------------------------------------------------------------------------------- one session


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
