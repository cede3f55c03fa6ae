"""Participation rates in words: the fraction, the per cent, and how far it is to the line."""

from __future__ import annotations

from checkin_tui.domain import rates
from checkin_tui.domain.campaign import Campaign
from checkin_tui.domain.rates import Participation, Rate, Target
from checkin_tui.i18n import _, ngettext


def target_text(target: Target) -> str:
    """`> 98 %`, `>= 97.5 %`: with the sign of the rule."""
    return _("{rule} {number} %").format(rule=target.rule, number=target.percent_text)


def percent_text(rate: Rate, target: Target | None = None) -> str:
    """`94.38 %`, never such that a missed line reads as met; `no data` for 0/0."""
    number = rates.percent_text(rate, target)
    return _("no data") if number is None else _("{number} %").format(number=number)


def fraction_text(rate: Rate, target: Target | None = None) -> str:
    """`151/160 · 94.38 %`; `no data` for 0/0."""
    if not rate.expected:
        return _("no data")
    return f"{rate.attended}/{rate.expected} · {percent_text(rate, target)}"


def shortfall_text(figures: Participation) -> str:
    """`6 more for > 98 %`, or that the line is met, or that it is out of reach and the best still possible.

    Where nobody can come any more: `23 too few for > 98 %`.
    """
    target = target_text(figures.target)
    if figures.needed is None:
        return ""
    if figures.met:
        return _("target {target} met").format(target=target)
    if figures.reachable:
        return ngettext("{count} more for {target}", "{count} more for {target}", figures.needed).format(
            count=figures.needed, target=target
        )
    if figures.best == figures.rate:
        return _too_few(figures.needed, figures.target)
    best = percent_text(figures.best, figures.target)
    return _("{target} out of reach; best still {best}").format(target=target, best=best)


def rate_text(figures: Participation) -> str:
    """`151/160 · 94.38 % · 6 more for > 98 %`; `no data` where nobody is expected."""
    if figures.needed is None:
        return _("no data")
    return f"{fraction_text(figures.rate, figures.target)} · {shortfall_text(figures)}"


def _too_few(count: int, target: Target) -> str:
    text = ngettext("{count} too few for {target}", "{count} too few for {target}", count)
    return text.format(count=count, target=target_text(target))


def leave_text(leave_counts: bool) -> str:
    """How people on leave are counted: it belongs beside every rate."""
    return _("leave counts as expected") if leave_counts else _("leave is left out")


def campaign_text(campaign: Campaign, target: Target) -> str:
    """The rate over every session taken so far: `470/480 · 97.92 % over 3 sessions`, `… with today` while that runs."""
    rate, taken = campaign.rate, campaign.taken
    if not rate.expected:
        return _("no data")
    if campaign.running:
        text = ngettext(
            "{attended}/{expected} · {percent} over {count} session with today",
            "{attended}/{expected} · {percent} over {count} sessions with today",
            taken,
        )
    else:
        text = ngettext(
            "{attended}/{expected} · {percent} over {count} session",
            "{attended}/{expected} · {percent} over {count} sessions",
            taken,
        )
    percent = percent_text(rate, target)
    return text.format(attended=rate.attended, expected=rate.expected, percent=percent, count=taken)


def before_text(campaign: Campaign, target: Target) -> str:
    """`before today 97.40 %`: while today's session runs, its people still to come drag the campaign's rate down.

    Nothing while none runs, or where today's is the first.
    """
    if not campaign.running or not campaign.held.expected:
        return ""
    return _("before today {percent}").format(percent=percent_text(campaign.held, target))


def allowance_text(campaign: Campaign, target: Target) -> str:
    """`41 absences still possible for > 98 %`, or that the line is out of reach and the best still possible.

    Nothing for 0/0; with nobody left who may come, that the line is met, or how many were too few.
    """
    line = target_text(target)
    if campaign.allowance is None:
        return ""
    if campaign.allowance < 0 and not campaign.places:
        return _too_few(-campaign.allowance, target)
    if campaign.allowance < 0:
        best = percent_text(campaign.best, target)
        return _("{target} out of reach; best still {best}").format(target=line, best=best)
    if not campaign.places:
        return _("target {target} met").format(target=line)
    return ngettext(
        "{count} absence still possible for {target}",
        "{count} absences still possible for {target}",
        campaign.allowance,
    ).format(count=campaign.allowance, target=line)
