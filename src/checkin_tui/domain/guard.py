"""What keeps a second Enter, or a scanner's CR LF, from marking a stranger."""

from __future__ import annotations

from checkin_tui.domain.clock import Millis

GUARD: Millis = 500


class EnterGuard:
    """Swallows Enter, LF and Tab on the empty box for half a second after a submitted text, or until an arrow.

    So a second Enter, or a scanner's CR LF, never marks a stranger. Times are milliseconds of any steady clock.
    """

    __slots__ = ("_submitted",)

    def __init__(self) -> None:
        self._submitted: Millis | None = None

    def submitted(self, now: Millis) -> None:
        """A text left the box at `now`."""
        self._submitted = now

    def arrow(self) -> None:
        """An arrow was pressed: whoever presses Enter now means it."""
        self._submitted = None

    def ignores(self, now: Millis) -> bool:
        """Whether Enter, LF or Tab on the empty box at `now` belongs to the text just submitted."""
        return self._submitted is not None and now - self._submitted < GUARD
