from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.reading import delimited, tables
from checkin_tui.interchange.reading.tables import Table, open_source, pasted, read_table
from checkin_tui.interchange.written import csv_text
from tests.interchange.files import text_file

ROWS = [["code", "name", "branch"], ["0017", "Zhang Wei", "Xinghe"], ["0018", "王芳", "Río Alto"]]


def refusal(path: Path, **options: str) -> CheckInError:
    with pytest.raises(CheckInError) as caught:
        read_table(path, **options)
    return caught.value


@pytest.mark.parametrize(
    ("written_as", "source"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-32", "utf-32-le"),
    ],
)
def test_unicode_is_read_with_and_without_a_byte_order_mark(tmp_path: Path, written_as: str, source: str) -> None:
    table = read_table(text_file(tmp_path / "people.csv", ROWS, encoding=written_as))
    assert table == Table(ROWS, source, 1, (), source, ",")


def test_a_list_of_ours_reads_as_it_was_before_its_formulas_were_held_back(tmp_path: Path) -> None:
    rows = [["name", "phone"], ["=1+1", "+00 0117"], ["'t Hooft", "a;-b"], ["'=x", "'' @y"]]
    path = tmp_path / "list.csv"
    path.write_text(csv_text(rows), "utf-8")
    assert read_table(path).rows == rows


def test_big_endian_utf16_is_told_by_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(b"\xfe\xff" + "name\r\n王芳\r\n".encode("utf-16-be"))
    assert read_table(path).rows == [["name"], ["王芳"]]


@pytest.mark.parametrize("written_as", ["gbk", "gb18030"])
def test_what_is_not_utf8_is_gb18030(tmp_path: Path, written_as: str) -> None:
    rows = [["编号", "姓名"], ["0001", "李小明"], ["0002", "欧阳娜"]]
    table = read_table(text_file(tmp_path / "名单.csv", rows, encoding=written_as))
    assert (table.rows, table.source) == (rows, "gb18030")


@pytest.mark.parametrize("written_as", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["code,name\r\n17,Li Na\r\n", "姓名\n王芳\n李一一\n", "张伟\t王芳", "一,一"])
def test_utf16_is_told_without_a_mark_by_what_divides_the_cells(tmp_path: Path, text: str, written_as: str) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(text.encode(written_as))
    source = open_source(path)
    assert source.encoding == written_as
    divider = next(sign for sign in ",\t\n" if sign in text)
    assert source.table().rows == [line.split(divider) for line in text.splitlines()]


def test_the_encoding_found_is_said_and_others_are_offered(tmp_path: Path) -> None:
    source = open_source(text_file(tmp_path / "people.csv", [["姓名"], ["張偉"]], encoding="big5"))
    assert source.encoding == "gb18030"
    assert {"big5", "utf-8", "gb18030"} <= set(source.encodings)
    assert source.table().rows != [["姓名"], ["張偉"]]
    assert source.table(encoding="big5")[:1] == ([["姓名"], ["張偉"]],)
    assert source.table().encoding == "gb18030"


def test_an_encoding_that_was_asked_for_wins(tmp_path: Path) -> None:
    path = text_file(tmp_path / "people.csv", [["name"], ["José Müller"]], encoding="latin-1")
    assert read_table(path, encoding="latin-1").rows[1] == ["José Müller"]
    big5 = text_file(tmp_path / "big5.csv", [["姓名"], ["張偉"]], encoding="big5")
    assert read_table(big5, encoding="Big5").rows == [["姓名"], ["張偉"]]


def test_an_encoding_that_was_asked_for_still_loses_its_mark(tmp_path: Path) -> None:
    path = text_file(tmp_path / "people.csv", ROWS, encoding="utf-8-sig")
    assert read_table(path, encoding="utf-8").rows == ROWS


@pytest.mark.parametrize("encoding", ["klingon", "hex", "rot13", "utf-8\0"])
def test_an_encoding_nobody_knows_is_named(tmp_path: Path, encoding: str) -> None:
    error = refusal(text_file(tmp_path / "people.csv", ROWS), encoding=encoding)
    assert (error.code, error.values["encoding"]) == ("import_unknown_encoding", encoding)


def test_bytes_that_are_no_text_in_any_of_the_ladder_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(b"name\nJos\xe9\n\xff\xff\xff\n")
    assert refusal(path).code == "import_encoding"
    assert refusal(path, encoding="utf-8").values["encoding"] == "utf-8"


