"""Whom to call at the branches, from a file: previewed, written and taken back on one page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import ClassVar

from checkin_tui import words
from checkin_tui.domain.changes import PeopleChanged
from checkin_tui.domain.imports import ContactLine, Contacts
from checkin_tui.domain.reads import PreviewContacts
from checkin_tui.domain.views import ImportLine, ImportPreview
from checkin_tui.i18n import _
from checkin_tui.tui.safe import fit
from checkin_tui.tui.screens.importing.lines import ImportLines, changes_text, result_cells
from checkin_tui.tui.screens.importing.page import ImportPage, TakeBack

Ask = Callable[[PreviewContacts], Awaitable[ImportPreview]]
Import = Callable[[tuple[ContactLine, ...]], Awaitable[PeopleChanged]]


class ContactsImport(ImportPage[Contacts]):
    """A file of contacts. Branches nobody knows are rejected, not made.

    ask: previews lines. write: imports them. undo: takes a batch back. All three may raise CheckInError.
    """

    FILE: ClassVar[str] = _("contacts.xlsx, .csv or .tsv")

    def __init__(self, *, ask: Ask, write: Import, undo: TakeBack, zone: str) -> None:
        super().__init__(_("Import contacts of the branches"), undo=undo, zone=zone)
        self._ask, self._write = ask, write

    def make_lines(self) -> ImportLines:
        """Branches have neither code nor title."""
        return ImportLines(contact_line_text)

    def read_file(self, path: Path) -> Contacts:
        """A file of contacts."""
        from checkin_tui.interchange.lists.contacts import read_contacts  # needed only here

        return read_contacts(path)

    async def ask(self, file: Contacts) -> ImportPreview:
        """What becomes of the branches in it."""
        return await self._ask(PreviewContacts(file.rows))

    async def write(self, file: Contacts) -> PeopleChanged:
        """All of them."""
        return await self._write(file.rows)

    def numbers(self, preview: ImportPreview, rejected: int) -> str:
        """`3 changed · 25 unchanged · 2 rejected`."""
        return _("{changed} changed · {unchanged} unchanged · {rejected} rejected").format(
            changed=preview.changed, unchanged=preview.unchanged, rejected=rejected
        )

    def written_text(self, change: PeopleChanged) -> str:
        """How many of each."""
        return _("Imported: {changed} changed, {unchanged} unchanged.").format(
            changed=change.changed, unchanged=change.unchanged
        )


def contact_line_text(line: ImportLine, width: int, _joined: date | None = None) -> str:
    """Row, result, branch, and what changes or why not."""
    known = result_cells(line)
    if line.result == "rejected":
        return " ".join((*known, words.sentence(line.reason, line.values or {})))
    return " ".join((*known, fit(line.branch, max(12, width // 4)), "; ".join(changes_text(line))))
