"""Undo and redo: this station's newest step, closing included, and nothing of anybody else's."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkin_tui.domain.attendance.events import Action, Status
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.sessions import SessionState
from checkin_tui.store.selfcheck import differences
from tests.conftest import Bench, Furnished, at
from tests.desk import Desk, fresh_desk

CODES = [f"{number:03d}" for number in range(1, 9)]


def test_undo_takes_back_the_newest_and_redo_brings_it_again(desk: Desk) -> None:
    desk.mark("001")
    desk.mark("002")
    assert desk.undo().undone is Action.MARK
    assert desk.statuses() == {"001": "present"}
    assert desk.redo().undone is Action.MARK
    assert desk.statuses() == {"001": "present", "002": "present"}


def test_two_undos_and_two_redos(desk: Desk) -> None:
    desk.mark("001")
    desk.mark("002")
    desk.undo()
    desk.undo()
    assert desk.statuses() == {}
    desk.redo()
    assert desk.statuses() == {"001": "present"}
    desk.redo()
    assert desk.statuses() == {"001": "present", "002": "present"}


def test_redo_is_gone_after_the_next_action(desk: Desk) -> None:
    desk.mark("001")
    desk.undo()
    desk.mark("002")
    assert desk.view().redo is None
    with pytest.raises(CheckInError, match="nothing_to_redo"):
        desk.redo()


def test_undo_leaves_the_other_laptops_marks_alone(desk: Desk, other_desk: Desk) -> None:
    desk.mark("001")
    other_desk.mark("002")
    desk.undo()
    assert desk.statuses() == {"002": "present"}
    with pytest.raises(CheckInError, match="nothing_to_undo"):
        desk.undo()


def test_undo_of_absent_brings_the_arrival_back(desk: Desk) -> None:
    desk.mark("001")
    desk.mark("001", status=Status.ABSENT)
    assert desk.statuses() == {"001": "absent"}
    desk.undo()
    assert desk.mark_of("001").arrived == at("14:20")


def test_bulk_absent_then_an_arrival_then_undo_of_the_bulk(desk: Desk, other_desk: Desk) -> None:
    other_desk.many(CODES, Status.ABSENT)
    desk.mark("003")
    other_desk.undo()
    assert desk.statuses() == {"003": "present"}


def test_closing_and_its_absents_are_one_undo(desk: Desk) -> None:
    desk.mark("001")
    desk.close(absent_rest=True)
    assert desk.counts().absent == 7
    changed = desk.undo()
    assert changed.undone is Action.CLOSE
    assert changed.session.state is SessionState.OPEN
    assert desk.counts().absent == 0
    desk.redo()
    assert desk.session().state is SessionState.CLOSED
    assert desk.counts().absent == 7
    desk.undo()
    assert desk.session().state is SessionState.OPEN


def test_closing_without_absents_is_undone_as_well(desk: Desk) -> None:
    desk.mark("001")
    desk.close()
    assert desk.view().undo is Action.CLOSE
    desk.undo()
    assert desk.session().state is SessionState.OPEN
    assert desk.statuses() == {"001": "present"}
    assert desk.view().redo is not None
    desk.redo()
    assert desk.session().state is SessionState.CLOSED


def test_on_a_closed_session_nothing_but_the_closing_is_undone(desk: Desk, other_desk: Desk) -> None:
    desk.mark("001")
    other_desk.mark("002")
    other_desk.close()
    with pytest.raises(CheckInError, match="undo_closed"):
        desk.undo()
    other_desk.mark("003", status=Status.PRESENT, because="was seen")
    with pytest.raises(CheckInError, match="undo_closed"):
        other_desk.undo()


def test_reopening_keeps_the_marks_and_undo_does_not_close_again(desk: Desk) -> None:
    desk.mark("001")
    desk.close(absent_rest=True)
    desk.reopen()
    assert desk.session().state is SessionState.OPEN
    assert desk.counts().absent == 7
    desk.undo()
    assert desk.session().state is SessionState.OPEN
    assert desk.counts().absent == 0


def test_reopening_needs_a_reason(desk: Desk) -> None:
    desk.open()
    desk.close()
    with pytest.raises(CheckInError, match="because_needed"):
        desk.reopen("  ")
    assert desk.session().state is SessionState.CLOSED


def test_a_clock_that_steps_back_does_not_confuse_undo(desk: Desk, bench: Bench) -> None:
    bench.now = at("15:00")
    desk.mark("001")
    bench.now = at("14:00")
    desk.mark("002")
    desk.undo()
    assert desk.statuses() == {"001": "late"}
    desk.undo()
    assert desk.statuses() == {}


def test_the_same_undo_again_undoes_nothing_more(desk: Desk, bench: Bench) -> None:
    desk.mark("001")
    desk.mark("002")
    uid = bench.uid()
    desk.undo(uid=uid)
    assert desk.undo(uid=uid).repeated
    assert desk.statuses() == {"001": "present"}


STEPS = st.one_of(
    st.tuples(st.just("arrive"), st.sampled_from(CODES)),
    st.tuples(st.just("leave"), st.sampled_from(CODES)),
    st.tuples(st.just("decide"), st.sampled_from(CODES), st.sampled_from(list(Status))),
    st.tuples(st.just("bulk"), st.lists(st.sampled_from(CODES), unique=True), st.sampled_from(list(Status))),
    st.tuples(st.just("back"), st.sampled_from(CODES)),
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
    st.tuples(st.just("close"), st.booleans()),
    st.tuples(st.just("reopen")),
)


def perform(desk: Desk, step: tuple[object, ...]) -> bool:
    """One step; False where it was refused."""
    try:
        match step:
            case ("arrive", str(code)):
                desk.mark(code)
            case ("leave", str(code)):
                desk.mark(code, left=desk.bench.now)
            case ("decide", str(code), Status() as status):
                desk.mark(code, status=status)
            case ("bulk", list(codes), Status() as status):
                desk.many(codes, status)
            case ("back", str(code)):
                desk.take_back(code)
            case ("undo",):
                desk.undo()
            case ("redo",):
                desk.redo()
            case ("close", bool(rest)):
                desk.close(rest)
            case ("reopen",):
                desk.reopen()
    except CheckInError:
        return False
    return True


def shown(desk: Desk) -> tuple[object, ...]:
    """What the desk shows, but for what undo would offer next."""
    view = desk.view()
    marks = {member: mark for member, mark in view.marks.items() if mark.status is not None}
    assert view.session is not None
    return view.session.state, marks


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(STEPS, max_size=12))
def test_whatever_happens_figures_are_the_fold_and_undo_redo_come_back(
    furnished: Furnished, steps: list[tuple[object, ...]]
) -> None:
    with fresh_desk(furnished) as desk:
        desk.open()
        for step in steps:
            desk.bench.now += 60_000
            perform(desk, step)
        with desk.ctx.reading() as connection:
            assert differences(connection) == []
        counts = desk.counts()
        assert counts.expected == counts.attended + counts.excused + counts.absent + counts.unmarked
        before = shown(desk)
        if perform(desk, ("undo",)):
            after = shown(desk)
            perform(desk, ("redo",))
            assert shown(desk) == before
            perform(desk, ("undo",))
            assert shown(desk) == after
