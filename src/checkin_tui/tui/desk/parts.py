"""Everything that works behind the desk, imported in one go after the first paint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkin_tui.tui.register import Outbox
from checkin_tui.tui.screens.roster_commands import Table
from checkin_tui.tui.screens.roster_days import Days
from checkin_tui.tui.screens.roster_enter import Hands
from checkin_tui.tui.screens.roster_failures import Failures
from checkin_tui.tui.screens.roster_figures import Figures
from checkin_tui.tui.screens.roster_marks import Marks
from checkin_tui.tui.screens.roster_people import People
from checkin_tui.tui.screens.roster_reading import Reading
from checkin_tui.tui.screens.roster_rollcall import RollCall
from checkin_tui.tui.widgets.roster_list import RosterList

if TYPE_CHECKING:
    from checkin_tui.tui.screens.roster import RosterScreen


def furnish(screen: RosterScreen) -> None:
    """Give the screen its parts."""
    screen.outbox = Outbox()
    screen.list = RosterList(id="list")
    screen.hands = Hands(screen)
    screen.marks, screen.wrong = Marks(screen), Failures(screen)
    screen.roll_call = RollCall(screen)
    screen.people = People(screen)
    screen.days = Days(screen)
    screen.reading, screen.figures = Reading(screen), Figures(screen)
    screen.table = Table(screen)
