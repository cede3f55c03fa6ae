"""The program (the campaign): its dates, weekdays, hours and terms. One per database file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from checkin_tui.domain.rates import Target

MON_FRI = frozenset(range(5))
DEFAULT_TARGET = Target(">", 98)


@dataclass(frozen=True, slots=True)
class ProgramTerms:
    """What an organizer sets. The defaults are those of the command line.

    weekdays: 0 is Monday. grace: whole minutes after the start that still count as present. minimum_note: characters
    that are not white space. leave_counts: people on leave stay in the denominator. zone: IANA name.
    """

    name: str
    first_day: date
    last_day: date
    weekdays: frozenset[int] = MON_FRI
    starts: time = time(14, 30)
    ends: time = time(17, 0)
    grace: int = 10
    target: Target = DEFAULT_TARGET
    minimum_note: int = 50
    leave_counts: bool = True
    zone: str = "UTC"
    holidays: frozenset[date] = frozenset()
    extra_days: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Program:
    """The stored program. `practice` marks the sample, which the header shows in another colour."""

    id: int
    uid: UUID
    terms: ProgramTerms
    practice: bool = False
