"""Days and times as people read them, in the program's zone, with the catalogue's names of days and months."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, time
from functools import lru_cache
from typing import TYPE_CHECKING

from checkin_tui.domain.calendar import local
from checkin_tui.domain.clock import Millis
from checkin_tui.i18n import _

if TYPE_CHECKING:
    from checkin_tui.domain.sessions import SessionKey


def weekday_name(number: int) -> str:
    """The short name of a weekday; 0 is Monday."""
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))[number]


def month_name(number: int) -> str:
    """The short name of a month; 1 is January."""
    return (
        _("Jan"),
        _("Feb"),
        _("Mar"),
        _("Apr"),
        _("May"),
        _("Jun"),
        _("Jul"),
        _("Aug"),
        _("Sep"),
        _("Oct"),
        _("Nov"),
        _("Dec"),
    )[number - 1]


@lru_cache(maxsize=4096)
def clock_text(at: Millis, zone: str) -> str:
    """`14:26`, in the zone. Whole minutes, rounded down."""
    return f"{local(at, zone):%H:%M}"


def day_text(day: date, *, year: bool = False) -> str:
    """`Mon 25 May`; with the year `Mon 25 May 2026`."""
    pattern = _("{weekday} {day} {month} {year}") if year else _("{weekday} {day} {month}")
    return pattern.format(
        weekday=weekday_name(day.weekday()), day=day.day, month=month_name(day.month), number=day.month, year=day.year
    )


def which_text(text: str, key: SessionKey) -> str:
    """`text`, which tells the session's day, and which session of that day it is: the second one has ` .2` behind."""
    return text if key.ordinal == 1 else f"{text} .{key.ordinal}"


def key_text(key: SessionKey, *, year: bool = False) -> str:
    """`Mon 18 May`, with the year `Mon 18 May 2026`, and which one where the date has several: `Mon 18 May .2`."""
    return which_text(day_text(key.day, year=year), key)


def moment_text(at: Millis, zone: str) -> str:
    """`Thu 21 May 14:26`, in the zone."""
    return _("{day} {time}").format(day=day_text(local(at, zone).date()), time=clock_text(at, zone))


def span_text(starts: Millis, ends: Millis, zone: str) -> str:
    """`14:30-17:00`, in the zone."""
    return f"{clock_text(starts, zone)}-{clock_text(ends, zone)}"


def hours_text(starts: time, ends: time) -> str:
    """`14:30-17:00`: clock times that belong to no date."""
    return f"{starts:%H:%M}-{ends:%H:%M}"


def weekdays_text(weekdays: Collection[int]) -> str:
    """`Mon-Fri`, `Mon, Wed, Fri`: runs of three and more days are written from-to. 0 is Monday."""
    parts: list[str] = []
    days = sorted(weekdays)
    while days:
        run = 1
        while run < len(days) and days[run] == days[0] + run:
            run += 1
        if run >= 3:
            parts.append(f"{weekday_name(days[0])}-{weekday_name(days[run - 1])}")
        else:
            parts += [weekday_name(number) for number in days[:run]]
        days = days[run:]
    return ", ".join(parts)
