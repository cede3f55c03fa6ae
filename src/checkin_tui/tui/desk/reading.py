"""Reading the desk, and keeping it true while others write: reload, news, and what came during a reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkin_tui.domain.changes import AttendanceChanged
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.requests import LoadDesk
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.domain.views import DeskView, News
from checkin_tui.tui.gateway import Superseded
from checkin_tui.tui.model import Order, RosterModel
from checkin_tui.tui.register import Register
from checkin_tui.tui.screens import roster_words as words

if TYPE_CHECKING:
    from checkin_tui.tui.screens.roster import RosterScreen


class Reading:
    """Where the register of the screen comes from."""

    def __init__(self, screen: RosterScreen) -> None:
        self.screen = screen
        self._missed: list[AttendanceChanged | News] | None = None  # what came while the desk was being read

    def load(self, key: SessionKey | None = None) -> None:
        """Read the desk (again). key None: today's."""
        self.screen.run_worker(self._load(key), group="load", exclusive=False)

    def visit(self, key: SessionKey | None) -> None:
        """Go to the register of another day; None: to today's. Nobody is highlighted there."""
        self.screen.run_worker(self._visit(key), group="load", exclusive=False)

    async def _visit(self, key: SessionKey | None) -> None:
        screen = self.screen
        if screen.roll_call.active:
            screen.roll_call.leave()
        if await self._read(key) and screen.register is not None:
            screen.hands.unchoose()
            screen.say(words.desk_opened(screen.register))

    def reload(self) -> None:
        """Read the same desk again; text, highlight and order stay."""
        register = self.screen.register
        session = None if register is None else register.session
        self.load(None if session is None else session.key)

    def note(self, change: AttendanceChanged | News) -> None:
        """Something came: should a reading be under way, it may not have seen this."""
        if self._missed is not None:
            self._missed.append(change)

    async def _load(self, key: SessionKey | None) -> None:
        await self._read(key)

    async def _read(self, key: SessionKey | None) -> bool:
        """Whether the desk that was asked for is on the screen now."""
        screen = self.screen
        self._missed = []
        try:
            register: Register = await screen.gateway.ask(LoadDesk(key), _register_of)
        except Superseded:
            return False
        except CheckInError as error:
            if error.code == "no_program":
                screen.days.first_start()
            elif screen.register is None:
                screen.desk_app.unusable(error)
            else:
                screen.tell(error)
            return False
        missed, self._missed = self._missed, None
        for change in missed or ():
            _catch_up(register, change)
        first = screen.register is None
        self._take(register)
        if first:
            screen.call_after_refresh(screen.desk_app.ready)
        return True

    def _take(self, register: Register) -> None:
        screen = self.screen
        before, member_id, arrowed = screen.register, screen.hands.highlighted, screen.hands.arrowed
        if before is not None and before.model.order is not Order.SHEET:
            register.model.sort(before.model.order)
        screen.register = register
        session = register.session
        screen.gateway.watch(None if session is None else session.id, register.view.cursor)
        screen.list.saving.clear()
        screen.list.load(register.model, register.zone)
        screen.marks.draw_outbox()
        screen.days.no_program = False
        screen.roll_call.reloaded()
        screen.hands.typed(screen.box.value)
        if member_id is not None and arrowed:
            position = register.model.position_of(member_id)
            row = None if position is None else register.model.row_of(position)
            if row is not None:
                screen.hands.choose_row(row)
        screen.figures.show(session_changed=True)
        screen.box.release()

    def news(self, news: News) -> None:
        """Another window or command wrote: rows are patched, nothing is said."""
        screen, register = self.screen, self.screen.register
        if news.reload or register is None:
            self.reload()
            return
        self.note(news)
        for member_id in _catch_up(register, news):
            screen.list.changed(member_id)
        if news.arrivals:
            screen.list.grown()
        screen.figures.show(session_changed=news.session is not None)


def _catch_up(register: Register, change: AttendanceChanged | News) -> list[int]:
    """Patch a register by what came after it was read; whom that changed."""
    cursor = change.recorded if isinstance(change, AttendanceChanged) else change.cursor
    session = register.session
    if cursor is None or session is None:
        return []
    if isinstance(change, AttendanceChanged) and change.session_id != session.id:
        return []
    if register.view.cursor is not None and cursor <= register.view.cursor:
        return []
    for person in change.arrivals:
        register.model.add(person)
    if change.session is not None and change.session.id == session.id:
        register.moved(change.session)
    return [member_id for member_id, mark in change.marks if register.model.set_mark(member_id, mark) is not None]


def _register_of(view: DeskView) -> Register:
    """Made on the reader's thread, for a large roster takes its time."""
    return Register(view, RosterModel(view.people, view.marks, view.others))
