"""`checkin import marks`: a paper register comes in, is said to the last cell, and is taken back by one undo."""

from __future__ import annotations

import pytest

from tests.conftest import at

REGISTER = """\
No.,Code,Name,Branch,5/18,Tue 19 May,12/24,Remark
1,101,Mara Quill,Xinghe,√,病假,P,
2,102,Tomas Ode,Xinghe,hm,迟到 14:45,,
3,,Nobody Here,,√,,,
合计,,,,2,1,,
"""


@pytest.fixture
def evening(line):
    line.bench.now = at("18:00")
    return line


@pytest.fixture
def register(tmp_path):
    file = tmp_path / "register.csv"
    file.write_text(REGISTER, "utf-8")
    return str(file)


def test_a_dry_run_says_everything_and_writes_nothing(evening, register):
    before = evening.database.read_bytes()
    answer = evening("import", "marks", register, "--dry-run")
    assert (answer.code, evening.database.read_bytes()) == (0, before)
    assert answer.out.splitlines() == [
        "2 new, 0 changed, 0 unchanged, 4 rejected",
        "2026-05-18: 1 new, 0 changed, 0 unchanged; it would be opened",
        "2026-05-19: 1 new, 0 changed, 0 unchanged",
    ]
    assert answer.err.splitlines() == [
        "Read as UTF-8.",
        "The header is in row 1.",
        "Columns: code = Code, name = Name, branch = Branch, session = 5/18, Tue 19 May, 12/24.",
        "Columns that are not read: No., Remark.",
        "Row 5 was passed over: 合计 2 1",
        "Row 2, 12/24: there is no session 2026-12-24; marks not written: 1",
        "Row 3: hm under 5/18 is not understood. Understood are √ 到 P, 迟到 L, 早退, 假 E (病 事 公), 旷 × A, a time "
        "as 14:25; blank is not marked",
        "Row 3, Tue 19 May: 2026-05-19 is still to come: only leave is entered ahead; marks not written: 1",
        "Row 4: nobody here is called Nobody Here",
        "Nothing was written: this was a dry run.",
    ]


def test_a_script_gets_the_same_and_one_undo_takes_it_back(evening, register):
    answer = evening.json("import", "marks", register)
    assert answer["sessions"] == [
        {"key": "2026-05-18", "new": 1, "changed": 0, "unchanged": 0, "contradicting": 0, "opened": True},
        {"key": "2026-05-19", "new": 1, "changed": 0, "unchanged": 0, "contradicting": 0, "opened": False},
    ]
    assert (answer["new"], answer["written"], [one["row"] for one in answer["rejected"]]) == (2, True, [2, 3, 3, 4])
    again = evening.json("import", "marks", register)
    assert (again["new"], again["unchanged"], again["written"]) == (0, 2, False)
    assert evening.json("undo")["undone"] == {
        "kind": "import", "code": None, "count": 2, "message": "Taken back: import (2)."
    }  # fmt: skip
    assert evening.json("session", "list")["sessions"][0]["state"] == "planned"


def test_what_contradicts_is_told_with_both(evening, tmp_path):
    evening("mark", "101", "--at", "14:35")
    file = tmp_path / "sheet.csv"
    file.write_text("Sheet of 2026-05-18,,\nCode,Name,Signed in\n101,Mara Quill,缺\n", "utf-8")
    answer = evening("import", "marks", str(file))
    assert (answer.code, answer.out.splitlines()[0]) == (0, "0 new, 0 changed, 0 unchanged, 1 contradicting")
    assert answer.err.splitlines() == [
        "Row 3: 101 Mara Quill, 2026-05-18: the file says absent, the program present, 14:35",
        "What contradicts is not written. With --overwrite the file is right.",
    ]
    written = evening.json("import", "marks", str(file), "--overwrite", "--because", "looked it up")
    assert written["contradictions"] == [
        {"row": 3, "key": "2026-05-18", "code": "101", "name": "Mara Quill", "file": "absent",
         "program": "present, 14:35", "written": True}
    ]  # fmt: skip
    assert evening.json("history", "101")["events"][0]["source"] == "import"


def test_a_pasted_list_with_columns_as_last_time(evening, tmp_path, standard_input):
    pasted = b"Who\tThere?\nMara Quill\tyes\nWen Xiaoyu\tno\n"
    standard_input(pasted)
    first = evening.json("import", "marks", "--paste", "--map", "name=Who", "--map", "status=There?")
    assert (first["new"], first["source"]["shape"]) == (2, "day")
    standard_input(pasted)
    again = evening.json("import", "marks", "--paste", "--session", "2026-05-18")
    assert (again["unchanged"], again["source"]["remembered"]) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "--paste"),
        (["{}", "--preset", "moodel"], "moodle, rollcall"),
        (["{}", "--session", "tomorrow"], "tomorrow"),
        (["{}", "--map", "code=Number"], "no column Number"),
        (["missing.csv"], "missing.csv"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(evening, register, arguments, said):
    answer = evening("import", "marks", *(one.format(register) for one in arguments))
    assert (answer.code, said in answer.err) == (2, True)


def test_a_file_that_is_about_nobody_here_is_refused(evening, tmp_path):
    file = tmp_path / "other.csv"
    file.write_text("Name,5/18\nNobody Here,P\n", "utf-8")
    answer = evening("import", "marks", str(file))
    assert answer.code == 2
    assert answer.err.splitlines()[-1] == "There is nothing in the file that could be imported."
    file.write_text("Name,Branch\nMara Quill,Xinghe\n", "utf-8")
    assert "has no marks" in evening("import", "marks", str(file)).err
