"""Papers for the wall. First what was read for them, then what they say, line by line.

The texts of a paper are made where the words are and laid out where the files are; neither has to know the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import NamedTuple

from checkin_tui.domain.clock import Millis
from checkin_tui.domain.program import Program
from checkin_tui.domain.roster import Mark, Person
from checkin_tui.domain.sessions import Session, SessionKey
from checkin_tui.domain.views import OwedView


class SheetOrder(StrEnum):
    """How the people of a sheet are put: by branch and name as on the roster, by name, or by code."""

    BRANCH = "branch"
    NAME = "name"
    CODE = "code"


class SheetAsk(NamedTuple):
    """Which sign-in sheet. key None: of today's session. blank: lines for walk-ins.

    branches: only of these, by their exact names ('' those without one); () of all.
    """

    key: SessionKey | None = None
    blank: int = 10
    branches: tuple[str, ...] = ()
    order: SheetOrder = SheetOrder.BRANCH


class SheetView(NamedTuple):
    """Who may sign: the expected in the order asked for, then the guests of the day. marks: only of those who have any.

    part: only some branches were asked for.
    """

    program: Program
    session: Session
    people: tuple[Person, ...]
    marks: Mapping[int, Mark]
    order: SheetOrder
    part: bool = False


class SheetRow(NamedTuple):
    """One line of a sheet. mark: what stands where others sign, '' where they shall."""

    number: int
    code: str
    name: str
    branch: str
    title: str
    mark: str


class SheetGroup(NamedTuple):
    """Lines that belong together under a heading; heading '' where all are one list."""

    heading: str
    rows: tuple[SheetRow, ...]


class SheetPaper(NamedTuple):
    """A sign-in sheet. language: as HTML names it. lines: below the title. running: what every printed page says.

    columns: the headings of number, code, name, branch, title and signature. nobody: said where no line is. foot: the
    counts and the signature, to be filled in by hand.
    """

    language: str
    title: str
    lines: tuple[str, ...]
    running: str
    columns: tuple[str, str, str, str, str, str]
    groups: tuple[SheetGroup, ...]
    nobody: str
    blank: int
    foot: tuple[str, ...]

    @property
    def rows(self) -> int:
        """How many people it lists."""
        return sum(len(group.rows) for group in self.groups)


SheetWords = Callable[[SheetView, int], SheetPaper]
"""Makes the paper of what was read, with so many blank lines."""


class BoardAsk(NamedTuple):
    """Which list of who owes notes. key None and not campaign: of today's session. phones: with those of members."""

    key: SessionKey | None = None
    campaign: bool = False
    branches: tuple[str, ...] = ()
    phones: bool = False
    page_per_branch: bool = False


class BoardRow(NamedTuple):
    """One person of the list, counted within the branch. owes: one text for each note."""

    number: int
    code: str
    name: str
    phone: str
    owes: tuple[str, ...]


class BoardBranch(NamedTuple):
    """The people of one branch who owe notes. contact: whom to call there. total: how many owe how many."""

    heading: str
    contact: str
    total: str
    rows: tuple[BoardRow, ...]


class BoardPaper(NamedTuple):
    """The list for the notice board. total: how many owe how many. text: all of it as plain text. columns: number,
    code, name, telephone ('' where no telephones are told), and what is owed.
    """

    language: str
    title: str
    lines: tuple[str, ...]
    running: str
    total: str
    columns: tuple[str, str, str, str, str]
    branches: tuple[BoardBranch, ...]
    text: str

    @property
    def rows(self) -> int:
        """How many people it lists."""
        return sum(len(branch.rows) for branch in self.branches)


BoardWords = Callable[[OwedView, Millis], BoardPaper]
"""Makes the paper of what was read, and when that was."""
