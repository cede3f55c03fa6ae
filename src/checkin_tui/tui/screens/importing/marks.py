"""Import of marks, step by step: a filled register or sheet, what it would do at which session, and the writing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from checkin_tui.domain.changes import ChangesUndone
from checkin_tui.domain.mark_imports import MarksImported
from checkin_tui.domain.reads import PreviewMarks
from checkin_tui.i18n import _, ngettext
from checkin_tui.tui.safe import content
from checkin_tui.tui.screens.form import Choice, Field, Row
from checkin_tui.tui.screens.importing.columns import ColumnList, FoundStep, notes_of
from checkin_tui.tui.screens.importing.file import FileList
from checkin_tui.tui.screens.importing.found import Ask
from checkin_tui.tui.screens.importing.marks_state import KINDS, MarksOpening, MarksReading
from checkin_tui.tui.screens.importing.paths import ENDINGS
from checkin_tui.tui.screens.importing.picks import Pick, Picks
from checkin_tui.tui.screens.importing.state import Memory
from checkin_tui.tui.screens.importing.steps import CLOSE, Step
from checkin_tui.tui.screens.importing.wizard import ImportWizard
from checkin_tui.tui.widgets.lines import Line
from checkin_tui.words.mark_imports import counts_text

Write = Callable[[PreviewMarks, Memory], Awaitable[MarksImported]]
TakeBack = Callable[[], Awaitable[ChangesUndone]]

ALL = "all"


class MarkLines(Picks):
    """What the file would do at each session, and what is not written and why."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"marks--{kind}" for kind in KINDS}

    def __init__(self) -> None:
        super().__init__(id="lines")
        self.lines: Sequence[tuple[str, str]] = ()

    @property
    def count(self) -> int:
        """Lines."""
        return len(self.lines)

    def show(self, lines: Sequence[tuple[str, str]]) -> None:
        """Kind and text of each."""
        self.lines = lines
        self.refill()

    def draw(self, number: int, width: int) -> tuple[str, str]:
        """One line."""
        kind, text = self.lines[number]
        return text, f"marks--{kind}"


class MarkKinds(Line):
    """How many lines of each kind there are, and which is shown."""

    def draw(self, value: tuple[str, Sequence[tuple[str, int]]], width: int) -> Content:
        """In words."""
        named = {
            ALL: _("all"),
            "session": _("by session"),
            "contradicting": _("contradicting"),
            "rejected": _("rejected"),
            "passed": _("passed"),
        }
        chosen, counts = value
        texts = [(kind, f" {number} {named[kind]} ") for kind, number in counts]
        return Content("").join(
            Content.styled(text, "reverse bold") if kind == chosen else content(text) for kind, text in texts
        )


