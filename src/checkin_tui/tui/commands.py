"""The one table of commands, and the user's own key map. Key bindings, the action bar, the palette, the help screen and
the list of keys in the README are all made from it, so that none of them can say something else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from textual.binding import Binding

from checkin_tui.tui.command import Command, Group, Need, View
from checkin_tui.tui.commands_desk import DESK_COMMANDS
from checkin_tui.tui.commands_files import FILE_COMMANDS
from checkin_tui.tui.commands_notes import NOTE_COMMANDS
from checkin_tui.tui.commands_views import VIEW_COMMANDS

__all__ = ["BY_ID", "COMMANDS", "RESERVED", "Command", "Group", "Need", "View", "bar_digit", "check_keymap", "keys_of"]

COMMANDS: Final = (*DESK_COMMANDS, *NOTE_COMMANDS, *VIEW_COMMANDS, *FILE_COMMANDS)

BY_ID: Final = {command.id: command for command in COMMANDS}

# Keys the box needs for itself. Line feed is ctrl+j: a scanner sends it after Enter.
RESERVED: Final = frozenset(
    {
        "enter",
        "tab",
        "space",
        "escape",
        "up",
        "down",
        "left",
        "right",
        "backspace",
        "delete",
        "ctrl+j",
        "ctrl+m",
        "ctrl+i",
        "ctrl+h",
    }
)


class KeymapProblem(NamedTuple):
    """A line of the user's key map that is not used. reason: 'unknown' command, or a 'reserved' key."""

    command: str
    key: str
    reason: str


def check_keymap(keymap: Mapping[str, str]) -> tuple[dict[str, str], list[KeymapProblem]]:
    """The part of the user's key map that can be used, and what cannot: unknown commands, keys that type."""
    good: dict[str, str] = {}
    problems: list[KeymapProblem] = []
    for command, keys in keymap.items():
        if command not in BY_ID:
            problems.append(KeymapProblem(command, keys, "unknown"))
            continue
        usable = []
        for key in (part.strip() for part in keys.split(",")):
            if not key or key in RESERVED or len(key) == 1:
                problems.append(KeymapProblem(command, key, "reserved"))
            else:
                usable.append(key)
        if usable:
            good[command] = ",".join(usable)
    return good, problems


def keys_of(command: Command, keymap: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of a command as the user has them."""
    return tuple(key for key in keymap.get(command.id, command.keys).split(",") if key)


def bar_digit(command_id: str, view: View, *, person: bool = False) -> str:
    """The digit of a command in the action bar of a view, for the desk or for the highlighted person; '' without one.

    A sentence that names a digit asks here, so that it cannot promise what the bar does not do.
    """
    command = BY_ID[command_id]
    if view not in command.bar or command_id == f"view.{view}":
        return ""
    return command.person if person else command.desk


def keys_now(command_id: str, keymap: Mapping[str, str]) -> str:
    """The keys that do it with that key map, as people write them; '' where other commands have them all."""
    table = commands_by_key(keymap)
    return key_words(",".join(key for key in keys_of(BY_ID[command_id], keymap) if table[key] == command_id))


def commands_by_key(keymap: Mapping[str, str]) -> dict[str, str]:
    """Key -> command id. A key the user gave to one command is taken from the command that had it."""
    table: dict[str, str] = {}
    for own in (False, True):
        for command in COMMANDS:
            if (command.id in keymap) is own:
                for key in keys_of(command, keymap):
                    table[key] = command.id
    return table


def bindings() -> list[Binding | tuple[str, str] | tuple[str, str, str]]:
    """The table as Textual bindings, which the key map finds by their ids."""
    return [
        Binding(
            command.keys,
            f"command({command.id!r})",
            command.label,
            id=command.id,
            tooltip=command.help,
            priority=command.id == "app.quit",
        )
        for command in COMMANDS
        if command.keys
    ]


def key_words(keys: str) -> str:
    """`ctrl+z,f5` as people write it: `Ctrl+Z, F5`."""
    return ", ".join("+".join(part.capitalize() for part in key.split("+")) for key in keys.split(",") if key)
