"""Dates and hours: reading them as people write them, the days of a program, and instants in its zone.

Every refusal is a ValueError whose only argument is a short word (`weekdays`, `clock`, `hours`, `hours_order`, `dates`,
`dates_long`, `zone`) for the catalogue of sentences.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from checkin_tui.domain.clock import MINUTE, Millis
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.sessions import SessionKey

LONGEST_PROGRAM = 3660
"""Days between the first and the last; more is a slip of the pen in the year."""

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORTEST_DAY = 3
_DASH = re.compile(r"\s*[-\u2010-\u2015~]\s*")
_CLOCK = re.compile(r"(\d{1,2})\s*[:.h。]\s*(\d{2})|(\d{1,2})(\d{2})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def parse_weekdays(text: str) -> frozenset[int]:
    """Weekdays (0 is Monday) written as `mon-fri`, `mon,wed,fri` or `fri-sun, tuesday`; a range may pass Sunday.

    Raises ValueError `weekdays`.
    """
    days: set[int] = set()
    joined = _DASH.sub("-", unicodedata.normalize("NFKC", text).casefold())
    for part in re.split(r"[,;、\s]+", joined.strip(" ,;、")):
        first, dash, last = part.partition("-")
        start = _weekday(first)
        end = _weekday(last) if dash else start
        days.update((start + step) % 7 for step in range((end - start) % 7 + 1))
    return frozenset(days)


def format_weekdays(days: Collection[int]) -> str:
    """The shortest way to write them that `parse_weekdays` reads back: `mon-fri,sun`. Three in a row make a range."""
    runs: list[list[int]] = []
    for day in sorted(set(days)):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    names = [day[:_SHORTEST_DAY] for day in _DAYS]
    return ",".join(
        f"{names[run[0]]}-{names[run[-1]]}" if len(run) > 2 else ",".join(names[day] for day in run) for run in runs
    )


def parse_clock(text: str) -> time:
    """A time of day written as `9:05`, `0905`, `14.30`, `14h30` or full width. Raises ValueError `clock`."""
    match = _CLOCK.fullmatch(unicodedata.normalize("NFKC", text).strip().casefold())
    if match is None:
        raise ValueError("clock")
    hours, minutes = int(match[1] or match[3]), int(match[2] or match[4])
    if hours > 23 or minutes > 59:
        raise ValueError("clock")
    return time(hours, minutes)


def parse_hours(text: str) -> tuple[time, time]:
    """Start and end written as `14:30-17:00`. Raises ValueError `hours`, or `hours_order` for an end not after it."""
    parts = _DASH.split(unicodedata.normalize("NFKC", text).strip())
    if len(parts) != 2:
        raise ValueError("hours")
    try:
        starts, ends = map(parse_clock, parts)
    except ValueError:
        raise ValueError("hours") from None
    if ends <= starts:
        raise ValueError("hours_order")
    return starts, ends


def zone_info(name: str) -> ZoneInfo:
    """The zone of that IANA name. Raises ValueError `zone`."""
    try:
        return ZoneInfo(name)
    except (ValueError, KeyError, OSError):  # what a bad key raises depends on what the path of that name is
        raise ValueError("zone") from None


def instant(day: date, at: time, zone: str) -> Millis:
    """The instant the clocks of `zone` show `at` on `day`.

    A time shown twice (clocks going back) is the first of the two; one never shown (clocks going forward) is as much
    after the gap's start as it claims to be, so 02:30 in a gap of an hour is 03:30 (PEP 495, fold 0).
    """
    return (datetime.combine(day, at.replace(fold=0), tzinfo=zone_info(zone)) - _EPOCH) // timedelta(milliseconds=1)


def local(at: Millis, zone: str) -> datetime:
    """What the clocks of `zone` show at an instant, with its offset."""
    return (_EPOCH + timedelta(milliseconds=at)).astimezone(zone_info(zone))


def late_from(starts: Millis, grace_minutes: int) -> Millis:
    """The first instant that is late: the start and the grace, never before the start."""
    return starts + max(0, grace_minutes) * MINUTE


def working_days(terms: ProgramTerms) -> list[date]:
    """The days of the program in order: its weekdays without the holidays, and the extra days, each once.

    An extra day counts wherever it lies, also on a holiday: somebody named it. Raises ValueError `dates` for a last day
    before the first, `dates_long` for more than `LONGEST_PROGRAM` days.
    """
    first, last = terms.first_day.toordinal(), terms.last_day.toordinal()
    if last < first:
        raise ValueError("dates")
    if last - first > LONGEST_PROGRAM:
        raise ValueError("dates_long")
    days = (date.fromordinal(number) for number in range(first, last + 1))
    regular = {day for day in days if day.weekday() in terms.weekdays and day not in terms.holidays}
    return sorted(regular | terms.extra_days)


class Plan(NamedTuple):
    """What planning would do: sessions to create, and those already there on the program's days. By key."""

    create: tuple[SessionKey, ...]
    existing: tuple[SessionKey, ...]


def plan(terms: ProgramTerms, existing: Collection[SessionKey]) -> Plan:
    """One session for each day of the program that has none yet, in whatever state (a cancelled day stays so)."""
    there: dict[date, SessionKey] = {}
    for key in existing:
        there[key.day] = min(key, there.get(key.day, key))
    days = working_days(terms)
    return Plan(
        create=tuple(SessionKey(day) for day in days if day not in there),
        existing=tuple(there[day] for day in days if day in there),
    )


def _weekday(text: str) -> int:
    found = [number for number, day in enumerate(_DAYS) if len(text) >= _SHORTEST_DAY and day.startswith(text)]
    if len(found) != 1:
        raise ValueError("weekdays")
    return found[0]
