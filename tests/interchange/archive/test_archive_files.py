"""Files that are not, or no longer, a whole program: refused whole, with what is wrong and where."""

from __future__ import annotations

import copy
import json
import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checkin_tui.domain.archive.check import checked
from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.archive.as_json import read_json
from checkin_tui.interchange.archive.files import open_archive
from checkin_tui.interchange.archive.roster import members_of
from tests.archived import number
from tests.interchange.files import workbook

RECORDED = {"recorded": "2026-05-18T06:26:00.000Z", "counter": 0, "station": number(1)}
EVENT = {"session": "2026-05-18", "code": "001", "batch": number(90), "action": "mark", "source": "desk", **RECORDED}
NOTE = {"session": "2026-05-18", "code": "001", "batch": number(91), "action": "mark", **RECORDED}
HOURS = {"grace": 10, "target": ">98", "minimum_note": 50}
SESSION = {
    **HOURS, "kind": "study", "state": "open", "audience": "all", "starts": "2026-05-18T14:30:00+08:00",
    "ends": "2026-05-18T17:00:00+08:00", "late_from": "2026-05-18T14:40:00+08:00",
}  # fmt: skip
CHANGE = {"kind": "edit", "entity": "branch", "entity_uid": number(3), **RECORDED}
BRANCH = {"name": "Xinghe", "contact": "", "phone": ""}
WHOLE: dict[str, Any] = {
    "format": "checkin-tui program",
    "version": 1,
    "program": {
        **HOURS, "uid": number(2), "name": "Campaign", "first_day": "2026-05-18", "last_day": "2026-05-28",
        "weekdays": "mon-fri", "starts": "14:30", "ends": "17:00", "zone": "Asia/Shanghai",
    },
    "branches": [{"uid": number(3), "name": "Xinghe"}],
    "members": [{"uid": number(4), "code": "001", "name": "Li Na"}, {"uid": number(5), "code": "002", "name": "Wu"}],
    "memberships": [
        {"code": "001", "branch": "Xinghe", "first": "2026-05-18", "until": "2026-05-20"},
        {"code": "001", "first": "2026-05-20"},
    ],
    "sessions": [{"uid": number(6), "key": "2026-05-18", **SESSION}],
    "events": [
        {"uid": number(7), "kind": "arrived", "happened": "2026-05-18T14:26:00+08:00", **EVENT},
        {"uid": number(8), "kind": "withdrawn", "target": number(7), **EVENT},
        {"uid": number(9), "kind": "marked", "status": "excused", "reason": "sick", **EVENT},
    ],
    "notes": [{"uid": number(10), "text": "=1+1", **NOTE}],
    "changes": [
        {"uid": number(11), "batch": number(92), "before": BRANCH, "after": {**BRANCH, "phone": "1"}, **CHANGE},
        {"uid": number(12), "batch": number(93), "undoes": number(92), "after": BRANCH, **CHANGE},
    ],
    "refused": [{"uid": number(13), "typed": "\x1b", "refusal": "unknown", **RECORDED}],
}  # fmt: skip


def refused(path: Path) -> CheckInError:
    with pytest.raises(CheckInError) as error:
        list(checked(open_archive(path)(), "a.json"))
    assert error.value.values["file"] in ("a.json", str(path))
    return error.value


def written(path: Path, document: object) -> Path:
    path.write_text(json.dumps(document, indent=1), "utf-8")
    return path


def test_the_whole_of_it_is_right(tmp_path: Path):
    found = [one.part for one in checked(read_json(written(tmp_path / "a.json", WHOLE)), "a.json")]
    assert len(found) == 14
    assert found[-1] == "refused"


Change = Callable[[dict[str, Any]], object]
DEEP: list[Any] = []
for _ in range(500):
    DEEP = [DEEP]

