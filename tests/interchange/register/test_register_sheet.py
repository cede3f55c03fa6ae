"""The register as a workbook, opened again by other libraries."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from openpyxl.utils.escape import unescape

from checkin_tui.cli.shapes import status_shape
from checkin_tui.domain.attendance.events import Reason, Status
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.rates import Rate, Target
from checkin_tui.domain.register import Choice
from checkin_tui.domain.sessions import AudienceKind, SessionKey
from checkin_tui.domain.text import clean
from checkin_tui.interchange.register import book as register_book
from checkin_tui.interchange.register.area import FIXED, column_name
from checkin_tui.interchange.register.book import MOST_COLUMNS, MOST_ROWS, cell_text, fits, in_header, sheet_name
from checkin_tui.interchange.register.files import write_register
from checkin_tui.interchange.register.sheet import rate_cell
from checkin_tui.interchange.written import as_written
from checkin_tui.services.status import status
from checkin_tui.words.exports import register_words
from tests.conftest import at
from tests.desk import Desk

TUESDAY, WEDNESDAY = date(2026, 5, 19), date(2026, 5, 20)
HEAD = 3  # rows above the header
HOSTILE = [
    "=1+1", "+5550101", "@cmd", "'=1", "<r><t>x</t></r>", "<r></t></r>", "_x0041_", "http://example.org", "12", "TRUE",
    "{=1}", "\u202eevil", " two  ",
]  # fmt: skip


@pytest.fixture
def weeks(desk: Desk) -> Desk:
    """Monday taken by all kinds; Tuesday for leaders only, without people on leave; Wednesday planned, with a leave."""
    desk.open()
    desk.bench.now = at("16:45")
    desk.mark("001", at="14:26")
    desk.mark("002", at="15:02")
    desk.excuse("003", Reason.SICK)
    desk.mark("004", status=Status.ABSENT)
    desk.add("Visitor", guest=True, code="900")
    desk.mark("900", guest=True, at="14:20")
    desk.edit(TUESDAY, audience=AudienceKind.LEADERS)
    desk.excuse("001", day=WEDNESDAY)
    desk.bench.now = at("16:45", TUESDAY)
    desk.mark("001", TUESDAY, at="14:20")
    desk.mark("002", TUESDAY, at="14:21", guest=True)
    desk.change("008", branch="Xinghe", since=TUESDAY)
    return desk


def write(desk: Desk, path: Path, **values) -> Path:
    write_register(desk.ctx, path, "xlsx", register_words(), **values)
    return path


def grid(path: Path, sheet: str = "Register") -> list[list[object]]:
    """The values, as a reader that does not compute sees them."""
    return [
        ["" if cell is None else cell for cell in row]
        for row in openpyxl.load_workbook(path, data_only=True)[sheet].iter_rows(values_only=True)
    ]


def lines_of(path: Path) -> dict[str, list[object]]:
    """The people's rows by code."""
    return {str(row[1]): row for row in grid(path)[HEAD + 3 :] if row[1]}


def test_people_stand_by_branch_and_letters_below_the_days(weeks: Desk, tmp_path: Path):
    path = write(weeks, tmp_path / "r.xlsx", choice=Choice(last=WEDNESDAY))
    rows = grid(path)
    assert rows[0][0] == "Learning campaign"
    assert "P present" in str(rows[2][0])
    assert rows[HEAD][: len(FIXED) + 3] == ["No.", "Code", "Name", "Branch", "Title", "2026-05-18", "2026-05-19",
                                            "2026-05-20"]  # fmt: skip
    assert rows[HEAD + 1][5:8] == ["Mon", "Tue", "Wed"]
    assert rows[HEAD + 2][5:8] == ["study"] * 3
    groups = [row[0] for row in rows[HEAD + 3 :] if isinstance(row[0], str) and "(" in row[0]]
    assert groups == ["Clinic (1)", "Lotus Ford (3)", "Xinghe (4)", "Guests (1)"]
    letters = {code: row[5:8] for code, row in lines_of(path).items()}
    assert letters["001"] == ["P", "P", "E"]
    assert letters["002"] == ["L", "(P)", "·"], "a guest of the day is not expected there"
    assert letters["003"] == ["E", "", "·"], "blank is not invited, which is not unmarked"
    assert letters["900"] == ["(P)", "", ""]
    assert lines_of(path)["008"][3] == "Xinghe"
    assert lines_of(path)["008"][-1] == "until 2026-05-18 Clinic"


