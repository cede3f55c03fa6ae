"""How the panels of the dashboard are laid out, for any size of the window. Pure."""

from __future__ import annotations

from collections.abc import Hashable

from textual.geometry import Size

from checkin_tui.domain.board import Board
from checkin_tui.i18n import _
from checkin_tui.tui.desk.dashboard.charts import arrivals_panel, campaign_lines, campaign_panel, days_panel
from checkin_tui.tui.desk.dashboard.coming import expected_panel, what_comes
from checkin_tui.tui.desk.dashboard.facts import Facts, Stage
from checkin_tui.tui.desk.dashboard.panels import (
    big_numbers,
    branches_panel,
    counts_block,
    leaders_panel,
    notes_panel,
    rate_lines,
)
from checkin_tui.tui.widgets.blocks import Block, Span, above, beside, plain_block

BROAD, NARROW = 118, 76
"""Cells from which there are three columns, and below which there is one."""

HIGH = 26
GAP = 2
LEAST_CHART, MOST_CHART = 3, 16


def page(facts: Facts | None, size: Size, chosen: Hashable | None) -> Block:
    """The whole page. None: the desk is still being read."""
    width = max(1, size.width)
    if facts is None:
        return plain_block(width, [(Span(" " + _("Being read …"), "muted"),)])
    if facts.stage is not Stage.HELD or facts.board is None:
        return _coming(facts, width, size.height)
    if width >= BROAD:
        return _projector(facts, facts.board, width, size.height, chosen)
    return _desk(facts, facts.board, width, size.height, chosen)


def _air(height: int) -> int:
    """Blank lines between panels, where there is room for them."""
    return 1 if height >= HIGH else 0


def _desk(facts: Facts, live: Board, width: int, height: int, chosen: Hashable | None) -> Block:
    """For a window of 80 by 24: everything that matters at the top, the rest below."""
    top = above([rate_lines(width, live), counts_block(width, live), campaign_lines(width, facts)], _air(height))
    if width < NARROW:
        parts = [notes_panel(width, live), leaders_panel(width, live)]
        parts += [arrivals_panel(width, facts, live, LEAST_CHART, chosen), days_panel(width, facts, 12)]
        return above([top, *parts, branches_panel(width, facts, live)], _air(height))
    left = (width - GAP) // 2
    fixed = [notes_panel(left, live), leaders_panel(left, live)]
    chart = _chart_height(height)
    arrivals = arrivals_panel(left, facts, live, chart, chosen)
    taken = len(top.lines) + sum(len(block.lines) for block in (*fixed, arrivals)) + 1
    days = days_panel(left, facts, max(4, height - taken - 4 * _air(height)))
    column = above([*fixed, arrivals, days], _air(height))
    return above([top, beside([column, branches_panel(width - GAP - left, facts, live)], GAP)], _air(height))


def _chart_height(height: int) -> int:
    return max(LEAST_CHART, min(MOST_CHART, (height - 24) // 2))


def _projector(facts: Facts, live: Board, width: int, height: int, chosen: Hashable | None) -> Block:
    """From 120 columns: large numbers, and three columns beside each other."""
    air = _air(height)
    numbers = big_numbers(width, live) or rate_lines(width, live)
    top = above([numbers, counts_block(width, live)], air)
    third, last = (width - 2 * GAP) * 28 // 100, (width - 2 * GAP) * 34 // 100
    middle = width - 2 * GAP - third - last
    left = height - len(top.lines) - air
    campaign = campaign_panel(third, facts)
    days = days_panel(third, facts, max(4, left - len(campaign.lines) - air - 1))
    notes = above([notes_panel(middle, live), leaders_panel(middle, live)], air)
    chart = max(LEAST_CHART, min(MOST_CHART, left - len(notes.lines) - air - 4))
    arrivals = arrivals_panel(middle, facts, live, chart, chosen)
    columns = [
        above([campaign, days], air),
        above([notes, arrivals], air),
        branches_panel(last, facts, live),
    ]
    return above([top, beside(columns, GAP)], air)


def _coming(facts: Facts, width: int, height: int) -> Block:
    """Nothing is counted yet: what comes, beside the campaign as it stands."""
    air = _air(height)
    if facts.stage is Stage.NO_PROGRAM:
        return what_comes(width, facts)
    live = facts.board
    expected = live is not None and live.branches and facts.stage in (Stage.COMING, Stage.WAITING)
    if width < NARROW:
        parts = [what_comes(width, facts), campaign_panel(width, facts), days_panel(width, facts, 12)]
        return above([*parts, expected_panel(width, live)] if expected and live else parts, 1)
    left = (width - GAP) // 2
    right = width - GAP - left
    comes, campaign = what_comes(width, facts), campaign_panel(left, facts)
    room = height - len(comes.lines) - 1
    if expected and live is not None:
        days = days_panel(left, facts, max(4, room - len(campaign.lines) - 1 - air))
        columns = [above([campaign, days], air), expected_panel(right, live)]
    else:
        columns = [campaign, days_panel(right, facts, max(4, room - 1))]
    return above([comes, beside(columns, GAP)], 1)
