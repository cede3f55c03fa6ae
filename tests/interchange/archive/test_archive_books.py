"""The whole program as a workbook that somebody else has written or changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from checkin_tui.domain.archive.check import Checked, checked
from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.archive import as_xlsx as archive_xlsx
from checkin_tui.interchange.archive.files import open_archive, write_archive
from tests.archived import number
from tests.desk import Desk

Sheets = Mapping[str, Sequence[Sequence[str]]]
ABOUT = [["format", "checkin-tui program"], ["version", "1"]]
PROGRAM = [
    ["uid", "name", "first_day", "last_day", "weekdays", "starts", "ends", "grace", "target", "minimum_note",
     "leave_counts", "zone", "holidays"],
    [number(1), "Campaign", "2026-05-18", "2026-05-28", "mon-fri", "14:30", "17:00", "10", ">98", "50", "yes", "UTC",
     "2026-05-20 2026-05-21"],
]  # fmt: skip


def book(path: Path, sheets: Sheets) -> Path:
    with Workbook(path) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, text in enumerate(cells):
                    sheet.write_string(row, column, text)
    return path


def read(path: Path) -> list[Checked]:
    return list(checked(open_archive(path)(), str(path)))


def test_columns_may_stand_in_any_order_and_blank_ones_be_missing(tmp_path: Path):
    branches = [["contact", "name", "uid"], ["'=1+1", "Xinghe", number(2)], ["Mei", "Clinic", number(3)]]
    sheets = {"about": ABOUT, "branches": branches, "program": [row[::-1] for row in PROGRAM]}
    found = read(book(tmp_path / "a.xlsx", sheets))
    assert [(one.record["name"], one.record.get("contact")) for one in found[1:]] == [
        ("Xinghe", "=1+1"), ("Clinic", "Mei")
    ]  # fmt: skip
    assert len(found[0].record["holidays"]) == 2


def test_a_text_goes_on_in_the_row_below(tmp_path: Path):
    rows = [PROGRAM[0][:2], [number(1), "Cam"], ["", "pai"], ["", "gn"]]
    sheets = {"about": ABOUT, "program": [[*first, *rest] for first, rest in zip(rows, [PROGRAM[0][2:]], strict=False)]}
    sheets["program"] += [[*rows[1], *PROGRAM[1][2:]], *rows[2:]]
    assert read(book(tmp_path / "a.xlsx", sheets))[0].record["name"] == "Campaign"


@pytest.mark.parametrize(
    ("sheets", "code"),
    [
        ({"about": [["format", "other"], ["version", "1"]]}, "archive_foreign"),
        ({"about": [["format", "checkin-tui program"]]}, "archive_foreign"),
        ({"about": [ABOUT[0], ["version", "one"]]}, "archive_foreign"),
        ({"about": [ABOUT[0], ["version", "2"]]}, "archive_newer"),
        ({"about": ABOUT}, "archive_part"),
        ({"about": ABOUT, "program": PROGRAM[:1]}, "archive_part"),
        ({"about": ABOUT, "program": []}, "import_empty"),
    ],
)
def test_what_is_no_program_of_ours_is_said(tmp_path: Path, sheets: Sheets, code: str):
    with pytest.raises(CheckInError, match=code):
        read(book(tmp_path / "a.xlsx", sheets))


@pytest.mark.parametrize(
    ("column", "text"),
    [(7, "ten"), (7, "-1"), (7, "1" * 5000), (10, "TRUE"), (12, "tomorrow"), (2, "18.05.2026"), (11, "Mars")],
)
def test_a_cell_that_cannot_be_is_named_with_its_row(tmp_path: Path, column: int, text: str):
    row = [*PROGRAM[1][:column], text, *PROGRAM[1][column + 1 :]]
    with pytest.raises(CheckInError, match="archive_value") as error:
        read(book(tmp_path / "a.xlsx", {"about": ABOUT, "program": [PROGRAM[0], row]}))
    said = error.value.values
    assert (said["part"], said["row"], said["field"]) == ("program", 2, PROGRAM[0][column])


def test_states_that_nobody_could_put_back_are_refused(tmp_path: Path):
    changes = [["uid", "batch", "kind", "entity", "entity_uid", "after", "recorded", "counter", "station"]]
    for state in ("{", "[" * 5000, '{"name": NaN}', '{"erased": []}'):
        line = [number(5), number(6), "edit", "branch", number(7), state, "2026-05-18T06:00:00Z", "0", number(8)]
        path = book(tmp_path / "a.xlsx", {"about": ABOUT, "program": PROGRAM, "changes": [*changes, line]})
        with pytest.raises(CheckInError, match="archive_value") as error:
            read(path)
        assert error.value.values["field"] == "after"


def test_more_than_could_come_in_again_is_not_written(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archive_xlsx, "FILLED_LIMIT", 20)
    with pytest.raises(CheckInError, match="archive_too_many"):
        write_archive(desk.ctx, tmp_path / "a.xlsx", "xlsx")
    assert not (tmp_path / "a.xlsx").exists()
