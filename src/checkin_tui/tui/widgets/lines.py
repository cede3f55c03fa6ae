"""The lines around the list: header, counts, a bar with what stands in the way, the banner, the action bar.

Each takes a plain value and repaints only when it differs from the one before, so that an idle screen sends nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget

from checkin_tui.i18n import _, ngettext
from checkin_tui.tui.safe import brief, cells, content, fit

if TYPE_CHECKING:
    from checkin_tui.domain.rates import Participation
    from checkin_tui.domain.roster import Counts


class Line(Widget, can_focus=False):
    """One or more lines made from a value; the same value again changes nothing."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.shown: Any = None

    def show(self, value: Any) -> None:
        """Show this from now on."""
        if value != self.shown:
            self.shown = value
            self.refresh()

    def render(self) -> Content:
        """What is painted, for the width there is."""
        return Content("") if self.shown is None else self.draw(self.shown, self.size.width)

    def draw(self, value: Any, width: int) -> Content:
        """The value as content, at most `width` cells a line."""
        raise NotImplementedError


class HeaderFacts(NamedTuple):
    """What the header says. state: `saved`, `saving 3 …`, `NOT SAVED 2`, with its kind for the colour.

    short: the session without its kind, for where the program's name would get too short.
    """

    program: str
    session: str
    clock: str
    operator: str
    state: str
    state_kind: str = "saved"
    practice: bool = False
    topic: str = ""
    short: str = ""


LEAST_NAME = 5  # a name cut shorter says nothing
KNOWN_NAME = 12  # cells in which a program is still recognised
OPERATOR, SHORT_OPERATOR = 20, 8  # cells the operator's name may take
STATE_STYLES = {"saved": "$success", "saving": "$status-saving", "not-saved": "bold reverse $error"}


class DeskHeader(Line):
    """Program, session, time, operator, whether everything is saved, and PRACTICE for the sample."""

    def draw(self, value: HeaderFacts, width: int) -> Content:
        """The topic gives way first, then the kind of session, the operator, the program; never state and time."""
        self.set_class(value.practice, "-practice")
        practice = _("PRACTICE") if value.practice else ""
        states = [(value.state, STATE_STYLES[value.state_kind]), (value.clock, "bold")]
        short = value.short or value.session
        for session, operator, wanted in (
            (value.session, OPERATOR, KNOWN_NAME),
            (short, OPERATOR, KNOWN_NAME),
            (short, SHORT_OPERATOR, LEAST_NAME),
            (short, 0, 0),
        ):
            right = [(brief(value.operator, operator), ""), *states]
            parts = [(text, style) for text, style in right if text]
            taken = sum(cells(text) + 3 for text, _style in parts) + (cells(practice) + 3 if practice else 0)
            room = max(0, width - 2 - taken)
            if room - cells(session) - 3 >= min(wanted, cells(value.program)):
                break
        session = brief(session, room)
        program = brief(value.program, max(0, room - cells(session) - 3))
        topic = brief(value.topic, max(0, room - cells(session) - cells(program) - 6))
        parts_left = (
            program if program == value.program or cells(program) >= LEAST_NAME else "",
            session,
            topic if cells(topic) > LEAST_NAME else "",
        )
        left = " · ".join(text for text in parts_left if text)
        line = Content(" ") + content(left, "bold")
        if practice:
            line += Content("   ") + content(practice, "bold $practice")
        tail = Content(" · ").join(content(text, style) if style else content(text) for text, style in parts)
        gap = max(1, width - line.cell_length - tail.cell_length - 1)
        return line + Content(" " * gap) + tail


class CountsValue(NamedTuple):
    """Everybody, and the rate."""

    counts: Counts
    figures: Participation
    closed: bool


class CountsLine(Line):
    """The counts of everybody and the rate, always in view, whatever is filtered."""

    def draw(self, value: CountsValue, width: int) -> Content:
        """One line where it fits, two where not."""
        from checkin_tui.domain.attendance.events import Status  # not before the first paint
        from checkin_tui.words import letter, rate_text

        counts = value.counts
        waiting = _("not marked") if value.closed else _("not here yet")
        numbers: list[tuple[str, int, str, str]] = [
            (letter(Status.PRESENT), counts.present, _("present"), "$status-present"),
            (letter(Status.LATE), counts.late, _("late"), "$status-late"),
            (letter(Status.EXCUSED), counts.excused, _("on leave"), "$status-excused"),
            (letter(Status.ABSENT), counts.absent, _("absent"), "$status-absent"),
            (letter(None), counts.unmarked, waiting, "$status-unmarked"),
        ]
        if counts.guests:
            numbers.append(("+", counts.guests, ngettext("guest", "guests", counts.guests), "$text-muted"))
        some = [entry for entry in numbers if entry[1]] or numbers
        for entries, gap, pattern in (
            (numbers, "   ", "{sign} {number} {word}"),
            (numbers, "  ", "{sign} {number} {word}"),
            (numbers, "  ", "{number} {word}"),
            (some, "  ", "{number} {word}"),  # a letter says less than that somebody is not named
            (some, " ", "{number} {word}"),
            (numbers, "   ", "{sign} {number}"),
        ):
            texts = [
                (pattern.format(sign=sign, number=number, word=word), style) for sign, number, word, style in entries
            ]
            line = Content(" ") + Content(gap).join(Content.styled(text, style) for text, style in texts)
            if line.cell_length <= width:
                break
        beside = self.size.height < 2
        room = width - 2 - (line.cell_length + 3 if beside else 0)
        rate = content(brief(rate_text(value.figures), max(0, room)), "bold")
        if beside:
            return line + Content(" " * max(1, width - line.cell_length - rate.cell_length - 1)) + rate
        return line + Content("\n ") + rate


