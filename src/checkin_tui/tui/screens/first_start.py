"""The first start: a program made on one page, with its dates in view, or the sample."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from textual.app import ComposeResult
from textual.widgets import Button

from checkin_tui.domain.program import ProgramTerms
from checkin_tui.i18n import _
from checkin_tui.tui.screens.dialog import DialogButton
from checkin_tui.tui.screens.terms import TermsForm


class FirstStart(TermsForm[ProgramTerms | Literal["sample"]]):
    """Ends with the terms of a new program, or 'sample'."""

    def __init__(self, *, today: date, zone: str) -> None:
        super().__init__(_("Welcome. Make your program, or look at the sample."))
        self._defaults = ProgramTerms(name="", first_day=today, last_day=today + timedelta(days=11), zone=zone)

    @property
    def base(self) -> ProgramTerms:
        """The defaults of the command line."""
        return self._defaults

    def compose_buttons(self) -> ComposeResult:
        """Create, the sample, or not now."""
        yield DialogButton(_("Create"), self.SAVE, main=True)
        yield DialogButton(_("Open the sample"), "sample")
        yield DialogButton(_("Not now"), "cancel")

    def hint(self) -> str:
        """The keys."""
        return _("Enter next field · ↑ ↓ fields · ← → buttons · Esc leave")

    def read(self) -> ProgramTerms | None:
        """The terms."""
        return self.checked_terms()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The sample is the third way out."""
        if event.button.id == "sample":
            event.stop()
            event.prevent_default()
            self.finish("sample")
