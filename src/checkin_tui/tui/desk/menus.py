"""What can be chosen in every view: the palette of commands, the theme, the help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkin_tui.i18n import _
from checkin_tui.tui import commands
from checkin_tui.tui.screens.choose import Choice, Choose
from checkin_tui.tui.themes import OURS

if TYPE_CHECKING:
    from checkin_tui.tui.screens.desk import DeskScreen


def palette(screen: DeskScreen) -> None:
    """Every command by name, with the reason why one cannot be chosen now."""
    choices = []
    for command in commands.COMMANDS:
        if command.id == "app.palette":
            continue
        keys = commands.key_words(",".join(commands.keys_of(command, screen.desk_app.keymap)))
        about = f"{keys}  {command.help}" if keys else command.help
        choices.append(Choice(command.id, command.label, about, screen.why_not(command) or ""))
    choices.sort(key=lambda choice: bool(choice.off))
    screen.people.open(Choose(_("Commands"), choices, screen.is_code), screen.run_command)


def choose_theme(screen: DeskScreen) -> None:
    """Ours first."""
    names = [theme.name for theme in OURS]
    names += sorted(name for name in screen.desk_app.available_themes if name not in names)
    choices = [Choice(name, name) for name in names]

    def use(name: str) -> None:
        screen.desk_app.theme = name

    screen.people.open(Choose(_("Theme"), choices, screen.is_code), use)


def show_help(screen: DeskScreen) -> None:
    """Keys, commands, and what Enter does."""
    from checkin_tui.tui.screens.help import HelpLine, HelpScreen

    groups = []
    for group in commands.Group:
        lines = [
            HelpLine(
                commands.key_words(",".join(commands.keys_of(command, screen.desk_app.keymap))),
                command.person or command.desk,
                command.label,
                command.help,
            )
            for command in commands.COMMANDS
            if command.group is group
        ]
        groups.append((group.words, lines))
    screen.people.open(HelpScreen(groups), lambda _none: None)
