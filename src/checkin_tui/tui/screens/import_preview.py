"""Import of people."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from pathlib import Path
from typing import ClassVar

from checkin_tui import words
from checkin_tui.domain.changes import PeopleChanged
from checkin_tui.domain.imports import Roster, RosterLine
from checkin_tui.domain.reads import PreviewImport
from checkin_tui.domain.views import ImportPreview
from checkin_tui.i18n import _
from checkin_tui.tui.screens.import_page import ImportPage, TakeBack

Ask = Callable[[PreviewImport], Awaitable[ImportPreview]]
Import = Callable[[tuple[RosterLine, ...]], Awaitable[PeopleChanged]]


class ImportScreen(ImportPage[Roster]):
    """A roster: who is new, who is changed, and the date from which new people belong.

    ask: previews lines. write: imports them. undo: takes a batch back. All three may raise CheckInError.
    """

    FILE: ClassVar[str] = _("people.xlsx, .csv or .tsv")

    def __init__(self, *, ask: Ask, write: Import, undo: TakeBack, zone: str) -> None:
        super().__init__(_("Import people"), undo=undo, zone=zone)
        self._ask, self._write = ask, write

    def read_file(self, path: Path) -> Roster:
        """A roster."""
        from checkin_tui.interchange.rosters import read_roster  # needed only here

        return read_roster(path)

    async def ask(self, file: Roster) -> ImportPreview:
        """What becomes of the people in it."""
        return await self._ask(PreviewImport(file.rows))

    async def write(self, file: Roster) -> PeopleChanged:
        """All of them."""
        return await self._write(file.rows)

    def numbers(self, preview: ImportPreview, rejected: int) -> str:
        """`12 new · 3 changed · 250 unchanged · 2 rejected`."""
        numbers = _("{new} new · {changed} changed · {unchanged} unchanged · {rejected} rejected").format(
            new=preview.new, changed=preview.changed, unchanged=preview.unchanged, rejected=rejected
        )
        return numbers + (_(" · {n} doubtful").format(n=preview.doubtful) if preview.doubtful else "")

    def written_text(self, change: PeopleChanged) -> str:
        """How many of each."""
        return _("Imported: {new} new, {changed} changed, {unchanged} unchanged.").format(
            new=change.new, changed=change.changed, unchanged=change.unchanged
        )

    def joined(self, file: Roster) -> Mapping[int, date]:
        """As the file has it."""
        return {row.row: row.joined for row in file.rows if row.joined is not None}

    def note(self, preview: ImportPreview) -> str:
        """The date a blank *joined* becomes; '' where there is none."""
        if preview.joined is None or not preview.new:
            return ""
        return _("New people without a date in the file belong from {day} on.").format(
            day=words.day_text(preview.joined, year=True)
        )