def test_half_characters_never_come_in(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(b"name\n\\ud83d\n")
    assert refusal(path, encoding="unicode_escape").code == "import_encoding"


def test_a_truncated_utf16_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes("name\r\n王芳\r\n".encode("utf-16")[:-1])
    assert refusal(path).code == "import_encoding"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_and_said(tmp_path: Path, delimiter: str) -> None:
    remark = "x y" if delimiter == "|" else "x, y; z"
    rows = [["name", "branch", "remark"], ["Zhang Wei", "A B C", remark], ["Li Na", "D E", ""]]
    table = read_table(text_file(tmp_path / "people.csv", rows, delimiter=delimiter))
    assert (table.rows, table.delimiter) == (rows, delimiter)


@pytest.mark.parametrize("sign", ["，", "、", "；"])
def test_a_text_may_be_divided_by_chinese_signs_where_they_divide_every_line(tmp_path: Path, sign: str) -> None:
    path = tmp_path / "people.txt"
    path.write_text(f"姓名{sign}单位\n王芳{sign}星河村\n", "utf-8")
    assert read_table(path).rows == [["姓名", "单位"], ["王芳", "星河村"]]
    path.write_text(f"姓名\n王芳{sign}星河村\n", "utf-8")
    assert read_table(path).rows == [["姓名"], [f"王芳{sign}星河村"]]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("姓名\t单位\n王芳\t星河村\n", [["姓名", "单位"], ["王芳", "星河村"]]),
        ("name,branch\nLi Na,Lotus\n", [["name", "branch"], ["Li Na", "Lotus"]]),
        ("姓名\n王芳\n\n李娜\n", [["姓名"], ["王芳"], ["李娜"]]),
        ("张伟、李娜、 王芳", [["张伟"], ["李娜"], ["王芳"]]),
        ("张伟、李娜、\n王芳\n", [["张伟"], ["李娜"], ["王芳"]]),
        ("\ufeff张伟", [["张伟"]]),
    ],
)
def test_what_was_pasted_is_columns_or_one_name_after_the_other(text: str, rows: list[list[str]]) -> None:
    source = pasted(text)
    assert (source.file, source.sheets, source.encodings) == ("", (), ())
    assert source.table().rows == rows
    assert source.table().rows == rows


def test_nothing_pasted_is_nothing_to_import() -> None:
    with pytest.raises(CheckInError) as caught:
        pasted(" \n\n").table()
    assert caught.value.code == "import_empty"