def test_every_total_is_what_status_says(weeks: Desk, tmp_path: Path):
    path = write(weeks, tmp_path / "r.xlsx")
    rows = grid(path)
    totals = {row[0]: row[len(FIXED) :] for row in rows[-8:]}
    for number, day in enumerate(rows[HEAD][5:-4]):
        shape = status_shape(status(weeks.ctx, SessionKey.parse(str(day))))
        counts, rate = shape["counts"], shape["participation"]
        said = {name.lower(): row[number] for name, row in totals.items()}
        assert (said["expected"], said["on leave"], said["absent"]) == (
            counts["expected"], counts["excused"], counts["absent"],
        )  # fmt: skip
        assert (said["attended"], said["not marked"], said["guests"]) == (
            rate["attended"], counts["unmarked"], counts["guests"],
        )  # fmt: skip
        assert said["rate"] == ("" if not said["counted"] else pytest.approx(rate["percent"] / 100, abs=5e-5))
    campaign = status_shape(status(weeks.ctx))["campaign"]
    assert totals["Attended"][-4] == campaign["attended"] == sum(row[-4] for row in lines_of(path).values() if row[-4])
    assert totals["Expected"][-3] == campaign["expected"] == sum(row[-3] for row in lines_of(path).values() if row[-3])
    assert totals["Rate"][-2] == pytest.approx(campaign["percent"] / 100, abs=5e-5)


def test_the_letters_add_up_to_the_values_beside_the_formulas(weeks: Desk, tmp_path: Path):
    path = write(weeks, tmp_path / "r.xlsx")
    values, people = grid(path), list(lines_of(path).values())
    formulas = openpyxl.load_workbook(path)["Register"]
    first, last = HEAD + 4, len(values) - 8
    for number in range(9):
        column = [row[5 + number] for row in people]
        cell = f"{column_name(5 + number)}{last + 1}"
        assert formulas[cell].value.startswith(f"=COUNTIF({column_name(5 + number)}${first}:")
        assert values[last][5 + number] == sum(column.count(letter) for letter in "PLEA·")
        assert values[last + 1][5 + number] == column.count("P") + column.count("L")
    counted = next(row[5 : 5 + 9] for row in values if row[0] == "Counted")
    for row in people:
        if not str(row[3]):
            continue
        kept = [letter for letter, weight in zip(row[5:14], counted, strict=True) if weight]
        assert row[14] == sum(letter in ("P", "L") for letter in kept)
        assert row[15] == sum(letter in ("P", "L", "E", "A", "·") for letter in kept)


