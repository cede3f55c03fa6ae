from __future__ import annotations

import random
import struct
from collections import Counter
from datetime import date, datetime, time
from pathlib import Path

import pytest
import xlwt

from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.reading import xls_strings
from checkin_tui.interchange.reading.tables import SheetInfo, Table, open_source, read_table
from checkin_tui.interchange.reading.xls_strings import Letters, read_shared
from tests.interchange.files import old_workbook

ROWS = [["code", "name"], ["0017", "Zhang Wei"], ["0018", "王　芳"]]


def refusal(path: Path) -> CheckInError:
    with pytest.raises(CheckInError) as caught:
        read_table(path)
    return caught.value


def test_an_old_workbook_is_read_whatever_its_name(tmp_path: Path) -> None:
    assert read_table(old_workbook(tmp_path / "people.csv", ROWS)) == Table(ROWS, "Members", 1)


@pytest.mark.parametrize("from_1904", [False, True])
def test_cells_become_what_a_person_would_have_typed(tmp_path: Path, from_1904: bool) -> None:
    book = xlwt.Workbook()
    book.dates_1904 = from_1904
    sheet = book.add_sheet("Members")
    cells: list[tuple[object, str, str]] = [
        (17, "General", "17"),
        (17, "0000", "0017"),
        (13_800_138_000, "General", "13800138000"),
        (1.5, "General", "1.5"),
        (-3, "General", "-3"),
        (0.07, "0.0%", "7%"),
        (True, "General", "yes"),
        (date(2026, 5, 18), "YYYY-MM-DD", "2026-05-18"),
        (datetime(2026, 5, 18, 14, 30), "YYYY-MM-DD hh:mm", "2026-05-18 14:30"),
        (time(14, 30), "hh:mm", "14:30"),
        (46160, "General", "46160"),
        ("'=1+1", "@", "=1+1"),
    ]
    for column, (value, code, _) in enumerate(cells):
        style = xlwt.XFStyle()
        style.num_format_str = code
        sheet.write(0, column, value, style)
    book.save(str(tmp_path / "people.xls"))
    assert read_table(tmp_path / "people.xls").rows == [[shown for _, _, shown in cells]]


def test_merged_hidden_and_far_cells_are_where_the_spreadsheet_shows_them(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("List")
    sheet.write_merge(3, 3, 2, 4, "Spring")
    sheet.write_merge(4, 5, 2, 2, "Xinghe")
    sheet.write(4, 3, "Li Na")
    sheet.write(5, 3, "Wu Di")
    sheet.row(5).hidden = True
    sheet.row(9).hidden = True
    book.save(str(tmp_path / "people.xls"))
    table = read_table(tmp_path / "people.xls")
    assert table.rows == [["Spring", ""], ["Xinghe", "Li Na"], ["Xinghe", "Wu Di"]]
    assert (table.first_row_number, table.hidden_rows) == (4, (6,))


def test_hidden_sheets_are_flagged_and_never_the_first_choice(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    for name, state in (("藏", 1), ("Deep", 2), ("Spring", 0), ("Blank", 0)):
        sheet = book.add_sheet(name)
        sheet.visibility = state
        if name != "Blank":
            sheet.write(0, 0, name)
    book.set_active_sheet(2)
    book.save(str(tmp_path / "people.xls"))
    source = open_source(tmp_path / "people.xls")
    assert source.sheets[:3] == (SheetInfo("藏", True), SheetInfo("Deep", True), SheetInfo("Spring", False))
    assert source.table().rows == [["Spring"]]
    assert source.table("藏").rows == [["藏"]]


def test_strings_run_on_into_the_next_record(tmp_path: Path) -> None:
    rng = random.Random(5)
    rows = [["".join(rng.choices("ab王芳é", k=rng.randrange(1, 900)))] for _ in range(120)]
    assert read_table(old_workbook(tmp_path / "people.xls", rows)).rows == rows


def test_a_string_may_change_its_width_in_the_next_record() -> None:
    first = bytes(8) + struct.pack("<HB", 4, 0) + b"ab"
    assert read_shared([memoryview(first), memoryview(b"\x01" + "王芳".encode("utf-16-le"))]) == ["ab王芳"]
    rich = bytes(8) + struct.pack("<HBHI", 2, 0x0C, 1, 3) + b"ab" + bytes(2)
    assert read_shared([memoryview(rich), memoryview(bytes(5) + struct.pack("<HB", 1, 0) + b"c")]) == ["ab", "c"]


def test_letters_before_unicode_are_those_of_the_code_page() -> None:
    letters = Letters.of_page(936, two_bytes=False)
    raw = "王芳".encode("gbk")
    assert letters.text(memoryview(bytes([len(raw)]) + raw), size=1) == "王芳"
    assert Letters.of_page(64_000, two_bytes=False).code_page == "cp1252"


def test_far_corners_in_many_sheets_are_refused_one_by_one(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    for number in range(12):
        sheet = book.add_sheet(f"s{number}")
        sheet.write(0, 0, "a")
        sheet.write(65_535, 255, "b")
    book.add_sheet("good").write(7, 7, "Li Na")
    book.save(str(tmp_path / "people.xls"))
    source = open_source(tmp_path / "people.xls")
    with pytest.raises(CheckInError) as caught:
        source.table()
    assert (caught.value.code, caught.value.values["unit"]) == ("import_too_large", "cells")
    assert source.table("good").rows == [["Li Na"]]


def test_more_strings_than_are_read_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xls_strings, "STRING_LIMIT", 3)
    assert refusal(old_workbook(tmp_path / "people.xls", ROWS)).code == "import_too_large"


def test_a_workbook_with_a_password_says_so(tmp_path: Path) -> None:
    data = bytearray(old_workbook(tmp_path / "people.xls", ROWS).read_bytes())
    data[data.index(b"\x42\x00\x02\x00")] = 0x2F  # the code page becomes a FilePass
    (tmp_path / "people.xls").write_bytes(data)
    assert refusal(tmp_path / "people.xls").code == "import_encrypted"


def test_sectors_that_bite_their_tail_are_refused(tmp_path: Path) -> None:
    whole = old_workbook(tmp_path / "people.xls", ROWS * 40).read_bytes()
    table = 512 + 512 * struct.unpack_from("<I", whole, 76)[0]
    chained = bytearray(whole)
    struct.pack_into("<128I", chained, table, *[1] * 128)
    directory = bytearray(whole)
    struct.pack_into("<I", directory, 48, 1)
    for data in (chained, directory):
        (tmp_path / "people.xls").write_bytes(data)
        assert refusal(tmp_path / "people.xls").code == "import_unreadable"


def test_a_cut_or_damaged_workbook_is_either_read_or_refused(tmp_path: Path) -> None:
    data = old_workbook(tmp_path / "people.xls", ROWS * 20).read_bytes()
    rng = random.Random(20260518)
    outcomes: Counter[str] = Counter()
    for attempt in range(100):
        hurt = bytearray(data[: rng.randrange(8, len(data))] if attempt % 4 == 0 else data)
        for _ in range(rng.randint(1, 8)):
            hurt[rng.randrange(8, len(hurt))] = rng.randrange(256)
        (tmp_path / "hurt.xls").write_bytes(hurt)
        try:
            read_table(tmp_path / "hurt.xls")
            outcomes["read"] += 1
        except CheckInError as error:
            outcomes[error.code] += 1
    allowed = {"read", "import_unreadable", "import_encrypted", "import_too_large", "import_no_sheet", "import_empty"}
    assert set(outcomes) <= allowed
    assert outcomes["import_unreadable"] > 15
