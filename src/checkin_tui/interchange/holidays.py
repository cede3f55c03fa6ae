"""China's days off and make-up working days, by the library that knows them year by year.

Source: `chinesecalendar`, which follows the yearly notices of the State Council. A new year is known from the autumn
before, so what is known is always asked from the library.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple


class PublicDays(NamedTuple):
    """What a public calendar changes. years_unknown: those it has nothing about."""

    holidays: frozenset[date]
    extra_days: frozenset[date]
    years_unknown: tuple[int, ...]


def china_calendar(first: date, last: date, weekdays: Collection[int]) -> PublicDays:
    """China's calendar from `first` to `last` for a program held on `weekdays` (0 is Monday).

    holidays: public holidays that fall on its weekdays. extra_days: make-up working days that do not.
    """
    import chinese_calendar as china  # no other command waits for it

    unknown = []
    for year in range(first.year, last.year + 1):
        try:
            china.is_workday(date(year, 1, 1))
        except NotImplementedError:
            unknown.append(year)
    return PublicDays(
        holidays=frozenset(day for day in china.holidays if first <= day <= last and day.weekday() in weekdays),
        extra_days=frozenset(day for day in china.workdays if first <= day <= last and day.weekday() not in weekdays),
        years_unknown=tuple(unknown),
    )
