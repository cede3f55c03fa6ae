"""Import of people: a path, what it would do line by line, the import itself, and its undo, all on one screen."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from textual.app import ComposeResult
from textual.message import Message
from textual.types import CSSPathType
from textual.widgets import Button, Static

from checkin_tui import words
from checkin_tui.domain.changes import ChangesUndone, PeopleChanged
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import Roster, RosterLine
from checkin_tui.domain.requests import PreviewImport
from checkin_tui.domain.views import ImportLine, ImportPreview
from checkin_tui.i18n import _
from checkin_tui.tui.safe import content
from checkin_tui.tui.screens.dialog import DialogButton
from checkin_tui.tui.screens.form import Field, FormDialog, Row
from checkin_tui.tui.screens.import_lines import ImportLines
from checkin_tui.tui.screens.import_paths import PathSuggester

Ask = Callable[[PreviewImport], Awaitable[ImportPreview]]
Import = Callable[[tuple[RosterLine, ...]], Awaitable[PeopleChanged]]
TakeBack = Callable[[UUID], Awaitable[ChangesUndone]]

CLOSE = "cancel"
"""The id by which forms know the button that only leaves."""

ENCODINGS = frozenset({"utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"})
"""What a text may have been read as without being told; any other source is the name of a sheet."""


class ImportScreen(FormDialog[None]):
    """Nothing is written before the Import button, and what it wrote can be taken back here.

    ask: previews lines. write: imports them. undo: takes a batch back. All three may raise CheckInError.
    """

    CSS_PATH: ClassVar[CSSPathType | None] = ["dialog.tcss", "import_preview.tcss"]
    SAVE = "read"

    def __init__(self, *, ask: Ask, write: Import, undo: TakeBack, zone: str) -> None:
        super().__init__(_("Import people"))
        self._ask, self._write, self._undo, self._zone = ask, write, undo, zone
        self._roster: Roster | None = None
        self._batch: UUID | None = None
        self._busy = False

    def compose_foot(self) -> ComposeResult:
        """The path, what was found, and the lines."""
        path = Field("path", placeholder=_("people.xlsx, .csv or .tsv; type, → takes the offer"), first=True)
        path.suggester = PathSuggester()
        yield Row(_("File"), path)
        yield Static(id="summary")
        yield Static(id="joined", classes="quiet")
        yield ImportLines()

    def compose_buttons(self) -> ComposeResult:
        """Read first; the others when there is something to do."""
        yield DialogButton(_("Read"), self.SAVE, main=True)
        for label, name in ((_("Import"), "import"), (_("Undo the import"), "undo")):
            button = DialogButton(label, name, main=True)
            button.display = False
            yield button
        yield DialogButton(_("Close"), CLOSE)

    def hint(self) -> str:
        """The keys."""
        return _("Enter to the buttons · ↑ ↓ scroll · Esc leave · A scan is text here.")

    def action_step(self, by: int) -> None:
        """Up and down scroll the lines."""
        self.query_one(ImportLines).scroll_relative(y=by, animate=False, immediate=True)

    def action_page(self, by: int) -> None:
        """Page up and page down."""
        lines = self.query_one(ImportLines)
        lines.scroll_relative(y=by * max(1, lines.size.height - 1), animate=False, immediate=True)

    def read(self) -> None:
        """The screen itself is the result."""
        return

    def save(self) -> None:
        """The Read button."""
        self._start(self._read)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Import and undo."""
        if event.button.id == "import":
            self._start(self._import)
        elif event.button.id == "undo":
            self._start(self._take_back)

    def _start(self, work: Callable[[], Awaitable[None]]) -> None:
        """One thing at a time: a second press while it runs is none."""
        if self._busy:
            return
        self._busy = True

        async def run() -> None:
            try:
                await work()
            except CheckInError as error:
                self._say(words.sentence(error.code, error.values, zone=self._zone), trouble=True)
            finally:
                self._busy = False

        self.run_worker(run())

    async def _read(self) -> None:
        text = self.field("path").value.strip().strip("\"'")
        self._offer(None)
        self._roster = None
        self._clear()
        if not text:
            self._say(_("Which file? Type or paste its path."), trouble=True)
            return
        self._say(_("Reading …"))
        from checkin_tui.interchange.rosters import read_roster  # needed only here

        roster = await asyncio.to_thread(
            read_roster, Path(os.path.expanduser(text))
        )  # as typed when there is no such home
        preview = await self._ask(PreviewImport(roster.rows))
        rejected = [
            ImportLine(row.row, "rejected", "", "", "", reason=row.reason_code, values=dict(row.values))
            for row in roster.rejected
        ]
        lines = sorted((*preview.lines, *rejected), key=lambda line: line.row)
        given = {row.row: row.joined for row in roster.rows if row.joined is not None}
        self.query_one(ImportLines).show(lines, given)
        usable = preview.new + preview.changed
        self._say(_counts(preview, len(rejected), roster.source), trouble=not (usable or preview.unchanged))
        self.query_one("#joined", Static).update(content(_joined(preview)))
        if usable:
            self._roster = roster
            self._offer("import", "import")

    async def _import(self) -> None:
        if self._roster is None:
            return
        self._say(_("Importing …"))
        change = await self._write(self._roster.rows)
        self._batch = change.uid
        self._say(
            _("Imported: {new} new, {changed} changed, {unchanged} unchanged.").format(
                new=change.new, changed=change.changed, unchanged=change.unchanged
            )
        )
        self._offer("undo", CLOSE)  # a second Enter must not take back what the first did

    async def _take_back(self) -> None:
        if self._batch is None:
            return
        await self._undo(self._batch)
        self._batch = self._roster = None
        self._clear()
        self._say(_("The import was taken back."))
        self._offer(None)

    def _clear(self) -> None:
        """No lines, and nothing said about them: what they would do is no longer known."""
        self.query_one(ImportLines).show(())
        self.query_one("#joined", Static).update("")

    def _say(self, text: str, *, trouble: bool = False) -> None:
        place = self.query_one("#summary", Static)
        place.update(content(f"✗ {text}" if trouble else text))
        place.set_class(trouble, "trouble")

    def _offer(self, name: str | None, focus: str = "path") -> None:
        """Show the button for the next step, and give the keyboard to `focus`: Enter counts there half a second later,
        so that a bouncing one takes nothing that was not there when it was pressed.
        """
        for other in ("import", "undo"):
            self.query_one(f"#{other}").display = other == name
        self.set_focus(self.query_one(f"#{focus}"))
        self._spoke = Message().time  # a message carries the time of the clock the keys have


def _counts(preview: ImportPreview, rejected: int, source: str) -> str:
    """`12 new · 3 changed · 250 unchanged · 2 rejected · read as UTF-8`."""
    read_as = _("read as {encoding}").format(encoding=source.upper())
    return _("{new} new · {changed} changed · {unchanged} unchanged · {rejected} rejected · {source}").format(
        new=preview.new,
        changed=preview.changed,
        unchanged=preview.unchanged,
        rejected=preview.rejected + rejected,
        source=read_as if source in ENCODINGS else _("sheet {name}").format(name=source),
    )


def _joined(preview: ImportPreview) -> str:
    """The date a blank *joined* becomes; '' where there is none."""
    if preview.joined is None or not preview.new:
        return ""
    return _("New people without a date in the file belong from {day} on.").format(
        day=words.day_text(preview.joined, year=True)
    )
