"""`checkin import members`: what is said before and after, the answers, and the columns as last time."""

from __future__ import annotations

import openpyxl
import pytest

FILE = """\
Code,Name,Branch,Phone
101,Mara Quill,Xinghe,5550199
,Tomas Ode,Clinic,
105,Ned Nil,Beishan,
Total,,3,
103,,Beishan,
"""


@pytest.fixture
def newer(tmp_path):
    """A newer roster: one changed, one doubtful, one new, a line of totals, one without a name."""
    file = tmp_path / "newer.csv"
    file.write_text(FILE, "utf-8")
    return str(file)


def test_a_dry_run_says_all_of_it_field_by_field_and_writes_nothing(line, newer):
    before = line.database.read_bytes()
    answer = line("import", "members", newer, "--dry-run")
    assert (answer.code, line.database.read_bytes()) == (0, before)
    assert answer.out.splitlines() == [
        "1 new, 1 changed, 0 unchanged, 1 doubtful, 1 rejected",
        "Without a date in the file it is from 2026-05-18 on.",
        "Row 2: 101 Mara Quill: phone: 5550101 → 5550199",
    ]
    assert answer.err.splitlines() == [
        "Read as UTF-8.",
        "The header is in row 1.",
        "Columns: code = Code, name = Name, branch = Branch, phone = Phone.",
        "Row 5 was passed over: Total 3",
        "Row 6: no name",
        "Row 3: Tomas Ode: somebody of that name is in another branch: "
        "102 Tomas Ode (Xinghe) or 104 Tomas Ode (Beishan)",
        "Doubtful rows are not written. Say who they are with --same ROW=CODE or --new ROW.",
        "Nothing was written: this was a dry run.",
    ]


def test_a_script_gets_the_same(line, newer):
    answer = line.json("import", "members", newer, "--dry-run")
    ode = [
        {"code": code, "name": "Tomas Ode", "branch": branch}
        for code, branch in (("102", "Xinghe"), ("104", "Beishan"))
    ]
    assert answer == {
        "new": 1,
        "changed": 1,
        "unchanged": 0,
        "rejected": [{"row": 6, "reason": "no name"}],
        "written": False,
        "doubtful": [
            {
                "row": 3,
                "name": "Tomas Ode",
                "reason": "somebody of that name is in another branch",
                "candidates": ode,
            }
        ],
        "gone": [],
        "ended": 0,
        "last_day": None,
        "kept": [],
        "renamed": [],
        "new_branches": [],
        "rosters": [],
        "elsewhere": [],
        "passed": [{"row": 5, "text": "Total 3"}],
        "source": {
            "sheets": [],
            "encoding": "utf-8",
            "preset": None,
            "header_row": 1,
            "mapping": {"code": "Code", "name": "Name", "branch": "Branch", "phone": "Phone"},
            "remembered": False,
            "hidden_rows": [],
            "hidden_sheets": [],
            "unread_sheets": [],
        },
        "lines": [
            {
                "row": 2,
                "result": "changed",
                "code": "101",
                "name": "Mara Quill",
                "changes": [{"field": "phone", "before": "5550101", "after": "5550199"}],
            }
        ],
    }
    written = line.json("import", "members", newer)
    assert written == {**{key: value for key, value in answer.items() if key != "lines"}, "written": True}


def test_answers_are_given_by_row(line, newer):
    answer = line.json("import", "members", newer, "--same", "3=104", "--end-missing")
    assert (answer["changed"], answer["doubtful"]) == (2, [])
    assert [one["code"] for one in answer["gone"]] == ["102"]
    assert (answer["ended"], answer["last_day"]) == (1, "2026-05-17")
    people = {one["code"]: one for one in line.json("members")["members"]}
    assert people["104"]["branch"] == "Clinic"
    assert line.json("undo")["undone"]["kind"] == "import"
    assert line("import", "members", newer, "--new", "3", "--end-missing").err.splitlines()[-3:] == [
        "2 members are not in the file: 2026-05-17 is their last day.",
        "  102 Tomas Ode (Xinghe)",
        "  104 Tomas Ode (Beishan)",
    ]


