"""The closing page: one look at the register before it is closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.types import CSSPathType
from textual.widgets import Button, Static

from checkin_tui import words
from checkin_tui.domain.attendance.events import Reason, Status
from checkin_tui.domain.rates import Participation
from checkin_tui.domain.roster import Counts
from checkin_tui.i18n import _, ngettext
from checkin_tui.tui.safe import content
from checkin_tui.tui.screens.dialog import DialogButton
from checkin_tui.tui.screens.typed import TypedDialog, TypedText

Closing = Literal["close", "close_absent"]


@dataclass(frozen=True, slots=True)
class ClosingFacts:
    """What the page says. not_marked: by branch. owing: the names of those who owe a note for this session."""

    day: date
    counts: Counts
    figures: Participation
    leave_counts: bool
    on_leave: Sequence[tuple[str, Reason | None]]
    not_marked: Sequence[tuple[str, Sequence[str]]]
    owing: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading with its number, and paragraphs of names beneath. style: the class of the paragraphs."""

    word: str
    number: int
    paragraphs: tuple[str, ...]
    style: str | None = None

    def shown(self) -> Iterator[Static]:
        yield Static(content(f"{self.word.capitalize()}: {self.number}"), classes="section")
        for paragraph in self.paragraphs:
            yield Static(content(paragraph), classes=self.style)


class ClosingPage(TypedDialog[Closing]):
    """Ends with 'close', or with 'close_absent' after the number of those not here was typed."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["dialog.tcss", "closing.tcss"]
    CAREFUL = True

    def __init__(self, facts: ClosingFacts) -> None:
        super().__init__(_("Close {day}").format(day=words.day_text(facts.day)))
        self._facts = facts

    def compose_body(self) -> ComposeResult:
        """Counts, the rate, and the names behind them."""
        facts = self._facts
        yield Static(content(_counts_line(facts.counts)))
        yield Static(content(f"{words.rate_text(facts.figures)} ({words.leave_text(facts.leave_counts)})"))
        number = len(facts.owing)
        owing = ngettext("{number} owes a note", "{number} owe a note", number).format(number=number)
        yield Static(content(owing if number else _("nobody owes a note")))
        for section in sorted(self._sections(), key=lambda section: section.number):
            yield from section.shown()

    def _sections(self) -> Iterator[_Section]:
        """The names behind the counts; the page has the short lists first, so that a long one hides none."""
        facts = self._facts
        if facts.on_leave:
            names = ", ".join(_with_reason(name, reason) for name, reason in facts.on_leave)
            yield _Section(words.status_word(Status.EXCUSED), len(facts.on_leave), (names,))
        if facts.not_marked:
            branches = tuple(f"{words.branch_word(branch)}: {', '.join(names)}" for branch, names in facts.not_marked)
            yield _Section(words.status_word(None, closed=True), facts.counts.unmarked, branches, "branch")
        if facts.owing:
            yield _Section(_("owe a note"), len(facts.owing), (", ".join(facts.owing),))

    def compose_foot(self) -> ComposeResult:
        """The question about those who are not here."""
        number = self._facts.counts.unmarked
        if number:
            question = ngettext(
                "Mark the one person not here yet as absent? Type {number} and Enter:",
                "Mark the {number} not here yet as absent? Type {number} and Enter:",
                number,
            ).format(number=number)
            yield TypedText(question, first=True)
            yield Static(id="trouble", classes="trouble")

    def compose_buttons(self) -> ComposeResult:
        """Close without making anybody absent, or not at all."""
        unmarked = self._facts.counts.unmarked
        close = DialogButton(_("Close, leave them not marked") if unmarked else _("Close"), "close", main=True)
        close.set_class(not unmarked, "first")
        yield close
        yield DialogButton(_("Cancel"), "cancel")

    def hint(self) -> str:
        """The keys."""
        keys = _("↑ ↓ scroll · Tab buttons · Esc leave · One undo takes all back.")
        return keys + " " + _("A scan is text here.") if self._facts.counts.unmarked else keys

    def on_typed(self, typed: str) -> None:
        """A new try."""
        self.query_one("#trouble", Static).update("")

    def answer(self, typed: str) -> None:
        """Exactly the number, or nothing happens."""
        number = self._facts.counts.unmarked
        if typed == str(number):
            self.finish("close_absent")
        elif typed:
            self.retype("")
            text = _("✗ {typed} is not {number}. Nothing changed.").format(typed=typed, number=number)
            self.query_one("#trouble", Static).update(content(text))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Close or not."""
        event.stop()
        self.finish("close" if event.button.id == "close" else None)


def _counts_line(counts: Counts) -> str:
    parts = [
        _("{number} expected").format(number=counts.expected),
        _("{number} here").format(number=counts.attended),
        _("{number} of them late").format(number=counts.late),
        _("{number} on leave").format(number=counts.excused),
        _("{number} absent").format(number=counts.absent),
        _("{number} not marked").format(number=counts.unmarked),
    ]
    if counts.guests:
        parts.append(ngettext("{number} guest", "{number} guests", counts.guests).format(number=counts.guests))
    return " · ".join(parts)


def _with_reason(name: str, reason: Reason | None) -> str:
    return f"{name} ({words.reason_word(reason)})" if reason else name
