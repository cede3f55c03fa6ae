"""Files ordered on the screen: where to, how far, given up, and the desk that goes on meanwhile."""

from __future__ import annotations

import threading
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date

from checkin_tui.domain.badges import BadgeAsk, BadgeKind
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.papers import BoardAsk, SheetAsk, SheetOrder
from checkin_tui.domain.register import Choice
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.interchange.orders import Paper, RegisterAsk, ReportAsk
from checkin_tui.interchange.outputs import Written
from checkin_tui.tui import ending
from checkin_tui.tui.exporting import Exporting
from checkin_tui.tui.screens.exporting.form import ExportForm
from checkin_tui.tui.screens.exporting.words import bar_text, file_name, free
from tests.tui.driving import driven
from tests.tui.fakes import DAY, Clock, FakeDesk, people

REGISTER = "Spring-study-register-2026-05-18.xlsx"


class Office:
    """Writes what is ordered, as slowly as the test wants."""

    def __init__(self) -> None:
        self.orders = []
        self.go_on = threading.Event()
        self.go_on.set()
        self.refuse = None

    def __call__(self, order, progress):
        self.orders.append(order)
        if self.refuse is not None:
            raise self.refuse
        if order.path.exists() and not order.force:
            raise CheckInError("save_exists", file=str(order.path))
        progress(1, 4)
        while not self.go_on.wait(0.005):
            progress(2, 4)
        order.path.write_text("names")
        return Written(order.path, order.format, 12)


@asynccontextmanager
async def ordering(paper, *steps, desk=None, size=(80, 24), slow=False):
    """The desk with the form of that paper open, and whoever writes the files."""
    async with driven(desk, size=size) as it:
        it.office = Office()
        it.app.exporting = Exporting(it.office)
        if slow:
            it.office.go_on.clear()
        await it.do(*steps)
        await opened(it, paper)
        yield it
        it.office.go_on.set()


async def opened(it, paper):
    it.screen.run_command(f"export.{paper}")
    await it.until(lambda: it.app.screen is not it.screen)
    await it.settle()


async def until_said(it, text):
    """Wherever a long path breaks the line."""
    await it.until(lambda: text in " ".join(it.picture.replace("│", " ").split()))


def form(it) -> ExportForm:
    return next(one for one in it.app.screen_stack if isinstance(one, ExportForm))


async def test_two_enters_write_the_register_where_it_was_proposed(home):
    async with ordering("register", size=(60, 18)) as it:
        assert form(it).field("path").value == f"~/Documents/{REGISTER}"
        assert REGISTER in "".join(it.picture.replace("│", "").split())  # below the field, which is too short for both
        assert "The file has people's names" in it.picture
        await it.answer("<enter>", "<enter>")
        await until_said(it, "✓ Written: 12 people.")
        path = home / "Documents" / REGISTER
        assert it.office.orders == [(path, "xlsx", RegisterAsk(), False)]
        assert str(path) in "".join(it.picture.replace("│", "").split())  # in full, over as many lines as it takes
        await it.answer("<enter>")
        assert it.app.screen is it.screen
        await opened(it, "register")
        assert form(it).field("path").value.endswith("-18-2.xlsx")  # never one that is there


async def test_a_file_that_is_there_is_kept_unless_somebody_says_so(home):
    path = home / "Documents" / "mine.xlsx"
    path.write_text("old")
    async with ordering("register") as it:
        form(it).field("path").value = str(path)
        await it.answer("<enter>", "<enter>")
        await until_said(it, "There is already ~/Documents/mine.xlsx. Write over it?")
        await it.answer("<enter>")  # No has the keyboard
        assert it.app.screen is form(it)
        assert path.read_text() == "old"
        await it.answer("<enter>", "<enter>")
        await until_said(it, "Write over it?")
        await it.answer("<right>", "<enter>")
        await until_said(it, "✓ Written")
        assert path.read_text() == "names"
        assert it.office.orders[-1].force


async def test_a_refusal_is_a_sentence_and_the_form_stays():
    async with ordering("badges", size=(60, 18)) as it:
        it.app.privacy = True
        it.office.refuse = CheckInError("badge_start", limit=14)
        form(it).save()
        await until_said(it, "14")
        assert "✗" in it.picture
        form(it).field("start").value = "15"
        form(it).save()
        await until_said(it, "A whole number from 1 to 14.")
        form(it).field("start").value = "2"
        form(it).field("path").value = " "
        await it.settle()
        form(it).save()
        await until_said(it, "✗ Which file?")
        assert len(it.office.orders) == 1


async def test_esc_gives_up_and_nothing_is_left(home):
    async with ordering("register", slow=True) as it:
        await it.answer("<enter>", "<enter>")
        await until_said(it, "50 %")
        await it.answer("<escape>")
        await until_said(it, "Given up. Nothing was written.")
        assert it.app.screen is form(it)
        assert list((home / "Documents").iterdir()) == []
        assert it.app.exporting.job is None


