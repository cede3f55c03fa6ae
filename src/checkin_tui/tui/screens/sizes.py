"""The smallest window anything is shown in, and what a smaller one says."""

from __future__ import annotations

from typing import Final

from textual.widgets import Static

from checkin_tui.i18n import _
from checkin_tui.tui.safe import content

Breakpoints = list[tuple[int, str]] | None

LEAST_WIDTH, LEAST_HEIGHT = 60, 18  # cells
TINY_WIDE: Final = (0, "-tiny-wide")
TINY_HIGH: Final = (0, "-tiny-high")


class TooSmall(Static):
    """Over all of the screen while the window is too small. What is below keeps the keyboard and its text.

    The sentence fits 20 by 5. The screen has a layer `over`.
    """

    SCOPED_CSS = False  # when it is there depends on its screen
    DEFAULT_CSS = """
    TooSmall {
        display: none;
        layer: over;
        dock: top;
        width: 100%;
        height: 100%;
        padding: 0 1;
        background: $background;
    }

    .-tiny-wide > TooSmall, .-tiny-high > TooSmall {
        display: block;
    }
    """

    def __init__(self) -> None:
        text = _("The window is too small: {width} by {height} at least. The keys work all the same.")
        super().__init__(content(text.format(width=LEAST_WIDTH, height=LEAST_HEIGHT)))
