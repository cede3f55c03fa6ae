"""`checkin report`: as a file, and in the terminal."""

from __future__ import annotations

import sys

import pytest
from rich.cells import cell_len

from checkin_tui.cli import reporting
from checkin_tui.interchange.report.files import REPORT_FORMATS


def test_the_formats_are_those_of_the_report():
    assert reporting.REPORT_FORMATS == REPORT_FORMATS


def test_a_report_says_where_it_is_and_is_not_written_over(line, tmp_path):
    file = tmp_path / "report.html"
    answer = {"file": str(file), "format": "html", "rows": 9, "names": False}
    assert line.json("report", str(file)) == answer
    again = line("report", str(file))
    assert (again.code, again.err) == (2, f"There is already a file {file}. Nothing was written.\n")
    assert line("report", str(file), "--force").out == f"{file}: report on 9 sessions.\n"
    assert line("report", str(tmp_path / "r"), "--format", "md", "--names").code == 0
    assert line("report", str(tmp_path / "r.pdf")).code == 2


def test_a_report_without_its_marks_is_refused_with_a_way_out(line, tmp_path):
    file = tmp_path / "report.md"
    line("report", str(file))
    file.write_text(file.read_text("utf-8").replace("<!-- checkin:next end -->", ""), "utf-8")
    refused = line.json("report", str(file), "--force")["error"]
    assert refused["code"] == "report_marks"
    assert "--discard-author-text" in refused["message"]
    assert line("report", str(file), "--force", "--discard-author-text").code == 0


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["r.md", "--preview"],
        ["--preview", "--force"],
        ["--preview", "--format", "md"],
        ["r.md", "--discard-author-text"],
    ],
)
def test_what_does_not_go_together_is_refused(line, words):
    assert line("report", *words).code == 2


def test_word_without_its_library_says_how_to_get_it(line, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    refused = line("report", str(tmp_path / "r.docx"))
    assert (refused.code, refused.err.strip().endswith("pip install 'checkin-tui[office]'")) == (2, True)
    assert not (tmp_path / "r.docx").exists()


@pytest.mark.parametrize("columns", [24, 100])
def test_the_preview_is_as_wide_as_the_terminal_and_cuts_no_figure(line, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    line("session", "edit", "2026-05-18", "--topic", "[bold]河流[/bold] :smile: {x}")
    line("mark", "101")
    line("mark", "102", "--status", "late")
    shown = line("report", "--preview", "--names").out
    assert max(map(cell_len, shown.splitlines())) <= columns
    joined = "".join(shown.split())
    assert joined.count("2/4") >= 3, "in the summary, of the day, over all"
    assert joined.count("50.00%") >= 3
    assert "TomasOde" in joined
    if columns > 60:
        assert "[bold]河流[/bold]:smile:{x}" in joined
    assert "\x1b" not in shown


def test_the_preview_as_json_has_the_same_tables(line):
    line("mark", "101")
    shown = line.json("report", "--preview")
    (table,) = next(one["tables"] for one in shown["sections"] if one["heading"] == "Participation by day")
    assert table["rows"] == [["Mon 18 May", "1", "0", "0", "0", "3", "0", "1/4", "25.00 %", "not met yet"]]
    assert table["total"][-3:] == ["1/4", "25.00 %", "not met"]
    assert "Tomas Ode" not in str(shown)
