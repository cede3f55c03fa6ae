"""What one cell of a roster says: a name, a date, yes or no; and the reason where it says nothing of the kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final

from checkin_tui.domain import imports
from checkin_tui.domain.dates import parse_day

_YES: Final = frozenset(
    {"yes", "y", "true", "t", "1", "x", "✓", "✔", "√", "是", "有", "对", "领导", "领导干部", "leader"}
)
_NO: Final = frozenset(
    {"", "no", "n", "false", "f", "0", "-", "–", "—", "✗", "✘", "×", "否", "不是", "无", "非", "非领导"}
)
_QUOTED: Final = 40  # characters of a wrong cell that its sentence may quote
_UNSEEN: Final = "\u200b\u200c\u200d\u2060\ufeff\u00ad"  # a name made of joiners alone is no name
# What a spreadsheet made of a long number: the digits it left out are gone.
_CUT: Final = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d{1,3}")
_SERIAL: Final = re.compile(r"(\d{5})(?:\.\d+)?")
_SERIAL_ZERO: Final = date(1899, 12, 30)  # [ECMA-376] 18.17.4.1; right from 1900-03-01 on


class Refused(Exception):
    """One row cannot be used."""

    def __init__(self, reason_code: str, **values: Any) -> None:
        super().__init__(reason_code)
        self.reason_code = reason_code
        self.values = values


def a_name(name: str) -> str:
    """The name, if it is one. Raises Refused."""
    if not name.strip(_UNSEEN):
        raise Refused(imports.NO_NAME)
    if len(name) > imports.NAME_LIMIT:
        raise Refused(imports.NAME_TOO_LONG, limit=imports.NAME_LIMIT, length=len(name))
    return name


def a_leader(text: str) -> bool:
    """As `parse_leader`. Raises Refused."""
    try:
        return parse_leader(text)
    except ValueError:
        raise Refused(imports.BAD_LEADER, text=text[:_QUOTED]) from None


def both_days(cells: Mapping[str, str]) -> tuple[date | None, date | None]:
    """Joined and left. Raises Refused."""
    joined, left = _day("joined", cells), _day("left", cells)
    if joined is not None and left is not None and left < joined:
        raise Refused(imports.LEFT_BEFORE_JOINED, joined=joined.isoformat(), left=left.isoformat())
    return joined, left


def _day(field: str, cells: Mapping[str, str]) -> date | None:
    text = cells.get(field)
    try:
        return file_day(text) if text else None
    except ValueError:
        raise Refused(imports.BAD_DATE, field=field, text=text[:_QUOTED] if text else "") from None


def is_cut(text: str) -> bool:
    """Whether it is what a spreadsheet left of a long number: `1.38E+10`."""
    return _CUT.fullmatch(text) is not None


@lru_cache(maxsize=1024)  # most of a list joined on the same few days
def file_day(text: str) -> date:
    """A date as people write it (`parse_day`), or as a spreadsheet counts it: 46160 is 2026-05-18.

    Raises ValueError.
    """
    serial = _SERIAL.fullmatch(text)
    return parse_day(text) if serial is None else _SERIAL_ZERO + timedelta(days=int(serial[1]))


def parse_leader(text: str) -> bool:
    """Whether a cell of the leader column says yes; an empty one says no. Raises ValueError when it says neither."""
    word = unicodedata.normalize("NFKC", text).strip().casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueError("leader")
