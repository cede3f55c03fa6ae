"""Whom to call at a branch: one by hand, or many from a file with a preview."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from pathlib import Path
from typing import ClassVar, NamedTuple, Protocol

from textual.app import ComposeResult
from textual.widgets import Static

from checkin_tui import words
from checkin_tui.domain.changes import PeopleChanged
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import NAME_LIMIT, ContactLine, Contacts
from checkin_tui.domain.people import Branch
from checkin_tui.domain.reads import LoadBranches
from checkin_tui.domain.text import fold_text
from checkin_tui.domain.views import ImportLine
from checkin_tui.i18n import _
from checkin_tui.tui.safe import content, fit
from checkin_tui.tui.screens.form import Field, FormDialog, Row
from checkin_tui.tui.screens.import_lines import ImportLines, changes_text, field_word, result_cells
from checkin_tui.tui.screens.import_page import ImportPage, TakeBack, counts_text

Rejections = Sequence[tuple[int, str, dict[str, object]]]


class ContactValues(NamedTuple):
    """What the form says."""

    contact: str
    phone: str


class ContactForm(FormDialog[ContactValues]):
    """Contact and telephone of one branch. A field left blank takes away what was there."""

    def __init__(self, branch: Branch) -> None:
        super().__init__(_("Contact of {branch}").format(branch=branch.name))
        self._branch = branch

    def compose_body(self) -> ComposeResult:
        """Both."""
        yield Static(content(_("Whom to call when notes or people are missing.")), classes="quiet")
        yield Row(_("Contact"), Field("contact", self._branch.contact, first=True, select=True))
        yield Row(_("Phone"), Field("phone", self._branch.phone))

    def read(self) -> ContactValues | None:
        """What is too long stays in the form."""
        values = ContactValues(self.field("contact").text, self.field("phone").text)
        for name, text in zip(ContactValues._fields, values, strict=True):
            if len(text) > NAME_LIMIT:
                why = {"field": field_word(name), "limit": NAME_LIMIT}
                self.complain(name, words.sentence("text_too_long", why))
                return None
        return values


class WriteContacts(Protocol):
    """Imports contacts; a dry run only counts. May raise CheckInError."""

    def __call__(self, lines: tuple[ContactLine, ...], *, dry_run: bool) -> Awaitable[PeopleChanged]:
        """What was, or would be, changed."""


AskBranches = Callable[[LoadBranches], Awaitable[tuple[Branch, ...]]]


class ContactsImport(ImportPage):
    """A file of contacts. Branches nobody knows are rejected, not made."""

    FILE: ClassVar[str] = _("contacts.xlsx, .csv or .tsv")

    def __init__(self, *, ask: AskBranches, write: WriteContacts, undo: TakeBack, zone: str) -> None:
        super().__init__(_("Import contacts of the branches"), undo=undo, zone=zone)
        self._ask, self._write = ask, write
        self._rows: tuple[ContactLine, ...] = ()

    def make_lines(self) -> ImportLines:
        """Branches have neither code nor title."""
        return ImportLines(contact_line_text)

    async def preview(self, path: Path) -> bool:
        """Each line with what it changes, or why it is rejected."""
        from checkin_tui.interchange.contacts import read_contacts  # needed only here

        found = await asyncio.to_thread(read_contacts, path)
        branches = await self._ask(LoadBranches())
        try:
            change = await self._write(found.rows, dry_run=True)
        except CheckInError as error:
            if error.code != "import_nothing":
                raise
            self._show(found, branches, error.values.get("rejected", ()), changed=0, unchanged=0)
            return False
        self._show(found, branches, change.rejected, changed=change.changed, unchanged=change.unchanged)
        self._rows = found.rows
        return bool(change.changed)

    def _show(
        self, found: Contacts, branches: Sequence[Branch], rejected: Rejections, *, changed: int, unchanged: int
    ) -> None:
        refused = [(row.row, row.reason_code, dict(row.values)) for row in found.rejected] + list(rejected)
        rows = {row for row, _code, _values in refused}
        lines = [_previewed(line, branches) for line in found.rows if line.row not in rows]
        lines += [ImportLine(row, "rejected", "", "", "", reason=code, values=values) for row, code, values in refused]
        self.lines.show(sorted(lines, key=lambda line: line.row))
        numbers = _("{changed} changed · {unchanged} unchanged · {rejected} rejected").format(
            changed=changed, unchanged=unchanged, rejected=len(refused)
        )
        self.say(counts_text(numbers, found.source), trouble=not (changed or unchanged))

    async def write(self) -> PeopleChanged:
        """All the lines; rejected ones do not stop the rest."""
        return await self._write(self._rows, dry_run=False)

    def written_text(self, change: PeopleChanged) -> str:
        """How many of each."""
        return _("Imported: {changed} changed, {unchanged} unchanged.").format(
            changed=change.changed, unchanged=change.unchanged
        )


def _previewed(line: ContactLine, branches: Sequence[Branch]) -> ImportLine:
    """What a line that is not rejected does to its branch: known by its name, or by the only one that reads so."""
    exact = [branch for branch in branches if branch.name == line.branch]
    alike = exact or [branch for branch in branches if fold_text(branch.name) == fold_text(line.branch)]
    if not alike:  # made meanwhile
        return ImportLine(line.row, "unchanged", "", line.branch, "")
    branch = alike[0]
    pairs = (("contact", branch.contact, line.contact), ("phone", branch.phone, line.phone))
    changes = tuple((field, was, now) for field, was, now in pairs if now is not None and now != was)
    return ImportLine(line.row, "changed" if changes else "unchanged", "", branch.name, "", changes)


def contact_line_text(line: ImportLine, width: int, _joined: date | None = None) -> str:
    """Row, result, branch, and what changes or why not."""
    known = result_cells(line)
    if line.result == "rejected":
        return " ".join((*known, words.sentence(line.reason, line.values or {})))
    return " ".join((*known, fit(line.name, max(12, width // 4)), "; ".join(changes_text(line))))
