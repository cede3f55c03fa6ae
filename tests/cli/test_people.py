"""Importing people, adding and editing them, and their notes."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from tests.conftest import at


def test_a_dry_run_counts_and_writes_nothing(program, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("name,branch\nAda One,North\nBo Two,South\n", "utf-8")
    answer = program.json("import", "members", str(file), "--dry-run")
    assert answer.items() >= {"new": 2, "changed": 0, "unchanged": 0, "rejected": [], "written": False}.items()
    assert program.json("members")["members"] == []


def test_rejected_rows_do_not_stop_the_rest_and_come_in_the_order_of_the_file(program, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text(
        "code,name,branch,joined,left\n"
        "1,Ada One,North,,\n"
        "1,Bo Two,North,,\n"
        "2,,North,,\n"
        ",Cy Three,North,,2026-05-01\n"  # leaves before the day a blank `joined` becomes: only the program knows
        "3,Di Four,North,soon,\n",
        "utf-8",
    )
    answer = program("import", "members", str(file), "--json")
    assert answer.code == 0
    assert answer.json["new"] == 1
    assert [row["row"] for row in answer.json["rejected"]] == [3, 4, 5, 6]
    assert answer.json["rejected"][0]["reason"] == "the code 1 is already in row 2"
    assert answer.json["written"] is True
    assert "Row 4: no name" in program("import", "members", str(file)).err


def test_nothing_usable_is_refused_with_its_rows(program, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("code,name\n7,\n", "utf-8")
    answer = program("import", "members", str(file), "--json")
    assert answer.code == 2
    told = {"new": 0, "changed": 0, "unchanged": 0, "rejected": [{"row": 2, "reason": "no name"}], "written": False}
    assert answer.json.items() >= told.items()


def test_a_column_is_found_by_the_header_given(program, tmp_path):
    file = tmp_path / "people.tsv"
    file.write_text("Naam\tDorp\nAda One\tNorth\n", "utf-8")
    assert program("import", "members", str(file)).code == 2
    assert program("import", "members", str(file), "--map", "name=Naam", "--map", "branch=Dorp").code == 0
    assert program.json("members")["members"][0]["branch"] == "North"


def test_the_encoding_may_be_named(program, tmp_path):
    file = tmp_path / "people.csv"
    file.write_bytes("name\nJosé\n".encode("latin-1"))
    program("import", "members", str(file), "--encoding", "latin-1")
    assert program.json("members")["members"][0]["name"] == "José"


@pytest.mark.parametrize("options", [["--encoding", "morse"], ["--sheet", "Two"], ["--map", "shoe=Size"]])
def test_wrong_options_are_one_sentence(program, tmp_path, options):
    file = tmp_path / "people.csv"
    file.write_text("name\nAda One\n", "utf-8")
    answer = program("import", "members", str(file), *options)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.count("\n") == 1
    assert "Refused" not in answer.err


def test_importing_again_is_unchanged_and_one_undo_takes_it_all_back(line, tmp_path):
    answer = line.json("import", "members", str(tmp_path / "people.csv"))
    assert (answer["new"], answer["unchanged"]) == (0, 4)
    assert line.json("undo")["undone"]["kind"] == "import"
    assert line.json("members")["members"] == []


def test_a_person_without_a_code_gets_one(line):
    added = line("member", "add", "--name", "Ned Nil", "--branch", "Xinghe", "--json")
    assert added.code == 0
    assert added.json["member"]["code"].isdigit()


def test_a_code_in_use_is_refused(line):
    answer = line("member", "add", "101", "--name", "Ned Nil", "--json")
    assert answer.code == 2
    assert answer.json["error"] == {"code": "code_taken", "message": "The code 101 belongs to Mara Quill."}


def test_a_transfer_leaves_the_past_where_it_was(line):
    line("member", "edit", "101", "--branch", "Beishan", "--from", "2026-05-20")
    before = line.json("status", "--session", "2026-05-19")["branches"]
    after = line.json("status", "--session", "2026-05-20")["branches"]
    assert [one["expected"] for one in before] == [2, 2]
    assert [(one["name"], one["expected"]) for one in after] == [("Beishan", 3), ("Xinghe", 1)]


def test_a_last_day_is_set_and_taken_away_again(line):
    assert line.json("member", "edit", "101", "--left", "2026-05-20")["member"]["left_on"] == "2026-05-20"
    assert line.json("status", "--session", "2026-05-21")["counts"]["expected"] == 3
    assert line.json("member", "edit", "101", "--left", "none")["member"]["left_on"] is None


@pytest.mark.parametrize(
    "arguments",
    [
        ["member", "edit", "101"],
        ["member", "edit", "101", "--from", "2026-05-20"],
        ["member", "edit", "999", "--name", "Nobody"],
        ["member", "add", "--branch", "Xinghe"],
        ["member", "add", "--name", " "],
        ["member", "add", "--name", "Ned", "--from", "2026-05-20", "--joined", "2026-05-21"],
        ["session", "edit"],
        ["session", "edit", "--audience", "all", "--audience", "Xinghe"],
        ["session", "edit", "--audience", "Atlantis"],
        ["session", "edit", "--late-from", "14:00"],
        ["session", "open", "2026-05-18.7"],
        ["session", "close", "2026-05-19"],
        ["program", "--set", "colour=red"],
        ["program", "--set", "leave=maybe"],
        ["program", "--set", "grace=-1"],
        ["program", "--set", "to=2026-01-01"],
        ["history", "999"],
        ["status", "--session", "2026-02-30"],
        ["status", "--session", "2027-01-01"],
        ["keys", "--test"],
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(line, arguments):
    before = line.database.read_bytes()
    answer = line(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.count("\n") == 1
    assert "Refused" not in answer.err
    assert line.database.read_bytes() == before


def test_a_row_whose_code_would_become_another_is_rejected(line, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("code,name\n1\x0201,Somebody Else\n\u202d105\u202c,Bo Two\n", "utf-8")
    answer = line.json("import", "members", str(file))
    reason = "the code holds characters that cannot be seen: type it anew"
    assert (answer["new"], answer["changed"], answer["rejected"]) == (1, 0, [{"row": 2, "reason": reason}])
    assert [one["name"] for one in line.json("members")["members"]][::4] == ["Mara Quill", "Bo Two"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["mark", "1\udcff01"],
        ["history", "1\udcff01"],
        ["erase", "\udcff101\udcff", "--yes"],
        ["member", "add", "1\udcff01", "--name", "Bo"],
        ["member", "edit", "101", "--name", "B\udcffo"],
        ["branch", "Xinghe", "--contact", "\udcff"],
        ["session", "open", "2026-05-18\udcff"],
        ["program", "--set", "name=\udcff"],
        ["import", "members", "\udcff.csv"],
        ["--db", "\udcff"],
    ],
)
def test_bytes_that_are_no_text_stop_a_command_before_it_begins(line, arguments):
    """What is left of a code without them would be somebody else's."""
    before = line.database.read_bytes()
    answer = line(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "What was typed holds bytes that are no text. Nothing was changed.\n"
    assert line.json(*arguments)["error"]["code"] == "not_text"
    assert line.database.read_bytes() == before


@pytest.mark.parametrize("arguments", [["mark"], ["history"], ["note", "--paper"], ["erase", "--yes"]])
def test_a_code_that_cleaning_would_make_another_is_nobodys(line, arguments):
    before = line.database.read_bytes()
    for odd in ("1\x0201", "1\u200b01", "\u202e101\u202c"):
        assert line.json(*arguments, odd)["error"]["code"] == "code_odd"
    assert line("member", "add", "1\x0205", "--name", "Bo").code == 2
    assert line.database.read_bytes() == before


def test_a_note_needs_a_session_that_was_opened(line, standard_input):
    standard_input(b"A note ahead of time")
    answer = line("note", "101", "--json")
    assert answer.code == 2
    assert answer.json["error"]["code"] == "closed"


def test_a_note_can_be_written_after_closing_and_twice_is_once(line, standard_input):
    line("mark", "101")
    line("session", "close")
    for _ in range(2):
        standard_input(("word " * 20).encode())
        answer = line("note", "101")
        assert (answer.code, answer.out) == (0, "complete · 80 characters, at least 50\n")
    assert answer.err == "Nothing changed.\n"
    assert line.json("undo")["undone"]["kind"] == "note"
    assert line.json("undo")["undone"]["kind"] == "close"


def test_an_endless_note_is_refused_before_all_of_it_was_read(line, monkeypatch):
    class Endless:
        def read(self, size=-1):
            assert 0 < size < 2_000_000, "it never ends"
            return bytes(size)

    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=Endless(), isatty=lambda: False))
    line("mark", "101")
    answer = line("note", "101")
    assert (answer.code, answer.err) == (2, "That is more than a note may hold. Nothing changed.\n")
    assert line.json("missing")["missing"][0]["chars"] == 0


