from __future__ import annotations

import io
from datetime import date, time
from pathlib import Path

import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.lists.rosters import read_roster
from checkin_tui.interchange.reading import ods, tabular
from checkin_tui.interchange.reading.tables import SheetInfo, open_source, read_table
from tests.interchange.files import open_document

NUMBER = '<table:table-cell office:value-type="float" office:value="1"/>'


def refusal(path: Path) -> CheckInError:
    with pytest.raises(CheckInError) as caught:
        read_table(path)
    return caught.value


def one(inner: str, name: str = "List", style: str = "") -> str:
    return f'<table:table table:name="{name}" table:style-name="{style}">{inner}</table:table>'


def row(*cells: str, facts: str = "") -> str:
    return f"<table:table-row {facts}>{''.join(cells)}</table:table-row>"


def text(content: str, facts: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {facts}><text:p>{content}</text:p></table:table-cell>'


def number(value: str, shown: str) -> str:
    facts = f'office:value-type="float" office:value="{value}"'
    return f"<table:table-cell {facts}><text:p>{shown}</text:p></table:table-cell>"


def test_a_list_by_another_library_is_read(tmp_path: Path) -> None:
    book = OpenDocumentSpreadsheet()
    sheet = Table(name="名单")
    values = [["code", "name", "joined", "from"], ["0017", "王　芳", date(2026, 5, 18), time(14, 30)]]
    for line in values:
        entry = TableRow()
        for value in line:
            if isinstance(value, date):
                cell = TableCell(valuetype="date", datevalue=value.isoformat())
            elif isinstance(value, time):
                cell = TableCell(valuetype="time", timevalue="PT14H30M00S")
            else:
                cell = TableCell(valuetype="string")
                cell.addElement(P(text=value))
            entry.addElement(cell)
        sheet.addElement(entry)
    book.spreadsheet.addElement(sheet)
    stream = io.BytesIO()
    book.write(stream)
    path = tmp_path / "people.csv"
    path.write_bytes(stream.getvalue())
    table = read_table(path)
    assert table.rows == [["code", "name", "joined", "from"], ["0017", "王　芳", "2026-05-18", "14:30"]]
    assert (table.source, table.first_row_number, table.encoding) == ("名单", 1, "")


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (number("17", "0017"), "0017"),
        (number("17", "17,00"), "17"),
        ('<table:table-cell office:value-type="float" office:value="13800138000"/>', "13800138000"),
        ('<table:table-cell office:value-type="float" office:value="1.38E+10"/>', "13800000000"),
        ('<table:table-cell office:value-type="percentage" office:value="0.985"/>', "98.5%"),
        ('<table:table-cell office:value-type="date" office:date-value="2026-05-18"/>', "2026-05-18"),
        ('<table:table-cell office:value-type="date" office:date-value="2026-05-18T14:30:00"/>', "2026-05-18 14:30"),
        ('<table:table-cell office:value-type="time" office:time-value="PT9H05M00S"/>', "09:05"),
        ('<table:table-cell office:value-type="time" office:time-value="PT30H00M00S"/>', "30:00"),
        ('<table:table-cell office:value-type="boolean" office:boolean-value="true"/>', "yes"),
        (text("#N/A", 'calcext:value-type="error" office:string-value=""') + text("x"), "x"),
        (text("'=1+1"), "=1+1"),
        (text('王<text:s text:c="2"/>芳<text:line-break/>x</text:p><text:p><text:span>y</text:span>'), "王  芳\nx\ny"),
        (text("Li Na</text:p><office:annotation><text:p>who?</text:p></office:annotation><text:p>!"), "Li Na\n!"),
    ],
)  # fmt: skip
def test_cells_become_what_a_person_would_have_typed(tmp_path: Path, cell: str, shown: str) -> None:
    assert read_table(open_document(tmp_path / "people.ods", one(row(cell)))).rows == [[shown]]


def test_merged_hidden_and_repeated_cells_are_where_the_spreadsheet_shows_them(tmp_path: Path) -> None:
    covered = "<table:covered-table-cell/>"
    merged = 'table:number-rows-spanned="2" table:number-columns-spanned="1"'
    title = text("Spring", 'table:number-columns-spanned="2" table:number-rows-spanned="1"')
    path = open_document(
        tmp_path / "people.ods",
        one(
            row('<table:table-cell table:number-columns-repeated="9"/>', facts='table:number-rows-repeated="3"')
            + row(title, covered)
            + row(text("Xinghe", merged), text("Li Na"))
            + row(covered, text("Wu Di"), facts='table:visibility="collapse"')
            + row(text("Lotus"), text("Mo", 'table:number-columns-repeated="2"'), facts='table:visibility="filter"')
            + row(
                '<table:table-cell table:number-columns-repeated="16384"/>', facts='table:number-rows-repeated="9999"'
            )
        ),
    )
    table = read_table(path)
    assert table.rows == [["Spring", "", ""], ["Xinghe", "Li Na", ""], ["Xinghe", "Wu Di", ""], ["Lotus", "Mo", "Mo"]]
    assert (table.first_row_number, table.hidden_rows) == (4, (6, 7))


