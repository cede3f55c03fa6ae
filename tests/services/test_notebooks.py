"""Notebooks seen: one by one and by the branch."""

from __future__ import annotations

import pytest

from checkin_tui.domain.attendance.events import Action, Status
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.notes import NoteState
from checkin_tui.domain.requests import Undo
from checkin_tui.store.schema import refused_attempts
from tests.conftest import Bench
from tests.desk import Desk


@pytest.fixture
def here(desk: Desk) -> Desk:
    """Four people are in; the fourth lectures."""
    for code in ("001", "002", "003", "004"):
        desk.mark(code)
    desk.edit(presenter="004")
    return desk


def seen(desk: Desk) -> list[str]:
    view = desk.view()
    return sorted(one.code for one in view.people if (mark := view.marks.get(one.member_id)) and mark.paper)


def test_a_notebook_seen_makes_the_note_complete_and_keeps_its_text(here: Desk) -> None:
    here.note("001", "short ")
    changed = here.notebooks("001")
    assert (changed.action, changed.unchanged, changed.text) == (Action.BULK, (), False)
    ((member, mark),) = changed.marks
    assert member == here.id_of("001")
    assert mark == here.mark_of("001")
    assert (mark.note, mark.paper, mark.chars) == (NoteState.COMPLETE, True, 5)
    assert here.text_of("001") == "short "


@pytest.mark.parametrize(
    ("code", "refusal"), [("005", "not_here"), ("004", "note_not_asked"), ("001", "notebook_seen")]
)
def test_one_notebook_that_does_not_count_is_refused_with_the_name(here: Desk, code: str, refusal: str) -> None:
    here.notebooks("001")
    with pytest.raises(CheckInError, match=refusal) as raised:
        here.notebooks(code)
    assert raised.value.values["name"]
    assert seen(here) == ["001"]
    with here.ctx.reading() as connection:
        kept = connection.execute(refused_attempts.select()).all()
    assert [(row.code, row.member_id) for row in kept] == [(refusal, here.id_of(code))]


def test_who_is_on_leave_was_not_here(here: Desk) -> None:
    here.excuse("005")
    with pytest.raises(CheckInError, match="not_here"):
        here.notebooks("005")


def test_a_refused_notebook_stays_refused_under_its_id(here: Desk, bench: Bench) -> None:
    uid = bench.uid()
    for _ in range(2):
        with pytest.raises(CheckInError, match="not_here"):
            here.notebooks("005", uid=uid)


def test_a_guest_owes_none(here: Desk) -> None:
    here.add("Ada Guest", code="900", guest=True)
    here.mark("900", guest=True)
    with pytest.raises(CheckInError, match="note_not_asked"):
        here.notebooks("900")


def test_a_whole_branch_is_one_batch_that_passes_over_whom_it_is_not_about(here: Desk) -> None:
    here.notebooks("002")
    changed = here.notebooks("003", "002", "001", "004", "005")
    assert [member for member, _ in changed.marks] == [here.id_of("003"), here.id_of("001")]
    assert changed.unchanged == (here.id_of("002"), here.id_of("004"))
    assert seen(here) == ["001", "002", "003"]
    with pytest.raises(CheckInError, match="unchanged"):
        here.notebooks("001", "002", "005")


def test_the_same_batch_again_writes_nothing(here: Desk, bench: Bench) -> None:
    uid = bench.uid()
    first = here.notebooks("001", "002", uid=uid)
    here.notebooks("003")
    assert here.notebooks("001", "002", uid=uid) == first
    assert [len(here.note_of(code).versions) for code in ("001", "002", "003")] == [1, 1, 1]


def test_before_the_opening_nothing_is_seen(desk: Desk) -> None:
    with pytest.raises(CheckInError, match="closed"):
        desk.notebooks("001", "002")


def test_one_undo_takes_the_whole_batch_back_and_redo_brings_it_again(here: Desk) -> None:
    here.note("001", "typed")
    here.notebooks("001", "002", "003")
    undone = here.undo_notes()
    assert (len(undone.marks), undone.text, seen(here)) == (3, False, [])
    assert here.text_of("001") == "typed"
    assert len(here.redo_notes().marks) == 3
    assert seen(here) == ["001", "002", "003"]


def test_undo_leaves_alone_whom_somebody_wrote_about_since(here: Desk, other_desk: Desk) -> None:
    here.notebooks("001", "002", "003")
    other_desk.note("002", "typed later")
    assert len(here.undo_notes().marks) == 2
    assert seen(here) == ["002"]
    other_desk.note("001", "typed as well")
    assert len(here.redo_notes().marks) == 1
    assert seen(here) == ["002", "003"]
    with pytest.raises(CheckInError, match="nothing_to_redo"):
        here.redo_notes()


def test_the_undo_of_whatever_kind_takes_the_batch_back_too(here: Desk) -> None:
    here.many(["005", "006"], Status.PRESENT)
    here.notebooks("001", "002", "005")
    undone = here.do(Undo, session_id=None)
    assert (undone.kind, undone.code, undone.touched) == ("note", None, 3)
    assert seen(here) == []
    assert here.do(Undo, session_id=None).undone is Action.BULK
    assert here.counts().attended == 4