@pytest.mark.parametrize("data", [b"", b"  \n", b"\xff\xfe\x00n"])
def test_an_empty_or_unreadable_note_never_replaces_one(line, standard_input, data):
    line("mark", "101")
    standard_input(b"A first note")
    line("note", "101")
    standard_input(data)
    answer = line("note", "101")
    assert (answer.code, answer.out) == (2, "")
    assert line.json("missing")["missing"][0]["chars"] == len("Afirstnote")


def test_with_paper_standard_input_is_left_alone(line, standard_input):
    line("mark", "101")
    standard_input(b"102\n103\n")
    line("note", "101", "--paper")

    assert sys.stdin.buffer.read() == b"102\n103\n"


def test_columns_line_up_by_cells(line):
    line("member", "add", "105", "--name", "欧阳小明", "--branch", "Xinghe")
    from rich.cells import cell_len

    rows = line("members").out.splitlines()
    starts = {cell_len(row[: row.index(branch)]) for row in rows for branch in ("Xinghe", "Beishan") if branch in row}
    assert len(starts) == 1


def test_a_late_person_stays_late_when_the_program_changes(line):
    line.bench.now = at("14:45")
    line("mark", "101")
    line("program", "--set", "grace=30")
    assert line.json("status")["counts"]["late"] == 1
    assert line.json("status", "--session", "2026-05-19")["session"]["late_from"] == "2026-05-19T15:00:00+08:00"
