"""The line at the top: what it keeps when it is narrow."""

from __future__ import annotations

import pytest

from checkin_tui.domain.rates import Target, participation
from checkin_tui.domain.roster import Counts
from checkin_tui.tui.safe import cells
from checkin_tui.tui.widgets.lines import CountsLine, CountsValue, DeskHeader, HeaderFacts

SPAN = "Wed 28 May 14:30-17:00"


def line(width: int, **more) -> str:
    values = {
        "program": "Spring learning campaign of the township",
        "session": f"{SPAN} self-study OPEN",
        "short": f"{SPAN} OPEN",
        "clock": "14:26",
        "operator": "Wang",
        "state": "saved",
    } | more
    return DeskHeader().draw(HeaderFacts(**values), width).plain


def test_the_kind_gives_way_before_the_program_is_unrecognisable():
    assert line(80).split(" · ")[0].strip() == "Spring learni…"
    assert "self-study" in line(100)
    narrow = line(80, practice=True)
    assert f"Spring learni… · {SPAN} OPEN" in narrow
    assert "PRACTICE" in narrow
    assert "self-study" not in narrow


def test_a_long_operator_gives_way_before_the_program():
    text = line(80, operator="Maximiliane von der Hohenlinden", practice=True)
    assert SPAN in text
    assert "Maximil…" in text
    assert "14:26" in text


@pytest.mark.parametrize("state", ["OPEN", "CANCELLED"])
@pytest.mark.parametrize("practice", [True, False])
@pytest.mark.parametrize("saved", ["saved", "saving 12 …", "NOT SAVED 12"])
def test_program_day_hours_and_state_are_there_at_eighty_columns(state, practice, saved):
    for program in ("Spring learning campaign", "龙泉乡春季学习活动周学习活动周", "Lauf"):
        text = line(
            80,
            program=program,
            session=f"{SPAN} seminar {state}",
            short=f"{SPAN} {state}",
            practice=practice,
            state=saved,
        )
        assert cells(text) <= 80
        for part in (program[:3], SPAN, state, "14:26", saved):
            assert part in text


def counted(width: int, counts: Counts) -> str:
    figures = participation(counts, Target.parse(">98"), True, False)
    return CountsLine().draw(CountsValue(counts, figures, closed=False), width).plain.strip()


def test_the_counts_are_words_in_the_narrowest_window_too():
    counts = Counts(expected=320, present=160, excused=6, unmarked=154, guests=1)
    assert counted(60, counts).startswith("160 present  6 on leave  154 not here yet  1 guest")
    assert counted(80, counts).startswith("160 present  0 late  6 on leave  0 absent  154 not here yet  1 guest")
    assert counted(60, Counts(expected=9, unmarked=9)).startswith("0 present  0 late  0 on leave  0 absent")
