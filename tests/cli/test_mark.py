"""`checkin mark`: what it writes, what it says, and how it ends."""

from __future__ import annotations

import sqlite3

import pytest

from tests.cli.conftest import Line
from tests.conftest import at

FIELDS = ["result", "code", "name", "status", "minutes_late", "message"]


def refusals(line: Line) -> list[tuple[str, str]]:
    with sqlite3.connect(line.database) as file:
        return file.execute("SELECT typed, code FROM refused_attempts ORDER BY id").fetchall()


def kinds(line: Line, code: str) -> list[str]:
    return [event["kind"] for event in line.json("history", code)["events"]]


def test_a_mark_is_an_arrival_now(line):
    answer = line("mark", "101")
    assert (answer.code, answer.out) == (0, "present · Mara Quill · Xinghe · 14:20\n")
    assert answer.err == "The session 2026-05-18 is open now.\n"


def test_the_json_has_exactly_its_fields(line):
    assert line.json("mark", "101") == {
        "result": "done",
        "code": "101",
        "name": "Mara Quill",
        "status": "present",
        "minutes_late": None,
        "message": "present · Mara Quill · Xinghe · 14:20",
    }
    for arguments in (["101"], ["999"], ["Tomas Ode"], ["102", "--session", "2026-05-19"]):
        assert list(line.json("mark", *arguments)) == FIELDS


def test_after_the_grace_it_is_late_by_the_clock(line):
    line.bench.now = at("14:42")
    answer = line.json("mark", "101")
    assert (answer["status"], answer["minutes_late"]) == ("late", 12)
    assert answer["message"] == "late 12 min · Mara Quill · Xinghe · 14:42"


def test_somebody_inside_is_already_there_and_that_is_no_failure(line):
    line("mark", "101")
    answer = line("mark", "101")
    assert (answer.code, answer.out) == (0, "Already here since 14:20 (by Wang). Nothing changed.\n")
    assert line.json("mark", "101")["result"] == "already"
    assert kinds(line, "101") == ["arrived"]


def test_the_same_decision_again_is_unchanged_and_no_failure(line):
    line("mark", "101", "--status", "absent")
    answer = line("mark", "101", "--status", "absent", "--json")
    assert (answer.code, answer.json["result"], answer.json["status"]) == (0, "unchanged", "absent")


def test_a_code_nobody_has_is_refused_and_kept(line):
    answer = line("mark", "0101")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "0101 is not a code here. Nobody was marked.\n"
    assert line.json("mark", "0101")["result"] == "unknown"
    assert refusals(line) == [("0101", "unknown")] * 2


def test_a_name_of_two_people_is_ambiguous_and_their_codes_are_told(line):
    answer = line("mark", "Tomas Ode")
    assert answer.code == 2
    assert "Their codes: 102, 104." in answer.err
    assert refusals(line) == [("Tomas Ode", "ambiguous")]
    assert kinds(line, "102") == kinds(line, "104") == []


def test_a_name_of_one_person_does_for_a_code(line):
    assert line.json("mark", "Mara Quill")["code"] == "101"


def test_a_planned_session_of_another_day_is_closed_to_marks_but_not_to_leave(line):
    refused = line("mark", "101", "--session", "2026-05-19", "--json")
    assert (refused.code, refused.json["result"]) == (2, "closed")
    leave = line.json("mark", "101", "--session", "2026-05-19", "--status", "excused", "--reason", "sick")
    assert (leave["result"], leave["status"], leave["message"]) == (
        "done",
        "excused",
        "on leave (sick) · Mara Quill · Xinghe",
    )
    assert line.json("status", "--session", "2026-05-19")["session"]["state"] == "planned"


def test_a_decision_overrides_the_clock_and_may_bring_its_time(line):
    line.bench.now = at("15:00")
    answer = line.json("mark", "101", "--status", "present", "--at", "14:55")
    assert (answer["status"], answer["message"]) == ("present", "present · Mara Quill · Xinghe · 14:55")


def test_an_arrival_at_a_time_to_come_is_refused(line):
    answer = line("mark", "101", "--at", "14:30", "--json")
    assert (answer.code, answer.json["result"]) == (2, "time")
    assert answer.json["message"] == "14:30 is still to come. Nothing changed."


def test_a_leaving_alone_is_only_a_leaving(line):
    line("mark", "101")
    line.bench.now = at("16:31")
    answer = line.json("mark", "101", "--left", "16:30")
    assert (answer["result"], answer["status"]) == ("done", "present")
    assert answer["message"] == "left 16:30 · Mara Quill · Xinghe"
    assert kinds(line, "101") == ["left", "arrived"]


def test_a_leaving_before_the_arrival_is_refused(line):
    line("mark", "101")
    answer = line("mark", "101", "--left", "14:10", "--json")
    assert (answer.code, answer.json["result"]) == (2, "time")


def test_correcting_replaces_the_times(line):
    line.bench.now = at("16:40")
    line("mark", "101", "--at", "14:50", "--left", "16:30")
    assert line.json("mark", "101", "--correct", "--at", "14:35")["status"] == "present"
    answer = line.json("mark", "101", "--correct", "--left", "16:20")
    assert answer["message"] == "left 16:20 · Mara Quill · Xinghe"
    active = [one for one in line.json("history", "101")["events"] if one["active"]]
    assert [(one["kind"], one["happened_at"][11:16]) for one in active] == [("left", "16:20"), ("arrived", "14:35")]


def test_on_another_date_or_after_the_end_the_time_is_not_known(line):
    line.bench.now = at("17:10")
    line("session", "open")
    answer = line.json("mark", "101")
    assert (answer["status"], answer["message"]) == ("present", "present · Mara Quill · Xinghe")
    assert line.json("history", "101")["events"][0]["happened_at"] is None


def test_a_closed_register_is_corrected_only_with_a_reason(line):
    line("mark", "101")
    line("session", "close")
    for extra in ([], ["--correct"]):
        refused = line("mark", "102", *extra, "--json")
        assert (refused.code, refused.json["result"]) == (2, "closed")
    answer = line("mark", "102", "--correct", "--because", "the list was on paper", "--json")
    assert (answer.code, answer.json["result"]) == (0, "done")
    assert "because: the list was on paper" in line("history", "102").out


def test_somebody_not_expected_comes_in_only_as_a_guest(line):
    line("session", "edit", "--audience", "leaders")
    refused = line("mark", "103", "--json")
    assert (refused.code, refused.json["result"]) == (2, "not_expected")
    assert line.json("mark", "103", "--guest")["result"] == "done"
    counts = line.json("status")["counts"]
    assert (counts["guests"], counts["expected"], counts["present"]) == (1, 1, 0)


@pytest.mark.parametrize(
    "options",
    [
        ["--status", "excused", "--at", "14:20"],
        ["--status", "absent", "--at", "14:20"],
        ["--status", "absent", "--left", "14:20"],
        ["--status", "present", "--reason", "sick"],
        ["--reason", "sick"],
        ["--because", "no reason"],
        ["--status", "asleep"],
        ["--at", "25:00"],
    ],
)
def test_options_that_contradict_each_other_are_wrong_usage(line, options):
    answer = line("mark", "101", *options)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.count("\n") == 1
    assert kinds(line, "101") == []


def test_without_a_session_today_nobody_is_marked(line):
    line.bench.now = at("14:20") - 24 * 3_600_000  # Sunday
    answer = line("mark", "101", "--json")
    assert answer.code == 2
    assert answer.json["error"]["code"] == "no_session"
