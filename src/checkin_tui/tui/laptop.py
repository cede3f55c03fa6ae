"""What may be wrong with the laptop itself: its clock, the disk the file lies on, and whether a backup can be made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from checkin_tui.domain.clock import Millis
from checkin_tui.domain.health import clock_behind

if TYPE_CHECKING:
    from checkin_tui.domain.clock import HybridTime
    from checkin_tui.domain.errors import CheckInError
    from checkin_tui.tui.app import CheckInApp


class Laptop:
    """What the window knows of it. What takes long is done on threads of its own."""

    def __init__(
        self,
        clock: Callable[[], Millis],
        network: Callable[[], str | None] | None,
        back_up_today: Callable[[], None] | None,
    ) -> None:
        """network: the kind of network file system the database lies on. back_up_today: unless there is one already."""
        self._clock, self._network, self._back_up_today = clock, network, back_up_today
        self._newest: Millis | None = None
        self._backed_up = date.min
        self.network_kind = ""
        self.no_backup: CheckInError | None = None  # why there is none of today

    def look_at_disk(self, app: CheckInApp) -> None:
        """Find out what kind of disk it is."""
        app.gateway.aside(self._look_at_disk, lambda _error: app.notices_changed())

    def _look_at_disk(self) -> None:
        if self._network is not None:
            self.network_kind = self._network() or ""

    def keep_day(self, app: CheckInApp, day: date) -> None:
        """Have the day's backup made, once the register of that day is shown. Only a failure is told."""
        if self._back_up_today is not None and day != self._backed_up:
            self._backed_up = day

            def kept(error: CheckInError | None) -> None:
                self.no_backup = error
                app.notices_changed()

            app.gateway.aside(self._back_up_today, kept)

    def heard(self, recorded: HybridTime | None, *, anew: bool = False) -> None:
        """Something in the file was recorded then; anew: nothing later was."""
        if recorded is not None and (anew or self._newest is None or recorded.wall > self._newest):
            self._newest = recorded.wall

    @property
    def clock_behind(self) -> Millis:
        """By how much the clock is behind what is in the file; 0 while it may be right."""
        return clock_behind(self._newest, self._clock())
