"""Attendance events: one fact each, appended and never changed."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from checkin_tui.domain.clock import HybridTime, Millis


class EventKind(StrEnum):
    """What a fact says."""

    ARRIVED = "arrived"
    LEFT = "left"
    MARKED = "marked"
    WITHDRAWN = "withdrawn"


class Status(StrEnum):
    """What a member's events add up to. *Unmarked* is the lack of one (None)."""

    PRESENT = "present"
    LATE = "late"
    EXCUSED = "excused"
    ABSENT = "absent"

    @property
    def attended(self) -> bool:
        """Present or late: counted in the numerator."""
        return self in (Status.PRESENT, Status.LATE)


class Reason(StrEnum):
    """Why somebody is on leave."""

    SICK = "sick"
    PERSONAL = "personal"
    OFFICIAL = "official"
    OTHER = "other"


class Action(StrEnum):
    """What the person at the station did; every event of one batch carries the same."""

    MARK = "mark"
    BULK = "bulk"
    CORRECT = "correct"
    TAKE_BACK = "take_back"
    CLOSE = "close"
    IMPORT = "import"
    UNDO = "undo"
    REDO = "redo"


class Source(StrEnum):
    """Which way in it came."""

    DESK = "desk"
    COMMAND = "command"
    IMPORT = "import"


class Event(NamedTuple):
    """One fact about one member at one session.

    happened: when, as reports show it; None where the time is not known (always None for a decision or a withdrawal).
    status, reason: of a `marked`. target: the event a `withdrawn` names. replaces: the event whose recorded place a
    corrected time takes.
    """

    uid: UUID
    session_id: int
    member_id: int
    kind: EventKind
    recorded: HybridTime
    batch: UUID
    action: Action = Action.MARK
    happened: Millis | None = None
    status: Status | None = None
    reason: Reason | None = None
    target: UUID | None = None
    replaces: UUID | None = None
    guest: bool = False
    operator: str = ""
    station: str = ""
    source: Source = Source.DESK
    because: str = ""


class Draft(NamedTuple):
    """An event not yet written: what a rule wants appended. The service adds id, recorded time, batch and operator."""

    kind: EventKind
    happened: Millis | None = None
    status: Status | None = None
    reason: Reason | None = None
    target: UUID | None = None
    replaces: UUID | None = None
