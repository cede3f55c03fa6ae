"""Undo and redo over one register: bulk marking, closing, two stations, and whatever a person may do in between."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from checkin_tui.domain.attendance.events import Action, Draft, EventKind, Reason, Status
from checkin_tui.domain.attendance.fold import UNMARKED
from checkin_tui.domain.attendance.undo import Batch, is_step, next_redo, next_undo
from checkin_tui.domain.attendance.writing import arrive, correct_arrival, correct_leaving, decide, leave
from checkin_tui.domain.clock import HybridTime
from checkin_tui.domain.errors import CheckInError
from tests.domain.ledger import DOOR, HALL, Ledger, at, newest_first

PRESENT, LATE, EXCUSED, ABSENT = Status
PEOPLE = (1, 2, 3)


def mark_rest_absent(ledger: Ledger, action: Action = Action.BULK) -> list[int]:
    rest = [member for member in PEOPLE if ledger.standing(member).status is None]
    drafts = {member: decide(ledger.of(member), ledger.terms, ABSENT) for member in rest}
    ledger.write(drafts, action=action)
    return rest


def test_undoing_a_bulk_leaves_who_came_meanwhile():
    ledger = Ledger()
    ledger.write(decide([], ledger.terms, EXCUSED, Reason.SICK), member=3)
    assert mark_rest_absent(ledger) == [1, 2]
    ledger.write(arrive(ledger.of(2), ledger.terms, at("14:50")), member=2, station=HALL)
    ledger.undo(DOOR)
    assert [ledger.standing(member).status for member in PEOPLE] == [None, LATE, EXCUSED]


def test_undo_takes_only_what_this_station_did():
    ledger = Ledger()
    ledger.write(arrive([], ledger.terms, at("14:26")), member=1, station=DOOR)
    ledger.write(arrive([], ledger.terms, at("14:27")), member=2, station=HALL)
    ledger.undo(DOOR)
    assert ledger.standing(1) == UNMARKED
    assert ledger.standing(2).status is PRESENT
    assert ledger.undo(DOOR) == []


def test_undo_goes_back_step_by_step_and_redo_forward_again():
    ledger = Ledger()
    states = [ledger.standing()]
    for rule, clock in ((arrive, "14:26"), (leave, "15:00"), (arrive, "15:30"), (leave, "16:00")):
        ledger.write(rule(ledger.of(1), ledger.terms, at(clock)))
        states.append(ledger.standing())
    for earlier in reversed(states[:-1]):
        ledger.undo()
        assert ledger.standing() == earlier
    assert ledger.undo() == []
    for later in states[1:]:
        ledger.redo()
        assert ledger.standing() == later
    assert ledger.redo() == []


def test_the_next_action_ends_the_offer_of_redo():
    ledger = Ledger()
    ledger.write(arrive([], ledger.terms, at("14:26")))
    ledger.undo()
    ledger.write(arrive([], ledger.terms, at("14:50")), member=2)
    assert ledger.redo() == []
    ledger.undo()
    assert ledger.standings() == {1: UNMARKED, 2: UNMARKED}
    ledger.redo()
    assert ledger.standing(2).status is LATE
    assert ledger.redo() == []


def test_closing_and_its_absents_are_one_batch():
    ledger = Ledger()
    ledger.write(arrive([], ledger.terms, at("14:26")), member=1)
    assert mark_rest_absent(ledger, Action.CLOSE) == [2, 3]
    assert next_undo(newest_first(ledger.batches())).action is Action.CLOSE
    ledger.undo()
    assert [ledger.standing(member).status for member in PEOPLE] == [PRESENT, None, None]
    assert next_undo(newest_first(ledger.batches())).action is Action.MARK


def test_an_undo_is_no_step_and_everything_a_person_does_is():
    assert [action for action in Action if not is_step(action)] == [Action.UNDO, Action.REDO]


def test_nothing_done_nothing_offered():
    assert next_undo([]) is None
    assert next_redo([]) is None


def test_the_newest_active_step_is_next():
    def batch(number, action, active):
        return Batch(UUID(int=number), action, HybridTime(number, 0, DOOR), active)

    marked, gone, undone = batch(1, Action.MARK, True), batch(2, Action.BULK, False), batch(3, Action.UNDO, True)
    assert next_undo(newest_first([undone, gone, marked])) is marked
    assert next_redo(newest_first([marked, undone, gone])) is undone
    assert next_redo(newest_first([marked, undone, batch(4, Action.CORRECT, False)])) is None


CLOCKS = st.sampled_from(["14:00", "14:26", "14:39", "14:40", "15:00", "15:30", "16:50", "17:10"]).map(at)
STATUSES = st.sampled_from(Status)
INTENTIONS = st.one_of(
    st.tuples(st.just(arrive), st.one_of(st.none(), CLOCKS)),
    st.tuples(st.just(leave), CLOCKS),
    st.tuples(st.just(correct_arrival), CLOCKS),
    st.tuples(st.just(correct_leaving), CLOCKS),
    st.tuples(st.just(decide), STATUSES, st.one_of(st.none(), st.sampled_from(Reason)), st.one_of(st.none(), CLOCKS)),
)
STEPS = st.tuples(
    st.sampled_from(PEOPLE),
    st.one_of(INTENTIONS, st.sampled_from(["undo", "redo", "back"])),
    st.sampled_from([DOOR, HALL]),
)


def take(ledger: Ledger, step) -> list[Draft] | None:
    """Do one step; the drafts of an intention that was not refused."""
    member, intention, station = step
    if intention == "back":
        ledger.take_back(member)
    elif intention == "undo":
        ledger.undo(station)
    elif intention == "redo":
        ledger.redo(station)
    else:
        rule, *args = intention
        try:
            drafts = rule(ledger.of(member), ledger.terms, *args)
        except CheckInError:
            return None
        ledger.write(drafts, member=member, station=station)
        return list(drafts)
    return None


def after(steps) -> Ledger:
    ledger = Ledger()
    for step in steps:
        take(ledger, step)
    return ledger


HISTORIES = st.lists(STEPS, max_size=10).map(after)


@given(HISTORIES, STEPS)
def test_undo_is_the_state_before_and_redo_the_state_after(ledger, step):
    before = ledger.standings()
    if take(ledger, step) is None:
        return
    done = ledger.standings()
    ledger.undo(step[2])
    assert {member: standing for member, standing in ledger.standings().items() if standing != UNMARKED} == {
        member: standing for member, standing in before.items() if standing != UNMARKED
    }
    ledger.redo(step[2])
    assert ledger.standings() == done


@given(HISTORIES)
def test_redo_after_any_undo_is_the_state_before_the_undo(ledger):
    before = ledger.standings()
    if ledger.undo():
        ledger.redo()
    assert ledger.standings() == before


@given(HISTORIES)
def test_a_bulk_and_one_undo_is_the_state_before(ledger):
    before = ledger.standings()
    touched = mark_rest_absent(ledger)
    assert all(ledger.standing(member).status is ABSENT for member in touched)
    if touched:
        ledger.undo()
    assert {member: ledger.standing(member) for member in before} == before


@given(HISTORIES, STEPS)
def test_what_is_written_changes_the_standing_unless_somebody_leaves(ledger, step):
    before = ledger.standing(step[0])
    drafts = take(ledger, step)
    if drafts and step[1][0] in (arrive, decide, correct_arrival):
        assert ledger.standing(step[0]) != before


@given(HISTORIES, st.sampled_from(PEOPLE), STATUSES, st.one_of(st.none(), CLOCKS))
def test_after_a_decision_the_status_is_what_was_decided(ledger, member, status, clock):
    try:
        ledger.write(decide(ledger.of(member), ledger.terms, status, None, clock), member=member)
    except CheckInError as refusal:
        if refusal.code != "unchanged":
            return
    standing = ledger.standing(member)
    assert standing.status is status
    if clock is not None:
        assert standing.arrived == clock


@given(HISTORIES, st.sampled_from(PEOPLE), CLOCKS)
def test_after_a_correction_the_arrival_is_the_corrected_one(ledger, member, clock):
    try:
        drafts = correct_arrival(ledger.of(member), ledger.terms, clock)
    except CheckInError:
        return
    ledger.write(drafts, member=member, action=Action.CORRECT)
    assert ledger.standing(member).arrived == clock


@given(HISTORIES, CLOCKS)
def test_a_repeated_id_changes_nothing(ledger, clock):
    request = ledger.new_id()
    drafts = [Draft(EventKind.ARRIVED, happened=clock)]
    first = ledger.write(drafts, request=request)
    standings, events = ledger.standings(), list(ledger.events)
    assert ledger.write(drafts, request=request) == first
    assert ledger.write(drafts, request=request, station=HALL) == first
    assert (ledger.standings(), ledger.events) == (standings, events)
