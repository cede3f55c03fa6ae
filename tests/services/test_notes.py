"""Notes typed: autosave, two windows at one note, and what undo makes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkin_tui.domain.attendance.events import Action, Status
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.notes import NoteState
from checkin_tui.domain.reads import LoadHistory, LoadNote
from checkin_tui.domain.requests import RedoNotes, SeeNotebooks, Undo, UndoNotes, WriteNote
from checkin_tui.domain.roster import Mark
from checkin_tui.services.context import Context
from checkin_tui.store.selfcheck import differences
from tests.conftest import Bench
from tests.desk import Desk

CODES = ("001", "002", "003")
ONE, TWO = UUID(int=1), UUID(int=2)


@pytest.fixture
def here(desk: Desk) -> Desk:
    """Three people are in."""
    for code in CODES:
        desk.mark(code)
    return desk


def texts(desk: Desk, code: str = "001") -> list[str]:
    """Every version, newest first."""
    return [one.text for one in desk.note_of(code).versions]


def test_the_autosaves_of_one_stay_are_one_revision(here: Desk) -> None:
    first = here.note("001", "R", stay=ONE)
    second = here.note("001", "River", stay=ONE)
    assert texts(here) == ["River"]
    assert (second.chars, second.minimum, second.mark.note) == (5, 50, NoteState.TOO_SHORT)
    assert first.revision != second.revision == here.note_of("001").versions[0].uid
    here.note("001", "River 2", stay=TWO)
    assert texts(here) == ["River 2", "River"]


def test_a_stay_that_finds_what_it_leaves_writes_nothing(here: Desk) -> None:
    assert here.note("001", "", stay=ONE).recorded is None
    assert here.note_of("001").versions == ()
    here.note("001", "River", stay=ONE)
    assert here.note("001", "River", stay=TWO).recorded is None
    assert texts(here) == ["River"]
    with pytest.raises(CheckInError, match="unchanged"):
        here.note("001", "River")


def test_an_editor_that_came_back_to_what_it_found_is_no_step_of_undo(here: Desk) -> None:
    here.note("001", "River", stay=ONE)
    here.note("001", "River!", stay=TWO)
    here.note("001", "River", stay=TWO)
    here.undo_notes()
    assert here.text_of("001") == ""


def test_a_note_may_be_emptied(here: Desk) -> None:
    here.note("001", "River")
    changed = here.note("001", "")
    assert (changed.chars, changed.mark.note) == (0, NoteState.MISSING)
    assert here.undo_notes().text
    assert here.text_of("001") == "River"


def test_the_same_write_again_writes_nothing(here: Desk, bench: Bench) -> None:
    uid = bench.uid()
    first = here.note("001", "River", uid=uid)
    here.note("001", "more")
    assert here.note("001", "River", uid=uid).recorded == first.recorded
    assert texts(here) == ["more", "River"]
    saved = here.note("002", "Hill", stay=ONE)
    assert here.note("002", "Hill", stay=ONE).recorded == saved.recorded


def test_two_windows_at_one_note_keep_both_texts(here: Desk, other_desk: Desk) -> None:
    here.note("001", "A", stay=ONE)
    over = other_desk.note("001", "B", stay=TWO)
    assert over.other == "Wang"
    for keys in range(1, 6):
        assert here.note("001", "A" + "a" * keys, stay=ONE).other == "Chen"
        assert other_desk.note("001", "B" + "b" * keys, stay=TWO).other == "Wang"
    assert texts(here) == ["Bbbbbb", "Aaaaaa", "B", "A"]
    assert [one.own for one in here.note_of("001").versions] == [False, True, False, True]
    with here.ctx.reading() as connection:
        assert differences(connection) == []


def test_a_writer_who_has_no_answer_yet_is_no_second_writer(here: Desk, other_desk: Desk) -> None:
    here.note("001", "A", stay=ONE)
    assert here.note("001", "A and a paste", stay=TWO, after=ONE).other == ""
    never = UUID(int=9)  # the disk did not take that
    assert here.note("002", "B", stay=ONE, after=never).other == ""
    other_desk.note("001", "C", stay=UUID(int=3))
    assert here.note("001", "A and more", stay=UUID(int=4), after=TWO).other == "Chen"
    assert other_desk.note("002", "D", stay=UUID(int=5), after=never).other == "Wang"


def test_an_autosave_that_comes_twice_does_not_put_itself_over_the_other_text(here: Desk, other_desk: Desk) -> None:
    here.note("001", "A", stay=ONE)
    other_desk.note("001", "B", stay=TWO)
    here.note("001", "Aa", stay=ONE)
    other_desk.note("001", "Bb", stay=TWO)
    again = here.note("001", "Aa", stay=ONE)
    assert (again.other, here.text_of("001")) == ("Chen", "Bb")


def test_who_has_seen_the_others_text_is_not_told_of_it(here: Desk, other_desk: Desk) -> None:
    seen = here.note("001", "A", stay=ONE).revision
    assert other_desk.note("001", "A and B", stay=TWO, based_on=seen).other == ""
    assert here.note("001", "A.", stay=ONE, based_on=seen).other == "Chen"


def test_more_of_a_revision_that_was_seen_is_told(here: Desk, other_desk: Desk) -> None:
    seen = here.note("001", "A", stay=ONE).revision
    here.note("001", "A and more", stay=ONE)
    assert other_desk.note("001", "B", stay=TWO, based_on=seen).other == "Wang"


def test_without_an_operator_the_laptop_is_named(
    open_context: Callable[..., Context], desk: Desk, bench: Bench
) -> None:
    desk.mark("001")
    nobody = Desk(open_context(3, ""), bench, new=False)
    nobody.note("001", "A")
    assert desk.note("001", "B").other == "laptop-3"


def test_a_notebook_seen_meanwhile_is_nobodys_text(here: Desk, other_desk: Desk) -> None:
    here.note("001", "A", stay=ONE)
    other_desk.notebooks("001")
    changed = here.note("001", "Aa", stay=ONE)
    assert (changed.other, changed.paper, changed.mark.note) == ("", True, NoteState.COMPLETE)


def test_undo_and_redo_go_back_and_forth_stay_by_stay(here: Desk) -> None:
    here.note("001", "one", stay=ONE)
    here.note("001", "one two", stay=TWO)
    undone = here.undo_notes()
    assert (undone.action, undone.text, here.text_of("001")) == (Action.UNDO, True, "one")
    assert dict(undone.marks)[here.id_of("001")].chars == 3
    here.undo_notes()
    assert here.text_of("001") == ""
    with pytest.raises(CheckInError, match="nothing_to_undo"):
        here.undo_notes()
    assert here.redo_notes().action is Action.REDO
    assert here.text_of("001") == "one"
    here.redo_notes()
    assert here.text_of("001") == "one two"
    with pytest.raises(CheckInError, match="nothing_to_redo"):
        here.redo_notes()
    here.undo_notes()
    assert here.text_of("001") == "one"


def test_redo_is_gone_after_the_next_note(here: Desk) -> None:
    here.note("001", "one")
    here.undo_notes()
    here.note("002", "two")
    with pytest.raises(CheckInError, match="nothing_to_redo"):
        here.redo_notes()


def test_what_somebody_else_wrote_over_is_not_taken_back(here: Desk, other_desk: Desk) -> None:
    here.note("002", "first")
    here.note("001", "mine")
    other_desk.note("001", "theirs")
    here.undo_notes()
    assert (here.text_of("001"), here.text_of("002")) == ("theirs", "")
    with pytest.raises(CheckInError, match="nothing_to_undo"):
        here.undo_notes()


def test_the_same_undo_again_takes_back_nothing_more(here: Desk, bench: Bench) -> None:
    here.note("001", "one")
    here.note("001", "two")
    uid = bench.uid()
    first = here.undo_notes(uid=uid)
    assert here.undo_notes(uid=uid) == first
    assert here.text_of("001") == "one"
    uid = bench.uid()
    here.do(Undo, session_id=None, uid=uid)
    assert here.do(Undo, session_id=None, uid=uid).touched == 1
    assert here.counts().attended == 3


def test_a_note_is_read_with_whose_it_is(here: Desk) -> None:
    view = here.note_of("001")
    assert (view.person.code, view.mark.note, view.versions) == ("001", NoteState.MISSING, ())
    here.note("001", "River")
    (version,) = here.note_of("001").versions
    assert (version.operator, version.station, version.chars, version.action) == ("Wang", "laptop-1", 5, Action.MARK)
    with pytest.raises(CheckInError, match="member_unknown"):
        here.handler.handle(LoadNote(here.session().id, 999))


STEPS = st.one_of(
    st.tuples(st.just("type"), st.booleans(), st.sampled_from(CODES), st.sampled_from(["", "a", "b", "c " * 40])),
    st.tuples(st.just("stay"), st.booleans(), st.sampled_from(CODES), st.integers(0, 3)),
    st.tuples(st.just("seen"), st.booleans(), st.lists(st.sampled_from(CODES), min_size=1, unique=True)),
    st.tuples(st.just("undo"), st.booleans()),
    st.tuples(st.just("redo"), st.booleans()),
)


def told(desk: Desk, session_id: int | None = None) -> list[tuple[Action, bool, int, bool]]:
    """The history of the first person's notes, newest first: action, paper, characters, active."""
    found = desk.handler.handle(LoadHistory(desk.id_of("001"), session_id))
    return [(one.action, one.paper, one.chars, one.active) for one in found.notes]


