"""The first start: a program made on one page, with its dates in view, or the sample."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Literal

from textual.app import ComposeResult
from textual.widgets import Button, Static

from checkin_tui.domain.program import ProgramTerms
from checkin_tui.i18n import _
from checkin_tui.tui.safe import content
from checkin_tui.tui.screens.dialog import DialogButton
from checkin_tui.tui.screens.terms import TermsForm
from checkin_tui.words.wrong_files import restore_command


class FirstStart(TermsForm[ProgramTerms | Literal["sample"]]):
    """Ends with the terms of a new program, or 'sample'."""

    def __init__(self, *, today: date, zone: str, absent: Mapping[str, Any] = MappingProxyType({})) -> None:
        """absent: `path` of the file that is not there, and as `database` and `backup` what would bring it back."""
        super().__init__(_("Welcome. Make your program, or look at the sample."))
        self._absent = absent
        self._defaults = ProgramTerms(name="", first_day=today, last_day=today + timedelta(days=11), zone=zone)

    @property
    def base(self) -> ProgramTerms:
        """The defaults of the command line."""
        return self._defaults

    def compose_body(self) -> ComposeResult:
        """First where the program would be kept: somebody may miss one, or have mistyped its name."""
        if "path" in self._absent:
            said = _("There is no file {path} yet. It would be made.").format(path=self._absent["path"])
            yield Static(content(said), classes="quiet")
        if self._absent.get("backup"):
            yield Static(content(_("But there are backups of it. Quit, and bring back the newest:")), classes="trouble")
            command = restore_command(self._absent["database"], self._absent["backup"])
            yield Static(content(command), classes="command")
        yield from super().compose_body()

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
