"""What is read for a screen or a command: frozen values, complete in themselves."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from checkin_tui.domain.attendance.events import Action, EventKind, Reason, Source, Status
from checkin_tui.domain.campaign import Day
from checkin_tui.domain.clock import HybridTime, Millis
from checkin_tui.domain.imports import Gone, Renamed, Somebody
from checkin_tui.domain.notes import NoteState
from checkin_tui.domain.people import Branch, Member
from checkin_tui.domain.program import Program
from checkin_tui.domain.roster import Mark, Person
from checkin_tui.domain.sessions import Session, SessionKey


class Origin(NamedTuple):
    """Where something was read: the program, and how often its file was replaced by another one as a whole."""

    program: UUID
    generation: int


class DeskView(NamedTuple):
    """The desk as it stands.

    people: the roster by branch and name, then the guests of the day. others: known people who are not expected here.
    marks: only of those who have any. session None: nothing is planned for the day; following: what comes next then.
    cursor: the newest recorded time in the file, for `LoadNews`. undo, redo: the next step of this station, if any.
    origin: the file its numbers mean something in.
    """

    program: Program
    today: date
    session: Session | None
    following: Session | None
    people: tuple[Person, ...]
    others: tuple[Person, ...]
    marks: dict[int, Mark]
    cursor: HybridTime | None
    operator: str
    station: str
    undo: Action | None = None
    redo: Action | None = None
    origin: Origin | None = None


class News(NamedTuple):
    """What came since. reload: people, sessions or program changed, so the desk has to be read again.

    elsewhere: marks or notes of other sessions are among it.
    """

    marks: tuple[tuple[int, Mark], ...]
    arrivals: tuple[Person, ...]
    session: Session | None
    cursor: HybridTime | None
    reload: bool
    elsewhere: bool = False


class HistoryLine(NamedTuple):
    """One event as the history shows it. A withdrawal is never shown active."""

    session: SessionKey
    kind: EventKind
    status: Status | None
    reason: Reason | None
    happened: Millis | None
    recorded: Millis
    operator: str
    station: str
    source: Source
    action: Action
    active: bool
    because: str


class NoteLine(NamedTuple):
    """One step about a note as the history shows it, without the text. paper, chars: the note afterwards.

    seen, typed, active: as `note_history.NoteStep` has them.
    """

    session: SessionKey
    recorded: Millis
    operator: str
    station: str
    action: Action
    paper: bool
    chars: int
    seen: bool
    typed: bool
    active: bool


class History(NamedTuple):
    """Every step about one member, newest first: the events, and what became of the notes."""

    member: Member
    lines: tuple[HistoryLine, ...]
    notes: tuple[NoteLine, ...] = ()

    @property
    def steps(self) -> tuple[HistoryLine | NoteLine, ...]:
        """Both together, newest first."""
        both: tuple[HistoryLine | NoteLine, ...] = (*self.notes, *self.lines)
        return tuple(sorted(both, key=lambda line: line.recorded, reverse=True))


class ImportLine(NamedTuple):
    """What one line of a file would do. result: new, changed, unchanged, doubtful, rejected.

    changes: (field, before, after); the field `back` is the day a person belongs again, `since` the one from which on
    what stands before it holds. code and name: of a person, ''
    for contacts. reason: why it is rejected or doubtful. candidates: whom a doubtful line may be about.
    """

    row: int
    result: str
    code: str
    name: str
    branch: str
    changes: tuple[tuple[str, str, str], ...] = ()
    reason: str = ""
    values: dict[str, object] | None = None
    sheet: str = ""
    candidates: tuple[Somebody, ...] = ()


class ImportPreview(NamedTuple):
    """What an import would do, line by line. joined: the date a blank *joined* becomes; None for contacts.

    gone: who is not in the file. ended: how many of them the import would end the membership of. renamed, new_branches,
    rosters: as of `PeopleChanged`.
    """

    lines: tuple[ImportLine, ...]
    new: int
    changed: int
    unchanged: int
    rejected: int
    joined: date | None = None
    doubtful: int = 0
    gone: Gone = Gone()
    ended: int = 0
    renamed: tuple[Renamed, ...] = ()
    new_branches: tuple[str, ...] = ()
    rosters: tuple[SessionKey, ...] = ()


class NoteVersion(NamedTuple):
    """One revision of a note. action: what made it (UNDO and REDO repeat an earlier text)."""

    uid: UUID
    text: str
    paper: bool
    chars: int
    recorded: Millis
    operator: str
    station: str
    action: Action
    own: bool


class NoteView(NamedTuple):
    """One note: its revisions, newest first; the first of them is the note as it stands. mark: of the person."""

    session: Session
    person: Person
    mark: Mark
    versions: tuple[NoteVersion, ...]


class OwedNote(NamedTuple):
    """One note somebody owes. chars 0: nothing is there."""

    session: SessionKey
    status: Status
    chars: int
    minimum: int

    @property
    def state(self) -> NoteState:
        """Missing or too short."""
        return NoteState.TOO_SHORT if self.chars else NoteState.MISSING


class Debtor(NamedTuple):
    """One person with the notes they owe, oldest session first."""

    member_id: int
    code: str
    name: str
    branch: str
    phone: str
    notes: tuple[OwedNote, ...]


class BranchDebts(NamedTuple):
    """The people of one branch who owe notes, by name, and whom to call there. branch None: without one."""

    branch: Branch | None
    people: tuple[Debtor, ...]

    @property
    def name(self) -> str:
        """'' for those without a branch."""
        return "" if self.branch is None else self.branch.name


class OwedView(NamedTuple):
    """Who owes which notes. sessions: those it is about, by key. campaign: all that were taken.

    A person stands at the branch of today, where they are called; in a list of one session at that of its date.
    without_presence: who has a note without having been there, where it is about one session.
    """

    program: Program
    campaign: bool
    sessions: tuple[Session, ...]
    branches: tuple[BranchDebts, ...]
    without_presence: tuple[tuple[str, str], ...] = ()

    @property
    def people(self) -> int:
        """How many owe any."""
        return sum(len(branch.people) for branch in self.branches)

    @property
    def notes(self) -> int:
        """How many are owed."""
        return sum(len(person.notes) for branch in self.branches for person in branch.people)


class CampaignView(NamedTuple):
    """The figures of every session, by key (cancelled ones too), and the day it is."""

    program: Program
    today: date
    days: tuple[Day, ...]


class Erasure(NamedTuple):
    """What erasing a person takes away, and what it leaves.

    marks: steps at sessions, which stay without the name. notes, chars: notes whose words go and whose lengths stay.
    refused: attempts at which they were meant; changes: entries of the log about them; reasons: reasons of marks and
    changes; desks: entries whose operator or laptop is called so; presenter, retitled (by topic), contact: sessions and
    branches that name them. other_notes, topics: where they stay named, in the words of others and in topics out of
    which they cannot be taken word by word; notes_where (session key, whose note) and topics_where (session key) say
    which, as long as that can be told. last_day: the last day as a member, where that is new. backups: the paths of
    those that still say who it was. copies: those of damaged or unfinished copies beside the file, which may.
    """

    marks: int = 0
    notes: int = 0
    chars: int = 0
    refused: int = 0
    changes: int = 0
    reasons: int = 0
    desks: int = 0
    presenter: int = 0
    retitled: int = 0
    contact: int = 0
    other_notes: int = 0
    topics: int = 0
    notes_where: tuple[tuple[SessionKey, str], ...] = ()
    topics_where: tuple[SessionKey, ...] = ()
    last_day: date | None = None
    backups: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()


class SessionEffect(NamedTuple):
    """What new terms would do to one planned session: (field, before, after) as `program_change.written` has them.

    session: as it is. *late_from* and *hours* are clock times in the program's zone, which is a field where it changes.
    """

    session: Session
    changes: tuple[tuple[str, str, str], ...]


class ProgramPreview(NamedTuple):
    """What new terms would change.

    terms: (field, before, after) as `program_change.written` has them. sessions: planned ones that take something over.
    missing: days of the program that have no session. outside: planned sessions on days that no longer belong to it;
    they stay until they are cancelled. kept: how many sessions were opened or closed already and keep what they have.
    """

    terms: tuple[tuple[str, str, str], ...]
    sessions: tuple[SessionEffect, ...]
    missing: tuple[SessionKey, ...]
    outside: tuple[Session, ...]
    kept: int
