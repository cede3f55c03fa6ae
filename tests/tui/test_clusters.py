"""Lines cut anywhere stay as wide as they were, whatever characters they hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment

from checkin_tui.tui import clusters

PARTS = ("a", "王", "é", "e\u0301", "☠\ufe0f", "☠", "👩\u200d👩\u200d👧", "👍🏽", "🇨🇳", "1\ufe0f\u20e3", "각")


@pytest.fixture(autouse=True)
def whole():
    clusters.keep_whole()


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=8).map("".join), st.integers(0, 20))
def test_both_halves_are_as_wide_as_the_whole(text, cut):
    left, right = Segment(text).split_cells(cut)
    width = cell_len(text)
    assert (cell_len(left.text), cell_len(right.text)) == (min(cut, width), max(0, width - cut))


def test_a_character_on_the_cut_is_blank_on_both_sides():
    left, right = Segment("a☠\ufe0fb").split_cells(2)
    assert (left.text, right.text) == ("a ", " b")


def test_a_cut_between_characters_loses_nothing():
    left, right = Segment("a☠\ufe0f王").split_cells(3)
    assert (left.text, right.text) == ("a☠\ufe0f", "王")
