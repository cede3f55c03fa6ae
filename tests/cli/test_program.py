"""`checkin program` and `checkin session`: planning, cancelling, previews, China's calendar."""

from __future__ import annotations


def test_a_session_is_cancelled_and_held_after_all(line):
    answer = line.json("session", "cancel", "2026-05-19", "--because", "storm")
    assert (answer["session"]["state"], answer["unmarked"]) == ("cancelled", 4)
    assert line("session", "cancel", "2026-05-19").code == 2
    assert "cancelled" in line("session", "list").out
    assert [one["reason"] for one in line.json("session", "list")["sessions"]].count("storm") == 1
    assert line("session", "list").out.splitlines()[0].split()[-1] == "reason"
    assert line.json("session", "cancel", "2026-05-19", "--restore")["session"]["state"] == "planned"
    assert "reason" not in line("session", "list").out


def test_a_session_somebody_was_marked_at_is_not_cancelled(line):
    line("mark", "101")
    answer = line("session", "cancel", "2026-05-18")
    assert answer.code == 2
    assert "Somebody was marked at 2026-05-18" in answer.err


def test_one_more_session_on_a_day_needs_hours_of_its_own(line):
    refused = line("session", "plan", "2026-05-19", "--again")
    assert refused.code == 2
    assert "overlap those of 2026-05-19, 14:30-17:00" in refused.err
    answer = line.json("session", "plan", "2026-05-19", "--again", "--hours", "18:00-19:30")
    assert answer == {"created": ["2026-05-19.2"], "existing": []}
    assert line("session", "plan", "--again").code == 2


def test_the_hours_of_a_planned_session_are_edited(line):
    answer = line.json("session", "edit", "2026-05-19", "--hours", "18:00-19:30")
    assert answer["session"]["late_from"] == "2026-05-19T18:10:00+08:00"
    line("session", "open", "2026-05-19")
    assert line("session", "edit", "2026-05-19", "--hours", "18:00-19:30").code == 2


def test_a_preview_says_what_would_change_and_writes_nothing(line):
    before = line.json("program")
    line("session", "open", "2026-05-18")
    terms = ("--set", "grace=5", "--set", "to=2026-05-29", "--set", "holidays=2026-05-20")
    answer = line.json("program", *terms, "--preview")
    assert answer["program"] == before["program"] == line.json("program")["program"]
    assert answer["preview"]["terms"] == [
        {"key": "to", "before": "2026-05-28", "after": "2026-05-29"},
        {"key": "grace", "before": "10", "after": "5"},
        {"key": "holidays", "before": "", "after": "2026-05-20"},
    ]
    assert answer["preview"]["sessions"][0] == {
        "key": "2026-05-19",
        "changes": [
            {"key": "late_from", "before": "14:40", "after": "14:35"},
            {"key": "grace", "before": "10", "after": "5"},
        ],
    }
    rest = {key: answer["preview"][key] for key in ("missing", "outside", "kept")}
    assert rest == {"missing": ["2026-05-29"], "outside": ["2026-05-20"], "kept": 1}
    shown = line("program", "--set", "grace=5", "--preview").out
    assert "grace" in shown
    assert "late-from 14:40 -> 14:35; grace 10 -> 5" in shown


def test_chinas_calendar_is_added_within_the_dates(empty):
    empty("init", "Winter", "--from", "2026-02-09", "--to", "2027-03-05", "--zone", "Asia/Shanghai")
    looked = empty.json("program", "--china-holidays", "--preview")
    assert "2026-02-17" in looked["preview"]["outside"]
    assert looked["program"]["holidays"] == []
    answer = empty.json("program", "--china-holidays")
    assert answer["years_unknown"] in ([2027], [])
    assert "2026-02-17" in answer["added"]["holidays"]
    assert "2026-02-14" in answer["added"]["extra_days"]
    assert answer["program"]["holidays"] == answer["added"]["holidays"]
    again = empty("program", "--china-holidays")
    assert (again.code, "days off 0, make-up days 0" in again.err) == (0, True)


def test_years_nobody_has_decided_on_are_named(empty):
    empty("init", "Later", "--from", "2095-01-03", "--to", "2095-01-07", "--zone", "Asia/Shanghai")
    assert "It is not known yet for 2095" in empty("program", "--china-holidays").err


def test_a_program_in_the_place_of_a_file_that_is_gone_says_how_to_go_on_with_its_backup(line):
    backup = line.json("backup")["backup"]
    line.database.unlink()
    made = line("init", "Choir", "--from", "2026-05-18", "--to", "2026-05-28")
    assert made.code == 0
    said, command = made.err.splitlines()[-1].split(" backup: checkin ")
    assert said == "There was such a file before. To go on with its newest"
    assert line(*command.split(), "--yes").code == 0
    assert line.json("where")["backups"] in backup
    assert len(line.json("members")["members"]) == 4


def test_a_first_program_says_nothing_of_backups(program, tmp_path):
    made = program("--db", str(tmp_path / "other.db"), "init", "Choir", "--from", "2026-05-18", "--to", "2026-05-28")
    assert "backup" not in made.err
