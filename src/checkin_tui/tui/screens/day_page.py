"""One day of the program on a small page; Enter shows its register in every view."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.widgets import Button, Static

from checkin_tui.i18n import _
from checkin_tui.tui.safe import cells, content, fit
from checkin_tui.tui.screens.dialog import Dialog, DialogButton


class DayPage(Dialog[bool]):
    """Ends with True when the register of the day is wanted."""

    def __init__(self, heading: str, lines: Sequence[tuple[str, str]], *, shown: bool) -> None:
        """`lines`: (what, words). `shown`: its register is on the screen already, so there is nothing to open."""
        super().__init__(heading)
        self._facts, self._shown = tuple(lines), shown

    def compose_body(self) -> ComposeResult:
        """One fact a line."""
        room = max((cells(what) for what, _text in self._facts), default=0)
        for what, text in self._facts:
            yield Static(content(fit(what, room + 2), "bold") + content(text))

    def compose_buttons(self) -> ComposeResult:
        """Its register, or only the way back."""
        label = _("Back") if self._shown else _("Show its register")
        button = DialogButton(label, "close" if self._shown else "register", main=True)
        button.add_class("first")
        yield button
        if not self._shown:
            yield DialogButton(_("Back"), "close")

    def hint(self) -> str:
        """The keys."""
        if self._shown:
            return _("Its register is on the screen · Enter or Esc back")
        return _("Enter shows its register in every view · Esc back")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """What was asked for."""
        event.stop()
        self.finish(True if event.button.id == "register" else None)
