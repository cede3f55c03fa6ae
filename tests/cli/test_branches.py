"""`checkin branch` and `checkin import contacts`."""

from __future__ import annotations

import pytest

XINGHE = {"name": "Xinghe", "contact": "Mara Quill", "phone": "5550101"}
BEISHAN = {"name": "Beishan", "contact": "", "phone": ""}


def test_a_branch_is_given_a_contact(line):
    edited = line("branch", "edit", "Xinghe", "--contact", "Mara Quill", "--phone", "5550101", "--json")
    assert (edited.code, edited.json) == (0, {"branch": XINGHE})
    assert line.json("branch", "list") == {"branches": [BEISHAN, XINGHE]}
    assert "Xinghe   Mara Quill  5550101" in line("branch", "list").out
    assert line("branch", "edit", "Xinghe", "--contact", "Mara Quill").err == "Nothing changed.\n"
    assert line.json("undo")["undone"]["kind"] == "edit"
    assert line.json("branch", "list")["branches"][1]["contact"] == ""


@pytest.mark.parametrize(("call", "said"), [(("Nowhere", "--contact", "X"), "There is no branch Nowhere."),
                                            (("Xinghe",), "Nothing to change")])  # fmt: skip
def test_an_edit_of_nothing_is_refused(line, call, said):
    answer = line("branch", "edit", *call)
    assert answer.code == 2
    assert said in answer.err


def test_contacts_come_from_a_file(line, tmp_path):
    file = tmp_path / "contacts.csv"
    file.write_text("支部,负责人,电话\nXinghe,Mara Quill,5550101\nNowhere,Ned Nil,5\n,Bo Two,\n", "utf-8")
    tried = line("import", "contacts", str(file), "--dry-run")
    assert "dry run" in tried.err
    assert line.json("branch", "list")["branches"][1]["contact"] == ""
    answer = line.json("import", "contacts", str(file))
    assert answer == {
        "new": 0,
        "changed": 1,
        "unchanged": 0,
        "rejected": [{"row": 3, "reason": "There is no branch Nowhere."}, {"row": 4, "reason": "no branch"}],
        "written": True,
    }
    assert line.json("branch", "list") == {"branches": [BEISHAN, XINGHE]}
    assert line.json("undo")["undone"] == {
        "kind": "import",
        "code": None,
        "count": 1,
        "message": "Taken back: import (1).",
    }


def test_a_file_without_one_known_branch_is_refused(line, tmp_path):
    file = tmp_path / "contacts.csv"
    file.write_text("branch,contact\nNowhere,Ned Nil\n", "utf-8")
    answer = line("import", "contacts", str(file))
    assert answer.code == 2
    assert "Row 2: There is no branch Nowhere." in answer.err
    assert "nothing in the file" in answer.err
