"""What the commands that write a file share: where to, in which format, and the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checkin_tui.cli.call import Call
from checkin_tui.cli.options import F, with_options
from checkin_tui.domain.text import visible
from checkin_tui.i18n import _

if TYPE_CHECKING:
    from checkin_tui.interchange.outputs import Written


def file_out(formats: Sequence[str]) -> Callable[[F], F]:
    """FILE, `--format` and `--force`, given to the command as `file`, `asked` and `force`."""

    def decorate(command: F) -> F:
        return with_options(
            command,
            click.argument("file", type=click.Path(path_type=Path)),
            click.option("--format", "asked", type=click.Choice(formats), help=_("Else by how FILE ends.")),
            click.option("--force", is_flag=True, help=_("Write over a file that is there already.")),
        )

    return decorate


def told(call: Call, written: Written, text: str, **more: Any) -> None:
    """The answer: the path and what was written. text: how many of what, as a whole sentence without the path."""
    shape = {"file": str(written.file), "format": written.format, "rows": written.rows, **more}
    call.answer(shape, _("{file}: {text}").format(file=visible(str(written.file)), text=text))
