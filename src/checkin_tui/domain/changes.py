"""What was written, in the past tense: every service returns one of these, and open screens patch themselves by it."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from checkin_tui.domain.attendance.events import Action
from checkin_tui.domain.clock import HybridTime
from checkin_tui.domain.imports import Doubt, Gone, Renamed
from checkin_tui.domain.people import Member
from checkin_tui.domain.program import Program
from checkin_tui.domain.roster import Mark, Person
from checkin_tui.domain.sessions import Session, SessionKey
from checkin_tui.domain.views import Erasure

# Every change has `uid`, of the request that asked for it, and `recorded`, the newest recorded time it wrote (None:
# nothing new).


class AttendanceChanged(NamedTuple):
    """Marks of one session changed.

    marks: the new mark of every person touched. arrivals: people new on the roster (guests of the day). session: only
    when its state changed in the same transaction (opened by its first mark, closed, closing undone). undone: for an
    undo, the action taken back (for a redo, done again); touched: how many people it was about. repeated: the same
    action had been written before.
    """

    uid: UUID
    session_id: int
    action: Action
    marks: tuple[tuple[int, Mark], ...]
    arrivals: tuple[Person, ...] = ()
    session: Session | None = None
    undone: Action | None = None
    member_id: int | None = None
    touched: int = 0
    repeated: bool = False
    recorded: HybridTime | None = None


class SessionChanged(NamedTuple):
    """A session was opened, closed, reopened or edited. Its roster may be another: read the desk again."""

    uid: UUID
    session: Session
    unmarked: int = 0
    created: bool = False
    recorded: HybridTime | None = None


class PeopleChanged(NamedTuple):
    """People were added or edited. member: the one, when it was one. Read the desk again.

    rejected: (row, code, values) of an import; sheets: of which sheet each is, where several were read. doubtful: lines
    that were not written. gone: who is not in the file. ended: how many of them have a last day now. renamed: whose
    name the import changed. new_branches: those it made. rosters: open sessions with marks at which others are expected
    now.
    """

    uid: UUID
    member: Member | None = None
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: tuple[tuple[int, str, dict[str, object]], ...] = ()
    sheets: tuple[str, ...] = ()
    doubtful: tuple[Doubt, ...] = ()
    gone: Gone = Gone()
    ended: int = 0
    renamed: tuple[Renamed, ...] = ()
    new_branches: tuple[str, ...] = ()
    rosters: tuple[SessionKey, ...] = ()
    recorded: HybridTime | None = None


class PersonErased(NamedTuple):
    """Nobody can tell any more who a person was. member: as they are called now.

    rewritten: the file was written anew, so that no unused place of it holds the old words; False: not yet.
    """

    uid: UUID
    member: Member
    found: Erasure
    rewritten: bool = False
    recorded: HybridTime | None = None


class ProgramChanged(NamedTuple):
    """The program was made or its terms changed, or sessions were planned."""

    uid: UUID
    program: Program
    created: tuple[SessionKey, ...] = ()
    existing: tuple[SessionKey, ...] = ()
    recorded: HybridTime | None = None


class NoteChanged(NamedTuple):
    """A note was written. chars: of the newest revision; minimum: of the session.

    revision: the one that stands now. other: who (operator, else laptop) had written a revision the writer had not
    seen; it is kept among the versions. '' when nobody had.
    """

    uid: UUID
    session_id: int
    member_id: int
    mark: Mark
    paper: bool = False
    chars: int = 0
    minimum: int = 0
    revision: UUID | None = None
    other: str = ""
    recorded: HybridTime | None = None


class NotesChanged(NamedTuple):
    """Notebooks were seen, or a step about notes was taken back or done again.

    marks: the new mark of every person touched, in the order asked for. unchanged: whose notebook was seen already.
    action: BULK, UNDO or REDO. text: the step was about a typed text.
    """

    uid: UUID
    session_id: int
    action: Action
    marks: tuple[tuple[int, Mark], ...]
    unchanged: tuple[int, ...] = ()
    text: bool = False
    recorded: HybridTime | None = None


class ChangesUndone(NamedTuple):
    """A batch of changes of people, sessions, program, or a note was taken back. kind: 'import', 'edit', 'note' …

    batch: the request that was taken back (None: of a note). gone: the sessions it had made.
    """

    uid: UUID
    kind: str
    code: str | None = None
    touched: int = 0
    batch: UUID | None = None
    gone: tuple[SessionKey, ...] = ()
    recorded: HybridTime | None = None


class RefusalRecorded(NamedTuple):
    """What was typed was kept with the reason."""

    uid: UUID
    recorded: HybridTime | None = None


Change = (
    AttendanceChanged
    | SessionChanged
    | PeopleChanged
    | PersonErased
    | ProgramChanged
    | NoteChanged
    | NotesChanged
    | ChangesUndone
    | RefusalRecorded
)
