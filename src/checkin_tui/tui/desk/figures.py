"""What stands around the list: header, counts, the bar with what stands in the way, the bottom line."""

from __future__ import annotations

from asyncio import TimerHandle, get_running_loop
from typing import TYPE_CHECKING

from checkin_tui.tui import calm
from checkin_tui.tui.desk import words
from checkin_tui.tui.widgets.lines import BarValue, NoticeValue
from checkin_tui.words import clock_text

if TYPE_CHECKING:
    from textual.timer import Timer

    from checkin_tui.tui.screens.desk import DeskScreen

SLOW_SECONDS = 0.2
"""A write that takes longer is worth a word in the header; a quick one only costs a repaint."""


class Figures:
    """Shows, when something changed, and every minute."""

    def __init__(self, screen: DeskScreen) -> None:
        self.screen = screen
        self._minute: Timer | None = None
        self._slow: TimerHandle | None = None
        self._failed = False  # the bar says that something is not saved

    def tick(self) -> None:
        """The minute changed: the clock, and whether the day is still the one on screen."""
        calm.breathe()
        if self._minute is not None:
            self._minute.stop()
        self._minute = self.screen.set_timer(words.following_minute(self.screen.now()), self.tick)
        self.show_head()
        self.show_notice()
        self.screen.minute_passed()

    def current_notice(self) -> NoticeValue | None:
        """What stands in the way now."""
        screen = self.screen
        digit = 1 if screen.hands.offer in (None, screen.wrong.again) else 2
        if screen.outbox.failed:
            return words.not_saved_notice(len(screen.outbox.failed), digit)
        return self.day_notice(digit)

    def day_notice(self, digit: int) -> NoticeValue | None:
        """What the day itself puts in the way, with the first digit of its offers."""
        screen, register = self.screen, self.screen.register
        if register is None:
            return words.no_program_notice(digit) if screen.days.no_program else None
        if not screen.ABOUT_REGISTER:
            return None
        session = register.session
        correcting = session is not None and session.id in screen.marks.because
        return words.notice(register, screen.now(), correcting, digit, screen.VIEW)

    def show_notice(self) -> None:
        """The bar below the counts."""
        self.screen.notice.show(self.current_notice())

    def show(self, *, session_changed: bool = False) -> None:
        """Counts and rate; with another session also header and bar."""
        self.screen.show_figures()
        if session_changed:
            self.show_notice()
            self.show_head()
            self.show_hints()

    def show_saving(self) -> None:
        """The header says *saving* only of what takes longer than a blink, and NOT SAVED at once."""
        if bool(self.screen.outbox.failed) is not self._failed:
            self._failed = not self._failed
            self.show_notice()
        saving, failed = self.screen.desk_app.unsaved()
        if saving and not failed:
            if self._slow is None:
                self._slow = get_running_loop().call_later(SLOW_SECONDS, self._show_slow)
            return
        self.show_head()

    def _show_slow(self) -> None:
        self._slow = None
        if self.screen.is_running:
            self.show_head()

    def show_head(self) -> None:
        """Program, session, time, operator, and what the disk says."""
        register, none = self.screen.register, self.screen.days.no_program
        operator = self.screen.settings.operator if register is None else register.view.operator
        time = ""
        if register is not None or none:
            zone = self.screen.desk_app.zone if register is None else register.zone
            time = clock_text(self.screen.now(), zone)
        saving, failed = self.screen.desk_app.unsaved()
        self.screen.head.show(words.header_facts(register, time, operator, saving, failed, no_program=none))

    def show_hints(self) -> None:
        """The bottom line while no action bar is open."""
        if not self.screen.box.bar_is_open:
            self.screen.bar.show(BarValue(hints=self.screen.hints()))
