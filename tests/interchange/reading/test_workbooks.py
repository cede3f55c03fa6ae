from __future__ import annotations

import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest

from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.reading.tables import SheetInfo, Table, open_source, read_table
from tests.interchange.files import with_entry, workbook

SHEET = "xl/worksheets/sheet1.xml"
ROWS = [["code", "name"], ["0017", "Zhang Wei"], ["0018", "王芳"]]


def refusal(path: Path, **options: str) -> CheckInError:
    with pytest.raises(CheckInError) as caught:
        read_table(path, **options)
    return caught.value


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
        timedelta(hours=30),
        "0017",
        "'=1+1",
        "=HYPERLINK(1)&1",
    ]
    table = read_table(workbook(tmp_path / "people.xlsx", [cells]))
    assert table.rows[0][:13] == [
        "17",
        "13800000000",
        "13800000000",
        "0.1",
        "0.0000001",
        "yes",
        "no",
        "2026-05-18",
        "2026-05-18 14:30",
        "14:30",
        "30:00",
        "0017",
        "=1+1",
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
    assert open_source(path).sheets == (
        SheetInfo("Lists", hidden=True),
        SheetInfo("Spring", hidden=False),
        SheetInfo("Autumn", hidden=False),
    )
    assert read_table(path) == Table([["Spring"]], "Spring", 1)
    assert read_table(path, sheet="Autumn").rows == [["Autumn"]]
    assert read_table(path, sheet="autumn").rows == [["Autumn"]]
    assert read_table(path, sheet="Lists").rows == [["hidden"]]
    error = refusal(path, sheet="Winter")
    assert (error.code, error.values["sheets"]) == ("import_no_sheet", ["Lists", "Spring", "Autumn"])


def test_a_format_that_asks_for_zeros_or_per_cent_is_heeded(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append([17, 0.985, 46160, 46160, "17", 12345])
    formats = ["0000", "0.0%", "General", 'yyyy"年"m"月"d"日"', "0000", "0000"]
    for cell, code in zip(book.active[1], formats, strict=True):
        cell.number_format = code
    book.save(tmp_path / "people.xlsx")
    assert read_table(tmp_path / "people.xlsx").rows == [["0017", "98.5%", "46160", "2026-05-18", "17", "12345"]]


@pytest.mark.parametrize("from_1904", [False, True])
def test_dates_that_chinese_editions_write_without_a_code_are_dates(tmp_path: Path, from_1904: bool) -> None:
    book = openpyxl.Workbook()
    book.active.append([date(2026, 5, 18)])
    if from_1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    path = tmp_path / "people.xlsx"
    book.save(path)
    assert read_table(path).rows == [["2026-05-18"]]
    with zipfile.ZipFile(path) as archive:
        styles = archive.read("xl/styles.xml").replace(b'numFmtId="14"', b'numFmtId="31"')
    assert read_table(with_entry(path, "xl/styles.xml", styles)).rows == [["2026-05-18"]]


def test_a_merged_unit_fills_its_column_and_a_title_stays_where_it_is(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Spring list", None, None], ["unit", "name", None], ["Xinghe", "Li Na", 1], [None, "Wu Di", None]):
        sheet.append(row)
    for area in ("A1:C1", "A3:A4", "C3:D4"):
        sheet.merge_cells(area)
    book.save(tmp_path / "people.xlsx")
    assert read_table(tmp_path / "people.xlsx").rows == [
        ["Spring list", "", ""],
        ["unit", "name", ""],
        ["Xinghe", "Li Na", "1"],
        ["Xinghe", "Wu Di", "1"],
    ]


def test_hidden_rows_are_read_and_named_if_anything_is_in_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in ([], ["name"], ["Li Na"], [None], ["Wu Di"]):
        book.active.append(row)
    for number in (1, 3, 4, 9):
        book.active.row_dimensions[number].hidden = True
    book.save(tmp_path / "people.xlsx")
    table = read_table(tmp_path / "people.xlsx")
    assert (table.rows[1], table.first_row_number, table.hidden_rows) == (["Li Na"], 2, (3,))


def test_an_empty_sheet_is_an_empty_file(tmp_path: Path) -> None:
    assert refusal(workbook(tmp_path / "people.xlsx", [])).code == "import_empty"


def test_an_encrypted_workbook_says_what_it_is(tmp_path: Path) -> None:
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    path = tmp_path / "people.xlsx"
    path.write_bytes(header + "EncryptedPackage".encode("utf-16-le") + bytes(100))
    assert refusal(path).code == "import_encrypted"
    path.write_bytes(header + "Workbook".encode("utf-16-le") + bytes(100))
    assert refusal(path).code == "import_unreadable"


def test_a_binary_workbook_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "people.xlsb"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.bin", b"")
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
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("xl/w", "XL\\W"), data)
    assert read_table(path).rows == ROWS
