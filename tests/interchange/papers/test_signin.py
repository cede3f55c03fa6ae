"""The sign-in sheet: who is on it, in which order, and that it comes in again as it went out."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import openpyxl
import pytest

from checkin_tui.domain.attendance.events import Reason
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.papers import SheetAsk, SheetOrder
from checkin_tui.domain.sessions import AudienceKind, SessionKey
from checkin_tui.interchange.lists.rosters import read_roster
from checkin_tui.interchange.outputs import GivenUp
from checkin_tui.interchange.papers.signin import write_signin
from checkin_tui.interchange.written import as_written
from checkin_tui.words.papers import sheet_paper
from tests.conftest import MONDAY
from tests.desk import Desk

IN_ORDER = ["008", "007", "005", "004", "006", "002", "003", "001"]
HEADINGS = ["No.", "Code", "Name", "Branch", "Title", "Signed in"]


def page_rows(file: Path) -> list[list[str]]:
    """The rows of the page's table as the texts of their cells."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", file.read_text("utf-8"), re.DOTALL)
    return [[unescape(re.sub("<[^>]+>", "", cell)) for cell in re.findall(r"<t[dh].*?</t[dh]>", row)] for row in rows]


def page(desk: Desk, tmp_path: Path, **asked) -> list[list[str]]:
    file = tmp_path / "sheet.html"
    write_signin(desk.ctx, file, SheetAsk(**asked), sheet_paper, force=True)
    return page_rows(file)


def book(desk: Desk, tmp_path: Path, **asked):
    file = tmp_path / "sheet.xlsx"
    write_signin(desk.ctx, file, SheetAsk(**asked), sheet_paper, force=True)
    return file, openpyxl.load_workbook(file).active


def cells(sheet) -> list[list[str]]:
    return [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]


def test_the_page_lists_the_roster_by_branch_with_empty_lines_at_the_end(desk, tmp_path):
    rows = page(desk, tmp_path, blank=3)
    assert rows[1] == HEADINGS
    assert [row[1] for row in rows[2:] if len(row) == 6 and row[1]] == IN_ORDER
    assert [row[0] for row in rows if len(row) == 1][1:] == ["Clinic", "Lotus Ford", "Xinghe"]
    assert rows[3] == ["1", "008", "Noor [/foo]", "Clinic", "", ""]
    assert rows[-3:] == [[""] * 6] * 3


def test_it_says_what_it_is_for(desk, tmp_path):
    desk.edit(topic="The river & <its> banks", presenter="Li Na")
    page(desk, tmp_path)
    said = (tmp_path / "sheet.html").read_text("utf-8")
    for words in (
        "Learning campaign", "Sign-in sheet · Mon 18 May 2026, 14:30-17:00, late from 14:40 · study",
        "Topic: The river &amp; &lt;its&gt; banks", "Presenter: Li Na", "Total: 8 expected",
        "Organizer&#39;s signature", '<html lang="en">', "@page { size: A4 portrait",
    ):  # fmt: skip
        assert words in said
    assert not [word for word in ("http:", "https:", "url(", "@import", "<script") if word in said]


def test_an_endless_topic_leaves_room_for_the_people(desk, tmp_path):
    desk.edit(topic="x" * 5_000)
    page(desk, tmp_path)
    assert "x" * 285 + "…" in (tmp_path / "sheet.html").read_text("utf-8")
    assert "x" * 400 not in (tmp_path / "sheet.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("order", "codes"),
    [(SheetOrder.CODE, ["001", "002", "003", "004", "005", "006", "007", "008"]),
     (SheetOrder.NAME, ["005", "002", "008", "003", "001", "004", "006", "007"])],
)  # fmt: skip
def test_one_list_by_code_or_name(desk, tmp_path, order, codes):
    rows = page(desk, tmp_path, order=order, blank=0)
    assert [row[1] for row in rows[2:]] == codes
    assert [row[0] for row in rows[2:]] == [str(number) for number in range(1, 9)]


def test_who_is_on_leave_is_marked_so_without_the_reason(desk, tmp_path):
    desk.excuse("002", Reason.SICK)
    rows = page(desk, tmp_path)
    assert [row[1:] for row in rows if len(row) == 6 and row[5] == "on leave"] == [
        ["002", "Li Na", "Xinghe", "", "on leave"]
    ]
    assert "sick" not in (tmp_path / "sheet.html").read_text("utf-8")
    assert [row[5] for row in cells(book(desk, tmp_path)[1]) if row[1] == "002"] == ["on leave"]