async def test_marks_are_saved_while_a_file_is_written_and_its_end_is_told():
    async with ordering("register", slow=True) as it:
        await it.answer("<enter>", "<enter>")
        await until_said(it, "Go on at the desk")
        await it.do("0003\r")  # a scan is no answer, and waits for the desk
        await it.answer("<enter>")
        await it.until(lambda: it.app.screen is it.screen)
        await it.settle()
        assert it.status(3) == "present"
        await opened(it, "sheet")  # one at a time
        assert "this one is still being written" in " ".join(it.picture.split())
        assert len(it.office.orders) == 1
        await it.answer("<enter>")
        assert it.app.screen is it.screen
        assert it.banner.endswith("The same command shows how far it is.")
        it.office.go_on.set()
        await it.until(lambda: it.app._notifications)
        (told,) = it.app._notifications
        said = ("✓ Written: 12 people.", str(it.office.orders[0].path))
        assert (told.message, it.banner) == (" ".join(said), "\n".join(said))


async def test_quitting_asks_about_a_file_that_is_not_ready(home):
    async with ordering("report", slow=True) as it:
        await it.answer("<enter>", "<enter>")
        await until_said(it, "50 %")
        it.keys("ctrl+q")
        await until_said(it, "A file is still being written.")
        await it.answer("<enter>")  # Stay has the keyboard
        await until_said(it, "50 %")
        it.keys("ctrl+q")
        await until_said(it, "A file is still being written.")
        await it.answer("<right>", "<enter>")
        await it.until(lambda: it.app._exit)
        assert list((home / "Documents").iterdir()) == []
        assert it.app.exporting.job is None


async def test_who_is_ended_from_outside_leaves_no_half_file(home, monkeypatch):
    monkeypatch.setattr(ending, "start_new_thread", lambda *_: None)
    async with ordering("register", slow=True) as it:
        await it.answer("<enter>", "<enter>")
        await until_said(it, "50 %")
        ending.begin(it.app, ending.GONE)
        await it.until(lambda: it.app._exit)
        assert it.app.exporting.job is None
        assert list((home / "Documents").iterdir()) == []


def other_days():
    desk = FakeDesk(people(6), Clock(), practice=True)
    earlier = date(2026, 5, 15)
    desk.earlier = [replace(desk.session, id=7, key=SessionKey(earlier))]
    return desk


TODAY, BEFORE = SessionKey(DAY), SessionKey(date(2026, 5, 15))


CHOSEN = (
    ("register", {"session": 1, "long": 1, "format": 1}, RegisterAsk(Choice((BEFORE,)), True),
     "register-2026-05-15.csv"),
    ("sheet", {"order": 1}, SheetAsk(TODAY, 10, (), SheetOrder.NAME), "sign-in-2026-05-18.html"),
    ("badges", {"whose": 1, "code": 1}, BadgeAsk(("0003",), (), BadgeKind.CODE128), "badges-2026-05-18.html"),
    ("owes", {"phones": 1}, BoardAsk(TODAY, phones=True), "owes-2026-05-18.html"),
    ("report", {"names": 1, "format": 2}, ReportAsk(True), "report-2026-05-18.docx"),
)  # fmt: skip


async def test_what_is_chosen_is_ordered():
    async with driven(other_days(), size=(120, 36)) as it:
        it.office = Office()
        it.app.exporting = Exporting(it.office)
        it.screen.hands.choose_row(2)
        for paper, choose, ask, name in CHOSEN:
            await opened(it, paper)
            assert "the people in the file are invented" in it.picture
            for part, number in choose.items():
                form(it).choice(part).chosen = number
            await it.pilot.pause()
            form(it).save()
            await until_said(it, "✓ Written")
            order = it.office.orders[-1]
            assert (order.ask, order.path.name) == (ask, f"Spring-study-{name}")
            it.app.screen.leave()
            await it.until(lambda: it.app.screen is it.screen)


async def test_a_small_window_has_all_of_it_and_a_name_of_ones_own_only_changes_its_ending():
    async with driven(number=3, size=(60, 18)) as it:
        it.app.hide_names()
        await it.settle()
        await opened(it, "owes")
        assert "Names are hidden on the screen. The file has them." in " ".join(it.picture.replace("│", " ").split())
        assert "Save" in it.picture
        form(it).field("path").value = "~/mine.html"
        form(it).choice("format").chosen = 1
        form(it).query_one("FewTicks").ticked = {"Xinghe"}
        await it.settle()
        assert form(it).field("path").value == "~/mine.xlsx"
        assert form(it).ask().branches == ("Xinghe",)


def test_a_file_is_called_by_program_paper_and_day():
    assert file_name("Spring study", Paper.SHEET, "2026-05-18.2", "xlsx") == "Spring-study-sign-in-2026-05-18.2.xlsx"
    assert file_name("../a:b\x1b", Paper.OWES, "x", "txt") == "a-b␛-owes-x.txt"
    assert file_name("春季学习" * 20, Paper.BADGES, "x", "html") == "春季学习" * 6 + "-badges-x.html"
    assert file_name("A township learns together", Paper.REPORT, "x", "md") == "A-township-learns-report-x.md"
    assert file_name("...", Paper.REGISTER, "x", "moodle") == "register-x.csv"


def test_a_free_name_is_found_beside_what_is_there(tmp_path):
    path = tmp_path / "list.txt"
    assert free(path) == path
    path.touch()
    (tmp_path / "list-2.txt").symlink_to("nowhere")
    assert free(path) == tmp_path / "list-3.txt"


def test_a_bar_is_never_full_before_the_file_is():
    assert bar_text(0, 4, 16) == "..........   0 %"
    assert bar_text(2, 4, 16) == "#####.....  50 %"
    assert bar_text(4, 4, 16) == "#########.  99 %"
    assert bar_text(1, 0, 16) == "..........   0 %"
