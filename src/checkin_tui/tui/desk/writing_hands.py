"""The hands on the box of the writing desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkin_tui.tui.desk.notebooks import NotebookHands, not_started
from checkin_tui.tui.desk.words import TROUBLE
from checkin_tui.tui.widgets.lines import BannerValue

if TYPE_CHECKING:
    from checkin_tui.tui.screens.writing import WritingScreen


class WritingHands(NotebookHands):
    """Enter on a person opens the note."""

    screen: WritingScreen

    def take(self, member_id: int, typed: str) -> bool:
        """Open the note, on whatever day notes can be taken."""
        register = self.screen.register
        if register is None:
            return False
        if register.session is None or register.session.opened is None:
            self.trouble(BannerValue(TROUBLE, "! " + not_started(register.situation(self.screen.now()))))
            return False
        self.screen.desk.open(member_id)
        return True
