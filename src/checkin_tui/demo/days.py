"""When the sample takes place: nine working days around today, at hours that hold the present moment."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Final

from checkin_tui.domain import calendar
from checkin_tui.domain.clock import MINUTE, Millis
from checkin_tui.domain.program import MON_FRI, ProgramTerms

NAME: Final = "A township learns together"
DAYS_BEFORE: Final = 5
DAYS_AFTER: Final = 3
LENGTH: Final = 150
"""How long an afternoon is, in minutes."""

_DAY = timedelta(days=1)
_STEP = 5
"""Hours begin at full five minutes: whoever opens the sample has five to ten more until people are late."""
_DAY_MINUTES = 24 * 60
_END_OF_DAY = time(23, 59, 59, 999_000)
"""An afternoon that would pass midnight ends with its date, to the millisecond: it is never over while it is today."""


def sample_terms(now: Millis, zone: str) -> ProgramTerms:
    """The program of the sample: today is its sixth day, an extra one at a weekend, and its session is going on."""
    clock = calendar.local(now, zone)
    today = clock.date()
    minute = clock.hour * 60 + clock.minute
    first = minute - minute % _STEP
    last = first + LENGTH
    return ProgramTerms(
        name=NAME,
        first_day=_working_day(today, -DAYS_BEFORE),
        last_day=_working_day(today, DAYS_AFTER),
        weekdays=MON_FRI,
        starts=_time(first),
        ends=_time(last) if last < _DAY_MINUTES else _END_OF_DAY,
        zone=zone,
        extra_days=frozenset() if today.weekday() in MON_FRI else frozenset({today}),
    )


def midnight(day: date, zone: str) -> Millis:
    """The instant a date begins."""
    return calendar.instant(day, time(0), zone)


def _working_day(day: date, count: int) -> date:
    """The working day so many before (negative) or after `day`."""
    step = _DAY if count > 0 else -_DAY
    for _ in range(abs(count)):
        day += step
        while day.weekday() not in MON_FRI:
            day += step
    return day


def _time(minute: int) -> time:
    return time(minute // 60, minute % 60)


def earlier(moment: Millis, minutes: float) -> Millis:
    """So many minutes before."""
    return moment - round(minutes * MINUTE)