def test_it_is_made_to_be_printed(weeks: Desk, tmp_path: Path):
    sheet = openpyxl.load_workbook(write(weeks, tmp_path / "r.xlsx"))["Register"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0, "as many pages down as it takes"
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$4:$6", "$A:$C")
    assert sheet.freeze_panes == "D7"
    assert sheet.oddHeader.left.text == "Learning campaign"
    assert sheet.oddFooter.center.text == "Page &P of &N"
    assert [sheet.row_dimensions[number].outlineLevel for number in (7, 8)] == [0, 1]


def test_both_libraries_read_every_sheet(weeks: Desk, tmp_path: Path):
    for path, names in (
        (write(weeks, tmp_path / "r.xlsx"), ["Register", "Sessions", "Legend"]),
        (write(weeks, tmp_path / "l.xlsx", long=True), ["Events", "Standings", "Sessions", "Legend"]),
    ):
        book = python_calamine.load_workbook(path)
        assert book.sheet_names == names == openpyxl.load_workbook(path).sheetnames
        assert all(book.get_sheet_by_name(name).to_python() for name in names)
    events = grid(tmp_path / "l.xlsx", "Events")
    assert events[0][:4] == ["session", "code", "name", "kind"]
    assert events[1][:4] == ["2026-05-18", "001", "Zhang Wei", "arrived"]
    sessions = grid(tmp_path / "l.xlsx", "Sessions")
    assert [row[0] for row in sessions[1:4]] == ["2026-05-18", "2026-05-19", "2026-05-20"]
    assert sessions[3][-1] == "not taken yet"


@pytest.mark.parametrize("large", [False, True], ids=["small", "row by row"])
def test_what_people_wrote_is_text_and_comes_back(
    weeks: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: bool
):
    monkeypatch.setattr(register_book, "_LARGE", 0 if large else 10**9)
    for number, text in enumerate(HOSTILE):
        weeks.add(text, code=f"9{number:02d}x", branch=f"B{text}", title=text)
    weeks.edit(topic="t" * 10_000)
    path = write(weeks, tmp_path / "r.xlsx")
    wanted = {clean(text) for text in HOSTILE}
    sheet = openpyxl.load_workbook(path)["Register"]
    cells = [cell for row in sheet.iter_rows(min_row=7, min_col=3, max_col=5) for cell in row if cell.value]
    assert {(cell.data_type, cell.hyperlink) for cell in cells} == {("s", None)}
    values = {str(cell.value) for cell in cells}
    assert wanted <= {as_written(text) for value in values for text in (value, unescape(value))}
    found = {str(cell) for row in python_calamine.load_workbook(path).get_sheet_by_index(0).to_python() for cell in row}
    assert wanted <= {as_written(text) for text in found}
    assert "t" * 10_000 in [row[4] for row in grid(path, "Sessions")]


def test_a_text_is_cut_where_a_cell_ends():
    assert cell_text("a" * 32_767) == "a" * 32_767
    assert cell_text("a" * 32_768) == "a" * 32_766 + "…"
    cut = cell_text("\U0001f600" * 20_000)
    assert len(cut.encode("utf-16-le")) <= 2 * 32_767
    assert cut.endswith("\U0001f600…")


def test_sheets_have_names_they_may_have():
    assert sheet_name("a/b:c*[d]?\\") == "a b c  d"
    assert sheet_name("'x'") == "x"
    assert sheet_name("") == "-"
    assert sheet_name("HISTORY") == "HISTORY."
    long = sheet_name("名" * 40)
    assert len(long) == 31
    assert sheet_name("名" * 40, {long}) == "名" * 29 + " 2"


def test_a_program_is_named_in_the_header_as_it_is():
    assert in_header("R&D &P &[Picture] &G") == "R&&D &&P ＆[Picture] ＆G"


def test_more_than_a_worksheet_holds_is_refused_before_anything_is_written(
    weeks: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    fits(MOST_ROWS, MOST_COLUMNS)
    with pytest.raises(CheckInError, match="export_too_large"):
        fits(MOST_ROWS + 1, 1)
    monkeypatch.setattr(register_book, "MOST_COLUMNS", 17)
    with pytest.raises(CheckInError, match="export_too_large") as caught:
        write(weeks, tmp_path / "r.xlsx")
    assert caught.value.values == {"rows": 27, "columns": 18}
    monkeypatch.setattr(register_book, "MOST_ROWS", 20)
    with pytest.raises(CheckInError, match="export_too_large"):
        write(weeks, tmp_path / "r.xlsx", long=True)
    assert not (tmp_path / "r.xlsx").exists()


def test_a_register_of_nobody_says_so(weeks: Desk, tmp_path: Path):
    rows = grid(write(weeks, tmp_path / "r.xlsx", choice=Choice(first=date(2030, 1, 1))))
    assert "no session is in it" in str(rows[1][0])
    assert "Nobody is in it." in [row[0] for row in rows]


def test_a_rate_that_misses_the_line_does_not_read_as_met():
    book = register_book.Book.__new__(register_book.Book)
    styles: list[dict[str, object]] = []
    book.format = lambda **style: styles.append(style)  # type: ignore[method-assign]
    rate_cell(book, Rate(97_999, 100_000), Target(">=", 98))
    rate_cell(book, Rate(979_999, 1_000_000), Target(">=", 98))
    assert [style["num_format"] for style in styles] == ["0.000%", "0.0000%"]
