"""What stands of a note after undo and redo, and which revision an editor goes on in."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_tui.domain.attendance.events import Action
from checkin_tui.domain.note_history import goes_on_in, note_steps, replay


class Says(NamedTuple):
    text: str
    batch: UUID = UUID(int=9)
    action: Action = Action.MARK
    paper: bool = False


def standing(*revisions: Says) -> list[str]:
    return [one.text for one in replay(revisions).standing]


def undo(text: str) -> Says:
    return Says(text, action=Action.UNDO)


def redo(text: str) -> Says:
    return Says(text, action=Action.REDO)


@pytest.mark.parametrize(
    ("revisions", "left"),
    [
        ([], []),
        ([Says("a"), Says("b")], ["a", "b"]),
        ([Says("a"), Says("b"), undo("a")], ["a"]),
        ([Says("a"), undo(""), undo("")], []),
        ([Says("a"), Says("b"), undo("a"), redo("b")], ["a", "b"]),
        ([Says("a"), Says("b"), undo("a"), undo(""), redo("a")], ["a"]),
        ([Says("a"), Says("b"), undo("a"), undo(""), redo("a"), redo("b")], ["a", "b"]),
        ([Says("a"), undo(""), Says("c"), redo("a")], ["c"]),
        ([Says("a"), Says("b"), undo("a"), Says("c"), undo("a")], ["a"]),
        ([Says(""), Says("a"), Says("a"), Says("b"), undo("a")], ["a"]),
        ([Says("a"), Says("a", paper=True), undo("a")], ["a"]),
    ],
)
def test_what_stands(revisions: list[Says], left: list[str]) -> None:
    assert standing(*revisions) == left


def test_the_note_goes_back_to_what_is_below() -> None:
    assert replay([]).below == replay([Says("a")]).below == ("", False)
    assert replay([Says("a", paper=True), Says("b", paper=True)]).below == ("a", True)


def test_what_was_taken_is_gone_once_somebody_wrote_on() -> None:
    taken = replay([Says("a"), undo("")]).taken
    assert [(one.by.action, one.revision.text) for one in taken] == [(Action.UNDO, "a")]
    assert replay([Says("a"), undo(""), Says("b")]).taken == ()


@pytest.mark.parametrize(
    ("revisions", "steps"),
    [
        ([Says("a"), Says("a"), Says("b")], ["typed a", "typed b"]),
        ([Says("a"), Says("a", paper=True)], ["typed a", "seen a"]),
        ([Says("b", paper=True)], ["seen typed b"]),
        ([Says("a"), undo("")], ["typed a gone", "typed  gone"]),
        ([Says("a"), undo(""), redo("a")], ["typed a gone", "typed  gone", "typed a"]),
        ([undo(""), redo("a"), Says("a")], ["typed a"]),
        ([Says("a"), Says("a", paper=True), undo("a")], ["typed a", "seen a gone", "seen a gone"]),
        ([Says("a"), undo(""), Says(""), redo("a")], ["typed a gone", "typed  gone"]),
    ],
)
def test_what_the_history_tells(revisions: list[Says], steps: list[str]) -> None:
    told = [
        " ".join(["seen"] * one.seen + ["typed"] * one.typed + [one.revision.text] + ["gone"] * (not one.active))
        for one in note_steps(revisions)
    ]
    assert told == steps


@given(st.lists(st.builds(Says, st.sampled_from("ab"), action=st.sampled_from(Action), paper=st.booleans())))
def test_the_history_ends_with_what_the_note_says(revisions: list[Says]) -> None:
    active = [one.revision for one in note_steps(revisions) if one.active]
    assert len(active) == len(replay(revisions).standing)


STAY, OTHER = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    ("batches", "at"),
    [
        ([], None),
        ([OTHER], None),
        ([STAY], 0),
        ([OTHER, STAY], 1),
        ([STAY, OTHER], None),
        ([STAY, OTHER, STAY], 2),
        ([STAY, OTHER, STAY, OTHER, OTHER], 2),
    ],
)
def test_where_a_stay_goes_on(batches: list[UUID], at: int | None) -> None:
    revisions = [Says(str(number), batch) for number, batch in enumerate(batches)]
    found = goes_on_in(revisions, STAY)
    assert found == (None if at is None else revisions[at])


def test_never_across_an_undo() -> None:
    history = [Says("a", STAY), Says("b", OTHER), Says("c", STAY), undo("b")]
    assert goes_on_in(history, STAY) is None


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3)), max_size=40))
def test_writers_that_take_turns_keep_their_last_texts_in_two_revisions_each(turns: list[tuple[bool, int]]) -> None:
    """Every writer types on at their own text, as two windows do that never look at each other."""
    history: list[Says] = []
    last: dict[UUID, str] = {}
    for first, keys in turns:
        stay = STAY if first else OTHER
        text = last.get(stay, "A" if first else "B") + "x" * (keys + 1)
        overwritten = history[-1] if history else None
        into = goes_on_in(history, stay)
        if into is not None:
            history.remove(into)
        history.append(Says(text, stay))
        last[stay] = text
        assert len(history) <= 4
        assert {one.text for one in history} >= set(last.values())
        assert overwritten is None or overwritten.batch == stay or overwritten in history
    if history:
        assert replay(history).standing[-1].text == history[-1].text
