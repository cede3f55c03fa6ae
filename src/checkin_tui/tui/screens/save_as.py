"""Saving a text to a file: where to, and, where a file is already, a second yes."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Input, Static

from checkin_tui.domain.errors import CheckInError
from checkin_tui.i18n import _
from checkin_tui.tui.safe import content
from checkin_tui.tui.screens.dialog import DialogButton
from checkin_tui.tui.screens.form import Field, FormDialog, Row
from checkin_tui.tui.screens.importing.paths import PathSuggester
from checkin_tui.words import sentence

REPLACE = "replace"


class SaveAs(FormDialog[Path]):
    """Writes `text` and ends with the path; a path that cannot be written to is told beneath the field."""

    def __init__(self, heading: str, text: str, proposed: Path, *, about: str = "") -> None:
        """`about`: a line that is worth knowing before the text leaves the house."""
        super().__init__(heading)
        self._text, self._proposed, self._about = text, proposed, about
        self._there = ""  # the path at which a file was found, so that it may be replaced
        self._busy = False
        self._leaving = False  # Esc came while the file was being written

    def compose_body(self) -> ComposeResult:
        """The path."""
        path = Field("path", short_path(self._proposed), placeholder=_("type, → takes the offer"), first=True)
        path.suggester = PathSuggester()
        yield Row(_("File"), path)
        if self._about:
            yield Static(content(self._about), classes="quiet")

    def compose_buttons(self) -> ComposeResult:
        """Save, and once a file was found there the button that replaces it."""
        yield DialogButton(_("Save"), self.SAVE, main=True)
        replace = DialogButton(_("Replace it"), REPLACE, main=True)
        replace.display = False
        yield replace
        yield DialogButton(_("Cancel"), "cancel")

    @on(Input.Changed, "#path")
    def another(self, event: Input.Changed) -> None:
        """Another path: what was found at the one before says nothing about it."""
        event.stop()
        if self._there and event.value != self._there:
            self._offer_to_replace("")
            self.row("path").remark("")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The second yes."""
        if event.button.id == REPLACE:
            self._start(force=True)

    def read(self) -> Path | None:
        """Saving takes a moment: `finish` is called when it is done."""
        self._start(force=False)
        return None

    def leave(self) -> None:
        """Esc. A file that is being written cannot be called back: how that ends is waited for, and told."""
        if not self._busy:
            super().leave()
            return
        self._leaving = True
        self._show_hint(_("The file is being written already. It is told where it is."), trouble=True)

    def _start(self, *, force: bool) -> None:
        typed = self.field("path").value
        if not self._busy and (not force or typed == self._there):
            self._busy = True
            self.begin(self._save(typed, force=force))

    async def _save(self, typed: str, *, force: bool) -> None:
        from checkin_tui.interchange.saving import save_text  # needed only here

        self._offer_to_replace("")
        try:
            path = path_of(typed)
            await asyncio.to_thread(save_text, path, self._text, force=force)
        except CheckInError as error:
            if self._leaving:  # nothing was written, which is what Esc asks for
                self.finish(None)
            else:
                self._tell_why(error, typed)
        else:
            self.finish(path)
        finally:
            self._busy = False

    def _tell_why(self, error: CheckInError, typed: str) -> None:
        text = sentence(error.code, error.values)
        if error.code == "save_exists":
            text = _('There is already such a file. "Replace it" overwrites it; or choose another name.')
            self._offer_to_replace(typed)
        self.complain("path", text)
        self.set_focus(self.field("path"))  # never on the button that overwrites: that takes a step of its own

    def _offer_to_replace(self, there: str) -> None:
        self._there = there
        button = self.query_one(f"#{REPLACE}", DialogButton)
        if button.display is not bool(there):
            button.display = bool(there)


def path_of(typed: str) -> Path:
    """The path somebody typed or pasted, with `~` for the home folder. Raises CheckInError `save_folder`, `save_what`.

    A path that ends with a slash is a folder, there or not.
    """
    text = typed.strip().strip("\"'")
    if not text:
        raise CheckInError("save_what")
    path = Path(os.path.expanduser(text))  # as typed when there is no such home
    if text.endswith(("/", os.sep)):
        raise CheckInError("save_folder", file=text)
    return path.absolute()


def proposed_path(name: str) -> Path:
    """A file of that name in the user's folder for documents where there is one, else in their home."""
    from platformdirs import user_documents_path

    folder = user_documents_path()
    return (folder if folder.is_dir() else Path(os.path.expanduser("~"))) / name


def short_path(path: Path) -> str:
    """The path with `~` for the home folder."""
    home = os.path.expanduser("~")
    text = str(path)
    return f"~{text[len(home) :]}" if text.startswith(home.rstrip(os.sep) + os.sep) else text
