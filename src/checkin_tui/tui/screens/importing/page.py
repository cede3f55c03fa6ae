"""What every import has in common: a path, what it would do line by line, the writing, and its undo, on one screen."""

from __future__ import annotations

import asyncio
import os
from abc import abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from pathlib import Path
from typing import ClassVar, Generic, TypeVar
from uuid import UUID

from textual.app import ComposeResult
from textual.message import Message
from textual.types import CSSPathType
from textual.widgets import Button, Static

from checkin_tui import words
from checkin_tui.domain.changes import ChangesUndone, PeopleChanged
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import Contacts, Roster
from checkin_tui.domain.views import ImportLine, ImportPreview
from checkin_tui.i18n import _
from checkin_tui.tui.safe import content
from checkin_tui.tui.screens.dialog import DialogButton
from checkin_tui.tui.screens.form import Field, FormDialog, Row
from checkin_tui.tui.screens.importing.lines import ImportLines
from checkin_tui.tui.screens.importing.paths import PathSuggester

TakeBack = Callable[[UUID], Awaitable[ChangesUndone]]

File = TypeVar("File", Roster, Contacts)

CLOSE = "cancel"
"""The id by which forms know the button that only leaves."""

ENCODINGS = frozenset({"utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"})
"""What a text may have been read as without being told; any other source is the name of a sheet."""


class ImportPage(FormDialog[None], Generic[File]):
    """Nothing is written before the Import button, and what it wrote can be taken back here.

    undo: takes a batch back; may raise CheckInError.
    """

    CSS_PATH: ClassVar[CSSPathType | None] = ["../dialog.tcss", "preview.tcss"]
    SAVE = "read"
    FILE: ClassVar[str]

    def __init__(self, heading: str, *, undo: TakeBack, zone: str) -> None:
        super().__init__(heading)
        self._undo, self._zone = undo, zone
        self._batch: UUID | None = None
        self._file: File | None = None  # what was previewed and may be imported
        self._busy = False

    # ---------------------------------------------------------------------------------------------- what is different

    @abstractmethod
    def read_file(self, path: Path) -> File:
        """The file's lines; not on the event loop, for a large one takes its time."""

    @abstractmethod
    async def ask(self, file: File) -> ImportPreview:
        """What importing them would do."""

    @abstractmethod
    async def write(self, file: File) -> PeopleChanged:
        """Import them: what is unchanged stays, and rejected ones do not stop the rest."""

    @abstractmethod
    def numbers(self, preview: ImportPreview, rejected: int) -> str:
        """How many of each; rejected: of the whole file."""

    @abstractmethod
    def written_text(self, change: PeopleChanged) -> str:
        """What the import did."""

    def make_lines(self) -> ImportLines:
        """The lines of the preview."""
        return ImportLines()

    def joined(self, _file: File) -> Mapping[int, date]:
        """Row -> the date of joining it gives itself."""
        return {}

    def note(self, _preview: ImportPreview) -> str:
        """What is to be said below the numbers."""
        return ""

    # ------------------------------------------------------------------------------------------------------ the screen

    def compose_foot(self) -> ComposeResult:
        """The path, what was found, and the lines."""
        path = Field("path", placeholder=_("{file}; type, → takes the offer").format(file=self.FILE), first=True)
        path.suggester = PathSuggester()
        yield Row(_("File"), path)
        yield Static(id="summary")
        yield Static(id="joined", classes="quiet")
        yield self.make_lines()

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

    @property
    def lines(self) -> ImportLines:
        """The lines."""
        return self.query_one(ImportLines)

    def action_step(self, by: int) -> None:
        """Up and down scroll the lines."""
        self.lines.scroll_relative(y=by, animate=False, immediate=True)

    def action_page(self, by: int) -> None:
        """Page up and page down."""
        lines = self.lines
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
                self.say(words.sentence(error.code, error.values, zone=self._zone), trouble=True)
            finally:
                self._busy = False

        self.begin(run())

    async def _read(self) -> None:
        text = self.field("path").value.strip().strip("\"'")
        self._offer(None)
        self._file = None
        self._clear()
        if not text:
            self.say(_("Which file? Type or paste its path."), trouble=True)
            return
        self.say(_("Reading …"))
        file = await asyncio.to_thread(self.read_file, Path(os.path.expanduser(text)))  # as typed without such a home
        preview = await self.ask(file)
        self._show(file, preview)
        if preview.new or preview.changed:
            self._file = file
            self._offer("import", "import")

    def _show(self, file: File, preview: ImportPreview) -> None:
        """Every row of the file: what the reader rejected too."""
        rejected: list[ImportLine] = [
            ImportLine(row.row, "rejected", "", "", "", reason=row.reason_code, values=dict(row.values))
            for row in file.rejected
        ]
        lines = sorted((*preview.lines, *rejected), key=lambda line: line.row)
        self.lines.show(lines, self.joined(file))
        usable = preview.new or preview.changed or preview.unchanged
        numbers = self.numbers(preview, preview.rejected + len(rejected))
        self.say(counts_text(numbers, file.source), trouble=not usable)
        self.add_note(self.note(preview))

    async def _import(self) -> None:
        if self._file is None:
            return
        self.say(_("Importing …"))
        change = await self.write(self._file)
        self._batch = change.uid
        self.say(self.written_text(change))
        self._offer("undo", CLOSE)  # a second Enter must not take back what the first did

    async def _take_back(self) -> None:
        if self._batch is None:
            return
        await self._undo(self._batch)
        self._batch = self._file = None
        self._clear()
        self.say(_("The import was taken back."))
        self._offer(None)

    def _clear(self) -> None:
        """No lines, and nothing said about them: what they would do is no longer known."""
        self.lines.show(())
        self.add_note("")

    def say(self, text: str, *, trouble: bool = False) -> None:
        """What was found or done, or why not."""
        place = self.query_one("#summary", Static)
        place.update(content(f"✗ {text}" if trouble else text))
        place.set_class(trouble, "trouble")

    def add_note(self, text: str) -> None:
        """A line below it."""
        self.query_one("#joined", Static).update(content(text))

    def _offer(self, name: str | None, focus: str = "path") -> None:
        """Show the button for the next step, and give the keyboard to `focus`: Enter counts there half a second later,
        so that a bouncing one takes nothing that was not there when it was pressed.
        """
        for other in ("import", "undo"):
            self.query_one(f"#{other}").display = other == name
        self.set_focus(self.query_one(f"#{focus}"))
        self._spoke = Message().time  # a message carries the time of the clock the keys have


def counts_text(numbers: str, source: str) -> str:
    """`12 new · 3 changed · read as UTF-8`."""
    read_as = _("read as {encoding}").format(encoding=source.upper())
    return _("{numbers} · {source}").format(
        numbers=numbers, source=read_as if source in ENCODINGS else _("sheet {name}").format(name=source)
    )
