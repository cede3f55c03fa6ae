"""Bars, big digits and charts, as text: exactly as wide as asked, and never more than is there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_tui.domain.rates import Rate, Target
from checkin_tui.tui.safe import cells
from checkin_tui.tui.widgets import drawing
from checkin_tui.tui.widgets.blocks import Span, above, beside, grid, panel, row, wrapped

TARGET = Target(">", 98)


def text(spans) -> str:
    return "".join(span.text for span in spans)


def test_big_digits_are_five_lines_of_one_width():
    lines = drawing.big("98.13%/ 024756")
    assert len(lines) == drawing.DIGIT_ROWS
    assert len({cells(line) for line in lines}) == 1
    assert set("".join(lines)) == {"#", " "}


def test_every_digit_is_as_wide_as_the_others_and_looks_different():
    pictures = {digit: drawing.big(digit) for digit in "0123456789"}
    assert {cells(line) for picture in pictures.values() for line in picture} == {5}
    assert len(set(pictures.values())) == 10


def test_a_seven_reads_as_a_seven():
    assert drawing.big("7") == ("#####", "   ##", "  ## ", " ##  ", " ##  ")


@given(st.lists(st.integers(0, 2000), min_size=1, max_size=6), st.integers(1, 120))
def test_shares_fill_the_bar_and_the_exact_ones_are_never_more_than_they_are(parts, width):
    found = drawing.shares(parts, width, exact=1)
    assert sum(found) == (width if sum(parts) else 0)
    assert min(found) >= 0
    if any(parts[1:]):
        assert found[0] <= max(1, parts[0] * width // sum(parts))


def test_nobody_vanishes_from_a_bar():
    assert drawing.shares([158, 1, 1], 40, exact=1) == [38, 1, 1]


def test_a_bar_shows_who_is_here_from_the_left_and_the_line():
    parts = [(5, "#", "here"), (3, ".", "rest"), (2, "x", "gone")]
    assert text(drawing.stacked(parts, 10, exact=1, tick=9)) == "#####...x|"
    assert text(drawing.stacked([(0, "#", "here")], 4)) == "    "


@pytest.mark.parametrize(
    ("rate", "low", "expected"),
    [
        (Rate(49, 50), 0, "#########|"),  # 98 % is not above 98 %, and its bar does not pass the line
        (Rate(100, 100), 0, "#########|"),
        (Rate(90, 100), 80, "#####....|"),
        (Rate(50, 100), 80, ".........|"),
        (Rate(0, 0), 0, " " * 10),
    ],
)
def test_a_rate_against_its_line(rate, low, expected):
    assert text(drawing.rate_bar(rate, TARGET, 10, low)) == expected


def test_a_missed_rate_has_another_style_than_one_that_met_the_line():
    assert drawing.rate_bar(Rate(49, 50), TARGET, 10)[0].kind == "fill-bad"
    assert drawing.rate_bar(Rate(50, 50), TARGET, 10)[0].kind == "fill-good"


@given(st.integers(1, 400), st.integers(0, 400), st.integers(1, 80), st.sampled_from([0, 40, 80]))
def test_a_bar_never_passes_the_line_that_the_rate_misses(expected, attended, width, low):
    rate = Rate(min(attended, expected), expected)
    drawn = text(drawing.rate_bar(rate, TARGET, width, low))
    assert cells(drawn) == width
    if not TARGET.met_by(rate.attended, rate.expected):
        assert "#" not in drawn.partition("|")[2]


@pytest.mark.parametrize(
    ("rates", "low"), [([], 80), ([Rate(97, 100)], 80), ([Rate(55, 100)], 50), ([Rate(0, 9)], 0), ([Rate(0, 0)], 80)]
)
def test_bars_begin_below_the_lowest_rate(rates, low):
    assert drawing.scale_of(rates, TARGET) == low


def test_columns_carry_their_numbers():
    lines = [text(line) for line in drawing.columns([(3, "x", "a"), (0, "x", "b"), (12, "x", "c")], 4)]
    assert lines == ["       12", "       ##", "       ##", "  3    ##", " ##    ##"]
    assert not any(span.key == "b" for line in drawing.columns([(0, "x", "b"), (1, "x", "c")], 2) for span in line)


@given(st.lists(st.integers(0, 300), min_size=1, max_size=30), st.integers(1, 12))
def test_a_chart_is_a_rectangle_in_which_every_column_that_is_there_is_seen(numbers, height):
    lines = drawing.columns([(number, "x", place) for place, number in enumerate(numbers)], height)
    assert len(lines) == height + 1
    assert {cells(text(line)) for line in lines} == {len(numbers) * drawing.column_width(max(numbers))}
    seen = {span.key for line in lines for span in line} - {None}
    assert seen == {place for place, number in enumerate(numbers) if number}


@pytest.mark.parametrize(
    ("width", "room", "start", "late", "base", "below"),
    [
        (36, 40, 20, 24, "--------------------|---L-----------", "14:00          14:30|   L14:40 15:00    "),
        (26, 32, 20, 24, "--------------------|---L-", "14:00          14:30|   L14:40  "),  # no room for the end
        (18, 18, 3, 4, "---|L-------------", "   |14:30    15:00"),  # nor for where it begins, nor for the late
        (36, 40, 20, 20, "--------------------|L--------------", "14:00          14:30|          15:00    "),
        (12, 20, 14, 18, "------------", "14:00  15:00        "),  # the start is still to come
    ],
)
def test_labels_of_the_axis_stand_at_their_ticks_or_give_way(width, room, start, late, base, below):
    ticks = [
        drawing.Tick(start, "|", "14:30", before=True),
        drawing.Tick(late, "L", "14:40"),
        drawing.Tick(0, "", "14:00"),
        drawing.Tick(width - 1, "", "15:00", before=True),
    ]
    assert drawing.axis(width, room, ticks) == (base, below)


@given(st.integers(1, 90), st.integers(0, 9), st.integers(0, 95), st.integers(0, 95))
def test_every_sign_below_the_axis_is_under_the_same_sign_on_it(width, more, start, late):
    first = drawing.Tick(start, "|", "名 14:30", before=True)
    base, below = drawing.axis(width, width + more, [first, drawing.Tick(late, "L", "14:40"), drawing.Tick(0, "", "0")])
    assert (cells(base), cells(below)) == (width, width + more)
    for sign in "|L":
        before, found, _after = below.partition(sign)
        assert not found or base[cells(before)] == sign


@given(st.text(max_size=30), st.text(max_size=30), st.integers(1, 60))
def test_a_row_is_exactly_as_wide_as_asked(left, right, width):
    assert cells(text(row(width, (Span(left),), (Span(right),)))) == width


def test_blocks_beside_and_above_each_other_stay_rectangles_and_keep_the_reading_order():
    first = panel(10, "A", [(Span(" one", key=1),), (Span(" two", key=2),)])
    second = panel(8, "名字", [(Span(" three", key=3),)], "more")
    both = above([beside([first, second]), panel(20, "C", [(Span(" four", key=4),)])], 1)
    assert {cells(text(line)) for line in both.lines} == {20}
    assert both.panels == ((1, 2), (3,), (4,))


def test_a_grid_keeps_its_columns_when_a_number_grows():
    spans = [Span(f" {number} people") for number in (1, 22, 3)]
    more = [Span(" 100 people"), *spans[1:]]
    assert [[cells(span.text) for span in line] for line in grid(40, spans, 12)]
    assert text(grid(40, spans, 12)[0]).index("22") == text(grid(40, more, 12)[0]).index("22")


def test_words_are_wrapped_by_cells():
    assert wrapped(11, "one two three 名字很长的人的名字") == ["one two", "three", "名字很长的…"]
