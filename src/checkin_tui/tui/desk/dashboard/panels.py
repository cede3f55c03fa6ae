"""The panels about the session on the screen: how many are here, the rate, notes, leaders, branches."""

from __future__ import annotations

from typing import Any, NamedTuple

from checkin_tui.domain import rates
from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.board import Board, Figure, Group, sort_branches
from checkin_tui.domain.rates import Participation
from checkin_tui.domain.sessions import SessionState
from checkin_tui.i18n import _, ngettext
from checkin_tui.tui.desk.dashboard.facts import Facts, Who
from checkin_tui.tui.desk.dashboard.texts import figure_word, order_word
from checkin_tui.tui.safe import cells, fit
from checkin_tui.tui.widgets import drawing
from checkin_tui.tui.widgets.blocks import Block, Span, Spans, beside, grid, panel, plain_block, row
from checkin_tui.words import branch_word, leave_text, percent_text, rate_text, shortfall_text, sign

RATE = Who(Figure.EXPECTED, split=True)
COUNTS = (
    (Figure.EXPECTED, " ", "strong"),
    (Figure.PRESENT, sign(Status.PRESENT), "present"),
    (Figure.LATE, sign(Status.LATE), "late"),
    (Figure.EXCUSED, sign(Status.EXCUSED), "excused"),
    (Figure.UNMARKED, ".", "unmarked"),
    (Figure.ABSENT, sign(Status.ABSENT), "absent"),
    (Figure.GUESTS, "+", "text"),
    (Figure.LEFT, "<", "text"),
)
LEAST_CELL = 18
LEAST_BAR = 20
BIG_GAP = 3


def is_closed(live: Board) -> bool:
    """Whether nobody can be marked any more without a reason."""
    return live.session.state is SessionState.CLOSED


def rate_lines(width: int, live: Board) -> Block:
    """The rate in words, and as a bar; how leave is counted stands beside the one or the other, never cut short."""
    words = Span(f" {rate_text(live.participation)}", "strong", RATE)
    leave = Span(f"  {leave_text(live.session.leave_counts)}", "muted")
    if cells(words.text) + cells(leave.text) <= width:
        return plain_block(width, [(words, leave), bar(width, live)])
    return plain_block(width, [(words,), bar_and_leave(width, live)])


def bar_and_leave(width: int, live: Board) -> Spans:
    """The bar with how leave is counted beside it, where that leaves enough of the bar."""
    leave = Span(f" {leave_text(live.session.leave_counts)}", "muted")
    room = width - cells(leave.text) - 1
    return (*bar(room, live), Span(" "), leave) if room >= LEAST_BAR else bar(width, live)


def bar(width: int, live: Board) -> Spans:
    """Everybody as a bar with the line: who is here from the left, who will not come from the right."""
    counts, session = live.counts, live.session
    parts = [
        (counts.present, "#", "fill-present"),
        (counts.late, "=", "fill-late"),
        (counts.unmarked, ".", "rest"),
        (counts.excused if session.leave_counts else 0, "-", "fill-excused"),
        (counts.absent, "x", "fill-absent"),
    ]
    size = max(1, width - 2)
    return Span(" "), *drawing.stacked(parts, size, exact=2, tick=drawing.tick_at(session.target, size))


class Picture(NamedTuple):
    """A big number with what it says below."""

    lines: tuple[str, ...]
    kind: str
    label: str
    key: Who

    @property
    def width(self) -> int:
        """Cells, with the blank before it."""
        return max(len(self.lines[0]), cells(self.label)) + 1


