"""The program's dialogs: its terms with what they change, its days, its series."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from textual.message import Message

from checkin_tui.domain.errors import CheckInError
from checkin_tui.tui.screens.days_list import DaysList, DaysOff
from checkin_tui.tui.screens.plan_preview import PlanPreview, Series
from checkin_tui.tui.screens.program_changes import ProgramChanges, ProgramEdit
from checkin_tui.tui.screens.program_form import ProgramForm
from checkin_tui.tui.screens.program_words import changed_terms, days_listed
from tests.tui.dialogs import UNSET, Desk, filled, opened, remarks
from tests.tui.program import DRAGON_BOAT, SUNDAY, TERMS, china, no_code, planned_keys, preview


def terms_form(ask=None) -> ProgramForm:
    return ProgramForm(TERMS, ask=ask or preview(), china=china, is_code=no_code)


def days_list() -> DaysList:
    return DaysList(TERMS, china=china, is_code=no_code)


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
