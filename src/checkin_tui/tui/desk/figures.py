"""What stands around the list: header, counts, the bar with what stands in the way, the bottom line."""

from __future__ import annotations

from asyncio import TimerHandle, get_running_loop
from typing import TYPE_CHECKING

from checkin_tui.domain.clock import MINUTE
from checkin_tui.domain.requests import MarkMany, MarkPerson, Redo, SeeNotebooks, TakeBack, Undo
from checkin_tui.i18n import _
from checkin_tui.tui import calm
from checkin_tui.tui.desk import words
from checkin_tui.tui.desk.unsaved import whose, whose_unsaved
from checkin_tui.tui.widgets.lines import BannerValue, BarValue, NoticeValue

if TYPE_CHECKING:
    from textual.timer import Timer

    from checkin_tui.tui.desk.bar import Offer
    from checkin_tui.tui.screens.desk import DeskScreen

SLOW_SECONDS = 0.2
"""A write that takes longer is worth a word in the header; a quick one only costs a repaint."""

ANSWERED = (MarkPerson, MarkMany, TakeBack, SeeNotebooks, Undo, Redo)
"""What the banner answers."""


class Figures:
    """Shows, when something changed, and every minute."""

    def __init__(self, screen: DeskScreen) -> None:
        self.screen = screen
        self._minute: Timer | None = None
        self._slow: TimerHandle | None = None
        self._told: tuple[object, ...] = ((), 0, 0)  # what the bar says is not saved, how many wait; the clock
        self._waiting: BannerValue | None = None  # says of what was pressed that it is not on the disk yet

    def tick(self) -> None:
        """The minute changed: the clock, and whether the day is still the one on screen."""
        calm.breathe()
        self.screen.hands.review()
        if self._minute is not None:
            self._minute.stop()
        self._minute = self.screen.set_timer(words.following_minute(self.screen.now()), self.tick)
        self.show_head()
        self.show_notice()
        self.screen.minute_passed()

    def current_notice(self) -> NoticeValue | None:
        """What stands in the way now."""
        screen = self.screen
        if screen.outbox.failed:
            return words.not_saved_notice(
                len(screen.outbox.failed),
                self._digit(screen.wrong.again),
                whose_unsaved(screen.outbox, screen.register, failed=True),
            )
        if screen.outbox.locked:
            return words.waiting_notice(len(screen.outbox.saving))
        of_day = screen.days.offers()
        found = self.day_notice(self._digit(of_day[0]) if of_day else 0)
        if found is None and screen.desk_app.laptop.no_backup is not None:
            return words.no_backup_notice(screen.desk_app.laptop.no_backup)
        return found or words.laptop_notice(screen.desk_app.laptop.clock_behind, screen.desk_app.laptop.network_kind)

    def _digit(self, offer: Offer) -> int:
        """The digit that takes this offer now; 0 without one."""
        labels = [one.label for one in self.screen.offers()]
        return labels.index(offer.label) + 1 if offer.label in labels else 0

    def day_notice(self, digit: int) -> NoticeValue | None:
        """What the day itself puts in the way; digit: of the first of its offers."""
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
        self.screen.hands.review()
        if session_changed:
            self.show_notice()
            self.show_head()
            self.show_hints()

    def show_saving(self) -> None:
        """The header says *saving* only of what takes longer than a blink, and NOT SAVED at once."""
        self.screen.wrong.review()
        self.screen.hands.review()
        self._look_at_waiting()
        outbox = self.screen.outbox
        behind = self.screen.desk_app.laptop.clock_behind // MINUTE
        told = tuple(outbox.failed), len(outbox.saving) if outbox.locked else 0, behind
        if told != self._told:
            self._told = told
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
            self._say_waiting()

    def _say_waiting(self) -> None:
        """The banner is about what was pressed last, also as long as the disk has not said yes to it."""
        pressed = [one for one in self.screen.outbox.asked_by(self.screen.VIEW) if isinstance(one, ANSWERED)]
        if pressed:
            value = words.waiting_banner(whose(pressed, self.screen.register))
            if value != self.screen.banner.shown:
                self.screen.say(value)
            self._waiting = self.screen.banner.shown

    def _look_at_waiting(self) -> None:
        """What came of it was told elsewhere: it waits no longer all the same."""
        if self._waiting is not None and not self.screen.outbox.asked_by(self.screen.VIEW):
            if self.screen.banner.shown is self._waiting:
                self.screen.say(BannerValue(words.INFO, _("Saved.")))
            self._waiting = None

    def show_head(self) -> None:
        """Program, session, time, operator, and what the disk says."""
        register, none = self.screen.register, self.screen.days.no_program
        operator = self.screen.settings.operator if register is None else register.view.operator
        time = ""
        if register is not None or none:
            zone = self.screen.desk_app.zone if register is None else register.zone
            time = words.clock_now(self.screen.now(), zone, self.screen.desk_app.laptop.clock_behind)
        saving, failed = self.screen.desk_app.unsaved()
        self.screen.head.show(words.header_facts(register, time, operator, saving, failed, no_program=none))

    def show_hints(self) -> None:
        """The bottom line while no action bar is open."""
        if not self.screen.box.bar_is_open:
            self.screen.bar.show(BarValue(hints=self.screen.hints()))
