"""`checkin missing`: the list to send, the CSV and the JSON."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from tests.cli.conftest import Line
from tests.conftest import at

TUESDAY = date(2026, 5, 19)


@pytest.fixture
def two_days(line: Line, standard_input) -> Line:
    """101 and 103 were there on Monday and Tuesday; 103 wrote a little on Monday."""
    line("branch", "edit", "Xinghe", "--contact", "Mara Quill", "--phone", "+5550101")
    line("mark", "101")
    line("mark", "103")
    standard_input(b"twelve chars")
    line("note", "103")
    line("note", "104", "--paper")
    line.bench.now = at("14:20", TUESDAY)
    line("mark", "101")
    line("mark", "103")
    line("note", "103", "--paper")
    return line


def test_the_text_of_one_session_is_ready_to_be_sent(two_days):
    answer = two_days("missing", "--session", "2026-05-18")
    assert answer.err == ""
    assert answer.out == (
        "Learning campaign\n"
        "Notes of Mon 18 May 2026\n"
        "2 people owe 2 notes.\n"
        "\n"
        "Beishan\n"
        "- Wen Xiaoyu (103): 11 of 50 characters\n"
        "\n"
        "Xinghe (contact Mara Quill, +5550101)\n"
        "- Mara Quill (101), 5550101: missing\n"
        "\n"
        "Note, but was not here: Tomas Ode (104)\n"
    )


def test_over_the_campaign_the_days_are_named(two_days):
    out = two_days("missing", "--campaign").out
    assert "Notes of 2 sessions, Mon 18 May 2026 to Tue 19 May 2026\n2 people owe 3 notes.\n" in out
    assert "- Wen Xiaoyu (103): Mon 18 May 11 of 50 characters\n" in out
    assert "- Mara Quill (101), 5550101: Mon 18 May missing; Tue 19 May missing\n" in out


def test_when_nobody_owes_anything(line):
    assert line("missing").out.endswith("Notes of Mon 18 May 2026\nNobody owes a note.\n")
    assert "No register was taken yet." in line("missing", "--campaign").out


def test_the_json_of_the_campaign(two_days):
    answer = two_days.json("missing", "--campaign")
    assert answer == {
        "session": None,
        "missing": [
            {
                "code": "103",
                "name": "Wen Xiaoyu",
                "branch": "Beishan",
                "phone": "",
                "status": "present",
                "state": "too_short",
                "chars": 11,
                "owes": [{"session": "2026-05-18", "state": "too_short", "chars": 11, "minimum": 50}],
            },
            {
                "code": "101",
                "name": "Mara Quill",
                "branch": "Xinghe",
                "phone": "5550101",
                "status": "present",
                "state": "missing",
                "chars": 0,
                "owes": [
                    {"session": "2026-05-18", "state": "missing", "chars": 0, "minimum": 50},
                    {"session": "2026-05-19", "state": "missing", "chars": 0, "minimum": 50},
                ],
            },
        ],
        "without_presence": [],
        "branches": [
            {"name": "Beishan", "contact": "", "phone": "", "people": 1, "notes": 1},
            {"name": "Xinghe", "contact": "Mara Quill", "phone": "+5550101", "people": 1, "notes": 2},
        ],
        "sessions": ["2026-05-18", "2026-05-19"],
    }
    assert list(answer) == ["session", "missing", "without_presence", "branches", "sessions"]


def test_the_json_of_one_branch_names_its_session(two_days):
    answer = two_days.json("missing", "--branch", "Xinghe")
    assert (answer["session"]["key"], answer["sessions"]) == ("2026-05-19", ["2026-05-19"])
    assert [one["code"] for one in answer["missing"]] == ["101"]
    assert [one["name"] for one in answer["branches"]] == ["Xinghe"]


def test_csv_has_a_line_for_each_note_and_no_formulas(two_days):
    two_days("member", "edit", "101", "--name", '=HYPERLINK("x")')
    answer = two_days("missing", "--campaign", "--csv")
    head, *rows = csv.reader(io.StringIO(answer.out))
    assert head == ["branch", "contact", "contact_phone", "code", "name", "phone", "session", "status", "state",
                    "chars", "minimum"]  # fmt: skip
    assert rows == [
        ["Beishan", "", "", "103", "Wen Xiaoyu", "", "2026-05-18", "present", "too_short", "11", "50"],
        ["Xinghe", "Mara Quill", "'+5550101", "101", '\'=HYPERLINK("x")', "5550101", "2026-05-18", "present",
         "missing", "0", "50"],
        ["Xinghe", "Mara Quill", "'+5550101", "101", '\'=HYPERLINK("x")', "5550101", "2026-05-19", "present",
         "missing", "0", "50"],
    ]  # fmt: skip
    assert answer.err == "2 people owe 3 notes.\n"


@pytest.mark.parametrize(
    "options",
    [
        ("--campaign", "--session", "2026-05-18"),
        ("--csv", "--json"),
        ("--branch", "Nowhere"),
    ],
)
def test_what_does_not_go_together_is_refused(two_days, options):
    assert two_days("missing", *options).code == 2
