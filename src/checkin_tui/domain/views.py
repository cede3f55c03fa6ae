"""What is read for a screen or a command: frozen values, complete in themselves."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from checkin_tui.domain.attendance.events import Action, EventKind, Reason, Source, Status
from checkin_tui.domain.clock import HybridTime, Millis
from checkin_tui.domain.people import Member
from checkin_tui.domain.program import Program
from checkin_tui.domain.roster import Mark, Person
from checkin_tui.domain.sessions import Session, SessionKey


class DeskView(NamedTuple):
    """The desk as it stands.

    people: the roster by branch and name, then the guests of the day. others: known people who are not expected here.
    marks: only of those who have any. session None: nothing is planned for the day; following: what comes next then.
    cursor: the newest recorded time in the file, for `LoadNews`. undo, redo: the next step of this station, if any.
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


class News(NamedTuple):
    """What came since. reload: people, sessions or program changed, so the desk has to be read again."""

    marks: tuple[tuple[int, Mark], ...]
    arrivals: tuple[Person, ...]
    session: Session | None
    cursor: HybridTime | None
    reload: bool


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


class History(NamedTuple):
    """Every step about one member, newest first."""

    member: Member
    lines: tuple[HistoryLine, ...]


class ImportLine(NamedTuple):
    """What one line of a file would do. result: new, changed, unchanged, rejected. changes: (field, before, after)."""

    row: int
    result: str
    code: str
    name: str
    branch: str
    changes: tuple[tuple[str, str, str], ...] = ()
    reason: str = ""
    values: dict[str, object] | None = None


class ImportPreview(NamedTuple):
    """What an import would do, line by line. joined: the date a blank *joined* becomes."""

    lines: tuple[ImportLine, ...]
    new: int
    changed: int
    unchanged: int
    rejected: int
    joined: date | None
