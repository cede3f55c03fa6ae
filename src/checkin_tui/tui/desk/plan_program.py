"""What is done with the program as a whole: its terms, its days, its series of sessions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.reads import PreviewProgram
from checkin_tui.domain.requests import CancelSession, EditProgram, PlanSessions
from checkin_tui.i18n import _
from checkin_tui.tui.desk.plan_words import cancelled_text, key_text, planned_text
from checkin_tui.tui.desk.plan_writes import Step
from checkin_tui.tui.desk.words import INFO
from checkin_tui.tui.widgets.lines import BannerValue
from checkin_tui.words import day_text

if TYPE_CHECKING:
    from datetime import date

    from checkin_tui.domain.views import ProgramPreview
    from checkin_tui.tui.screens.days_list import DaysOff
    from checkin_tui.tui.screens.plan_preview import Series
    from checkin_tui.tui.screens.program import ProgramScreen
    from checkin_tui.tui.screens.program_changes import ProgramEdit


class WholeProgram:
    """Opens the dialogs about the program and turns their results into requests."""

    def __init__(self, screen: ProgramScreen) -> None:
        self.screen = screen

    @property
    def _terms(self) -> ProgramTerms | None:
        view = self.screen.plan.view
        return None if view is None else view.program.terms

    def edit_terms(self) -> None:
        """Name, dates, hours, grace, target, notes, zone; the form has the page of what changes."""
        from checkin_tui.interchange.holidays import china_calendar
        from checkin_tui.tui.screens.program_form import ProgramForm

        terms = self._terms
        if terms is not None:
            ask = self.screen.gateway.ask
            dialog = ProgramForm(terms, ask=ask, china=china_calendar, is_code=self.screen.is_code)
            self.screen.people.open(dialog, lambda edit: self._write(terms, edit))

    def edit_days(self) -> None:
        """The dates one by one; then the page of what that changes."""
        from checkin_tui.interchange.holidays import china_calendar
        from checkin_tui.tui.screens.days_list import DaysList

        terms = self._terms
        if terms is None:
            return

        def save(days: DaysOff) -> None:
            new = replace(terms, holidays=days.holidays, extra_days=days.extra_days)
            self.screen.run_worker(self._look(terms, new))

        self.screen.people.open(DaysList(terms, china=china_calendar, is_code=self.screen.is_code), save)

    async def _look(self, old: ProgramTerms, new: ProgramTerms) -> None:
        """What other days change: sessions that are missing then, and planned ones that fall out."""
        from checkin_tui.tui.screens.program_changes import ProgramChanges

        if new == old:
            self.screen.say(BannerValue(INFO, _("Nothing changed.")))
            return
        try:
            found: ProgramPreview = await self.screen.gateway.ask(PreviewProgram(new))
        except CheckInError as error:
            self.screen.tell(error)
            return
        self.screen.people.open(ProgramChanges(old, new, found), lambda edit: self._write(old, edit))

    def _write(self, old: ProgramTerms, edit: ProgramEdit) -> None:
        """New terms, then the sessions that are missing, then those that fall out."""
        steps = [] if edit.terms == old else [self._terms_step(edit.terms)]
        said = [step.label for step in steps]
        if edit.plan:
            steps.append(self._plan_step(edit.plan))
            said.append(steps[-1].label)
        days = () if self.screen.plan.view is None else self.screen.plan.view.days
        keys = {day.session.id: day.session.key for day in days}
        for session_id in edit.cancel:
            uid, made = self.screen.stamp()
            day = key_text(keys[session_id]) if session_id in keys else _("a session")
            request = CancelSession(uid=uid, made=made, session_id=session_id)
            steps.append(Step(request, _("{day} cancelled").format(day=day)))
        if edit.cancel:
            said.append(cancelled_text(len(edit.cancel)))
        self.screen.writes.run(_("Saved: {what}").format(what=" · ".join(said)), steps)

    def plan_series(self) -> None:
        """Every day of the program that has no session yet; a later last day extends it."""
        from checkin_tui.tui.screens.plan_preview import PlanPreview

        terms, view = self._terms, self.screen.plan.view
        if terms is None or view is None:
            return

        def save(series: Series) -> None:
            steps = []
            if series.last_day != terms.last_day:
                steps.append(self._terms_step(replace(terms, last_day=series.last_day)))
            steps.append(self._plan_step(series.days))
            first, last = day_text(series.days[0]), day_text(series.days[-1])
            head = f"{planned_text(len(series.days))}: {first}" + (f" - {last}" if last != first else "")
            self.screen.writes.run(head, steps)

        self.screen.people.open(PlanPreview(terms, [day.session.key for day in view.days]), save)

    def _terms_step(self, terms: ProgramTerms) -> Step:
        uid, made = self.screen.stamp()
        return Step(EditProgram(uid=uid, made=made, terms=terms), _("terms of the program"))

    def _plan_step(self, days: tuple[date, ...]) -> Step:
        uid, made = self.screen.stamp()
        return Step(PlanSessions(uid=uid, made=made, days=days), planned_text(len(days)))
