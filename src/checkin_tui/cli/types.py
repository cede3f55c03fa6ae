"""How options are written: dates, times, keys of sessions, hours, weekdays, targets. A wrong one is refused in words.

The refusals are CheckInErrors with the codes of `domain.calendar`, so that they read the same as on the screens.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import click

from checkin_tui.domain.dates import YEARS
from checkin_tui.domain.errors import CheckInError

if TYPE_CHECKING:
    Base = click.ParamType[Any]
else:
    Base = click.ParamType  # older Clicks cannot be told at run time what it is a type of


class Written(Base):
    """A value read by a function that raises ValueError. name: shown in the help. code: of the refusal."""

    def __init__(self, name: str, read: Callable[[str], object], code: str = "") -> None:
        self.name = name
        self._read = read
        self._code = code

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The value meant. Raises CheckInError with the code of this type, else the word the reader refused with."""
        if not isinstance(value, str):
            return value
        try:
            return self._read(value)
        except ValueError as error:
            raise CheckInError(self._code or str(error.args[0]), text=value) from None


def read_number(limit: int) -> Callable[[str], int]:
    """A reader of whole numbers from 0 to `limit`. It raises CheckInError `bad_number`."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and int(text[:9]) == int(text) <= limit):
            raise CheckInError("bad_number", text=text, limit=limit)
        return int(text)

    return read


def read_date(text: str) -> date:
    """A date of `YEARS` written 2026-05-18, and in no other of the ways ISO 8601 allows. Raises ValueError."""
    if len(text) != len("2026-05-18") or (day := date.fromisoformat(text)).year not in YEARS:
        raise ValueError("bad_date")
    return day


def _key(text: str) -> object:
    from checkin_tui.domain.sessions import SessionKey

    try:
        return SessionKey.parse(text)
    except ValueError:
        raise CheckInError("session_unknown", key=text) from None


def _clock(text: str) -> object:
    from checkin_tui.domain.calendar import parse_clock

    return parse_clock(text)


def _hours(text: str) -> object:
    from checkin_tui.domain.calendar import parse_hours

    return parse_hours(text)


def _weekdays(text: str) -> object:
    from checkin_tui.domain.calendar import parse_weekdays

    return parse_weekdays(text)


def _target(text: str) -> object:
    from checkin_tui.domain.rates import Target

    return Target.parse(text)


def read_zone(text: str) -> str:
    """The IANA name of a zone this machine knows. Raises ValueError `zone`."""
    from checkin_tui.domain.calendar import zone_info

    zone_info(text)
    return text


MOST_MINUTES: Final = 24 * 60
MOST_CHARACTERS: Final = 100_000

DATE: Final = Written("date", read_date, "bad_date")
KEY: Final = Written("key", _key)
CLOCK: Final = Written("HH:MM", _clock, "clock")
HOURS: Final = Written("HH:MM-HH:MM", _hours)
WEEKDAYS: Final = Written("days", _weekdays, "weekdays")
TARGET: Final = Written("target", _target, "target")
ZONE: Final = Written("zone", read_zone, "zone")
MINUTES: Final = Written("minutes", read_number(MOST_MINUTES))
CHARACTERS: Final = Written("characters", read_number(MOST_CHARACTERS))
