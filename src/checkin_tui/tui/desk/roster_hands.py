"""The hands on the box of the roster, where the roll may be called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkin_tui.tui.desk.hands import Hands

if TYPE_CHECKING:
    from checkin_tui.tui.screens.roster import RosterScreen


class RosterHands(Hands):
    """On the empty box Enter, Space, the arrows and Esc are those of the roll-call while there is one."""

    screen: RosterScreen

    def row_from(self, row: int, step: int) -> int | None:
        """In a roll-call only along the unmarked."""
        if self.screen.roll_call.active and not self.screen.box.value:
            return self.screen.roll_call.next_row(row, 1 if step > 0 else -1)
        return super().row_from(row, step)

    def escaped(self, has_text: bool) -> bool:
        """First the highlight, then the text, then the roll-call."""
        if super().escaped(has_text):
            return True
        if has_text or not self.screen.roll_call.active:
            return False
        self.screen.roll_call.leave()
        return True

    def spaced(self) -> bool:
        """Space on the empty box: absent, in a roll-call."""
        return self.screen.roll_call.absent()

    def entered_nothing(self) -> bool:
        """Enter on the empty box: present, in a roll-call."""
        roll_call = self.screen.roll_call
        if not roll_call.active:
            return super().entered_nothing()
        if self.arrowed and self.highlighted is not None:
            return roll_call.present()
        return roll_call.begin()
