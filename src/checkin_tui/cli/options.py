"""What the commands share with Click: the call they are given, and the options several of them have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from checkin_tui.cli.call import Call
from checkin_tui.i18n import _

F = TypeVar("F", bound=Callable[..., Any])

pass_call = click.make_pass_decorator(Call)


def with_options(command: F, *options: Callable[[F], F]) -> F:
    """The command with these, in the order in which the help lists them."""
    for option in reversed(options):
        command = option(command)
    return command


def json_option(command: F) -> F:
    """`--json`: the answer for a script. Looked at first, so that a refusal of another option is told as JSON too."""

    def remember(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
        if value:
            context.ensure_object(Call).json = True

    option = click.option(
        "--json",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=remember,
        help=_("Answer as JSON, also when refused."),
    )
    return option(command)


def session_option(command: F) -> F:
    """`--session KEY`, given to the command as `key`."""
    from checkin_tui.cli.types import KEY

    option = click.option(
        "--session", "key", type=KEY, help=_("The session, as 2026-05-18 or 2026-05-18.2; today's without it.")
    )
    return option(command)
