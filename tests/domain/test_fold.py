"""The fold: hard cases by hand, then held against an independent reading of the design on arbitrary events."""

from __future__ import annotations

import random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_tui.domain.attendance.events import Draft, Event, EventKind, Reason, Status
from checkin_tui.domain.attendance.fold import UNMARKED, Stay, fold
from checkin_tui.domain.clock import HybridTime
from tests.domain.ledger import DOOR, HALL, SESSION, TERMS, Ledger, at
from tests.domain.naive import naive_fold

ARRIVED, LEFT, MARKED, WITHDRAWN = EventKind
PRESENT, LATE, EXCUSED, ABSENT = Status


def arrived(clock: str | None) -> Draft:
    return Draft(ARRIVED, happened=None if clock is None else at(clock))


def left(clock: str) -> Draft:
    return Draft(LEFT, happened=at(clock))


def marked(status: Status, reason: Reason | None = None) -> Draft:
    return Draft(MARKED, status=status, reason=reason)


def standing_of(*drafts: Draft):
    ledger = Ledger()
    for draft in drafts:
        ledger.write([draft])
    return ledger.standing()


def test_nobody_has_said_anything():
    assert fold([], TERMS) == UNMARKED
    assert not UNMARKED.attended


@pytest.mark.parametrize(
    ("drafts", "status", "minutes_late"),
    [
        ([arrived("14:26")], PRESENT, None),
        ([arrived("14:39:59")], PRESENT, None),
        ([arrived("14:40")], LATE, 10),
        ([arrived("14:52:59")], LATE, 22),
        ([arrived(None)], PRESENT, None),
        ([arrived("14:50"), arrived("14:26")], PRESENT, None),
        ([arrived(None), arrived("14:50")], LATE, 20),
        ([marked(LATE)], LATE, None),
        ([marked(LATE), arrived("14:20")], LATE, 0),
        ([arrived("14:50"), marked(PRESENT)], PRESENT, None),
        ([marked(PRESENT), arrived("14:50")], PRESENT, None),
        ([marked(EXCUSED, Reason.SICK), arrived("14:26")], PRESENT, None),
        ([marked(EXCUSED, Reason.SICK), arrived("14:50")], LATE, 20),
        ([arrived("14:26"), marked(EXCUSED, Reason.SICK)], EXCUSED, None),
        ([arrived("14:26"), marked(EXCUSED), arrived("15:30")], PRESENT, None),
        ([marked(ABSENT), arrived(None)], PRESENT, None),
        ([marked(ABSENT), marked(EXCUSED)], EXCUSED, None),
        ([left("15:00")], None, None),
    ],
)
def test_who_or_what_decides(drafts, status, minutes_late):
    standing = standing_of(*drafts)
    assert (standing.status, standing.minutes_late) == (status, minutes_late)


def test_the_reason_belongs_to_the_newest_decision():
    assert standing_of(marked(EXCUSED, Reason.SICK), marked(EXCUSED, Reason.OFFICIAL)).reason is Reason.OFFICIAL
    assert standing_of(marked(EXCUSED, Reason.SICK), arrived("14:26")).reason is None
    assert standing_of(marked(EXCUSED, Reason.SICK), marked(PRESENT)).reason is None


def test_going_out_and_coming_back_makes_two_stays():
    standing = standing_of(arrived("14:26"), left("15:00"), arrived("15:30"))
    assert standing.stays == (Stay(at("14:26"), at("15:00")), Stay(at("15:30")))
    assert standing.inside
    assert standing.left is None
    assert standing.minutes_inside == 30 + 90
    assert not standing.left_early


@pytest.mark.parametrize(
    ("drafts", "stays", "minutes"),
    [
        ([arrived("14:10"), left("17:30")], (Stay(at("14:10"), at("17:30")),), 150),
        ([arrived("14:45")], (Stay(at("14:45")),), 135),
        ([arrived("14:26"), left("14:28")], (Stay(at("14:26"), at("14:28")),), 0),
        ([arrived("17:05")], (Stay(at("17:05")),), 0),
        ([arrived("14:30"), left("14:31:59")], (Stay(at("14:30"), at("14:31:59")),), 1),
        ([marked(PRESENT)], (Stay(None),), None),
        ([arrived(None)], (Stay(None),), None),
        ([marked(PRESENT), left("15:00")], (Stay(None, at("15:00")),), None),
        ([marked(PRESENT), left("15:00"), arrived("15:30")], (Stay(None, at("15:00")), Stay(at("15:30"))), None),
        ([arrived(None), arrived("14:26")], (Stay(at("14:26")),), 150),
        ([marked(PRESENT), arrived("14:26")], (Stay(at("14:26")),), 150),
        ([arrived("14:26"), arrived("14:27"), left("15:30"), left("15:40")], (Stay(at("14:26"), at("15:30")),), 60),
        ([left("15:00"), arrived("14:26")], (Stay(at("14:26"), at("15:00")),), 30),
        ([left("15:00"), arrived("15:30")], (Stay(at("15:30")),), 90),
    ],
)
def test_minutes_inside(drafts, stays, minutes):
    standing = standing_of(*drafts)
    assert standing.stays == stays
    assert standing.minutes_inside == minutes


def test_moves_of_the_same_minute_keep_the_order_in_which_they_were_recorded():
    assert standing_of(arrived("14:26"), left("15:00"), arrived("15:00")).inside
    assert not standing_of(left("15:00"), arrived("14:26"), arrived("15:00"), left("15:00")).inside
    assert standing_of(left("15:00"), arrived("15:00")).inside


