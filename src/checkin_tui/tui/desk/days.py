"""The dialogs about the day: closing, correcting, opening, late from, roll-call, the first start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import time
from itertools import groupby
from typing import TYPE_CHECKING, Any

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.calendar import instant, local
from checkin_tui.domain.changes import Change, ChangesUndone, PeopleChanged, SessionChanged
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.reads import LoadSessions
from checkin_tui.domain.requests import CloseSession, CreateProgram, EditSession, OpenSession, ReopenSession
from checkin_tui.domain.sessions import Session, SessionKey, SessionState
from checkin_tui.i18n import _
from checkin_tui.tui.desk import words
from checkin_tui.tui.desk.bar import Offer
from checkin_tui.tui.desk.words import INFO
from checkin_tui.tui.register import Register, Situation
from checkin_tui.tui.widgets.lines import BannerValue
from checkin_tui.words import hours_text, key_text, kind_word, span_text, state_word

if TYPE_CHECKING:
    from checkin_tui.tui.screens.choose import Choice
    from checkin_tui.tui.screens.closing import ClosingFacts
    from checkin_tui.tui.screens.desk import DeskScreen


class Days:
    """Opens the dialogs about the day and turns their results into requests."""

    def __init__(self, screen: DeskScreen) -> None:
        self.screen = screen
        self.no_program = False
        self._absent: Mapping[str, Any] = {}

    def offers(self) -> list[Offer]:
        """What the bar below the counts offers, in the order of its digits."""
        register = self.screen.register
        if register is None:
            return [Offer(_("Make a program"), self.first_start)] if self.no_program else []
        now, session = self.screen.now(), register.session
        situation = register.situation(now)
        if session is None:
            return [Offer(_("Open an extra session"), self.extra)]
        found = [Offer(_("Open today's register"), self.today)] if register.is_away(now) else []
        if situation is Situation.CLOSED and session.id not in self.screen.marks.because:
            found.append(Offer(_("Correct this day"), self.correct))
        elif situation is Situation.ENDED and session.state is SessionState.OPEN:
            found.append(Offer(_("Close …"), self.close))
        elif not found and situation is not Situation.CLOSED and not len(register.model):
            found.append(Offer(_("Import people"), self.screen.people.import_file))
        return found

    def changed(self, change: Change) -> None:
        """People, sessions or the program changed: the desk is read again, and who asked for it is told."""
        screen = self.screen
        own = screen.mine(change.uid) is not None
        if isinstance(change, SessionChanged):
            screen.marks.because.pop(change.session.id, None)  # another state, another reason
            if own:
                screen.say(words.session_changed(change.session, screen.register))
                if screen.in_view and change.created:
                    screen.desk_app.turn_to(change.session.key)
        elif isinstance(change, PeopleChanged) and change.member is not None and own:
            screen.people.saved(change)
        elif isinstance(change, ChangesUndone) and change.kind != "import" and own:  # its own screen says that
            screen.say(words.change_taken_back(change))
        if isinstance(change, ChangesUndone) and screen.desk_app.day in change.gone:
            screen.desk_app.turn_to(None)  # the session all views show is not there any more
        screen.reading.load()

    # ----------------------------------------------------------------------------------------------- from day to day

    def today(self) -> None:
        """Back to today's register, or to what today has instead of one."""
        self.screen.reading.visit(None)

    def another_day(self) -> None:
        """Choose among the sessions of the program, newest first."""
        self.screen.run_worker(self._another_day())

    async def _another_day(self) -> None:
        from checkin_tui.tui.screens.choose import Choose

        register = self.screen.register
        try:
            sessions: tuple[Session, ...] = await self.screen.gateway.ask(LoadSessions())
        except CheckInError as error:
            self.screen.tell(error)
            return
        if register is None:
            return
        if not sessions:
            self.screen.say(BannerValue(INFO, _("No session is planned or was held yet.")))
            return
        newest = sorted(sessions, key=lambda session: session.key, reverse=True)
        choices = [session_choice(session, register) for session in newest]
        day = local(self.screen.now(), register.zone).date()
        before = next((number for number, session in enumerate(newest) if session.key.day < day), 0)
        self.screen.people.open(
            Choose(_("Another day"), choices, self.screen.is_code, before),
            lambda chosen: self.screen.reading.visit(SessionKey.parse(chosen)),
        )

    # --------------------------------------------------------------------------------------------------------- closing

    def close(self) -> None:
        """One page with everything worth knowing, then closed."""
        from checkin_tui.tui.screens.closing import Closing, ClosingPage

        register = self.screen.register
        if register is None or register.session is None:
            return
        session_id = register.session.id

        def save(answer: Closing) -> None:
            uid, made = self.screen.stamp()
            absent = answer == "close_absent"
            self.screen.send(CloseSession(uid=uid, made=made, session_id=session_id, absent_rest=absent))

        self.screen.people.open(ClosingPage(closing_facts(register)), save)

    # ------------------------------------------------------------------------------------------- correcting, opening

    def correct(self) -> None:
        """Correct a closed day: the reason first."""
        self.ask_because(self.screen.figures.show_notice)

    def ask_because(self, then: Callable[[], object]) -> None:
        """Ask once a day why a closed register is changed, then go on."""
        from checkin_tui.tui.screens.because import correct_day

        register = self.screen.register
        if register is None or register.session is None:
            return
        session = register.session

        def save(because: str) -> None:
            self.screen.marks.because[session.id] = because
            self.screen.figures.show_notice()
            then()

        self.screen.people.open(correct_day(session.key.day), save)

    def reopen(self) -> None:
        """Open a closed register again."""
        from checkin_tui.tui.screens.because import reopen_day

        register = self.screen.register
        if register is None or register.session is None:
            return
        session = register.session

        def save(because: str) -> None:
            uid, made = self.screen.stamp()
            self.screen.send(ReopenSession(uid=uid, made=made, session_id=session.id, because=because))

        self.screen.people.open(reopen_day(session.key.day), save)

    def extra(self) -> None:
        """A session today that nobody planned."""
        from checkin_tui.tui.screens.confirm import extra_session

        register = self.screen.register
        if register is None:
            return

        def save(_yes: bool) -> None:
            uid, made = self.screen.stamp()
            self.screen.send(OpenSession(uid=uid, made=made, key=None, extra=True))

        day = local(self.screen.now(), register.zone).date()
        terms = register.view.program.terms
        over = self.screen.now() >= instant(day, terms.ends, register.zone)
        hours = hours_text(terms.starts, terms.ends)
        self.screen.people.open(extra_session(day, hours, over=over), save)

    def late_from(self) -> None:
        """Move the time from which an arrival is late."""
        from checkin_tui.tui.screens.time_entry import LateFrom

        register = self.screen.register
        if register is None or register.session is None:
            return
        session = register.session

        def save(at: time) -> None:
            uid, made = self.screen.stamp()
            self.screen.send(EditSession(uid=uid, made=made, session_id=session.id, late_from=at))

        self.screen.people.open(LateFrom(starts=session.starts, late_from=session.late_from, zone=register.zone), save)

    # ----------------------------------------------------------------------------------------------------- first start

    def first_start(self, absent: Mapping[str, Any] | None = None) -> None:
        """There is no program yet: make one, or look at the sample.

        absent: the file that is not there, as the refusal tells of it.
        """
        from checkin_tui.tui.screens.first_start import FirstStart

        zone = self.screen.desk_app.zone
        today = local(self.screen.now(), zone).date()
        self.missing_program(True)
        if absent is not None:
            self._absent = absent

        def save(answer: object) -> None:
            if isinstance(answer, ProgramTerms):
                self.missing_program(False)
                uid, made = self.screen.stamp()
                self.screen.send(CreateProgram(uid=uid, made=made, terms=answer))
            else:
                self.screen.app.exit("sample")

        self.screen.people.open(FirstStart(today=today, zone=zone, absent=self._absent), save, self.screen.box.release)

    def missing_program(self, missing: bool) -> None:
        """Whether there is nothing to open: header and bar say so, and the keys are answered instead of kept."""
        self.no_program = missing
        if missing:
            self.screen.answerable.set()
        self.screen.figures.show_head()
        self.screen.figures.show_notice()
        self.screen.show_figures()


