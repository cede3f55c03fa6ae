"""Names on labels: large where they are short, whole as long as they can be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_tui.interchange.papers.label_fit import LINE, ems, fitted

ROOM = (60.0, 18.0, 9.0, 1.6)


@pytest.mark.parametrize("name", ["王小明", "Li Na", "سارة الورد"])
def test_a_short_name_is_as_large_as_the_label_allows(name: str) -> None:
    found = fitted(name, *ROOM)
    assert found.size >= 7.8
    assert " ".join(found.lines) == name


def test_a_longer_one_has_two_lines_divided_between_words() -> None:
    found = fitted("Wilhelmina Featherstone", *ROOM)
    assert found.lines == ("Wilhelmina", "Featherstone")


def test_sixty_characters_are_all_there_and_can_be_read_at_the_door() -> None:
    for name in ("Wolfgang-Maximilian von und zu Hohenlohe-Waldenburg-Schillin", "李" * 60):
        found = fitted(name, *ROOM)
        assert "".join(found.lines).replace(" ", "") == name.replace(" ", "")
        assert found.size >= 3, name


def test_what_cannot_be_read_any_more_is_cut_and_says_so() -> None:
    found = fitted("W" * 200, *ROOM)
    assert found.size == 1.6
    assert all(line.endswith("…") for line in found.lines)


def test_a_mark_stays_with_its_letter() -> None:
    name = "กี" * 9
    assert all(line.startswith("ก") for line in fitted(name, 20, 18, 9, 1).lines)


@given(st.text("aW 王س\u0301-", min_size=1, max_size=40).map(str.strip).filter(bool))
def test_nothing_is_wider_or_higher_than_its_room(name: str) -> None:
    wide, high, largest, smallest = ROOM
    found = fitted(name, *ROOM)
    assert 1 <= len(found.lines) <= 4
    assert smallest <= found.size <= largest
    assert found.size * LINE * len(found.lines) <= high + 0.02
    assert max(map(ems, found.lines)) * found.size <= wide