def test_guests_of_the_day_come_last(desk, tmp_path):
    desk.open()
    desk.add("Gast Nur", code="G1", guest=True)
    desk.mark("G1", guest=True)
    for order in SheetOrder:
        rows = page(desk, tmp_path, order=order, blank=0)
        assert rows[-2] == ["Guests"]
        assert rows[-1][:3] == ["9", "G1", "Gast Nur"]
    assert "Total: 8 expected" in (tmp_path / "sheet.html").read_text("utf-8")


def test_only_some_branches(desk, tmp_path):
    rows = page(desk, tmp_path, branches=("Clinic",), blank=0)
    assert [row[1] for row in rows if len(row) == 6] == ["Code", "008", "007"]
    with pytest.raises(CheckInError, match="branch_unknown"):
        page(desk, tmp_path, branches=("Nowhere",))


def test_a_session_without_a_roster_says_so_and_has_lines_to_sign(desk, tmp_path):
    for code in ("007", "008"):
        desk.change(code, branch="Xinghe")
    desk.edit(audience=AudienceKind.BRANCHES, branches=("Clinic",))
    rows = page(desk, tmp_path, blank=2)
    assert rows[2:] == [[""] * 6] * 2
    assert "Nobody is on the roster of this session." in (tmp_path / "sheet.html").read_text("utf-8")
    said = cells(book(desk, tmp_path, blank=2)[1])
    assert "Nobody is on the roster of this session." in [row[0] for row in said]


@pytest.mark.parametrize("state", ["planned", "open", "closed"])
def test_it_is_written_whatever_state_the_session_is_in_and_the_database_stays(desk, tmp_path, state):
    if state != "planned":
        desk.open()
        desk.mark("001")
    if state == "closed":
        desk.close(absent_rest=True)
    before = list(desk.ctx.database.path.parent.iterdir()), desk.ctx.database.path.read_bytes()
    assert len(page(desk, tmp_path, key=SessionKey(MONDAY))) == 1 + 1 + 3 + 8 + 10
    (tmp_path / "sheet.html").unlink()
    assert (list(desk.ctx.database.path.parent.iterdir()), desk.ctx.database.path.read_bytes()) == before


def test_the_workbook_is_a4_with_its_header_on_every_page(desk, tmp_path):
    sheet = book(desk, tmp_path)[1]
    assert sheet.title == "2026-05-18"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    head = cells(sheet).index(HEADINGS) + 1
    assert sheet.print_title_rows == f"${head}:${head}"
    assert sheet.freeze_panes == f"A{head + 1}"
    assert (sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (0, True)
    assert sheet.oddHeader.left.text.strip() == "Learning campaign: sign-in sheet, Mon 18 May 2026"


def test_the_workbook_comes_in_again_with_everybody_and_nobody_else(desk, tmp_path):
    desk.add("=HYPERLINK(1)", code="0e1", branch="Clinic", title="@Head")
    roster = read_roster(book(desk, tmp_path)[0])
    assert roster.rejected == ()
    assert {(one.code, as_written(one.name), one.branch) for one in roster.rows} == {
        (one.code, one.name, one.branch) for one in desk.view().people
    }
    assert [as_written(one.title or "") for one in roster.rows if one.code == "0e1"] == ["@Head"]
    assert set(roster.columns) == {"code", "name", "branch", "title"}


def test_no_cell_is_obeyed(desk, tmp_path):
    desk.add("=1+1", code="-5", branch="@Clinic")
    desk.edit(topic="=2+2", presenter="+3")
    file, sheet = book(desk, tmp_path)
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type not in ("s", "n")] == []
    assert [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "n" and cell.value] == []
    assert "'-5" in [row[1] for row in cells(sheet)]
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_format_nobody_knows_and_a_session_that_is_not_there_are_refused(desk, tmp_path):
    for path, ask, code in (
        (tmp_path / "sheet.pdf", SheetAsk(), "export_format"),
        (tmp_path / "sheet.html", SheetAsk(SessionKey(MONDAY, 9)), "session_unknown"),
    ):
        with pytest.raises(CheckInError) as caught:
            write_signin(desk.ctx, path, ask, sheet_paper)
        assert caught.value.code == code
        assert not path.exists()
    desk.bench.now += 5 * 86_400_000
    with pytest.raises(CheckInError, match="no_session"):
        write_signin(desk.ctx, tmp_path / "sheet.html", SheetAsk(), sheet_paper)


@pytest.mark.parametrize("name", ["sheet.html", "sheet.xlsx"])
def test_who_gives_up_leaves_nothing(desk, tmp_path, name):
    def enough(done: int, total: int) -> None:
        raise GivenUp

    there = sorted(tmp_path.iterdir())
    with pytest.raises(GivenUp):
        write_signin(desk.ctx, tmp_path / name, SheetAsk(), sheet_paper, progress=enough)
    assert sorted(tmp_path.iterdir()) == there
