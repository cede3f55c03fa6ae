"""The check-in desk: the box, the last result, the counts, and the list of everybody.

The screen owns what is on it and hands the work to its parts: `Hands` (what is typed and entered), `Marks` (what is
written about people), `RollCall`, `People` and `Days` (the dialogs).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from textual import events
from textual.app import ComposeResult
from textual.geometry import Size
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from checkin_tui.domain.changes import AttendanceChanged, Change, RefusalRecorded, SessionChanged
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.requests import LoadDesk, RecordRefusal, Write
from checkin_tui.domain.sessions import SessionKey, SessionState
from checkin_tui.domain.views import DeskView, News
from checkin_tui.i18n import _
from checkin_tui.settings import Settings
from checkin_tui.tui import calm, commands, safe
from checkin_tui.tui.gateway import Failure, Gateway, Superseded
from checkin_tui.tui.model import Order, RosterModel
from checkin_tui.tui.register import Outbox, Register
from checkin_tui.tui.screens import roster_words as words
from checkin_tui.tui.screens.roster_commands import Table
from checkin_tui.tui.screens.roster_days import Days
from checkin_tui.tui.screens.roster_enter import Hands, Offer
from checkin_tui.tui.screens.roster_marks import Marks
from checkin_tui.tui.screens.roster_people import People
from checkin_tui.tui.screens.roster_rollcall import RollCall
from checkin_tui.tui.widgets.box import CheckInBox
from checkin_tui.tui.widgets.lines import (
    ActionBar,
    Banner,
    BannerValue,
    BarValue,
    CountsLine,
    CountsValue,
    DeskHeader,
    Notice,
    NoticeValue,
)
from checkin_tui.tui.widgets.roster_list import RosterList
from checkin_tui.words import clock_text

if TYPE_CHECKING:
    from checkin_tui.tui.app import CheckInApp

SLOW_SECONDS = 0.2
"""A write that takes longer is worth a word in the header; a quick one only costs a repaint."""


class RosterScreen(Screen[None]):
    """The desk of one session."""

    CSS_PATH = "roster.tcss"
    AUTO_FOCUS = "#box"
    HORIZONTAL_BREAKPOINTS: ClassVar = [
        (0, "-tiny-wide"),
        (60, "-narrow"),
        (120, "-wide"),
    ]
    VERTICAL_BREAKPOINTS: ClassVar = [(0, "-tiny-high"), (18, "-low"), (30, "-high")]

    def __init__(self, gateway: Gateway, settings: Settings, keys: dict[str, str]) -> None:
        super().__init__()
        self.gateway, self.settings = gateway, settings
        self.register: Register | None = None
        self.outbox = Outbox()
        self.hands = Hands(self)
        self.marks = Marks(self)
        self.roll_call = RollCall(self)
        self.people = People(self)
        self.days = Days(self)
        self.table = Table(self)
        self.box = CheckInBox(self.hands, keys, id="box")
        self.list = RosterList(id="list")
        self.head, self.counts_line, self.notice = DeskHeader(id="head"), CountsLine(id="counts"), Notice(id="notice")
        self.banner, self.bar = Banner(id="banner"), ActionBar(id="bar")
        self._early: list[events.Key] = []
        self._missed: list[AttendanceChanged | News] | None = None  # what came while the desk was being read
        self._minute: Timer | None = None
        self._slow: Timer | None = None

    @property
    def desk_app(self) -> CheckInApp:
        """The app, by its own type."""
        from checkin_tui.tui.app import CheckInApp

        app = self.app
        assert isinstance(app, CheckInApp)
        return app

    # ------------------------------------------------------------------------------------------------------- life

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield self.head
        yield self.counts_line
        yield self.notice
        yield self.box
        yield self.banner
        yield self.list
        yield self.bar
        yield Static(
            safe.content(_("The window is too small: 60 by 18 at least. The keys work all the same.")), id="small"
        )

    def on_mount(self) -> None:
        """Listen, and ask for the desk: it comes when the database is there."""
        self.gateway.changes.subscribe(self, self.on_change, immediate=True)
        self.gateway.failures.subscribe(self, self.on_failure, immediate=True)
        self.gateway.news.subscribe(self, self.on_news, immediate=True)
        self.notice.show(None)
        self.notice.display = False
        self.show_hints()
        self._tick()
        early, self._early = self._early, []
        for event in early:
            self.box.take_key(event)
        self.load()

    def _forward_event(self, event: events.Event) -> None:
        """Keys go to the box whatever was clicked, also before it is on the screen."""
        if isinstance(event, events.Key):
            if not self.box.is_mounted:
                self._early.append(event)
                return
            if self.box.take_key(event):
                return
        super()._forward_event(event)

    def on_screen_resume(self) -> None:
        """Back from another mode or a dialog: the minute may have changed."""
        self._tick()

    def _tick(self) -> None:
        """The minute changed: the clock, and whether the day is still the one on screen."""
        calm.breathe()
        if self._minute is not None:
            self._minute.stop()
        self._minute = self.set_timer(words.following_minute(self.now()), self._tick)
        self.show_saving()
        self.show_notice()

    # ------------------------------------------------------------------------------------------------------- reading

    def load(self, key: SessionKey | None = None) -> None:
        """Read the desk (again). key None: today's."""
        self.run_worker(self._load(key), group="load", exclusive=False)

    def reload(self) -> None:
        """Read the same desk again; text, highlight and order stay."""
        session = None if self.register is None else self.register.session
        self.load(None if session is None else session.key)

    async def _load(self, key: SessionKey | None) -> None:
        self._missed = []
        try:
            register: Register = await self.gateway.ask(LoadDesk(key), _register_of)
        except Superseded:
            return
        except CheckInError as error:
            if error.code == "no_program":
                self.days.first_start()
            elif self.register is None:
                self.desk_app.unusable(error)
            else:
                self.hands.trouble(words.refused_banner(error.code, error.values, self.register.zone))
            return
        missed, self._missed = self._missed, None
        for change in missed or ():
            _catch_up(register, change)
        first = self.register is None
        self._take(register)
        if first:
            self.call_after_refresh(self.desk_app.ready)

    def _take(self, register: Register) -> None:
        before, member_id, arrowed = self.register, self.hands.highlighted, self.hands.arrowed
        if before is not None:
            register.model.filter(before.model.text)
            if before.model.order is not Order.SHEET:
                register.model.sort(before.model.order)
        self.register = register
        session = register.session
        self.gateway.watch(None if session is None else session.id, register.view.cursor)
        self.list.load(register.model, register.zone)
        self.roll_call.reloaded()
        if member_id is not None and arrowed:
            position = register.model.position_of(member_id)
            row = None if position is None else register.model.row_of(position)
            if row is not None:
                self.hands.choose_row(row)
        else:
            self.hands.typed(self.box.value)
        self.show_figures(session_changed=True)
        waiting, self.hands.waiting = self.hands.waiting, []
        for text in waiting:
            if not self.hands.entered(text) and not self.box.value:
                self.box.give_back(text)
        if waiting:
            register.model.filter(self.box.value)
            self.list.filtered()

    def on_change(self, change: Change) -> None:
        """Something was written by this window."""
        if isinstance(change, AttendanceChanged):
            if self._missed is not None:
                self._missed.append(change)
            self.marks.changed(change)
        elif not isinstance(change, RefusalRecorded):
            self.outbox.settled(change.uid)
            if isinstance(change, SessionChanged):
                self.say(words.session_opened(change.session))
                self.load(change.session.key)
            else:
                self.reload()
        self.show_saving()

    def on_failure(self, failure: Failure) -> None:
        """Something was refused or not saved."""
        self.marks.failed(failure)

    def on_news(self, news: News) -> None:
        """Another window or command wrote: rows are patched, nothing is said."""
        register = self.register
        if news.reload or register is None:
            self.reload()
            return
        if self._missed is not None:
            self._missed.append(news)
        for member_id in _catch_up(register, news):
            self.list.changed(member_id)
        if news.arrivals:
            self.list.grown()
        self.show_figures(session_changed=news.session is not None)

    # ------------------------------------------------------------------------------------------------------- writing

    def now(self) -> Millis:
        """The wall clock."""
        return self.desk_app.clock()

    def stamp(self) -> tuple[UUID, Millis]:
        """The id and the instant of a key press."""
        return self.desk_app.new_uid(), self.now()

    def send(self, request: Write) -> None:
        """A write that is about no row: a session, a person, the program."""
        self.outbox.sent(request)
        self.gateway.write(request)
        self.show_saving()

    def record_refusal(self, typed: str, code: str, sentence: str) -> None:
        """Keep what was typed and why nobody was marked."""
        session = None if self.register is None else self.register.session
        uid, made = self.stamp()
        session_id = None if session is None else session.id
        self.gateway.write(
            RecordRefusal(uid=uid, made=made, session_id=session_id, typed=typed, code=code, sentence=sentence)
        )

    # ------------------------------------------------------------------------------------------------------- commands

    def run_command(self, command_id: str) -> None:
        """Do what the table says, or say why it cannot be done now."""
        command = commands.BY_ID[command_id]
        reason = self.why_not(command)
        if reason is None:
            self.table.run(command_id)
        else:
            self.hands.trouble(BannerValue(words.TROUBLE, f"! {command.label}: {reason}"))

    def action_command(self, command_id: str) -> None:
        """The same, by a binding."""
        self.run_command(command_id)

    def why_not(self, command: commands.Command) -> str | None:
        """Why a command can do nothing now; None when it can."""
        return self.table.why_not(command)

    def any_offer(self) -> Offer | None:
        """What → 1 takes: the banner's offer, else that of the bar."""
        return self.hands.offer or self.days.offer()

    # ------------------------------------------------------------------------------------------------------- showing

    def say(self, value: BannerValue, offer: Offer | None = None) -> None:
        """A new result in the banner; the offer that comes with it replaces the one before."""
        self.hands.offer = offer
        self.banner.show(value)

    def ring(self) -> None:
        """Trouble."""
        if self.settings.bell:
            self.app.bell()

    def current_notice(self) -> NoticeValue | None:
        """What stands in the way now."""
        register = self.register
        if register is None:
            return None
        session = register.session
        correcting = session is not None and session.id in self.marks.because
        return words.notice(register, self.now(), correcting)

    def show_notice(self) -> None:
        """The bar below the counts."""
        self.notice.show(self.current_notice())

    def show_figures(self, *, session_changed: bool = False) -> None:
        """Counts and rate; with another session also header and bar."""
        register = self.register
        figures = None if register is None else register.participation()
        if register is not None and figures is not None and register.session is not None:
            closed = register.session.state is SessionState.CLOSED
            self.counts_line.show(CountsValue(register.model.counts, figures, closed))
        else:
            self.counts_line.show(None)
        if session_changed:
            self.show_notice()
            self._show_head()
            self.show_hints()

    def show_saving(self) -> None:
        """The header says *saving* only of what takes longer than a blink, and NOT SAVED at once."""
        if self.outbox.saving and not self.outbox.failed:
            if self._slow is None:
                self._slow = self.set_timer(SLOW_SECONDS, self._show_slow)
            return
        self._show_head()

    def _show_slow(self) -> None:
        self._slow = None
        self._show_head()

    def _show_head(self) -> None:
        register = self.register
        zone = "UTC" if register is None else register.zone
        operator = self.settings.operator if register is None else register.view.operator
        time = clock_text(self.now(), zone) if register is not None else ""
        self.head.show(words.header_facts(register, time, operator, len(self.outbox.saving), len(self.outbox.failed)))

    def show_hints(self) -> None:
        """The bottom line while no action bar is open."""
        if not self.box.bar_is_open:
            self.bar.show(BarValue(hints=self.table.hints()))

    def on_roster_list_chosen(self, event: RosterList.Chosen) -> None:
        """A click chooses as an arrow does."""
        register = self.register
        position = None if register is None else register.model.position_of(event.member_id)
        row = None if register is None or position is None else register.model.row_of(position)
        if row is not None:
            self.hands.choose_row(row)

    def tell(self, text: str) -> None:
        """A sentence in the banner."""
        self.hands.trouble(BannerValue(words.TROUBLE, f"! {text}"))

    def is_code(self, text: str) -> bool:
        """Whether this is somebody's code."""
        return self.register is not None and self.register.model.codes.find(text) is not None

    @property
    def room(self) -> Size:
        """The size of the window."""
        return self.app.size


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
