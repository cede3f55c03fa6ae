"""The pages that show something: closing, history, help, and the import with its preview."""

import csv
from datetime import date
from uuid import UUID

import pytest

from checkin_tui.domain.attendance.events import Action, EventKind, Source, Status
from checkin_tui.domain.changes import ChangesUndone, PeopleChanged
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.domain.views import History, HistoryLine, ImportLine, ImportPreview, NoteLine
from checkin_tui.tui.safe import cells
from checkin_tui.tui.screens.help import HelpLine, HelpScreen
from checkin_tui.tui.screens.history import HistoryDialog
from checkin_tui.tui.screens.import_lines import ImportLines, line_text
from checkin_tui.tui.screens.import_paths import complete
from checkin_tui.tui.screens.import_preview import ImportScreen
from tests.tui.dialogs import AT, DAY, HOSTILE, LONG, UNSET, ZONE, Desk, closing, member


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


class Office:
    """Previews and imports: every third line is new, changed, unchanged."""

    def __init__(self):
        self.imported, self.undone = [], []
        self.refuse: CheckInError | None = None

    async def ask(self, request):
        lines = tuple(
            ImportLine(line.row, ("new", "changed", "unchanged")[number % 3], line.code, line.name, line.branch or "",
                       (("phone", "", "000-1"),) if number % 3 == 1 else ())
            for number, line in enumerate(request.lines)
        )  # fmt: skip
        results = [line.result for line in lines]
        new, changed, unchanged = (results.count(word) for word in ("new", "changed", "unchanged"))
        return ImportPreview(lines, new, changed, unchanged, 0, date(2026, 5, 18))

    async def write(self, lines):
        if self.refuse:
            raise self.refuse
        self.imported.append(len(lines))
        return PeopleChanged(uid=UUID(int=5), new=2, changed=2, unchanged=1)

    async def undo(self, batch):
        self.undone.append(batch)
        if self.refuse:
            raise self.refuse
        return ChangesUndone(uid=UUID(int=6), kind="import")

    def screen(self):
        return ImportScreen(ask=self.ask, write=self.write, undo=self.undo, zone=ZONE)


@pytest.fixture
def people(tmp_path):
    path = tmp_path / "people.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["code", "name", "branch", "joined"])
        table.writerows([f"{number:04}", name, "Xinghe", ""] for number, name in enumerate(HOSTILE))
        table.writerow(["9999", "", "Xinghe", ""])
    return path


