"""The dates of a program one by one: on which it is held, why not on the others, and one of them changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from checkin_tui.domain.calendar import LONGEST_PROGRAM
from checkin_tui.domain.program import ProgramTerms


class DayKind(StrEnum):
    """Why a session is held on a date, or why none is."""

    REGULAR = "regular"
    EXTRA = "extra"
    HOLIDAY = "holiday"
    OFF = "off"


class ProgramDay(NamedTuple):
    """One date. held: a session belongs there."""

    day: date
    kind: DayKind

    @property
    def held(self) -> bool:
        """Regular days and extra ones."""
        return self.kind in (DayKind.REGULAR, DayKind.EXTRA)


def day_kind(terms: ProgramTerms, day: date) -> DayKind:
    """What the date is in the program. An extra day is one wherever it lies, unless it is held anyway."""
    within = terms.first_day <= day <= terms.last_day and day.weekday() in terms.weekdays
    if within and day not in terms.holidays:
        return DayKind.REGULAR
    if day in terms.extra_days:
        return DayKind.EXTRA
    return DayKind.HOLIDAY if within else DayKind.OFF


def program_days(terms: ProgramTerms) -> list[ProgramDay]:
    """Every date from the first to the last, and the extra days outside them, in order.

    Raises ValueError `dates`, `dates_long` as `working_days` does.
    """
    first, last = terms.first_day.toordinal(), terms.last_day.toordinal()
    if last < first:
        raise ValueError("dates")
    if last - first > LONGEST_PROGRAM:
        raise ValueError("dates_long")
    days = {date.fromordinal(number) for number in range(first, last + 1)} | terms.extra_days
    return [ProgramDay(day, day_kind(terms, day)) for day in sorted(days)]


def toggled(terms: ProgramTerms, day: date) -> ProgramTerms:
    """The terms with `day` held where it was not, and not held where it was."""
    if day_kind(terms, day) is DayKind.REGULAR:
        return replace(terms, holidays=terms.holidays | {day}, extra_days=terms.extra_days - {day})
    if day_kind(terms, day) is DayKind.EXTRA:
        return replace(terms, extra_days=terms.extra_days - {day})
    free = replace(terms, holidays=terms.holidays - {day})
    if day_kind(free, day) is DayKind.REGULAR:
        return free
    return replace(free, extra_days=free.extra_days | {day})


def with_calendar(terms: ProgramTerms, holidays: Iterable[date], extra_days: Iterable[date]) -> ProgramTerms:
    """The terms with a public calendar's days added. What was set by hand before stands: neither overrules it."""
    return replace(
        terms,
        holidays=terms.holidays | (frozenset(holidays) - terms.extra_days),
        extra_days=terms.extra_days | (frozenset(extra_days) - terms.holidays),
    )
