"""Marks that come in from a file: what its rows say, and what became of them, session by session."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from uuid import UUID

from checkin_tui.domain.attendance.fold import Standing
from checkin_tui.domain.clock import HybridTime
from checkin_tui.domain.imports import Passed, Place, Rejected
from checkin_tui.domain.sessions import SessionKey

if TYPE_CHECKING:  # its tables are made when a register comes in, not at every start
    from checkin_tui.domain.mark_words import Said

# Why a cell or a row is refused. The words are made in words; the values each one brings are named beside it.
BAD_MARK: Final = "bad_mark"  # text, header
BAD_TIME: Final = "bad_time"  # text, header
BAD_SESSION: Final = "bad_session"  # text, header
TWO_DATES: Final = "two_dates"  # text
TWICE: Final = "mark_twice"  # name, key, first_row
NOBODY: Final = "mark_nobody"  # name
NO_CODE_HERE: Final = "mark_no_code"  # code
CODE_OF_ANOTHER: Final = "mark_code_of_another"  # code, name
NAMESAKES: Final = "mark_namesakes"  # name
NOT_EXPECTED: Final = "mark_not_expected"  # name, keys
NO_SESSION: Final = "mark_no_session"  # key, count
CANCELLED: Final = "mark_cancelled"  # key, count
CLOSED: Final = "mark_closed"  # key, count
TO_COME: Final = "mark_to_come"  # key, count
OTHER_DAY: Final = "mark_other_day"  # day, key
TIME_TO_COME: Final = "mark_time_to_come"  # key

MARK_ROW_CODES: Final[tuple[str, ...]] = (
    BAD_MARK,
    BAD_TIME,
    BAD_SESSION,
    TWO_DATES,
    TWICE,
    NOBODY,
    NO_CODE_HERE,
    CODE_OF_ANOTHER,
    NAMESAKES,
    NOT_EXPECTED,
    NO_SESSION,
    CANCELLED,
    CLOSED,
    TO_COME,
    OTHER_DAY,
    TIME_TO_COME,
)


class MarkLine(NamedTuple):
    """What a file says about one person at one session; every text is clean.

    row: 1-based row of the file. branch: None without the column. key None: the file names no session, so it is that of
    today. column: the header it stands under, '' where the row itself is about one session. step: one of several events
    of that person there, in the order in which they were recorded.
    """

    row: int
    code: str
    name: str
    branch: str | None
    key: SessionKey | None
    said: Said
    column: str = ""
    step: bool = False


class Marks(NamedTuple):
    """A whole file of marks; the fields as those of `domain.imports.Roster`.

    shape: one of `register`, `day`, `rows`, `events`. others: how many marks of other sessions than the one asked for
    were passed over. ignored: headers of columns that are not read.
    """

    lines: tuple[MarkLine, ...]
    rejected: tuple[Rejected, ...]
    columns: Mapping[str, str]
    source: str
    shape: str
    header_row: int = 0
    headers: tuple[str, ...] = ()
    passed: tuple[Passed, ...] = ()
    hidden_rows: tuple[Place, ...] = ()
    hidden_sheets: tuple[str, ...] = ()
    others: int = 0
    ignored: tuple[str, ...] = ()


class SessionMarks(NamedTuple):
    """What the file does at one session, counted in people.

    new: who was not marked. changed: of whom more is known now, or who was overwritten. contradicting: of whom the
    program says something else; they were not written. opens: the session is opened by it.
    """

    key: SessionKey
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    contradicting: int = 0
    opens: bool = False


class Contradiction(NamedTuple):
    """The file says one thing, the program another. written: the file's was taken."""

    row: int
    key: SessionKey
    code: str
    name: str
    said: Said
    here: Standing
    written: bool = False


class RejectedMark(NamedTuple):
    """A row, or a column from that row on, that was not written: a code of this module, or of the desk."""

    row: int
    column: str
    code: str
    values: Mapping[str, Any]


class MarksImported(NamedTuple):
    """What became of the marks of a file, or would become of them.

    sessions: by key. recorded None: nothing was written. Screens that are open read the desk again.
    """

    uid: UUID | None
    sessions: tuple[SessionMarks, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    rejected: tuple[RejectedMark, ...] = ()
    recorded: HybridTime | None = None

    def count(self, of: str) -> int:
        """Over all sessions. of: a field of `SessionMarks`."""
        return sum(getattr(one, of) for one in self.sessions)

    @property
    def usable(self) -> bool:
        """Whether anything in the file is about somebody at a session."""
        return any(sum(one[1:5]) for one in self.sessions)
