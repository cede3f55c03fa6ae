"""What a number in a workbook is meant to be, told from the format of its cell, and how a person would write it.

Format codes: ECMA-376 part 1, 18.8.30 and 18.8.31; the old binary workbooks have the same ones ([MS-XLS] 2.4.126).
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Final, NamedTuple


class Family(Enum):
    """What a number stands for."""

    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    DURATION = "duration"


class Kind(NamedTuple):
    """A cell's format as far as it matters. zeros: how many digits a number has at least, 0 where that is not said."""

    family: Family = Family.NUMBER
    zeros: int = 0


PLAIN: Final = Kind()

EAST_ASIAN_DATES: Final = frozenset({*range(27, 37), *range(50, 59)})  # written without a code by those editions
_DATES: Final = frozenset({*range(14, 23), 45, 47}) | EAST_ASIAN_DATES
_DURATION_ID: Final = 46
_PERCENT_IDS: Final = frozenset({9, 10})

# What a code may hold that is shown as it stands: quoted text, an escaped character, a gap, a filling character.
_LITERAL: Final = re.compile(r'"[^"]*"?|\\.|_.|\*.')
_ELAPSED: Final = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"\[[^\]]*\]")
_ZEROS: Final = re.compile(r"0{2,40}")
_DATE_LETTERS: Final = re.compile(r"[ymdhs]|aaa", re.IGNORECASE)
_CODE_LIMIT: Final = 1000

_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - the dates of a spreadsheet know no zone
_DAYS_1904: Final = 1462  # between that and the first day of workbooks that count from 1904
_FALSE_LEAP_DAY: Final = 60  # 29 February 1900, which never was: before it the serial is one lower
_LAST_DAY: Final = 2_958_466  # 1 January 10000


@lru_cache(maxsize=512)
def kind_of_code(code: str) -> Kind:
    """The kind that a format code says, by its first section."""
    plain = _LITERAL.sub("", code[:_CODE_LIMIT]).split(";")[0]
    if _ELAPSED.search(plain):
        return Kind(Family.DURATION)
    plain = _BRACKETS.sub("", plain).strip()
    if _ZEROS.fullmatch(plain):
        return Kind(zeros=len(plain))
    if plain.lower() == "general" or "通用" in plain:
        return PLAIN
    if _DATE_LETTERS.search(plain):
        return Kind(Family.DATE)
    return Kind(Family.PERCENT) if "%" in plain else PLAIN


def kind_of_id(number: int) -> Kind:
    """The kind of a format that has no code in the file."""
    if number == _DURATION_ID:
        return Kind(Family.DURATION)
    if number in _DATES:
        return Kind(Family.DATE)
    return Kind(Family.PERCENT) if number in _PERCENT_IDS else PLAIN


def number_text(value: float, kind: Kind = PLAIN, *, from_1904: bool = False) -> str:
    """The number as a person would type it: no `.0`, no exponent, zeros in front where its format asks for them."""
    if kind.family is Family.DATE:
        return _serial_text(value, from_1904)
    if kind.family is Family.DURATION:
        return duration_text(value)
    if kind.family is Family.PERCENT:
        return f"{_digits(round(value * 100, 10))}%"
    text = _digits(value)
    return text.zfill(kind.zeros) if kind.zeros and text.isdigit() else text


def _digits(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if isinstance(value, int) or value.is_integer():
        return str(int(value))
    return format(Decimal(repr(value)), "f")


def _serial_text(value: float, from_1904: bool) -> str:
    """A date, a time of day, or both. What is no date of any calendar stays a number."""
    days = value + _DAYS_1904 if from_1904 and value >= 1 else value
    if not 0 <= days < _LAST_DAY:
        return _digits(value)
    if not from_1904 and 1 <= days < _FALSE_LEAP_DAY:
        days += 1
    moment = _EPOCH + timedelta(seconds=round(days * 86_400))
    return moment_text(moment) if days >= 1 else time_text(moment.time())


def moment_text(moment: datetime) -> str:
    """An ISO date, with the time unless that is midnight."""
    if moment.time() == time.min:
        return moment.date().isoformat()
    return moment.isoformat(sep=" ", timespec="seconds" if moment.second else "minutes")


def time_text(moment: time) -> str:
    """Hours and minutes, and seconds where there are any."""
    return moment.isoformat(timespec="seconds" if moment.second else "minutes")


def duration_text(days: float) -> str:
    """Hours and minutes, as many as there are, and seconds where there are any."""
    if not abs(days) < _LAST_DAY:
        return _digits(days)
    seconds = round(abs(days) * 86_400)
    text = f"{seconds // 3600}:{seconds // 60 % 60:02}" + (f":{seconds % 60:02}" if seconds % 60 else "")
    return f"-{text}" if days < 0 < seconds else text


def value_text(value: object) -> str:
    """A value that a library has already made something of."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _digits(value)
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return time_text(value)
    return duration_text(value / timedelta(days=1)) if isinstance(value, timedelta) else str(value)
