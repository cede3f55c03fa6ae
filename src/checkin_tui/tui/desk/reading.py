"""Reading the desk, and keeping it true while others write: reload, news, and what came during a reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkin_tui.domain.calendar import local
from checkin_tui.domain.changes import AttendanceChanged, NoteChanged, NotesChanged
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.reads import LoadDesk, LoadOwes
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.domain.views import DeskView, News, Origin
from checkin_tui.tui.commands import View
from checkin_tui.tui.desk import words
from checkin_tui.tui.desk.unsaved import keep_names
from checkin_tui.tui.gateway import Superseded
from checkin_tui.tui.register import Register

if TYPE_CHECKING:
    from checkin_tui.tui.screens.desk import DeskScreen

AGAIN_SECONDS = 2.0

Patch = AttendanceChanged | NoteChanged | NotesChanged | News


class Reading:
    """Where the register of a view comes from. All views show the same day, which the app keeps."""

    def __init__(self, screen: DeskScreen) -> None:
        self.screen = screen
        self._missed: list[Patch] | None = None  # what came while the desk was being read
        self._stale = False  # something came while another view was on the screen
        self._owes_stale = True
        self._uncounted = False  # marks came while another view was on the screen
        self._turn = 0  # which turn of days (or of hidden names) the register on the screen belongs to

    # ---------------------------------------------------------------------------------------------------------- asking

    def load(self) -> None:
        """Read the desk (again): the day all views show; text, highlight and order stay."""
        if not self.screen.in_view and self.screen.register is not None:
            self._stale = True
            return
        self.screen.run_worker(self._read(), group="load", exclusive=False)

    def visit(self, key: SessionKey | None) -> None:
        """Go to the register of another day; None: to today's. Nobody is highlighted there."""
        self.screen.desk_app.turn_to(key)
        self._missed = []  # from now on: the dialog that chose the day has yet to close, and the view to resume
        self.screen.run_worker(self._visit(), group="load", exclusive=False)

    async def _visit(self) -> None:
        self.screen.dropped()
        if await self._read() and self.screen.register is not None:
            self.screen.say(words.desk_opened(self.screen.register))

    def resume(self) -> None:
        """The view is on the screen again: what came meanwhile."""
        if self.screen.register is None or self._missed is not None:  # it is being read as it is
            return
        if self._uncounted:
            self._uncounted = False
            self.screen.figures.show(session_changed=True)
        if self._stale or self._turn != self.screen.desk_app.turn:
            self.load()
        elif self._owes_stale:
            self._ask_owes()

    @property
    def origin(self) -> Origin | None:
        """The file in which the numbers on the screen mean somebody."""
        return None if self.screen.register is None else self.screen.register.view.origin

    @property
    def current(self) -> bool:
        """Whether the register that was read is of the day all views show."""
        return self._turn == self.screen.desk_app.turn

    def note(self, change: Patch) -> None:
        """Something came: should a reading be under way, it may not have seen this."""
        if self._missed is not None:
            self._missed.append(change)

    async def _read(self) -> bool:
        """Whether the desk that was asked for is on the screen now."""
        screen, app = self.screen, self.screen.desk_app
        self._missed, self._stale = [], False
        turn, key, hidden = app.turn, app.day, app.privacy
        try:
            register: Register = await screen.gateway.ask(
                LoadDesk(key), lambda view: _register_of(view, hidden=hidden), asker=screen
            )
        except Superseded:
            return False
        except CheckInError as error:
            self._missed, self._turn = None, app.turn  # what is there stays, and may be worked on
            screen.answerable.set()
            screen.box.release()
            if error.code == "no_program":
                if screen.VIEW is View.ROSTER:
                    screen.days.first_start(error.values)
                else:  # the roster has asked already
                    screen.days.missing_program(True)
            elif screen.register is None and not app.in_use:
                app.unusable(error)
            elif screen.register is None:  # the other views have one, and perhaps what is not saved yet
                screen.tell(error)
                screen.set_timer(AGAIN_SECONDS, self.load)
            else:
                screen.tell(error)
            return False
        missed, self._missed = self._missed, None
        for change in missed or ():
            _catch_up(register, change)
        first = screen.register is None
        if turn != app.turn:  # another day was asked for meanwhile: by another view
            self.load()
            return False
        self._turn = turn
        self._take(register)
        if first:
            screen.call_after_refresh(app.ready)
        screen.call_after_refresh(app.laptop.keep_day, app, local(screen.now(), register.zone).date())
        return True

    def _take(self, register: Register) -> None:
        screen = self.screen
        before = screen.register
        replaced = before is not None and before.view.origin != register.view.origin
        if before is not None and not replaced:
            was, is_now = before.session, register.session
            if was is not None and is_now is not None and was.id != is_now.id:
                screen.dropped()
            else:
                register.owes = before.owes
        screen.register = register
        if before is not None and replaced:
            keep_names(screen.outbox, before)
            screen.replaced(before)
            if screen.in_view:
                screen.say(words.file_replaced(before, register))
        screen.desk_app.laptop.heard(register.view.cursor, anew=True)
        session = register.session
        screen.gateway.watch(None if session is None else session.id, register.view.cursor, self.origin)
        screen.days.no_program = False
        screen.show_register()
        screen.figures.show(session_changed=True)
        screen.answerable.set()
        screen.box.release()
        self._ask_owes()

    # --------------------------------------------------------------------------------------- notes of other sessions

    def _ask_owes(self) -> None:
        """How many notes each person owes from other days: said at check-in, so it need not be there at once."""
        if not self.screen.SAYS_OWED:
            return
        if not self.screen.in_view:
            self._owes_stale = True
            return
        self._owes_stale = False
        self.screen.run_worker(self._read_owes(), group="owes", exclusive=True)

    async def _read_owes(self) -> None:
        register = self.screen.register
        if register is None:
            return
        session_id = None if register.session is None else register.session.id
        try:
            owes: dict[int, int] = await self.screen.gateway.ask(LoadOwes(session_id), asker=self.screen)
        except (Superseded, CheckInError):
            return  # a hint less; the next reading asks again
        if self.screen.register is not None:
            self.screen.register.owes = owes

    # ------------------------------------------------------------------------------------------------------------ news

    def patch(self, change: Patch) -> bool:
        """Take in what was written; whether it is about the session on the screen."""
        screen, register = self.screen, self.screen.register
        session = None if register is None else register.session
        if register is None or session is None:
            return False
        if not isinstance(change, News) and change.session_id != session.id:
            self._ask_owes()  # a note of another day
            return False
        touched = _patch(register, change)
        arrivals = change.arrivals if isinstance(change, AttendanceChanged | News) else ()
        screen.show_marks(touched, grown=bool(arrivals))
        moved = isinstance(change, AttendanceChanged | News) and change.session is not None
        if screen.in_view:
            screen.figures.show(session_changed=moved)
        else:  # a view that nobody sees counts when it comes back
            self._uncounted = True
        return True

    def news(self, news: News) -> None:
        """Another window or command wrote: rows are patched, nothing is said."""
        self.screen.desk_app.laptop.heard(news.cursor)
        if news.reload or self.screen.register is None:
            self.load()
            return
        self.note(news)
        if news.elsewhere:
            self._ask_owes()
        self.patch(news)
        self.screen.on_news(news)


def _catch_up(register: Register, change: Patch) -> None:
    """Patch a register by what came while it was read, unless it has seen that."""
    cursor = change.cursor if isinstance(change, News) else change.recorded
    session = register.session
    if cursor is None or session is None:
        return
    if not isinstance(change, News) and change.session_id != session.id:
        return
    if register.view.cursor is None or cursor > register.view.cursor:
        _patch(register, change)


def _patch(register: Register, change: Patch) -> list[int]:
    """Whose mark that changed."""
    session = register.session
    if session is None or (isinstance(change, News) and (change.session is None or change.session.id != session.id)):
        return []
    marks = ((change.member_id, change.mark),) if isinstance(change, NoteChanged) else change.marks
    if isinstance(change, AttendanceChanged | News):
        for person in change.arrivals:
            register.model.add(register.shown(person))
        if change.session is not None:
            register.moved(change.session)
    return [member_id for member_id, mark in marks if register.model.set_mark(member_id, mark) is not None]


def _register_of(view: DeskView, *, hidden: bool) -> Register:
    """Made on the reader's thread, for a large roster takes its time."""
    return Register(view, hidden=hidden)
