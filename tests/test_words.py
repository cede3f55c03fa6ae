"""The words shared by the screens and the command line."""

import ast
from datetime import date, time
from pathlib import Path

import pytest

import checkin_tui
from checkin_tui.domain.attendance.events import Action, EventKind, Reason, Source, Status
from checkin_tui.domain.calendar import instant
from checkin_tui.domain.campaign import Campaign
from checkin_tui.domain.imports import ROW_CODES
from checkin_tui.domain.notes import NoteState
from checkin_tui.domain.rates import Rate, Target, participation
from checkin_tui.domain.roster import Counts
from checkin_tui.domain.sessions import SessionKey, SessionKind, SessionState
from checkin_tui.domain.views import HistoryLine, NoteLine
from checkin_tui.words import (
    action_word,
    allowance_text,
    backups,
    before_text,
    campaign_text,
    clock_text,
    day_text,
    fraction_text,
    key_text,
    kind_word,
    leave_text,
    letter,
    moment_text,
    note_word,
    percent_text,
    rate_text,
    sentence,
    sign,
    source_word,
    state_word,
    status_word,
    step_text,
    target_text,
    weekdays_text,
    wrong_files,
)
from checkin_tui.words.catalogue import PLAIN

ZONE = "Asia/Shanghai"
DAY = date(2026, 5, 21)
AT = instant(DAY, time(14, 26), ZONE)

# Every value any refusal brings, so that a gap in a sentence is a wrong name in the sentence.
EVERYTHING = {
    "typed": "0012", "name": "Mara Quill", "count": 3, "key": "2026-05-21", "state": "planned", "day": DAY,
    "code": "0017", "names": ["Mara Quill"], "path": "desk.db", "file": "people.csv", "field": "phone", "limit": 200,
    "length": 500, "text": "31/31", "first_row": 4, "joined": DAY, "left": DAY, "first": DAY, "last": DAY, "cells": 9,
    "headers": ["Code", "Name"], "encoding": "utf-16", "row": 7, "fields": ["code", "name"], "header": "Naam",
    "sheet": "Two", "sheets": ["One"], "unit": "rows", "operator": "Wang", "arrived": AT, "at": AT, "starts": AT,
    "ends": AT, "status": Status.LATE, "branch": "Xinghe", "rule": "future",
    "zone": "Mars/Base", "cause": "db_full", "beside": "desk.db-wal",
    "rows": 2_000_000, "columns": 20, "formats": ["xlsx"], "preset": "moodel", "presets": ["moodle"], "extra": "badges",
    "keys": ["2026-05-21"],
    "part": "events", "version": 2, "members": 160,
}  # fmt: skip

CODES = (*PLAIN, *ROW_CODES, "ambiguous", "closed", "session_state", "already", "unchanged", "time", "no_session",
         "late_from_before_start", "hours_overlap", "undo_has_events", "import_too_large",
         "import_no_sheet", "backup_failed", "restore_failed", *wrong_files.CODES)  # fmt: skip


@pytest.mark.parametrize("code", sorted(set(CODES)))
def test_every_code_has_a_whole_sentence(code):
    said = sentence(code, EVERYTHING, zone=ZONE)
    assert "…" not in said
    assert "{" not in said
    assert "Refused" not in said


def test_a_code_without_a_sentence_is_named():
    assert sentence("moon_phase", {}) == "Refused: moon_phase."


def test_a_missing_value_is_a_gap_and_no_error():
    assert sentence("unknown", {}) == "… is not a code here. Nobody was marked."


def test_refusals_read_as_on_the_desk():
    assert sentence("unknown", {"typed": "0012"}) == "0012 is not a code here. Nobody was marked."
    assert sentence("already", {"arrived": AT, "operator": "Wang"}, zone=ZONE) == (
        "Already here since 14:26 (by Wang). Nothing changed."
    )
    assert sentence("already", {"arrived": None}, zone=ZONE) == "Already here. Nothing changed."
    assert sentence("unchanged", {"status": Status.EXCUSED}) == "Already on leave. Nothing changed."
    assert sentence("unchanged", {"status": None}) == "Nothing changed."
    assert sentence(
        "unchanged",
        {"status": Status.LATE, "branch": "Xinghe", "rule": "future", "zone": "Mars/Base", "left": AT},
        zone=ZONE,
    ) == ("Already left at 14:26. Nothing changed.")
    assert sentence("time", {"rule": "left_before_arrived", "at": AT, "arrived": AT + 60_000}, zone=ZONE) == (
        "Left at 14:26 is not after arrived at 14:27. Nothing changed."
    )
    assert sentence("time", {"rule": "after_end", "ends": AT}, zone=ZONE) == (
        "Ended 14:26. Enter people by arrived at, or close."
    )


