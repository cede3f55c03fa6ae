"""Dates as people and spreadsheets write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

_DAY_FORMS: Final = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d\d?)-(?P<d>\d\d?)"),
    re.compile(r"(?P<y>\d{4})/(?P<m>\d\d?)/(?P<d>\d\d?)"),
    re.compile(r"(?P<y>\d{4})\.(?P<m>\d\d?)\.(?P<d>\d\d?)"),
    re.compile(r"(?P<d>\d\d?)\.(?P<m>\d\d?)\.(?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)"),
    re.compile(r"(?P<y>\d{4}) ?年 ?(?P<m>\d\d?) ?月 ?(?P<d>\d\d?) ?[日号]"),
)
_CLOCK: Final = re.compile(r"[ T]\d\d?:\d\d(:\d\d(\.\d+)?)?\Z")  # a workbook's date may carry a time of day
YEARS: Final = range(1900, 2201)
"""Beyond them a date is a slip of the keyboard, and the calendar itself may end the next day."""


def parse_day(text: str) -> date:
    """A date as 2026-05-18, 2026/5/18, 2026.5.18, 18.05.2026, 20260518 or 2026年5月18日, with or without a time of day.

    18/05/2026 is refused: half the world reads it the other way round. Raises ValueError, also outside 1900 to 2200.
    """
    plain = _CLOCK.sub("", unicodedata.normalize("NFKC", text).strip())
    for form in _DAY_FORMS:
        match = form.fullmatch(plain)
        if match is not None:
            day = date(int(match["y"]), int(match["m"]), int(match["d"]))
            if day.year not in YEARS:
                break
            return day
    raise ValueError("date")
