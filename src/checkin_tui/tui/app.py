"""The program on the screen: painted at once, and only then connected to the database."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from rich.text import Text
from textual.app import App
from textual.binding import BindingType
from textual.drivers.headless_driver import HeadlessDriver
from textual.screen import Screen
from textual.theme import Theme

from checkin_tui.domain.clock import Millis
from checkin_tui.domain.errors import CheckInError, DatabaseError
from checkin_tui.i18n import _, ngettext
from checkin_tui.tui import calm, commands, safe
from checkin_tui.tui.driver import tolerant_driver
from checkin_tui.tui.gateway import Gateway, Handler
from checkin_tui.tui.screens.roster import RosterScreen
from checkin_tui.tui.themes import DARK, LIGHT, OURS

if TYPE_CHECKING:
    from rich.console import RenderableType

    from checkin_tui.settings import Settings

DRAIN_SECONDS = 5.0
INTERNAL_ERROR = 70
REFUSED = 2
NO_DATABASE = 3

log = logging.getLogger(__name__)


class CheckInApp(App[str], inherit_bindings=False):
    """Modes, themes, commands that belong to no screen, and an orderly end. The result 'sample' asks for the sample."""

    TITLE = "checkin"
    CSS_PATH = "screens/roster.tcss"  # the first screen's: with the app's own it is parsed once instead of three times
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
        self.animation_level = "none"
        for theme in OURS:
            self.register_theme(theme)
        self._begin_with(settings.theme if settings.theme in self.available_themes else DARK.name)
        self.set_keymap(self.keymap)
        self.add_mode("roster", self._roster)

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

    def _roster(self) -> Screen[Any]:
        return RosterScreen(self.gateway, self.settings, commands.commands_by_key(self.keymap))

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
        self.gateway.start()
        screen = self.screen
        if isinstance(screen, RosterScreen):
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
        elif isinstance(self.screen, RosterScreen):
            self.screen.run_command(command_id)

    # ------------------------------------------------------------------------------------------- commands of everywhere

    def palette(self, screen: RosterScreen) -> None:
        """Every command by name, with the reason why one cannot be chosen now."""
        from checkin_tui.tui.screens.roster_choose import Choice, Choose

        choices = []
        for command in commands.COMMANDS:
            if command.id == "app.palette":
                continue
            keys = commands.key_words(",".join(commands.keys_of(command, self.keymap)))
            about = f"{keys}  {command.help}" if keys else command.help
            choices.append(Choice(command.id, command.label, about, screen.why_not(command) or ""))
        choices.sort(key=lambda choice: bool(choice.off))
        screen.people.open(Choose(_("Commands"), choices, screen.is_code), screen.run_command)

    def choose_theme(self, screen: RosterScreen) -> None:
        """Ours first."""
        from checkin_tui.tui.screens.roster_choose import Choice, Choose

        names = [theme.name for theme in OURS]
        names += sorted(name for name in self.available_themes if name not in names)
        choices = [Choice(name, name) for name in names]

        def use(name: str) -> None:
            self.theme = name

        screen.people.open(Choose(_("Theme"), choices, screen.is_code), use)

    def help(self, screen: RosterScreen) -> None:
        """Keys, commands, and what Enter does."""
        from checkin_tui.tui.screens.help import HelpLine, HelpScreen

        groups = []
        for group in commands.Group:
            lines = [
                HelpLine(
                    commands.key_words(",".join(commands.keys_of(command, self.keymap))),
                    command.person or command.desk,
                    command.label,
                    command.help,
                )
                for command in commands.COMMANDS
                if command.group is group
            ]
            groups.append((group.words, lines))
        screen.people.open(HelpScreen(groups), lambda _none: None)

    # --------------------------------------------------------------------------------------------------------- the end

    def leave(self) -> None:
        """Quit, after everything is saved."""
        if not self._leaving:
            self._leaving = True
            self.run_worker(self._leave())

    async def _leave(self) -> None:
        saved = await self.gateway.drain(DRAIN_SECONDS)
        lost = self._not_saved()
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

    def _not_saved(self) -> int:
        screens = (screen for stack in self._screen_stacks.values() for screen in stack)
        return sum(len(s.outbox.failed) for s in screens if isinstance(s, RosterScreen) and s.furnished)

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
