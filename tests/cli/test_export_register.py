"""`checkin export register`: the command, its answer and its refusals."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.conftest import Line


def test_the_answer_says_where_the_file_is_and_what_it_holds(line: Line, tmp_path: Path):
    line("mark", "101")
    file = tmp_path / "register.xlsx"
    assert line("export", "register", str(file)).out == f"{file}: 4 people.\n"
    again = line.json("export", "register", str(tmp_path / "lines.csv"), "--session", "2026-05-18")
    assert again == {"file": str(tmp_path / "lines.csv"), "format": "csv", "rows": 4}
    long = line.json("export", "register", str(tmp_path / "events.jsonl"), "--long")
    assert (long["format"], long["rows"]) == ("jsonl", 1)


def test_a_file_that_is_there_stays_unless_forced(line: Line, tmp_path: Path):
    file = tmp_path / "r.csv"
    file.write_text("mine")
    refused = line("export", "register", str(file))
    assert (refused.code, file.read_text()) == (2, "mine")
    assert line("export", "register", str(file), "--force").code == 0
    with file.open(encoding="utf-8-sig", newline="") as written:
        assert len(list(csv.reader(written))) == 1 + 9 * 4


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["r.pdf"], "xlsx, csv, json, jsonl"),
        (["r.csv", "--long", "--format", "moodle"], "--long does not go"),
        (["r.csv", "--format", "moodle"], "--session KEY"),
        (["r.csv", "--session", "2030-01-01"], "no session 2030-01-01"),
        (["r.csv", "--from", "2026-05-20", "--to", "2026-05-18"], "is before"),
    ],
)
def test_what_cannot_be_written_is_refused_in_words(line: Line, tmp_path: Path, arguments: list[str], said: str):
    answer = line("export", "register", str(tmp_path / arguments[0]), *arguments[1:])
    assert answer.code == 2
    assert said in answer.err
    assert not (tmp_path / arguments[0]).exists()


def test_a_program_without_anybody_gives_a_file_that_says_so(program: Line, tmp_path: Path):
    assert program("export", "register", str(tmp_path / "r.xlsx")).out.endswith(": Nothing is in it yet.\n")


def test_an_erased_person_stands_there_as_the_program_shows_them_now(line: Line, tmp_path: Path):
    line("mark", "101")
    assert line("erase", "101", "--yes").code == 0
    line("export", "register", str(tmp_path / "r.csv"), "--session", "2026-05-18")
    text = (tmp_path / "r.csv").read_text(encoding="utf-8-sig")
    assert "erased-1" in text
    assert "Mara" not in text
