"""Lists of other programs: the layouts are those of their documentation, the people are invented."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.lists.columns import ROSTER_FIELDS
from checkin_tui.interchange.lists.presets import NONE, PRESETS, columns_for, preset_of
from checkin_tui.interchange.lists.rosters import Choices, read_roster
from tests.interchange.files import text_file, workbook

SAMPLES = Path(__file__).parent / "presets"

PEOPLE = {
    "pretix.csv": [
        ("k3vd9q2mzt8wy4hx6r7bn5cjf2sgp1ae", "Mara Quill", "Xinghe", None, "+15550101"),
        ("p8rb3n6ykc1vt5zq9wd2hx7mf4sjg0ue", "Ned Nil", "Xinghe", None, "+15550101"),
    ],
    "eventbrite.csv": [
        ("9000000010170000000201", "Mara Quill", "Xinghe", "Clerk", "555-0101"),
        ("9000000010270000000202", "Ned Nil", "Beishan", "", "555-0102"),
    ],
    "moodle.csv": [
        ("mquill", "Mara Quill", "Xinghe", None, "555-0191"),
        ("nnil", "Ned Nil", "Township", None, "555-0102"),
    ],
    "moodle-upload.csv": [("mquill", "Mara Quill", "Xinghe", None, None), ("nnil", "Ned Nil", "Beishan", None, None)],
    "moodle-participants.csv": [
        ("S-0101", "Mara Quill", "Xinghe", None, None),
        ("S-0102", "王伟", "Beishan", None, None),
    ],
    "rollcall.csv": [("2101", "Mara Quill", "Xinghe", None, None), ("2102", "Ned Nil", "Beishan", None, None)],
    "oneroster-1.1/users.csv": [
        ("0101", "Mara Quill", "Xinghe", "student", "5550101"),
        ("nnil", "Ned Nil", "Beishan", "teacher", "5550102"),
    ],
    "oneroster-1.2/users.csv": [
        ("0101", "Mara Quill", "Xinghe", "student", "5550101"),
        ("nnil", "Ned Nil", "Beishan", "teacher", "5550102"),
    ],
}
PASSED = {
    "pretix.csv": ["Ola Marsh (Blocked: Yes)"],
    "eventbrite.csv": ["Ola Marsh (Attendee Status: Not Attending)"],
    "moodle.csv": ["Ola Marsh (suspended: 1)"],
    "oneroster-1.1/users.csv": ["Ola Marsh (status: tobedeleted)", "Pia Quill (role: parent)"],
    "oneroster-1.2/users.csv": ["Pia Quill (role: parent)"],
}


@pytest.mark.parametrize("sample", PEOPLE)
def test_a_list_of_another_program_needs_no_mapping(sample: str) -> None:
    roster = read_roster(SAMPLES / sample)
    assert [(one.code, one.name, one.branch, one.title, one.phone) for one in roster.rows] == PEOPLE[sample]
    assert [one.text for one in roster.passed] == PASSED.get(sample, [])
    assert roster.rejected == ()
    assert sample.startswith(roster.preset)


def test_there_is_a_sample_of_every_preset() -> None:
    assert {read_roster(SAMPLES / sample).preset for sample in PEOPLE} == set(PRESETS)


@pytest.mark.parametrize("key", PRESETS)
def test_a_preset_names_fields_that_there_are_and_is_known_by_its_signs(key: str) -> None:
    preset = PRESETS[key]
    assert set(preset.words) <= set(ROSTER_FIELDS)
    signs = [sign.split("|")[0] for sign in preset.signs]
    assert preset_of(signs) == key
    assert preset_of(signs[:-1]) != key
    assert preset_of([sign.upper() for sign in signs]) == key
    assert "name" in preset.words or {"given", "family"} <= set(preset.words)


def test_headers_that_are_too_common_make_no_preset() -> None:
    headers = ["First name", "Last name", "Email address"]
    assert preset_of([*headers, "Groups", ""]) == "moodle-participants"
    assert preset_of([*headers, "Village"]) == ""
    assert preset_of([]) == ""


def test_a_title_above_does_not_hide_a_preset(tmp_path: Path) -> None:
    with (SAMPLES / "pretix.csv").open(encoding="utf-8", newline="") as file:
        rows = [["Check-in list of May"], [], *csv.reader(file)]
    roster = read_roster(workbook(tmp_path / "list.xlsx", rows))
    assert (roster.preset, roster.header_row, len(roster.rows)) == ("pretix", 3, 2)


def test_a_mapping_goes_before_the_preset() -> None:
    roster = read_roster(SAMPLES / "moodle.csv", Choices(mapping={"code": "idnumber"}))
    assert [one.code for one in roster.rows] == ["S-0101", "S-0102"]
    assert roster.preset == "moodle"


def test_a_code_too_long_for_us_gives_way_to_the_next_or_to_none(tmp_path: Path) -> None:
    headers = ["Order code", "Attendee name", "Product", "Secret"]
    path = text_file(tmp_path / "list.csv", [headers, ["A", "Mara Quill", "x", "s" * 33]])
    assert [(one.code, one.name) for one in read_roster(path).rows] == [("", "Mara Quill")]


def test_a_name_that_is_not_there_is_made_of_its_parts(tmp_path: Path) -> None:
    headers = ["Order code", "Attendee name", "Attendee name: Given name", "Attendee name: Family name", "Product"]
    path = text_file(tmp_path / "list.csv", [headers, ["A", "", "Mara", "Quill", "x"]])
    assert [one.name for one in read_roster(path).rows] == ["Mara Quill"]


def test_a_preset_may_be_asked_for_or_forbidden(tmp_path: Path) -> None:
    path = text_file(tmp_path / "list.csv", [["First Name", "Last Name", "Company", "x"], ["Mara", "Quill", "Ltd", ""]])
    assert [(one.name, one.branch) for one in read_roster(path).rows] == [("Mara Quill", None)]
    asked = read_roster(path, Choices(preset="eventbrite"))
    assert [(one.name, one.branch) for one in asked.rows] == [("Mara Quill", "Ltd")]
    plain = read_roster(SAMPLES / "eventbrite.csv", Choices(preset=NONE))
    assert (plain.preset, [one.name for one in plain.rows][2]) == ("", "Ola Marsh")


def test_there_is_no_other_preset(tmp_path: Path) -> None:
    path = text_file(tmp_path / "list.csv", [["name"], ["Mara"]])
    with pytest.raises(CheckInError, match="import_preset") as caught:
        read_roster(path, Choices(preset="moodel"))
    assert caught.value.values == {"preset": "moodel", "presets": [*PRESETS, NONE]}
    with pytest.raises(CheckInError, match="import_no_name"):
        read_roster(path, Choices(preset="moodle"))
    with pytest.raises(CheckInError):
        columns_for("")


def test_one_person_under_two_names_in_a_daily_list_is_asked_about(tmp_path: Path) -> None:
    text = (SAMPLES / "rollcall.csv").read_text("utf-8").replace("Ned Nil,2026-05-19", "Ned Null,2026-05-19")
    path = tmp_path / "rollcall.csv"
    path.write_text(text, "utf-8")
    roster = read_roster(path)
    assert [one.name for one in roster.rows] == ["Ned Nil", "Mara Quill"]
    assert [(one.row, one.reason_code) for one in roster.rejected] == [(5, "code_twice")]


def test_the_newest_day_of_a_daily_list_says_where_somebody_is(tmp_path: Path) -> None:
    header = ["Section Name", "Student ID", "Student Name", "Class Date", "Attendance"]
    days = [
        ["A", "101", "Mara Quill", "2026-05-18", "present"],
        ["C", "101", "Mara Quill", "2026-05-20", "present"],
        ["B", "101", "Mara Quill", "2026-05-19", "present"],
        ["A", "102", "Ned Nil", "", "present"],
        ["B", "102", "Ned Nil", "", "absent"],
        ["A", "", "Tess Ware", "5/19/2026", "absent"],
        ["B", "", "Tess Ware", "May 18, 2026", "absent"],
    ]
    roster = read_roster(text_file(tmp_path / "rollcall.csv", [header, *days]))
    assert [(one.row, one.name, one.branch) for one in roster.rows] == [
        (3, "Mara Quill", "C"), (6, "Ned Nil", "B"), (7, "Tess Ware", "A"),
    ]  # fmt: skip
    assert roster.rejected == ()
