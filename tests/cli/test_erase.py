"""`checkin erase CODE`: says what would go, asks, and afterwards nothing names the person."""

from __future__ import annotations

import pytest

from checkin_tui.cli import asking


@pytest.fixture
def told(line):
    """The line, after Mara (101) was marked and has a note, and somebody typed her name."""
    line("mark", "101")
    line("mark", "Mara Quil")
    return line


@pytest.fixture
def at_a_terminal(monkeypatch):
    """Somebody sits there and types."""
    monkeypatch.setattr(asking, "somebody_there", lambda: True)

    def types(text):
        monkeypatch.setattr("click.termui.visible_prompt_func", lambda _prompt: text)

    return types


def test_without_a_terminal_it_says_what_would_go_and_does_nothing(told):
    answer = told("erase", "101")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("101 · Mara Quill · Xinghe\nWould be erased: name, code,")
    assert answer.err.splitlines()[-1].startswith("Nothing was erased: ")
    assert answer.err.endswith("Add --yes to erase.\n")
    assert "Erased" not in answer.err
    assert "Mara Quill" in told("members").out


def test_as_json_it_says_what_would_go_and_does_nothing(told):
    refused = told("erase", "101", "--json")
    assert (refused.code, refused.json["error"]["code"]) == (2, "erase_unasked")
    assert refused.json["error"]["message"].startswith("Nothing was erased: ")
    assert "Mara Quill" in told("members").out
    done = told.json("erase", "101", "--yes")
    assert refused.json["would_erase"] | {"code": "erased-1", "rewritten": True} == done


def test_a_no_changes_nothing(told, at_a_terminal):
    at_a_terminal("n")
    answer = told("erase", "101")
    assert answer.code == 2
    assert answer.err.endswith("Nothing was erased.\n")
    assert "Mara Quill" in told("members").out


def test_a_yes_erases(told, at_a_terminal):
    at_a_terminal("y")
    answer = told("erase", "Mara Quill")
    assert answer.code == 0
    assert "The person is called erased-1 from now on." in answer.err
    assert "Would be erased: name" in answer.err
    assert answer.err.count("-import.db") <= 1, "the backups are listed once"
    assert "Mara" not in told("members").out


def test_with_yes_nothing_is_asked_and_the_figures_stay(told):
    before = told.json("status")
    done = told.json("erase", "101", "--yes")
    assert done == {
        "code": "erased-1", "marks": 1, "notes": 0, "chars": 0, "refused": 0, "changes": 1, "reasons": 0,
        "still_named": {"notes": 0, "topics": 0, "notes_of": [], "topics_of": []}, "last_day": "2026-05-18",
        "rewritten": True, "backups": done["backups"], "copies": [],
    }  # fmt: skip
    after = told.json("status")
    assert {**after, "campaign": None} == {**before, "campaign": None}
    member = next(one for one in told.json("members")["members"] if one["code"] == "erased-1")
    assert (member["name"], member["phone"], member["title"]) == ("erased person", "", "")
    history = told.json("history", "erased-1")
    assert history["member"] == {"code": "erased-1", "name": "erased person"}
    assert [step["kind"] for step in history["events"]] == ["arrived"]


def test_once_more_changes_nothing(told):
    told("erase", "101", "--yes")
    again = told("erase", "erased-1")
    assert again.code == 0
    assert again.err.startswith("erased-1 was erased already.\n")
    assert told("erase", "101", "--yes").code == 2


def test_where_the_person_stays_named_and_what_still_holds_them_is_said_once(told, standard_input, at_a_terminal):
    standard_input(b"what Mara Quill said")
    told("mark", "102")
    assert told("note", "102").code == 0
    backup = told.json("backup")["backup"]
    aside = told.database.with_name(told.database.name + ".damaged-2026-05-18T080000Z")
    aside.write_text("Mara Quill")
    asked = told.json("erase", "101")["would_erase"]
    assert asked["still_named"]["notes_of"] == [{"session": "2026-05-18", "code": "102"}]
    at_a_terminal("y")
    said = told("erase", "101").err
    assert "\n  the note of 102 at 2026-05-18\n" in said
    assert [said.count(str(path)) for path in (backup, aside)] == [1, 1]
    assert said.endswith("The 2 copies listed above still hold the person.\n")
    again = told("erase", "erased-1").err
    assert [again.count(str(path)) for path in (backup, aside)] == [1, 1]
