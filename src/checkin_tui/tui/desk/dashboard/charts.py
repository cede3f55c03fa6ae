"""The panels of the campaign, of its days, and of the arrivals by the minute."""

from __future__ import annotations

from collections.abc import Hashable

from checkin_tui.domain.board import Board
from checkin_tui.domain.campaign import Campaign, Day
from checkin_tui.domain.clock import MINUTE
from checkin_tui.domain.rates import Target
from checkin_tui.i18n import _, ngettext
from checkin_tui.tui.desk.dashboard import facts as known
from checkin_tui.tui.desk.dashboard.facts import STEPS, Arrived, Buckets, Facts, OneDay, Sessions
from checkin_tui.tui.desk.dashboard.texts import day_words, is_running, minutes_text
from checkin_tui.tui.safe import cells, fit
from checkin_tui.tui.widgets import drawing
from checkin_tui.tui.widgets.blocks import Block, Span, Spans, panel, plain_block, wrapped
from checkin_tui.tui.widgets.drawing import Tick
from checkin_tui.words import (
    allowance_text,
    before_text,
    campaign_text,
    clock_text,
    key_text,
    percent_text,
    target_text,
)

LEAST_BAR = 4
BEFORE_TODAY = 2
"""Days shown before the one on the screen, where not all fit."""


# --------------------------------------------------------------------------------------------------------- the campaign


def campaign_lines(width: int, facts: Facts) -> Block:
    """The campaign in two lines, for a small window; in more where they do not fit."""
    whole, target = facts.whole, facts.target
    if whole is None or target is None:
        return plain_block(width, [(Span(" " + _("The campaign is being read …"), "muted"),)])
    lines: list[Spans] = []
    if whole.taken:
        text = _("Campaign {rate}").format(rate=campaign_text(whole, target))
        rate: Spans = (Span(f" {text}", "good" if whole.met else "text", Sessions.TAKEN),)
        lines += _joined(width, rate, _before(whole, target))
    else:
        lines.append((Span(" " + _("Campaign: no session was taken yet"), "muted"),))
    chances = (Span(f" {allowance_text(whole, target)}", "text", Sessions.COMING if _coming(facts) else None),)
    lines += _joined(width, chances, _not_taken(whole) if whole.not_taken else ())
    return plain_block(width, lines)


def _joined(width: int, first: Spans, second: Spans) -> list[Spans]:
    """Both in one line, or where they do not fit in two."""
    if not second:
        return [first]
    together = sum(cells(span.text) for span in (*first, *second)) + 1 <= width
    return [(*first, Span(" "), *second)] if together else [first, second]


def _before(whole: Campaign, target: Target, indent: str = " ") -> Spans:
    """The rate of the sessions before today's, while that one runs."""
    text = before_text(whole, target)
    return (Span(indent + text, "text"),) if text else ()


def campaign_panel(width: int, facts: Facts) -> Block:
    """The campaign: rate so far, what may still be missed, the best still possible, registers not taken."""
    whole, target = facts.whole, facts.target
    if whole is None or target is None:
        return panel(width, _("CAMPAIGN"), [(Span(" " + _("Being read …"), "muted"),)])
    aside = _("target {target}").format(target=target_text(target))
    lines: list[Spans] = []
    if whole.taken:
        rate = f"{whole.rate.attended}/{whole.rate.expected}  {percent_text(whole.rate, target)}"
        if whole.running:
            count = ngettext("{count} session with today", "{count} sessions with today", whole.taken)
        else:
            count = ngettext("{count} session taken", "{count} sessions taken", whole.taken)
        lines.append((Span(f" {rate}", "good" if whole.met else "strong", Sessions.TAKEN),))
        lines.append((Span(f"   {count.format(count=whole.taken)}", "muted"),))
        before = _before(whole, target, "   ")
        lines += [before] if before else []
    else:
        lines.append((Span(" " + _("no session was taken yet"), "muted"),))
    lines += _chances(width, facts, whole, target)
    if whole.not_taken:
        lines.append(_not_taken(whole))
    return panel(width, _("CAMPAIGN"), lines, aside)


def _coming(facts: Facts) -> list[Day]:
    return known.sessions_behind(Sessions.COMING, facts.days or (), facts.today)


def _chances(width: int, facts: Facts, whole: Campaign, target: Target) -> list[Spans]:
    """What may still be missed, and the best that can still come of it."""
    if whole.allowance is None:
        return []
    if whole.allowance < 0:
        count = -whole.allowance
        text = ngettext("out of reach by {count} person", "out of reach by {count} people", count).format(count=count)
    elif whole.places:
        text = ngettext("{count} absence still possible", "{count} absences still possible", whole.allowance)
        text = text.format(count=whole.allowance)
    else:
        text = _("target met")
    lines: list[Spans] = [(Span(f" {line}", "text"),) for line in wrapped(width - 2, text)]
    coming = len(_coming(facts))
    if coming:
        count_text = ngettext("{count} session to come", "{count} sessions to come", coming).format(count=coming)
        lines.append((Span(f" {count_text}", "text", Sessions.COMING),))
    if whole.places:
        lines.append((Span(" " + _("best still {percent}").format(percent=percent_text(whole.best, target))),))
    return lines


