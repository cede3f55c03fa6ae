"""Why somebody is on leave: a digit and Enter, or the arrows and Enter."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from checkin_tui import words
from checkin_tui.domain.attendance.events import Reason
from checkin_tui.i18n import _
from checkin_tui.tui.safe import content
from checkin_tui.tui.screens.typed import TypedDialog, TypedText

REASONS = tuple(Reason)


class ReasonDialog(TypedDialog[Reason]):
    """Ends with the reason. One digit and Enter answers; anything longer is a scan and waits for the box."""

    CAREFUL = True

    def __init__(self, name: str) -> None:
        super().__init__(_("On leave: why?"))
        self._name = name
        self._row = 0

    def compose_body(self) -> ComposeResult:
        """The four reasons."""
        yield Static(content(self._name), classes="quiet")
        for number, reason in enumerate(REASONS, 1):
            yield Static(content(f" {number}  {words.reason_word(reason)}"), classes="option", id=f"reason-{number}")

    def compose_foot(self) -> ComposeResult:
        """The digit typed."""
        yield TypedText(_("Digit:"), first=True)

    def opened(self) -> None:
        """The first reason is highlighted."""
        self._highlight(0)

    def hint(self) -> str:
        """The keys."""
        return _("1-4 and Enter, or ↑ ↓ and Enter · Esc leave")

    def on_typed(self, typed: str) -> None:
        """A digit highlights its reason."""
        if typed in ("1", "2", "3", "4"):
            self._highlight(int(typed) - 1)

    def action_step(self, by: int) -> None:
        """Up and down choose; what was typed is no longer meant."""
        self.retype("")
        self._spoke = None  # no scanner sends an arrow: the next Enter is a person's
        self._highlight((self._row + by) % len(REASONS))

    def answer(self, typed: str) -> None:
        """A digit, or nothing typed: the reason highlighted. Anything longer was a scan."""
        if typed in ("", "1", "2", "3", "4"):
            self.finish(REASONS[self._row])
            return
        self.scan_ended(typed)

    def scan_ended(self, typed: str) -> None:
        """A code waits for the box; a digit that is no reason's is nothing."""
        if len(typed) > 1:
            self.backlog.extend(typed)
            self.keep_end()
        self.retype("")

    def leave(self) -> None:
        """Esc in the middle of a scan: what came of it goes before the rest."""
        typed = self.query_one(TypedText).value
        if len(typed) > 1:
            self.backlog.extend(typed)
        super().leave()

    def _highlight(self, row: int) -> None:
        self._row = row
        for number in range(len(REASONS)):
            self.query_one(f"#reason-{number + 1}").set_class(number == row, "chosen")