def test_every_step_about_a_note_is_in_the_history(here: Desk, bench: Bench) -> None:
    here.note("001", "wa", stay=ONE)
    here.note("001", "water", stay=ONE)
    here.notebooks("001", "002")
    assert told(here) == [(Action.BULK, True, 5, True), (Action.MARK, False, 5, True)]
    here.undo_notes()
    taken = [(Action.UNDO, False, 5, False), (Action.BULK, True, 5, False), (Action.MARK, False, 5, True)]
    assert told(here) == taken
    here.redo_notes()
    assert told(here) == [(Action.REDO, True, 5, True), *taken]
    assert told(here, here.session().id) == told(here)
    assert told(here, here.session().id + 1) == []


def test_the_history_has_events_and_notes_together(here: Desk, bench: Bench) -> None:
    bench.now += 60_000
    here.notebooks("001")
    bench.now += 60_000
    here.mark("001", status=Status.LATE)
    found = here.handler.handle(LoadHistory(here.id_of("001"), None))
    assert [one.action for one in found.steps] == [Action.MARK, Action.BULK, Action.MARK]
    assert (found.notes[0].seen, found.notes[0].typed) == (True, False)
    assert (found.notes[0].operator, found.notes[0].station) == (found.lines[0].operator, found.lines[0].station)


