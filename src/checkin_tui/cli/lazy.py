"""A group whose commands are imported when one of them is run, so that `--help` and `--version` stay quick."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple

import click

from checkin_tui.i18n import _


class Lazy(NamedTuple):
    """Where a command lies (`package.module:attribute`) and the one line the list of commands says about it."""

    target: str
    line: str


class LazyGroup(click.Group):
    """A Click group that knows its commands by name and line only."""

    def __init__(self, *args: Any, lazy: Mapping[str, Lazy], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of that name; None if there is none."""
        known = self.lazy.get(cmd_name)
        if known is None:
            return None
        module, attribute = known.target.split(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing any."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, lazy.line) for name, lazy in self.lazy.items()])
