"""The check-in desk: the box, the last result, the counts, and the list of everybody.

The screen owns what is on it and hands the work to its parts: `Hands` (what is typed and entered), `Marks` (what is
written about people), `RollCall`, `People` and `Days` (the dialogs).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from checkin_tui.i18n import _
from checkin_tui.tui import commands, safe
from checkin_tui.tui.widgets.box import CheckInBox
from checkin_tui.tui.widgets.lines import ActionBar, Banner, BannerValue, CountsLine, DeskHeader, Notice

if TYPE_CHECKING:  # what is not needed to paint comes with `roster_parts`, after the first paint
    from collections.abc import Sequence

    from checkin_tui.domain.changes import Change
    from checkin_tui.domain.clock import Millis
    from checkin_tui.domain.errors import CheckInError
    from checkin_tui.domain.requests import Write
    from checkin_tui.settings import Settings
    from checkin_tui.tui.app import CheckInApp
    from checkin_tui.tui.gateway import Failure, Gateway
    from checkin_tui.tui.register import Outbox, Register
    from checkin_tui.tui.screens.roster_commands import Table
    from checkin_tui.tui.screens.roster_days import Days
    from checkin_tui.tui.screens.roster_enter import Hands, Offer
    from checkin_tui.tui.screens.roster_failures import Failures
    from checkin_tui.tui.screens.roster_figures import Figures
    from checkin_tui.tui.screens.roster_marks import Marks
    from checkin_tui.tui.screens.roster_people import People
    from checkin_tui.tui.screens.roster_reading import Reading
    from checkin_tui.tui.screens.roster_rollcall import RollCall
    from checkin_tui.tui.widgets.roster_list import RosterList

Breakpoints = list[tuple[int, str]] | None

# Below 60 by 18 a sentence says so.
WIDTHS: Breakpoints = [(0, "-tiny-wide"), (60, "-narrow"), (160, "-wide")]
HEIGHTS: Breakpoints = [(0, "-tiny-high"), (18, "-low"), (30, "-high")]


class RosterScreen(Screen[None]):
    """The desk of one session."""

    outbox: Outbox
    list: RosterList
    hands: Hands
    marks: Marks
    wrong: Failures
    roll_call: RollCall
    people: People
    days: Days
    reading: Reading
    figures: Figures
    table: Table

    AUTO_FOCUS = "#box"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self, gateway: Gateway, settings: Settings, keys: dict[str, str]) -> None:
        super().__init__()
        self.gateway, self.settings = gateway, settings
        self.register: Register | None = None
        self.furnished = False
        self.box = CheckInBox(keys, id="box")
        self.place = Container(id="place")  # of the list
        self.head, self.counts_line, self.notice = DeskHeader(id="head"), CountsLine(id="counts"), Notice(id="notice")
        self.banner, self.bar = Banner(id="banner"), ActionBar(id="bar")

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
        yield self.place
        yield self.bar
        yield Static(
            safe.content(_("The window is too small: 60 by 18 at least. The keys work all the same.")), id="small"
        )

    def furnish(self) -> None:
        """After the first paint: the parts, and what was typed meanwhile. Then ask for the desk."""
        from checkin_tui.tui.screens.roster_parts import furnish

        furnish(self)
        self.furnished = True
        self.place.mount(self.list)
        self.gateway.changes.subscribe(self, self.on_change, immediate=True)
        self.gateway.failures.subscribe(self, self.on_failure, immediate=True)
        self.gateway.news.subscribe(self, self.reading.news, immediate=True)
        self.figures.show_hints()
        self.figures.tick()
        self.box.serve(self.hands)
        self.reading.load()

    def on_mount(self) -> None:
        """Nothing stands in the way yet."""

    def _forward_event(self, event: events.Event) -> None:
        """Keys go to the box whatever was clicked, also before it is on the screen."""
        if isinstance(event, events.Key) and self.box.take_key(event):
            return
        super()._forward_event(event)

    def on_screen_resume(self) -> None:
        """Back from another mode or a dialog: the minute may have changed."""
        if self.furnished:
            self.figures.tick()

    # ------------------------------------------------------------------------------------------------------- answers

    def on_change(self, change: Change) -> None:
        """Something was written by this window."""
        from checkin_tui.domain.changes import (
            AttendanceChanged,
            ChangesUndone,
            PeopleChanged,
            RefusalRecorded,
            SessionChanged,
        )
        from checkin_tui.tui.screens import roster_words as words

        if isinstance(change, AttendanceChanged):
            self.reading.note(change)
            self.marks.changed(change)
        elif not isinstance(change, RefusalRecorded):
            self.outbox.settled(change.uid)
            if isinstance(change, SessionChanged):
                self.marks.because.pop(change.session.id, None)  # another state, another reason
                self.say(words.session_changed(change.session, self.register))
                self.reading.load(change.session.key)
            else:
                if isinstance(change, PeopleChanged) and change.member is not None:
                    self.people.saved(change)
                elif isinstance(change, ChangesUndone) and change.kind != "import":  # its own screen says that
                    self.say(words.change_taken_back(change))
                self.reading.reload()
        self.figures.show_saving()

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
        self.outbox.sent(request)
        self.gateway.write(request)
        self.figures.show_saving()

    def record_refusal(self, typed: str, code: str, sentence: str) -> None:
        """Keep what was typed and why nobody was marked."""
        from checkin_tui.domain.requests import RecordRefusal

        session = None if self.register is None else self.register.session
        uid, made = self.stamp()
        session_id = None if session is None else session.id
        self.gateway.write(
            RecordRefusal(uid=uid, made=made, session_id=session_id, typed=typed, code=code, sentence=sentence)
        )

    # ------------------------------------------------------------------------------------------------------- commands

    def run_command(self, command_id: str) -> None:
        """Do what the table says, or say why it cannot be done now."""
        from checkin_tui.tui.screens.roster_words import TROUBLE

        command = commands.BY_ID[command_id]
        reason = self.why_not(command)
        if reason is None:
            self.table.run(command_id)
        else:
            self.hands.trouble(BannerValue(TROUBLE, f"! {command.label}: {reason}"))

    def action_command(self, command_id: str) -> None:
        """The same, by a binding."""
        self.run_command(command_id)

    def why_not(self, command: commands.Command) -> str | None:
        """Why a command can do nothing now; None when it can."""
        return self.table.why_not(command)

    def offers(self) -> Sequence[Offer]:
        """What → 1, → 2 … take: the banner's offer, then to save what was not saved, then those of the bar."""
        own, again = self.hands.offer, self.wrong.again
        first = () if own is None or own is again else (own,)
        failed = (again,) if self.outbox.failed else ()
        return (*first, *failed, *self.days.offers())

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

    def on_roster_list_chosen(self, event: RosterList.Chosen) -> None:
        """A click chooses as an arrow does."""
        register = self.register
        position = None if register is None else register.model.position_of(event.member_id)
        row = None if register is None or position is None else register.model.row_of(position)
        if row is not None:
            self.hands.choose_row(row)

    def tell(self, error: CheckInError) -> None:
        """A refusal in the banner."""
        from checkin_tui.tui.screens.roster_words import refused_banner

        zone = self.desk_app.zone if self.register is None else self.register.zone
        self.hands.trouble(refused_banner(error.code, error.values, zone))

    def is_code(self, text: str) -> bool:
        """Whether this is somebody's code as it is written: what a scanner sends."""
        model = None if self.register is None else self.register.model
        member_id = None if model is None else model.codes.find(text)
        person = None if model is None or member_id is None else model.person(member_id)
        return person is not None and person.code.casefold() == text.strip().casefold()

    @property
    def room(self) -> Size:
        """The size of the window."""
        return self.app.size
