"""How far a file is that is being written, and how that ended."""

from __future__ import annotations

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.timer import Timer
from textual.types import CSSPathType
from textual.widgets import Button, Static

from checkin_tui.domain.errors import CheckInError
from checkin_tui.i18n import _
from checkin_tui.tui import shown
from checkin_tui.tui.exporting import Job
from checkin_tui.tui.safe import content
from checkin_tui.tui.screens.dialog import Dialog, DialogButton
from checkin_tui.tui.screens.exporting import words as export_words
from checkin_tui.words import sentence

LOOK_SECONDS: Final = 0.1
AWAY = "away"


class ExportProgress(Dialog[str]):
    """Ends with AWAY: somebody went back to the desk while it was still being written. Else with None, when it ended.

    Esc gives up. again: another file was asked for meanwhile. behind: the form is behind it, and tells by itself what
    was refused.
    """

    CAREFUL = True
    CSS_PATH: ClassVar[CSSPathType | None] = ["../dialog.tcss", "export.tcss"]

    def __init__(self, job: Job, *, hidden: bool, again: bool = False, behind: bool = False) -> None:
        super().__init__(export_words.HEADINGS[export_words.paper_of(job.order)])
        self._job, self._hidden, self._again, self._behind = job, hidden, again, behind
        self._timer: Timer | None = None
        self._said: object = None

    def compose_body(self) -> ComposeResult:
        """What is written, where to, and how far that is."""
        if self._again:
            yield Static(content(_("One file at a time: this one is still being written.")), id="again")
        yield Static(id="state")
        yield Static(content(self._job.order.path), id="path")
        yield Static(id="more", classes="quiet")

    def compose_buttons(self) -> ComposeResult:
        """Back to the desk has the keyboard: it loses nothing."""
        away = DialogButton(_("Go on at the desk"), AWAY, main=True)
        away.add_class("first")
        yield away
        yield DialogButton(_("Cancel"), "cancel")
        close = DialogButton(_("Close"), "close", main=True)
        close.display = False
        yield close

    def hint(self) -> str:
        """The keys."""
        return _("Marks are saved meanwhile · Esc gives the file up")

    def opened(self) -> None:
        """Look how far it is, and again and again."""
        self._timer = self.set_interval(LOOK_SECONDS, self.look)
        self.look()

    def look(self) -> None:
        """Show what is known by now."""
        if not self.is_current and self._said is not None:  # somebody is asked about quitting: this waits behind it
            return
        job = self._job
        if job.done.done():
            self._show_end(job.done.result())
        elif self._said != (now := (job.progress, job.given_up, self.size.width)):
            self._said = now
            self.query_one("#state", Static).update(content(self._state()))

    def _state(self) -> str:
        done, total = self._job.progress
        if self._job.given_up:
            return _("Giving up …")
        if not done:
            return _("Beginning …")
        if done >= total:
            return _("Finishing …")
        return export_words.bar_text(done, total, min(40, self.size.width - 8))

    def _show_end(self, result: object) -> None:
        if self._timer is not None:
            self._timer.stop()
        if self._behind and not isinstance(result, tuple):
            self.finish(None)
            return
        self._tell(result)
        for name in (AWAY, "cancel"):
            self.query_one(f"#{name}").display = False
        close = self.query_one("#close", DialogButton)
        close.display = True
        self.set_focus(close)
        self.query_one(".hint", Static).update(content(_("Enter or Esc closes this.")))

    def _tell(self, result: object) -> None:
        order, path, more = self._job.order, self.query_one("#path"), self.query_one("#more", Static)
        if self._again:
            self.query_one("#again").display = False
        text = told(self._job, result, hidden=self._hidden)
        trouble = isinstance(result, CheckInError)
        state = self.query_one("#state", Static)
        state.update(content(text))
        state.set_class(trouble, "trouble")
        path.display = isinstance(result, tuple)
        following = export_words.what_next(order) if isinstance(result, tuple) else ""
        more.update(content(following))
        more.display = bool(following)
        self.call_after_refresh(self._fit)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """To the desk, give up, or close."""
        event.stop()
        if event.button.id == AWAY and not self._job.done.done():
            self._job.watched = False
            self.finish(AWAY)
        elif event.button.id != AWAY:
            self.leave()

    def leave(self) -> None:
        """Esc: gives up, and waits until nothing is left of it; afterwards it closes."""
        if self._job.done.done():
            self.finish(None)
            return
        self._job.give_up()
        self.look()


def told(job: Job, result: object, *, hidden: bool) -> str:
    """How it ended, in a sentence; of a file that is there without its path."""
    if isinstance(result, CheckInError):
        return "✗ " + sentence(result.code, shown.refusal(result.values, None, hidden=hidden))
    if result is None:
        return _("Given up. Nothing was written.")
    written = job.done.result()
    assert isinstance(written, tuple)
    text = _("✓ Written: {what}").format(what=export_words.written_text(job.order, written))
    return text if not job.given_up else f"{text} " + _("It was too late to give it up.")
