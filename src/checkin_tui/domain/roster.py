"""What the roster shows: slim rows (a hundred thousand of them fit), and the counts that are always in view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from checkin_tui.domain.attendance.events import Reason, Status
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.notes import NoteState


class Person(NamedTuple):
    """One person at one session as the roster lists them, without what changes during the afternoon.

    search: the key `domain.search` made at import time. expected False: a guest of the day. lectures: the presenter.
    guest: no member at all.
    """

    member_id: int
    code: str
    name: str
    branch: str
    title: str
    leader: bool
    expected: bool
    phone: str
    search: str
    lectures: bool = False
    guest: bool = False


class Mark(NamedTuple):
    """What changes during the afternoon: the standing and the note of one person. `UNMARKED_MARK` is nobody's yet.

    chars: of the typed note, as `domain.notes` counts them. paper: the notebook was seen.
    """

    status: Status | None = None
    reason: Reason | None = None
    arrived: Millis | None = None
    minutes_late: int | None = None
    left: Millis | None = None
    inside: bool = False
    note: NoteState = NoteState.NOT_REQUIRED
    chars: int = 0
    paper: bool = False


UNMARKED_MARK = Mark()


@dataclass(frozen=True, slots=True)
class Counts:
    """Everybody of one session. Guests are counted apart and are in none of the others."""

    expected: int = 0
    present: int = 0
    late: int = 0
    excused: int = 0
    absent: int = 0
    unmarked: int = 0
    guests: int = 0

    @property
    def attended(self) -> int:
        """Present and late."""
        return self.present + self.late
