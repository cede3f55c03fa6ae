"""The import of people on the screen: previewed, written, refused and taken back."""

import csv
from datetime import date
from uuid import UUID

import pytest

from checkin_tui.domain.changes import ChangesUndone, PeopleChanged
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.views import ImportLine, ImportPreview
from checkin_tui.tui.safe import cells
from checkin_tui.tui.screens.import_lines import ImportLines, line_text
from checkin_tui.tui.screens.import_paths import complete
from checkin_tui.tui.screens.import_preview import ImportScreen
from tests.tui.dialogs import HOSTILE, LONG, UNSET, ZONE, Desk, press, read


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
