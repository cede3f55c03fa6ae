"""Study notes: what is counted, and what state a note is in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_tui.domain.notes import NoteState, count_characters, note_state

MISSING, TOO_SHORT, COMPLETE, NOT_REQUIRED, WITHOUT_PRESENCE = NoteState


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (" \n\t\u3000\xa0", 0),
        ("abc", 3),
        ("a b\nc", 3),
        ("学习 笔记。", 5),
        ("e\u0301", 1),
        ("é", 1),
        ("🌾", 1),
        ("👩\u200d🌾", 3),
    ],
)
def test_characters_are_code_points_that_are_not_white_space(text, count):
    assert count_characters(text) == count


@given(st.text(), st.text(st.sampled_from(" \n\t\u3000")))
def test_white_space_at_the_ends_counts_nothing(text, space):
    assert count_characters(space + text + space) == count_characters(text)


@pytest.mark.parametrize(
    ("chars", "paper", "attended", "lectured", "state"),
    [
        (0, False, True, False, MISSING),
        (1, False, True, False, TOO_SHORT),
        (49, False, True, False, TOO_SHORT),
        (50, False, True, False, COMPLETE),
        (0, True, True, False, COMPLETE),
        (10, True, True, False, COMPLETE),
        (0, False, True, True, NOT_REQUIRED),
        (80, True, True, True, NOT_REQUIRED),
        (0, False, False, False, NOT_REQUIRED),
        (1, False, False, False, WITHOUT_PRESENCE),
        (0, True, False, False, WITHOUT_PRESENCE),
        (80, False, False, True, WITHOUT_PRESENCE),
        (0, False, False, True, NOT_REQUIRED),
    ],
)
def test_the_state_of_a_note(chars, paper, attended, lectured, state):
    assert note_state(chars, paper, 50, attended, lectured) is state


def test_no_character_is_missing_even_where_none_is_asked_for():
    assert note_state(0, False, 0, True, False) is MISSING
    assert note_state(1, False, 0, True, False) is COMPLETE


@given(st.integers(0, 200), st.booleans(), st.integers(0, 100), st.booleans(), st.booleans())
def test_a_note_is_asked_of_who_attended_and_did_not_lecture(chars, paper, minimum, attended, lectured):
    state = note_state(chars, paper, minimum, attended, lectured)
    assert state.required == (attended and not lectured)
    assert state.owed == (state.required and state is not COMPLETE)
