"""A session that will not be held, or will be after all: why."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from checkin_tui.i18n import _
from checkin_tui.tui.safe import content
from checkin_tui.tui.screens.dialog import DialogButton
from checkin_tui.tui.screens.form import Field, FormDialog, Row


class WhyDialog(FormDialog[str]):
    """Ends with the reason, which may be blank. back: what leaving it as it is is called."""

    def __init__(self, heading: str, about: str, save: str, back: str) -> None:
        super().__init__(heading)
        self._about, self._save, self._back = about, save, back

    def compose_body(self) -> ComposeResult:
        """What it means, and the reason."""
        yield Static(content(self._about), classes="quiet")
        yield Row(_("Reason"), Field("because", placeholder=_("kept in the history; may be left blank"), first=True))

    def compose_buttons(self) -> ComposeResult:
        """No button is called Cancel where that could be the session."""
        yield DialogButton(self._save, self.SAVE, main=True)
        yield DialogButton(self._back, "cancel")

    def hint(self) -> str:
        """The keys."""
        return _("Enter next, then Enter does it · Esc leave · A scan is text here.")

    def read(self) -> str:
        """The reason."""
        return self.field("because").text


def cancel_session(day: str) -> WhyDialog:
    """The session of that day will not be held."""
    return WhyDialog(
        _("Cancel {day}").format(day=day),
        _("It stays on the list, and is in no rate."),
        _("Cancel the session"),
        _("Keep it"),
    )


def restore_session(day: str) -> WhyDialog:
    """The session of that day will be held after all."""
    return WhyDialog(
        _("Hold {day} after all").format(day=day),
        _("It is planned again, with the terms it had."),
        _("Hold it after all"),
        _("Keep it cancelled"),
    )
