"""Which session a header or a cell of a register names: by its key, or by a date as people write it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from checkin_tui.domain.sessions import SessionKey
from checkin_tui.domain.text import clean
from checkin_tui.interchange.lists.cells import file_day

_BRACKETED: Final = re.compile(r"[(\[{【].*?[)\]}】]")
_WEEKDAY: Final = re.compile(
    r"(?:周|星期|礼拜)[一二三四五六日天末]"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?",
    re.IGNORECASE,
)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = (
    r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t(?:ember)?|ober|ember)?\.?"
)
_NAMED: Final = (
    re.compile(rf"(?P<d>\d\d?)(?:st|nd|rd|th)?\.?[ -]?{_MONTH}(?:[ ,-]+(?P<y>\d{{4}}))?", re.IGNORECASE),
    re.compile(rf"{_MONTH}[ -]?(?P<d>\d\d?)(?:st|nd|rd|th)?(?:,? (?P<y>\d{{4}}))?", re.IGNORECASE),
    re.compile(r"(?P<m>\d\d?) ?月 ?(?P<d>\d\d?) ?[日号]?"),
    re.compile(r"(?P<d>\d\d?)\. ?(?P<m>\d\d?)\."),
)
_EITHER: Final = re.compile(r"(\d\d?)([./-])(\d\d?)(?:[./-](\d{4}))?")
_INSIDE: Final = re.compile(
    r"\d{4}-\d\d?-\d\d?(?:\.[1-9]\d?(?!\d))?|\d{4}[/.]\d\d?[/.]\d\d?|\d{4} ?年 ?\d\d? ?月 ?\d\d? ?[日号]"
    rf"|\d\d?\.\d\d?\.\d{{4}}|\d\d? ?月 ?\d\d? ?[日号]|\b\d\d? {_MONTH} \d{{4}}\b",
    re.IGNORECASE,
)
_WHICH: Final = re.compile(r" \.([1-9]\d?)(?!\d)")  # as the sign-in sheet of a second session has it
_LONGEST: Final = 60


class Named(NamedTuple):
    """The session a text names. exact: by its key; else by a date, and then it is the first of that date.

    key None: the text may mean two days of the program.
    """

    key: SessionKey | None
    exact: bool = False


class Days:
    """Reads dates as those of one program: a date without a year is in it.

    first, last: of the program. days: those that have a session.
    """

    def __init__(self, first: date, last: date, days: Collection[date] = ()) -> None:
        self._first, self._last, self._days = first, last, frozenset(days)

    def read_all(self, texts: Iterable[str]) -> list[Named | None]:
        """What each of them names; None: nothing of the kind.

        5/18 is the 18th of May and 18/5 as well. Where both readings are dates (5/6), it is the one with which more of
        all texts are days of the program.
        """
        plain = [_plain(text) for text in texts]
        orders = [[self._either(text, month_first=order) for text in plain] for order in (True, False)]
        scores = [sum(day in self._days for day in found if day is not None) for found in orders]
        return [
            self._read(text, one, other, scores) for text, one, other in zip(plain, orders[0], orders[1], strict=True)
        ]

    def read(self, text: str) -> Named | None:
        """The same for one alone."""
        return self.read_all([text])[0]

    def inside(self, texts: Iterable[str]) -> list[SessionKey]:
        """The sessions named somewhere in these texts, as a title names one; each once."""
        found: dict[SessionKey, None] = {}
        for text in texts:
            plain = unicodedata.normalize("NFKC", clean(text))
            for match in _INSIDE.finditer(plain):
                named, which = self.read(match[0]), _WHICH.match(plain, match.end())
                if named is not None and named.key is not None:
                    found[named.key._replace(ordinal=int(which[1])) if which else named.key] = None
        return list(found)

    def _read(self, text: str, one: date | None, other: date | None, scores: Sequence[int]) -> Named | None:
        if not text or len(text) > _LONGEST:
            return None
        with suppress(ValueError):
            return Named(SessionKey.parse(text), exact=True)
        with suppress(ValueError):
            return Named(SessionKey(file_day(text)))
        for form in _NAMED:
            match = form.fullmatch(text)
            if match is not None:
                day = self._dated(match.groupdict())
                return None if day is None else Named(SessionKey(day))
        if one is None or other is None or one == other:
            day = one or other
            return None if day is None else Named(SessionKey(day))
        if scores[0] != scores[1]:
            return Named(SessionKey(one if scores[0] > scores[1] else other))
        inside = [day for day in (one, other) if day in self._days]
        return Named(SessionKey(inside[0])) if len(inside) == 1 else Named(None)

    def _either(self, text: str, *, month_first: bool) -> date | None:
        match = _EITHER.fullmatch(text)
        if match is None:
            return None
        month, day = (match[1], match[3]) if month_first else (match[3], match[1])
        found = _date(int(match[4]), int(month), int(day)) if match[4] else self._in_program(int(month), int(day))
        if match[2] == "." and found is not None and not self._first <= found <= self._last:
            return None  # 5.5 is as likely a number
        return found

    def _dated(self, parts: dict[str, str | None]) -> date | None:
        name = parts.get("month")
        month = int(parts.get("m") or 0) if name is None else _MONTHS.index(name.lower()) + 1
        day, year = int(parts["d"] or 0), parts.get("y")
        return _date(int(year), month, day) if year else self._in_program(month, day)

    def _in_program(self, month: int, day: int) -> date | None:
        found = [_date(year, month, day) for year in range(self._first.year, self._last.year + 1)]
        there = [one for one in found if one is not None]
        held = [one for one in there if self._first <= one <= self._last or one in self._days]
        return next(iter(held or there), None)


@lru_cache(maxsize=1024)
def _plain(text: str) -> str:
    bare = _BRACKETED.sub("", unicodedata.normalize("NFKC", clean(text)))
    return _WEEKDAY.sub("", bare).strip(" ,;:")


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
