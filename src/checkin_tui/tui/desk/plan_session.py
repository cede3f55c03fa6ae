"""What can be done with one session of the program."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.people import Branch
from checkin_tui.domain.presenters import Candidate, Presenters
from checkin_tui.domain.reads import LoadBranches
from checkin_tui.domain.requests import CancelSession, OpenSession
from checkin_tui.domain.sessions import Session, SessionKey, SessionState
from checkin_tui.i18n import _
from checkin_tui.tui.commands import View
from checkin_tui.tui.desk.plan_words import signed_state
from checkin_tui.tui.desk.plan_writes import Told
from checkin_tui.tui.desk.words import INFO
from checkin_tui.tui.widgets.lines import BannerValue
from checkin_tui.words import hours_text, key_text, span_text

if TYPE_CHECKING:
    from checkin_tui.domain.campaign import Day
    from checkin_tui.tui.screens.choose import Choice
    from checkin_tui.tui.screens.program import ProgramScreen
    from checkin_tui.tui.screens.session_form import SessionValues

CANCELLABLE = (SessionState.PLANNED, SessionState.OPEN)


class OneSession:
    """Opens what belongs to a session, and turns the answers into requests."""

    def __init__(self, screen: ProgramScreen) -> None:
        self.screen = screen

    def menu(self) -> None:
        """Enter: everything that can be done with the highlighted session."""
        from checkin_tui.tui.screens.choose import Choose

        day = self._chosen()
        if day is None:
            self.screen.say(BannerValue(INFO, _("↑ ↓ choose a session, Enter opens it. → has the actions.")))
            return
        session = day.session
        hours = span_text(session.starts, session.ends, self._zone)
        heading = " · ".join((key_text(session.key), hours, signed_state(session.state)))
        run = {
            "register": self.register,
            "figures": self.figures,
            "open": self.open_now,
            "edit": self.edit,
            "cancel": self.call_off,
        }
        self.screen.people.open(
            Choose(heading, self._choices(day), self.screen.is_code), lambda chosen: run[chosen](day)
        )

    def _choices(self, day: Day) -> list[Choice]:
        from checkin_tui.tui.screens.choose import Choice

        session, words = day.session, self.screen.plan.words
        found = [Choice("register", _("Show its register"), words.figures(day))]
        if day.taken:
            found.append(Choice("figures", _("Its figures"), _("on the dashboard")))
        if session.state is SessionState.PLANNED:
            today = session.key.day == self.screen.plan.today
            about = _("as the first check-in does") if today else _("not today's")
            found.append(Choice("open", _("Open it now"), about))
        found.append(Choice("edit", _("Edit session …"), words.about(session)))
        if session.state is SessionState.CANCELLED:
            found.append(Choice("cancel", _("Hold it after all …")))
        elif session.state in CANCELLABLE:
            off = _("somebody was marked: close it instead") if day.taken else ""
            found.append(Choice("cancel", _("Cancel it …"), off=off))
        return found

    def _chosen(self) -> Day | None:
        return self.screen.plan.find(self.screen.rows.key)

    @property
    def _zone(self) -> str:
        view = self.screen.plan.view
        assert view is not None
        return view.program.terms.zone

    # --------------------------------------------------------------------------------------------------- other views

    def register(self, day: Day | None = None) -> None:
        """Show its register."""
        day = day or self._chosen()
        if day is not None:
            self.screen.desk_app.show(View.ROSTER).reading.visit(day.session.key)

    def figures(self, day: Day) -> None:
        """Show the dashboard of its day."""
        self.screen.desk_app.turn_to(day.session.key)
        self.screen.desk_app.show(View.DASHBOARD)

    # --------------------------------------------------------------------------------------------------------- writing

    def open_now(self, day: Day) -> None:
        """Open it without a check-in; one of another date only after a question."""
        from checkin_tui.tui.screens.confirm import Confirm

        key = day.session.key
        if key.day == self.screen.plan.today:
            self._open(key)
            return
        question = _("This is not today's session. Whoever is checked in there gets a time of arrival by hand.")
        dialog = Confirm(_("Open the register of {day}").format(day=key_text(key)), question, _("Open it"))
        self.screen.people.open(dialog, lambda _yes: self._open(key))

    def _open(self, key: SessionKey) -> None:
        uid, made = self.screen.stamp()
        text = key_text(key)
        head = _("The register of {day} is open.").format(day=text)
        told = Told(head, _("register of {day} opened").format(day=text))
        self.screen.writes.run(OpenSession(uid=uid, made=made, key=key), lambda _change: told)

    def call_off(self, day: Day | None = None) -> None:
        """It will not be held; or, cancelled, it will be after all. Asks why."""
        from checkin_tui.tui.screens.calling_off import cancel_session, restore_session

        day = day or self._chosen()
        if day is None:
            return
        session = day.session
        text, restore = key_text(session.key), session.state is SessionState.CANCELLED
        if not restore and session.state not in CANCELLABLE:
            self.screen.tell(CheckInError("session_state", state=session.state, key=session.key))
            return
        if day.taken:
            self.screen.tell(CheckInError("cancel_taken", key=session.key))
            return

        def save(because: str) -> None:
            uid, made = self.screen.stamp()
            request = CancelSession(uid=uid, made=made, session_id=session.id, because=because, restore=restore)
            head = _("{day} will be held after all.") if restore else _("✗ {day} is cancelled.")
            label = _("{day} planned again") if restore else _("{day} cancelled")
            told = Told(head.format(day=text), label.format(day=text))
            self.screen.writes.run(request, lambda _change: told)

        self.screen.people.open(restore_session(text) if restore else cancel_session(text), save)

    # --------------------------------------------------------------------------------------------------------- editing

    def edit(self, day: Day | None = None) -> None:
        """What it is about, who lectures, who is invited, its hours."""
        day = day or self._chosen()
        if day is not None:
            self.screen.run_worker(self._edit(day.session))

    async def _edit(self, session: Session) -> None:
        from checkin_tui.tui.screens.session_form import SessionForm, session_values

        branches = await self._branches()
        if branches is None:
            return
        start = session_values(session, branches, self._zone)
        start = replace(start, presenter=self.screen.plan.presenter(session))

        def save(values: SessionValues) -> None:
            uid, made = self.screen.stamp()
            request = self._named(values, start).as_edit(session, start, uid, made)
            text = key_text(session.key)
            told = Told(_("Saved: {what}").format(what=text), _("{day} edited").format(day=text))
            if request is None:
                self.screen.writes.unchanged()
            else:
                self.screen.writes.run(request, lambda _change: told)

        names = [branch.name for branch in branches]
        self.screen.people.open(SessionForm(session, start, people=self._people(), branches=names), save)

    def add(self) -> None:
        """One more session, also a second one on a day."""
        self.screen.run_worker(self._add())

    async def _add(self) -> None:
        from checkin_tui.tui.screens.session_form import SessionForm, SessionValues, outside_text

        branches, view = await self._branches(), self.screen.plan.view
        if branches is None or view is None:
            return
        terms = view.program.terms
        held = {day.session.key.day for day in view.days if day.session.state is not SessionState.CANCELLED}
        key = self.screen.chosen
        day = key.day if isinstance(key, SessionKey) else self._free_day(held)
        start = SessionValues(hours=(terms.starts, terms.ends), day=day)

        def save(values: SessionValues) -> None:
            request = self._named(values, start).as_plan(*self.screen.stamp())
            assert values.day is not None
            hours = "" if values.hours is None else hours_text(*values.hours)
            what = " · ".join(filter(None, (key_text(SessionKey(values.day)), hours, values.topic)))
            label = _("{day} planned").format(day=key_text(SessionKey(values.day)))
            head = _("Planned: {what}").format(what=what)
            if not terms.first_day <= values.day <= terms.last_day:
                head += " · " + outside_text(terms.first_day, terms.last_day)
            told = Told(head, label)
            self.screen.writes.run(request, lambda _change: told)

        names = [branch.name for branch in branches]
        within = terms.first_day, terms.last_day
        dialog = SessionForm(None, start, people=self._people(), branches=names, held=held, within=within)
        self.screen.people.open(dialog, save)

    def _free_day(self, held: set[date]) -> date | None:
        """The first date from today on that has no session."""
        day = self.screen.plan.today
        while day in held:
            day += timedelta(days=1)
        return day

    async def _branches(self) -> tuple[Branch, ...] | None:
        try:
            found: tuple[Branch, ...] = await self.screen.gateway.ask(LoadBranches())
        except CheckInError as error:
            self.screen.tell(error)
            return None
        return found

    def _people(self) -> list[Candidate]:
        """Everybody who may lecture; while names are hidden, with what stands for them."""
        register = self.screen.register
        model = None if register is None else register.model
        people = () if model is None else (*model.people, *model.others.values())
        return [Candidate(one.code, one.name, one.guest) for one in people]

    def _named(self, values: SessionValues, start: SessionValues) -> SessionValues:
        """The form with the code where it has what stands for a hidden name, unless that was not touched."""
        if not self.screen.desk_app.privacy or values.presenter == start.presenter:
            return values
        found = Presenters(self._people()).meant(values.presenter)
        return replace(values, presenter=found[0].code) if len(found) == 1 else values
