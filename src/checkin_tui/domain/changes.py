"""What was written, in the past tense: every service returns one of these, and open screens patch themselves by it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from checkin_tui.domain.attendance.events import Action
from checkin_tui.domain.clock import HybridTime
from checkin_tui.domain.people import Member
from checkin_tui.domain.program import Program
from checkin_tui.domain.roster import Mark, Person
from checkin_tui.domain.sessions import Session, SessionKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """uid: of the request that asked for it. recorded: the newest recorded time it wrote (None: nothing new)."""

    uid: UUID
    recorded: HybridTime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceChanged(Change):
    """Marks of one session changed.

    marks: the new mark of every person touched. arrivals: people new on the roster (guests of the day). session: only
    when its state changed in the same transaction (opened by its first mark, closed, closing undone). undone: for an
    undo, the action taken back (for a redo, done again); count: how many people it was about. repeated: the same
    action had been written before.
    """

    session_id: int
    action: Action
    marks: tuple[tuple[int, Mark], ...]
    arrivals: tuple[Person, ...] = ()
    session: Session | None = None
    undone: Action | None = None
    member_id: int | None = None
    count: int = 0
    repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionChanged(Change):
    """A session was opened, closed, reopened or edited. Its roster may be another: read the desk again."""

    session: Session
    unmarked: int = 0
    created: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleChanged(Change):
    """People were added or edited. member: the one, when it was one. Read the desk again."""

    member: Member | None = None
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: tuple[tuple[int, str, dict[str, object]], ...] = ()
    written: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramChanged(Change):
    """The program was made or its terms changed, or sessions were planned."""

    program: Program
    created: tuple[SessionKey, ...] = ()
    existing: tuple[SessionKey, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteChanged(Change):
    """A note was written. chars: of the newest revision; minimum: of the session."""

    session_id: int
    member_id: int
    mark: Mark
    paper: bool = False
    chars: int = 0
    minimum: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesUndone(Change):
    """A batch of changes of people, sessions, program, or a note was taken back. kind: 'import', 'edit', 'note' …"""

    kind: str
    code: str | None = None
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalRecorded(Change):
    """What was typed was kept with the reason."""
