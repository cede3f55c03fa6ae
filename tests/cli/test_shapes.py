"""The JSON answers: their keys, their order, and what is null."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cli.conftest import Line
from tests.conftest import at

SESSION = {
    "key": "2026-05-18",
    "date": "2026-05-18",
    "state": "open",
    "kind": "study",
    "topic": "",
    "starts_at": "2026-05-18T14:30:00+08:00",
    "ends_at": "2026-05-18T17:00:00+08:00",
    "late_from": "2026-05-18T14:40:00+08:00",
}


@pytest.fixture
def afternoon(line: Line) -> Line:
    """One on time, one late, one on leave, one not marked."""
    line("mark", "101")
    line.bench.now = at("14:45")
    line("mark", "103")
    line("mark", "104", "--status", "excused", "--reason", "official")
    return line


def test_status(afternoon):
    answer = afternoon.json("status")
    assert answer == {
        "program": "Learning campaign",
        "session": SESSION,
        "counts": {"expected": 4, "present": 1, "late": 1, "excused": 1, "absent": 0, "unmarked": 1, "guests": 0},
        "participation": {
            "attended": 2,
            "expected": 4,
            "percent": 50.0,
            "target": 98,
            "rule": ">",
            "met": False,
            "needed": 2,
            "reachable": False,
        },
        "notes": {"required": 2, "complete": 0, "too_short": 0, "missing": 2},
        "campaign": {
            "sessions_taken": 1,
            "attended": 2,
            "expected": 4,
            "percent": 50.0,
            "met": False,
            "registers_not_taken": [],
            "allowance": -1,
            "best_percent": 97.22,
        },
        "branches": [
            {"name": "Beishan", "expected": 2, "attended": 1, "notes_missing": 1},
            {"name": "Xinghe", "expected": 2, "attended": 1, "notes_missing": 1},
        ],
        "leaders": {"expected": 1, "attended": 1, "percent": 100.0},
    }
    assert list(answer) == [
        "program", "session", "counts", "participation", "notes", "campaign", "branches", "leaders",
    ]  # fmt: skip


def test_what_is_still_possible_and_which_registers_nobody_took(afternoon):
    afternoon("mark", "102")
    afternoon("mark", "104")
    afternoon.bench.now = at("14:20", date(2026, 5, 20))
    answer = afternoon.json("status")["campaign"]
    assert (answer["registers_not_taken"], answer["allowance"], answer["best_percent"]) == (["2026-05-19"], 0, 100.0)
    text = afternoon("status").out
    assert "0 absences still possible for > 98 %" in text
    assert "registers not taken  2026-05-19" in text
    assert "leaders              0/1 · 0.00 %" in text
    assert "2026-05-19" not in afternoon("status", "--session", "2026-05-21").out.partition("not taken")[0]


def test_a_planned_session_has_counts_and_nothing_is_lost_yet(line):
    answer = line.json("status", "--session", "2026-05-19")
    assert answer["session"]["state"] == "planned"
    assert answer["counts"]["unmarked"] == answer["counts"]["expected"] == 4
    assert answer["participation"]["reachable"] is True


def test_nobody_expected_is_no_data(program):
    answer = program.json("status")
    assert answer["participation"]["expected"] == 0
    for key in ("percent", "met", "needed"):
        assert answer["participation"][key] is None
    assert (answer["campaign"]["percent"], answer["campaign"]["met"]) == (None, None)


def test_without_a_session_today_the_session_is_null(line):
    line.bench.now = at("14:20") - 24 * 3_600_000
    answer = line("status", "--json")
    assert answer.code == 0
    assert answer.json["session"] is None
    assert answer.json["branches"] == []
    assert answer.json["counts"]["expected"] == 0


def test_leave_left_out_of_the_rate_stays_in_the_counts(program, tmp_path):
    program("program", "--set", "leave=excluded")
    (tmp_path / "two.csv").write_text("name\nAda One\nBo Two\n", "utf-8")
    program("import", "members", str(tmp_path / "two.csv"))
    program("mark", "Ada One")
    program("mark", "Bo Two", "--status", "excused")
    answer = program.json("status")
    assert (answer["counts"]["expected"], answer["participation"]["expected"]) == (2, 1)
    assert answer["participation"]["met"] is True
    assert "leave is left out" in program("status").out


def test_check_is_a_finding_only_below_the_target(afternoon, program):
    assert afternoon("status", "--check").code == 1
    assert afternoon("status", "--check", "--json").code == 1
    afternoon("mark", "102")
    afternoon("mark", "104")
    assert afternoon("status", "--check").code == 0


def test_missing(afternoon, standard_input):
    standard_input(b"too short")
    afternoon("note", "103")
    afternoon("note", "102", "--paper")
    assert afternoon.json("missing") == {
        "session": SESSION,
        "missing": [
            {
                "code": "103",
                "name": "Wen Xiaoyu",
                "branch": "Beishan",
                "phone": "",
                "status": "late",
                "state": "too_short",
                "chars": 8,
            },
            {
                "code": "101",
                "name": "Mara Quill",
                "branch": "Xinghe",
                "phone": "5550101",
                "status": "present",
                "state": "missing",
                "chars": 0,
            },
        ],
        "without_presence": [{"code": "102", "name": "Tomas Ode"}],
    }


def test_session_list_is_by_key(line):
    sessions = line.json("session", "list")["sessions"]
    assert list(sessions[0]) == ["key", "date", "state", "kind", "topic", "starts_at", "ends_at", "reason"]
    assert [one["key"] for one in sessions] == sorted(one["key"] for one in sessions)
    assert len(sessions) == 9


def test_session_plan_makes_what_is_missing_and_names_what_is_there(line):
    answer = line.json("session", "plan", "2026-05-23", "2026-05-25", "--hours", "09:00-11:00")
    assert answer == {"created": ["2026-05-23"], "existing": ["2026-05-25"]}
    assert line.json("session", "plan", "2026-05-23")["created"] == []
    assert line.json("status", "--session", "2026-05-23")["session"]["starts_at"] == "2026-05-23T09:00:00+08:00"


def test_session_open_and_close(line):
    assert line.json("session", "open") == {"session": SESSION, "unmarked": 4}
    line("mark", "101")
    assert line.json("session", "close") == {"session": {**SESSION, "state": "closed"}, "unmarked": 3}


def test_closing_may_mark_the_rest_absent(line):
    line("mark", "101")
    closed = line("session", "close", "--absent-rest")
    assert "3 people marked absent." in closed.err
    assert line.json("status")["counts"]["absent"] == 3


def test_an_unplanned_date_is_opened_with_a_session_of_its_own(line):
    answer = line.json("session", "open", "2026-05-23")
    assert (answer["session"]["key"], answer["session"]["state"]) == ("2026-05-23", "open")
    second = line.json("session", "open", "2026-05-23.2")
    assert second["session"]["key"] == "2026-05-23.2"


def test_session_edit(line):
    answer = line.json(
        "session", "edit", "2026-05-19", "--topic", "The [b]river[/b]", "--kind", "lecture", "--late-from", "14:50",
        "--audience", "Xinghe", "--presenter", "101",
    )  # fmt: skip
    assert (answer["session"]["topic"], answer["session"]["kind"]) == ("The [b]river[/b]", "lecture")
    assert answer["session"]["late_from"] == "2026-05-19T14:50:00+08:00"
    assert answer["unmarked"] == 2


def test_members_are_by_code(line):
    line("member", "add", "009", "--name", "Ned Nil", "--branch", "Xinghe", "--title", "Clerk", "--left", "2026-06-01")
    people = line.json("members")["members"]
    assert [one["code"] for one in people] == ["009", "101", "102", "103", "104"]
    assert people[0] == {
        "code": "009",
        "name": "Ned Nil",
        "branch": "Xinghe",
        "title": "Clerk",
        "rank": "",
        "leader": False,
        "guest": False,
        "phone": "",
        "joined_on": "2026-05-18",
        "left_on": "2026-06-01",
    }
    assert list(people[0]) == [
        "code", "name", "branch", "title", "rank", "leader", "guest", "phone", "joined_on", "left_on",
    ]  # fmt: skip


def test_history_is_newest_first(afternoon):
    afternoon("undo")
    answer = afternoon.json("history", "104")
    assert answer["member"] == {"code": "104", "name": "Tomas Ode"}
    withdrawn, marked = answer["events"]
    assert marked == {
        "kind": "marked",
        "status": "excused",
        "reason": "official",
        "happened_at": None,
        "recorded_at": "2026-05-18T14:45:00+08:00",
        "operator": "Wang",
        "station": "laptop-1",
        "source": "command",
        "active": False,
    }
    assert (withdrawn["kind"], withdrawn["status"], withdrawn["active"]) == ("withdrawn", None, False)


def test_history_has_the_notes_too(line):
    line("mark", "101")
    line("note", "101", "--paper")
    answer = line.json("history", "101")
    assert [event["kind"] for event in answer["events"]] == ["arrived"]
    (note,) = answer["notes"]
    assert list(note) == ["session", "recorded_at", "operator", "station", "action", "paper", "chars", "active"]
    said = note["session"], note["action"], note["paper"], note["chars"], note["active"]
    assert said == ("2026-05-18", "mark", True, 0, True)
    text = line("history", "101").out
    assert text.index("notebook seen") < text.index("arrived")


def test_undo_goes_back_step_by_step_until_there_is_nothing(line):
    line("session", "open")
    line("program", "--set", "grace=0")
    answer = line.json("undo")["undone"]
    assert answer["kind"] == "edit"
    assert line.json("program")["program"]["grace"] == 10
    assert [line.json("undo")["undone"]["kind"] for _ in range(2)] == ["open", "import"]
    last = line("undo", "--json")
    assert (last.code, last.json) == (2, {"undone": None})
    assert line.json("members") == {"members": []}
    assert line.json("status")["session"]["state"] == "planned"


def test_undo_of_a_mark_names_the_person(line):
    line("mark", "101")
    answer = line.json("undo")["undone"]
    assert answer == {"kind": "mark", "code": "101", "count": 1, "message": "Taken back: mark of 101."}
    assert line.json("status")["counts"]["unmarked"] == 4


def test_people_who_were_marked_are_not_removed_by_undoing_their_import(line):
    line("mark", "101")
    line("undo")
    line("undo")  # the opening of the session
    answer = line("undo", "--json")
    assert (answer.code, answer.json["error"]["code"]) == (2, "undo_has_events")
    assert len(line.json("members")["members"]) == 4


def test_undo_is_only_about_this_station(line):
    line("mark", "101")
    line.station = 2
    assert line.json("undo") == {"undone": None}


def test_init_and_program(empty):
    made = empty.json("init", "Choir", "--from", "2026-05-18", "--to", "2026-05-22", "--zone", "Asia/Shanghai",
                      "--target", ">=97.5", "--holiday", "2026-05-20", "--leave", "excluded")  # fmt: skip
    assert made == {
        "program": {
            "name": "Choir",
            "from": "2026-05-18",
            "to": "2026-05-22",
            "weekdays": "mon-fri",
            "hours": "14:30-17:00",
            "grace": 10,
            "target": ">=97.5",
            "min_note": 50,
            "leave": "excluded",
            "zone": "Asia/Shanghai",
            "holidays": ["2026-05-20"],
            "extra_days": [],
        }
    }
    assert empty.json("program") == made


@pytest.mark.parametrize(
    ("pair", "field", "value"),
    [
        ("name=Evening choir", "name", "Evening choir"),
        ("to=2026-06-05", "to", "2026-06-05"),
        ("weekdays=mon,wed", "weekdays", "mon,wed"),
        ("hours=09:00-11:30", "hours", "09:00-11:30"),
        ("grace=0", "grace", 0),
        ("target=>=90", "target", ">=90"),
        ("min-note=0", "min_note", 0),
        ("leave=excluded", "leave", "excluded"),
        ("zone=Europe/Vienna", "zone", "Europe/Vienna"),
        ("holidays=2026-05-20, 2026-05-21", "holidays", ["2026-05-20", "2026-05-21"]),
        ("extra-days=2026-05-23", "extra_days", ["2026-05-23"]),
    ],
)
def test_every_term_can_be_set(program, pair, field, value):
    assert program.json("program", "--set", pair)["program"][field] == value
    assert program.json("program")["program"][field] == value


def test_where(line):
    answer = line.json("where")
    assert list(answer) == ["database", "settings", "log", "backups"]
    assert answer["database"] == str(line.database)


def test_note(line, standard_input):
    line("mark", "101")
    standard_input("\ufeff".encode() + "读书 笔记\n".encode())
    assert line.json("note", "101") == {"state": "too_short", "paper": False, "chars": 4, "minimum": 50}
    assert line.json("note", "101", "--paper") == {"state": "complete", "paper": True, "chars": 4, "minimum": 50}
    assert line.json("note", "102", "--paper")["state"] == "without_presence"


def test_a_signal_for_the_terminal_is_an_escape_in_json_and_a_picture_in_text(line):
    answer = line("mark", "\x1b]0;boo\x07\u202e", "--json")
    assert "\x1b" not in answer.out + line("mark", "a\u202eb\x9b").err
    topic = line("session", "edit", "2026-05-19", "--topic", "\x1b[31mred")
    assert "\x1b" not in topic.out


def test_undo_of_a_large_import_does_not_hide_what_came_before(program, tmp_path):
    (tmp_path / "many.csv").write_text("name\n" + "".join(f"Person {number}\n" for number in range(80)), "utf-8")
    program("member", "add", "7", "--name", "Ada One")
    program("import", "members", str(tmp_path / "many.csv"))
    assert program.json("undo")["undone"]["count"] == 80
    assert program.json("undo")["undone"] == {
        "kind": "add",
        "code": "7",
        "count": 1,
        "message": "Taken back: adding of 7.",
    }
