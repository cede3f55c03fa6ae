"""What a screen or a command wants written, frozen, with the id of the action, made by whoever asks.

The same id sent again writes nothing and gets the first result. `made` is the instant of the key press: a mark that had
to wait for the disk still bears the time at which the person stood at the door.

Named tuples, not dataclasses: making thirty frozen dataclasses takes longer than reading the first roster.
"""

from __future__ import annotations

from datetime import date, time
from typing import NamedTuple
from uuid import UUID

from checkin_tui.domain.attendance.events import Reason, Source, Status
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.import_requests import ImportContacts as ImportContacts
from checkin_tui.domain.import_requests import ImportMarks as ImportMarks
from checkin_tui.domain.import_requests import ImportMembers as ImportMembers
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.sessions import AudienceKind, SessionKey, SessionKind

# Every write has `uid`, the id of the action and of its batch; `made`, the instant of the key press; and `source`.


class MarkPerson(NamedTuple):
    """One step about one person at one session.

    Without `status` and `left` it is an arrival, at `at` or at `made`. `status` is a decision; with present or late
    `at` gives its deciding arrival. `left` alone writes only a leaving. `correct` replaces the known time instead of
    adding one. `guest` lets in somebody who is not expected. `because` is needed on a closed session.
    typed: what was typed or scanned, kept with a refusal.
    """

    uid: UUID
    made: Millis
    session_id: int
    member_id: int
    status: Status | None = None
    reason: Reason | None = None
    at: Millis | None = None
    left: Millis | None = None
    correct: bool = False
    guest: bool = False
    because: str = ""
    typed: str = ""
    source: Source = Source.DESK


class MarkMany(NamedTuple):
    """One status for all of `member_ids` that are still unmarked: one batch, one undo."""

    uid: UUID
    made: Millis
    session_id: int
    member_ids: tuple[int, ...]
    status: Status
    reason: Reason | None = None
    because: str = ""
    source: Source = Source.DESK


class TakeBack(NamedTuple):
    """Take back the newest step about one person at one session, whoever made it."""

    uid: UUID
    made: Millis
    session_id: int
    member_id: int
    because: str = ""
    source: Source = Source.DESK


class Undo(NamedTuple):
    """Take back this station's newest step. session_id: only its attendance (and closing); None: of whatever kind."""

    uid: UUID
    made: Millis
    session_id: int | None
    source: Source = Source.DESK


class Redo(NamedTuple):
    """Do again what this station's newest undo took back, as long as nothing was done since."""

    uid: UUID
    made: Millis
    session_id: int
    source: Source = Source.DESK


class UndoChanges(NamedTuple):
    """Take back one batch of changes (an import, an edit) on its own screen."""

    uid: UUID
    made: Millis
    batch: UUID
    source: Source = Source.DESK


class UndoPlan(NamedTuple):
    """Take back this station's newest change of the program or its sessions; never a mark, a note or a person."""

    uid: UUID
    made: Millis
    source: Source = Source.DESK


class RecordRefusal(NamedTuple):
    """Keep what was typed and why nobody was marked. code: of `domain.errors`; sentence: as the organizer read it."""

    uid: UUID
    made: Millis
    session_id: int | None
    typed: str
    code: str
    sentence: str = ""
    member_id: int | None = None
    source: Source = Source.DESK


class OpenSession(NamedTuple):
    """Open the planned session `key`; an unplanned date gets a session of its own (extra). key None: today's."""

    uid: UUID
    made: Millis
    key: SessionKey | None = None
    extra: bool = False
    source: Source = Source.DESK


class CloseSession(NamedTuple):
    """Close the register; absent_rest: those not marked become absent, in the same batch."""

    uid: UUID
    made: Millis
    session_id: int
    absent_rest: bool = False
    source: Source = Source.DESK


class ReopenSession(NamedTuple):
    """Open a closed session again, with a reason; the marks stay."""

    uid: UUID
    made: Millis
    session_id: int
    because: str
    source: Source = Source.DESK


class EditSession(NamedTuple):
    """Change what is not None. late_from: local clock time of the session's date, never before the start.

    hours: only while the session is planned; *late from* follows the grace unless it was moved by hand.
    presenter: a member by `presenters.Presenters`, else a name from outside; '' takes them away. branches: names.
    """

    uid: UUID
    made: Millis
    session_id: int
    topic: str | None = None
    kind: SessionKind | None = None
    presenter: str | None = None
    audience: AudienceKind | None = None
    branches: tuple[str, ...] = ()
    late_from: time | None = None
    hours: tuple[time, time] | None = None
    source: Source = Source.DESK


class AddMember(NamedTuple):
    """A new person. code '': one is generated. first None: by the rule for a blank *joined*. guest: counted apart."""

    uid: UUID
    made: Millis
    name: str
    code: str = ""
    branch: str = ""
    title: str = ""
    rank: str = ""
    leader: bool = False
    phone: str = ""
    joined: date | None = None
    left: date | None = None
    guest: bool = False
    pinyin: str = ""
    source: Source = Source.DESK


