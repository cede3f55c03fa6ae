"""Import of people."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import ClassVar

from checkin_tui import words
from checkin_tui.domain.changes import PeopleChanged
from checkin_tui.domain.imports import RosterLine
from checkin_tui.domain.reads import PreviewImport
from checkin_tui.domain.views import ImportLine, ImportPreview
from checkin_tui.i18n import _
from checkin_tui.tui.screens.import_page import ImportPage, TakeBack, counts_text

Ask = Callable[[PreviewImport], Awaitable[ImportPreview]]
Import = Callable[[tuple[RosterLine, ...]], Awaitable[PeopleChanged]]


class ImportScreen(ImportPage):
    """A roster: who is new, who is changed.

    ask: previews lines. write: imports them. undo: takes a batch back. All three may raise CheckInError.
    """

    FILE: ClassVar[str] = _("people.xlsx, .csv or .tsv")

    def __init__(self, *, ask: Ask, write: Import, undo: TakeBack, zone: str) -> None:
        super().__init__(_("Import people"), undo=undo, zone=zone)
        self._ask, self._write = ask, write
        self._rows: tuple[RosterLine, ...] = ()

    async def preview(self, path: Path) -> bool:
        """Line by line, with the date from which new people belong."""
        from checkin_tui.interchange.rosters import read_roster  # needed only here

        roster = await asyncio.to_thread(read_roster, path)
        preview = await self._ask(PreviewImport(roster.rows))
        rejected = [
            ImportLine(row.row, "rejected", "", "", "", reason=row.reason_code, values=dict(row.values))
            for row in roster.rejected
        ]
        lines = sorted((*preview.lines, *rejected), key=lambda line: line.row)
        given = {row.row: row.joined for row in roster.rows if row.joined is not None}
        self.lines.show(lines, given)
        usable = preview.new + preview.changed
        self.say(_counts(preview, len(rejected), roster.source), trouble=not (usable or preview.unchanged))
        self.add_note(_joined(preview))
        self._rows = roster.rows
        return bool(usable)

    async def write(self) -> PeopleChanged:
        """All the lines; what is unchanged stays."""
        return await self._write(self._rows)

    def written_text(self, change: PeopleChanged) -> str:
        """How many of each."""
        return _("Imported: {new} new, {changed} changed, {unchanged} unchanged.").format(
            new=change.new, changed=change.changed, unchanged=change.unchanged
        )


def _counts(preview: ImportPreview, rejected: int, source: str) -> str:
    """`12 new · 3 changed · 250 unchanged · 2 rejected · read as UTF-8`."""
    numbers = _("{new} new · {changed} changed · {unchanged} unchanged · {rejected} rejected").format(
        new=preview.new,
        changed=preview.changed,
        unchanged=preview.unchanged,
        rejected=preview.rejected + rejected,
    )
    return counts_text(numbers, source)


def _joined(preview: ImportPreview) -> str:
    """The date a blank *joined* becomes; '' where there is none."""
    if preview.joined is None or not preview.new:
        return ""
    return _("New people without a date in the file belong from {day} on.").format(
        day=words.day_text(preview.joined, year=True)
    )