def big_numbers(width: int, live: Board) -> Block | None:
    """For a projector: who is here of the expected, the rate, and who is not. None where they do not fit.

    How leave is counted stands below the rate; where there is no room, below the number before it or beside the bar.
    """
    shown = live.participation
    number = rates.percent_text(shown.rate, shown.target)
    if number is None:
        return None
    of = _("here of {count} expected").format(count=shown.expected)
    short, leave = shortfall_text(shown), leave_text(live.session.leave_counts)
    said, unsaid = bar(width, live), bar_and_leave(width, live)
    for below_first, below_rate, below in (
        (of, f"{short}, {leave}", said),
        (f"{of}, {leave}", short, said),
        (of, short, unsaid),
    ):
        pictures = [
            Picture(drawing.big(f"{shown.attended}/{shown.expected}"), "big", below_first, Who(Figure.ATTENDED)),
            Picture(drawing.big(f"{number}%"), _rate_colour(shown), below_rate, RATE),
            Picture(
                drawing.big(str(live.counts.unmarked)),
                "big",
                figure_word(Figure.UNMARKED, closed=is_closed(live)),
                Who(Figure.UNMARKED),
            ),
        ]
        spare = width - sum(picture.width for picture in pictures) - BIG_GAP * (len(pictures) - 1)
        if spare >= 0:
            blocks = [_big(picture, picture.width + spare // len(pictures)) for picture in pictures]
            keys = tuple(picture.key for picture in pictures)
            lines = (*beside(blocks, BIG_GAP).lines, below)
            return Block(width, tuple(row(width, line) for line in lines), (keys,))
    return None


def _rate_colour(shown: Participation) -> str:
    return "big-good" if shown.met else "big-late" if shown.reachable else "big-bad"


def _big(picture: Picture, width: int) -> Block:
    lines = [(Span(" "), *drawing.solid(line, picture.kind)) for line in picture.lines]
    return plain_block(width, [*lines, (Span(f" {picture.label}", "strong", picture.key),)])


def counts_block(width: int, live: Board) -> Block:
    """Everybody by what they are."""
    closed = is_closed(live)
    spans = []
    for figure, letter, kind in COUNTS:
        number = live.number(figure)
        word = figure_word(figure, closed=closed)
        if figure is Figure.GUESTS:
            word = ngettext("guest", "guests", number)
        text = f" {letter} {number} {word}"
        spans.append(Span(text, kind if number or figure is Figure.EXPECTED else "muted", Who(figure)))
    return plain_block(width, grid(width, spans, LEAST_CELL))


def notes_panel(width: int, live: Board) -> Block:
    """The notes of the session, and who owes one."""
    notes = live.notes
    if not notes.required:
        nothing = (Span(" " + _("Nobody who has to take notes is here yet."), "muted"),)
        return panel(width, _("NOTES"), [nothing, *_without_presence(live)])
    figures = [
        (Figure.COMPLETE, "✓", "present"),
        (Figure.OWING, "!", "absent"),
        (Figure.TOO_SHORT, "~", "late"),
        (Figure.MISSING, "✗", "absent"),
    ]
    spans = []
    for figure, letter, kind in figures:
        number = live.number(figure)
        text = f" {letter} {number} {figure_word(figure)}"
        spans.append(Span(text, kind if number else "muted", Who(figure)))
    asked = Span(" " + _("asked of {count}").format(count=notes.required), "text", Who(Figure.REQUIRED))
    return panel(width, _("NOTES"), [*grid(width, spans, 17), *_without_presence(live)], asked)


def _without_presence(live: Board) -> list[Spans]:
    number = live.without_presence
    if not number:
        return []
    text = ngettext("{count} note of somebody not here", "{count} notes of people not here", number)
    return [(Span(f" ? {text.format(count=number)}", "late", Who(Figure.WITHOUT_PRESENCE)),)]


def leaders_panel(width: int, live: Board) -> Block:
    """Leaders attend as ordinary members; how many do is worth knowing."""
    leaders = live.leaders
    if not leaders.expected:
        return panel(width, _("LEADERS"), [(Span(" " + _("No leader is expected."), "muted"),)])
    away = live.number(Figure.LEADERS_MISSING)
    spans = [
        Span(f" {_rate(leaders, live)}", _rate_kind(leaders, live), Who(Figure.LEADERS, leaders=True, split=True)),
        Span(" " + _("{count} not here").format(count=away), "text" if away else "muted", Who(Figure.LEADERS_MISSING)),
    ]
    if leaders.owed:
        owed = _("owes {count}").format(count=leaders.owed)
        spans.append(Span(f" {owed}", "absent", Who(Figure.OWING, leaders=True)))
    together = sum(cells(span.text) for span in spans) + 2 * (len(spans) - 1) <= width
    apart = [part for span in spans for part in (span, Span("  "))]
    return panel(width, _("LEADERS"), [tuple(apart[:-1])] if together else grid(width, spans, 17))


def _rate(group: Group, live: Board) -> str:
    rate = group.rate(live.session.leave_counts)
    if not rate.expected:
        return _("no data")
    return f"{rate.attended}/{rate.expected}  {percent_text(rate, live.session.target)}"


def _rate_kind(group: Group, live: Board) -> str:
    rate = group.rate(live.session.leave_counts)
    met = live.session.target.met_by(rate.attended, rate.expected)
    return "muted" if met is None else "good" if met else "text"


def branches_panel(width: int, facts: Facts, live: Board) -> Block:
    """The branches with their rates and the notes they owe."""
    session = live.session
    groups = sort_branches(live.branches, facts.order, session.leave_counts)
    fractions = [_fraction(group, live) for group in groups]
    percents = [percent_text(group.rate(session.leave_counts), session.target) for group in groups]
    owed = [_("owes {count}").format(count=group.owed) if group.owed else "" for group in groups]
    room = [max((cells(text) for text in texts), default=0) for texts in (fractions, percents, owed)]
    name = width - sum(room) - 5 - (2 if room[2] else 0)
    lines: list[Any] = []
    for number, group in enumerate(groups):
        text = f" {_sign(group, live)} {fit(branch_word(group.name), max(4, name - 2))} "
        text += f"{fractions[number]:>{room[0]}}  " + " " * (room[1] - cells(percents[number])) + percents[number]
        spans = [Span(text, _rate_kind(group, live), Who(Figure.EXPECTED, branch=group.name, split=True))]
        if group.owed:
            pad = " " * (room[2] - cells(owed[number]))
            spans += [Span(f" {pad}"), Span(f" {owed[number]}", "absent", Who(Figure.OWING, branch=group.name))]
        lines.append(tuple(spans))
    aside = order_word(facts.order)
    return panel(width, _("BRANCHES"), lines, aside)


def _fraction(group: Group, live: Board) -> str:
    rate = group.rate(live.session.leave_counts)
    return f"{rate.attended}/{rate.expected}"


def _sign(group: Group, live: Board) -> str:
    rate = group.rate(live.session.leave_counts)
    met = live.session.target.met_by(rate.attended, rate.expected)
    return " " if met is None else "✓" if met else "."
