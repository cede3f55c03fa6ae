"""Everything that works behind a view, imported in one go after the first paint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkin_tui.tui.desk.days import Days
from checkin_tui.tui.desk.dispatch import Dispatch
from checkin_tui.tui.desk.exports import Exports
from checkin_tui.tui.desk.failures import Failures
from checkin_tui.tui.desk.figures import Figures
from checkin_tui.tui.desk.marks import Marks
from checkin_tui.tui.desk.notes import Notes
from checkin_tui.tui.desk.people import People
from checkin_tui.tui.desk.reading import Reading

if TYPE_CHECKING:
    from checkin_tui.tui.screens.desk import DeskScreen


def furnish(screen: DeskScreen) -> None:
    """Give the screen the parts that are the same in every view."""
    screen.marks, screen.wrong = Marks(screen), Failures(screen)
    screen.people, screen.exports = People(screen), Exports(screen)
    screen.days, screen.notes = Days(screen), Notes(screen)
    screen.reading, screen.figures = Reading(screen), Figures(screen)
    screen.make_parts()
    screen.dispatch = Dispatch(screen)  # of the commands of all the parts
