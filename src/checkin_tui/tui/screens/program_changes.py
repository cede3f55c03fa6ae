"""What new terms change, to be confirmed before anything is written."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.types import CSSPathType
from textual.widgets import Static

from checkin_tui.domain.calendar import working_days
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.views import ProgramPreview
from checkin_tui.i18n import _, ngettext
from checkin_tui.tui.safe import content
from checkin_tui.tui.screens.dialog import DialogButton
from checkin_tui.tui.screens.form import Choice, FormDialog, Row
from checkin_tui.tui.screens.program_words import changed_terms, days_listed, effects_lines


class ProgramEdit(NamedTuple):
    """What was confirmed. plan: days that get the session they lack. cancel: sessions (ids) that fall outside."""

    terms: ProgramTerms
    plan: tuple[date, ...] = ()
    cancel: tuple[int, ...] = ()


class ProgramChanges(FormDialog[ProgramEdit]):
    """What new terms change, to be confirmed; days without a session can be planned, sessions outside cancelled."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["dialog.tcss", "program_changes.tcss"]
    CAREFUL = True

    def __init__(self, old: ProgramTerms, new: ProgramTerms, found: ProgramPreview) -> None:
        super().__init__(_("What changes"))
        self._old, self._new, self._found = old, new, found

    def compose_body(self) -> ComposeResult:
        """The terms and the sessions."""
        found = self._found
        for line in changed_terms(found.terms) or [_("The terms stay as they are.")]:
            yield Static(content(line))
        for line in effects_lines(found):
            yield Static(content(line), classes="quiet")

    def compose_foot(self) -> ComposeResult:
        """What is to be chosen stays in view, however much changes."""
        found = self._found
        if found.missing:
            count = len(found.missing)
            text = ngettext("{count} day has no session: {days}", "{count} days have no session: {days}", count)
            listed = days_listed([key.day for key in found.missing])
            yield Static(content(text.format(count=count, days=listed)), classes="section")
            choice = Choice("missing", (("plan", _("plan them")), ("leave", _("leave them"))), "plan", first=True)
            yield Row(_("These days"), choice)
        if found.outside:
            count = len(found.outside)
            text = ngettext(
                "{count} planned session is on no day of the program: {days}",
                "{count} planned sessions are on no day of the program: {days}",
                count,
            )
            listed = days_listed([session.key.day for session in found.outside])
            yield Static(content(text.format(count=count, days=listed)), classes="section")
            options = (("keep", _("keep them")), ("cancel", _("cancel them")))
            chosen = "cancel" if self._all_fell_out() else "keep"
            yield Row(_("These sessions"), Choice("outside", options, chosen, first=not found.missing))

    def _all_fell_out(self) -> bool:
        """Whether every session outside was on a day of the program until now. One planned beside it stays."""
        before = set(working_days(self._old))
        return all(session.key.day in before for session in self._found.outside)

    def compose_buttons(self) -> ComposeResult:
        """Save has the keyboard where there is nothing to choose."""
        save = DialogButton(_("Save"), self.SAVE, main=True)
        save.set_class(not (self._found.missing or self._found.outside), "first")
        yield save
        yield DialogButton(_("Back"), "cancel")

    def hint(self) -> str:
        """The keys."""
        return _("Enter next, on Save it saves · PgUp PgDn scroll · Esc back")

    def read(self) -> ProgramEdit:
        """The terms, and what was chosen about the days."""
        found = self._found
        plan = bool(found.missing) and self.choice("missing").value == "plan"
        cancel = bool(found.outside) and self.choice("outside").value == "cancel"
        return ProgramEdit(
            self._new,
            tuple(key.day for key in found.missing) if plan else (),
            tuple(session.id for session in found.outside) if cancel else (),
        )