def test_who_is_gone_is_only_said_without_being_asked_for(line, tmp_path):
    file = tmp_path / "fewer.csv"
    file.write_text("code,name,branch\n101,Mara Quill,Xinghe\n", "utf-8")
    answer = line("import", "members", str(file), "--dry-run")
    assert answer.err.splitlines()[-4:] == [
        "1 member is not in the file: nothing is changed about them; --end-missing makes 2026-05-17 their last day.",
        "  102 Tomas Ode (Xinghe)",
        "Branches not in the file: Beishan (2)",
        "Nothing was written: this was a dry run.",
    ]
    ended = line.json("import", "members", str(file), "--end-missing", "--end-on", "2026-05-20")
    assert (ended["ended"], ended["last_day"]) == (1, "2026-05-20")


def test_columns_that_were_given_are_taken_as_last_time(line, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("Naam,Dorp\nAda One,North\n", "utf-8")
    command = ("import", "members", str(file))
    assert line(*command).code == 2
    assert line(*command, "--map", "name=Naam", "--map", "branch=Dorp", "--dry-run").code == 0
    assert line(*command).code == 2, "a dry run remembers nothing"
    assert line(*command, "--map", "name=Naam", "--map", "branch=Dorp").code == 0
    file.write_text("Naam,Dorp\nAda One,North\nBo Two,South\n", "utf-8")
    answer = line(*command)
    assert answer.out == "1 new, 0 changed, 1 unchanged\n"
    assert answer.err == "Columns as last time: name = Naam, branch = Dorp.\nNew branches: South\n"
    assert line.json(*command)["source"]["remembered"] is True
    once = line.json(*command, "--map", "name=Naam", "--map", "branch=Dorp", "--forget-map")
    assert (once["unchanged"], once["source"]["remembered"]) == (2, False)
    assert line(*command).code == 2


def test_columns_as_last_time_go_before_the_words(line, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("name,nickname\nAda One,Ada\n", "utf-8")
    line("import", "members", str(file), "--map", "name=nickname")
    assert line.json("import", "members", str(file), "--dry-run")["unchanged"] == 1


def test_a_list_may_be_pasted(line, standard_input):
    standard_input(b"Name\tBranch\nAda One\tNorth\nBo Two\tNorth\n")
    assert line.json("import", "members", "--paste")["new"] == 2
    standard_input("Cy Three、Di Four".encode())
    assert line.json("import", "members", "--paste")["new"] == 2
    standard_input("姓名\n王伟\n".encode("gb18030"))
    assert line("import", "members", "--paste").code == 2
    standard_input("姓名\n王伟\n".encode("gb18030"))
    assert line.json("import", "members", "--paste", "--encoding", "gb18030")["new"] == 1


def test_all_sheets_come_with_their_names_as_branches_and_rows_say_of_which_they_are(line, tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "North"
    for name in ("Name", "Ada One", "Tomas Ode"):
        book.active.append([name])
    south = book.create_sheet("South!")
    for row in (["Name", "Joined"], ["Tomas Ode", "soon"], ["Tomas Ode", None]):
        south.append(row)
    book.create_sheet("Old").sheet_state = "hidden"
    book.save(tmp_path / "people.xlsx")
    answer = line("import", "members", str(tmp_path / "people.xlsx"), "--all-sheets", "--new", "South!!3")
    assert answer.out == "2 new, 0 changed, 0 unchanged, 1 doubtful, 1 rejected\n"
    assert "Row 3 of North: Tomas Ode: somebody of that name is in another branch" in answer.err
    assert "Row 2 of South!: soon is not a date" in answer.err
    assert "Hidden sheets were not read: Old\n" in answer.err
    again = line.json("import", "members", str(tmp_path / "people.xlsx"), "--all-sheets", "--dry-run")
    assert again["doubtful"][0]["sheet"] == "North"
    assert again["source"]["hidden_sheets"] == ["Old"]


def test_a_changed_name_is_said_after_the_import_too(line, tmp_path):
    file = tmp_path / "names.csv"
    file.write_text("code,name,branch\n101,Mara Quill-Ode,XINGHE\n103,Somebody Else,Beishan\n", "utf-8")
    answer = line("import", "members", str(file))
    assert answer.out == "0 new, 1 changed, 0 unchanged, 1 doubtful\n"
    assert "Row 2: 101 Mara Quill → Mara Quill-Ode\n" in answer.err
    assert "Row 3: Somebody Else: the code is that of somebody of another name: 103 Wen Xiaoyu (Beishan)" in answer.err
    line("undo")
    renamed = [{"row": 2, "code": "101", "before": "Mara Quill", "after": "Mara Quill-Ode"}]
    assert line.json("import", "members", str(file), "--dry-run")["renamed"] == renamed
    assert line.json("import", "members", str(file))["renamed"] == renamed


def test_nobody_is_ended_by_a_file_of_a_few_or_with_sheets_that_were_not_read(line, tmp_path):
    file = tmp_path / "few.csv"
    file.write_text("code,name\n101,Mara Quill\n", "utf-8")
    for more in ([], ["--dry-run"]):
        answer = line("import", "members", str(file), "--end-missing", *more)
        assert (answer.code, answer.out) == (2, "")
        assert answer.err.startswith("Only 1 of 4 members are in the file.")
    named = line.json("import", "members", str(file), "--end-missing", "--end-on", "2026-05-20")
    assert (named["ended"], named["last_day"]) == (3, "2026-05-20")
    line("undo")
    book = openpyxl.Workbook()
    other = book.create_sheet("South")
    for sheet in (book.active, other):
        sheet.append(["code", "name"])
    for row in (("101", "Mara Quill"), ("102", "Tomas Ode"), ("103", "Wen Xiaoyu")):
        book.active.append(row)
    other.append(["104", "Tomas Ode"])
    book.save(tmp_path / "two.xlsx")
    answer = line("import", "members", str(tmp_path / "two.xlsx"), "--end-missing")
    assert (answer.code, answer.out) == (2, "")
    assert "South" in answer.err


def test_a_hundred_lines_of_a_kind_are_not_all_said(line, tmp_path):
    file = tmp_path / "many.csv"
    file.write_text("code,name\n" + "".join(f"{number},\n" for number in range(200, 260)), "utf-8")
    answer = line("import", "members", str(file))
    assert (answer.code, answer.err.count("no name")) == (2, 20)
    assert "… and 40 more\n" in answer.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--same", "3"], "3 is no answer. It is written 12=0034 (row, code), with several sheets SHEET!12=0034.\n"),
        (["--new", "x"], "x is no answer. It is written 12=0034 (row, code), with several sheets SHEET!12=0034.\n"),
        (["--same", "3=999"], "Nobody has the code 999. Nothing was written.\n"),
        (["--same", "3=erased-1"], "erased-1 was erased on purpose: nothing more is written about this person.\n"),
        (["--new", "9"], "There is nobody in row 9 to whom an answer could belong. Nothing was written.\n"),
        (["--new", "3", "--same", "3=104"], "There are two answers for row 3. Nothing was written.\n"),
    ],
)
def test_an_answer_that_fits_nothing_is_one_sentence(line, newer, options, said):
    before = line.database.read_bytes()
    answer = line("import", "members", newer, *options)
    assert (answer.code, answer.out, answer.err) == (2, "", said)
    assert line.database.read_bytes() == before


@pytest.mark.parametrize(
    "options",
    [
        ["--paste"],
        ["--end-on", "2026-05-20"],
        ["--all-sheets", "--sheet", "One"],
        ["--end-missing", "--end-on", "soon"],
    ],
)
def test_options_that_do_not_go_together_are_refused(line, newer, options):
    answer = line("import", "members", newer, *options)
    assert (answer.code, answer.out) == (2, "")
    assert line("import", "members").code == 2