def test_a_title_with_commas_does_not_hide_semicolons(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Members, spring, 2026\n\nname;branch;phone\nWei, Zhang;Xinghe;000-1\nNa, Li;Lotus;000-2\n")
    assert read_table(path).rows[2:] == [
        ["name", "branch", "phone"],
        ["Wei, Zhang", "Xinghe", "000-1"],
        ["Na, Li", "Lotus", "000-2"],
    ]


def test_one_name_with_a_semicolon_in_a_list_of_names_divides_nothing(tmp_path: Path) -> None:
    rows = [["name"], ["Li; Na"], ["Wu Di"]]
    assert read_table(text_file(tmp_path / "people.csv", rows)).rows == rows


def test_a_header_alone_is_divided_too(tmp_path: Path) -> None:
    path = text_file(tmp_path / "people.csv", [["name", "branch"]], delimiter=";")
    assert read_table(path).rows == [["name", "branch"]]


def test_full_width_commas_are_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("姓名\n张伟，李娜\n王芳，赵强\n", encoding="utf-8")
    assert read_table(path).rows == [["姓名"], ["张伟，李娜"], ["王芳，赵强"]]


def test_a_tsv_is_cut_at_tabs_whatever_else_is_in_it(tmp_path: Path) -> None:
    rows = [["name,a", "branch,b"], ["x,y", "z,w"]]
    assert read_table(text_file(tmp_path / "people.tsv", rows, delimiter="\t")).rows == rows


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_end_a_row_and_quoted_ones_do_not(tmp_path: Path, line_end: str) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(line_end.join(["name,branch", '"Zhang\nWei",Xinghe', "Li Na,Lotus", ""]).encode())
    assert read_table(path).rows == [["name", "branch"], ["Zhang\nWei", "Xinghe"], ["Li Na", "Lotus"]]


def test_empty_lines_inside_keep_their_row_numbers(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("\n\nname\n\nLi Na\n")
    assert read_table(path).rows == [[], [], ["name"], [], ["Li Na"]]


def test_a_quote_that_is_never_closed_swallows_nobody(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text('name,branch\nZhang Wei,Xinghe\n"Li Na,Lotus\nWang Fang,Xinghe\n')
    error = refusal(path)
    assert (error.code, error.values["row"]) == ("import_bad_row", 3)


def test_a_long_cell_is_read_and_an_endless_one_is_refused(tmp_path: Path) -> None:
    long = text_file(tmp_path / "long.csv", [["name"], ["x" * 10_000]])
    assert read_table(long).rows[1] == ["x" * 10_000]
    assert refusal(text_file(tmp_path / "endless.csv", [["name"], ["x" * 200_000]])).code == "import_bad_row"


def test_nul_bytes_do_not_stop_reading(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(b"name,branch\nZhang\0Wei,Xinghe\n")
    assert read_table(path).rows[1] == ["Zhang\0Wei", "Xinghe"]


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "ROW_LIMIT", 3)
    path = text_file(tmp_path / "people.csv", [["name"], ["a"], ["b"]])
    assert len(read_table(path).rows) == 3
    assert refusal(text_file(path, [["name"], ["a"], ["b"], ["c"]])).code == "import_too_large"


def test_a_row_of_endless_cells_is_refused_before_it_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "CELL_LIMIT", 5)
    path = tmp_path / "people.csv"
    path.write_text("," * 6)
    error = refusal(path)
    assert (error.code, error.values["unit"]) == ("import_too_large", "cells")


def test_a_text_has_less_room_than_a_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "TEXT_SIZE_LIMIT", 10)
    assert refusal(text_file(tmp_path / "people.csv", ROWS)).code == "import_too_large"


def test_what_is_not_a_file_with_something_in_it_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nowhere.csv").code == "import_missing"
    assert refusal(tmp_path).code == "import_folder"
    empty = tmp_path / "empty.csv"
    for content in (b"", b"\xef\xbb\xbf", b" \r\n\n"):
        empty.write_bytes(content)
        assert refusal(empty).code == "import_empty"
    assert refusal(empty / "below.csv").code == "import_missing"
    assert refusal(Path("nul\0.csv")).code == "import_unreadable"


def test_every_refusal_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "nowhere.csv"
    assert refusal(path).values == {"file": str(path)}


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in the file system")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "people.csv")
    assert refusal(tmp_path / "people.csv").code == "import_not_a_file"
    assert refusal(Path(os.devnull)).code == "import_not_a_file"


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in the file system")
def test_a_loop_of_links_and_a_pipe_that_took_the_name_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    assert refusal(tmp_path / "loop.csv").code == "import_unreadable"
    plain = text_file(tmp_path / "people.csv", ROWS)
    facts = plain.stat()
    plain.unlink()
    os.mkfifo(plain)
    monkeypatch.setattr(Path, "stat", lambda *_: facts)
    assert refusal(plain).code == "import_not_a_file"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_one_may_not_read_says_so(tmp_path: Path) -> None:
    path = text_file(tmp_path / "people.csv", ROWS)
    path.chmod(0)
    assert refusal(path).code == "import_denied"


def test_a_file_over_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "people.csv"
    with path.open("wb") as stream:
        stream.truncate(tables.SIZE_LIMIT + 1)
    monkeypatch.setattr(os, "open", lambda *_: pytest.fail("it was opened"))
    error = refusal(path)
    assert (error.code, error.values["limit"], error.values["unit"]) == ("import_too_large", 64, "MiB")


@pytest.mark.parametrize("name", ["people.xlsx", "people.csv", "people"])
def test_a_pdf_is_a_pdf_whatever_its_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")
    assert refusal(path).code == "import_unreadable"


def test_excel_before_its_compound_files_is_named_as_too_old(tmp_path: Path) -> None:
    (tmp_path / "people.xls").write_bytes(b"\x09\x04\x06\x00" + bytes(40))
    assert refusal(tmp_path / "people.xls").code == "import_old_workbook"


def test_text_under_the_name_of_a_workbook_is_refused(tmp_path: Path) -> None:
    assert refusal(text_file(tmp_path / "people.xlsx", ROWS)).code == "import_unreadable"


def test_a_text_file_has_no_sheets(tmp_path: Path) -> None:
    error = refusal(text_file(tmp_path / "people.csv", ROWS), sheet="Members")
    assert (error.code, error.values["sheet"], error.values["sheets"]) == ("import_no_sheet", "Members", [])
