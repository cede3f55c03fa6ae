"""The first step of an import: which file, by its path and the folder it is in, or a list that is pasted."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from checkin_tui.domain.text import clean_lines
from checkin_tui.i18n import _
from checkin_tui.tui.safe import content, fit
from checkin_tui.tui.screens.dialog import TextPart
from checkin_tui.tui.screens.form import Field, FormDialog, Row
from checkin_tui.tui.screens.importing.paths import Entry, PathSuggester, folder_of, gone_into, listed
from checkin_tui.tui.screens.importing.picks import Picks
from checkin_tui.tui.screens.importing.work import off_loop

DATE = 10
"""Cells of a date."""


class FileList(Picks):
    """What is in a folder: folders with their slash, and the files that may be rosters with the day of each."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"files--folder", "files--file"}

    def __init__(self, zone: str) -> None:
        super().__init__(id="files")
        self._zone = ZoneInfo(zone)
        self._entries: Sequence[Entry] = ()
        self.seen = False  # the keyboard was there since it was filled: what is highlighted was seen

    @property
    def count(self) -> int:
        """Entries."""
        return len(self._entries)

    @property
    def entry(self) -> Entry | None:
        """The highlighted one."""
        return self._entries[self.at] if 0 <= self.at < len(self._entries) else None

    def show(self, entries: Sequence[Entry]) -> None:
        """Show these, with the first file highlighted where the folder has any."""
        self._entries, self.seen = entries, self.has_focus
        files = (number for number, entry in enumerate(entries) if not entry.is_folder)
        self.refill(next(files, 0))

    def on_focus(self) -> None:
        """What is highlighted may be meant from now on."""
        self.seen = True
        super().on_focus()

    def draw(self, number: int, width: int) -> tuple[str, str]:
        """Its name, and of a file the day it was changed."""
        entry = self._entries[number]
        if entry.is_folder:
            return f"{entry.name}{os.sep}", "files--folder"
        day = datetime.fromtimestamp(entry.changed, UTC).astimezone(self._zone).date().isoformat()
        return f"{fit(entry.name, width - DATE - 2)}  {day}", "files--file"


class PathField(Field):
    """The path of the file. A list that is pasted here is no path: it is told as such."""

    class Listed(Message):
        """Several lines, or cells of a spreadsheet, were pasted."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def _on_paste(self, event: events.Paste) -> None:
        if "\t" in event.text.strip() or len(event.text.strip().splitlines()) > 1:
            event.stop()
            event.prevent_default()
            self.post_message(self.Listed(event.text))
        else:
            super()._on_paste(event)


class PasteArea(TextPart, TextArea):
    """A list as it was pasted or typed. ↓ below its last line and Tab leave it."""

    def __init__(self) -> None:
        super().__init__(
            id="list", classes="step", soft_wrap=False, show_line_numbers=False, compact=True, max_checkpoints=50
        )
        self.cursor_blink = False
        self.highlight_cursor_line = False

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.put(event.text)

    def put(self, text: str) -> None:
        """Put it in at the cursor; nothing in it can be obeyed by a terminal."""
        kept = "\n".join(clean_cells(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
        self._replace_via_keyboard(kept, *self.selection)

    def action_cursor_down(self, select: bool = False) -> None:
        """Below the last line is the next part."""
        if self.cursor_at_last_line and isinstance(self.screen, FormDialog):
            self.screen.go_on(self)
        else:
            super().action_cursor_down(select)


def clean_cells(line: str) -> str:
    """A line without what a terminal could obey; the tabs between its cells stay."""
    return "\t".join(map(clean_lines, line.split("\t")))


class FileStep(Vertical):
    """The path, and the folder it leads to."""

    def __init__(self, folder: str, example: str, zone: str, endings: tuple[str, ...]) -> None:
        """`folder`: typed already, and replaced by whatever is typed first. endings: of the files that are listed."""
        super().__init__(id="step-file", classes="step")
        self._folder, self._example, self._zone, self._endings = folder, example, zone, endings
        self._newest = 0

    def compose(self) -> ComposeResult:
        """Both."""
        path = PathField("path", self._folder, placeholder=self._example, first=True, select=True)
        path.suggester = PathSuggester()
        yield Row(_("File"), path)
        yield Static(id="folder", classes="quiet")
        yield FileList(self._zone)

    @property
    def path_field(self) -> Field:
        """Where the path is typed."""
        return self.query_one("#path", Field)

    @property
    def files(self) -> FileList:
        """The folder."""
        return self.query_one(FileList)

    def on_mount(self) -> None:
        """The folder one begins in."""
        self._list(self._folder)

    @on(Input.Changed, "#path")
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._list(event.value)

    def take(self, entry: Entry) -> str:
        """What is typed once that entry is taken."""
        taken = gone_into(self.path_field.value, entry)
        self.path_field.value = taken
        self.path_field.cursor_position = len(taken)
        return taken

    def path(self) -> Path | None:
        """The path that is typed; None for a blank one."""
        text = self.path_field.value.strip().strip("\"'")
        return Path(os.path.expanduser(text)) if text else None  # as typed where there is no such home

    def _list(self, typed: str) -> None:
        self._newest += 1
        self.run_worker(self._show(typed, self._newest))

    async def _show(self, typed: str, turn: int) -> None:
        entries = await off_loop(lambda: listed(typed, self._endings))
        if turn == self._newest and self.query(FileList):  # none once the page is left
            self.files.show(entries)
            said = folder_of(typed) or "."
            empty = not any(not entry.is_folder for entry in entries)
            about = _("{folder}: no file that could be a list") if empty else _("{folder}: the newest first")
            self.query_one("#folder", Static).update(content(about.format(folder=said)))


def first_folder() -> str:
    """The user's folder for documents where there is one, else their home; with its slash, and `~` for the home."""
    from checkin_tui.tui.screens.save_as import proposed_path, short_path  # platformdirs is needed only here

    return short_path(proposed_path("x"))[:-1]
