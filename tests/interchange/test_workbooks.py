from __future__ import annotations

import io
import random
import zipfile
from collections import Counter
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest

from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange import workbooks
from checkin_tui.interchange.sheet_extent import area_bound, column_number, exact_area, sheet_entry
from checkin_tui.interchange.tables import read_table
from tests.interchange.files import with_entry, workbook

SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
ROWS = [["code", "name"], ["0017", "Zhang Wei"], ["0018", "王芳"]]


def refusal(path: Path, **options: str) -> CheckInError:
    with pytest.raises(CheckInError) as caught:
        read_table(path, **options)
    return caught.value


def sheet_xml(rows: str) -> bytes:
    return f"<worksheet {NAMESPACE}><sheetData>{rows}</sheetData></worksheet>".encode()


def test_cells_become_what_a_person_would_have_typed(tmp_path: Path) -> None:
    cells = [
        17.0,
        13800000000,
        1.38e10,
        0.1,
        1e-7,
        True,
        False,
        date(2026, 5, 18),
        datetime(2026, 5, 18, 14, 30),
        time(14, 30),
        "0017",
        "=HYPERLINK(1)&1",
    ]
    table = read_table(workbook(tmp_path / "people.xlsx", [cells]))
    assert table.rows[0][:11] == [
        "17",
        "13800000000",
        "13800000000",
        "0.1",
        "0.0000001",
        "yes",
        "no",
        "2026-05-18",
        "2026-05-18 14:30",
        "14:30:00",
        "0017",
    ]


def test_a_workbook_is_known_by_its_content(tmp_path: Path) -> None:
    assert read_table(workbook(tmp_path / "people.csv", ROWS)).rows == ROWS


def test_rows_are_numbered_as_the_spreadsheet_does(tmp_path: Path) -> None:
    table = read_table(workbook(tmp_path / "people.xlsx", [[], [], *ROWS, [], ["0019", "Li Na"]]))
    assert table.first_row_number == 3
    assert table.rows == [*ROWS, ["", ""], ["0019", "Li Na"]]


def three_sheets(path: Path) -> Path:
    book = openpyxl.Workbook()
    hidden = book.active
    hidden.title = "Lists"
    hidden.append(["hidden"])
    for title in ("Spring", "Autumn"):
        book.create_sheet(title).append([title])
    hidden.sheet_state = "hidden"
    book.active = 1
    book.save(path)
    return path


def test_the_first_visible_sheet_is_read_unless_another_is_asked_for(tmp_path: Path) -> None:
    path = three_sheets(tmp_path / "people.xlsx")
    assert read_table(path) == ([["Spring"]], "Spring", 1)
    assert read_table(path, sheet="Autumn").rows == [["Autumn"]]
    assert read_table(path, sheet="autumn").rows == [["Autumn"]]
    assert read_table(path, sheet="Lists").rows == [["hidden"]]
    error = refusal(path, sheet="Winter")
    assert (error.code, error.values["sheets"]) == ("import_no_sheet", ["Lists", "Spring", "Autumn"])


def test_an_empty_sheet_is_an_empty_file(tmp_path: Path) -> None:
    assert refusal(workbook(tmp_path / "people.xlsx", [])).code == "import_empty"


def test_an_encrypted_and_an_old_workbook_say_what_they_are(tmp_path: Path) -> None:
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    path = tmp_path / "people.xlsx"
    path.write_bytes(header + "EncryptedPackage".encode("utf-16-le") + bytes(100))
    assert refusal(path).code == "import_encrypted"
    path.write_bytes(header + "Workbook".encode("utf-16-le") + bytes(100))
    assert refusal(path).code == "import_old_workbook"


def test_an_archive_with_a_password_is_encrypted(tmp_path: Path) -> None:
    data = bytearray(workbook(tmp_path / "people.xlsx", ROWS).read_bytes())
    position = data.index(b"PK\x01\x02")
    data[position + 8] |= 1
    (tmp_path / "locked.xlsx").write_bytes(data)
    assert refusal(tmp_path / "locked.xlsx").code == "import_encrypted"


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("letter.txt", "hello")
    assert refusal(path).code == "import_unreadable"


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
    for _ in range(300):
        hurt = bytearray(data)
        for _ in range(rng.randint(1, 8)):
            hurt[rng.randrange(len(hurt))] = rng.randrange(256)
        path.write_bytes(b"PK\x03\x04" + hurt[4:])
        outcomes[outcome(path)] += 1
    assert set(outcomes) <= {"read", "import_unreadable", "import_encrypted", "import_too_large", "import_no_sheet"}
    assert outcomes["import_unreadable"] > 100


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
    monkeypatch.setattr(workbooks, "UNPACKED_LIMIT", 2 << 20)
    error = refusal(path)
    assert (error.code, error.values["limit"], error.values["unit"]) == ("import_too_large", 2, "MiB")


def test_an_archive_of_endless_entries_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "ENTRY_LIMIT", 5)
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
        sheet_xml(filled + '<row r="1048576"><c r="XFD1048576"/></row>'),
    )
    assert read_table(path).rows == [["name"]]


def test_the_quick_bound_is_never_below_the_exact_area(tmp_path: Path) -> None:
    rng = random.Random(7)
    for _ in range(30):
        cells = sorted({(rng.randrange(1, 40), rng.randrange(1, 60)) for _ in range(rng.randrange(1, 30))})
        book = openpyxl.Workbook()
        for row, column in cells:
            book.active.cell(row, column, "x")
        stream = io.BytesIO()
        book.save(stream)
        with zipfile.ZipFile(stream) as archive:
            entry = sheet_entry(archive, "Sheet")
            height = max(row for row, _ in cells) - min(row for row, _ in cells) + 1
            width = max(column for _, column in cells) - min(column for _, column in cells) + 1
            assert exact_area(archive, entry) == height * width
            assert (area_bound(archive, entry) or 0) >= height * width


@pytest.mark.parametrize(("letters", "number"), [("", 0), ("A", 1), ("Z", 26), ("AA", 27), ("XFD", 16_384)])
def test_column_letters_count_as_in_a_spreadsheet(letters: str, number: int) -> None:
    assert column_number(letters) == number


def test_other_writers_name_their_entries_otherwise(tmp_path: Path) -> None:
    path = workbook(tmp_path / "people.xlsx", ROWS)
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    relations = "xl/_rels/workbook.xml.rels"
    entries["xl/worksheets/one.xml"] = entries.pop(SHEET)
    for name in (relations, "[Content_Types].xml"):
        entries[name] = entries[name].replace(b"/xl/worksheets/sheet1.xml", b"/xl/worksheets/one.xml")
    entries[relations] = entries[relations].replace(b'"/xl/worksheets/one.xml"', b'"worksheets/one.xml"')
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    assert read_table(path).rows == ROWS