class NoticeValue(NamedTuple):
    """What stands in the way, with the offer that → 1 takes. kind: 'info', 'warning' or 'error'."""

    text: str
    kind: str = "info"


class Notice(Line):
    """A bar that stays as long as what it says is so; without anything to say it takes no line."""

    def show(self, value: NoticeValue | None) -> None:
        """Show the bar, or take it away."""
        if value != self.shown:
            self.display = value is not None
            for kind in ("info", "warning", "error"):
                self.set_class(value is not None and value.kind == kind, f"-{kind}")
        super().show(value)

    def draw(self, value: NoticeValue, width: int) -> Content:
        """One line."""
        return Content(" ") + content(brief(value.text, width - 2))


class BannerValue(NamedTuple):
    """The last result. kind: a status, 'trouble', 'not-saved' or 'info'; head is the large line, rest lines below."""

    kind: str
    head: str
    rest: tuple[str, ...] = ()


class Banner(Widget, can_focus=False):
    """The last result, kept until the next: colour, sign and words.

    It changes with every mark, so it is drawn line by line in styles looked up once: another class on the widget would
    match the whole style sheet again, which costs more than all the rest of a mark.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "banner--info",
        "banner--present",
        "banner--late",
        "banner--excused",
        "banner--absent",
        "banner--unmarked",
        "banner--trouble",
        "banner--not-saved",
    }

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.shown: BannerValue | None = None

    def show(self, value: BannerValue | None) -> None:
        """Show this result; None: nothing, as at first."""
        if value != self.shown:
            self.shown = value
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The head bold; below it what else is worth saying, cut to the width."""
        width, value = self.size.width, self.shown
        if value is None:
            return Strip.blank(width, self.rich_style)
        style = self.get_component_rich_style(f"banner--{value.kind}")
        lines = (value.head, *value.rest)
        text = "  " + brief(lines[y], width - 4) if y < len(lines) else ""
        return Strip([Segment(fit(text, width), style + BOLD if y == 0 else style)], width)


BOLD = Style(bold=True)


class BarItem(NamedTuple):
    """One entry of the action bar: the digit, the words, whether it was just typed."""

    digit: str
    label: str
    command: str


class BarValue(NamedTuple):
    """The open action bar (items), or, closed, the hints of the bottom line. chosen: the digit typed so far."""

    items: tuple[BarItem, ...] = ()
    hints: tuple[tuple[str, str], ...] = ()
    chosen: str = ""
    title: str = ""


Entry = tuple[str, str, bool]  # the digit or key, the words, whether it was just typed


class ActionBar(Line):
    """The bottom line: what the keys do, or the numbered actions after →."""

    def show(self, value: BarValue) -> None:
        """Another colour while it is open: set before it is drawn, or the end of the line keeps the one before.

        Where the entries do not fit one line they take two: a digit that is not seen is not pressed.
        """
        self.set_class(bool(value.items), "-open")
        row = [(item.digit, item.label, False) for item in value.items]
        self.set_class(bool(row) and self._line(row, " ").cell_length > self.app.size.width, "-two")
        super().show(value)

    def draw(self, value: BarValue, width: int) -> Content:
        """As many entries as fit; the last is always More."""
        if not value.items:
            return self._row([(key, label, False) for key, label in value.hints], width)
        row = [(item.digit, item.label, item.digit == value.chosen) for item in value.items]
        if not self.has_class("-two"):
            return self._row(row, width)
        half = (len(row) + 1) // 2
        return self._row(row[:half], width) + Content("\n") + self._row(row[half:], width)

    def _line(self, entries: Sequence[Entry], separator: str) -> Content:
        parts = [
            Content.styled(key, "bold $accent") + content(f" {label}", "reverse bold" if chosen else "")
            for key, label, chosen in entries
        ]
        return Content(" ") + Content(separator).join(parts)

    def _row(self, entries: Sequence[Entry], width: int) -> Content:
        """Closer together where it is narrow; then the last but one gives way."""
        shown = list(entries)
        while True:
            for separator in ("   ", "  ", " "):
                line = self._line(shown, separator)
                if line.cell_length <= width or (len(shown) < 2 and separator == " "):
                    return line
            del shown[-2]
