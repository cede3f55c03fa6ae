"""`checkin sheet`, `checkin badges`, `checkin export owes`; and a badge that is held before the scanner."""

from __future__ import annotations

import csv
import sys

from checkin_tui.cli import papers
from checkin_tui.domain.badges import LABELS, BadgeKind
from checkin_tui.domain.papers import SheetOrder
from checkin_tui.interchange.papers import badges, signin
from checkin_tui.interchange.papers import owes as owes_papers
from tests.cli.conftest import Line
from tests.interchange.papers.drawn import labels

HOSTILE = ["007", "A 1 B", "<b>", "q\"'", "]]>", "Ü12", "工号0001", "x" * 32, "991234", "1e10", "&amp;", "\\000026"]


def test_the_options_are_those_of_the_papers():
    assert tuple(SheetOrder) == papers.ORDERS
    assert tuple(BadgeKind) == papers.BADGE_KINDS
    assert tuple(LABELS) == papers.LABELS
    assert papers.SHEET_FORMATS == signin.SHEET_FORMATS
    assert papers.BADGE_FORMATS == badges.BADGE_FORMATS
    assert papers.BOARD_FORMATS == owes_papers.BOARD_FORMATS


def test_whoever_holds_their_badge_before_the_scanner_is_marked(program: Line, tmp_path):
    people, page = tmp_path / "people.csv", tmp_path / "badges.html"
    with people.open("w", encoding="utf-8", newline="") as file:
        rows = [[code, f"Person {number}", "Xinghe"] for number, code in enumerate(HOSTILE)]
        csv.writer(file).writerows([["Code", "Name", "Branch"], *rows])
    assert program("import", "members", str(people)).code == 0
    assert program("badges", str(page)).out == f"{page}: 12 badges.\n"
    for label in labels(page.read_text("utf-8")):
        marked = program.json("mark", label.scanned)
        assert (marked["result"], marked["status"]) == ("done", "present")
        assert [marked["name"], "Xinghe", marked["code"]] == label.texts
        assert marked["code"] in HOSTILE
    assert program.json("status")["counts"]["present"] == len(HOSTILE)


def test_a_sheet_says_where_it_is_and_is_not_written_over(line, tmp_path):
    file = tmp_path / "sheet.xlsx"
    assert line.json("sheet", str(file)) == {"file": str(file), "format": "xlsx", "rows": 4}
    again = line("sheet", str(file))
    assert (again.code, again.err) == (2, f"There is already a file {file}. Nothing was written.\n")
    assert line("sheet", str(file), "--force").out == f"{file}: 4 people on the sheet.\n"
    only = line("sheet", str(tmp_path / "one"), "--format", "html", "--branch", "Beishan", "--sort", "code")
    assert only.out.endswith(": 2 people on the sheet.\n")
    unknown = line.json("sheet", str(tmp_path / "no.html"), "--session", "2026-06-01")
    assert unknown["error"]["code"] == "session_unknown"


def test_codes_that_cannot_be_bars_are_told_with_whose_they_are(line, tmp_path):
    line("member", "add", "Ü1", "--name", "Mara Quill", "--branch", "Xinghe")
    refused = line("badges", str(tmp_path / "b.html"), "--code", "code128")
    assert refused.code == 2
    assert "Mara Quill (Ü1)" in refused.err
    assert "--code qr" in refused.err
    assert line("badges", str(tmp_path / "b.html"), "--code", "code128", "--only", "101", "--start", "14").code == 0
    assert line("badges", str(tmp_path / "c.html"), "--start", "15").err == (
        "The sheet has 14 labels: start with one of 1 to 14. Nothing was written.\n"
    )


def test_without_the_extra_it_says_how_to_get_it(line, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "segno", None)
    refused = line("badges", str(tmp_path / "b.html"))
    assert (refused.code, refused.err.strip().endswith("pip install 'checkin-tui[badges]'")) == (2, True)
    assert not (tmp_path / "b.html").exists()


def test_the_list_for_the_notice_board(line, tmp_path):
    line("mark", "101")
    file = tmp_path / "owes.txt"
    assert line.json("export", "owes", str(file)) == {"file": str(file), "format": "txt", "rows": 1}
    assert "- Mara Quill (101): missing\n" in file.read_text("utf-8")
    assert line("export", "owes", str(file), "--force", "--phones").out == f"{file}: 1 person on the list.\n"
    assert "- Mara Quill (101), 5550101: missing\n" in file.read_text("utf-8")
    assert line("export", "owes", str(tmp_path / "o.html"), "--campaign", "--page-per-branch").code == 0
    assert line("export", "owes", str(file), "--campaign", "--session", "2026-05-18").code == 2
