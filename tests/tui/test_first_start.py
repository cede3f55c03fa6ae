"""The first start: the terms of a program typed, refused and previewed."""

from datetime import date, time
from fractions import Fraction

import pytest

from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.rates import Target
from checkin_tui.tui.screens.first_start import FirstStart
from checkin_tui.tui.screens.terms import dates_text
from tests.tui.dialogs import DAY, UNSET, ZONE, Desk, filled, remarks


async def test_the_first_start_makes_the_terms_and_shows_their_dates():
    app = Desk()
    async with app.run_test() as pilot:
        app.open(FirstStart(today=date(2026, 5, 18), zone=ZONE))
        await pilot.pause()
        assert "10 sessions: Mon 18 May, Tue 19 May … Fri 29 May" in app.shown()
        app.screen.field("last").value = "2026-05-28"
        await pilot.pause()
        assert "9 sessions: Mon 18 May, Tue 19 May … Thu 28 May" in app.shown()
        await filled(pilot, name="Reading weeks", hours="9:00-11:30", grace="5", target=">=97.5", note="0")
        assert app.result == ProgramTerms(
            name="Reading weeks",
            first_day=date(2026, 5, 18),
            last_day=date(2026, 5, 28),
            starts=time(9),
            ends=time(11, 30),
            grace=5,
            target=Target(">=", Fraction("97.5")),
            minimum_note=0,
            zone=ZONE,
        )


async def test_the_first_start_names_the_fields_it_cannot_read_where_the_dates_would_be():
    app = Desk()
    async with app.run_test() as pilot:
        app.open(FirstStart(today=date(2026, 5, 18), zone=ZONE))
        await pilot.pause()
        app.screen.field("weekdays").value = "mon-"
        await pilot.pause()
        assert "No dates yet. Cannot be read: Weekdays" in app.shown()
        app.screen.field("hours").value = "14"
        await pilot.pause()
        assert "Cannot be read: Weekdays, Hours" in app.shown()
        app.screen.field("weekdays").value = "mon"
        app.screen.field("hours").value = "14:00-16:00"
        await pilot.pause()
        assert "2 sessions: Mon 18 May, Mon 25 May" in app.shown()


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"name": ""}, "name"),
        ({"first": "soon"}, "first"),
        ({"last": "2026-05-17"}, "last"),
        ({"last": "2046-05-17"}, "last"),
        ({"weekdays": "moonday"}, "weekdays"),
        ({"first": "2026-05-23", "last": "2026-05-24"}, "weekdays"),
        ({"hours": "17:00-14:30"}, "hours"),
        ({"grace": "-1"}, "grace"),
        ({"target": "98"}, "target"),
        ({"note": "some"}, "note"),
    ],
)
async def test_terms_that_cannot_be_are_refused_beneath_their_field(fields, where):
    app = Desk()
    async with app.run_test() as pilot:
        app.open(FirstStart(today=date(2026, 5, 18), zone=ZONE))
        await pilot.pause()
        await filled(pilot, **{"name": "Reading weeks", **fields})
        assert list(remarks(app.screen)) == [where]
        assert "…" not in remarks(app.screen)[where]
        assert app.result is UNSET


async def test_a_term_that_cannot_be_read_says_why_as_soon_as_it_is_left():
    app = Desk()
    async with app.run_test() as pilot:
        app.open(FirstStart(today=date(2026, 5, 18), zone=ZONE))
        await pilot.pause()
        form = app.screen
        assert ">98 or >=98" in app.shown()
        form.field("target").focus()
        form.field("target").value = "95"
        await pilot.pause()
        assert remarks(form) == {}
        await pilot.press("enter")
        await pilot.pause()
        assert remarks(form) == {"target": "✗ 95 is no target. It is written >98 or >=98."}
        assert form.focused.id == "note"
        form.field("target").value = ">95"
        await pilot.pause()
        assert remarks(form) == {}


async def test_the_first_start_offers_the_sample():
    app = Desk()
    async with app.run_test() as pilot:
        app.open(FirstStart(today=date(2026, 5, 18), zone=ZONE))
        await pilot.pause()
        await pilot.click("#sample")
        assert app.result == "sample"


def test_a_few_dates_are_all_named():
    terms = ProgramTerms(name="x", first_day=date(2026, 5, 18), last_day=date(2026, 5, 20))
    assert dates_text(terms) == "3 sessions: Mon 18 May, Tue 19 May, Wed 20 May"
    assert dates_text(ProgramTerms(name="x", first_day=DAY, last_day=DAY)) == "1 session: Thu 21 May"


async def test_the_first_start_names_the_file_that_is_not_there_and_the_backup_that_would_bring_it_back():
    """Somebody deleted the file, moved it, or mistyped its name."""
    app = Desk()
    absent = {"path": "may.db", "database": "/data/may.db", "backup": "/data/kept/2026-05-18T143000Z-day.db"}
    async with app.run_test() as pilot:
        app.open(FirstStart(today=date(2026, 5, 18), zone=ZONE, absent=absent))
        await pilot.pause()
        assert "There is no file may.db yet. It would be made." in app.shown()
        assert "checkin --db /data/may.db restore 2026-05-18T143000Z-day.db" in app.shown()
        assert app.focused.id == "name"
        assert "Create" in app.shown()