@pytest.mark.parametrize(
    ("clock", "early"), [("15:00", True), ("16:49:59", True), ("16:50", False), ("17:00", False), ("17:20", False)]
)
def test_left_early_is_before_the_end_minus_the_grace(clock, early):
    standing = standing_of(arrived("14:26"), left(clock))
    assert standing.left == at(clock)
    assert standing.left_early is early


def test_somebody_who_came_back_did_not_leave_early():
    assert not standing_of(arrived("14:26"), left("15:00"), arrived("15:30"), left("16:55")).left_early


def test_somebody_absent_has_no_stays_whatever_else_was_said():
    standing = standing_of(arrived("14:26"), left("15:00"), marked(ABSENT))
    assert standing == UNMARKED._replace(status=ABSENT)


def test_a_withdrawn_event_counts_no_more_and_counts_again_when_its_withdrawal_is_withdrawn():
    ledger = Ledger()
    (arrival,) = ledger.write([arrived("14:26")])
    (withdrawal,) = ledger.write([Draft(WITHDRAWN, target=arrival.uid)])
    assert ledger.standing() == UNMARKED
    ledger.write([Draft(WITHDRAWN, target=withdrawal.uid)])
    assert ledger.standing().status is PRESENT


def test_a_corrected_time_keeps_its_recorded_place():
    ledger = Ledger()
    (arrival,) = ledger.write([arrived("14:50")])
    ledger.write([marked(EXCUSED)])
    ledger.write([Draft(WITHDRAWN, target=arrival.uid), arrived("14:26")._replace(replaces=arrival.uid)])
    assert ledger.standing().status is EXCUSED


def test_a_correction_of_a_correction_still_stands_where_the_first_one_stood():
    ledger = Ledger()
    (first,) = ledger.write([arrived("14:50")])
    ledger.write([marked(EXCUSED)])
    second = ledger.write([Draft(WITHDRAWN, target=first.uid), arrived("14:26")._replace(replaces=first.uid)])[1]
    ledger.write([Draft(WITHDRAWN, target=second.uid), arrived("14:27")._replace(replaces=second.uid)])
    assert ledger.standing().status is EXCUSED


def test_a_laptop_whose_clock_steps_back_still_has_the_last_word():
    ledger = Ledger()
    ledger.write([marked(ABSENT)])
    ledger.now = at("09:00")
    ledger.write([marked(EXCUSED, Reason.SICK)])
    assert ledger.standing().status is EXCUSED


def test_two_laptops_meet_and_the_order_of_reading_does_not_matter():
    door, hall = Ledger(), Ledger(salt=1)
    door.write([arrived("14:26")], station=DOOR)
    door.write([left("15:10")], station=DOOR)
    hall.now += 500
    hall.write([arrived("14:31")], station=HALL)
    hall.write([marked(EXCUSED, Reason.OFFICIAL)], station=HALL)
    hall.write([arrived("15:45")], station=HALL)
    both = door.events + hall.events
    standing = fold(both, TERMS)
    assert standing.status is PRESENT
    assert standing.stays == (Stay(at("14:26"), at("15:10")), Stay(at("15:45")))
    for seed in range(20):
        shuffled = random.Random(seed).sample(both, len(both))
        assert fold(shuffled, TERMS) == standing


MOMENTS = [
    None,
    *map(at, ["14:00", "14:26", "14:30", "14:39:59", "14:40", "15:00", "15:00:30", "16:49", "16:50", "17:00", "17:10"]),
]


@st.composite
def any_events(draw) -> list[Event]:
    """Anything two laptops could have written about one person, and some things no honest one would."""
    events: list[Event] = []
    for number in range(draw(st.integers(0, 9))):
        kind = draw(st.sampled_from(EventKind))
        moved = kind in (ARRIVED, LEFT)
        status = draw(st.sampled_from(Status)) if kind is MARKED else None
        earlier = [event.uid for event in events]
        events.append(
            Event(
                uid=UUID(int=draw(st.integers(1, 10**6)) * 16 + number),
                session_id=SESSION,
                member_id=1,
                kind=kind,
                recorded=HybridTime(
                    draw(st.integers(0, 3)), draw(st.integers(0, 3)), draw(st.sampled_from([DOOR, HALL]))
                ),
                batch=UUID(int=number + 1),
                happened=draw(st.sampled_from(MOMENTS[1:] if kind is LEFT else MOMENTS)) if moved else None,
                status=status,
                reason=draw(st.sampled_from(Reason)) if status is EXCUSED else None,
                target=draw(st.sampled_from([*earlier, UUID(int=1)])) if kind is WITHDRAWN else None,
                replaces=draw(st.sampled_from([None, *earlier])) if moved else None,
            )
        )
    return events


@given(any_events())
def test_the_fold_says_what_the_design_says(events):
    standing = fold(events, TERMS)
    expected = naive_fold(events, TERMS)
    assert {name: getattr(standing, name) for name in expected} == expected


@given(any_events(), st.randoms(use_true_random=False))
def test_the_fold_does_not_depend_on_the_order_in_which_events_are_read(events, chance):
    shuffled = chance.sample(events, len(events))
    assert fold(shuffled, TERMS) == fold(events, TERMS)


@given(any_events(), st.data())
def test_an_event_read_twice_changes_nothing(events, data):
    again = data.draw(st.lists(st.sampled_from(events), max_size=3)) if events else []
    assert fold([*events, *again], TERMS) == fold(events, TERMS)


@given(any_events())
def test_what_a_standing_says_hangs_together(events):
    standing = fold(events, TERMS)
    assert standing.attended == bool(standing.stays)
    assert standing.inside == (bool(standing.stays) and standing.stays[-1].end is None)
    assert (standing.minutes_late is None) or standing.status is LATE
    assert not (standing.left_early and standing.inside)
    if standing.minutes_inside is not None:
        assert 0 <= standing.minutes_inside <= 150