class MarksStep(Vertical):
    """The lines, and what is to become of those that are not written by themselves."""

    def __init__(self) -> None:
        super().__init__(id="step-preview", classes="step")
        self.kind = ALL
        self._lines: Sequence[tuple[str, str]] = ()

    def compose(self) -> ComposeResult:
        """The kinds, the lines, the highlighted one in full, and the choices: nothing is overwritten by itself."""
        yield MarkKinds(id="kinds")
        yield MarkLines()
        yield Static(id="detail", classes="quiet")
        yield Row(_("Contradicting"), Choice("overwrite", _overwriting(), "no"))
        yield Row(_("Not expected"), Choice("guests", _letting_in(), "no"))
        yield Row(_("Because"), Field("because", placeholder=_("needed where a register is closed")))

    def asked(self) -> tuple[bool, bool, str]:
        """guests, overwrite, because: as of `PreviewMarks`."""
        chosen = {one.id: one.value for one in self.query(Choice)}
        return chosen["guests"] == "yes", chosen["overwrite"] == "yes", self.query_one("#because", Field).text

    def show(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show these, of the kind that was shown if there still are any."""
        self._lines = lines
        self.show_kind(self.kind if self.kind in self._there() else ALL)

    def show_kind(self, kind: str) -> None:
        """Only lines of that kind."""
        self.kind = kind
        counts = [(one, sum(one in (ALL, told) for told, _text in self._lines)) for one in self._there()]
        self.query_one(MarkKinds).show((kind, counts))
        self.query_one(MarkLines).show([line for line in self._lines if kind in (ALL, line[0])])

    def turn(self, by: int) -> None:
        """The next kind of which there are lines."""
        there = self._there()
        self.show_kind(there[(there.index(self.kind) + by) % len(there)])

    def finish(self) -> None:
        """It is imported: nothing can be chosen any more."""
        for row in self.query(Row):
            row.display = False

    def start(self) -> None:
        """For another file: nothing is overwritten and nobody let in."""
        self.kind = ALL
        for choice in self.query(Choice):
            choice.set_reactive(Choice.chosen, 0)
        for row in self.query(Row):
            row.display = True
        self.query_one("#because", Field).value = ""

    def _there(self) -> list[str]:
        kinds = {kind for kind, _text in self._lines}
        return [ALL, *(kind for kind in KINDS if kind in kinds)]

    @on(Picks.Moved)
    def _tell_all(self, event: Picks.Moved) -> None:
        event.stop()
        lines, at = self.query_one(MarkLines).lines, event.picks.at
        self.query_one("#detail", Static).update(content(lines[at][1] if 0 <= at < len(lines) else ""))


def _overwriting() -> tuple[tuple[str, str], ...]:
    return ("no", _("the program is right")), ("yes", _("the file is right"))


def _letting_in() -> tuple[tuple[str, str], ...]:
    return ("no", _("reject")), ("yes", _("guests of the day"))


def mark_fields() -> Sequence[str]:
    """What a column of a file of marks may be taken for."""
    from checkin_tui.interchange.lists.register_words import MARK_FIELDS  # needed only here

    return MARK_FIELDS


def mark_presets() -> Sequence[tuple[str, str]]:
    """The programs whose lists of marks are known."""
    return ("moodle", _("Moodle, attendance")), ("rollcall", _("Canvas, Roll Call"))


class MarksImport(ImportWizard):
    """Nothing is written before the Import button, and nothing is overwritten unless that is chosen.

    ask: answers `LoadSessions`, `LoadMapping` and `PreviewMarks`. write: imports what was previewed. undo: takes this
    station's newest step back. All three may raise CheckInError. first, last: the days of the program.
    """

    EXAMPLE: ClassVar[str] = _("register.xlsx, .csv, .json; type, → takes the offer")
    ENDINGS: ClassVar[tuple[str, ...]] = (*ENDINGS, ".json", ".jsonl")

    def __init__(
        self, *, ask: Ask, write: Write, undo: TakeBack, first: date, last: date, zone: str, folder: str = ""
    ) -> None:
        super().__init__(_("Import marks"), zone=zone, folder=folder)
        self._state = MarksReading(ask, first, last, zone)
        self._write, self._undo = write, undo
        self._asked: PreviewMarks | None = None  # what was previewed
        self._result: MarksImported | None = None  # and what came of it

    def compose_steps(self) -> ComposeResult:
        """What was found, and what would become of it."""
        yield FoundStep(mark_fields, mark_presets)
        yield MarksStep()

    def hint(self) -> str:
        """There are no doubtful people here: what cannot be told apart is rejected."""
        return _("↑ ↓ · ← → which lines · Enter goes on · Esc back") if self._step is Step.PREVIEW else super().hint()

    def turn(self, by: int) -> None:
        """Another kind of lines."""
        self.query_one(MarksStep).turn(by)

    @on(Picks.Picked)
    def _picked(self, event: Picks.Picked) -> None:
        event.stop()
        if isinstance(event.picks, FileList):
            self.picked_file(event.picks)
        elif self._step is Step.PREVIEW:
            self.set_focus(self.query_one(f"#{'next' if self.can_import() else CLOSE}"))
        else:
            self.go_on(event.picks)

    def read_file(self, file: Path | str) -> None:
        """Read it, and say what was found."""

        def done(opening: MarksOpening) -> None:
            self._state.take(opening)
            self.query_one(MarksStep).start()
            self._tell_found()
            self.go_to(Step.FOUND, None if opening.found.trouble is None else self.query_one(FoundStep).columns)

        self.forward(_("Reading …"), self._state.open(file), done)

    @on(Pick.Chosen)
    def _chosen(self, event: Pick.Chosen) -> None:
        event.stop()
        if self._state.opening is not None:
            self._state.choose(event.name, event.value)
            self._look_again()

    @on(ColumnList.Taken)
    def _taken(self, event: ColumnList.Taken) -> None:
        event.stop()
        self._state.map(event.number, event.field)
        self._look_again()

    def _look_again(self) -> None:
        async def work() -> None:
            opening = None
            while opening is None:
                opening = await self._state.reread()
            self._state.take(opening)
            if self._step is Step.FOUND:
                self._tell_found()

        self.behind(_("Reading …"), work)

    def _tell_found(self) -> None:
        opening = self._state.opening
        if opening is None:
            return
        options = [("", _("as the file says, else today's")), *((str(key), str(key)) for key in opening.keys)]
        marks = opening.marks
        self.query_one(FoundStep).show(
            opening.source,
            opening.found,
            [] if marks is None else notes_of(marks),
            known=bool(self._state.remembered),
            fresh=self._state.fresh,
            sessions=options,
            session="" if self._state.session is None else str(self._state.session),
        )
        if opening.found.trouble is not None:
            self.refused(opening.found.trouble)
        elif marks is not None:
            count = len(marks.lines)
            text = ngettext("{count} mark", "{count} marks", count).format(count=count)
            name = opening.file.name if isinstance(opening.file, Path) else _("the list")
            self.say(_("{file}: {found}.").format(file=name, found=text))

    def _question(self) -> PreviewMarks | None:
        opening = self._state.opening
        if opening is None or opening.marks is None:
            return None
        return PreviewMarks(opening.marks.lines, *self.query_one(MarksStep).asked())

    def preview(self) -> None:
        """The next step, when the file has marks."""
        asked = self._question()
        if asked is None:
            self._tell_found()
            return

        def done(result: MarksImported) -> None:
            self._asked, self._result = asked, result
            self._tell_preview()
            step = self.query_one(MarksStep)
            self.go_to(Step.PREVIEW, self.query_one("#next") if self.can_import() else step.query_one(MarkLines))

        self.forward(_("Comparing with the register …"), self._state.preview(asked), done)

    def _tell_preview(self) -> None:
        opening, done = self._state.opening, self._result
        if done is None or opening is None or opening.marks is None:
            return
        self.query_one(MarksStep).show(self._state.told(done))
        rejected = len(done.rejected) + len(opening.marks.rejected)
        said = [counts_text(done, rejected) + "."]
        if not self.can_import():
            said.append(_("There is nothing to import."))
        self.say(" ".join(said))

    def ask_again(self) -> None:
        """What would become of it by another choice: once at a time, in the end by the newest."""

        async def work() -> None:
            asked = self._question()
            while asked is not None and asked != self._asked:
                self._result = await self._state.preview(asked)
                self._asked, asked = asked, self._question()
            if self._step is Step.PREVIEW:
                self._tell_preview()
                self.show_buttons()

        self.behind(_("Comparing with the register …"), work)

    @on(Choice.Changed)
    def _decided(self, event: Choice.Changed) -> None:
        event.stop()
        if self._step is Step.PREVIEW:
            self.ask_again()

    def can_import(self) -> bool:
        """Whether anything would be written."""
        return self._result is not None and bool(self._result.count("new") or self._result.count("changed"))

    def came_back(self, step: Step) -> Step:
        """What was pasted is gone back to where it was pasted."""
        opening = self._state.opening
        if self._step is Step.FOUND and opening is not None and isinstance(opening.file, str):
            return Step.PASTE
        if step is Step.FOUND:
            self._tell_found()
        return step

    def import_it(self) -> None:
        """Exactly what was previewed."""
        opening = self._state.opening
        if self._asked is None or opening is None or opening.marks is None or not self.can_import():
            return
        if self._question() != self._asked:
            self.ask_again()
            return
        early = len(opening.marks.rejected)

        def done(result: MarksImported) -> None:
            self.say(_("Imported: {counts}.").format(counts=counts_text(result, len(result.rejected) + early)))
            self.query_one(MarksStep).finish()
            self.go_to(Step.DONE)

        self.write_it(_("Importing …"), self._write(self._asked, self._state.memory()), done)

    def take_back(self) -> None:
        """The whole import: it is this station's newest step as long as the page is open."""

        def done(_change: ChangesUndone) -> None:
            self._asked = self._result = None
            self.say(_("The import was taken back."))
            self.go_to(Step.FILE)

        self.write_it(_("Taking it back …"), self._undo(), done)
