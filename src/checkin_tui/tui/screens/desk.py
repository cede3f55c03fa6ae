"""What every main screen is: header, box, last result, the bar of actions, and the register it is about.

The screen owns what is on it and hands the work to its parts (`tui.desk`), which come after the first paint.
"""

from __future__ import annotations

from asyncio import Event
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from textual import events
from textual.app import ComposeResult
from textual.containers import Container

from checkin_tui.i18n import _
from checkin_tui.tui import commands
from checkin_tui.tui.screens.hooks import ViewHooks
from checkin_tui.tui.screens.sizes import LEAST_HEIGHT, LEAST_WIDTH, TINY_HIGH, TINY_WIDE, Breakpoints, TooSmall
from checkin_tui.tui.widgets.box import CheckInBox
from checkin_tui.tui.widgets.lines import ActionBar, Banner, BannerValue, CountsLine, DeskHeader, Line, Notice

if TYPE_CHECKING:  # what is not needed to paint comes with `desk.furnishing`, after the first paint
    from collections.abc import Sequence

    from checkin_tui.domain.changes import Change, NoteChanged, NotesChanged
    from checkin_tui.domain.clock import Millis
    from checkin_tui.domain.errors import CheckInError
    from checkin_tui.domain.requests import Write
    from checkin_tui.settings import Settings
    from checkin_tui.tui.app import CheckInApp
    from checkin_tui.tui.desk.bar import Offer, ViewHands
    from checkin_tui.tui.desk.days import Days
    from checkin_tui.tui.desk.dispatch import Dispatch
    from checkin_tui.tui.desk.exports import Exports
    from checkin_tui.tui.desk.failures import Failures
    from checkin_tui.tui.desk.figures import Figures
    from checkin_tui.tui.desk.marks import Marks
    from checkin_tui.tui.desk.notes import Notes
    from checkin_tui.tui.desk.people import People
    from checkin_tui.tui.desk.reading import Reading
    from checkin_tui.tui.gateway import Failure, Gateway
    from checkin_tui.tui.register import Outbox, Register

WIDTHS: Breakpoints = [TINY_WIDE, (LEAST_WIDTH, "-narrow"), (120, "-broad"), (160, "-wide")]
HEIGHTS: Breakpoints = [TINY_HIGH, (LEAST_HEIGHT, "-low"), (30, "-high")]