def test_without_a_zone_no_clock_time_is_told():
    assert sentence("already", {"arrived": AT, "operator": "Wang"}) == "Already here (by Wang). Nothing changed."
    assert ":" not in sentence("time", {"rule": "future", "zone": "Mars/Base", "at": AT})


@pytest.mark.parametrize(
    ("state", "words"),
    [("planned", "is planned, not open"), ("cancelled", "was cancelled"), (SessionState.CLOSED, "is closed")],
)
def test_a_closed_door_says_which_kind_of_closed(state, words):
    assert words in sentence("closed", {"state": state, "key": SessionKey(DAY, 2)})
    assert "2026-05-21.2" in sentence("closed", {"state": state, "key": SessionKey(DAY, 2)})


def test_peoples_words_keep_their_brackets_and_lose_their_controls():
    said = sentence("not_expected", {"name": "[/foo] \x1b[31mLi"})
    assert said == "[/foo] ␛[31mLi is not expected here. Nobody was marked."


def test_braces_in_a_name_are_letters():
    assert sentence("branch_unknown", {"name": "{0} {name}"}) == "There is no branch {0} {name}."


def test_a_long_list_of_names_is_cut_with_its_number():
    said = sentence("undo_has_events", {"names": [f"Person {number}" for number in range(9)]})
    assert said.endswith("Person 3, Person 4 and 4 more.")


def test_which_session_of_a_day_is_told_where_it_has_several():
    assert key_text(SessionKey(DAY)) == "Thu 21 May"
    assert key_text(SessionKey(DAY, 2)) == "Thu 21 May .2"
    assert key_text(SessionKey(DAY, 2), year=True) == "Thu 21 May 2026 .2"


def test_a_status_is_word_letter_and_sign():
    assert [status_word(s) for s in (*Status, None)] == ["present", "late", "on leave", "absent", "not here yet"]
    assert status_word(None, closed=True) == "not marked"
    assert status_word(Status.EXCUSED, Reason.SICK) == "on leave (sick)"
    assert [letter(s) for s in (*Status, None)] == ["P", "L", "E", "A", "·"]
    assert len({sign(s) for s in (*Status, None)}) == 5


def test_short_words_fit_their_column():
    shorts = [status_word(Status.EXCUSED, reason, short=True) for reason in Reason]
    shorts += [status_word(s, short=True) for s in (*Status, None)]
    assert max(map(len, shorts)) <= 13
    assert max(len(note_word(state, short=True)) for state in NoteState) <= 5


def test_every_kind_state_note_action_and_source_has_its_own_word():
    for word, values in ((kind_word, SessionKind), (state_word, SessionState), (note_word, NoteState),
                         (action_word, Action), (source_word, Source)):  # fmt: skip
        assert len({word(value) for value in values}) == len(list(values))


def test_days_and_times():
    assert clock_text(AT, ZONE) == "14:26"
    assert day_text(date(2026, 5, 25)) == "Mon 25 May"
    assert day_text(date(2026, 5, 25), year=True) == "Mon 25 May 2026"
    assert moment_text(AT, ZONE) == "Thu 21 May 14:26"
    assert weekdays_text({0, 1, 2, 3, 4}) == "Mon-Fri"
    assert weekdays_text({0, 2, 4, 5}) == "Mon, Wed, Fri, Sat"
    assert weekdays_text({5, 6}) == "Sat, Sun"


def figures(present, expected, unmarked, target=">98", closed=False):
    counts = Counts(expected=expected, present=present, unmarked=unmarked, absent=expected - present - unmarked)
    return participation(counts, Target.parse(target), leave_counts=True, closed=closed)