def session_choice(session: Session, register: Register) -> Choice:
    """`Mon 18 May   closed · study · 14:30-17:00`; with the counts where they are at hand: of the one on screen."""
    from checkin_tui.tui.screens.choose import Choice

    label = key_text(session.key)
    about = [state_word(session.state), kind_word(session.kind)]
    about.append(span_text(session.starts, session.ends, register.zone))
    if session.topic:
        about.append(session.topic)
    if register.session is not None and register.session.id == session.id:
        counts = register.model.counts
        here = _("on the screen: {attended} of {expected} here")
        about.insert(1, here.format(attended=counts.attended, expected=counts.expected))
    return Choice(str(session.key), label, " · ".join(about))


def closing_facts(register: Register) -> ClosingFacts:
    """What the closing page shows."""
    from checkin_tui.tui.screens.closing import ClosingFacts

    session, model = register.session, register.model
    figures = register.participation()
    assert session is not None
    assert figures is not None
    waiting = groupby(model.unmarked(), key=lambda person: person.branch)
    return ClosingFacts(
        day=session.key.day,
        counts=model.counts,
        figures=figures,
        leave_counts=session.leave_counts,
        on_leave=[(person.name, model.mark(person.member_id).reason) for person in model.with_status(Status.EXCUSED)],
        not_marked=[(branch, [person.name for person in people]) for branch, people in waiting],
        owing=[person.name for person in model.people if model.mark(person.member_id).note.owed],
    )