class DeskScreen(ViewHooks):
    """One view of one session."""

    VIEW: ClassVar[commands.View]
    ABOUT_REGISTER: ClassVar[bool] = True
    """Whether what stands in the way of checking in is said here, with what is offered about it."""

    hands: ViewHands
    marks: Marks
    wrong: Failures
    people: People
    days: Days
    notes: Notes
    exports: Exports
    reading: Reading
    figures: Figures
    dispatch: Dispatch

    SAYS_OWED: ClassVar[bool] = False
    """Whether this view tells how many notes somebody owes from other days, so that they have to be read."""

    AUTO_FOCUS: ClassVar[str | None] = "#box"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self, gateway: Gateway, settings: Settings, keys: dict[str, str]) -> None:
        super().__init__()
        self.gateway, self.settings = gateway, settings
        self.register: Register | None = None
        self.furnished = False
        self.answerable = Event()  # set with the first register
        self.box = CheckInBox(keys, id="box")
        self.place = Container(id="place")  # of the list
        self.head, self.counts_line, self.notice = DeskHeader(id="head"), self.make_counts(), Notice(id="notice")
        self.banner, self.bar = Banner(id="banner"), ActionBar(id="bar")

    def make_counts(self) -> Line:
        """The line of counts below the header."""
        return CountsLine(id="counts")

    @property
    def desk_app(self) -> CheckInApp:
        """The app, by its own type."""
        from checkin_tui.tui.app import CheckInApp

        app = self.app
        assert isinstance(app, CheckInApp)
        return app

    @property
    def outbox(self) -> Outbox:
        """What is on its way to the disk, of all views."""
        return self.desk_app.outbox

    def mine(self, uid: UUID) -> Write | None:
        """The request that the result just told answers, if this view asked for it."""
        return self.outbox.mine(uid, self.VIEW)

    # ------------------------------------------------------------------------------------------------------- life

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield self.head
        yield self.counts_line
        yield self.notice
        yield self.box
        yield self.banner
        yield self.place
        yield self.bar
        yield TooSmall()

    def furnish(self) -> None:
        """Once something was painted: the parts, and what was typed meanwhile. Then ask for the desk."""
        from checkin_tui.tui.desk.furnishing import furnish

        furnish(self)
        self.furnished = True
        self.gateway.changes.subscribe(self, self.on_change, immediate=True)
        self.gateway.failures.subscribe(self, self.on_failure, immediate=True)
        self.gateway.news.subscribe(self, self.reading.news, immediate=True)
        self.gateway.news.subscribe(self, self.marks.heard, immediate=True)
        self.figures.show_hints()
        self.figures.tick()
        self.box.serve(self.hands)
        self.reading.load()

    def make_parts(self) -> None:
        """What this view has of its own: at least its `hands`."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """A view that is made later finds the database connected already."""
        if self.gateway.started:
            self.furnish()

    def _forward_event(self, event: events.Event) -> None:
        """Keys go to the box whatever was clicked, also before it is on the screen."""
        if isinstance(event, events.Key) and self.box.take_key(event):
            return
        super()._forward_event(event)

    def on_screen_resume(self) -> None:
        """Back from another view or a dialog: the minute may have changed, or the day."""
        if self.furnished:
            self.figures.tick()
            self.reading.resume()

    @property
    def in_view(self) -> bool:
        """Whether this is the view on the screen (perhaps below a dialog)."""
        return self.app.current_mode == self.VIEW.value

    # ------------------------------------------------------------------------------------------------------- answers

    def on_change(self, change: Change) -> None:
        """Something was written by this window."""
        from checkin_tui.domain.changes import AttendanceChanged, NoteChanged, NotesChanged, RefusalRecorded

        if isinstance(change, AttendanceChanged):
            self.reading.note(change)
            self.marks.changed(change)
        elif isinstance(change, NoteChanged | NotesChanged):
            self.reading.note(change)
            self.note_changed(change)
        elif not isinstance(change, RefusalRecorded):
            self.days.changed(change)
        self.figures.show_saving()

    def note_changed(self, change: NoteChanged | NotesChanged) -> None:
        """A note was written or notebooks were seen: rows are patched; who asked for it says so."""
        own = self.mine(change.uid) is not None
        if self.reading.patch(change) and own:
            self.say_note(change)

    def say_note(self, change: NoteChanged | NotesChanged) -> None:
        """What a write of this view about notes did."""
        from checkin_tui.tui.desk import note_words

        assert self.register is not None
        self.say(note_words.note_banner(change, self.register))

    def on_failure(self, failure: Failure) -> None:
        """Something was refused or not saved."""
        self.wrong.failed(failure)

    # ------------------------------------------------------------------------------------------------------- writing

    def now(self) -> Millis:
        """The wall clock."""
        return self.desk_app.clock()

    def stamp(self) -> tuple[UUID, Millis]:
        """The id and the instant of a key press."""
        return self.desk_app.new_uid(), self.now()

    def send(self, request: Write) -> None:
        """A write that is about no row: a session, a person, the program."""
        self.outbox.sent(request, self.VIEW)
        self.gateway.write(request, self.reading.origin)
        self.figures.show_saving()

    def record_refusal(self, typed: str, code: str, sentence: str) -> None:
        """Keep what was typed and why nobody was marked."""
        from checkin_tui.domain.requests import RecordRefusal

        session = None if self.register is None else self.register.session
        uid, made = self.stamp()
        session_id = None if session is None else session.id
        request = RecordRefusal(uid=uid, made=made, session_id=session_id, typed=typed, code=code, sentence=sentence)
        self.gateway.write(request, self.reading.origin)

    # ------------------------------------------------------------------------------------------------------- commands

    def run_command(self, command_id: str) -> None:
        """Do what the table says, or say why it cannot be done now."""
        from checkin_tui.tui.desk.words import TROUBLE

        command = commands.BY_ID[command_id]
        if command.views and self.VIEW not in command.views:
            self.desk_app.run_in(command.views[0], command_id)
            return
        reason = self.why_not(command)
        if reason is None:
            self.dispatch.run(command_id)
        else:
            self.hands.trouble(BannerValue(TROUBLE, f"! {command.label}: {reason}"))

    def action_command(self, command_id: str) -> None:
        """The same, by a binding."""
        self.run_command(command_id)

    def why_not(self, command: commands.Command) -> str | None:
        """Why a command can do nothing now; None when it can."""
        return self.dispatch.why_not(command)

    def offers(self) -> Sequence[Offer]:
        """What → 1, → 2 … take: the banner's offer, then to save what was not saved, then those of the bar.

        Whatever names a digit counts in here (`figures`), so that it cannot promise another one.
        """
        own, again = self.hands.offer, self.wrong.again
        first = () if own is None or own is again or not own.possible() else (own,)
        failed = (again,) if self.outbox.failed else ()
        of_day = self.days.offers() if self.ABOUT_REGISTER or self.register is None else ()
        rest = [offer for offer in of_day if offer.label not in {one.label for one in first}]
        return (*first, *failed, *rest)

    def feed(self, text: str) -> None:
        """Type what a dialog had no field for."""
        self.box.feed(text)

    def hints(self) -> tuple[tuple[str, str], ...]:
        """The bottom line while nothing is open."""
        return self.dispatch.hints(_("open"))

    async def until_ready(self) -> None:
        """Until the register is there, or it is certain that there is none."""
        await self.answerable.wait()

    # ------------------------------------------------------------------------------------------------------- showing

    def say(self, value: BannerValue, offer: Offer | None = None) -> None:
        """A new result in the banner; the offer that comes with it replaces the one before."""
        if self.hands.promise(offer):
            self.figures.show_notice()  # its digits come after the banner's
        if value == self.banner.shown:  # an answer that looks like the one before would be none
            value = value._replace(head=_("(again)") + " " + value.head)
        self.banner.show(value)

    def ring(self) -> None:
        """Trouble."""
        if self.settings.bell:
            self.app.bell()

    def tell(self, error: CheckInError, line: str = "") -> None:
        """A refusal in the banner; line: what else there is to say about it."""
        from checkin_tui.tui import shown
        from checkin_tui.tui.desk.words import refused_banner

        zone = self.desk_app.zone if self.register is None else self.register.zone
        values = shown.refusal(error.values, None, hidden=self.desk_app.privacy)
        self.hands.trouble(refused_banner(error.code, values, zone, line))

    def is_code(self, text: str) -> bool:
        """Whether this is somebody's code as it is written: what a scanner sends."""
        return self.register is not None and self.register.model.is_code(text)
