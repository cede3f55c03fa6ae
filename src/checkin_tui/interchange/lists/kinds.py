"""A file that was given to the wrong import: marks or people where others are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice
from typing import Final

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.mark_words import read_mark
from checkin_tui.domain.text import clean
from checkin_tui.interchange.lists.columns import MEMBERS, plain, plain_words
from checkin_tui.interchange.lists.register_words import MARKS
from checkin_tui.interchange.lists.session_dates import Days

_LOOKED_AT: Final = 200  # rows
_LONGEST: Final = 200  # characters of a header
_FEW: Final = 3
# A column of such a name is of sessions even where nobody is marked yet; a mere date may be of anything.
_SESSIONS: Final = plain_words("session|session key|session date|class date|场次|课次")


def refuse_marks(rows: Sequence[Sequence[str]], top: int, file: str) -> None:
    """Raise CheckInError('import_is_marks', file) where the rows below `top` say who was there at which session.

    Rows of people may have columns for a date and a status as well: so there have to be dates in the one and, unless it
    is of sessions by its name, marks in the other. A sheet to be signed has none yet, and dates in a row above people
    are no column.
    """
    headers = [plain(cell) if len(cell) <= _LONGEST else "" for cell in rows[top]]
    fields = [MARKS.known.get(header, ("", 0))[0] for header in headers]
    sessions = [place for place, field in enumerate(fields) if field == "session"]
    statuses = [place for place, field in enumerate(fields) if field == "status"]
    if not sessions or not statuses:
        return
    for row in islice(rows, top + 1, top + 1 + _LOOKED_AT):
        is_marked = any(place < len(row) and _is_mark(row[place]) for place in statuses)
        asked = [place for place in sessions if place < len(row) and (is_marked or headers[place] in _SESSIONS)]
        if any(_days_of([row[place] for place in asked])):
            raise CheckInError("import_is_marks", file=file)


def refuse_people(headers: Iterable[str], branches: Sequence[str], file: str, *, is_mapped: bool = False) -> None:
    """Raise CheckInError('import_is_roster', file) where a file of contacts has people's codes, or the same branch in
    most rows. branches: those of its rows. is_mapped: somebody said which columns count, so a code is one of branches.
    """
    has_code = any(MEMBERS.known.get(plain(header), ("",))[0] == "code" for header in headers)
    again = len(branches) - len(set(branches))
    if (has_code and not is_mapped) or (len(branches) >= _FEW and again * 2 > len(branches)):
        raise CheckInError("import_is_roster", file=file)


def days_of(texts: Sequence[str]) -> list[date]:
    """The date in each of these cells, as `Days` reads it; the earliest there is for a cell without one."""
    return [found or date.min for found in _days_of(texts)]


def _days_of(texts: Sequence[str]) -> list[date | None]:
    named = Days(date(2000, 1, 1), date(2000, 12, 31)).read_all(texts)  # of no program: only dates with a year count
    return [None if one is None or one.key is None else one.key.day for one in named]


def _is_mark(cell: str) -> bool:
    try:
        return read_mark(clean(cell)) is not None
    except ValueError:
        return False
