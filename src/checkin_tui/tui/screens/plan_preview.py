"""Planning a series: the dates that get a session and those that have one, in view before anything is written."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.types import CSSPathType
from textual.widgets import Input, Static

from checkin_tui import words
from checkin_tui.domain.calendar import Plan, plan
from checkin_tui.domain.dates import parse_day
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.i18n import _, ngettext
from checkin_tui.tui.safe import content
from checkin_tui.tui.screens.dialog import DialogButton
from checkin_tui.tui.screens.form import Field, FormDialog, Row


class Series(NamedTuple):
    """What was confirmed. last_day: the program's, or a later one that extends it. days: those to plan."""

    last_day: date
    days: tuple[date, ...]


class PlanPreview(FormDialog[Series]):
    """Ends with the days to plan. there: the keys of all sessions, cancelled ones too, whose days stay as they are."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["dialog.tcss", "plan_preview.tcss"]

    def __init__(self, terms: ProgramTerms, there: Collection[SessionKey]) -> None:
        super().__init__(_("Plan the program's sessions"))
        self._terms, self._there = terms, tuple(there)

    def compose_body(self) -> ComposeResult:
        """The dates."""
        yield Static(id="create")
        yield Static(id="existing", classes="quiet")

    def compose_foot(self) -> ComposeResult:
        """The last day, which may be moved on."""
        last = Field("last", self._terms.last_day.isoformat(), first=True, select=True)
        yield Row(_("Last day"), last)

    def compose_buttons(self) -> ComposeResult:
        """Plan them or not."""
        yield DialogButton(_("Plan them"), self.SAVE, main=True)
        yield DialogButton(_("Cancel"), "cancel")

    def hint(self) -> str:
        """The keys."""
        return _("A later day extends the program · PgUp PgDn scroll · Esc leave")

    def opened(self) -> None:
        """The dates of the program as it is."""
        self._show()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._show()

    def _show(self) -> None:
        found, trouble = self._found()
        create, existing = self.query_one("#create", Static), self.query_one("#existing", Static)
        if found is None:
            create.update(content(trouble))
            existing.update("")
            return
        count, known = len(found.create), len(found.existing)
        text = ngettext("{count} session to be planned", "{count} sessions to be planned", count).format(count=count)
        create.update(content(_with_days(text, [key.day for key in found.create])))
        text = ngettext("{count} day has one already", "{count} days have one already", known).format(count=known)
        existing.update(content(_with_days(text, [key.day for key in found.existing])))

    def _found(self) -> tuple[Plan | None, str]:
        """What there is to plan up to the day in the field; or None and why that cannot be said."""
        text = self.field("last").text
        try:
            last = parse_day(text)
        except ValueError:
            return None, words.sentence("bad_date", {"text": text})
        if last < self._terms.last_day:
            return None, _("The program is made shorter in its terms, not here.")
        try:
            return plan(replace(self._terms, last_day=last), self._there), ""
        except ValueError as error:
            return None, words.sentence(str(error.args[0]), {})

    def read(self) -> Series | None:
        """The days, when there are any."""
        found, trouble = self._found()
        if found is None:
            self.complain("last", trouble)
            return None
        if not found.create:
            self.complain("last", _("Every day up to then has a session."))
            return None
        return Series(parse_day(self.field("last").text), tuple(key.day for key in found.create))


def _with_days(text: str, days: list[date]) -> str:
    return f"{text}: {', '.join(map(words.day_text, days))}" if days else text
