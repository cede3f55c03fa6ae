"""What a later record does to what is known: it adds, it agrees, or it contradicts."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkin_tui.domain.attendance.events import Draft, Event, EventKind, Reason, Status
from checkin_tui.domain.attendance.fold import fold
from checkin_tui.domain.attendance.settling import Settled, Wanted, settle
from checkin_tui.domain.clock import MINUTE, HybridTime
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.sessions import SessionTerms

NOBODY = UUID(int=0)
HOUR = 60 * MINUTE
TERMS = SessionTerms(14 * HOUR, 17 * HOUR, 14 * HOUR + 10 * MINUTE, 10 * MINUTE)


def clock(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * HOUR + int(minutes) * MINUTE


class Paper:
    """One person, record after record."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.count = 0

    def make(self, draft: Draft) -> Event:
        self.count += 1
        return Event(
            uid=UUID(int=(1 << 100) + self.count),
            session_id=1,
            member_id=1,
            recorded=HybridTime(1, self.count, NOBODY),
            batch=NOBODY,
            **draft._asdict(),
        )

    def take(self, *wanted: Wanted, overwrite: bool = False) -> Settled:
        settled, new = settle(self.events, TERMS, wanted, self.make, overwrite=overwrite)
        self.events += new
        return settled

    @property
    def standing(self):
        return fold(self.events, TERMS)


PRESENT, LATE = Wanted(Status.PRESENT, step=MINUTE), Wanted(Status.LATE, step=MINUTE)
SICK, LEAVE = Wanted(Status.EXCUSED, Reason.SICK), Wanted(Status.EXCUSED)
ABSENT = Wanted(Status.ABSENT)


def came(at: str, left: str = "", status: Status | None = None) -> Wanted:
    return Wanted(status, at=clock(at), left=clock(left) if left else None, step=MINUTE)


@pytest.mark.parametrize(
    ("known", "record", "settled"),
    [
        ([], PRESENT, Settled.NEW),
        ([PRESENT], PRESENT, Settled.UNCHANGED),
        ([PRESENT], LATE, Settled.CONTRADICTING),
        ([PRESENT], ABSENT, Settled.CONTRADICTING),
        ([ABSENT], came("14:05"), Settled.CONTRADICTING),
        ([came("14:05")], PRESENT, Settled.UNCHANGED),
        ([came("14:05")], came("14:05"), Settled.UNCHANGED),
        ([came("14:05")], came("14:06"), Settled.CONTRADICTING),
        ([came("14:45")], PRESENT, Settled.CONTRADICTING),
        ([came("14:45")], LATE, Settled.UNCHANGED),
        ([PRESENT], came("14:05"), Settled.CHANGED),
        ([PRESENT], came("14:45", status=Status.PRESENT), Settled.CHANGED),
        ([came("14:05")], came("14:05", "16:00"), Settled.CHANGED),
        ([came("14:05", "16:00")], came("14:05", "16:10"), Settled.CONTRADICTING),
        ([LEAVE], SICK, Settled.CHANGED),
        ([SICK], LEAVE, Settled.UNCHANGED),
        ([SICK], Wanted(Status.EXCUSED, Reason.OFFICIAL), Settled.CONTRADICTING),
        ([Wanted(left=clock("16:00"))], PRESENT, Settled.NEW),
        ([Wanted(left=clock("16:00"))], Wanted(left=clock("16:00")), Settled.UNCHANGED),
        ([came("14:05")], Wanted(came=True), Settled.UNCHANGED),
    ],
)  # fmt: skip
def test_what_a_record_is_beside_what_is_known(known, record, settled):
    paper = Paper()
    for one in known:
        paper.take(one)
    before = paper.standing
    assert paper.take(record) is settled
    if settled in (Settled.UNCHANGED, Settled.CONTRADICTING):
        assert paper.standing == before
    else:
        assert paper.take(record) is Settled.UNCHANGED, "a second time adds nothing"


def test_a_time_that_is_added_keeps_the_status_that_was_decided():
    paper = Paper()
    paper.take(PRESENT)
    paper.take(came("14:45"))
    assert (paper.standing.status, paper.standing.arrived) == (Status.PRESENT, clock("14:45"))


@pytest.mark.parametrize(
    ("known", "record", "status", "arrived"),
    [
        (SICK, came("14:05"), Status.PRESENT, "14:05"),
        (came("14:05"), ABSENT, Status.ABSENT, None),
        (came("14:45"), came("14:05"), Status.PRESENT, "14:05"),
        (came("14:45"), PRESENT, Status.PRESENT, "14:45"),
        (ABSENT, came("14:45", "16:00"), Status.LATE, "14:45"),
        (came("14:05", "16:00"), came("14:05", "16:30"), Status.PRESENT, "14:05"),
    ],
)
def test_overwritten_the_record_is_right(known, record, status, arrived):
    paper = Paper()
    paper.take(known)
    assert paper.take(record, overwrite=True) is Settled.OVERWRITTEN
    assert paper.standing.status is status
    assert paper.standing.arrived == (None if arrived is None else clock(arrived))
    assert record.left is None or paper.standing.left == record.left
    assert paper.take(record) is Settled.UNCHANGED


def test_what_only_adds_is_not_overwritten():
    paper = Paper()
    paper.take(LEAVE)
    assert paper.take(SICK, overwrite=True) is Settled.CHANGED


def test_times_agree_as_exactly_as_they_are_told():
    paper = Paper()
    paper.take(Wanted(at=clock("14:05") + 30_500))
    assert paper.take(came("14:05")) is Settled.UNCHANGED
    assert paper.take(Wanted(at=clock("14:05") + 30_000, step=1000)) is Settled.UNCHANGED
    assert paper.take(Wanted(at=clock("14:05"), step=1000)) is Settled.CONTRADICTING


def test_a_leaving_before_the_arrival_is_refused():
    with pytest.raises(CheckInError) as refused:
        Paper().take(came("15:00", "14:30"))
    assert refused.value.code == "time"


STEPS = st.one_of(
    st.builds(lambda at: Wanted(at=at * MINUTE, step=1000, event=True), st.integers(830, 1030)),
    st.builds(lambda at: Wanted(left=at * MINUTE, step=1000, event=True), st.integers(830, 1030)),
    st.sampled_from([one._replace(event=True) for one in (PRESENT, LATE, SICK, ABSENT, Wanted(came=True))]),
)


@settings(max_examples=60)
@given(st.lists(STEPS, min_size=1, max_size=5))
def test_the_same_records_again_never_add_anything(steps):
    paper = Paper()
    try:
        paper.take(*steps)
    except CheckInError:
        return
    again = [
        Wanted(event.status, event.reason, event.happened if event.kind is EventKind.ARRIVED else None,
               event.happened if event.kind is EventKind.LEFT else None,
               event.kind is EventKind.ARRIVED and event.happened is None, 1000, event=True)
        for event in paper.events
        if event.kind is not EventKind.WITHDRAWN and event.uid not in {one.target for one in paper.events}
    ]  # fmt: skip
    before = list(paper.events)
    assert paper.take(*again) is (Settled.UNCHANGED if before else Settled.NEW)
    assert paper.events == before
