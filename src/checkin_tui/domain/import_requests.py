"""What is to be written of a file that came in. Part of `domain.requests`, where they are to be had as well."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from checkin_tui.domain.attendance.events import Source
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.imports import Answer, ContactLine, Ending, RosterLine
from checkin_tui.domain.mark_imports import MarkLine


class ImportMembers(NamedTuple):
    """Write the lines of a roster file: one transaction, one undo.

    answers: whom doubtful lines are about; one without an answer is not written. end: end the membership of who is
    gone; None: nobody's. unread: the cells of rows that could not be read: whoever they name is not gone.
    unread_sheets: sheets that were not read: nobody can say who is not in the file. headers: those of the file.
    mapping: (field, header) pairs to be remembered for files with these headers; forget: what is remembered of them is
    to be forgotten.
    """

    uid: UUID
    made: Millis
    lines: tuple[RosterLine, ...]
    answers: tuple[Answer, ...] = ()
    end: Ending | None = None
    unread: tuple[tuple[str, ...], ...] = ()
    headers: tuple[str, ...] = ()
    mapping: tuple[tuple[str, str], ...] = ()
    forget: bool = False
    source: Source = Source.DESK
    unread_sheets: tuple[str, ...] = ()


class ImportContacts(NamedTuple):
    """Write the contacts of a file: one transaction, one undo. Branches nobody knows are rejected, not made."""

    uid: UUID
    made: Millis
    lines: tuple[ContactLine, ...]
    source: Source = Source.DESK


class ImportMarks(NamedTuple):
    """Write the marks of a file: one transaction over all its sessions, one undo.

    guests: whoever is not expected is let in as a guest of the day. overwrite: where the program says something else,
    the file is right. because: why a closed register is corrected; kept with each mark. headers, mapping, forget: as of
    `ImportMembers`.
    """

    uid: UUID
    made: Millis
    lines: tuple[MarkLine, ...]
    guests: bool = False
    overwrite: bool = False
    because: str = ""
    headers: tuple[str, ...] = ()
    mapping: tuple[tuple[str, str], ...] = ()
    forget: bool = False
    source: Source = Source.DESK
