"""The program on the screen: painted at once, and only then connected to the database."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from rich.text import Text
from textual import events
from textual.binding import BindingType
from textual.screen import Screen
from textual.theme import Theme

from checkin_tui.domain.clock import Millis
from checkin_tui.domain.errors import CheckInError, DatabaseError
from checkin_tui.exits import REFUSED, UNREACHABLE
from checkin_tui.i18n import _
from checkin_tui.tui import calm, clusters, commands, ending, safe
from checkin_tui.tui.commands import View
from checkin_tui.tui.crash import MannerlyApp, terminal_given_back
from checkin_tui.tui.ctrl_c import CtrlC
from checkin_tui.tui.driver import tolerant_driver
from checkin_tui.tui.exporting import Exporting
from checkin_tui.tui.gateway import Gateway, Handler
from checkin_tui.tui.key_gate import KeyGate
from checkin_tui.tui.laptop import Laptop
from checkin_tui.tui.screens.desk import DeskScreen
from checkin_tui.tui.screens.roster import RosterScreen
from checkin_tui.tui.themes import DARK, LIGHT, begin_with
from checkin_tui.tui.widgets.lines import BannerValue

if TYPE_CHECKING:
    from checkin_tui.domain.changes import Change
    from checkin_tui.domain.sessions import SessionKey
    from checkin_tui.interchange.orders import Write
    from checkin_tui.settings import Settings
    from checkin_tui.tui.gateway import Failure
    from checkin_tui.tui.register import Outbox

SCREENS = {
    View.NOTEBOOK: "notebook.NotebookScreen",
    View.WRITING: "writing.WritingScreen",
    View.CHASE: "chase.ChaseScreen",
    View.DASHBOARD: "dashboard.DashboardScreen",
    View.PROGRAM: "program.ProgramScreen",
}


class CheckInApp(MannerlyApp, inherit_bindings=False):
    """Modes, themes, commands that belong to no screen, and an orderly end. The result 'sample' asks for the sample."""

    outbox: Outbox  # from the first paint on

    TITLE = "checkin"
    CSS_PATH = "screens/desk.tcss"  # of every view: with the app's own it is parsed once instead of three times
    ENABLE_COMMAND_PALETTE = False
    DEFAULT_MODE = "roster"
    BINDINGS: ClassVar[list[BindingType]] = commands.bindings()

    def __init__(
        self,
        connect: Callable[[], Handler],
        settings: Settings,
        clock: Callable[[], Millis],
        new_uid: Callable[[], UUID],
        *,
        own_zone: Callable[[], str] = lambda: "UTC",
        log_file: str = "",
        environment: Mapping[str, str] = MappingProxyType({}),
        back_up_today: Callable[[], None] | None = None,
        network: Callable[[], str | None] | None = None,
        write_file: Write | None = None,
    ) -> None:
        """`connect`: called on the gateway's threads, after the first paint. `own_zone`: the machine's IANA zone.

        environment: of the process; which editor and which tools of the clipboard there are is read from it.
        back_up_today: makes the day's backup unless there is one; called on a thread of its own. network: the kind of
        network file system the database lies on, if any; the same. write_file: carries out orders of files; the same.
        """
        super().__init__(driver_class=tolerant_driver())
        clusters.keep_whole()
        self.devtools = None  # TEXTUAL=devtools would open a socket and send what is on the screen
        self.settings, self.clock, self.new_uid = settings, clock, new_uid
        self._own_zone, self.log_file, self.environment = own_zone, log_file, environment
        self.gateway = Gateway(connect)
        self.laptop = Laptop(clock, network, back_up_today)
        self.exporting = Exporting(write_file)
        self.keymap, self.keymap_problems = commands.check_keymap(settings.keymap)
        self._leaving = self.ended_from_outside = False
        self.views: dict[View, DeskScreen] = {}  # those that were shown so far
        self.day: SessionKey | None = None  # the session all views show; None: today's
        self.turn = 0  # counts the changes of what all views show: another day, names hidden or not
        self.privacy = False
        self.gate = KeyGate(self)
        self._ctrl_c = CtrlC(self)
        self.because: dict[int, str] = {}  # session id -> why a closed register is corrected, asked once
        self._notes_desk = View.NOTEBOOK  # which of the two was on the screen last
        self.animation_level = "none"
        begin_with(self, settings.theme)
        self.set_keymap(self.keymap)
        for view in View:
            self.add_mode(view.value, partial(self._make, view))

    @property
    def zone(self) -> str:
        """The machine's IANA zone. Finding it takes a moment, so nobody asks before the first paint."""
        return self._own_zone()

    def _make(self, view: View) -> Screen[Any]:
        """The screen of a view, imported when it is shown first."""
        if view is View.ROSTER:
            made: type[DeskScreen] = RosterScreen
        else:
            module, name = SCREENS[view].split(".")
            made = getattr(import_module(f"checkin_tui.tui.screens.{module}"), name)
        self.views[view] = made(self.gateway, self.settings, commands.commands_by_key(self.keymap))
        return self.views[view]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours of statuses for a theme that is not ours."""
        theme: Theme = DARK if self.current_theme.dark else LIGHT
        return dict(theme.variables)

    # ------------------------------------------------------------------------------------------------------------ life

    def on_load(self) -> None:
        """The signals are there before any screen; the threads begin once something was painted."""
        self.gateway.prepare(self, asyncio.get_running_loop())

    def on_mount(self) -> None:
        """Connect after the first paint."""
        if not self.is_headless:  # under test a signal is for the test
            ending.listen(self)
        self.app_resume_signal.subscribe(self, lambda _app: self.refresh(layout=True))  # others wrote on the terminal
        self.call_after_refresh(self._connect)

    def _connect(self) -> None:
        from checkin_tui.tui.register import Outbox

        self.outbox = Outbox()
        self.gateway.changes.subscribe(self, self._answered, immediate=True)  # before any view
        self.gateway.failures.subscribe(self, self._refused, immediate=True)
        self.gateway.waits.subscribe(self, self._waits, immediate=True)
        self.gateway.start()
        screen = self.screen
        if isinstance(screen, DeskScreen):
            screen.furnish()
        if self.keymap_problems:
            text = "; ".join(f"{problem.command}: {problem.key}" for problem in self.keymap_problems)
            self.notify(**safe.notify_arguments(_("Not used of your key map: {what}").format(what=text)))

    @property
    def in_use(self) -> bool:
        """Whether any view has a register."""
        return any(view.register is not None for view in self.views.values())

    def ready(self) -> None:
        """The desk is on the screen."""
        calm.settle()
        self.laptop.look_at_disk(self)

    def notices_changed(self) -> None:
        """Something about the laptop was found out."""
        for view in self.views.values():
            if view.furnished:
                view.figures.show_notice()

    def unusable(self, error: CheckInError) -> None:
        """The database cannot be opened: one sentence, and nothing changed."""
        from checkin_tui.words import sentence

        text = sentence(error.code, error.values)
        refused = isinstance(error, DatabaseError) and error.wrong_file
        self.exit(return_code=REFUSED if refused else UNREACHABLE, message=Text(text))

    async def action_command(self, command_id: str) -> None:
        """A key of the table, where no box took it."""
        if command_id == "app.quit":
            self.leave()
        elif isinstance(self.screen, DeskScreen):
            self.screen.run_command(command_id)

    # ----------------------------------------------------------------------------------------------------------- views

    @property
    def view(self) -> DeskScreen:
        """The view on the screen, perhaps below a dialog."""
        bottom = self.screen_stack[0]
        assert isinstance(bottom, DeskScreen)
        return bottom

    def show(self, view: View) -> DeskScreen:
        """Show a view; it is made when it is shown first. Keys typed from now on are for it."""
        if view in (View.NOTEBOOK, View.WRITING):
            self._notes_desk = view
        if self.current_mode != view.value:
            self.view.left()
            self.switch_mode(view.value)
        return self.view

    def show_notes(self) -> None:
        """The notes desk that was used last; from it the other one."""
        other = {View.NOTEBOOK: View.WRITING, View.WRITING: View.NOTEBOOK}
        self.show(other.get(self.view.VIEW, self._notes_desk))

    def run_in(self, view: View, command_id: str) -> None:
        """Do in its own view what belongs there."""
        screen = self.show(view)
        self.gate.after(self._run_in(screen, command_id))

    async def _run_in(self, screen: DeskScreen, command_id: str) -> None:
        await screen.until_ready()
        if screen.in_view:  # nobody has gone elsewhere meanwhile
            screen.run_command(command_id)

    async def on_event(self, event: events.Event) -> None:
        """Keys wait while the gate is closed."""
        if isinstance(event, events.Key):
            self._ctrl_c.pressed(event)
        if not self.gate.takes(event):
            await super().on_event(event)
            if isinstance(event, events.Key):
                self._ctrl_c.passed(event)

    def write_note(self, member_id: int) -> None:
        """Open somebody's note on the writing desk."""
        self.gate.after(self._write_note(self.show(View.WRITING), member_id))

    async def _write_note(self, screen: DeskScreen, member_id: int) -> None:
        from checkin_tui.tui.screens.writing import WritingScreen

        await screen.until_ready()
        if isinstance(screen, WritingScreen) and screen.in_view:
            screen.desk.open(member_id)

    def turn_to(self, day: SessionKey | None) -> None:
        """From now on all views show this session; None: today's."""
        self.day = day
        self.turn += 1
        for view in self.views.values():
            view.answerable.clear()  # until it has read that day: nothing may be done there to the one before

    def hide_names(self) -> None:
        """Codes instead of names in every view, or the names again."""
        self.privacy = not self.privacy
        self.turn += 1
        self.view.reading.resume()
        text = _("Names are hidden in every view.") if self.privacy else _("Names are shown again.")
        self.view.say(BannerValue("info", text))

    def unsaved(self) -> tuple[int, int]:
        """How many writes of all views are on their way, and how many the disk refused."""
        return len(self.outbox.saving), len(self.outbox.failed)

    def _answered(self, change: Change) -> None:
        self.outbox.answered(change.uid)
        self.laptop.heard(change.recorded)

    def _refused(self, failure: Failure) -> None:
        self.outbox.refused(failure)

    def _waits(self, _failure: Failure) -> None:
        self.outbox.locked = True
        for view in self.views.values():
            view.figures.show_saving()

    # --------------------------------------------------------------------------------------------------------- the end

    def leave(self) -> None:
        """Quit, after everything is saved."""
        if not self._leaving:
            self._leaving = True
            self.run_worker(self._leave())

    async def _leave(self) -> None:
        await ending.quit_when_saved(self)
        self._leaving = False

    def terminal_gone(self) -> None:
        """There is no keyboard any more."""
        ending.begin(self, ending.GONE)

    def on_unmount(self) -> None:
        """The threads end with what they have begun."""
        self.exporting.give_up_at_once()
        self.gateway.stop()


def run(app: CheckInApp) -> tuple[str | None, int]:
    """Run on this terminal. The result ('sample' or None) and the exit code. `calm.begin` may have been called."""
    from checkin_tui import manners

    calm.begin()
    forget = manners.when_a_thread_ends_by_an_error(app.thread_ended)
    try:
        with ending.signals_given_back(), terminal_given_back(app):
            result = app.run()
    finally:
        forget()
        calm.end()
    return result, app.return_code or 0
