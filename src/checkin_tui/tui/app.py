"""The program on the screen: painted at once, and only then connected to the database."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterator
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from rich.text import Text
from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.drivers.headless_driver import HeadlessDriver
from textual.screen import Screen
from textual.theme import Theme

from checkin_tui.domain.clock import Millis
from checkin_tui.domain.errors import CheckInError, DatabaseError
from checkin_tui.i18n import _, ngettext
from checkin_tui.tui import calm, commands, safe
from checkin_tui.tui.commands import View
from checkin_tui.tui.driver import tolerant_driver
from checkin_tui.tui.gateway import Gateway, Handler
from checkin_tui.tui.screens.desk import DeskScreen
from checkin_tui.tui.screens.roster import RosterScreen
from checkin_tui.tui.themes import DARK, LIGHT, OURS
from checkin_tui.tui.widgets.lines import BannerValue

if TYPE_CHECKING:
    from rich.console import RenderableType

    from checkin_tui.domain.changes import Change
    from checkin_tui.domain.sessions import SessionKey
    from checkin_tui.settings import Settings
    from checkin_tui.tui.gateway import Failure
    from checkin_tui.tui.register import Outbox

DRAIN_SECONDS = 5.0
INTERNAL_ERROR = 70
REFUSED = 2
SCREENS = {
    View.NOTEBOOK: "notebook.NotebookScreen",
    View.WRITING: "writing.WritingScreen",
    View.CHASE: "chase.ChaseScreen",
    View.DASHBOARD: "dashboard.DashboardScreen",
    View.PROGRAM: "program.ProgramScreen",
}
NO_DATABASE = 3

log = logging.getLogger(__name__)


class CheckInApp(App[str], inherit_bindings=False):
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
    ) -> None:
        """`connect`: called on the gateway's threads, after the first paint. `own_zone`: the machine's IANA zone."""
        super().__init__(driver_class=tolerant_driver())
        self.settings, self.clock, self.new_uid = settings, clock, new_uid
        self._own_zone, self.log_file = own_zone, log_file
        self.gateway = Gateway(connect)
        self.keymap, self.keymap_problems = commands.check_keymap(settings.keymap)
        self._leaving = False
        self.day: SessionKey | None = None  # the session all views show; None: today's
        self.turn = 0  # counts the changes of what all views show: another day, names hidden or not
        self.privacy = False
        self._gate: list[events.Key | events.Paste] | None = None  # what was pressed while something took a moment
        self._gated = 0
        self.because: dict[int, str] = {}  # session id -> why a closed register is corrected, asked once
        self._notes_desk = View.NOTEBOOK  # which of the two was on the screen last
        self.animation_level = "none"
        for theme in OURS:
            self.register_theme(theme)
        self._begin_with(settings.theme if settings.theme in self.available_themes else DARK.name)
        self.set_keymap(self.keymap)
        for view in View:
            self.add_mode(view.value, partial(self._make, view))

    @property
    def zone(self) -> str:
        """The machine's IANA zone. Finding it takes a moment, so nobody asks before the first paint."""
        return self._own_zone()

    def _begin_with(self, theme: str) -> None:
        """The theme of the start, told to nobody: a change of theme would parse every style sheet twice more."""
        self.set_reactive(App.theme, theme)
        dark = self.current_theme.dark
        for name, wanted in ((f"-theme-{theme}", True), ("-dark-mode", dark), ("-light-mode", not dark)):
            self.set_class(wanted, name, update=False)

    def _make(self, view: View) -> Screen[Any]:
        """The screen of a view, imported when it is shown first."""
        if view is View.ROSTER:
            made: type[DeskScreen] = RosterScreen
        else:
            module, name = SCREENS[view].split(".")
            made = getattr(import_module(f"checkin_tui.tui.screens.{module}"), name)
        return made(self.gateway, self.settings, commands.commands_by_key(self.keymap))

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
        self.call_after_refresh(self._connect)

    def _connect(self) -> None:
        from checkin_tui.tui.register import Outbox

        self.outbox = Outbox()
        self.gateway.changes.subscribe(self, self._answered, immediate=True)  # before any view
        self.gateway.failures.subscribe(self, self._refused, immediate=True)
        self.gateway.start()
        screen = self.screen
        if isinstance(screen, DeskScreen):
            screen.furnish()
        if self.keymap_problems:
            text = "; ".join(f"{problem.command}: {problem.key}" for problem in self.keymap_problems)
            self.notify(**safe.notify_arguments(_("Not used of your key map: {what}").format(what=text)))

    def ready(self) -> None:
        """The desk is on the screen."""
        calm.settle()

    def unusable(self, error: CheckInError) -> None:
        """The database cannot be opened: one sentence, and nothing changed."""
        from checkin_tui.words import sentence

        text = sentence(error.code, error.values)
        refused = isinstance(error, DatabaseError) and error.wrong_file
        self.exit(return_code=REFUSED if refused else NO_DATABASE, message=Text(text))

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
        self.after_keys(self._run_in(screen, command_id))

    async def _run_in(self, screen: DeskScreen, command_id: str) -> None:
        await screen.until_ready()
        if screen.in_view:  # nobody has gone elsewhere meanwhile
            screen.run_command(command_id)

    def after_keys(self, work: Coroutine[Any, Any, None]) -> None:
        """Do what takes a moment (another view is made, something is read). Keys pressed meanwhile are for what comes
        of it, and wait: neither for the view that was left nor for the note that was open before.
        """
        if self._gate is None:
            self._gate = []
        self._gated += 1
        self.run_worker(self._after_keys(work), group="keys")

    async def _after_keys(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        finally:
            self._gated -= 1
            if not self._gated:
                self._open_gate()

    def _open_gate(self) -> None:
        waiting, self._gate = self._gate or [], None
        for number, event in enumerate(waiting):
            if self._gated:  # one of them asked for a moment again
                self._wait_again(waiting[number:])
                return
            (self.focused or self.screen)._forward_event(event)

    def _wait_again(self, rest: list[events.Key | events.Paste]) -> None:
        self._gate = [*(self._gate or []), *rest]

    async def on_event(self, event: events.Event) -> None:
        """Keys wait while the gate is closed; quitting does not."""
        if self._gate is not None and isinstance(event, events.Key | events.Paste) and not self._quits(event):
            self._gate.append(event)
        else:
            await super().on_event(event)

    def _quits(self, event: events.Event) -> bool:
        return isinstance(event, events.Key) and event.key in commands.keys_of(commands.BY_ID["app.quit"], self.keymap)

    def write_note(self, member_id: int) -> None:
        """Open somebody's note on the writing desk."""
        self.after_keys(self._write_note(self.show(View.WRITING), member_id))

    async def _write_note(self, screen: DeskScreen, member_id: int) -> None:
        from checkin_tui.tui.screens.writing import WritingScreen

        await screen.until_ready()
        if isinstance(screen, WritingScreen) and screen.in_view:
            screen.desk.open(member_id)

    def turn_to(self, day: SessionKey | None) -> None:
        """From now on all views show this session; None: today's."""
        self.day = day
        self.turn += 1
        for view in self._views():
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

    def _refused(self, failure: Failure) -> None:
        self.outbox.refused(failure)

    def _views(self) -> Iterator[DeskScreen]:
        for stack in self._screen_stacks.values():
            if stack and isinstance(stack[0], DeskScreen):
                yield stack[0]

    # --------------------------------------------------------------------------------------------------------- the end

    def leave(self) -> None:
        """Quit, after everything is saved."""
        if not self._leaving:
            self._leaving = True
            self.run_worker(self._leave())

    async def _leave(self) -> None:
        for view in self._views():
            await view.finish()
        saved = await self.gateway.drain(DRAIN_SECONDS)
        lost = self.unsaved()[1]
        if saved and not lost:
            self.exit()
            return
        from checkin_tui.tui.screens.confirm import Confirm

        count = lost + self.gateway.under_way
        question = ngettext("{count} step is not saved yet.", "{count} steps are not saved yet.", count)
        question = question.format(count=count) + " " + _("They would be lost. Leave all the same?")
        answer = await self.push_screen_wait(Confirm(_("Not saved"), question, _("Leave")))
        if answer:
            self.exit()
        self._leaving = False

    def on_unmount(self) -> None:
        """The threads end with what they have begun."""
        self.gateway.stop()

    def _handle_exception(self, error: Exception) -> None:
        """An error of ours: the terminal in order, one sentence, the log has the rest. Never a local variable."""
        if isinstance(self._driver, HeadlessDriver):  # under test the error itself is wanted
            super()._handle_exception(error)
            return
        log.error("unexpected", exc_info=error)  # the log file keeps where it came from, not what it says
        self._end_in_disgrace()

    def panic(self, *renderables: RenderableType) -> None:
        """The same for what Textual gives up on."""
        log.error("Textual gave up")
        self._end_in_disgrace()

    def _end_in_disgrace(self) -> None:
        self._return_code = INTERNAL_ERROR
        text = _("checkin stopped because of an error of its own. What was shown as saved is saved.")
        if self.log_file:
            text += " " + _("The log says more: {path}").format(path=safe.plain(self.log_file))
        if not self._exit_renderables:
            self._exit_renderables.append(Text(text))
        self._close_messages_no_wait()


def run(app: CheckInApp) -> tuple[str | None, int]:
    """Run on this terminal. The result ('sample' or None) and the exit code. `calm.begin` may have been called."""
    calm.begin()
    try:
        result = app.run()
    finally:
        calm.end()
    return result, app.return_code or 0
