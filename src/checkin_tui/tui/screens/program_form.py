"""The terms of the program: edited, and what that changes shown before anything is written."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from textual.app import ComposeResult
from textual.widgets import Button, Static

from checkin_tui import words
from checkin_tui.domain.calendar import zone_info
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.reads import PreviewProgram
from checkin_tui.domain.views import ProgramPreview
from checkin_tui.i18n import _
from checkin_tui.tui.safe import content
from checkin_tui.tui.screens.days_list import China, DaysList, DaysOff
from checkin_tui.tui.screens.dialog import DialogButton
from checkin_tui.tui.screens.form import Field, Row
from checkin_tui.tui.screens.program_changes import ProgramChanges, ProgramEdit
from checkin_tui.tui.screens.terms import TermsForm

Ask = Callable[[PreviewProgram], Awaitable[Any]]

_ROWS = {"zone_in_use": "zone", "zone_unknown": "zone", "hours_in_gap": "hours", "hours_overlap": "hours"}
"""The row a refusal is about; any other is told at the first."""


class ProgramForm(TermsForm[ProgramEdit]):
    """Ends with what was confirmed on the page that says what it changes.

    ask: answers PreviewProgram with a ProgramPreview, or raises CheckInError. china, is_code: of the list of days.
    """

    def __init__(self, terms: ProgramTerms, *, ask: Ask, china: China, is_code: Callable[[str], bool]) -> None:
        super().__init__(_("Terms of the program"))
        self._old = self._base = terms
        self._ask, self._china, self._is_code = ask, china, is_code
        self._asking = False

    @property
    def base(self) -> ProgramTerms:
        """The terms, with the days off as they were edited meanwhile."""
        return self._base

    def compose_body(self) -> ComposeResult:
        """The terms, the zone last."""
        yield from super().compose_body()
        yield Row(_("Time zone"), Field("zone", self._old.zone))

    def compose_foot(self) -> ComposeResult:
        """The dates, and the days left out and added."""
        yield from super().compose_foot()
        yield Static(content(self._days_off()), id="days-off", classes="quiet")

    def compose_buttons(self) -> ComposeResult:
        """On to what changes, the days, or not at all."""
        yield DialogButton(_("See what changes"), self.SAVE, main=True)
        yield DialogButton(_("Days off"), "days")
        yield DialogButton(_("Cancel"), "cancel")

    def hint(self) -> str:
        """The keys."""
        return _("Enter next field · ↑ ↓ fields · ← → buttons · Esc leave")

    def terms(self, *, complain: bool) -> ProgramTerms | None:
        """With the zone."""
        found = super().terms(complain=complain)
        zone = self.part("zone", _known_zone, complain)
        return None if found is None or zone is None else replace(found, zone=zone)

    def read(self) -> ProgramEdit | None:
        """Only the page of changes has the result."""
        return None

    def save(self) -> None:
        """Ask what the terms would change; a second press meanwhile is none."""
        super().save()
        terms = self.checked_terms()
        if terms is not None and not self._asking:
            self._asking = True
            self.run_worker(self._look(terms))

    async def _look(self, terms: ProgramTerms) -> None:
        try:
            found: ProgramPreview = await self._ask(PreviewProgram(terms))
        except CheckInError as error:
            text = words.sentence(error.code, error.values, zone=self._old.zone)
            self.complain(_ROWS.get(error.code, "name"), text)
            return
        finally:
            self._asking = False
        if not (found.terms or found.missing or found.outside):
            self._tell(_("Nothing is different, so there is nothing to save."))
            return
        page = ProgramChanges(self._old, terms, found)
        page.feed = self.backlog.extend  # it waits here until this form goes too
        self.app.push_screen(page, self._confirmed)

    def _confirmed(self, result: ProgramEdit | None) -> None:
        if result is not None:
            self.finish(result)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The list of days; the others are every form's."""
        if event.button.id == "days":
            self._edit_days()

    def _edit_days(self) -> None:
        self.forget_trouble()
        terms = self.terms(complain=True)
        if terms is None:
            return
        try:
            page = DaysList(terms, china=self._china, is_code=self._is_code)
        except ValueError as error:
            self.complain("last", words.sentence(str(error.args[0]), {}))
            return
        page.feed = self.backlog.extend
        self.app.push_screen(page, self._take_days)

    def _take_days(self, days: DaysOff | None) -> None:
        if days is not None:
            self._base = replace(self._base, holidays=days.holidays, extra_days=days.extra_days)
            self.query_one("#days-off", Static).update(content(self._days_off()))
            self.show_dates()

    def _days_off(self) -> str:
        off, extra = len(self._base.holidays), len(self._base.extra_days)
        return _("days off: {off} · extra days: {extra}").format(off=off, extra=extra)


def _known_zone(text: str) -> str:
    zone_info(text)
    return text
