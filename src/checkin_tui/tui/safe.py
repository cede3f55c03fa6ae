"""The one way outside text reaches a widget: without markup, and with nothing in it a terminal could obey.

A name such as `[/foo]` given to a widget as a string stops the program, `[@click=app.quit]` becomes a link, and control
bytes reach the terminal as they are. So every name, topic, title, path and message from outside passes through here.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from rich.cells import cell_len
from rich.text import Text
from textual.content import Content

from checkin_tui.domain.text import visible
from checkin_tui.tui.clusters import clusters

ELLIPSIS = "…"


def content(value: object, style: str = "") -> Content:
    """`value` as content that is exactly its visible text."""
    shown = visible(str(value))
    return Content.styled(shown, style) if style else Content(shown)


def content_lines(values: Iterable[object]) -> Content:
    """Each of them on a line of its own, as `content` has it."""
    return Content("\n").join(map(content, values))


def template(markup: str, **values: object) -> Content:
    """Our own markup with `$name` places, filled with outside values as plain text."""
    return Content.from_markup(markup, **{name: visible(str(value)) for name, value in values.items()})


def text(value: object, style: str = "") -> Text:
    """`value` as rich text that is exactly its visible text."""
    return Text(visible(str(value)), style=style, end="", no_wrap=True)


def plain(value: object) -> str:
    """`value` as a visible string, for places that take no markup at all."""
    return visible(str(value))


def cells(value: str) -> int:
    """How many terminal cells `value` takes."""
    return len(value) if value.isascii() else cell_len(value)


@lru_cache(maxsize=8192)
def fit(value: str, width: int) -> str:
    """The visible text of `value` in exactly `width` cells: padded, or cut with an ellipsis."""
    if width <= 0:
        return ""
    shown = visible(value)
    taken = cells(shown)
    if taken <= width:
        return shown + " " * (width - taken)
    kept = clip(shown, width - 1)
    return kept + ELLIPSIS + " " * (width - 1 - cells(kept))


def clip(value: str, width: int) -> str:
    """As much of the beginning of `value` as fits `width` cells, never half a character or half a cluster."""
    if value.isascii():
        return value[: max(0, width)]
    taken, end = 0, 0
    for _start, stop, size in clusters(value):
        if taken + size > width:
            break
        taken, end = taken + size, stop
    return value[:end]


def brief(value: object, width: int) -> str:
    """The visible text of `value`, cut with an ellipsis where it is longer than `width` cells, never padded."""
    return fit(str(value), width).rstrip(" ") if cells(visible(str(value))) > width else visible(str(value))


def notify_arguments(message: str, **more: Any) -> dict[str, Any]:
    """What `App.notify` needs so that a message is no markup."""
    return {"message": visible(message), "markup": False, **more}
