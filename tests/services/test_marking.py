"""Marking people: what is written, what is refused, in which order, and that a refusal leaves a trace."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from checkin_tui.domain.attendance.events import Reason, Status
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.requests import MarkPerson
from checkin_tui.domain.sessions import AudienceKind, SessionState
from tests.conftest import MONDAY, Bench, at
from tests.desk import Desk

TUESDAY = MONDAY + timedelta(days=1)


def refusal(desk: Desk, code: str, **values: object) -> CheckInError:
    with pytest.raises(CheckInError) as caught:
        desk.mark(code, **values)
    return caught.value


def test_the_first_mark_of_the_day_opens_todays_planned_session(desk: Desk) -> None:
    changed = desk.mark("001")
    assert changed.session is not None
    assert changed.session.state is SessionState.OPEN
    assert desk.session().state is SessionState.OPEN
    assert desk.statuses() == {"001": "present"}
    assert desk.mark("002").session is None


def test_an_arrival_is_late_from_the_grace_on(desk: Desk, bench: Bench) -> None:
    bench.now = at("14:40") - 1
    desk.mark("001")
    bench.now = at("14:40")
    desk.mark("002")
    assert desk.statuses() == {"001": "present", "002": "late"}
    assert desk.mark_of("002").minutes_late == 10


def test_a_mark_that_had_to_wait_bears_the_time_of_its_key_press(desk: Desk, bench: Bench) -> None:
    bench.now = at("14:45")
    desk.mark("001", made=at("14:39"))
    assert desk.mark_of("001").arrived == at("14:39")
    assert desk.statuses() == {"001": "present"}


def test_somebody_who_is_here_is_already_here_and_nothing_changes(desk: Desk, bench: Bench) -> None:
    desk.mark("001")
    bench.now = at("14:50")
    error = refusal(desk, "001")
    assert error.code == "already"
    assert error.values["arrived"] == at("14:20")
    assert error.values["operator"] == "Wang"
    assert desk.statuses() == {"001": "present"}


def test_a_refusal_is_stored_with_what_was_typed(desk: Desk, database_path: Path) -> None:
    desk.mark("001")
    refusal(desk, "001", typed="zw")
    with sqlite3.connect(database_path) as raw:
        rows = raw.execute("SELECT typed, code, sentence <> '' FROM refused_attempts").fetchall()
    assert rows == [("zw", "already", 1)]


def test_the_same_action_again_writes_nothing_and_gets_the_first_result(desk: Desk, bench: Bench) -> None:
    uid = bench.uid()
    first = desk.mark("001", uid=uid)
    again = desk.mark("001", uid=uid)
    assert again.repeated
    assert again.marks == first.marks
    assert desk.undo().touched == 1
    assert desk.statuses() == {}


def test_the_same_refused_action_again_is_refused_the_same_way(desk: Desk, bench: Bench) -> None:
    uid = bench.uid()
    desk.mark("001")
    assert refusal(desk, "001", uid=uid).code == "already"
    desk.take_back("001")
    assert refusal(desk, "001", uid=uid).code == "already"


@pytest.mark.parametrize(
    ("prepare", "values", "code"),
    [
        ("close", {}, "closed"),
        ("tomorrow", {}, "closed"),
        ("audience", {}, "not_expected"),
        ("here", {}, "already"),
        ("here", {"status": Status.PRESENT}, "unchanged"),
        ("here", {"left": "14:10"}, "time"),
        ("open", {"at": "14:21"}, "time"),
        ("open", {"left": "14:21"}, "time"),
        ("open", {"status": Status.ABSENT, "at": "14:10"}, "at_needs_attended"),
        ("open", {"status": Status.PRESENT, "reason": Reason.SICK}, "reason_needs_excused"),
        ("open", {"at": "14:10", "correct": True}, "not_arrived"),
        ("here", {"left": "14:20", "correct": True}, "not_left"),
    ],
)
def test_what_cannot_be_is_refused_with_its_code(
    desk: Desk, prepare: str, values: dict[str, object], code: str
) -> None:
    day = MONDAY
    if prepare == "here":
        desk.mark("002")
    else:
        desk.open()
    if prepare == "close":
        desk.close()
    if prepare == "tomorrow":
        day = TUESDAY
    if prepare == "audience":
        desk.edit(audience=AudienceKind.LEADERS)
    before = desk.statuses()
    assert refusal(desk, "002", day=day, **values).code == code
    assert desk.statuses() == before


def test_closed_comes_before_not_expected_and_not_expected_before_already(desk: Desk) -> None:
    desk.mark("002")
    desk.mark("003")
    desk.take_back("003")
    desk.edit(audience=AudienceKind.LEADERS)
    assert refusal(desk, "004").code == "not_expected"
    desk.close()
    assert refusal(desk, "004").code == "closed"
    assert refusal(desk, "002").code == "closed"


def test_leave_can_be_entered_ahead_and_opens_nothing(desk: Desk) -> None:
    desk.excuse("001", Reason.SICK, day=TUESDAY)
    assert desk.session(TUESDAY).state is SessionState.PLANNED
    assert desk.mark_of("001", TUESDAY).reason is Reason.SICK
    desk.excuse("002", Reason.OFFICIAL)
    assert desk.session().state is SessionState.PLANNED


def test_on_leave_and_then_here_after_all(desk: Desk) -> None:
    desk.excuse("001", Reason.SICK)
    desk.mark("001")
    assert desk.statuses() == {"001": "present"}
    assert desk.mark_of("001").reason is None


def test_somebody_not_invited_comes_in_as_a_guest_and_counts_apart(desk: Desk) -> None:
    desk.open()
    desk.edit(audience=AudienceKind.LEADERS)
    changed = desk.mark("002", guest=True)
    assert [person.code for person in changed.arrivals] == ["002"]
    counts = desk.counts()
    assert (counts.expected, counts.present, counts.guests) == (2, 0, 1)
    assert [one.code for one in desk.view().people if not one.expected] == ["002"]


def test_after_the_end_an_arrival_without_a_time_is_present_at_a_time_not_known(desk: Desk, bench: Bench) -> None:
    desk.open()
    bench.now = at("18:00")
    desk.mark("001")
    mark = desk.mark_of("001")
    assert (mark.status, mark.arrived, mark.inside) == (Status.PRESENT, None, True)


def test_on_another_date_an_arrival_without_a_time_is_present_at_a_time_not_known(desk: Desk, bench: Bench) -> None:
    desk.open()
    bench.now = at("10:00", TUESDAY)
    desk.mark("001")
    desk.mark("002", at="14:52")
    assert desk.mark_of("001").arrived is None
    assert desk.statuses() == {"001": "present", "002": "late"}


def test_arrival_and_leaving_in_one_step_are_one_undo(desk: Desk, bench: Bench) -> None:
    bench.now = at("17:30")
    desk.open()
    changed = desk.mark("001", at="14:25", left="16:00")
    mark = dict(changed.marks)[desk.id_of("001")]
    assert (mark.arrived, mark.left, mark.inside) == (at("14:25"), at("16:00"), False)
    desk.undo()
    assert desk.statuses() == {}


def test_coming_back_after_leaving(desk: Desk, bench: Bench) -> None:
    desk.mark("001")
    bench.now = at("15:00")
    desk.mark("001", left="15:00")
    assert desk.mark_of("001").left == at("15:00")
    bench.now = at("15:20")
    desk.mark("001")
    mark = desk.mark_of("001")
    assert (mark.status, mark.arrived, mark.inside) == (Status.PRESENT, at("14:20"), True)


def test_a_corrected_arrival_decides_again(desk: Desk, bench: Bench) -> None:
    bench.now = at("14:50")
    desk.mark("001")
    assert desk.statuses() == {"001": "late"}
    desk.mark("001", at="14:31", correct=True)
    assert desk.statuses() == {"001": "present"}
    desk.undo()
    assert desk.statuses() == {"001": "late"}


def test_a_closed_day_is_corrected_with_a_reason(desk: Desk) -> None:
    desk.mark("001")
    desk.close(absent_rest=True)
    assert refusal(desk, "002", status=Status.PRESENT).code == "closed"
    desk.mark("002", status=Status.PRESENT, because="sat at the back")
    assert desk.statuses()["002"] == "present"
    assert desk.session().state is SessionState.CLOSED


def test_marking_many_touches_only_the_unmarked_and_is_one_undo(desk: Desk) -> None:
    desk.mark("001")
    desk.excuse("002")
    before = desk.statuses()
    changed = desk.many(["001", "002", "003", "004"], Status.ABSENT)
    assert changed.touched == 2
    assert desk.statuses() == {"001": "present", "002": "excused", "003": "absent", "004": "absent"}
    desk.undo()
    assert desk.statuses() == before
    with pytest.raises(CheckInError, match="unchanged"):
        desk.many(["001"], Status.ABSENT)


def test_take_back_goes_back_one_step_of_that_person_at_a_time(desk: Desk, bench: Bench) -> None:
    desk.mark("001")
    bench.now = at("15:00")
    desk.mark("001", left="15:00")
    desk.mark("002")
    desk.take_back("001")
    assert desk.mark_of("001").inside
    desk.take_back("001")
    assert desk.statuses() == {"002": "late"}
    with pytest.raises(CheckInError, match="not_taken_back"):
        desk.take_back("001")


def test_somebody_unknown_is_refused(desk: Desk) -> None:
    desk.open()
    with pytest.raises(CheckInError, match="unknown"):
        desk.do(MarkPerson, session_id=desk.session().id, member_id=999)
