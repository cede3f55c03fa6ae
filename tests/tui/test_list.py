"""The model behind the list, and the list itself: one mark repaints one line."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.roster import Counts, Mark
from checkin_tui.tui.model import Order, RosterModel
from checkin_tui.tui.safe import fit
from checkin_tui.tui.widgets.columns import Column, Columns
from tests.tui.driving import driven
from tests.tui.fakes import people, person

HERE = Mark(status=Status.PRESENT, arrived=1, inside=True)


def model() -> RosterModel:
    return RosterModel(
        [
            person(1, "Zhang Wei", "Hepan"),
            person(2, "Chen Mei", "Hepan"),
            person(3, "Zhang Wen", "Xinghe"),
            person(4, "Li Na", "Xinghe", expected=False),
        ],
        {2: HERE},
        [person(5, "Boris Novak", "Lakeside")],
    )


def names(some: RosterModel) -> list[str]:
    return [some.people[position].name for position in some.shown]


def test_counts_follow_every_mark_and_guests_are_apart():
    some = model()
    assert some.counts == Counts(expected=3, present=1, unmarked=2)
    assert some.set_mark(1, Mark(status=Status.EXCUSED)) == 0
    assert some.set_mark(4, HERE) == 3
    assert some.set_mark(1, Mark(status=Status.ABSENT)) == 0
    assert some.counts == Counts(expected=3, present=1, absent=1, unmarked=1, guests=1)
    assert some.set_mark(1, Mark(status=Status.ABSENT)) is None
    assert some.set_mark(99, HERE) is None
    assert some.marks[99] == HERE  # a note of somebody who is in no row is a figure all the same
    again = RosterModel(some.people, some.marks)
    assert again.counts == some.counts


def test_going_on_typing_narrows_and_taking_back_widens():
    some = model()
    some.filter("zh")
    assert names(some) == ["Zhang Wei", "Zhang Wen"]
    some.filter("zh x")
    assert names(some) == ["Zhang Wen"]
    assert some.only_hit() == 2
    some.filter("zh")
    assert names(some) == ["Zhang Wei", "Zhang Wen"]
    assert some.only_hit() is None
    some.filter("zhang wei")
    assert some.only_hit() == 0
    some.filter("")
    assert len(some.shown) == 4


def test_rows_of_a_filtered_list():
    some = model()
    assert some.row_of(2) == 2
    some.filter("zhang")
    assert [some.row_of(position) for position in range(4)] == [0, None, 1, None]


def test_it_is_sorted_again_only_on_request():
    some = model()
    some.set_mark(1, HERE)
    assert names(some)[0] == "Zhang Wei"
    some.sort(Order.UNMARKED_FIRST)
    assert names(some) == ["Zhang Wen", "Li Na", "Zhang Wei", "Chen Mei"]
    assert some.position_of(3) == 0
    some.sort(Order.SHEET)
    assert names(some)[0] == "Zhang Wei"


def test_a_guest_of_the_day_is_added_at_the_end():
    some = model()
    some.filter("novak")
    assert names(some) == []
    assert [p.name for p in some.others_matching("novak")] == ["Boris Novak"]
    some.add(some.person(5)._replace(expected=False))
    assert names(some) == ["Boris Novak"]
    assert some.others_matching("novak") == []
    assert some.codes.find("0005") == 5
    some.set_mark(5, HERE)
    assert some.counts.guests == 1


def test_a_branch_alone():
    some = model()
    some.only_branch("Xinghe")
    assert names(some) == ["Zhang Wen", "Li Na"]
    assert some.unmarked_shown() == [3]
    some.filter("li")
    assert names(some) == ["Li Na"]
    some.only_branch(None)
    some.filter("")
    assert len(some.shown) == 4


@pytest.mark.parametrize("width", [60, 72, 80, 96, 120, 140, 200])
@pytest.mark.parametrize("length", [1, 12, 60])
def test_columns_fill_the_window_and_never_more(width, length):
    roster = [person(1, "名" * length, "A" * length, title="T" * length, code="9" * min(length, 12))]
    columns = Columns.measure(RosterModel(roster), width)
    assert 1 + sum(column.width + 1 for column in columns.shown) <= width
    kinds = {column.kind for column in columns.shown}
    assert {Column.CODE, Column.NAME, Column.STATUS, Column.ARRIVED} <= kinds
    assert next(column.width for column in columns.shown if column.kind is Column.NAME) >= 16


@pytest.mark.parametrize("text", ["", "abc", "名字很长的人", "a名b字", "é" * 9, "👩‍👩‍👧x", "\x1b[1m", "محمد"])
@pytest.mark.parametrize("width", range(12))
def test_fit_is_exactly_as_wide_as_asked(text, width):
    assert cell_len(fit(text, width)) == width


async def test_one_mark_repaints_one_line_of_the_list():
    async with driven(number=500) as it:
        await it.do("<down>", "<down>")
        drawn = []
        original = it.screen.list.render_line
        it.screen.list.render_line = lambda y: drawn.append(y) or original(y)
        await it.do("<f5>")
        assert set(drawn) == {2}
        drawn.clear()
        await it.do("<down>")
        assert set(drawn) == {2, 3}


async def test_a_mark_out_of_view_repaints_nothing_of_the_list():
    async with driven(number=500) as it:
        drawn = []
        original = it.screen.list.render_line
        it.screen.list.render_line = lambda y: drawn.append(y) or original(y)
        it.screen.list.changed(400)
        await it.settle()
        assert drawn == []


async def test_the_highlight_stays_in_view():
    async with driven(number=500) as it:
        for _turn in range(60):
            it.keys("down")
        await it.settle()
        row = it.screen.register.model.row_of(it.screen.list.highlight)
        top = it.screen.list.scroll_offset.y
        assert row == 59
        assert top <= row < top + it.screen.list.page
        for _turn in range(59):
            it.keys("up")
        await it.settle()
        assert it.screen.list.scroll_offset.y == 0


def test_a_large_roster_is_filtered_by_plain_search():
    some = RosterModel(people(3000))
    some.filter("0042")
    assert [some.people[p].code for p in some.shown] == ["0042"]
