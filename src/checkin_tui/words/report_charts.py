"""What the charts of the report say, and the arrivals as figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from math import floor
from typing import Final

from checkin_tui.domain.rates import Rate, Target
from checkin_tui.domain.report_paper import Bar, Block, CountChart, RateChart, Section, Table, Text
from checkin_tui.domain.reporting import ReportView
from checkin_tui.i18n import _, ngettext
from checkin_tui.words.labels import branch_word
from checkin_tui.words.participation import fraction_text, percent_text, target_text
from checkin_tui.words.times import key_text

_EARLIEST, _LATEST = -60, 120
"""The minutes the chart of arrivals has room for."""
_STEP: Final = 5
_TICK: Final = 15


def day_chart(view: ReportView) -> RateChart:
    """The rate of each session that was taken."""
    bars = [
        _bar(key_text(day.session.key), percent_text(day.rate, day.session.target), day.rate, day.session.target)
        for day in view.taken
    ]
    return _chart(_("Participation by day, against the target"), bars, view.program.terms.target, upright=True)


def branch_chart(view: ReportView) -> RateChart:
    """The rate of each branch over all of them."""
    target = view.program.terms.target
    bars = [_bar(branch_word(one.name), fraction_text(one.rate, target), one.rate, target) for one in view.branches]
    return _chart(_("Participation by branch, against the target"), bars, target, upright=False)


def _bar(label: str, text: str, rate: Rate, target: Target) -> Bar:
    percent = None if rate.fraction is None else 100 * rate.fraction
    return Bar(label, text, percent, Fraction(target.percent), target.met_by(rate.attended, rate.expected))


def _chart(title: str, bars: list[Bar], target: Target, *, upright: bool) -> RateChart:
    low = _low(bars)
    met = sum(bar.met is True for bar in bars)
    missed = sum(bar.met is False for bar in bars)
    about = _("{met} met the target, {missed} did not; the table below has every figure.")
    return RateChart(
        title=title,
        about=about.format(met=met, missed=missed),
        bars=tuple(bars),
        low=low,
        upright=upright,
        scale=_("scale {low} to 100 %").format(low=low),
        met=_("target met"),
        missed=_("not met"),
        target=_("target {target}").format(target=target_text(target)),
    )


def _low(bars: Iterable[Bar]) -> int:
    """Where the bars begin: some way below the smallest, at full tens."""
    found = [percent for bar in bars for percent in (bar.percent, bar.line) if percent is not None]
    return max(0, floor((min(found, default=Fraction(100)) - 2) / 10) * 10)


def arrivals_section(view: ReportView) -> Section:
    """When people came: by the rules, and by the minute."""
    found = view.arrivals
    heading = _("Arrivals")
    if not found.attended:
        return Section(heading, (Text(_("Nobody has come yet.")),))
    kinds = (
        (_("before the start"), str(found.early)),
        (_("from the start on, in time"), str(found.in_time)),
        (_("after late began"), str(found.late)),
        (_("time not known"), str(found.unknown)),
    )
    total = (_("attended in all"), str(found.attended))
    late = ngettext("{count} of them is late by status.", "{count} of them are late by status.", found.late_status)
    blocks: list[Block] = [
        Table((_("Came"), _("How many")), kinds, frozenset({1}), total=total),
        Text(late.format(count=found.late_status)),
    ]
    if found.minutes:
        blocks += [_arrivals_chart(view), _steps(view)]
    return Section(heading, tuple(blocks))


def _arrivals_chart(view: ReportView) -> CountChart:
    minutes, grace = view.arrivals.minutes, view.program.terms.grace
    shown = [minute for minute in minutes if _EARLIEST <= minute <= _LATEST]
    first, last = min([*shown, 0]), max([*shown, grace])
    beyond = sum(count for minute, count in minutes.items() if not first <= minute <= last)
    about = _("How many came in each minute, over all sessions; the table below has the figures in steps.")
    if beyond:
        more = ngettext("{count} came outside this span.", "{count} came outside this span.", beyond)
        about = f"{about} {more.format(count=beyond)}"
    ticks = {minute: _minute(minute) for minute in range(_EARLIEST, last + 1, _TICK) if minute >= first}
    ticks[0] = _("start")
    return CountChart(
        title=_("Arrivals by the minute, over all sessions"),
        about=about,
        columns=tuple((minute, minutes.get(minute, 0), minute >= grace) for minute in range(first, last + 1)),
        ticks=tuple(sorted(ticks.items())),
        plain=_("up to the grace of {count} min").format(count=grace),
        marked=_("later"),
    )


def _minute(minute: int) -> str:
    return _("{count} min").format(count=f"{minute:+d}" if minute else "0")


def _steps(view: ReportView) -> Table:
    """The same in steps of five minutes; steps in which nobody came are left out."""
    steps: Counter[int] = Counter()
    for minute, count in view.arrivals.minutes.items():
        steps[minute // _STEP * _STEP] += count
    rows = tuple((_span(step), str(count)) for step, count in sorted(steps.items()))
    return Table((_("Minutes from the start"), _("How many")), rows, frozenset({1}))


def _span(step: int) -> str:
    return _("{first} to {last}").format(first=f"{step:+d}" if step else "0", last=f"{step + _STEP - 1:+d}")
