"""What changed between two texts: nothing is lost, and what stayed is not shown as changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_tui.domain import differences as module
from checkin_tui.domain.differences import Kind, differences

texts = st.text(st.sampled_from("ab \n学习.'"), max_size=60)


@given(texts, texts)
def test_the_pieces_are_both_texts(before, after):
    pieces = differences(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind is not Kind.ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.kind is not Kind.REMOVED) == after
    assert all(piece.text for piece in pieces)


@given(texts)
def test_nothing_changed_is_one_piece(text):
    assert all(piece.kind is Kind.SAME for piece in differences(text, text))


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("one two three", "one 2 three", "one [-two-]{+2+} three"),
        ("first\nsecond\n", "first\nand second\n", "first\n{+and +}second\n"),
        ("今天学习", "今天学文件", "今天学[-习-]{+文件+}"),
        ("", "new", "{+new+}"),
        ("it's", "its", "[-it's-]{+its+}"),
    ],
)
def test_words_are_compared_within_changed_lines(before, after, shown):
    signs = {Kind.SAME: "{}", Kind.ADDED: "{{+{}+}}", Kind.REMOVED: "[-{}-]"}
    assert "".join(signs[piece.kind].format(piece.text) for piece in differences(before, after)) == shown


def test_a_text_too_long_to_compare_keeps_its_ends(monkeypatch):
    monkeypatch.setattr(module, "MOST_TOKENS", 4)
    pieces = differences("one two three four", "one 2 three four")
    assert [(piece.kind, piece.text) for piece in pieces] == [
        (Kind.SAME, "one "),
        (Kind.REMOVED, "two"),
        (Kind.ADDED, "2"),
        (Kind.SAME, " three four"),
    ]


def test_ten_thousand_lines_are_compared_by_their_ends(monkeypatch):
    monkeypatch.setattr(module, "MOST_LINES", 3)
    pieces = differences("a\nb\nc\n", "a\nx\nc\n")
    assert [piece.kind for piece in pieces] == [Kind.SAME, Kind.REMOVED, Kind.ADDED, Kind.SAME]
