"""A note to read: its Markdown as headings, lists and emphasis."""

from __future__ import annotations

from typing import ClassVar

from rich.markdown import Markdown
from textual.app import ComposeResult
from textual.types import CSSPathType
from textual.widgets import Static

from checkin_tui.domain.text import clean_lines
from checkin_tui.i18n import _
from checkin_tui.tui.safe import content
from checkin_tui.tui.screens.dialog import Dialog, DialogButton

MOST = 50_000
"""Characters laid out at once; a longer note says that there is more."""


class NotePage(Dialog[None]):
    """Nothing to answer: ↑ ↓ scroll, Esc or Enter goes back."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["dialog.tcss", "note_page.tcss"]

    def __init__(self, name: str, text: str) -> None:
        super().__init__(_("Note of {name}").format(name=name))
        self._text = clean_lines(text)

    def compose_body(self) -> ComposeResult:
        """The note. Links are shown, never followed."""
        if not self._text.strip():
            yield Static(content(_("Nothing is written yet.")))
            return
        yield Static(Markdown(self._text[:MOST], hyperlinks=False))
        if len(self._text) > MOST:
            yield Static(content(_("… and {count} characters more.").format(count=len(self._text) - MOST)))

    def compose_buttons(self) -> ComposeResult:
        """Back."""
        button = DialogButton(_("Back"), "back", main=True)
        button.add_class("first")
        yield button

    def on_button_pressed(self) -> None:
        """Back."""
        self.finish(None)

    def hint(self) -> str:
        """The keys."""
        return _("↑ ↓ scroll · Esc or Enter back to the note")
