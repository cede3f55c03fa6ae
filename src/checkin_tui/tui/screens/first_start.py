"""The first start: a program made on one page, with its dates in view, or the sample."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import ClassVar, Literal, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.types import CSSPathType
from textual.widgets import Button, Input, Static

from checkin_tui import words
from checkin_tui.domain.calendar import format_weekdays, parse_hours, parse_weekdays, working_days
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.rates import Target
from checkin_tui.i18n import _, ngettext
from checkin_tui.tui.safe import content
from checkin_tui.tui.screens.dialog import DialogButton
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


class FirstStart(FormDialog[ProgramTerms | Literal["sample"]]):
    """Ends with the terms of a new program, or 'sample'."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["dialog.tcss", "first_start.tcss"]

    def __init__(self, *, today: date, zone: str) -> None:
        super().__init__(_("Welcome. Make your program, or look at the sample."))
        self._today, self._zone = today, zone
        defaults = ProgramTerms(name="", first_day=today, last_day=today + timedelta(days=11))
        self._defaults = defaults
        self._unread: list[str] = []  # the labels of the fields that could not be read

    def compose_body(self) -> ComposeResult:
        """The terms, with the defaults of the command line."""
        old = self._defaults
        yield Row(_("Name"), Field("name", placeholder=_("Learning weeks"), first=True))
        yield Row(_("First day"), Field("first", old.first_day.isoformat()))
        yield Row(_("Last day"), Field("last", old.last_day.isoformat()))
        yield Row(_("Weekdays"), Field("weekdays", format_weekdays(old.weekdays)))
        yield Row(_("Hours"), Field("hours", words.hours_text(old.starts, old.ends)))
        yield Row(_("Minutes of grace"), Field("grace", str(old.grace)))
        yield Row(_("Target, per cent"), Field("target", str(old.target)))
        yield Row(_("Shortest note"), Field("note", str(old.minimum_note), placeholder=_("characters")))
        kinds = (("yes", _("counted")), ("no", _("not counted")))
        yield Row(_("On leave"), Choice("leave", kinds, "yes"))

    def compose_foot(self) -> ComposeResult:
        """The dates that come of it."""
        yield Static(id="preview")

    def compose_buttons(self) -> ComposeResult:
        """Create, the sample, or not now."""
        yield DialogButton(_("Create"), self.SAVE, main=True)
        yield DialogButton(_("Open the sample"), "sample")
        yield DialogButton(_("Not now"), "cancel")

    def hint(self) -> str:
        """The keys."""
        return _("Enter next field · ↑ ↓ fields · ← → buttons · Esc leave")

    def opened(self) -> None:
        """The dates of the defaults."""
        self._preview()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._preview()

    def _preview(self) -> None:
        text, good = self._dates()
        place = self.query_one("#preview", Static)
        place.update(content(text))
        place.set_class(not good, "unread")

    def _dates(self) -> tuple[str, bool]:
        """`9 sessions: Mon 18 May … Thu 28 May`, or why there are none; and whether there are any."""
        terms = self._terms(complain=False)
        if terms is None:
            return _("No dates yet. Cannot be read: {fields}").format(fields=", ".join(self._unread)), False
        try:
            return dates_text(terms), bool(working_days(terms))
        except ValueError as error:
            return words.sentence(str(error.args[0]), {}), False

    def read(self) -> ProgramTerms | Literal["sample"] | None:
        """The terms, once every field can be read and there is a day to meet."""
        if not self.field("name").text:
            self.complain("name", words.sentence("name_needed", {}))
        terms = self._terms(complain=True)
        if terms is None or self.query(".remark.trouble"):
            return None
        try:
            if working_days(terms):
                return terms
            self.complain("weekdays", words.sentence("no_days", {}))
        except ValueError as error:
            self.complain("last", words.sentence(str(error.args[0]), {}))
        return None

    def _terms(self, *, complain: bool) -> ProgramTerms | None:
        """The fields read; None where one cannot be, after complaining about each that cannot."""
        from checkin_tui.domain.dates import parse_day

        self._unread.clear()
        first = self._part("first", parse_day, complain)
        last = self._part("last", parse_day, complain)
        weekdays = self._part("weekdays", parse_weekdays, complain)
        hours = self._part("hours", parse_hours, complain)
        grace = self._part("grace", whole_number(GRACE_LIMIT), complain)
        target = self._part("target", Target.parse, complain)
        note = self._part("note", whole_number(NOTE_LIMIT), complain)
        if first is None or last is None or weekdays is None or hours is None:
            return None
        if grace is None or target is None or note is None:
            return None
        return ProgramTerms(
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
            zone=self._zone,
        )

    def _part(self, name: str, read: Callable[[str], V], complain: bool) -> V | None:
        text = self.field(name).text
        try:
            return read(text)
        except ValueError as error:
            code, limit = str(error.args[0]), (*error.args, None)[1]
            self._unread.append(self.row(name).label)
            if complain:
                self.complain(name, words.sentence(code, {"text": text, "limit": limit}))
            return None

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The sample is the third way out."""
        if event.button.id == "sample":
            event.stop()
            event.prevent_default()
            self.finish("sample")


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
