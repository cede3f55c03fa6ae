"""The list for the notice board: by branch, as a page, a workbook and plain text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.papers import BoardAsk
from checkin_tui.domain.reads import LoadBranches
from checkin_tui.domain.requests import EditBranch
from checkin_tui.interchange.papers.owes import write_owes
from checkin_tui.words.papers import board_paper
from tests.conftest import Furnished, at
from tests.desk import Desk, fresh_desk
from tests.interchange.papers.test_signin import cells, page_rows

TUESDAY = date(2026, 5, 19)


@pytest.fixture(scope="module")
def owing(furnished: Furnished) -> Iterator[Desk]:
    """Only to be read. 001 and 007 owe a note of Monday, 002 wrote too little, 008 is done; 003 wrote one and was not
    there. On Tuesday 001 owes another, and 004. It is Monday again.
    """
    with fresh_desk(furnished) as desk:
        clinic = next(one.id for one in desk.handler.handle(LoadBranches()) if one.name == "Clinic")
        desk.do(EditBranch, branch_id=clinic, contact="Mara Quill", phone="+5550")
        desk.change("001", name="=1+1 <b>", phone="5550001")
        desk.open()
        for code in ("001", "002", "007", "008"):
            desk.mark(code)
        desk.note("002", "a little")
        desk.notebooks("008")
        desk.note("003", "not there, but busy")
        desk.bench.now = at("14:20", TUESDAY)
        desk.open(TUESDAY)
        desk.mark("001", TUESDAY)
        desk.mark("004", TUESDAY)
        desk.bench.now = at("14:20")
        yield desk


def written(desk: Desk, file: Path, **asked) -> Path:
    write_owes(desk.ctx, file, BoardAsk(**asked), board_paper, force=True)
    return file


def test_the_text_is_the_list_that_is_sent_without_telephones_of_members(owing, tmp_path):
    assert written(owing, tmp_path / "owes.txt").read_text("utf-8") == (
        "Learning campaign\nNotes of Mon 18 May 2026\n3 people owe 3 notes.\n\n"
        "Clinic (contact Mara Quill, +5550)\n- سارة الورد (007): missing\n\n"
        "Xinghe\n- =1+1 <b> (001): missing\n- Li Na (002): 7 of 50 characters\n\n"
        "As of Mon 18 May 14:20\n"
    )


def test_the_page_has_a_table_for_every_branch(owing, tmp_path):
    file = written(owing, tmp_path / "owes.html")
    assert page_rows(file) == [
        ["Clinic (contact Mara Quill, +5550) 1 person owes 1 note."], ["No.", "Code", "Name", "Owes"],
        ["1", "007", "سارة الورد", "missing"],
        ["Xinghe 2 people owe 2 notes."], ["No.", "Code", "Name", "Owes"],
        ["1", "001", "=1+1 <b>", "missing"], ["2", "002", "Li Na", "7 of 50 characters"],
    ]  # fmt: skip
    said = file.read_text("utf-8")
    assert "As of Mon 18 May 14:20" in said
    assert "3 people owe 3 notes." in said
    assert "5550001" not in said
    assert "busy" not in said


def test_telephones_of_members_only_where_asked_for(owing, tmp_path):
    rows = page_rows(written(owing, tmp_path / "owes.html", phones=True))
    assert rows[-2] == ["1", "001", "=1+1 <b>", "5550001", "missing"]
    sheet = openpyxl.load_workbook(written(owing, tmp_path / "owes.xlsx", phones=True)).active
    assert cells(sheet)[-2] == ["1", "001", "'=1+1 <b>", "5550001", "missing"]
    assert "5550001" in written(owing, tmp_path / "owes.txt", phones=True).read_text("utf-8")
    sheet = openpyxl.load_workbook(written(owing, tmp_path / "owes.xlsx")).active
    assert cells(sheet)[-2] == ["1", "001", "'=1+1 <b>", "missing"]


def test_over_the_campaign_each_note_says_of_which_day(owing, tmp_path):
    rows = page_rows(written(owing, tmp_path / "owes.html", campaign=True))
    assert rows[-2] == ["1", "001", "=1+1 <b>", "Mon 18 May missingTue 19 May missing"]
    sheet = openpyxl.load_workbook(written(owing, tmp_path / "owes.xlsx", campaign=True)).active
    assert cells(sheet)[-2][-1] == "Mon 18 May missing\nTue 19 May missing"


def test_only_some_branches_in_the_order_of_their_names(owing, tmp_path):
    rows = page_rows(written(owing, tmp_path / "owes.html", branches=("Xinghe", "Clinic", "Lotus Ford", "Xinghe")))
    assert [row[0].partition(" ")[0] for row in rows if len(row) == 1] == ["Clinic", "Xinghe"]
    with pytest.raises(CheckInError, match="branch_unknown"):
        written(owing, tmp_path / "none.html", branches=("Xinghe", "Nowhere"))
    assert not (tmp_path / "none.html").exists()


def test_every_branch_on_a_page_of_its_own(owing, tmp_path):
    said = written(owing, tmp_path / "owes.html", page_per_branch=True).read_text("utf-8")
    assert said.count("<h1>Who owes notes</h1>") == 2
    assert "break-before: page" in said
    assert "3 people owe 3 notes." not in said
    sheet = openpyxl.load_workbook(written(owing, tmp_path / "owes.xlsx", page_per_branch=True)).active
    assert [one.id for one in sheet.row_breaks.brk] == [[row[0] for row in cells(sheet)].index(
        "Xinghe: 2 people owe 2 notes.")]  # fmt: skip
    assert sheet.print_title_rows == "$1:$5"


@pytest.mark.parametrize("name", ["owes.html", "owes.xlsx", "owes.txt"])
def test_where_nobody_owes_anything_it_says_so(desk, tmp_path, name):
    file = written(desk, tmp_path / name)
    said = str(cells(openpyxl.load_workbook(file).active)) if name.endswith("xlsx") else file.read_text("utf-8")
    assert "Nobody owes a note." in said


def test_names_are_text(owing, tmp_path):
    assert "=1+1 &lt;b&gt;" in written(owing, tmp_path / "owes.html").read_text("utf-8")
    sheet = openpyxl.load_workbook(written(owing, tmp_path / "owes.xlsx")).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
