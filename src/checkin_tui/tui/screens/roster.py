"""The check-in desk: the box, the last result, the counts, and the list of everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from checkin_tui.i18n import _
from checkin_tui.tui.commands import View
from checkin_tui.tui.screens.people_screen import PeopleScreen
from checkin_tui.tui.widgets.lines import BannerValue, CountsValue

if TYPE_CHECKING:
    from collections.abc import Callable

    from checkin_tui.tui.desk.roll_call import RollCall
    from checkin_tui.tui.desk.roster_hands import RosterHands
    from checkin_tui.tui.register import Register

LONG = ("mark.present", "mark.late", "mark.leave", "mark.absent", "mark.left")


class RosterScreen(PeopleScreen):
    """Enter is an arrival."""

    VIEW: ClassVar[View] = View.ROSTER

    hands: RosterHands
    roll_call: RollCall

    def make_parts(self) -> None:
        """The list, the hands on the box, and the roll-call."""
        from checkin_tui.tui.desk.roll_call import RollCall
        from checkin_tui.tui.desk.roster_hands import RosterHands
        from checkin_tui.tui.widgets.columns import Layout

        self.make_list(Layout.ROSTER)
        self.roll_call = RollCall(self)
        self.hands = RosterHands(self)

    def put_in_order(self, register: Register) -> None:
        """In a roll-call the branch that is called stays the only one."""
        super().put_in_order(register)
        self.roll_call.narrow(register)

    def dropped(self) -> None:
        """Nobody is called on another day."""
        if self.roll_call.active:
            self.roll_call.leave()
        super().dropped()

    def stepped_on(self) -> None:
        """The roll-call goes on."""
        self.roll_call.moved_on()

    def show_figures(self) -> None:
        """Counts and rate."""
        from checkin_tui.domain.sessions import SessionState

        register = self.register
        figures = None if register is None else register.participation()
        if register is None or figures is None or register.session is None:
            self.counts_line.show(None)
        else:
            closed = register.session.state is SessionState.CLOSED
            self.counts_line.show(CountsValue(register.model.counts, figures, closed))

    def own_commands(self) -> dict[str, Callable[[], object]]:
        """What only the roster does with its list."""
        return {
            "desk.roll_call": self.roll_call.choose,
            "desk.mark_shown": self.roll_call.mark_shown,
            "list.order": self.change_order,
        }

    def hints(self) -> tuple[tuple[str, str], ...]:
        """The keys worth knowing now."""
        if self.roll_call.active:
            return (
                ("Enter", _("present")),
                (_("Space"), _("absent")),
                ("↓", _("skip")),
                ("Esc", _("leave roll-call")),
            )
        return self.dispatch.hints(_("check in"), LONG)

    def change_order(self) -> None:
        """Sort again: those not here yet first, or by branch and name; the highlight follows the person."""
        from checkin_tui.tui.desk.words import INFO
        from checkin_tui.tui.model import Order

        register = self.register
        if register is None:
            return
        first = register.model.order is Order.SHEET
        self.sort(Order.UNMARKED_FIRST if first else Order.SHEET)
        text = _("Order: not here yet first, as of now.") if first else _("Order: by branch and name.")
        self.say(BannerValue(INFO, text))
