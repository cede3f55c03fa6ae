"""How each kind of value stands in a file of the whole program, and what is taken for one that comes in.

`plain` is what JSON has; `read` makes the value of it again and raises ValueError for anything else; a cell of a
workbook is a text in which the same can be told apart (`to_cell`, `from_cell`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from checkin_tui.domain.calendar import format_weekdays, parse_weekdays
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.rates import Target
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.domain.text import clean, clean_lines, is_text

LONGEST_TEXT: Final = 100_000
LONGEST_NOTE: Final = 4_000_000
MOST_DAYS: Final = 10_000
LAST_RECORDED: Final[Millis] = 2**43
"""Recorded times are ordered as one number of 64 bits, with the counter in its last 20."""
LAST_COUNTER: Final = 2**19

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)
_YEARS: Final = range(1000, 9000)  # any zone can show them
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_CLOCK: Final = re.compile(r"\d{2}:\d{2}", re.ASCII)
_SHORT: Final = 200


def _millis(moment: datetime) -> Millis:
    return (moment - _EPOCH) // _MILLISECOND


FIRST_INSTANT: Final = _millis(datetime(_YEARS.start, 1, 1, tzinfo=UTC))
LAST_INSTANT: Final = _millis(datetime(_YEARS.stop, 1, 1, tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of value. blank: what stands for it where the file has nothing."""

    plain: Callable[[Any], Any]
    read: Callable[[Any], Any]
    blank: Any = None
    to_cell: Callable[[Any], str] = str
    from_cell: Callable[[str], Any] = str


def _given(raw: Any, longest: int = _SHORT) -> str:
    if type(raw) is not str or len(raw) > longest or not is_text(raw):
        raise ValueError("text")
    return raw


def text(longest: int = LONGEST_TEXT) -> Kind:
    """A text of one line."""

    def read(raw: Any) -> str:
        found = clean(_given(raw, max(longest, _SHORT)))
        if len(found) > longest:
            raise ValueError("text")
        return found

    return Kind(str, read, "")


def word(words: type[StrEnum]) -> Kind:
    """One of a closed set of words."""
    return Kind(lambda value: value.value, lambda raw: words(_given(raw)))


def number(last: int) -> Kind:
    """A whole number from 0 to `last`."""

    def read(raw: Any) -> int:
        if type(raw) is not int or not 0 <= raw <= last:
            raise ValueError("number")
        return raw

    return Kind(int, read, to_cell=str, from_cell=int)


def _read_uid(raw: Any) -> UUID:
    found = UUID(_given(raw))
    if str(found) != raw:
        raise ValueError("uid")
    return found


def _read_date(raw: Any) -> date:
    if not _DATE.fullmatch(_given(raw)):
        raise ValueError("date")
    return date.fromisoformat(raw)


def _read_dates(raw: Any) -> frozenset[date]:
    return frozenset(map(_read_date, _listed(raw)))


def _read_clock(raw: Any) -> time:
    if not _CLOCK.fullmatch(_given(raw)):
        raise ValueError("clock")
    return time.fromisoformat(raw)


def _read_instant(raw: Any) -> Millis:
    found = datetime.fromisoformat(_given(raw))
    if found.tzinfo is None or found.year not in _YEARS:
        raise ValueError("instant")
    return _millis(found)


def _read_recorded(raw: Any) -> Millis:
    found = _read_instant(raw)
    if not 0 <= found < LAST_RECORDED:
        raise ValueError("recorded")
    return found


def _plain_instant(at: Millis) -> str:
    """`2026-05-18T06:26:00.123Z`: to the millisecond, and the same whatever becomes of the zone."""
    return f"{(_EPOCH + at * _MILLISECOND).isoformat(timespec='milliseconds')[:-6]}Z"


def _read_flag(raw: Any) -> bool:
    if type(raw) is not bool:
        raise ValueError("flag")
    return raw


def _flag_of_cell(cell: str) -> bool:
    return {"yes": True, "no": False}[cell]


def _listed(raw: Any) -> list[Any]:
    if type(raw) is not list or len(raw) > MOST_DAYS:
        raise ValueError("list")
    return raw


def _read_names(raw: Any) -> tuple[str, ...]:
    found = tuple(clean(_given(one, LONGEST_TEXT)) for one in _listed(raw))
    if len(set(found)) < len(found):
        raise ValueError("twice")
    return found


def _read_raw(raw: Any) -> str:
    return _given(raw, LONGEST_TEXT)


def _read_object(raw: Any) -> dict[str, Any]:
    if type(raw) is not dict:
        raise ValueError("object")
    return raw


def _as_json(plain: Any) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


TEXT: Final = text()
TYPED: Final = Kind(str, _read_raw, "")
"""What somebody typed, with whatever there is in it."""
NOTE: Final = Kind(str, lambda raw: clean_lines(_given(raw, LONGEST_NOTE)), "")
UID: Final = Kind(str, _read_uid)
DATE: Final = Kind(date.isoformat, _read_date)
DATES: Final = Kind(
    lambda days: [day.isoformat() for day in sorted(days)],
    _read_dates,
    frozenset(),
    " ".join,
    str.split,
)
CLOCK: Final = Kind(lambda value: f"{value:%H:%M}", _read_clock)
INSTANT: Final = Kind(_plain_instant, _read_instant)
RECORDED: Final = Kind(_plain_instant, _read_recorded)
FLAG: Final = Kind(bool, _read_flag, False, lambda plain: "yes" if plain else "no", _flag_of_cell)
NAMES: Final = Kind(list, _read_names, (), _as_json, json.loads)
KEY: Final = Kind(str, lambda raw: SessionKey.parse(_given(raw)))
TARGET: Final = Kind(str, lambda raw: Target.parse(_given(raw)))
WEEKDAYS: Final = Kind(format_weekdays, lambda raw: parse_weekdays(_given(raw)), frozenset())
STATE: Final = Kind(dict, _read_object, None, _as_json, json.loads)
"""What the log says somebody or something was (`archive_states`)."""