class EditMember(NamedTuple):
    """Change what is not None. branch or leader with `since` begin a new membership that day (a transfer); without it
    the current membership is corrected. left_open takes a leaving date away again.
    """

    uid: UUID
    made: Millis
    member_id: int
    code: str | None = None
    name: str | None = None
    branch: str | None = None
    title: str | None = None
    rank: str | None = None
    leader: bool | None = None
    phone: str | None = None
    joined: date | None = None
    left: date | None = None
    left_open: bool = False
    since: date | None = None
    pinyin: str | None = None
    source: Source = Source.DESK


class ErasePerson(NamedTuple):
    """Take away whatever says who a person was; marks, lengths of notes and figures stay. It cannot be undone.

    name: what they are called from now on, a word in the organizer's language.
    """

    uid: UUID
    made: Millis
    member_id: int
    name: str
    source: Source = Source.DESK


class CreateProgram(NamedTuple):
    """Make the program of a new file and plan its sessions. Refused when the file already has one."""

    uid: UUID
    made: Millis
    terms: ProgramTerms
    practice: bool = False
    source: Source = Source.DESK


class EditProgram(NamedTuple):
    """New terms for the program, and what of its sessions goes with them: all of it or nothing, and one undo.

    terms: None leaves them; new ones reach planned sessions only. plan: days that get a session, where they have none
    yet. cancel: sessions (ids) that will not be held.
    """

    uid: UUID
    made: Millis
    terms: ProgramTerms | None = None
    plan: tuple[date, ...] = ()
    cancel: tuple[int, ...] = ()
    source: Source = Source.DESK


class PlanSessions(NamedTuple):
    """Plan the program's sessions, or those of `days`; what exists stays as it is.

    again: a day that has a session already gets another one (`2026-05-18.2`), at hours no other of that day has.
    presenter, audience, branches: as of EditSession.
    """

    uid: UUID
    made: Millis
    days: tuple[date, ...] = ()
    hours: tuple[time, time] | None = None
    topic: str = ""
    kind: SessionKind = SessionKind.STUDY
    again: bool = False
    presenter: str = ""
    audience: AudienceKind = AudienceKind.ALL
    branches: tuple[str, ...] = ()
    source: Source = Source.DESK


class CancelSession(NamedTuple):
    """The session will not be held; restore: it will after all, and is planned again.

    Only one that is planned, or open with nobody marked and no note.
    """

    uid: UUID
    made: Millis
    session_id: int
    because: str = ""
    restore: bool = False
    source: Source = Source.DESK


class EditBranch(NamedTuple):
    """Whom to call at a branch. Changes what is not None."""

    uid: UUID
    made: Millis
    branch_id: int
    contact: str | None = None
    phone: str | None = None
    source: Source = Source.DESK


class WriteNote(NamedTuple):
    """A note of one person for one session: its text, or (paper) the notebook seen.

    stay: the writes of one stay at one person are one revision. based_on: the revision the writer has seen last, so
    that the answer can tell when somebody else wrote meanwhile; both texts are kept whatever it is. after: the stay of
    what this writer sent of the note just before, which may be answered only later, or never be written.
    """

    uid: UUID
    made: Millis
    session_id: int
    member_id: int
    text: str | None = None
    paper: bool = False
    stay: UUID | None = None
    based_on: UUID | None = None
    after: UUID | None = None
    source: Source = Source.DESK


class SeeNotebooks(NamedTuple):
    """The notebooks of these people were seen: one batch, one undo. Whoever's is complete by that already stays."""

    uid: UUID
    made: Millis
    session_id: int
    member_ids: tuple[int, ...]
    source: Source = Source.DESK


class UndoNotes(NamedTuple):
    """Take back this station's newest step about notes at one session; a whole batch of notebooks at once."""

    uid: UUID
    made: Millis
    session_id: int
    source: Source = Source.DESK


class RedoNotes(NamedTuple):
    """Do again what this station's newest `UndoNotes` took back, as long as it did nothing since."""

    uid: UUID
    made: Millis
    session_id: int
    source: Source = Source.DESK


Write = (
    MarkPerson
    | MarkMany
    | TakeBack
    | Undo
    | Redo
    | UndoChanges
    | UndoPlan
    | RecordRefusal
    | OpenSession
    | CloseSession
    | ReopenSession
    | EditSession
    | AddMember
    | EditMember
    | ErasePerson
    | ImportMembers
    | CreateProgram
    | EditProgram
    | PlanSessions
    | CancelSession
    | EditBranch
    | ImportContacts
    | ImportMarks
    | WriteNote
    | SeeNotebooks
    | UndoNotes
    | RedoNotes
)
