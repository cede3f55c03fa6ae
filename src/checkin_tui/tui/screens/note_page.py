"""A note to read: its Markdown as headings, lists and emphasis."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from markdown_it import MarkdownIt
from markdown_it.token import Token
from rich.markdown import Markdown
from textual.app import ComposeResult
from textual.types import CSSPathType
from textual.widgets import Static

from checkin_tui.domain.text import clean_lines, visible
from checkin_tui.i18n import _
from checkin_tui.tui.safe import content
from checkin_tui.tui.screens.dialog import Dialog, DialogButton

MOST = 50_000
"""Characters laid out at once; a longer note says that there is more."""


class NoteMarkdown(Markdown):
    """A note as Markdown: nothing of it vanishes as HTML, and nothing in it is obeyed.

    What is clean as it was typed need not be clean once it is read: `&#27;` is an escape character to Markdown. So it
    is the parsed text that is made visible.
    """

    def __init__(self, text: str) -> None:
        super().__init__("", hyperlinks=False)
        parser = MarkdownIt("commonmark", {"html": False}).enable("strikethrough").enable("table")
        self.markup = text
        self.parsed = parser.parse(text)
        _make_visible(self.parsed)


def _make_visible(tokens: Iterable[Token]) -> None:
    for token in tokens:
        token.content = "\n".join(map(visible, token.content.split("\n")))
        token.info = visible(token.info)
        for name, value in token.attrs.items():
            token.attrs[name] = visible(value) if isinstance(value, str) else value
        _make_visible(token.children or ())


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
        yield Static(NoteMarkdown(self._text[:MOST]))
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
