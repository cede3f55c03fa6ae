from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.reading import sheet_extent, workbooks, zip_parts
from checkin_tui.interchange.reading.sheet_extent import column_number, exact_area, scan, without_blanks
from checkin_tui.interchange.reading.tables import read_table
from checkin_tui.interchange.reading.zip_parts import Archive
from tests.interchange.files import shared_workbook, with_entry, workbook

SHEET = "xl/worksheets/sheet1.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
ROWS = [["code", "name"], ["0017", "Zhang Wei"], ["0018", "王芳"]]


def refusal(path: Path, **options: str) -> CheckInError:
    with pytest.raises(CheckInError) as caught:
        read_table(path, **options)
    return caught.value


def sheet_xml(rows: str) -> bytes:
    return f"<worksheet {NAMESPACE}><sheetData>{rows}</sheetData></worksheet>".encode()


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_truncated_workbook_is_refused(tmp_path: Path, share: float) -> None:
    data = workbook(tmp_path / "people.xlsx", ROWS).read_bytes()
    (tmp_path / "half.xlsx").write_bytes(data[: int(len(data) * share)])
    assert refusal(tmp_path / "half.xlsx").code == "import_unreadable"


def outcome(path: Path) -> str:
    """'read', or the code of the refusal; anything else goes up."""
    try:
        read_table(path)
    except CheckInError as error:
        return error.code
    return "read"


def test_a_damaged_workbook_is_either_read_or_refused(tmp_path: Path) -> None:
    data = workbook(tmp_path / "people.xlsx", ROWS * 20).read_bytes()
    path = tmp_path / "damaged.xlsx"
    rng = random.Random(20260518)
    outcomes: Counter[str] = Counter()
    for _ in range(200):
        hurt = bytearray(data)
        for _ in range(rng.randint(1, 8)):
            hurt[rng.randrange(len(hurt))] = rng.randrange(256)
        path.write_bytes(b"PK\x03\x04" + hurt[4:])
        outcomes[outcome(path)] += 1
    assert set(outcomes) <= {"read", "import_unreadable", "import_encrypted", "import_too_large", "import_no_sheet"}
    assert outcomes["import_unreadable"] > 60


@pytest.mark.parametrize(
    "rows",
    [
        "<row><c></row>",
        '<row r="x"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="1A"><v>1</v></c></row>',
        '<row r="1"><c r="A99999999999999999999"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>77</v></c></row>',
        '<row r="0"><c r="A0"><v>1</v></c></row>',
    ],
)
def test_sheets_with_nonsense_inside_end_in_a_refusal(tmp_path: Path, rows: str) -> None:
    path = with_entry(workbook(tmp_path / "people.xlsx", ROWS), SHEET, sheet_xml(rows))
    assert refusal(path).code in {"import_unreadable", "import_empty", "import_too_large"}


def test_a_bomb_is_seen_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = with_entry(workbook(tmp_path / "people.xlsx", ROWS), "xl/media/image1.bin", bytes(3 << 20))
    assert path.stat().st_size < 20_000
    assert read_table(path).rows == ROWS
    monkeypatch.setattr(zip_parts, "UNPACKED_LIMIT", 2 << 20)
    error = refusal(path)
    assert (error.code, error.values["limit"], error.values["unit"]) == ("import_too_large", 2, "MiB")


def test_an_archive_of_endless_entries_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_parts, "ENTRY_LIMIT", 5)
    assert refusal(workbook(tmp_path / "people.xlsx", ROWS)).code == "import_too_large"