def perform(desk: Desk, step: tuple[object, ...], ids: dict[str, int]) -> bool:
    """One step; False where it was refused."""
    there: dict[str, Any] = {"session_id": 1}
    try:
        match step:
            case ("type", _, str(code), str(text)):
                desk.do(WriteNote, member_id=ids[code], text=text, **there)
            case ("stay", _, str(code), int(number)):
                stay = UUID(int=100 + desk.station().int)
                desk.do(WriteNote, member_id=ids[code], text=f"stay {number}", stay=stay, **there)
            case ("seen", _, list(codes)):
                desk.do(SeeNotebooks, member_ids=tuple(ids[code] for code in codes), **there)
            case ("undo", _):
                desk.do(UndoNotes, **there)
            case ("redo", _):
                desk.do(RedoNotes, **there)
    except CheckInError:
        return False
    return True


def says(desk: Desk, ids: dict[str, int]) -> list[tuple[str, Mark]]:
    views = [desk.handler.handle(LoadNote(1, member)) for member in ids.values()]
    return [(view.versions[0].text if view.versions else "", view.mark) for view in views]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=12))
def test_whatever_two_laptops_do_undo_and_redo_come_back(
    here: Desk, other_desk: Desk, steps: list[tuple[object, ...]]
) -> None:
    assert here.session().id == 1
    ids = {one.code: one.member_id for one in here.view().people if one.code in CODES}
    for step in steps:
        here.bench.now += 1_000
        perform(here if step[1] else other_desk, step, ids)
    with here.ctx.reading() as connection:
        assert differences(connection) == []
    before = says(here, ids)
    if perform(here, ("undo", True), ids):
        after = says(here, ids)
        assert perform(here, ("redo", True), ids)
        assert says(here, ids) == before
        assert perform(here, ("undo", True), ids)
        assert says(here, ids) == after
