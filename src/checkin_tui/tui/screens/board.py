"""A view without the box: lines or figures to choose among, and what is behind them.

Whatever is typed or scanned here is for somebody at the door: it goes to the box of the roster, which comes into view.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.types import CSSPathType

from checkin_tui.tui.screens.desk import DeskScreen

if TYPE_CHECKING:
    from collections.abc import Hashable


class BoardScreen(DeskScreen):
    """↑ ↓ choose, Enter opens what is behind, → has the actions, Esc goes back to the roster."""

    AUTO_FOCUS: ClassVar[str | None] = None
    CSS_PATH: ClassVar[CSSPathType | None] = "board.tcss"
    DEFAULT_CLASSES = "board"

    def make_parts(self) -> None:
        """Hands for choosing; then what the view shows."""
        from checkin_tui.tui.desk.board_hands import BoardHands

        self.hands = BoardHands(self)
        self.make_board()

    def make_board(self) -> None:
        """Mount what the view shows into its place."""
        raise NotImplementedError

    def step(self, by: int) -> None:
        """So many lines down."""
        raise NotImplementedError

    def go_to_end(self, *, last: bool) -> None:
        """To the first line that can be chosen, or to the last."""
        raise NotImplementedError

    def open_chosen(self) -> None:
        """Enter: open what the highlighted line stands for, or say what Enter would do."""
        raise NotImplementedError

    @property
    def chosen(self) -> Hashable | None:
        """What is highlighted."""
        return None

    def unchoose(self) -> None:
        """Nothing is highlighted any more."""

    def feed(self, text: str) -> None:
        """A scan into a dialog: for the roster, with the Enter that ends it, once the dialog is gone from here.

        A letter or a space that no dialog had a use for is nobody at the door.
        """
        if "\n" in text and text.strip():
            self.call_later(self.to_roster, text)

    def to_roster(self, text: str = "") -> None:
        """Show the roster, and type this there."""
        from checkin_tui.tui.commands import View

        self.desk_app.show(View.ROSTER).box.feed(text)

    def on_paste(self, event: events.Paste) -> None:
        """Pasted here: for the box of the roster."""
        event.stop()
        self.to_roster(next((line for line in event.text.splitlines() if line.strip()), ""))