WRONG: list[tuple[Change, str, str]] = [
    (lambda d: d["program"].pop("name"), "archive_field", "name"),
    (lambda d: d["program"].update(colour="red"), "archive_field", "colour"),
    (lambda d: d["program"].update(last_day="2026-05-01"), "archive_value", "last_day"),
    (lambda d: d["program"].update(last_day="2126-05-01"), "archive_value", "last_day"),
    (lambda d: d["program"].update(ends="14:30"), "archive_value", "ends"),
    (lambda d: d["program"].update(zone="../../etc/passwd"), "archive_value", "zone"),
    (lambda d: d["program"].update(weekdays="sun", last_day="2026-05-18"), "archive_value", "weekdays"),
    (lambda d: d["program"].update(grace=-1), "archive_value", "grace"),
    (lambda d: d["program"].update(grace="10"), "archive_value", "grace"),
    (lambda d: d["program"].update(grace=1.5), "archive_value", "grace"),
    (lambda d: d["program"].update(grace=True), "archive_value", "grace"),
    (lambda d: d["program"].update(grace=10**30), "archive_value", "grace"),
    (lambda d: d["program"].update(leave_counts=1), "archive_value", "leave_counts"),
    (lambda d: d["program"].update(target=">100"), "archive_value", "target"),
    (lambda d: d["program"].update(holidays=["2026-02-30"]), "archive_value", "holidays"),
    (lambda d: d["program"].update(name="n" * 100_001), "archive_value", "name"),
    (lambda d: d["program"].update(name=DEEP), "archive_value", "name"),
    (lambda d: d["branches"].append({"uid": number(70), "name": " Xinghe\n"}), "archive_twice", "name"),
    (lambda d: d["branches"].append({"uid": number(3), "name": "Clinic"}), "archive_twice", "uid"),
    (lambda d: d["branches"][0].update(uid="3"), "archive_value", "uid"),
    (lambda d: d["members"][0].update(name="\u200b"), "archive_value", "name"),
    (lambda d: d["members"][0].update(name="Li \ud800"), "archive_value", "name"),
    (lambda d: d["members"][0].update(name="n" * 201), "archive_value", "name"),
    (lambda d: d["members"][0].update(code="c" * 33), "archive_value", "code"),
    (lambda d: d["members"][1].update(code="001"), "archive_twice", "code"),
    (lambda d: d["memberships"][0].update(code="009"), "archive_unknown", "code"),
    (lambda d: d["memberships"][0].update(branch="Clinic"), "archive_unknown", "branch"),
    (lambda d: d["memberships"][0].update(until="2026-05-18"), "archive_value", "until"),
    (lambda d: d["memberships"][1].update(first="2026-05-19"), "archive_value", "first"),
    (lambda d: d["sessions"].append({**d["sessions"][0], "uid": number(71)}), "archive_twice", "key"),
    (lambda d: d["sessions"][0].update(key="2026-05-18.0"), "archive_value", "key"),
    (lambda d: d["sessions"][0].update(state="over"), "archive_value", "state"),
    (lambda d: d["sessions"][0].update(presenter_code="009"), "archive_unknown", "presenter_code"),
    (lambda d: d["sessions"][0].update(ends=SESSION["starts"]), "archive_value", "ends"),
    (lambda d: d["sessions"][0].update(late_from="2026-05-18T14:29:00+08:00"), "archive_value", "late_from"),
    (lambda d: d["sessions"][0].update(starts="2026-05-18T14:30:00"), "archive_value", "starts"),
    (lambda d: d["sessions"][0].update(branches=["Xinghe"]), "archive_value", "branches"),
    (lambda d: d["sessions"][0].update(audience="branches", branches=["Clinic"]), "archive_unknown", "branches"),
    (lambda d: d["events"][0].update(session="2026-05-19"), "archive_unknown", "session"),
    (lambda d: d["events"][0].update(code="009"), "archive_unknown", "code"),
    (lambda d: d["events"][0].update(status="present"), "archive_value", "status"),
    (lambda d: d["events"][2].pop("status"), "archive_value", "status"),
    (lambda d: d["events"][2].update(status="present"), "archive_value", "reason"),
    (lambda d: d["events"][1].pop("target"), "archive_value", "target"),
    (lambda d: d["events"][1].update(target=number(9)), "archive_unknown", "target"),
    (lambda d: d["events"][1].update(code="002"), "archive_unknown", "target"),
    (lambda d: d["events"][2].update(replaces=number(9)), "archive_unknown", "replaces"),
    (lambda d: d["events"][2].update(uid=number(7)), "archive_twice", "uid"),
    (lambda d: d["events"][2].update(recorded="2300-01-01T00:00:00Z"), "archive_value", "recorded"),
    (lambda d: d["events"][2].update(counter=2**20), "archive_value", "counter"),
    (lambda d: d["notes"][0].update(text="\udfff"), "archive_value", "text"),
    (lambda d: d["notes"][0].update(text=None, paper="yes"), "archive_value", "paper"),
    (lambda d: d["changes"][0].update(before={"name": "x"}), "archive_value", "before"),
    (lambda d: d["changes"][0].update(after={**BRANCH, "phone": 5}), "archive_value", "after"),
    (lambda d: d["changes"][0].update(undoes=number(93)), "archive_unknown", "undoes"),
    (lambda d: d["changes"][1].update(undoes=number(93)), "archive_unknown", "undoes"),
    (lambda d: d["refused"][0].update(code="009"), "archive_unknown", "code"),
]


