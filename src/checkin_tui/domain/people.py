"""People and where they belong. A member's place is dated: a past session uses the place of its own date."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

CJK: Final = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U000323af"
"""Characters that are written without a space between them: Han, kana, Hangul (Unicode blocks), for a regex class."""

_BETWEEN_CJK: Final = re.compile(f"(?<=[{CJK}]) +(?=[{CJK}])")


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit members belong to (village, township unit, class), with whom to call there."""

    id: int
    uid: UUID
    name: str
    contact: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Membership:
    """A member's place in one branch over the dates `[first, until)`; `until` None is open-ended."""

    branch_id: int | None
    branch: str
    leader: bool
    first: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the membership holds on `day`."""
        return self.first <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Member:
    """A person. `memberships` in date order; a guest may have none. `code` is text: leading zeros matter."""

    id: int
    uid: UUID
    code: str
    name: str
    title: str = ""
    rank: str = ""
    phone: str = ""
    guest: bool = False
    memberships: tuple[Membership, ...] = ()
    pinyin: str = ""

    def membership_on(self, day: date) -> Membership | None:
        """The place of that date, if any."""
        for membership in self.memberships:
            if membership.covers(day):
                return membership
        return None

    @property
    def joined_on(self) -> date | None:
        """The first day as a member."""
        return self.memberships[0].first if self.memberships else None

    @property
    def left_on(self) -> date | None:
        """The last day as a member, inclusive; None while there is none."""
        until = self.memberships[-1].until if self.memberships else None
        return None if until is None else until - timedelta(days=1)


def name_key(name: str) -> str:
    """The name as it is matched: without width and case (NFKC, casefold), with single spaces, with none inside Chinese.

    `王　伟` is `王伟`, and `ZHANG  Wei` is `zhang wei`. What a name looks like on the screen is another matter.
    """
    if name.isascii():
        return " ".join(name.lower().split())
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return _BETWEEN_CJK.sub("", " ".join(folded.split()))


def new_codes(taken: Collection[str], count: int) -> list[str]:
    """Codes for `count` new people: digits only, from 101 (three digits) or 1001 (four, once three would not do).

    No leading zeros, which scanners and spreadsheets lose; none that reads as the same number as a code in use.
    """
    numbers = {int(code) for code in taken if code.isascii() and code.isdigit()}
    few = len(numbers) + count <= 800 and not any(1000 < number < 10_000 for number in numbers)
    codes: list[str] = []
    number = 101 if few else 1001
    while len(codes) < count:
        if number not in numbers:
            codes.append(str(number))
        number += 1
    return codes
