"""The pages that show something: closing, history, help, and the import with its preview."""

from datetime import date

from checkin_tui.domain.attendance.events import Action, EventKind, Source, Status
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.domain.views import History, HistoryLine, NoteLine
from checkin_tui.tui.screens.help import HelpLine, HelpScreen
from checkin_tui.tui.screens.history import HistoryDialog
from tests.tui.dialogs import AT, DAY, ZONE, Desk, closing, member


async def test_the_closing_page_says_everything_before_the_register_is_closed():
    app = Desk()
    async with app.run_test(size=(140, 40)) as pilot:
        app.open(closing(7, ("Ann Reed", "[/foo] Li")))
        await pilot.pause()
        page = app.shown()
        for words in (
            "Close Thu 21 May",
            "160 expected · 151 here · 4 of them late · 2 on leave · 0 absent · 7 not marked",
            "151/160 · 94.38 % · 6 more for > 98 % (leave counts as expected)",
            "Ann Reed (sick), [/foo] Li",
            "Not marked: 7",
            "Branch 0: Ann Reed, [/foo] Li",
            "2 owe a note",
            "Owe a note: 2",
            "Mark the 7 not here yet as absent? Type 7 and Enter:",
        ):
            assert words in page


async def test_the_closing_page_has_its_short_lists_first():
    app = Desk()
    async with app.run_test(size=(140, 40)) as pilot:
        app.open(closing(1, ("Ann Reed",), branches=1))
        await pilot.pause()
        page = app.shown()
        assert "Mark the one person not here yet as absent? Type 1 and Enter:" in page
        assert "1 owes a note" in page
        assert page.index("Not marked: 1") < page.index("Owe a note: 1") < page.index("On leave: 2")


async def test_closing_makes_nobody_absent_without_the_number():
    app = Desk()
    async with app.run_test() as pilot:
        app.open(closing(7))
        await pilot.pause()
        app.burst(["enter", "8", "enter"], at=2)
        await pilot.pause()
        assert "8 is not 7. Nothing changed." in app.shown()
        app.burst(["7", "enter"], at=3)
        await pilot.pause()
        assert app.result == "close_absent"


async def test_the_button_closes_and_leaves_them_not_marked():
    app = Desk()
    async with app.run_test() as pilot:
        app.open(closing(7))
        await pilot.pause()
        app.burst(["tab"], at=1)
        await pilot.pause()
        app.burst(["enter"], at=1)
        await pilot.pause()
        assert app.result == "close"


async def test_closing_with_everybody_marked_asks_for_no_number():
    app = Desk()
    async with app.run_test() as pilot:
        app.open(closing(0))
        await pilot.pause()
        assert "Type 0" not in app.shown()
        app.burst(["right", "enter"], at=1)
        await pilot.pause()
        assert app.result is None


async def test_a_thousand_names_scroll_and_the_question_stays_in_view():
    app = Desk()
    async with app.run_test() as pilot:
        app.open(closing(100, tuple(f"Person Number {number}" for number in range(40)), branches=25))
        await pilot.pause()
        await pilot.pause()
        assert "Type 100 and Enter" in app.shown()
        assert "40 owe a note" in app.shown()
        assert "Branch 24" not in app.shown()
        for _page in range(60):
            app.screen.action_page(1)
        await pilot.pause()
        assert "Branch 24" in app.shown()
        assert "Type 100 and Enter" in app.shown()


def step(**values):
    line = HistoryLine(
        SessionKey(DAY), EventKind.ARRIVED, None, None, AT, AT, "Wang", "laptop-1", Source.DESK, Action.MARK, True, ""
    )
    return line._replace(**values)


async def test_the_history_is_read_and_told_by_day():
    asked = []

    async def ask(request):
        asked.append((request.member_id, request.session_id))
        marked = step(kind=EventKind.MARKED, status=Status.ABSENT, happened=None, action=Action.BULK)
        note = NoteLine(SessionKey(DAY), AT + 1, "Wang", "laptop-1", Action.BULK, True, 0, True, False, True)
        early = step(active=False), marked._replace(session=SessionKey(date(2026, 5, 20)))
        return History(member(), early, (note,))

    app = Desk()
    async with app.run_test(size=(140, 40)) as pilot:
        app.open(HistoryDialog(7, "[/foo] Li", zone=ZONE, ask=ask))
        await pilot.pause()
        assert asked == [(7, None)]
        for words in (
            "History of [/foo] Li",
            "Thu 21 May 2026",
            "notebook seen, by Wang at laptop-1",
            "arrived 14:26, by Wang at laptop-1; taken back",
            "Wed 20 May 2026",
            "marked absent (in bulk)",
        ):
            assert words in app.shown()
        await pilot.press("enter")
        assert app.result is None


async def test_a_history_of_notes_alone_is_one():
    async def ask(request):
        return History(
            member(), (), (NoteLine(SessionKey(DAY), AT, "", "", Action.MARK, False, 84, False, True, True),)
        )

    app = Desk()
    async with app.run_test() as pilot:
        app.open(HistoryDialog(7, "Li", zone=ZONE, ask=ask))
        await pilot.pause()
        assert "note, 84 characters" in app.shown()


async def test_a_history_that_cannot_be_read_says_why():
    async def ask(request):
        raise CheckInError("db_locked", path="desk.db")

    app = Desk()
    async with app.run_test() as pilot:
        app.open(HistoryDialog(7, "Li", zone=ZONE, ask=ask))
        await pilot.pause()
        assert "The database desk.db is busy" in app.shown()


async def test_help_is_made_from_its_records():
    app = Desk()
    async with app.run_test(size=(140, 50)) as pilot:
        app.open(
            HelpScreen(
                [("The register", [HelpLine("Ctrl+Z", "4", "Undo", "Take it back."), HelpLine("", "", "Theme", "")])]
            )
        )
        await pilot.pause()
        page = app.shown()
        assert "Ctrl+Z    → 4  Undo: Take it back." in page
        assert "Theme" in page
        assert "Space means and." in page