def test_a_code_that_nobody_has_computed_yet_rejects_the_row_and_no_other(tmp_path: Path) -> None:
    formula = '<table:table-cell table:formula="of:=[.A1]" {}/>'
    value = formula.format('office:value-type="string" office:string-value="0018"')
    rows = [
        [text("code"), text("name")],
        [formula.format(""), text("Mara")],
        [value, text("Ned")],
        [formula.format("")],
    ]
    blank = "<table:table-cell/>"
    inner = "".join([row(blank), *(row(blank, *cells) for cells in rows)])
    roster = read_roster(open_document(tmp_path / "list.ods", one(inner)))
    assert [(line.code, line.name) for line in roster.rows] == [("0018", "Ned")]
    assert [(line.row, line.reason_code) for line in roster.rejected] == [(3, "not_computed")]


def test_a_formula_beyond_every_column_is_passed_over(tmp_path: Path) -> None:
    far = f'<table:table-cell table:number-columns-repeated="{10**25}"/><table:table-cell table:formula="of:=1"/>'
    path = open_document(tmp_path / "list.ods", one(row(text("name")) + row(text("Mara"), far)))
    assert [line.name for line in read_roster(path).rows] == ["Mara"]


def test_a_hidden_sheet_is_never_the_first_choice(tmp_path: Path) -> None:
    styles = '<style:style style:name="t1"><style:table-properties table:display="false"/></style:style>'
    sheets = one(row(text("hidden")), "Lists", "t1") + one(row(text("shown")), "Spring", "t2") + one("", "Blank")
    source = open_source(open_document(tmp_path / "people.ods", sheets, styles=styles))
    assert source.sheets == (SheetInfo("Lists", True), SheetInfo("Spring", False), SheetInfo("Blank", False))
    assert source.table().rows == [["shown"]]
    assert source.table("lists").rows == [["hidden"]]
    with pytest.raises(CheckInError) as caught:
        source.table("Blank")
    assert caught.value.code == "import_empty"


@pytest.mark.parametrize(
    "inner",
    [
        row(NUMBER.replace("/>", ' table:number-columns-repeated="999"/>'), facts='table:number-rows-repeated="99999"'),
        row(NUMBER, facts='table:number-rows-repeated="99999999999999"'),
        row(NUMBER) + row(facts='table:number-rows-repeated="1048574"')
        + row('<table:table-cell table:number-columns-repeated="16383"/>', NUMBER),
        row(text('<text:s text:c="4000000000"/>' * 50_000)),
    ],
)  # fmt: skip
def test_what_is_repeated_without_end_is_refused(tmp_path: Path, inner: str) -> None:
    assert refusal(open_document(tmp_path / "people.ods", one(inner))).code == "import_too_large"


def test_a_sheet_of_endless_tags_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = open_document(tmp_path / "people.ods", one(row("<table:table-cell/>" * 50, text("x"))))
    assert read_table(path).rows == [["x"]]
    monkeypatch.setattr(ods, "TAGS_LIMIT", 40)
    assert refusal(path).code == "import_too_large"
    monkeypatch.setattr(ods, "TAGS_LIMIT", 400)
    monkeypatch.setattr(tabular, "AREA_LIMIT", 0)
    assert refusal(path).code == "import_too_large"


def test_tags_inside_each_other_without_end_are_no_list(tmp_path: Path) -> None:
    assert (
        refusal(open_document(tmp_path / "people.ods", one("<a>" * 1000 + "</a>" * 1000))).code == "import_unreadable"
    )


def test_no_part_may_bring_entities_of_its_own(tmp_path: Path) -> None:
    head = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    assert refusal(open_document(tmp_path / "a.ods", one(row(text("&b;"))), head=head)).code == "import_unreadable"
    assert refusal(open_document(tmp_path / "b.ods", one(""), manifest=f"{head}<m>&b;</m>")).code == "import_unreadable"


def test_an_encrypted_document_says_so(tmp_path: Path) -> None:
    manifest = '<m:manifest xmlns:m="x"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    assert refusal(open_document(tmp_path / "people.ods", "", manifest=manifest)).code == "import_encrypted"


def test_a_cut_document_is_refused(tmp_path: Path) -> None:
    data = open_document(tmp_path / "people.ods", one(row(text("Li Na")) * 50)).read_bytes()
    for size in range(8, len(data) - 22, 97):
        (tmp_path / "cut.ods").write_bytes(data[:size])
        assert refusal(tmp_path / "cut.ods").code == "import_unreadable"
