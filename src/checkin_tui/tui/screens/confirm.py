"""Confirmations: yes or no, and for many people at once their number, typed."""

from __future__ import annotations

from datetime import date

from textual.app import ComposeResult
from textual.widgets import Button, Static

from checkin_tui import words
from checkin_tui.i18n import _, ngettext
from checkin_tui.tui.safe import content
from checkin_tui.tui.screens.dialog import Dialog, DialogButton
from checkin_tui.tui.screens.typed import TypedDialog, TypedText


class Confirm(Dialog[bool]):
    """One question. Ends with True, or with None.

    losing: yes loses something, so it is not what Enter alone does. no: what the way back is called.
    """

    CAREFUL = True

    def __init__(self, heading: str, question: str, yes: str, no: str = "", *, losing: bool = False) -> None:
        super().__init__(heading)
        self._question, self._yes, self._no, self._losing = question, yes, no or _("Cancel"), losing

    def compose_body(self) -> ComposeResult:
        """The question."""
        yield Static(content(self._question))

    def compose_buttons(self) -> ComposeResult:
        """Yes has the keyboard, unless it loses something."""
        yes = DialogButton(self._yes, "yes", main=not self._losing)
        no = DialogButton(self._no, "cancel", main=self._losing)
        buttons = (no, yes) if self._losing else (yes, no)
        buttons[0].add_class("first")
        yield from buttons

    def hint(self) -> str:
        """The keys."""
        return _("Enter takes the button · ← → choose · Esc: {no}").format(no=self._no)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Yes or not."""
        event.stop()
        self.finish(True if event.button.id == "yes" else None)


def extra_session(day: date, hours: str, *, over: bool = False) -> Confirm:
    """An extra session on a day nobody planned. hours: the program's; over: they have passed already."""
    text = _("No session is planned for {day}. Open an extra one, with the program's hours, {hours}?")
    text = text.format(day=words.day_text(day), hours=hours)
    if over:
        text += " " + _("They are over: people would be entered by Arrived at. Program, Add session has its own hours.")
    return Confirm(_("Extra session"), text, _("Open it"))


class ConfirmNumber(TypedDialog[bool]):
    """A bulk action, confirmed by typing how many people it is about. Ends with True, or with None."""

    def __init__(self, heading: str, question: str, number: int) -> None:
        super().__init__(heading)
        self._question, self._number = question, number

    def compose_body(self) -> ComposeResult:
        """What would happen."""
        yield Static(content(self._question))

    def compose_foot(self) -> ComposeResult:
        """The number typed, and what is wrong with it."""
        yield TypedText(_("Type {number} and Enter:").format(number=self._number), first=True)
        yield Static(id="trouble", classes="trouble")

    def compose_buttons(self) -> ComposeResult:
        """Only a way out: the number is the yes."""
        yield DialogButton(_("Cancel"), "cancel")

    def hint(self) -> str:
        """The keys."""
        return _("Nothing else confirms it · Esc leave · A scan is text here.")

    def on_typed(self, typed: str) -> None:
        """A new try."""
        self.query_one("#trouble", Static).update("")

    def answer(self, typed: str) -> None:
        """Exactly the number, or nothing happens."""
        if typed == str(self._number):
            self.finish(True)
        elif typed:
            self.retype("")
            text = _("✗ {typed} is not {number}. Nothing changed.").format(typed=typed, number=self._number)
            self.query_one("#trouble", Static).update(content(text))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Cancel."""
        event.stop()
        self.leave()


def mark_shown(number: int) -> ConfirmNumber:
    """All who are shown and not marked yet become present."""
    question = ngettext(
        "Mark the {number} person shown who is not marked yet as present? One undo takes it back.",
        "Mark the {number} people shown who are not marked yet as present? One undo takes all of it back.",
        number,
    ).format(number=number)
    return ConfirmNumber(_("Mark all shown present"), question, number)
