"""What a roster file says, once it is read: lines to import, rows that were refused, and where both came from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final, NamedTuple

# The columns a roster may have, in the order in which they are written out.
MEMBER_FIELDS: Final[tuple[str, ...]] = ("code", "name", "branch", "title", "rank", "leader", "joined", "left", "phone")

# The same for a file of the branches' contacts.
CONTACT_FIELDS: Final[tuple[str, ...]] = ("branch", "contact", "phone")

NAME_LIMIT: Final = 200
CODE_LIMIT: Final = 32

# Why a row is refused. The words are made in cli and tui; the values each one brings are named beside it.
NO_NAME: Final = "no_name"
NAME_TOO_LONG: Final = "name_too_long"  # limit, length
CODE_TOO_LONG: Final = "code_too_long"  # limit, length
CODE_UNSEEN: Final = "code_unseen"
TEXT_TOO_LONG: Final = "text_too_long"  # field, limit, length
BAD_DATE: Final = "bad_date"  # field, text
BAD_LEADER: Final = "bad_leader"  # text
CODE_TWICE: Final = "code_twice"  # code, first_row
LEFT_BEFORE_JOINED: Final = "left_before_joined"  # joined, left
TOO_MANY_CELLS: Final = "too_many_cells"  # cells, headers
NO_BRANCH: Final = "no_branch"
BRANCH_UNKNOWN: Final = "branch_unknown"  # name
BRANCH_TWICE: Final = "branch_twice"  # name, first_row
NUMBER_CUT: Final = "number_cut"  # field, text
NOT_COMPUTED: Final = "not_computed"  # field
SHEET_NO_HEADER: Final = "sheet_no_header"  # headers
SAME_PERSON_TWICE: Final = "same_person_twice"  # name
CODE_HELD: Final = "code_held"  # code, name
CLOSED_SESSION: Final = "closed_session"  # key

# Why it is asked whom a line is about: nobody is merged with somebody of that name in silence. The candidates stand
# beside the reason.
CODE_GIVEN_ANEW: Final = "code_given_anew"  # the code of somebody of another name, branch and phone
CODE_OF_ANOTHER: Final = "code_of_another"  # the code of one, the name of another
OTHER_CODE: Final = "other_code"  # somebody of that name has another code
SEVERAL_HERE: Final = "several_here"  # several of that name are in that branch
ELSEWHERE: Final = "elsewhere"  # somebody of that name is in another branch
OTHER_PHONE: Final = "other_phone"  # somebody of that name has another phone; the line names no branch
SEVERAL_LINES: Final = "several_lines"  # several lines of the file may be the same person
DOUBT_CODES: Final[tuple[str, ...]] = (
    CODE_GIVEN_ANEW,
    CODE_OF_ANOTHER,
    OTHER_CODE,
    SEVERAL_HERE,
    ELSEWHERE,
    OTHER_PHONE,
    SEVERAL_LINES,
)

ROW_CODES: Final[tuple[str, ...]] = (
    NO_NAME,
    NAME_TOO_LONG,
    CODE_TOO_LONG,
    CODE_UNSEEN,
    TEXT_TOO_LONG,
    BAD_DATE,
    BAD_LEADER,
    CODE_TWICE,
    LEFT_BEFORE_JOINED,
    TOO_MANY_CELLS,
    NO_BRANCH,
    BRANCH_UNKNOWN,
    BRANCH_TWICE,
    NUMBER_CUT,
    NOT_COMPUTED,
    SHEET_NO_HEADER,
    SAME_PERSON_TWICE,
    CODE_HELD,
    CLOSED_SESSION,
)


def text_too_long(field: str, text: str) -> dict[str, Any] | None:
    """The values of `TEXT_TOO_LONG` for a text of more than `NAME_LIMIT` characters; None for one that may be kept."""
    return {"field": field, "limit": NAME_LIMIT, "length": len(text)} if len(text) > NAME_LIMIT else None


class Place(NamedTuple):
    """A row of a file: the sheet ('' unless several were read) and the 1-based row, as a spreadsheet counts."""

    sheet: str
    row: int


class RosterLine(NamedTuple):
    """One person as a roster file names them; every text is clean.

    row: 1-based row of the file, as a spreadsheet counts. sheet: '' unless several were read. code: '' when blank or
    without a column (one is generated). branch, title, rank, phone: None when the file has no such column, '' when the
    cell is blank; both leave what is there.
    leader: None without the column; a blank cell there says no. joined, left: None without the column and for a blank
    cell (leave as it is; a blank *joined* of somebody new is the program's first day).
    """

    row: int
    code: str
    name: str
    branch: str | None = None
    title: str | None = None
    rank: str | None = None
    leader: bool | None = None
    joined: date | None = None
    left: date | None = None
    phone: str | None = None
    sheet: str = ""

    @property
    def place(self) -> Place:
        """Where it stands in the file."""
        return Place(self.sheet, self.row)


class Rejected(NamedTuple):
    """A row that is not imported: its 1-based number, one of `ROW_CODES`, and what the sentence about it names.

    sheet: '' unless several sheets were read. cells: what the row says, cleaned: whoever it names is in the file.
    """

    row: int
    reason_code: str
    values: Mapping[str, Any]
    sheet: str = ""
    cells: tuple[str, ...] = ()


class Passed(NamedTuple):
    """A row below the header that is nobody to expect and no mistake: a line of totals, a cancelled order.

    text: what it says, shortened.
    """

    row: int
    text: str
    sheet: str = ""


class Somebody(NamedTuple):
    """A person as a question or a list names them. branch: the last they were in, '' without one."""

    member_id: int
    code: str
    name: str
    branch: str


class Doubt(NamedTuple):
    """A line of which nobody knows whom it is about. reason: one of `DOUBT_CODES`. candidates: who it may be."""

    place: Place
    name: str
    reason: str
    candidates: tuple[Somebody, ...]


class Answer(NamedTuple):
    """Whom the line at `place` is about, as the organizer says. member_id None: somebody new."""

    place: Place
    member_id: int | None


class Ending(NamedTuple):
    """The memberships of whoever is gone are to end. last: the last day, inclusive; None: as `Gone.last` says."""

    last: date | None = None


class Gone(NamedTuple):
    """Who is a member and not in the file. people: those the file should have named, by code.

    last: the last day they have if their memberships are ended. elsewhere: branches the file does not name, with how
    many people they have: a file of some branches says nothing of the others. kept: those of `people` who are not
    ended: they begin after that day, and on it there is a session.
    """

    people: tuple[Somebody, ...] = ()
    last: date | None = None
    elsewhere: tuple[tuple[str, int], ...] = ()
    kept: tuple[Somebody, ...] = ()


class Renamed(NamedTuple):
    """Whose name a line changed: the code, and the name before and after."""

    place: Place
    code: str
    before: str
    after: str


class FileKind(StrEnum):
    """What a file is about whose columns are remembered."""

    MEMBERS = "members"
    CONTACTS = "contacts"
    MARKS = "marks"


class Roster(NamedTuple):
    """A whole roster file, in the order of the file.

    columns: field -> the header it was found under; `given` and `family` for a name in two columns. source: the sheet's
    name, or the text's encoding (`gb18030`). preset: the key of the preset whose columns it has ('' none). header_row:
    1-based, 0 without one. headers: the cells of that row, cleaned, empty ones too. hidden_rows: rows a spreadsheet
    does not show; they were read as the others were. hidden_sheets: sheets it does not show; they were not read unless
    asked for by name. sheets: those that were read. unread_sheets: those it shows, not read, with something
    in them.
    """

    rows: tuple[RosterLine, ...]
    rejected: tuple[Rejected, ...]
    columns: Mapping[str, str]
    source: str
    preset: str = ""
    header_row: int = 0
    headers: tuple[str, ...] = ()
    passed: tuple[Passed, ...] = ()
    hidden_rows: tuple[Place, ...] = ()
    hidden_sheets: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    unread_sheets: tuple[str, ...] = ()


class ContactLine(NamedTuple):
    """Whom to call at one branch, as a file names them; every text is clean.

    row: 1-based row of the file. contact, phone: None when the file has no such column (leave as it is), '' when the
    cell is blank (it is taken away).
    """

    row: int
    branch: str
    contact: str | None = None
    phone: str | None = None


class Contacts(NamedTuple):
    """A whole file of contacts, in the order of the file; the fields as those of `Roster`."""

    rows: tuple[ContactLine, ...]
    rejected: tuple[Rejected, ...]
    columns: Mapping[str, str]
    source: str
