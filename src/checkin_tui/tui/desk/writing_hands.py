"""The hands on the box of the writing desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkin_tui.tui.desk.notebooks import NotebookHands

if TYPE_CHECKING:
    from checkin_tui.tui.screens.writing import WritingScreen


class WritingHands(NotebookHands):
    """Enter on a person opens the note, on whatever day notes can be taken."""

    screen: WritingScreen

    def take_note(self, member_id: int) -> None:
        """Open it."""
        self.screen.desk.open(member_id)
