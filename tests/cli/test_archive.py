"""`checkin export program` and `checkin import program`: the commands, their answers and their refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Line
from tests.conftest import Bench


@pytest.fixture
def other(line: Line, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    """Another laptop, with no database yet."""
    bench = Bench(now=line.bench.now, count=10**6)
    found = Line(tmp_path / "other", tmp_path / "other.db", bench, capsys)
    found.station = 2
    return found


@pytest.mark.parametrize("name", ["all.json", "all.xlsx"])
def test_a_program_goes_out_and_into_a_new_database(line: Line, other: Line, tmp_path: Path, name: str):
    line("mark", "101")
    line("mark", "104", "--status", "excused", "--reason", "sick")
    file = str(tmp_path / name)
    out = line("export", "program", file)
    assert (out.code, out.out) == (0, f"{file}: 39 records.\n")
    assert "notes are in it" in out.err
    came = other("import", "program", file)
    assert (came.code, came.err) == (0, "")
    assert came.out == "Learning campaign: 4 people, 9 sessions, 2 events, 0 versions of notes.\n"
    assert other.json("status") == line.json("status")
    assert other.json("history", "104") == line.json("history", "104")
    assert other("export", "program", str(tmp_path / "again.json")).code == 0
    line("export", "program", str(tmp_path / "first.json"))
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "first.json").read_bytes()
    assert other("doctor").out.count("✗") == 0


def test_a_dry_run_makes_nothing(line: Line, other: Line, tmp_path: Path):
    file = str(tmp_path / "all.json")
    line("export", "program", file)
    said = other.json("import", "program", file, "--dry-run")
    assert (said["name"], said["written"], said["counts"]["members"]) == ("Learning campaign", False, 4)
    assert not other.database.exists()
    assert line("import", "program", file, "--dry-run").code == 2


def test_a_database_with_a_program_takes_no_other(line: Line, tmp_path: Path):
    file = tmp_path / "all.json"
    assert line.json("export", "program", str(file)) == {"file": str(file), "format": "json", "rows": 36}
    before = line("members").out
    refused = line("import", "program", str(file))
    assert (refused.code, "already has a program" in refused.err) == (2, True)
    assert line("members").out == before
    assert line("export", "program", str(file)).code == 2  # it is there


def test_a_file_that_is_wrong_makes_no_database(line: Line, other: Line, tmp_path: Path):
    file = tmp_path / "all.json"
    line("export", "program", str(file))
    document = json.loads(file.read_text("utf-8"))
    document["memberships"][1]["code"] = "999"
    file.write_text(json.dumps(document, indent=0), "utf-8")
    refused = other("import", "program", str(file))
    assert refused.code == 2
    assert f"{file}, memberships, line" in refused.err
    assert "code is 999, which is not there before it" in refused.err
    assert not other.database.exists()


def test_its_members_come_into_another_program(line: Line, other: Line, tmp_path: Path):
    file = str(tmp_path / "all.json")
    line("export", "program", file)
    other("init", "Autumn", "--from", "2026-09-07", "--to", "2026-09-11", "--zone", "Asia/Shanghai")
    assert other.json("import", "members", file)["new"] == 4
    assert [one["name"] for one in other.json("members")["members"]] == [
        "Mara Quill",
        "Tomas Ode",
        "Wen Xiaoyu",
        "Tomas Ode",
    ]
