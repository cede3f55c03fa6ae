"""The versions of a note, each with what changed in it; one of them can be brought back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import Static

from checkin_tui.domain.attendance.events import Action
from checkin_tui.domain.differences import Kind, Piece, differences
from checkin_tui.domain.text import clean_lines
from checkin_tui.domain.views import NoteVersion
from checkin_tui.i18n import _, ngettext
from checkin_tui.tui.safe import brief, content
from checkin_tui.tui.screens.dialog import Body, Dialog, DialogButton, Part
from checkin_tui.tui.screens.found_lines import top_of
from checkin_tui.tui.widgets.lines import Line
from checkin_tui.words import moment_text

MOST = 20_000
"""Characters of a difference that are shown; the text brought back is always whole."""

SIGNS = {Kind.ADDED: ("{+", "+}", "$status-present"), Kind.REMOVED: ("[-", "-]", "$status-absent")}
"""Told by signs, as word-by-word differences are written, and by colour."""


class Entries(Part, Line, can_focus=True):
    """One line a version, newest first."""

    def draw(self, value: tuple[tuple[str, ...], int], width: int) -> Content:
        """A window round the highlighted one."""
        texts, at = value
        height = max(1, self.size.height)
        top = top_of(at, len(texts), height)
        lines = []
        for number, text in enumerate(texts[top : top + height], top):
            line = content(brief(("> " if number == at else "  ") + text, width), "bold" if number == at else "")
            lines.append(line.stylize("reverse") if number == at else line)
        return Content("\n").join(lines)


class VersionsDialog(Dialog[str]):
    """Ends with the text of the version that is to be brought back."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["dialog.tcss", "note_page.tcss"]
    CAREFUL: ClassVar[bool] = True

    def __init__(self, name: str, versions: Sequence[NoteVersion], *, zone: str) -> None:
        """`versions`: newest first, at least one."""
        super().__init__(_("Versions of the note of {name}").format(name=name))
        self._versions, self._zone = tuple(versions), zone
        self._at = 0
        self._entries = Entries()
        self._entries.add_class("first")
        self._difference = Static(id="difference")

    def compose_body(self) -> ComposeResult:
        """The entries, and what changed in the highlighted one."""
        yield self._entries
        yield self._difference

    def compose_buttons(self) -> ComposeResult:
        """Enter on the list brings back; a button for the mouse."""
        yield DialogButton(_("Bring back"), "back", main=True)

    def opened(self) -> None:
        """The newest first."""
        self._entries.styles.height = min(len(self._versions), max(3, self.app.size.height // 4))
        self._show()

    def hint(self) -> str:
        """The keys."""
        return _("↑ ↓ version · PgUp PgDn scroll · Enter brings it back · Esc leave")

    def _entry(self, version: NoteVersion, *, newest: bool) -> str:
        count = ngettext("{count} character", "{count} characters", version.chars).format(count=version.chars)
        parts = [moment_text(version.recorded, self._zone), count]
        if version.paper:
            parts.append(_("notebook seen"))
        if version.action is Action.UNDO:
            parts.append(_("an earlier text, by undo"))
        parts.append(_("by {name}").format(name=version.operator or version.station))
        if newest:
            parts.append(_("the note as it stands"))
        return " · ".join(parts)

    def _show(self) -> None:
        texts = tuple(self._entry(version, newest=number == 0) for number, version in enumerate(self._versions))
        self._entries.show((texts, self._at))
        version = self._versions[self._at]
        older = self._versions[self._at + 1].text if self._at + 1 < len(self._versions) else ""
        self._difference.update(drawn(differences(clean_lines(older), clean_lines(version.text))))

    def action_step(self, by: int) -> None:
        """Another version."""
        self._at = max(0, min(len(self._versions) - 1, self._at + by))
        self._show()
        self.query_one(Body).scroll_to(y=0, animate=False)

    def take_end(self, key: str, fresh: bool) -> bool:
        """Enter brings the highlighted version back, when it is a person's."""
        if super().take_end(key, fresh):
            return True
        if key == "enter":
            self.finish(self._versions[self._at].text if self._at else None)
        return True

    def on_button_pressed(self) -> None:
        """The mouse."""
        self.finish(self._versions[self._at].text if self._at else None)


def drawn(pieces: Sequence[Piece]) -> Content:
    """The text with what came and what went, told by signs and colour."""
    parts, length = [], 0
    for piece in pieces:
        text = piece.text[: max(0, MOST - length)]
        length += len(piece.text)
        if piece.kind is Kind.SAME:
            parts.append(content_lines(text))
        elif text:
            begin, end, style = SIGNS[piece.kind]
            parts.append(Content.styled(begin, style) + content_lines(text, style) + Content.styled(end, style))
    if length > MOST:
        parts.append(content(" " + _("… and more"), "dim"))
    return Content("").join(parts) if parts else content(_("Nothing is written in it."), "dim")


def content_lines(text: str, style: str = "") -> Content:
    """Several lines as they are (each of them visible)."""
    return Content("\n").join(content(line, style) for line in text.split("\n"))