def _not_taken(whole: Campaign) -> Spans:
    count = len(whole.not_taken)
    text = ngettext("{count} register not taken", "{count} registers not taken", count).format(count=count)
    return (Span(f" ! {text}", "late", Sessions.NOT_TAKEN),)


# ------------------------------------------------------------------------------------------------------------- the days


def days_panel(width: int, facts: Facts, most: int) -> Block:
    """The days of the program against the line, at most `most` of them around the one on the screen."""
    days = facts.days
    if days is None:
        return panel(width, _("DAYS"), [(Span(" " + _("Being read …"), "muted"),)])
    if not days:
        return panel(width, _("DAYS"), [(Span(" " + _("No session is planned or was held yet."), "muted"),)])
    shown = _window(facts, days, most)
    words = {day.session.id: day_words(day, facts) for day in days}
    over = [day.rate for day in days if day.taken and not is_running(day, facts)]
    low = drawing.scale_of(over, days[0].session.target)
    room = max(cells(text) for _sign, text, _kind in words.values())
    name = max(cells(key_text(day.session.key)) for day in days)
    space = width - name - room - 6
    drawn = space >= LEAST_BAR
    lines = []
    for day in shown:
        sign, text, kind = words[day.session.id]
        here = facts.session is not None and facts.session.id == day.session.id
        key = OneDay(day.session.id)
        line = [Span(f" {sign} {fit(key_text(day.session.key), name)} ", "strong" if here else kind, key)]
        if drawn:
            line += drawing.rate_bar(day.rate, day.session.target, space, low) if day.taken else [Span(" " * space)]
        line.append(Span("  " + " " * (room - cells(text)) + text, kind, key))
        lines.append(tuple(line))
    if len(shown) < len(days):
        text = _("all {count} days").format(count=len(days))
        lines.append((Span(f" {text}", "muted", Sessions.ALL),))
    any_taken = any(day.taken for day in shown)
    return panel(width, _("DAYS"), lines, _("bars {low}-100 %").format(low=low) if drawn and any_taken else "")


def _window(facts: Facts, days: tuple[Day, ...], most: int) -> tuple[Day, ...]:
    """The days that fit; one line less where there are more."""
    if len(days) <= most:
        return days
    room = max(1, most - 1)
    session = facts.session
    at = next((n for n, day in enumerate(days) if session is not None and day.session.id == session.id), None)
    if at is None:
        at = next((n for n, day in enumerate(days) if day.session.key.day >= facts.today), len(days) - 1)
    top = max(0, min(at - min(BEFORE_TODAY, room // 2), len(days) - room))
    return days[top : top + room]


# --------------------------------------------------------------------------------------------------------- the arrivals


def arrivals_panel(width: int, facts: Facts, live: Board, height: int, chosen: Hashable | None) -> Block:
    """How many came when, `height` lines high; the heading says it of the column that is chosen."""
    session = live.session
    room = width - 2
    found = _grouped(live, facts, room)
    cell = drawing.column_width(found.most)
    values = []
    for bucket in found.all:
        kind = "fill-late" if bucket.begins >= session.late_from else "fill-present"
        values.append((bucket.number, kind, bucket.key))
    used = cell * len(values)
    begins = found.all[0].begins
    per_cell = found.step * MINUTE / cell

    def place(at: int) -> int:
        return int((at - begins) / per_cell)

    until = session.ends if found.all[-1].begins + found.step * MINUTE >= session.ends else facts.now
    ticks = [
        Tick(place(session.starts), "|", clock_text(session.starts, facts.zone), before=True),
        Tick(place(session.late_from), "L", clock_text(session.late_from, facts.zone)),
        Tick(0, "", clock_text(begins, facts.zone)),
        Tick(used - 1, "", clock_text(until, facts.zone), before=True),
    ]
    lines = [
        *((Span(" "), *spans) for spans in drawing.columns(values, height)),
        *((Span(f" {line}", "muted"),) for line in drawing.axis(used, room, ticks)),
    ]
    keys = [bucket.key for bucket in found.all if bucket.number]
    return panel(width, _("ARRIVALS"), lines, _aside(found, facts, chosen), keys)


def _grouped(live: Board, facts: Facts, room: int) -> Buckets:
    """In the finest steps that fit, with the numbers readable."""
    for step in STEPS:
        found = known.buckets(live, facts.now, step)
        if len(found.all) * drawing.column_width(found.most) <= room:
            return found
    return found


def _aside(found: Buckets, facts: Facts, chosen: Hashable | None) -> str:
    bucket = next((one for one in found.all if one.key == chosen), None)
    if isinstance(chosen, Arrived) and bucket is not None:
        people = ngettext("{count} person", "{count} people", bucket.number).format(count=bucket.number)
        return f"{minutes_text(bucket.key, facts)}: {people}"
    if found.step == 1:
        return _("by the minute")
    return ngettext("in steps of {count} minute", "in steps of {count} minutes", found.step).format(count=found.step)
