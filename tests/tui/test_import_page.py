"""The parts of an import's pages: its lines, the folder of its files, the columns found in one."""

import os
from datetime import date

import pytest

from checkin_tui.domain.imports import Place
from checkin_tui.domain.views import Gone, ImportLine, ImportPreview
from checkin_tui.interchange.lists.choices import Choices
from checkin_tui.interchange.lists.rosters import open_roster
from checkin_tui.interchange.reading.tables import pasted
from checkin_tui.tui.safe import cells
from checkin_tui.tui.screens.importing.contacts import ContactsImport
from checkin_tui.tui.screens.importing.file import clean_cells
from checkin_tui.tui.screens.importing.found import ALL_SHEETS, FoundColumn, read, rechosen, remapped
from checkin_tui.tui.screens.importing.lines import ImportLines, line_text
from checkin_tui.tui.screens.importing.paths import Entry, complete, gone_into, listed
from checkin_tui.tui.screens.importing.result import sort_out
from tests.tui.dialogs import HOSTILE, LONG, ZONE, Desk
from tests.tui.view_dialogs import never


def test_a_wide_window_shows_more_of_names_codes_and_branches():
    line = ImportLine(7, "new", "A-2026-0017", LONG, "Upper Lotus Ford Cooperative")
    assert "A-2026-0017" in line_text(line, 134)
    assert "Maximiliana Theodora Featherstonehaugh" not in line_text(line, 74)
    assert "Maximiliana Theodora Featherstonehaug" in line_text(line, 134)
    assert "Upper Lotus Ford Coopera" in line_text(line, 134)


def test_a_change_of_the_joined_date_is_told_once():
    line = ImportLine(7, "changed", "0017", "Ann", "Xinghe", (("joined", "2026-05-18", "2026-05-20"),))
    assert line_text(line, 134, date(2026, 5, 20)).count("2026-05-20") == 1


def test_of_several_sheets_a_line_says_which():
    line = ImportLine(7, "new", "0017", "Ann", "Xinghe", sheet="North")
    assert line_text(line, 74, several=True).startswith("North!7 ")
    assert line_text(line, 74).startswith("7 ")


async def test_only_the_lines_in_view_are_drawn():
    app = Desk()
    async with app.run_test() as pilot:
        app.open(ContactsImport(ask=never, write=never, undo=never, zone=ZONE))
        await pilot.pause()
        lines = app.screen.query_one(ImportLines)
        one = ImportLine(2, "new", "0001", "王小明", "Xinghe")
        lines.show([one._replace(row=number) for number in range(100_000)])
        lines.go(99_999)
        await pilot.pause()
        assert "99999" in app.shown()


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("width", [54, 74, 134])
def test_the_columns_of_a_preview_line_up_in_cells(name, width):
    start = line_text(ImportLine(7, "new", "0001", name, "Xinghe"), width).index("Xinghe")
    text = line_text(ImportLine(7, "new", "0001", name, "Xinghe"), width)
    plain = line_text(ImportLine(7, "new", "0001", "Ann", "Xinghe"), width)
    assert cells(text[:start]) == cells(plain[: plain.index("Xinghe")])


# ------------------------------------------------------------------------------------------------------------- the file


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


def test_a_folder_lists_its_folders_then_its_newest_rosters(home):
    for age, name in enumerate(("new.ods", "Old.XLS", "list.pdf", ".hidden.csv", "odd\x1b.csv")):
        (home / name).touch()
        os.utime(home / name, (10_000 - age, 10_000 - age))
    found = listed("~/")
    assert [entry.name for entry in found] == ["..", "Documents", "new.ods", "Old.XLS"]
    assert [entry.name for entry in listed("~/OL")] == ["Old.XLS"]
    assert listed("~/none/") == []
    assert listed("\0/") == []


