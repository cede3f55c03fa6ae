"""The page of the dashboard, without a screen: every figure opens exactly whom it counts, at every size."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from textual.geometry import Size

from checkin_tui.domain.board import BranchOrder, Figure
from checkin_tui.domain.clock import MINUTE
from checkin_tui.domain.reads import LoadCampaign, LoadDesk
from checkin_tui.domain.sessions import SessionState
from checkin_tui.tui.desk.dashboard import facts as known
from checkin_tui.tui.desk.dashboard.facts import Arrived, OneDay, Sessions, Stage, Who, gather, people_behind
from checkin_tui.tui.desk.dashboard.opening import people_rows
from checkin_tui.tui.desk.dashboard.page import page
from checkin_tui.tui.register import Register
from checkin_tui.tui.safe import cells
from tests.tui.afternoon import afternoon, other_day, planned
from tests.tui.fakes import DAY, ENDS, STARTS

SIZES = [(60, 18), (77, 20), (80, 24), (99, 30), (120, 36), (160, 45), (240, 60)]


def seen(desk, *, order=BranchOrder.RATE, hidden=False):
    """The register and the facts of a desk."""
    register = Register(desk.handle(LoadDesk()), hidden=hidden)
    return register, gather(register, desk.handle(LoadCampaign()), desk.clock(), order)


def drawn(facts, size=(80, 24), chosen=None) -> str:
    block = page(facts, Size(*size), chosen)
    return "\n".join("".join(span.text for span in line).rstrip() for line in block.lines)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("number", [5, 30, 400])
def test_a_page_fills_the_width_and_never_more(size, number):
    _register, facts = seen(afternoon(number=number))
    block = page(facts, Size(*size), None)
    assert {cells("".join(span.text for span in line)) for line in block.lines} == {size[0]}
    assert all(
        span.text.startswith(" ")
        for line in block.lines
        for span in line
        if span.key is not None and "#" not in span.text
    )
    keys = [key for group in block.panels for key in group]
    assert set(keys) == {span.key for line in block.lines for span in line} - {None}


@pytest.mark.parametrize("size", SIZES)
def test_every_figure_opens_as_many_people_as_it_says(size):
    register, facts = seen(afternoon())
    block = page(facts, Size(*size), None)
    checked = 0
    for line in block.lines:
        for span in line:
            if not isinstance(span.key, Who | Arrived) or not (number := re.search(r"\d+", span.text)):
                continue
            members = people_behind(span.key, register)
            rows = [one for one in people_rows(span.key, members, register) if one.key is not None]
            fraction = re.search(r"\d+/(\d+)", span.text)
            if "here of" not in span.text and "98 %" not in span.text:  # the words below big digits
                assert len(rows) == int(fraction[1] if fraction else number[0]), span
            assert len(set(rows)) == len(members) == len(rows)
            checked += 1
    assert checked > 20


def test_what_matters_is_at_the_top_of_a_small_window():
    _register, facts = seen(afternoon())
    top = "\n".join(drawn(facts).splitlines()[:20])
    for words in (
        "21/30 · 70.00 %",
        "30 expected",
        "3 absent",
        "3 on leave",
        "Campaign",
        "NOTES",
        "LEADERS",
        "ARRIVALS",
        "BRANCHES",
    ):
        assert words in top


def test_from_120_columns_the_figures_are_big():
    _register, facts = seen(afternoon())
    assert drawn(facts, (120, 36)).count("#####") > 10
    assert "here of 30 expected" in drawn(facts, (120, 36))


@pytest.mark.parametrize("number", [30, 1500])
def test_the_big_figures_leave_room_for_what_is_out_of_reach_and_for_leave(number):
    _register, facts = seen(afternoon(number=number))
    text = drawn(facts, (120, 36))
    assert text.count("#####") > 10
    assert "> 98 % out of reach; best still 80.00 %" in text
    assert "leave counts as expected" in text


def test_figures_too_big_for_the_window_are_written():
    desk = afternoon()
    _register, facts = seen(desk)
    live = facts.board
    counts = replace(live.counts, expected=10**15, present=10**14)
    wide = facts._replace(board=live._replace(counts=counts))
    assert f"{10**14 + 3}/{10**15}" in drawn(wide, (120, 36))


@pytest.mark.parametrize("step", known.STEPS)
@pytest.mark.parametrize("minutes", [-50, -29, 0, 20, 150, 400])
def test_the_columns_of_the_arrivals_add_up_and_open_their_people(step, minutes):
    desk = afternoon()
    register, facts = seen(desk)
    found = known.buckets(facts.board, STARTS + minutes * MINUTE, step)
    assert sum(bucket.number for bucket in found.all) == sum(number for _minute, number in facts.board.arrivals)
    assert all(len(people_behind(bucket.key, register)) == bucket.number for bucket in found.all)
    assert any(bucket.begins == STARTS for bucket in found.all) or minutes < 0


def test_whoever_came_long_before_or_after_is_in_the_first_or_last_column():
    desk = afternoon(number=10, marked=False)
    desk.arrived(1, STARTS - 90 * MINUTE)
    desk.arrived(2, ENDS + 5 * MINUTE)
    register, facts = seen(desk)
    found = known.buckets(facts.board, ENDS + 60 * MINUTE, 10)
    assert people_behind(found.all[0].key, register) == (1,)
    assert people_behind(found.all[-1].key, register) == (2,)
    assert found.all[-1].begins < ENDS


def test_the_column_that_is_chosen_is_told_in_words():
    _register, facts = seen(afternoon())
    keys = [key for group in page(facts, Size(80, 24), None).panels for key in group if isinstance(key, Arrived)]
    assert re.search(r"14:\d\d-14:\d\d: \d+ (person|people)", drawn(facts, chosen=keys[1]))


def test_branches_are_sorted_as_asked():
    desk = afternoon()
    for order in BranchOrder:
        _register, facts = seen(desk, order=order)
        keys = [key for group in page(facts, Size(80, 24), None).panels for key in group]
        branches = [key.branch for key in keys if isinstance(key, Who) and key.branch and key.split]
        groups = {group.name: group for group in facts.board.branches}
        if order is BranchOrder.NAME:
            assert branches == sorted(branches)
        elif order is BranchOrder.OWED:
            assert [groups[name].owed for name in branches] == sorted((g.owed for g in groups.values()), reverse=True)
        else:
            rates = [groups[name].rate(True).fraction for name in branches]
            assert rates == sorted(rates)
        assert len(branches) == 6


def test_the_days_tell_themselves_apart_by_sign_and_word():
    _register, facts = seen(afternoon())
    text = drawn(facts, (120, 36))
    for pattern in (
        r"✓ Thu 14 May .*100\.00 %", r"✗ Fri 15 May .*90\.00 %", r"! Sat 16 May +not taken", r"~ Mon 18 May .*70\.00 %",
        r"\. Tue 19 May +planned", r"- Thu 21 May +cancelled",
    ):  # fmt: skip
        assert re.search(pattern, text), pattern
    assert "1 register not taken" in text


def test_many_days_are_shown_around_the_one_on_the_screen_and_open_as_a_list():
    desk = afternoon()
    desk.earlier = [other_day(100 + n, DAY.replace(month=3, day=1 + n)) for n in range(25)] + desk.earlier
    _register, facts = seen(desk)
    keys = [key for group in page(facts, Size(120, 36), None).panels for key in group]
    days = [key for key in keys if isinstance(key, OneDay)]
    assert OneDay(1) in days
    assert len(days) < len(facts.days)
    assert Sessions.ALL in keys


def test_the_session_on_the_screen_stands_in_the_campaign_as_the_register_has_it():
    desk = afternoon()
    view = desk.handle(LoadCampaign())
    desk.arrived(9, STARTS + MINUTE)
    register = Register(desk.handle(LoadDesk()))
    facts = gather(register, view, desk.clock(), BranchOrder.RATE)
    assert facts.board.counts.attended == 22
    assert facts.whole.rate.attended == 30 + 27 + 22


@pytest.mark.parametrize("size", SIZES)
def test_a_planned_session_shows_what_comes_and_no_rates(size):
    desk = planned(afternoon(marked=False))
    _register, facts = seen(desk)
    text = drawn(facts, size)
    assert facts.stage is Stage.COMING
    for words in (
        "Mon 18 May 14:30-17:00: planned",
        "The orchard year",
        "30 expected",
        "Last session: Fri 15 May",
        "EXPECTED BY BRANCH",
    ):
        assert words in text
    assert "0/30" not in text
    assert "0.00 %" not in text.replace("100.00 %", "").replace("90.00 %", "")


@pytest.mark.parametrize(
    ("days", "minutes", "words"),
    [
        (0, -60, "Mon 18 May 14:30-17:00: planned. The first check-in opens the register."),
        (0, 149, "Mon 18 May 14:30-17:00: planned. The first check-in opens the register."),
        (0, 150, "Ended 17:00, and nobody opened it. People can be entered by “arrived at”."),
        (-1, 0, "Planned for Mon 18 May 14:30-17:00."),
    ],
)
def test_a_planned_session_is_opened_by_a_check_in_only_on_its_day_and_before_its_end(days, minutes, words):
    desk = planned(afternoon(marked=False))
    desk.clock.at = STARTS + (days * 24 * 60 + minutes) * MINUTE
    _register, facts = seen(desk)
    assert facts.stage is Stage.COMING
    for size in SIZES:
        text = " ".join(drawn(facts, size).split())
        assert words in text
        assert ("check-in" in text) is ("check-in" in words)


def stages():
    planned_past = afternoon(marked=False)
    planned_past.clock.at = STARTS + 30 * 60 * MINUTE
    closed = afternoon(marked=False)
    closed.session = replace(closed.session, state=SessionState.CLOSED)
    empty = afternoon(number=0, marked=False)
    cancelled = afternoon(marked=False)
    cancelled.session = replace(cancelled.session, state=SessionState.CANCELLED, reason="{day} of the storm")
    none = afternoon(marked=False)
    none.session = None
    return [
        (afternoon(marked=False), Stage.WAITING, "nobody is here yet"),
        (planned_past, Stage.NOT_TAKEN, "nobody was marked"),
        (closed, Stage.NOT_TAKEN, "nobody was marked"),
        (empty, Stage.EMPTY, "nobody is expected yet"),
        (cancelled, Stage.CANCELLED, "It is in no rate. Reason: {day} of the storm"),
        (none, Stage.NO_SESSION, "Next: Tue 19 May"),
    ]


@pytest.mark.parametrize(("desk", "stage", "words"), stages(), ids=lambda value: getattr(value, "name", None))
def test_what_is_said_while_there_is_nothing_to_count(desk, stage, words):
    _register, facts = seen(desk)
    assert facts.stage is stage
    for size in SIZES:
        assert words in " ".join(drawn(facts, size).split())


def test_a_presenter_is_named_and_only_a_member_is_hidden():
    desk = planned(afternoon(marked=False))
    desk.session = replace(desk.session, presenter="Visiting Vera")
    assert "Visiting Vera" in drawn(seen(desk)[1])
    assert "Visiting Vera" in drawn(seen(desk, hidden=True)[1])
    desk.session = replace(desk.session, presenter="", presenter_id=4)
    assert "#0004" in drawn(seen(desk, hidden=True)[1])


def test_leave_that_does_not_count_leaves_the_fraction_and_is_said_beside_the_rate():
    desk = afternoon()
    desk.session = replace(desk.session, leave_counts=False)
    _register, facts = seen(desk)
    assert "21/27" in drawn(facts)
    assert "leave is left out" in drawn(facts)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("number", [30, 1500])
def test_how_leave_is_counted_is_never_cut_short(size, number):
    _register, facts = seen(afternoon(number=number))
    assert re.search(r"leave counts as expected( |$)", drawn(facts, size), re.MULTILINE)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("number", [30, 1500])
def test_while_the_session_runs_the_campaign_says_what_it_was_before_today(size, number):
    desk = afternoon(number=number)
    text = drawn(seen(desk)[1], size)
    assert "3 sessions with today" in text
    assert "before today 95.00 %" in text
    desk.session = replace(desk.session, state=SessionState.CLOSED)
    text = drawn(seen(desk)[1], size)
    assert "3 sessions" in text
    assert "today" not in text


def test_names_in_the_lists_come_hidden():
    register, _facts = seen(afternoon(), hidden=True)
    key = Who(Figure.GUESTS)
    rows = people_rows(key, people_behind(key, register), register)
    assert [row.texts[1] for row in rows] == ["#9001"]


def test_a_fraction_lists_its_people_under_their_statuses_with_the_missing_first():
    register, _facts = seen(afternoon())
    key = Who(Figure.EXPECTED, split=True)
    heads = [row.texts[0] for row in people_rows(key, people_behind(key, register), register) if row.key is None]
    assert heads == ["Not here yet: 3", "Absent: 3", "On leave: 3", "Late: 3", "Present: 18"]
