"""What is done with the program as a whole: its terms, its days, its series of sessions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from checkin_tui.domain.changes import ProgramChanged
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.reads import PreviewProgram
from checkin_tui.domain.requests import EditProgram
from checkin_tui.i18n import _
from checkin_tui.tui.desk.plan_words import cancelled_text, planned_text
from checkin_tui.tui.desk.plan_writes import Told
from checkin_tui.tui.desk.words import INFO
from checkin_tui.tui.widgets.lines import BannerValue
from checkin_tui.words import day_text

if TYPE_CHECKING:
    from checkin_tui.domain.changes import Change
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
        if self._terms is not None:
            self._edit_days(self._terms, self._terms)

    def _edit_days(self, terms: ProgramTerms, shown: ProgramTerms) -> None:
        """shown: the terms with what was ticked so far."""
        from checkin_tui.interchange.holidays import china_calendar
        from checkin_tui.tui.screens.days_list import DaysList

        def save(days: DaysOff) -> None:
            new = replace(terms, holidays=days.holidays, extra_days=days.extra_days)
            self.screen.run_worker(self._look(terms, new))

        self.screen.people.open(DaysList(shown, china=china_calendar, is_code=self.screen.is_code), save)

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
        page = ProgramChanges(old, new, found)
        self.screen.people.open(page, lambda edit: self._write(old, edit), lambda: self._edit_days(old, new))

    def _write(self, old: ProgramTerms, edit: ProgramEdit) -> None:
        """New terms, the sessions that are missing, and without those that fall out: one change."""
        uid, made = self.screen.stamp()
        terms = None if edit.terms == old else edit.terms
        request = EditProgram(uid=uid, made=made, terms=terms, plan=edit.plan, cancel=edit.cancel)

        def tell(change: Change) -> Told:
            what = edited_text(request, change)
            return Told(_("Saved: {what}").format(what=what), what)

        if terms is None and not edit.plan and not edit.cancel:
            self.screen.writes.unchanged()
        else:
            self.screen.writes.run(request, tell)

    def plan_series(self) -> None:
        """Every day of the program that has no session yet; a later last day extends it."""
        from checkin_tui.tui.screens.plan_preview import PlanPreview

        terms, view = self._terms, self.screen.plan.view
        if terms is None or view is None:
            return

        def save(series: Series) -> None:
            longer = None if series.last_day == terms.last_day else replace(terms, last_day=series.last_day)
            uid, made = self.screen.stamp()
            request = EditProgram(uid=uid, made=made, terms=longer, plan=series.days)
            self.screen.writes.run(request, lambda change: Told(series_text(change), edited_text(request, change)))

        self.screen.people.open(PlanPreview(terms, [day.session.key for day in view.days]), save)


def edited_text(request: EditProgram, change: Change) -> str:
    """`terms of the program · 1 session planned`: what the request did."""
    done = [] if request.terms is None else [_("terms of the program")]
    if isinstance(change, ProgramChanged) and change.created:
        done.append(planned_text(len(change.created)))
    if request.cancel:
        done.append(cancelled_text(len(request.cancel)))
    return " · ".join(done)


def series_text(change: Change) -> str:
    """`3 sessions planned: Fri 29 May - Tue 2 Jun`."""
    assert isinstance(change, ProgramChanged)
    head = planned_text(len(change.created))
    if not change.created:
        return head
    first, last = day_text(change.created[0].day), day_text(change.created[-1].day)
    return f"{head}: {first}" + (f" - {last}" if last != first else "")
