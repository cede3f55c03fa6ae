"""Study notes: how they are counted and what state they are in."""

from __future__ import annotations

import unicodedata
from enum import StrEnum


class NoteState(StrEnum):
    """What a member's note of one session adds up to."""

    MISSING = "missing"
    TOO_SHORT = "too_short"
    COMPLETE = "complete"
    NOT_REQUIRED = "not_required"
    WITHOUT_PRESENCE = "without_presence"

    @property
    def required(self) -> bool:
        """Whether a note is asked of the person: the three states that add up to *required*."""
        return self in (NoteState.MISSING, NoteState.TOO_SHORT, NoteState.COMPLETE)

    @property
    def owed(self) -> bool:
        """Whether the person still owes it."""
        return self in (NoteState.MISSING, NoteState.TOO_SHORT)


def count_characters(text: str) -> int:
    """The characters a note is measured by: code points that are not white space, in NFC."""
    return sum(map(len, unicodedata.normalize("NFC", text).split()))


def note_state(chars: int, paper: bool, minimum: int, attended: bool, lectured: bool) -> NoteState:
    """The state of one person's note.

    chars: as counted above. paper: the notebook was seen, which makes it complete. minimum: characters, of the session.
    lectured: the presenter; a guest of the day is asked for a note no more than the presenter is.
    """
    if not attended:
        return NoteState.WITHOUT_PRESENCE if paper or chars else NoteState.NOT_REQUIRED
    if lectured:
        return NoteState.NOT_REQUIRED
    if paper:
        return NoteState.COMPLETE
    if not chars:
        return NoteState.MISSING
    return NoteState.COMPLETE if chars >= minimum else NoteState.TOO_SHORT
