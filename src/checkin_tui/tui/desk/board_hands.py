"""The hands in a view without the box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkin_tui.tui.desk.bar import Bar

if TYPE_CHECKING:
    from checkin_tui.tui.screens.board import BoardScreen


class BoardHands(Bar):
    """Implements the box's `Desk` for lines and figures."""

    screen: BoardScreen

    def typed(self, text: str) -> None:
        """Somebody types or scans a person: that is for the roster."""
        if text:
            self.screen.box.put("")
            self.screen.to_roster(text)

    def entered(self, text: str) -> bool:
        """Enter: what is behind the highlighted line."""
        self.screen.open_chosen()
        return True

    def stepped(self, step: int) -> None:
        """Another line."""
        self._promised = False
        self.screen.step(step)

    def went_to_end(self, *, last: bool) -> bool:
        """The first line, or the last."""
        self._promised = False
        self.screen.go_to_end(last=last)
        return True

    def escaped(self, has_text: bool) -> bool:
        """First the highlight, then the view."""
        if self.screen.chosen is not None:
            self.screen.unchoose()
        else:
            self.screen.to_roster()
        return True

    def spaced(self) -> bool:
        """Space means nothing here."""
        return False

    def chinese(self) -> None:
        """The roster says that."""
