"""What a screen or a command wants to know, frozen: the views of `domain.views` answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from checkin_tui.domain.clock import HybridTime
from checkin_tui.domain.imports import Answer, ContactLine, Ending, FileKind, RosterLine
from checkin_tui.domain.mark_imports import MarkLine
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.sessions import SessionKey

if TYPE_CHECKING:
    from checkin_tui.domain.views import Origin


class LoadDesk(NamedTuple):
    """Everything the views of a day show. key None: today's session, by `session_rules.of_the_day`."""

    key: SessionKey | None = None


class LoadNews(NamedTuple):
    """What was written since `since` by anybody: the path of another window's commit.

    origin: the file of which all this is meant; in another one everything is to be read again.
    """

    session_id: int | None
    since: HybridTime | None
    origin: Origin | None = None


class LoadHistory(NamedTuple):
    """Every step about one member, newest first; session_id None: at all sessions."""

    member_id: int
    session_id: int | None = None


class LoadMember(NamedTuple):
    """One member with their memberships."""

    member_id: int


class LoadBranches(NamedTuple):
    """All branches, by name."""


class LoadSessions(NamedTuple):
    """All sessions, by key."""


class PreviewImport(NamedTuple):
    """What importing these lines would do. Nothing is written. The rest as of `ImportMembers`."""

    lines: tuple[RosterLine, ...]
    answers: tuple[Answer, ...] = ()
    end: Ending | None = None
    unread: tuple[tuple[str, ...], ...] = ()
    unread_sheets: tuple[str, ...] = ()


class PreviewMarks(NamedTuple):
    """What importing these marks would do. Nothing is written. The fields as of `ImportMarks`."""

    lines: tuple[MarkLine, ...]
    guests: bool = False
    overwrite: bool = False
    because: str = ""


class LoadMapping(NamedTuple):
    """Which header was taken for which field when a file with these headers came in last: (field, header) pairs.

    headers: of each row that may be the header of the file; the first one that is known counts.
    """

    kind: FileKind
    headers: tuple[tuple[str, ...], ...]


class PreviewErase(NamedTuple):
    """What erasing a person would do. Nothing is written."""

    member_id: int


class PreviewContacts(NamedTuple):
    """What importing these contacts would do. Nothing is written."""

    lines: tuple[ContactLine, ...]


class PreviewProgram(NamedTuple):
    """What these terms would change. Nothing is written."""

    terms: ProgramTerms


class LoadNote(NamedTuple):
    """One note with every revision."""

    session_id: int
    member_id: int


class LoadOwes(NamedTuple):
    """How many notes each person owes from other sessions than this one (None: from all)."""

    session_id: int | None = None


class LoadOwed(NamedTuple):
    """Who owes which notes, by branch: of one session (key None: today's), or of the whole campaign.

    branch: only of that branch, by its exact name ('' those without one); None: of all.
    """

    key: SessionKey | None = None
    campaign: bool = False
    branch: str | None = None


class LoadCampaign(NamedTuple):
    """The figures of every session, and what is still to come."""


Read = (
    LoadDesk
    | LoadNews
    | LoadHistory
    | LoadMember
    | LoadBranches
    | LoadSessions
    | PreviewImport
    | PreviewMarks
    | LoadMapping
    | PreviewErase
    | PreviewContacts
    | PreviewProgram
    | LoadNote
    | LoadOwes
    | LoadOwed
    | LoadCampaign
)
