"""A page that is only read: it scrolls, and Enter or Esc leaves it."""

from __future__ import annotations

from abc import abstractmethod

from textual.app import ComposeResult
from textual.widgets import Button

from checkin_tui.i18n import _
from checkin_tui.tui.screens.dialog import Dialog, DialogButton


class Page(Dialog[None]):
    """Nothing to answer."""

    @abstractmethod
    def compose_body(self) -> ComposeResult:
        """What there is to read."""

    def compose_buttons(self) -> ComposeResult:
        """One way out."""
        close = DialogButton(_("Close"), "close", main=True)
        close.add_class("first")
        yield close

    def hint(self) -> str:
        """The keys."""
        return _("↑ ↓ PgUp PgDn scroll · Enter or Esc leave")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Leave."""
        event.stop()
        self.leave()
