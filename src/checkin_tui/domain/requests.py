"""What a screen or a command asks for, frozen. Every write carries the id of the action, made by whoever asks.

The same id sent again writes nothing and gets the first result. `made` is the instant of the key press: a mark that had
to wait for the disk still bears the time at which the person stood at the door.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from uuid import UUID

from checkin_tui.domain.attendance.events import Reason, Source, Status
from checkin_tui.domain.clock import HybridTime, Millis
from checkin_tui.domain.imports import RosterLine
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.sessions import AudienceKind, SessionKey, SessionKind

# --------------------------------------------------------------------------------------------------------------- reads


@dataclass(frozen=True, slots=True)
class LoadDesk:
    """Everything the roster shows. key None: today's session (the open one first, else the first not cancelled)."""

    key: SessionKey | None = None


@dataclass(frozen=True, slots=True)
class LoadNews:
    """What was written since `since` by anybody: the path of another window's commit."""

    session_id: int | None
    since: HybridTime | None


@dataclass(frozen=True, slots=True)
class LoadHistory:
    """Every step about one member, newest first; session_id None: at all sessions."""

    member_id: int
    session_id: int | None = None


@dataclass(frozen=True, slots=True)
class LoadMember:
    """One member with their memberships."""

    member_id: int


@dataclass(frozen=True, slots=True)
class LoadBranches:
    """All branches, by name."""


@dataclass(frozen=True, slots=True)
class LoadSessions:
    """All sessions, by key."""


@dataclass(frozen=True, slots=True)
class PreviewImport:
    """What importing these lines would do. Nothing is written."""

    lines: tuple[RosterLine, ...]


# -------------------------------------------------------------------------------------------------------------- writes


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """What every write carries. uid: of the action and of its batch. made: the instant of the key press."""

    uid: UUID
    made: Millis
    source: Source = Source.DESK


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPerson(Write):
    """One step about one person at one session.

    Without `status` and `left` it is an arrival, at `at` or at `made`. `status` is a decision; with present or late
    `at` gives its deciding arrival. `left` alone writes only a leaving. `correct` replaces the known time instead of
    adding one. `guest` lets in somebody who is not expected. `because` is needed on a closed session.
    typed: what was typed or scanned, kept with a refusal.
    """

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


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkMany(Write):
    """One status for all of `member_ids` that are still unmarked: one batch, one undo."""

    session_id: int
    member_ids: tuple[int, ...]
    status: Status
    reason: Reason | None = None
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack(Write):
    """Take back the newest step about one person at one session, whoever made it."""

    session_id: int
    member_id: int
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo(Write):
    """Take back this station's newest step. session_id: only its attendance (and closing); None: of whatever kind."""

    session_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Redo(Write):
    """Do again what this station's newest undo took back, as long as nothing was done since."""

    session_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoChanges(Write):
    """Take back one batch of changes (an import, an edit) on its own screen."""

    batch: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRefusal(Write):
    """Keep what was typed and why nobody was marked. code: of `domain.errors`; sentence: as the organizer read it."""

    session_id: int | None
    typed: str
    code: str
    sentence: str = ""
    member_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession(Write):
    """Open the planned session `key`; an unplanned date gets a session of its own (extra). key None: today's."""

    key: SessionKey | None = None
    extra: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseSession(Write):
    """Close the register; absent_rest: those not marked become absent, in the same batch."""

    session_id: int
    absent_rest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenSession(Write):
    """Open a closed session again, with a reason; the marks stay."""

    session_id: int
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditSession(Write):
    """Change what is not None. late_from: local clock time of the session's date, never before the start.

    presenter: a member's code or exact name, else a name from outside; '' takes them away. branches: names.
    """

    session_id: int
    topic: str | None = None
    kind: SessionKind | None = None
    presenter: str | None = None
    audience: AudienceKind | None = None
    branches: tuple[str, ...] = ()
    late_from: time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMember(Write):
    """A new person. code '': one is generated. first None: by the rule for a blank *joined*. guest: counted apart."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class EditMember(Write):
    """Change what is not None. branch or leader with `since` begin a new membership that day (a transfer); without it
    the current membership is corrected. left_open takes a leaving date away again.
    """

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


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportMembers(Write):
    """Write the lines of a roster file: one transaction, one undo."""

    lines: tuple[RosterLine, ...]
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateProgram(Write):
    """Make the program of a new file and plan its sessions. Refused when the file already has one."""

    terms: ProgramTerms
    practice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EditProgram(Write):
    """New terms for the program; they reach planned sessions only."""

    terms: ProgramTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSessions(Write):
    """Plan the program's sessions, or those of `days`; what exists stays as it is."""

    days: tuple[date, ...] = ()
    hours: tuple[time, time] | None = None
    topic: str = ""
    kind: SessionKind = SessionKind.STUDY


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteNote(Write):
    """A note of one person for one session: its text, or (paper) the notebook seen. stay: one revision each."""

    session_id: int
    member_id: int
    text: str | None = None
    paper: bool = False
    stay: UUID | None = field(default=None)


Read = LoadDesk | LoadNews | LoadHistory | LoadMember | LoadBranches | LoadSessions | PreviewImport
