"""The import of marks on the screen, over the real use-cases: what is found, what contradicts, writing and undo."""

from __future__ import annotations

from textual import events

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.requests import ImportMarks, Undo
from checkin_tui.tui.commands import View
from checkin_tui.tui.screens.importing.marks import MarksImport
from checkin_tui.tui.screens.importing.preview import ImportScreen
from tests.conftest import TERMS
from tests.tui.dialogs import ZONE, Desk, press, read, settle
from tests.tui.driving import driven

REGISTER = """Register of May,,,
工号,姓名,2026-05-18,5月19日
001,Zhang Wei,旷,
002,Li Na,√,病假
003,王小明,maybe,
099,[/foo] Nobody,√,
"""


def page(desk):
    """The wizard at this desk."""

    async def ask(request):
        return desk.handler.handle(request)

    async def write(asked, memory):
        return desk.do(ImportMarks, **asked._asdict(), **memory._asdict())

    async def undo():
        return desk.do(Undo, session_id=None)

    first, last = TERMS.first_day, TERMS.last_day
    return MarksImport(ask=ask, write=write, undo=undo, first=first, last=last, zone=ZONE, folder="~/Documents/")


async def test_a_filled_register_is_previewed_by_session_written_and_taken_back(desk, home):
    path = home / "Documents" / "register.csv"
    path.write_text(REGISTER, encoding="utf-8")
    desk.open()
    desk.mark("001")
    app = Desk()
    async with app.run_test(size=(120, 30)) as pilot:
        app.open(page(desk))
        await settle(pilot)
        await read(pilot, path)
        shown = app.shown()
        assert "register.csv: 4 marks." in shown
        assert "< 5月19日 >" in shown
        await press(pilot)
        shown = app.shown()
        assert "2 new, 0 changed, 0 unchanged, 1 contradicting, 2 rejected." in shown
        assert "2026-05-18: 1 new, 0 changed, 0 unchanged, 1 contradicting" in shown
        assert "the file says absent, the program present" in shown
        assert "nobody here has the code 099" in shown
        await pilot.press("up", "up", "up", "right")  # from Import over the reason and the guests to what contradicts
        await settle(pilot)
        assert "(x) the file is right" in shown_in(app)
        assert "2 new, 1 changed, 0 unchanged, 2 rejected." in shown_in(app)
        app.screen.save()
        await settle(pilot)
        assert "Imported: 2 new, 1 changed, 0 unchanged, 2 rejected." in shown_in(app)
        assert desk.mark_of("001").status is Status.ABSENT
        await press(pilot, "left")
        assert "The import was taken back." in shown_in(app)
        assert desk.mark_of("001").status is Status.PRESENT


def shown_in(app):
    """The page without its breaks."""
    return " ".join(app.shown().split())


async def test_a_pasted_sheet_without_a_date_is_of_the_session_that_is_chosen(desk):
    desk.open()
    app = Desk()
    async with app.run_test() as pilot:
        app.open(page(desk))
        await settle(pilot)
        app.post_message(events.Paste("工号\t姓名\t签到\n001\tZhang Wei\t√\n"))
        await settle(pilot)
        app.screen.save()
        await settle(pilot)
        assert "the list: 1 mark." in app.shown()
        app.screen.set_focus(app.screen.query_one("#session"))
        await pilot.press("right")
        await settle(pilot)
        assert "< 2026-05-18 >" in app.shown()
        await pilot.press("escape")
        assert "1 of 3: the list" in app.shown()


async def test_both_imports_are_commands_of_the_desk():
    async with driven(number=3) as it:
        await it.go(View.ROSTER)
        for command, kind in (("people.import", ImportScreen), ("people.marks", MarksImport)):
            it.screen.run_command(command)
            await it.settle()
            assert type(it.app.screen) is kind
            assert "~/Documents/" in it.picture
            await it.do("<escape>")
