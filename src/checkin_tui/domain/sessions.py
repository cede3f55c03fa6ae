"""Sessions: one dated afternoon each, with its own copy of the terms it was planned under."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from checkin_tui.domain.clock import Millis
from checkin_tui.domain.rates import Target


class SessionKind(StrEnum):
    """What kind of afternoon it is."""

    MEETING = "meeting"
    STUDY = "study"
    LECTURE = "lecture"
    SEMINAR = "seminar"
    SELF_STUDY = "self-study"
    MAKE_UP = "make-up"


class SessionState(StrEnum):
    """Where a session is in its life."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class AudienceKind(StrEnum):
    """Who is invited."""

    ALL = "all"
    LEADERS = "leaders"
    BRANCHES = "branches"


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is invited: everyone, the leaders, or the members of chosen branches (ids; empty unless kind is branches)."""

    kind: AudienceKind = AudienceKind.ALL
    branch_ids: frozenset[int] = frozenset()


_KEY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\.([1-9]\d?))?\Z")


class SessionKey(NamedTuple):
    """`2026-05-18` for the first session of a date, `2026-05-18.2` for the second. Sorts by date, then ordinal."""

    day: date
    ordinal: int = 1

    def __str__(self) -> str:
        return self.day.isoformat() if self.ordinal == 1 else f"{self.day.isoformat()}.{self.ordinal}"

    @classmethod
    def parse(cls, text: str) -> SessionKey:
        """The key written as `text`. Raises ValueError when it is none."""
        match = _KEY.match(text.strip())
        if match is None:
            raise ValueError(f"not a session key: {text!r}")
        return cls(date.fromisoformat(match[1]), int(match[2] or 1))


class SessionTerms(NamedTuple):
    """What the fold needs of a session: start, end, the instant from which an arrival is late, and the grace (ms)."""

    starts: Millis
    ends: Millis
    late_from: Millis
    grace: Millis


@dataclass(frozen=True, slots=True)
class Session:
    """One dated afternoon. Hours are instants; grace in minutes; the terms are its own and outlive the program's."""

    id: int
    uid: UUID
    key: SessionKey
    kind: SessionKind
    state: SessionState
    topic: str
    presenter_id: int | None
    presenter: str
    starts: Millis
    ends: Millis
    late_from: Millis
    grace: int
    minimum_note: int
    target: Target
    leave_counts: bool
    audience: Audience
    opened: Millis | None = None
    closed: Millis | None = None
    reason: str = ""
    """Why it was cancelled; '' where nobody said, and for every other session. Kept in the log of changes."""

    @property
    def terms(self) -> SessionTerms:
        """The part the fold needs."""
        return SessionTerms(self.starts, self.ends, self.late_from, self.grace * 60_000)
