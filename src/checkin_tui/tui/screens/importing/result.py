"""The third step of an import: the rows as they would become, kind by kind, and who is not in the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from checkin_tui.domain.imports import Answer, Ending, Gone, Place, Roster
from checkin_tui.domain.text import visible
from checkin_tui.domain.views import ImportLine, ImportPreview
from checkin_tui.i18n import _
from checkin_tui.tui.safe import content, content_lines
from checkin_tui.tui.screens.form import Choice, Field, Row
from checkin_tui.tui.screens.importing.lines import SIGNS, ImportLines, detail_text, line_text, result_word
from checkin_tui.tui.screens.importing.picks import Picks
from checkin_tui.tui.widgets.lines import Line
from checkin_tui.words.importing import doubt_text, elsewhere_text, row_text, somebody_text

ALL: Final = "all"
KINDS: Final = (ALL, *SIGNS)
"""What the list may be narrowed to, in the order of the keys."""

KEEP, END = "keep", "end"
"""What becomes of the memberships of those who are not in the file."""


class Sorted(NamedTuple):
    """The lines of a preview, also by kind, and what else the list needs of them."""

    by_kind: Mapping[str, Sequence[ImportLine]]
    joined: Mapping[Place, date]
    several: bool

    def count(self, kind: str) -> int:
        """How many of that kind."""
        return len(self.by_kind.get(kind, ()))


def sort_out(roster: Roster, preview: ImportPreview) -> Sorted:
    """Every row of the file, what its reader refused and passed over too, in its order; then who is not in it.

    It takes its time for a long list: not on the event loop.
    """
    order = {sheet: number for number, sheet in enumerate(roster.sheets)}
    lines = [
        *preview.lines,
        *(
            ImportLine(
                row.row, "rejected", "", "", "", reason=row.reason_code, values=dict(row.values), sheet=row.sheet
            )
            for row in roster.rejected
        ),
        *(ImportLine(row.row, "passed", "", row.text, "", sheet=row.sheet) for row in roster.passed),
    ]
    lines.sort(key=lambda line: (order.get(line.sheet, 0), line.row))
    lines += [ImportLine(0, "gone", one.code, one.name, one.branch) for one in preview.gone.people]
    by_kind: dict[str, list[ImportLine]] = {ALL: lines}
    for line in lines:
        by_kind.setdefault(line.result, []).append(line)
    joined = {line.place: line.joined for line in roster.rows if line.joined is not None}
    return Sorted(by_kind, joined, any(line.sheet for line in lines))


class KindsLine(Line):
    """How many lines of each kind there are, and which kind is shown."""

    def draw(self, value: tuple[str, Sequence[tuple[str, int]]], width: int) -> Content:
        """With words where they fit, else with the signs alone."""
        chosen, counts = value
        line = Content("")
        for pattern in ("{sign} {n} {word}", "{n} {word}", "{sign} {n}"):
            parts = []
            for kind, number in counts:
                word = _("all") if kind == ALL else result_word(kind)
                sign = SIGNS.get(kind, word)
                text = pattern.format(sign="" if sign == word and "{word}" in pattern else sign, n=number, word=word)
                text = f" {text.strip()} "
                parts.append(Content.styled(text, "reverse bold") if kind == chosen else content(text))
            line = Content("").join(parts)
            if line.cell_length <= width:
                break
        return line


class PreviewStep(Vertical):
    """The lines of one kind or of all, and the choice about those who are not in the file."""

    def __init__(self) -> None:
        super().__init__(id="step-preview", classes="step")
        self.kind = ALL
        self._sorted = Sorted({}, {}, False)
        self._answers: Mapping[Place, Answer | None] = {}
        self._doubts: Mapping[Place, ImportLine] = {}
        self._ended = False

    def compose(self) -> ComposeResult:
        """The kinds, the lines, and what is to become of the others."""
        yield KindsLine(id="kinds")
        yield ImportLines(self._told, id="lines")
        yield Static(id="detail", classes="quiet")
        yield Row(_("Not in the file"), Choice("gone", _gone_options(None), KEEP))
        yield Row(_("Last day"), Field("last", select=True))
        yield Static(id="elsewhere", classes="quiet")

    @property
    def lines(self) -> ImportLines:
        """The lines."""
        return self.query_one(ImportLines)

    def show(
        self,
        found: Sorted,
        answers: Mapping[Place, Answer | None],
        doubts: Mapping[Place, ImportLine],
        *,
        ended: bool,
    ) -> None:
        """Show them, of the kind that was shown if there still are any. answers: what was said of `doubts`.

        ended: whether those who are not in the file are to have a last day.
        """
        at = self.lines.at if found.count(self.kind) else 0
        self._sorted, self._answers, self._doubts, self._ended = found, answers, doubts, ended
        self.show_kind(self.kind if found.count(self.kind) else ALL, at)

    def show_kind(self, kind: str, at: int = 0) -> None:
        """Only lines of that kind."""
        self.kind = kind
        counts = [(one, self._sorted.count(one)) for one in KINDS if one == ALL or self._sorted.count(one)]
        self.query_one(KindsLine).show((kind, counts))
        self.lines.show(self._sorted.by_kind.get(kind, ()), at=at)

    def turn(self, by: int) -> None:
        """The next kind of which there are lines."""
        there = [one for one in KINDS if one == ALL or self._sorted.count(one)]
        self.show_kind(there[(there.index(self.kind) + by) % len(there)])

    def end(self, day: Callable[[str], date | None]) -> Ending | None:
        """What was chosen about them. day: reads a field that holds a date."""
        if self.query_one("#gone", Choice).value != END:
            return None
        return Ending(day("last"))

    def offer_end(self, gone: Gone) -> None:
        """The choice about those who are not in the file; none where nobody is."""
        last = gone.last
        there = bool(gone.people) and last is not None
        choice, field = self.query_one("#gone", Choice), self.query_one("#last", Field)
        self._row(choice).display = there
        if not there:
            choice.set_reactive(Choice.chosen, 0)
        elif not field.value:
            field.value = last.isoformat() if last is not None else ""
        elsewhere = self.query_one("#elsewhere", Static)
        elsewhere.update(content(elsewhere_text(gone)))
        elsewhere.display = bool(gone.elsewhere)
        choice.options = _gone_options(last)
        choice.refresh()
        self._row(field).display = there and choice.value == END

    def finish(self) -> None:
        """It is imported: nothing can be chosen any more."""
        for row in self.query(Row):
            row.display = False

    def start(self) -> None:
        """For another file: nothing is ended and every line is shown."""
        self.kind = ALL
        self.query_one("#gone", Choice).set_reactive(Choice.chosen, 0)
        self.query_one("#last", Field).value = ""

    def _row(self, part: Choice | Field) -> Row:
        return next(row for row in self.query(Row) if row.part is part)

    @on(Picks.Moved)
    def _tell_all(self, event: Picks.Moved) -> None:
        """What the columns have no room for."""
        event.stop()
        line = self.lines.line
        text = "" if line is None else detail_text(line, self._joined(line), self._said(line))
        self.query_one("#detail", Static).update(content(text))

    def _told(self, line: ImportLine, width: int, _joined: date | None) -> str:
        return line_text(line, width, self._joined(line), self._said(line), self._sorted.several)

    def _joined(self, line: ImportLine) -> date | None:
        return self._sorted.joined.get(Place(line.sheet, line.row))

    def _said(self, line: ImportLine) -> str:
        """What becomes of somebody who is gone, and what was said of a doubtful line."""
        place = Place(line.sheet, line.row)
        if line.result == "gone":
            return _("has a last day") if self._ended else _("stays")
        if place in self._answers and line.row:
            return answer_text(self._doubts.get(place, line), self._answers[place])
        return ""


def answer_text(line: ImportLine, answer: Answer | None) -> str:
    """What was said of a doubtful line."""
    if answer is None:
        return _("→ left out")
    if answer.member_id is None:
        return _("→ somebody new")
    who = next((one for one in line.candidates if one.member_id == answer.member_id), None)
    return _("→ {who}").format(who=somebody_text(who)) if who is not None else _("→ as you said")


def _gone_options(last: date | None) -> tuple[tuple[str, str], ...]:
    day = last.isoformat() if last is not None else ""
    return (KEEP, _("stay")), (END, _("end on {day}").format(day=day))


class DoubtStep(Vertical):
    """One doubtful line: whom it is about."""

    def __init__(self) -> None:
        super().__init__(id="step-doubt", classes="step")
        self.line: ImportLine | None = None

    def compose(self) -> ComposeResult:
        """The line, why it is asked, and the answers."""
        yield Static(id="doubt")
        yield AnswerList()

    def show(self, line: ImportLine, answer: Answer | None, *, answered: bool) -> None:
        """Ask about that line, with the answer given before highlighted."""
        self.line = line
        who = " ".join(visible(text) for text in (line.code, line.name, line.branch) if text)
        said = (f"{row_text(Place(line.sheet, line.row))}: {who}", doubt_text(line.reason, line.candidates))
        self.query_one("#doubt", Static).update(content_lines(said))
        self.query_one(AnswerList).show(line, answer, answered=answered)

    @property
    def answer(self) -> Answer | None:
        """The highlighted one; None: the line is left out."""
        return self.query_one(AnswerList).answer


class AnswerList(Picks):
    """The same person as one of those, somebody new, or left out."""

    def __init__(self) -> None:
        super().__init__(id="answers")
        self._answers: list[tuple[Answer | None, str]] = []

    @property
    def count(self) -> int:
        """Answers."""
        return len(self._answers)

    @property
    def answer(self) -> Answer | None:
        """The highlighted one."""
        return self._answers[self.at][0]

    def show(self, line: ImportLine, answer: Answer | None, *, answered: bool) -> None:
        """The answers about that line."""
        place = Place(line.sheet, line.row)
        self._answers = [
            (Answer(place, one.member_id), _("The same person as {who}").format(who=somebody_text(one)))
            for one in line.candidates
        ]
        self._answers += [
            (Answer(place, None), _("Somebody new")),
            (None, _("Leave this row out: nothing of it is imported")),
        ]
        given = [one for one, _text in self._answers]
        self.refill(given.index(answer) if answered and answer in given else 0)

    def draw(self, number: int, width: int) -> tuple[str, str]:
        """One answer."""
        return self._answers[number][1], ""
