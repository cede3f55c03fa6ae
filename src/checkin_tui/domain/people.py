"""People and where they belong. A member's place is dated: a past session uses the place of its own date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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
