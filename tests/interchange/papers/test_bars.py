"""A scanner reads exactly the code that was drawn."""

from __future__ import annotations

import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.papers.bars import code128_bars, fits_code128, qr_bars
from tests.interchange.papers.drawn import scan

PLAIN = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=16)
ANY = st.text("0019AZaz- <&\"']äßŁ工号王سж한ก", min_size=1, max_size=16).map(str.strip).filter(bool)


@pytest.mark.parametrize(
    "code",
    ["007", "0", "A 1 B", "<b>", "'\"]]>", "&amp;", "\\000026", "ü", "Ü12", "工号0001", "日本", "x" * 32, "中" * 32],
)
def test_a_qr_code_is_read_as_it_was_written(code: str) -> None:
    assert scan(*qr_bars(code)) == code


@settings(max_examples=15, deadline=None)
@given(ANY)
def test_any_code_can_be_a_qr_code(code: str) -> None:
    assert scan(*qr_bars(code)) == code


@settings(max_examples=30, deadline=None)
@given(PLAIN)
@example("99")
@example("991234")
@example("12")
@example("12345")
@example("A12345B")
@example("00991")
@example("A 99999 B")
@example("x" * 32)
def test_bars_are_read_as_they_were_written(code: str) -> None:
    assert scan(*code128_bars(code)) == code


def test_digits_stand_in_pairs_and_make_short_bars() -> None:
    assert code128_bars("12345678").width < code128_bars("ABCDEFGH").width


@pytest.mark.parametrize(("code", "fits"), [("A 1~", True), ("Ü", False), ("工", False), ("a\tb", False)])
def test_only_plain_signs_fit_bars(code: str, fits: bool) -> None:
    assert fits_code128(code) is fits


def test_there_is_room_around_a_drawing() -> None:
    assert qr_bars("1").path.startswith("M4 4h")
    assert code128_bars("1").path.startswith("M10 0h")


@pytest.mark.parametrize(("module", "draw"), [("segno", qr_bars), ("barcode", code128_bars)])
def test_a_library_that_is_missing_is_named_by_its_extra(module, draw, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(CheckInError) as caught:
        draw("1")
    assert (caught.value.code, caught.value.values) == ("extra_missing", {"extra": "badges"})
