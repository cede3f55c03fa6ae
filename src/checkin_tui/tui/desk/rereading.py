"""What a view without the box shows, read again whenever something changed."""

from __future__ import annotations

from asyncio import Event
from typing import TYPE_CHECKING, ClassVar

from checkin_tui.domain.errors import CheckInError
from checkin_tui.words import sentence

if TYPE_CHECKING:
    from checkin_tui.domain.views import CampaignView, OwedView
    from checkin_tui.tui.screens.board import BoardScreen
    from checkin_tui.tui.screens.chase import ChaseScreen
    from checkin_tui.tui.screens.program import ProgramScreen


class Rereading:
    """Read at once while the view is on the screen, else when it comes back; never twice at a time.

    What could not be read stays stale: the next change, or coming back to the view, tries again.
    """

    GROUP: ClassVar[str]
    """Of the workers that read."""

    def __init__(self, screen: BoardScreen) -> None:
        self.screen = screen
        self.stale = False  # something changed since what is shown was asked for
        self._reading = False

    async def read(self) -> None:
        """Ask, keep the answer and draw it. Raises CheckInError."""
        raise NotImplementedError

    def refused(self, error: CheckInError) -> None:
        """It could not be read. Who makes it stale again here has something else to ask, and asks at once."""
        self.screen.tell(error)

    def read_again(self) -> None:
        """Something changed."""
        self.stale = True
        if self.screen.in_view and not self._reading:
            self._reading = True
            self.screen.run_worker(self._read_on(), group=self.GROUP)

    def resume(self) -> None:
        """The view is on the screen again."""
        if self.stale and self.screen.register is not None:
            self.read_again()

    async def _read_on(self) -> None:
        """As long as something changes meanwhile, once more."""
        try:
            while self.stale and self.screen.in_view and self.screen.register is not None:
                self.stale = False
                try:
                    await self.read()
                except CheckInError as error:
                    self.refused(error)
                    if not self.stale:
                        self.stale = True
                        return
        finally:
            self._reading = False


class ListRereading(Rereading):
    """The same for a list of lines."""

    screen: ChaseScreen | ProgramScreen
    view: OwedView | CampaignView | None

    def __init__(self, screen: ChaseScreen | ProgramScreen) -> None:
        super().__init__(screen)
        self.view = None
        self.listed = Event()  # set while the list is of what was asked for, or it is certain that there is none

    def draw(self) -> None:
        """What is known, as it may be shown."""
        raise NotImplementedError

    def turned(self) -> None:
        """The desk was read (again): another day, other people or terms, names hidden or shown."""
        self.draw()
        self.read_again()

    def show(self) -> None:
        """What was asked for is there."""
        self.draw()
        self.listed.set()

    def refused(self, error: CheckInError) -> None:
        """Where there is no list from before, the empty one says why."""
        super().refused(error)
        if self.view is None:
            self.screen.rows.show((), empty=sentence(error.code, error.values))
        self.listed.set()
