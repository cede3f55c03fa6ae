"""People and where they belong. A member's place is dated: a past session uses the place of its own date."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID


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
