"""A time of day: arrived at, left at, and from when an arrival is late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from textual.app import ComposeResult
from textual.widgets import Static

from checkin_tui import words
from checkin_tui.domain.calendar import instant, local, parse_clock
from checkin_tui.domain.clock import Millis
from checkin_tui.i18n import _
from checkin_tui.tui.safe import content
from checkin_tui.tui.screens.dialog import T
from checkin_tui.tui.screens.form import Field, FormDialog, Row

_ANY_DAY = date(2000, 1, 1)


class ClockDialog(FormDialog[T]):
    """A form of one time of day. ↑ makes it a minute later, ↓ earlier."""

    def __init__(self, heading: str, about: str, label: str, initial: str) -> None:
        super().__init__(heading)
        self._about, self._label, self._initial = about, label, initial

    def compose_body(self) -> ComposeResult:
        """Whose time it is, and the time."""
        yield Static(content(self._about), classes="quiet")
        yield Row(self._label, Field("time", self._initial, placeholder="14:30", select=True, first=True))

    def hint(self) -> str:
        """The keys, with the arrows."""
        return _("↑ later ↓ earlier · Enter to Save · Esc leave · A scan is text.")

    def action_step(self, by: int) -> None:
        """Up is a minute later, as with any number that is turned up; down is earlier."""
        try:
            now = parse_clock(self.field("time").value)
        except ValueError:
            return
        moved = datetime.combine(_ANY_DAY, now) + timedelta(minutes=-by)
        field = self.field("time")
        field.value = f"{moved:%H:%M}"
        field.select_all()  # else the selection would still be that of the old text

    def clock(self) -> time | None:
        """The time in the field; None after complaining about it."""
        text = self.field("time").text
        try:
            return parse_clock(text)
        except ValueError as error:
            self.complain("time", words.sentence(str(error.args[0]), {"text": text}))
            return None


class TimeEntry(ClockDialog[Millis]):
    """When somebody arrived or left on `day`. Ends with the instant; a time still to come is refused."""

    def __init__(
        self, heading: str, name: str, *, day: date, zone: str, clock: Callable[[], Millis], initial: str = ""
    ) -> None:
        about = _("{name} · {day}").format(name=name, day=words.day_text(day))
        super().__init__(heading, about, _("Time"), initial)
        self._day, self._zone, self._clock = day, zone, clock

    def read(self) -> Millis | None:
        """The instant, unless it is still to come."""
        at = self.clock()
        if at is None:
            return None
        moment = instant(self._day, at, self._zone)
        if moment > self._clock():
            self.complain("time", words.sentence("time", {"rule": "future", "at": moment}, zone=self._zone))
            return None
        return moment


class LateFrom(ClockDialog[time]):
    """From when an arrival at the open session is late; never before its start. Ends with the time of day."""

    def __init__(self, *, starts: Millis, late_from: Millis, zone: str) -> None:
        about = _(
            "The session starts at {time}. Arrivals from this time on are late; those already in are looked at again."
        )
        super().__init__(
            _("Late from"),
            about.format(time=words.clock_text(starts, zone)),
            _("Late from"),
            words.clock_text(late_from, zone),
        )
        self._starts, self._zone = starts, zone

    def read(self) -> time | None:
        """The time, unless it is before the start."""
        at = self.clock()
        if at is None:
            return None
        if at < local(self._starts, self._zone).time().replace(second=0, microsecond=0):
            self.complain("time", words.sentence("late_from_before_start", {"starts": self._starts}, zone=self._zone))
            return None
        return at
