"""The rows of a program's terms, with the dates that come of them always in view."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.types import CSSPathType
from textual.widgets import Input, Static

from checkin_tui import words
from checkin_tui.domain.calendar import format_weekdays, parse_hours, parse_weekdays, working_days
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.rates import Target
from checkin_tui.i18n import _, ngettext
from checkin_tui.tui.safe import content
from checkin_tui.tui.screens.dialog import T
from checkin_tui.tui.screens.form import Choice, Field, FormDialog, Row

V = TypeVar("V")

DAYS_SHOWN = 4
GRACE_LIMIT = 600
NOTE_LIMIT = 100_000


def whole_number(limit: int) -> Callable[[str], int]:
    """Reads a whole number from 0 to `limit`. What it reads raises ValueError `bad_number`, with the limit."""

    def read(text: str) -> int:
        if not text.isdecimal() or int(text) > limit:
            raise ValueError("bad_number", limit)
        return int(text)

    return read


class TermsForm(FormDialog[T], Generic[T]):
    """A form about a program. What it has no row for (zone, holidays, extra days) is that of `base`."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["dialog.tcss", "terms.tcss"]

    def __init__(self, heading: str) -> None:
        super().__init__(heading)
        self._unread: dict[str, str] = {}  # why, of the fields that could not be read
        self._left: set[str] = set()  # of those, the ones that were told of when they were left

    @property
    @abstractmethod
    def base(self) -> ProgramTerms:
        """What the rows begin with."""

    def compose_body(self) -> ComposeResult:
        """The terms."""
        old = self.base
        yield Row(_("Name"), Field("name", old.name, placeholder=_("Learning weeks"), first=True))
        yield Row(_("First day"), Field("first", old.first_day.isoformat()))
        yield Row(_("Last day"), Field("last", old.last_day.isoformat()))
        yield Row(_("Weekdays"), Field("weekdays", format_weekdays(old.weekdays)))
        yield Row(_("Hours"), Field("hours", words.hours_text(old.starts, old.ends)))
        yield Row(_("Minutes of grace"), Field("grace", str(old.grace)))
        yield Row(_("Target, per cent"), Field("target", str(old.target)), beside=_(">98 or >=98"))
        yield Row(_("Shortest note"), Field("note", str(old.minimum_note), placeholder=_("characters")))
        kinds = (("yes", _("counts as expected")), ("no", _("is left out")))
        yield Row(_("Leave"), Choice("leave", kinds, "yes" if old.leave_counts else "no"))

    def compose_foot(self) -> ComposeResult:
        """The dates that come of it."""
        yield Static(id="preview")

    def opened(self) -> None:
        """The dates of what it begins with."""
        self.show_dates()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.show_dates()
        name = event.input.id
        if name in self._left and name not in self._unread:
            self._left.remove(name)
            self.row(name).remark("")

    @on(events.DescendantBlur)
    def _tell_cause(self, event: events.DescendantBlur) -> None:
        """Why the field that was left cannot be read; any other complaint stays."""
        name = event.widget.id
        if name is not None and isinstance(event.widget, Field) and self.is_current:
            self.terms(complain=False)
            if name in self._unread:
                self._left.add(name)
                self.row(name).remark(self._unread[name], trouble=True)

    def show_dates(self) -> None:
        """Say which dates come of the fields as they stand."""
        text, good = self._dates()
        place = self.query_one("#preview", Static)
        place.update(content(text))
        place.set_class(not good, "unread")

    def _dates(self) -> tuple[str, bool]:
        """`9 sessions: Mon 18 May … Thu 28 May`, or why there are none; and whether there are any."""
        terms = self.terms(complain=False)
        if terms is None:
            return _("No dates yet. Cannot be read: {fields}").format(
                fields=", ".join(self.row(name).label for name in self._unread)
            ), False
        try:
            return dates_text(terms), bool(working_days(terms))
        except ValueError as error:
            return words.sentence(str(error.args[0]), {}), False

    def checked_terms(self) -> ProgramTerms | None:
        """The terms, once every field can be read and there is a day to meet; else None, after complaining."""
        if not self.field("name").text:
            self.complain("name", words.sentence("name_needed", {}))
        terms = self.terms(complain=True)
        if terms is None or self.query(".remark.trouble"):
            return None
        try:
            if working_days(terms):
                return terms
            self.complain("weekdays", words.sentence("no_days", {}))
        except ValueError as error:
            self.complain("last", words.sentence(str(error.args[0]), {}))
        return None

    def terms(self, *, complain: bool) -> ProgramTerms | None:
        """The fields read; None where one cannot be, after complaining about each that cannot."""
        from checkin_tui.domain.dates import parse_day

        self._unread.clear()
        first = self.part("first", parse_day, complain)
        last = self.part("last", parse_day, complain)
        weekdays = self.part("weekdays", parse_weekdays, complain)
        hours = self.part("hours", parse_hours, complain)
        grace = self.part("grace", whole_number(GRACE_LIMIT), complain)
        target = self.part("target", Target.parse, complain)
        note = self.part("note", whole_number(NOTE_LIMIT), complain)
        if first is None or last is None or weekdays is None or hours is None:
            return None
        if grace is None or target is None or note is None:
            return None
        return replace(
            self.base,
            name=self.field("name").text,
            first_day=first,
            last_day=last,
            weekdays=weekdays,
            starts=hours[0],
            ends=hours[1],
            grace=grace,
            target=target,
            minimum_note=note,
            leave_counts=self.choice("leave").value == "yes",
        )

    def part(self, name: str, read: Callable[[str], V], complain: bool) -> V | None:
        """What `read` makes of that field; None where it cannot, after complaining if that is asked for."""
        text = self.field(name).text
        try:
            return read(text)
        except ValueError as error:
            code, limit = str(error.args[0]), (*error.args, None)[1]
            self._unread[name] = words.sentence(code, {"text": text, "limit": limit})
            if complain:
                self.complain(name, self._unread[name])
            return None


def dates_text(terms: ProgramTerms) -> str:
    """The number of sessions and the first and last of their days. Raises ValueError as `working_days` does."""
    days = working_days(terms)
    if not days:
        return words.sentence("no_days", {})
    shown = [words.day_text(day) for day in days]
    listed = ", ".join(shown) if len(shown) <= DAYS_SHOWN else f"{shown[0]}, {shown[1]} … {shown[-1]}"
    return ngettext("{count} session: {days}", "{count} sessions: {days}", len(days)).format(
        count=len(days), days=listed
    )