@pytest.mark.parametrize(("change", "code", "field"), WRONG)
def test_what_does_not_fit_is_named_with_its_place(tmp_path: Path, change: Change, code: str, field: str):
    document = copy.deepcopy(WHOLE)
    change(document)
    error = refused(written(tmp_path / "a.json", document))
    assert (error.code, error.values["field"]) == (code, field)
    assert error.values["row"] > 3
    assert len(error.values["text"]) < 100


def test_the_line_is_the_one_of_the_record(tmp_path: Path):
    lines = ['{"format": "checkin-tui program", "version": 1,', f'"program": {json.dumps(WHOLE["program"])},']
    lines += ['"branches": [', '{"uid": "1"}', "]}"]
    (tmp_path / "a.json").write_text("\n".join(lines), "utf-8")
    assert refused(tmp_path / "a.json").values["row"] == 4


TEXT = json.dumps(WHOLE)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "import_empty"),
        (" \n", "import_empty"),
        ("hello", "archive_foreign"),
        ("[1]", "archive_foreign"),
        ("{}", "archive_foreign"),
        ('{"rows": []}', "archive_foreign"),
        ('{"format": "other", "version": 1}', "archive_foreign"),
        ('{"format": "checkin-tui program", "version": "1"}', "archive_foreign"),
        ('{"format": "checkin-tui program", "version": 2, "new": {}}', "archive_newer"),
        ('{"format": "checkin-tui program", "version": 1}', "archive_part"),
        (TEXT.replace('"branches"', '"twigs"', 1), "archive_part"),
        (TEXT.replace('"notes"', '"events"', 1), "archive_part"),
        (TEXT.replace('"Li Na"', '"Li Na", "name": "Wu"'), "archive_broken"),
        (TEXT.replace('"grace": 10', '"grace": NaN'), "archive_broken"),
        (TEXT.replace('"grace": 10', f'"grace": {"9" * 5000}'), "archive_broken"),
        (TEXT.replace('"Li Na"', "[" * 100_000 + "]" * 100_000), "archive_broken"),
        (TEXT.replace('"events": [', '"events": [5, '), "archive_broken"),
        (TEXT.replace('"events": [', '"events": {'), "archive_broken"),
        (TEXT.replace("}, {", "} {", 1), "archive_broken"),
        (TEXT + "x", "archive_broken"),
        (TEXT[:-1], "archive_cut"),
        (TEXT[: len(TEXT) // 2], "archive_cut"),
    ],
)
def test_what_is_no_program_of_ours_is_said(tmp_path: Path, text: str, code: str):
    (tmp_path / "a.json").write_text(text, "utf-8")
    assert refused(tmp_path / "a.json").code == code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (TEXT.encode("utf-16"), "import_encoding"),
        (TEXT.replace("Li Na", "Lí").replace("\\u00ed", "í").encode("latin-1"), "import_encoding"),
        (b"SQLite format 3\0" + bytes(100), "archive_foreign"),
        (b"PK\x03\x04 not really", "import_unreadable"),
    ],
)
def test_bytes_that_are_no_text_are_refused(tmp_path: Path, data: bytes, code: str):
    (tmp_path / "a.json").write_bytes(data)
    assert refused(tmp_path / "a.json").code == code


def test_what_is_no_plain_file_is_not_opened(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    said = {"pipe": "import_not_a_file", "": "import_folder", "none": "import_missing", "loop": "import_unreadable"}
    for name, code in said.items():
        with pytest.raises(CheckInError, match=code):
            open_archive(tmp_path / name)


def test_a_record_without_an_end_takes_no_more_memory_than_one_may(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("checkin_tui.interchange.archive.as_json.LONGEST_RECORD", 2**20)
    file = tmp_path / "a.json"
    with file.open("w") as stream:
        stream.write(TEXT[: TEXT.index('"name": "Campaign"')] + '"name": "')
        for _ in range(32):
            stream.write("x" * 2**20)
    tracemalloc.start()
    try:
        assert refused(file).code == "archive_broken"
        assert tracemalloc.get_traced_memory()[1] < 12 * 2**20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("size", [1, 7, 64])
def test_where_the_file_is_divided_makes_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int):
    file = written(tmp_path / "a.json", WHOLE)
    whole = list(read_json(file))
    monkeypatch.setattr("checkin_tui.interchange.archive.as_json._CHUNK", size)
    assert list(read_json(file)) == whole


def test_a_workbook_of_others_is_not_taken_for_ours(tmp_path: Path):
    workbook(tmp_path / "a.xlsx", [["code", "name"], ["001", "Li Na"]])
    assert refused(tmp_path / "a.xlsx").code == "archive_foreign"


def test_a_roster_out_of_a_file_that_is_wrong_is_refused_as_well(tmp_path: Path):
    (tmp_path / "a.json").write_text('{"rows": []}', "utf-8")
    with pytest.raises(CheckInError, match="archive_foreign"):
        members_of(tmp_path / "a.json")