def test_a_rate_says_how_far_it_is_to_the_line():
    assert rate_text(figures(151, 160, 9)) == "151/160 · 94.38 % · 6 more for > 98 %"
    assert rate_text(figures(158, 160, 2)) == "158/160 · 98.75 % · target > 98 % met"
    assert rate_text(figures(150, 160, 6)) == "150/160 · 93.75 % · > 98 % out of reach; best still 97.50 %"
    assert rate_text(figures(0, 0, 0)) == "no data"


def test_where_nobody_can_come_any_more_it_says_how_many_were_missing():
    assert rate_text(figures(117, 160, 6, closed=True)) == "117/160 · 73.13 % · 40 too few for > 98 %"
    assert rate_text(figures(150, 160, 0)) == "150/160 · 93.75 % · 7 too few for > 98 %"
    assert rate_text(figures(158, 160, 2, closed=True)) == "158/160 · 98.75 % · target > 98 % met"


def test_a_missed_line_never_reads_as_met():
    assert percent_text(Rate(97_999, 100_000), Target.parse(">=98")) == "97.999 %"
    assert percent_text(Rate(0, 0)) == "no data"
    assert target_text(Target.parse(">=97.5")) == ">= 97.5 %"


def test_the_campaign_says_over_how_many_sessions():
    for rate, taken, said in (
        (Rate(470, 480), 3, "470/480 · 97.92 % over 3 sessions"),
        (Rate(47, 48), 1, "47/48 · 97.92 % over 1 session"),
        (Rate(0, 0), 0, "no data"),
    ):
        whole = Campaign(taken, rate, (), 0, rate, 0, None)
        assert campaign_text(whole, Target.parse(">98")) == said
        assert before_text(whole, Target.parse(">98")) == ""


def test_while_todays_session_runs_the_campaign_says_what_it_was_before():
    line, rate = Target.parse(">98"), Rate(1718, 1920)
    whole = Campaign(6, rate, (), 180, rate, 0, False, running=1, held=Rate(1558, 1600))
    assert campaign_text(whole, line) == "1718/1920 · 89.48 % over 6 sessions with today"
    assert before_text(whole, line) == "before today 97.38 %"
    assert before_text(whole._replace(taken=1, held=Rate(0, 0)), line) == ""


@pytest.mark.parametrize(("counts", "said"), [(True, "leave counts as expected"), (False, "leave is left out")])
def test_how_leave_is_counted(counts, said):
    assert leave_text(counts) == said


@pytest.mark.parametrize(
    ("best", "places", "allowance", "said"),
    [
        (Rate(150, 150), 100, 2, "2 absences still possible for > 98 %"),
        (Rate(100, 100), 25, 1, "1 absence still possible for > 98 %"),
        (Rate(99, 100), 50, 0, "0 absences still possible for > 98 %"),
        (Rate(50, 50), 0, 0, "target > 98 % met"),
        (Rate(90, 100), 50, -9, "> 98 % out of reach; best still 90.00 %"),
        (Rate(90, 100), 0, -9, "9 too few for > 98 %"),
        (Rate(0, 0), 0, None, ""),
    ],
)
def test_what_can_still_become_of_the_campaign(best, places, allowance, said):
    met = None if allowance is None else allowance >= 0
    whole = Campaign(1, Rate(50, 50), (), places, best, allowance, met)
    assert allowance_text(whole, Target.parse(">98")) == said


def test_a_fraction_is_never_shown_better_than_it_is():
    assert fraction_text(Rate(155, 160)) == "155/160 · 96.88 %"
    assert fraction_text(Rate(97_999, 100_000), Target.parse(">=98")) == "97999/100000 · 97.999 %"
    assert fraction_text(Rate(0, 0)) == "no data"


def line(kind, **values):
    given = {
        "session": SessionKey(DAY), "kind": kind, "status": None, "reason": None, "happened": AT, "recorded": AT,
        "operator": "Wang", "station": "laptop-1", "source": Source.DESK, "action": Action.MARK, "active": True,
        "because": "",
    }  # fmt: skip
    return HistoryLine(**{**given, **values})


