"""What the dialogs with a list and a typed text share: where the list begins, the text, and the keys along both."""

from __future__ import annotations

from abc import abstractmethod
from typing import Generic, TypeVar

from textual.content import Content

from checkin_tui.tui.safe import brief, content
from checkin_tui.tui.screens.dialog import Dialog
from checkin_tui.tui.widgets.lines import Line

T = TypeVar("T")


def top_of(at: int, count: int, height: int) -> int:
    """The first line in view of a list of `count` lines, so that the highlighted one is in the middle if it can be."""
    return max(0, min(at - height // 2, count - height))


class Typed(Line):
    """What was typed so far."""

    def draw(self, value: str, width: int) -> Content:
        """With the end in view."""
        return Content("> ") + content(brief(value, width - 3), "bold") + Content.styled(" ", "reverse")


class FoundLines(Dialog[T], Generic[T]):
    """Letters go into the text, ↑ ↓ and PgUp PgDn along the lines."""

    def __init__(self, heading: str, lines: Line, at: int = 0) -> None:
        """`lines`: the list. `at`: which of them is highlighted at first."""
        super().__init__(heading)
        self._text, self._at = "", at
        self._lines, self._line = lines, Typed()
        self._lines.add_class("first")

    @abstractmethod
    def _show(self) -> None:
        """The text and the lines as they are now."""

    def action_step(self, by: int) -> None:
        """Up and down."""
        self._at += by
        self._show()

    def action_page(self, by: int) -> None:
        """A page up or down."""
        self.action_step(by * max(1, self._lines.size.height - 1))

    def key_backspace(self) -> None:
        """Takes the last character away."""
        self._text = self._text[:-1]
        self._show()
