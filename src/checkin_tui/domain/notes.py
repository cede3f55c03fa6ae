"""Study notes: how they are counted and what state they are in."""

from __future__ import annotations

from enum import StrEnum


class NoteState(StrEnum):
    """What a member's note of one session adds up to."""

    MISSING = "missing"
    TOO_SHORT = "too_short"
    COMPLETE = "complete"
    NOT_REQUIRED = "not_required"
    WITHOUT_PRESENCE = "without_presence"