def test_a_step_is_a_readable_line():
    assert step_text(line(EventKind.ARRIVED), ZONE) == "Thu 21 May 14:26  arrived 14:26, by Wang at laptop-1"
    assert step_text(line(EventKind.ARRIVED, active=False), ZONE).endswith("by Wang at laptop-1; taken back")
    assert step_text(line(EventKind.ARRIVED, happened=None), ZONE).startswith(
        "Thu 21 May 14:26  arrived, time not known"
    )
    marked = line(EventKind.MARKED, happened=None, status=Status.EXCUSED, reason=Reason.SICK, action=Action.BULK)
    assert step_text(marked, ZONE) == "Thu 21 May 14:26  marked on leave (sick) (in bulk), by Wang at laptop-1"
    corrected = line(EventKind.LEFT, action=Action.CORRECT, because="wrong sheet", source=Source.COMMAND)
    assert step_text(corrected, ZONE) == (
        "Thu 21 May 14:26  left 14:26 (correction, command line), by Wang at laptop-1; because: wrong sheet"
    )


def test_a_withdrawal_does_not_call_itself_taken_back():
    text = step_text(line(EventKind.WITHDRAWN, active=False, action=Action.UNDO, operator=""), ZONE)
    assert text == "Thu 21 May 14:26  an entry taken back (undo), at laptop-1"
    again = step_text(line(EventKind.WITHDRAWN, active=False, action=Action.REDO, operator=""), ZONE)
    assert again == "Thu 21 May 14:26  what was taken back holds again (redo), at laptop-1"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"paper": True, "seen": True, "action": Action.BULK}, "notebook seen, by Wang at laptop-1"),
        ({"typed": True, "chars": 84}, "note, 84 characters, by Wang at laptop-1"),
        ({"typed": True, "chars": 1, "active": False}, "note, 1 character, by Wang at laptop-1; taken back"),
        ({"typed": True}, "note emptied, by Wang at laptop-1"),
        ({"typed": True, "seen": True, "chars": 8}, "notebook seen; note, 8 characters, by Wang at laptop-1"),
        ({"typed": True, "active": False, "action": Action.UNDO}, "note taken back, by Wang at laptop-1"),
        ({"seen": True, "active": False, "action": Action.UNDO}, "notebook taken back, by Wang at laptop-1"),
        ({"typed": True, "chars": 84, "action": Action.REDO}, "note, 84 characters (redo), by Wang at laptop-1"),
    ],
)
def test_a_step_about_a_note_is_a_readable_line(values, said):
    given = NoteLine(SessionKey(DAY), AT, "Wang", "laptop-1", Action.MARK, False, 0, False, False, True)
    assert step_text(given._replace(**values), ZONE) == f"Thu 21 May 14:26  {said}"


def raised_codes():
    """Every code the program's source raises by name, with where."""
    root = Path(checkin_tui.__file__).parent
    for path in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("CheckInError", "DatabaseError"):
                code = node.args[0] if node.args else None
                if isinstance(code, ast.Constant):
                    yield pytest.param(code.value, {k.arg for k in node.keywords}, id=f"{path.stem}-{code.value}")


@pytest.mark.parametrize(("code", "values"), sorted(raised_codes(), key=lambda one: str(one.id)))
def test_every_code_that_is_raised_has_a_sentence_that_its_values_fill(code, values):
    said = sentence(code, {key: EVERYTHING.get(key, "Mara Quill") for key in values if key}, zone=ZONE)
    assert "Refused" not in said
    assert "…" not in said


@pytest.mark.parametrize(
    ("size", "shown"),
    [(0, "0 kB"), (100, "0.1 kB"), (221_184, "221 kB"), (999_960, "1.0 MB"), (1_000_000, "1.0 MB"),
     (10_400_000, "10 MB"), (83_072_000_000, "83 GB"), (10**18, "1000000000 GB")],
)  # fmt: skip
def test_a_size_is_told_in_the_unit_that_fits_it(size: int, shown: str) -> None:
    assert backups.size_text(size) == shown


def test_that_a_day_has_no_backup_fits_into_a_bar_of_eighty_cells_whatever_the_cause() -> None:
    said = {backups.no_backup_text(code) for code in ("db_full", "db_readonly", "db_locked", "db_damaged", "db_failed")}
    assert len(said) == 5
    assert max(map(len, said)) <= 76