async def settle(pilot):
    """Until the buttons' work is done and shown."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def read(pilot, path):
    pilot.app.screen.field("path").value = str(path)
    pilot.app.screen.save()
    await settle(pilot)


async def press(pilot, *keys, at=1):
    """Enter, after half a second has passed since what is on the screen came there."""
    pilot.app.burst([*keys, "enter"], at=at)
    await settle(pilot)


async def test_an_import_is_previewed_written_and_taken_back_on_one_screen(people):
    office, app = Office(), Desk()
    async with app.run_test(size=(140, 40)) as pilot:
        app.open(office.screen())
        await pilot.pause()
        await read(pilot, people)
        page = app.shown()
        assert "2 new · 2 changed · 2 unchanged · 1 rejected · read as UTF-8" in page
        assert "from Mon 18 May 2026 on" in page
        assert "~ changed" in page
        assert "phone: – → 000-1" in page
        assert "✗ rejected   no name" in page
        assert "Li Red" in page or "Li [31mRed" in page
        assert office.imported == []
        assert app.screen.focused.id == "import"
        await press(pilot)
        assert office.imported == [6]
        assert "Imported: 2 new, 2 changed, 1 unchanged." in app.shown()
        assert "Undo the import" in app.shown()
        await press(pilot, "left")
        assert office.undone == [UUID(int=5)]
        page = app.shown()
        assert "The import was taken back." in page
        assert "+ new" not in page
        assert "New people without a date" not in page
        assert app.result is UNSET


async def test_a_second_enter_after_an_import_leaves_and_takes_nothing_back(people):
    office, app = Office(), Desk()
    async with app.run_test(size=(140, 40)) as pilot:
        app.open(office.screen())
        await pilot.pause()
        await read(pilot, people)
        await press(pilot)
        await press(pilot, at=-10)  # bouncing: what was imported stays in view
        assert app.is_open
        assert "Imported: 2 new" in app.shown()
        await press(pilot)
        assert not app.is_open
        assert office.imported == [6]
        assert office.undone == []


async def test_a_bouncing_enter_on_read_imports_nothing(people):
    office, app = Office(), Desk()
    async with app.run_test(size=(140, 40)) as pilot:
        app.open(office.screen())
        await pilot.pause()
        await read(pilot, people)
        await press(pilot, at=-10)
        assert office.imported == []
        await press(pilot)
        assert office.imported == [6]


async def test_a_preview_says_how_a_text_was_read_and_shows_the_dates_it_gives(tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes("编号,姓名,加入日期\n0001,王小明,2026-05-20\n0002,李明,\n".encode("gb18030"))
    app = Desk()
    async with app.run_test(size=(140, 40)) as pilot:
        app.open(Office().screen())
        await pilot.pause()
        await read(pilot, path)
        page = app.shown()
        assert "read as GB18030" in page
        assert page.count("joined 2026-05-20") == 1


def test_a_wide_window_shows_more_of_names_codes_and_branches():
    line = ImportLine(7, "new", "A-2026-0017", LONG, "Upper Lotus Ford Cooperative")
    assert "A-2026-0017" in line_text(line, 134)
    assert "Maximiliana Theodora Featherstonehaugh" not in line_text(line, 74)
    assert "Maximiliana Theodora Featherstonehaug" in line_text(line, 134)
    assert "Upper Lotus Ford Coopera" in line_text(line, 134)


def test_a_change_of_the_joined_date_is_told_once():
    line = ImportLine(7, "changed", "0017", "Ann", "Xinghe", (("joined", "2026-05-18", "2026-05-20"),))
    assert line_text(line, 134, date(2026, 5, 20)).count("2026-05-20") == 1


async def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path):
    app = Desk()
    async with app.run_test(size=(140, 40)) as pilot:
        app.open(Office().screen())
        await pilot.pause()
        await read(pilot, "")
        assert "✗ Which file?" in app.shown()
        await read(pilot, tmp_path / "none [here].csv")
        assert "none [here].csv." in app.shown().replace("\n", "")
        assert "✗ There is no file" in app.shown()
        assert not app.screen.query_one("#import").display


async def test_an_import_that_is_refused_says_why_and_can_be_tried_again(people):
    office, app = Office(), Desk()
    async with app.run_test(size=(140, 40)) as pilot:
        app.open(office.screen())
        await pilot.pause()
        await read(pilot, people)
        office.refuse = CheckInError("db_full", path="desk.db")
        await press(pilot)
        assert "The disk is full. Nothing was saved." in app.shown()
        office.refuse = None
        await press(pilot)
        assert office.imported == [6]


async def test_an_undo_that_is_refused_names_the_people(people):
    office, app = Office(), Desk()
    async with app.run_test(size=(140, 40)) as pilot:
        app.open(office.screen())
        await pilot.pause()
        await read(pilot, people)
        await press(pilot)
        office.refuse = CheckInError("undo_has_events", names=["[/foo] Li"])
        await press(pilot, "left")
        assert "there are already marks or notes of [/foo] Li." in app.shown()


async def test_only_the_lines_in_view_are_drawn():
    app = Desk()
    async with app.run_test() as pilot:
        app.open(Office().screen())
        await pilot.pause()
        lines = app.screen.query_one(ImportLines)
        one = ImportLine(2, "new", "0001", "王小明", "Xinghe")
        lines.show([one._replace(row=number) for number in range(100_000)])
        await pilot.pause()
        lines.scroll_to(y=99_999, animate=False)
        await pilot.pause()
        assert "99999" in app.shown()


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("width", [54, 74, 134])
def test_the_columns_of_a_preview_line_up_in_cells(name, width):
    start = line_text(ImportLine(7, "new", "0001", name, "Xinghe"), width).index("Xinghe")
    text = line_text(ImportLine(7, "new", "0001", name, "Xinghe"), width)
    plain = line_text(ImportLine(7, "new", "0001", "Ann", "Xinghe"), width)
    assert cells(text[:start]) == cells(plain[: plain.index("Xinghe")])


def test_a_path_is_completed_to_rosters_and_folders(tmp_path):
    for name in ("people.csv", "people.pdf", "pens.XLSX", "quiz\x1b.csv"):
        (tmp_path / name).touch()
    (tmp_path / "archive").mkdir()
    assert complete(f"{tmp_path}/peo") == f"{tmp_path}/people.csv"
    assert complete(f"{tmp_path}/pen") == f"{tmp_path}/pens.XLSX"
    assert complete(f"{tmp_path}/arch") == f"{tmp_path}/archive/"
    assert complete(f"{tmp_path}/people.csv") is None
    assert complete(f"{tmp_path}/quiz") is None
    assert complete(f"{tmp_path}/none/x") is None
    assert complete("") is None


async def test_the_offered_path_is_taken_with_the_arrow(people):
    app = Desk()
    async with app.run_test(size=(140, 40)) as pilot:
        app.open(Office().screen())
        await pilot.pause()
        field = app.screen.field("path")
        field.value = str(people)[:-3]
        field.cursor_position = len(field.value)
        for _wait in range(50):
            await pilot.pause(0.02)
            if str(people) in app.shown():
                break
        await pilot.press("right")
        assert field.value == str(people)


async def test_a_file_with_nothing_new_offers_no_import(people):
    class Same(Office):
        async def ask(self, request):
            return (await super().ask(request))._replace(new=0, changed=0, unchanged=6)

    app = Desk()
    async with app.run_test(size=(140, 40)) as pilot:
        app.open(Same().screen())
        await pilot.pause()
        await read(pilot, people)
        assert "0 new · 0 changed · 6 unchanged · 1 rejected" in app.shown()
        assert not app.screen.query_one("#import").display
        assert app.screen.focused.id == "path"
