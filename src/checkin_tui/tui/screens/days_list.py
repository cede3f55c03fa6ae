"""The dates of the program in a list, where days are left out and others added."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import Button, Static

from checkin_tui import words
from checkin_tui.domain.dates import parse_day
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.program_days import DayKind, ProgramDay, program_days, toggled, with_calendar
from checkin_tui.i18n import _
from checkin_tui.interchange.holidays import PublicDays
from checkin_tui.tui.safe import brief, content
from checkin_tui.tui.screens.dialog import DialogButton, Part
from checkin_tui.tui.screens.found_lines import FoundLines, top_of
from checkin_tui.tui.screens.terms import dates_text
from checkin_tui.tui.widgets.lines import Line

China = Callable[[date, date, frozenset[int]], PublicDays]

_SHORT_DAY = re.compile(r"(?P<month>\d\d?)[-/.](?P<day>\d\d?)")
_OTHER_LINES = 10
"""Lines of the dialog that are not the list."""


class DaysOff(NamedTuple):
    """The days left out and those added."""

    holidays: frozenset[date]
    extra_days: frozenset[date]


class DayLines(Part, Line, can_focus=True):
    """The dates, one a line, with a window around the highlighted one."""

    def draw(self, value: tuple[tuple[ProgramDay, ...], int], width: int) -> Content:
        """`> (x) Mon 18 May 2026  extra day`."""
        days, at = value
        height = max(1, self.size.height)
        top = top_of(at, len(days), height)
        lines = []
        for number, one in enumerate(days[top : top + height], top):
            sign, cross = (">" if number == at else " "), ("x" if one.held else " ")
            text = f"{sign} ({cross}) {words.day_text(one.day, year=True)}"
            why = _why(one.kind)
            line = content(brief(f"{text}  {why}" if why else text, width), "" if one.held else "dim")
            lines.append(line.stylize("reverse") if number == at and self.has_focus else line)
        return Content("\n").join(lines)


class DaysList(FoundLines[DaysOff]):
    """Every date of the program: Space toggles the highlighted one, a typed date is gone to.

    A date outside the program that is typed becomes an extra day. What is typed and is no date, and every code, is for
    the box. china: the public calendar of the days from, to, and the weekdays.
    """

    CSS_PATH: ClassVar[CSSPathType | None] = ["dialog.tcss", "days_list.tcss"]

    def __init__(self, terms: ProgramTerms, *, china: China, is_code: Callable[[str], bool]) -> None:
        """Raises ValueError `dates`, `dates_long` for terms without a first and last day that make sense."""
        super().__init__(_("Days off and extra days"), DayLines())
        self._terms, self._china, self._is_code = terms, china, is_code
        self._days = tuple(program_days(terms))

    def compose_body(self) -> ComposeResult:
        """The dates."""
        yield self._lines

    def compose_foot(self) -> ComposeResult:
        """What is being typed, how many dates there are, and what was just done."""
        yield self._line
        yield Static(id="count")
        yield Static(id="said", classes="quiet")

    def compose_buttons(self) -> ComposeResult:
        """Done, China's calendar, or as it was."""
        yield DialogButton(_("Done"), "done", main=True)
        yield DialogButton(_("China's calendar"), "china")
        yield DialogButton(_("Cancel"), "cancel")

    def hint(self) -> str:
        """The keys."""
        return _("Space on or off · Type a date · → Enter: China's calendar · Esc leave")

    def opened(self) -> None:
        """All is there at first."""
        self._show()

    def on_resize(self) -> None:
        """The list gets what is left."""
        self._lines.styles.height = max(1, min(len(self._days), self.app.size.height - _OTHER_LINES))

    def _show(self) -> None:
        self._at = max(0, min(self._at, len(self._days) - 1))
        self._lines.show((self._days, self._at))
        self._line.show(self._text)
        self.query_one("#count", Static).update(content(dates_text(self._terms)))

    def _say(self, text: str) -> None:
        self.query_one("#said", Static).update(content(text))

    def _set(self, terms: ProgramTerms, at: date) -> None:
        self._terms, self._days = terms, tuple(program_days(terms))
        self._go_to(at)

    def _go_to(self, day: date) -> None:
        """Highlight that date, or what follows it where it is not in the list any more."""
        self._at = sum(1 for one in self._days if one.day < day)
        self._show()

    def take_character(self, character: str, fresh: bool) -> bool:
        """Space toggles; anything else, and a space within it, is the beginning of a date or of a scan."""
        if self.focused is not self._lines:
            return super().take_character(character, fresh)
        if character == " " and fresh and not self._text:
            self._spoke = None  # two in a row are two days
            day = self._days[self._at].day
            self._say("")
            self._set(toggled(self._terms, day), day)
            return True
        self._text += character
        self._show()
        return True

    def take_end(self, key: str, fresh: bool) -> bool:
        """Enter goes to the date that was typed. What is none is a scan. Without a text a fresh Enter goes on."""
        if self.focused is not self._lines:
            return super().take_end(key, fresh)
        if self._text:
            typed, self._text = self._text, ""
            day = self._date(typed) if key == "enter" else None
            if day is None:
                self.backlog.extend([*typed, "\n"])
                self._say(_("{code} is no date: it waits and goes to the box afterwards.").format(code=typed))
                self._show()
            else:
                self._jump(day)
            return True
        if key == "enter" and fresh:
            self.set_focus(self.query_one("#done"))
            return True
        return key != "tab" or not fresh

    def _date(self, typed: str) -> date | None:
        """A date as people write it, or its month and day where just one date of the list has them."""
        if self._is_code(typed):
            return None
        short = _SHORT_DAY.fullmatch(typed.strip())
        try:
            if short is None:
                return parse_day(typed)
        except ValueError:
            return None
        same = [
            one.day for one in self._days if (one.day.month, one.day.day) == (int(short["month"]), int(short["day"]))
        ]
        return same[0] if len(same) == 1 else None

    def _jump(self, day: date) -> None:
        if any(one.day == day for one in self._days):
            self._say("")
            self._go_to(day)
        else:
            self._say(_("{day} is outside the program: an extra day now.").format(day=words.day_text(day, year=True)))
            self._set(toggled(self._terms, day), day)

    def action_step(self, by: int) -> None:
        """Up and down: to the list, then along it."""
        if self.focused is self._lines:
            super().action_step(by)
        else:
            self.set_focus(self._lines)

    def action_walk(self, by: int) -> None:
        """Right of the list is China's calendar."""
        if self.focused is self._lines and by > 0:
            self.set_focus(self.query_one("#china"))
        else:
            super().action_walk(by)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """One of the three."""
        event.stop()
        if event.button.id == "china":
            self._add_china()
        else:
            done = event.button.id == "done"
            self.finish(DaysOff(self._terms.holidays, self._terms.extra_days) if done else None)

    def _add_china(self) -> None:
        old = self._terms
        found = self._china(old.first_day, old.last_day, old.weekdays)
        new = with_calendar(old, found.holidays, found.extra_days)
        self._set(new, self._days[self._at].day)
        off, extra = len(new.holidays - old.holidays), len(new.extra_days - old.extra_days)
        text = _("China's calendar: days off {off}, make-up days {extra}.").format(off=off, extra=extra)
        if found.years_unknown:
            years = ", ".join(map(str, found.years_unknown))
            text += " " + _("Not known yet: {years}.").format(years=years)
        self._say(text)
        self.set_focus(self._lines)


def _why(kind: DayKind) -> str:
    """Why the date is what it is; nothing where that needs no words."""
    return {
        DayKind.REGULAR: "",
        DayKind.EXTRA: _("extra day"),
        DayKind.HOLIDAY: _("day off"),
        DayKind.OFF: _("no weekday of the program"),
    }[kind]