def test_two_cells_at_the_far_corners_do_not_take_the_memory(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "name"
    book.active["XFD1048576"] = "far away"
    book.save(tmp_path / "people.xlsx")
    error = refusal(tmp_path / "people.xlsx")
    assert (error.code, error.values["unit"]) == ("import_too_large", "cells")


def test_cells_without_references_do_not_hide_their_distance(tmp_path: Path) -> None:
    wide = "<row>" + "<c><v>1</v></c>" * 16_000 + "</row>"
    far = '<row r="1048576"><c><v>1</v></c></row>'
    path = with_entry(workbook(tmp_path / "people.xlsx", ROWS), SHEET, sheet_xml(wide + far))
    assert refusal(path).code == "import_too_large"


def test_a_column_formatted_to_the_last_row_is_no_reason_to_refuse(tmp_path: Path) -> None:
    filled = '<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'
    path = with_entry(
        workbook(tmp_path / "people.xlsx", ROWS),
        SHEET,
        sheet_xml(filled + '<row r="1048576"><c r="XFD1048576"/></row>').replace(
            b"</worksheet>", b'<pageMargins left="0.7"/></worksheet>'
        ),
    )
    assert read_table(path).rows == [["name"]]


def test_a_formula_without_a_value_is_found_wherever_the_pieces_are_cut() -> None:
    cells = '<c r="A1"><f>1</f></c><c r="B1"><f t="shared" si="0"/><v></v></c><c r="C1"><f>1</f><v>2</v></c>'
    more = '<c r="D2" t="str"><f>1</f><v></v></c><c r="E2"><f>"a"</f><v/></c><c r="F2"/>'
    sheet = f'<sheetData><row r="1">{cells}</row><row r="2">{more}</row></sheetData>'.encode()
    for cut in range(len(sheet)):
        assert list(scan([sheet[:cut], sheet[cut:]]).uncomputed) == [0, 0, 0, 1, 1, 4]


def test_the_quick_bound_is_never_below_the_exact_area() -> None:
    rng = random.Random(7)
    for _ in range(30):
        cells = sorted({(rng.randrange(1, 40), rng.randrange(1, 60)) for _ in range(rng.randrange(1, 30))})
        book = openpyxl.Workbook()
        for row, column in cells:
            book.active.cell(row, column, "x")
        stream = io.BytesIO()
        book.save(stream)
        archive = Archive(stream.getvalue(), "people.xlsx")
        height = max(row for row, _ in cells) - min(row for row, _ in cells) + 1
        width = max(column for _, column in cells) - min(column for _, column in cells) + 1
        assert exact_area(archive.chunks(SHEET)) == height * width
        assert (scan(archive.chunks(SHEET)).bound or 0) >= height * width


def test_rows_without_references_are_counted_as_the_reader_counts_them() -> None:
    rows = '<row><c r="A1"><v>1</v></c></row>' * 5 + "<row><c><v>1</v></c><c><v>1</v></c></row>"
    assert exact_area([sheet_xml(rows)]) == 12


def test_blank_cells_are_thrown_out_and_nothing_else_is() -> None:
    kept = '<row r="2"><c r="B2"><v>1</v></c></row>'
    blank = '<row r="1"><c r="A1" s="1"/><c r="B1" s="1"/></row>'
    more = '<row r="3" ht="15"/><row r="4"><c r="A4" s="1"/><c><v>2</v></c></row>'
    left = b"".join(without_blanks([sheet_xml(blank + kept + more)]))
    assert left == sheet_xml(kept + '<row r="4"><c r="A4" s="1"/><c><v>2</v></c></row>')


def test_a_large_sheet_of_blank_rows_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "LARGE_PART", 100)
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'
    rows += "".join(f'<row r="{row}" s="1"><c r="A{row}" s="0"/></row>' for row in range(2, 500))
    path = with_entry(workbook(tmp_path / "people.xlsx", ROWS), SHEET, sheet_xml(rows))
    assert read_table(path).rows == [["name"]]
    monkeypatch.setattr(sheet_extent, "FILLED_LIMIT", 0)
    assert refusal(path).code == "import_too_large"


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "part", [SHEET, "xl/styles.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "_rels/.rels", RELATIONS]
)
def test_no_part_may_bring_entities_of_its_own(tmp_path: Path, part: str) -> None:
    path = shared_workbook(tmp_path / "people.xlsx", ROWS)
    with zipfile.ZipFile(path) as archive:
        content = archive.read(part).partition(b"?>")[2]
    assert refusal(with_entry(path, part, BOMB + content)).code == "import_unreadable"


@pytest.mark.parametrize("count", ["2147483648", "9223372036854775807"])
def test_the_number_of_strings_is_not_believed(tmp_path: Path, count: str) -> None:
    strings = f'<sst {NAMESPACE} uniqueCount="{count}"><si><t>a</t></si></sst>'.encode()
    path = with_entry(shared_workbook(tmp_path / "people.xlsx", ROWS), "xl/sharedStrings.xml", strings)
    assert refusal(path).code == "import_unreadable"


def test_a_long_string_that_many_cells_share_does_not_take_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shared_workbook(tmp_path / "people.xlsx", [["x" * 1000], *[[1]] * 20, ["x" * 1000]])
    monkeypatch.setattr(workbooks, "TEXT_LIMIT", 2500)
    assert read_table(path).rows[-1] == ["x" * 1000]
    monkeypatch.setattr(workbooks, "TEXT_LIMIT", 1500)
    assert refusal(path).code == "import_too_large"


def test_a_part_that_holds_more_than_the_directory_says_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "people.xlsx", ROWS)
    with zipfile.ZipFile(path) as archive:
        begins = archive.read(SHEET)[:100]
    data = bytearray(path.read_bytes())
    entry = data.rindex(SHEET.encode()) - 46
    struct.pack_into("<I", data, entry + 16, zlib.crc32(begins))
    struct.pack_into("<I", data, entry + 24, len(begins))
    path.write_bytes(data)
    with zipfile.ZipFile(path) as archive:
        assert archive.read(SHEET) == begins
    assert refusal(path).code == "import_unreadable"


def test_a_panic_of_the_library_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    panic = type("PanicException", (BaseException,), {})

    def panics(*_: object) -> None:
        raise panic("index out of bounds")

    monkeypatch.setattr("python_calamine.CalamineWorkbook.from_filelike", panics, raising=True)
    assert refusal(workbook(tmp_path / "people.xlsx", ROWS)).code == "import_unreadable"


@pytest.mark.parametrize(("letters", "number"), [("", 0), ("A", 1), ("Z", 26), ("AA", 27), ("XFD", 16_384)])
def test_column_letters_count_as_in_a_spreadsheet(letters: str, number: int) -> None:
    assert column_number(letters) == number