def test_an_entry_that_is_taken_is_what_would_have_been_typed(tmp_path):
    assert gone_into(f"{tmp_path}/ar", Entry("archive", True)) == f"{tmp_path}/archive/"
    assert gone_into(f"{tmp_path}/", Entry("a.csv", False)) == f"{tmp_path}/a.csv"
    assert gone_into(f"{tmp_path}/", Entry("..", True)) == f"{tmp_path.parent}/"
    assert gone_into("/", Entry("..", True)) == "/"


def test_a_pasted_line_keeps_its_tabs_and_nothing_a_terminal_obeys():
    assert clean_cells("Ann\tXing\x1bhe\u202e") == "Ann\tXinghe"


# ----------------------------------------------------------------------------------------------------- what was found


@pytest.fixture
def people(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("List of May\nNo,编号,姓名,支部,\n1,007,Ann,Xinghe,x\n2,,Bo,,\n", encoding="utf-8")
    return open_roster(path)


def test_every_column_comes_with_samples_and_what_it_is_taken_for(people):
    found = read(people, Choices())
    assert found.header_row == 2
    assert found.heads[0] == (1, "List of May")
    assert found.columns == (
        FoundColumn(1, "No", ("1", "2")),
        FoundColumn(2, "编号", ("007",), "code"),
        FoundColumn(3, "姓名", ("Ann", "Bo"), "name"),
        FoundColumn(4, "支部", ("Xinghe",), "branch"),
        FoundColumn(5, "", ("x",)),
    )


def test_a_column_may_be_taken_for_something_else_or_for_nothing(people):
    found = read(people, Choices())
    moved = read(people, Choices(mapping=remapped(found, 4, "title")))
    assert [column.field for column in moved.columns] == ["", "code", "name", "title", ""]
    assert moved.roster.rows[0].branch is None
    less = read(people, Choices(mapping=remapped(moved, 2, "")))
    assert [column.field for column in less.columns] == ["", "", "name", "title", ""]
    assert [row.code for row in less.roster.rows] == ["", ""]


def test_the_columns_of_a_list_without_a_header_are_numbered():
    source = pasted("Ann\tXinghe\nBo\tClinic\n")
    found = read(source, Choices())
    assert [(column.header, column.field) for column in found.columns] == [("", "name"), ("", "branch")]
    changed = read(source, Choices(header_row=0, mapping=remapped(found, 2, "title")))
    first = changed.roster.rows[0]
    assert (first.name, first.title, first.branch) == ("Ann", "Xinghe", None)


def test_where_nobody_is_found_the_columns_are_there_to_be_given(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("Nr.,Wer\n1,Ann\n", encoding="utf-8")
    source = open_roster(path)
    found = read(source, Choices())
    assert found.trouble.code == "import_no_name"
    assert [column.header for column in found.columns] == ["Nr.", "Wer"]
    assert read(source, Choices(mapping=remapped(found, 2, "name"))).roster.rows[0].name == "Ann"


def test_another_sheet_or_encoding_forgets_what_was_said_of_the_columns():
    choices = Choices(mapping={"name": "Wer"}, header_row=3, preset="pretix")
    assert rechosen(choices, "sheet", "North") == Choices(sheet="North")
    assert rechosen(choices, "sheet", ALL_SHEETS) == Choices(every_sheet=True)
    assert rechosen(choices, "encoding", "big5") == choices._replace(encoding="big5", mapping={})
    assert rechosen(choices, "header", "0") == choices._replace(header_row=0, mapping={})


def test_the_lines_are_in_the_order_of_the_file_and_also_by_kind(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("name,branch\nAnn,Xinghe\n,Xinghe\n合计,1\nBo,Clinic\n", encoding="utf-8")
    roster = read(open_roster(path), Choices()).roster
    lines = tuple(ImportLine(row.row, "new", row.code, row.name, row.branch) for row in roster.rows)
    found = sort_out(roster, ImportPreview(lines, 2, 0, 0, 0, gone=Gone()))
    assert [(line.row, line.result) for line in found.by_kind["all"]] == [
        (2, "new"),
        (3, "rejected"),
        (4, "passed"),
        (5, "new"),
    ]
    assert found.count("new") == 2
    assert found.joined == {}
    assert Place("", 2) == roster.rows[0].place
