"""The reason for touching a closed register: correcting a day, or opening it again."""

from __future__ import annotations

from datetime import date

from textual.app import ComposeResult
from textual.widgets import Static

from checkin_tui import words
from checkin_tui.i18n import _
from checkin_tui.tui.safe import content
from checkin_tui.tui.screens.form import Field, FormDialog, Row


class BecauseDialog(FormDialog[str]):
    """Ends with the reason, which is never empty. keys: what Enter does, for the hint."""

    def __init__(self, heading: str, about: str, save: str, keys: str) -> None:
        super().__init__(heading)
        self._about, self._save, self._keys = about, save, keys

    def compose_body(self) -> ComposeResult:
        """What it is for, and the reason."""
        yield Static(content(self._about), classes="quiet")
        yield Row(_("Reason"), Field("because", first=True))

    def save_label(self) -> str:
        """What it does."""
        return self._save

    def hint(self) -> str:
        """The keys."""
        return _("{keys} · Esc leave · A scan is text here.").format(keys=self._keys)

    def read(self) -> str | None:
        """The reason."""
        text = self.field("because").text
        if not text:
            self.complain("because", words.sentence("because_needed", {}))
            return None
        return text


def correct_day(day: date) -> BecauseDialog:
    """Asked once before the first correction of a closed day."""
    return BecauseDialog(
        _("Correct {day}").format(day=words.day_text(day)),
        _("This register is closed. The reason is kept with every correction you make now."),
        _("Correct"),
        _("Enter to Correct, Enter there begins"),
    )


def reopen_day(day: date) -> BecauseDialog:
    """Asked before a closed register is opened again."""
    return BecauseDialog(
        _("Open {day} again").format(day=words.day_text(day)),
        _("The marks stay as they are. The reason is kept."),
        _("Open again"),
        _("Enter to Open again, Enter there opens the register"),
    )
