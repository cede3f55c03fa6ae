"""The dialogs about the day: closing, correcting, opening, late from, roll-call, the first start."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from itertools import groupby
from typing import TYPE_CHECKING

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.calendar import local
from checkin_tui.domain.notes import NoteState
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.requests import CloseSession, CreateProgram, EditSession, OpenSession, ReopenSession
from checkin_tui.i18n import _
from checkin_tui.tui.register import Register, Situation
from checkin_tui.tui.screens.roster_enter import Offer

if TYPE_CHECKING:
    from checkin_tui.tui.screens.closing import ClosingFacts
    from checkin_tui.tui.screens.roster import RosterScreen

OWING = (NoteState.MISSING, NoteState.TOO_SHORT)
EVERYBODY = "*"


class Days:
    """Opens the dialogs about the day and turns their results into requests."""

    def __init__(self, screen: RosterScreen) -> None:
        self.screen = screen
        self.no_program = False

    def offer(self) -> Offer | None:
        """What the bar below the counts offers."""
        register = self.screen.register
        if register is None:
            return Offer(_("Make a program"), self.first_start) if self.no_program else None
        match register.situation(self.screen.now()):
            case Situation.NO_SESSION:
                return Offer(_("Open an extra session"), self.extra)
            case Situation.OTHER_DAY:
                return Offer(_("Open today's register"), self.screen.reading.load)
            case Situation.ENDED if register.session is not None and register.session.state.value == "open":
                return Offer(_("Close …"), self.close)
            case Situation.CLOSED if register.session is not None:
                correcting = register.session.id in self.screen.marks.because
                return None if correcting else Offer(_("Correct this day"), self.correct)
            case _:
                return None

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

        self.screen.people.open(extra_session(local(self.screen.now(), register.zone).date()), save)

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

    # ------------------------------------------------------------------------------------------------- many at a time

    def mark_shown(self) -> None:
        """Everybody on the list who is unmarked becomes present, after the number was typed."""
        from checkin_tui.tui.screens.confirm import mark_shown

        register = self.screen.register
        if register is None:
            return
        members = tuple(register.model.unmarked_shown())
        if members:
            self.screen.people.open(
                mark_shown(len(members)),
                lambda _yes: self.screen.marks.with_reason(lambda: self.screen.marks.many(members, Status.PRESENT)),
            )

    def roll_call(self) -> None:
        """Choose a branch, or everybody; a second time leaves it."""
        from checkin_tui.tui.screens.roster_choose import Choice, Choose

        register = self.screen.register
        if register is None:
            return
        if self.screen.roll_call.active:
            self.screen.roll_call.leave()
            return
        choices = [Choice(EVERYBODY, _("Everybody"))]
        choices += [Choice(f"={branch}", branch or _("no branch")) for branch in register.model.branches]
        self.screen.people.open(
            Choose(_("Roll-call of …"), choices, self.screen.is_code),
            lambda chosen: self.screen.roll_call.start(None if chosen == EVERYBODY else chosen[1:]),
        )

    # ----------------------------------------------------------------------------------------------------- first start

    def first_start(self) -> None:
        """There is no program yet: make one, or look at the sample."""
        from checkin_tui.tui.screens.first_start import FirstStart

        zone = self.screen.desk_app.zone
        today = local(self.screen.now(), zone).date()
        self.no_program = True

        def save(answer: object) -> None:
            if isinstance(answer, ProgramTerms):
                uid, made = self.screen.stamp()
                self.screen.send(CreateProgram(uid=uid, made=made, terms=answer))
            else:
                self.screen.app.exit("sample")

        self.screen.people.open(FirstStart(today=today, zone=zone), save)


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
        owing=[person.name for person in model.people if model.mark(person.member_id).note in OWING],
    )
