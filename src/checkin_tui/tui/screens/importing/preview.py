"""Import of people, step by step: the file, what was found in it, what would become of its rows, and the writing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from textual import on
from textual.app import ComposeResult

from checkin_tui.domain.changes import ChangesUndone, PeopleChanged
from checkin_tui.domain.imports import Ending, Place, Roster
from checkin_tui.domain.reads import PreviewImport
from checkin_tui.i18n import _, ngettext
from checkin_tui.tui.screens.form import Choice
from checkin_tui.tui.screens.importing.columns import ColumnList, FoundStep, notes_of, roster_fields, roster_presets
from checkin_tui.tui.screens.importing.file import FileList
from checkin_tui.tui.screens.importing.found import Ask
from checkin_tui.tui.screens.importing.lines import ImportLines
from checkin_tui.tui.screens.importing.picks import Pick, Picks
from checkin_tui.tui.screens.importing.result import ALL, AnswerList, DoubtStep, PreviewStep
from checkin_tui.tui.screens.importing.state import Importing, Memory, Opening, Previewed
from checkin_tui.tui.screens.importing.steps import CLOSE, Step
from checkin_tui.tui.screens.importing.wizard import ImportWizard
from checkin_tui.words.importing import counts_text, joined_text

Write = Callable[[PreviewImport, Memory], Awaitable[PeopleChanged]]
TakeBack = Callable[[UUID], Awaitable[ChangesUndone]]


def found_text(file: Path | str, roster: Roster) -> str:
    """`people.xlsx: 251 people, 2 rejected.`"""
    count = len(roster.rows)
    text = ngettext("{count} person", "{count} people", count).format(count=count)
    if roster.rejected:
        text = _("{text}, {n} rejected").format(text=text, n=len(roster.rejected))
    return _("{file}: {found}.").format(file=file.name if isinstance(file, Path) else _("the list"), found=text)


class ImportScreen(ImportWizard):
    """Nothing is written before the Import button, and what it wrote can be taken back here.

    ask: answers `LoadMapping` and `PreviewImport`. write: imports what was previewed. undo: takes a batch back. All
    three may raise CheckInError.
    """

    EXAMPLE: ClassVar[str] = _("people.xlsx, .xls, .ods, .csv; type, → takes the offer")

    def __init__(self, *, ask: Ask, write: Write, undo: TakeBack, zone: str, folder: str = "") -> None:
        super().__init__(_("Import people"), zone=zone, folder=folder)
        self._state = Importing(ask)
        self._write, self._undo = write, undo
        self._batch: UUID | None = None

    def compose_steps(self) -> ComposeResult:
        """What was found, what would become of it, and who a doubtful one is."""
        yield FoundStep(roster_fields, roster_presets, several=True)
        yield PreviewStep()
        yield DoubtStep()

    def turn(self, by: int) -> None:
        """Another kind of lines."""
        self.query_one(PreviewStep).turn(by)

    @on(Picks.Picked)
    def _picked(self, event: Picks.Picked) -> None:
        """Enter on a line of whatever list."""
        event.stop()
        picks = event.picks
        if isinstance(picks, FileList):
            self.picked_file(picks)
        elif isinstance(picks, ImportLines):
            self._open_line(picks)
        elif isinstance(picks, AnswerList):
            self._answered()
        elif isinstance(picks, ColumnList):
            self.go_on(picks)

    def read_file(self, file: Path | str) -> None:
        """Read it, and say what was found."""

        def done(opening: Opening) -> None:
            self._state.take(opening)
            self.query_one(PreviewStep).start()
            self._tell_found()
            self.go_to(Step.FOUND, None if opening.found.trouble is None else self.query_one(FoundStep).columns)

        self.forward(_("Reading …"), self._state.open(file), done)

    # ------------------------------------------------------------------------------------------------ what was found

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
        if self._state.found is not None:
            self.query_one(ColumnList).show(self._state.found.columns)
        self._look_again()

    def _look_again(self) -> None:
        """Read the file by the choices as they are now: once at a time, and in the end by the newest."""

        async def work() -> None:
            found = None
            while found is None:
                found = await self._state.reread()
            self._state.found_anew(found)
            if self._step is Step.FOUND:
                self._tell_found()

        self.behind(_("Reading …"), work)

    def _tell_found(self) -> None:
        """What was found, and how much of it can be used."""
        opening = self._state.opening
        if opening is None:
            return
        found, roster = opening.found, opening.found.roster
        known = bool(self._state.remembered)
        notes = [] if roster is None else notes_of(roster)
        self.query_one(FoundStep).show(opening.source, found, notes, known=known, fresh=self._state.fresh)
        if found.trouble is not None:
            self.refused(found.trouble)
        elif roster is not None:
            self.say(found_text(opening.file, roster))

    # -------------------------------------------------------------------------------------------- what would become

    def preview(self) -> None:
        """The next step, when the file has people."""
        found = self._state.found
        if found is None or found.roster is None:
            self._tell_found()
            return

        def done(previewed: Previewed) -> None:
            self._state.show(previewed)
            step = self.query_one(PreviewStep)
            open_one = self._state.next_doubt()
            if open_one is not None:
                step.kind = "doubtful"
            self._tell_preview()
            focus = step.lines if open_one is not None or not self.can_import() else self.query_one("#next")
            self.go_to(Step.PREVIEW, focus)
            step.lines.go(open_one or 0)

        self.forward(_("Comparing with the members …"), self._state.preview(self._state.asked(self._end())), done)

    def _end(self) -> Ending | None:
        """What is to become of those who are not in the file. What is wrong with the day is told beneath it."""
        self.forget_trouble()
        return self.query_one(PreviewStep).end(self.day)

    @property
    def _troubled(self) -> bool:
        """Whether there stands no day in the field for one."""
        return bool(self.query(".remark.trouble"))

    def _tell_preview(self) -> None:
        previewed = self._state.previewed
        if previewed is None:
            return
        step, preview = self.query_one(PreviewStep), previewed.preview
        step.offer_end(preview.gone)
        step.show(previewed.lines, self._state.answers, self._state.doubts, ended=previewed.asked.end is not None)
        said = [joined_text(preview.joined)] if preview.joined is not None and preview.new + preview.changed else []
        if preview.doubtful:
            said.append(_("A doubtful line is left out as long as nobody says who it is."))
        if not self.can_import():
            said.append(_("There is nothing to import."))
        self.say(" ".join(said))

    def ask_again(self) -> None:
        """What would become of it, after an answer or another last day: once at a time, in the end by the newest."""

        async def work() -> None:
            asked, previewed = self._state.asked(self._end()), None
            while not self._troubled and (previewed is None or asked != previewed.asked):
                previewed = await self._state.preview(asked)
                asked = self._state.asked(self._end())
            if previewed is None:
                return
            self._state.show(previewed)
            if self._step is not Step.PREVIEW:  # told when it is gone back to
                return
            step = self.query_one(PreviewStep)
            at = self._state.next_doubt() if step.kind == "doubtful" else None
            if step.kind == "doubtful" and at is None:
                step.kind = ALL
            self._tell_preview()
            self.show_buttons()
            if at is not None:
                step.lines.go(at)
            elif self.focused is step.lines and self.can_import() and self._state.doubts:
                self.set_focus(self.query_one("#next"))

        self.behind(_("Comparing with the members …"), work)

    @on(Choice.Changed)
    def _end_chosen(self, event: Choice.Changed) -> None:
        event.stop()
        if self._step is Step.PREVIEW:
            self.ask_again()

    def _open_line(self, lines: ImportLines) -> None:
        """Enter on a line: who a doubtful one is, also once that was said; from any other on to the button."""
        line = lines.line
        place = Place(line.sheet, line.row) if line is not None else None
        if place is None or self._step is not Step.PREVIEW or place not in self._state.doubts:
            self.set_focus(self.query_one(f"#{'next' if self.can_import() else CLOSE}"))
            return
        doubt = self._state.doubts[place]
        self.query_one(DoubtStep).show(doubt, self._state.answers.get(place), answered=place in self._state.answers)
        self.say("")
        self.go_to(Step.DOUBT)

    def _answered(self) -> None:
        step = self.query_one(DoubtStep)
        if step.line is not None:
            self._state.answer(step.line, step.answer)
        self.go_to(Step.PREVIEW)
        self._tell_preview()
        if (at := self._state.next_doubt()) is not None and self.query_one(PreviewStep).kind == "doubtful":
            self.query_one(ImportLines).go(at)
        self.ask_again()

    def can_import(self) -> bool:
        """Whether anything would be written."""
        previewed = self._state.previewed
        return previewed is not None and bool(
            previewed.preview.new or previewed.preview.changed or previewed.preview.ended
        )

    def came_back(self, step: Step) -> Step:
        """What was pasted is gone back to where it was pasted."""
        opening = self._state.opening
        if self._step is Step.FOUND and opening is not None and isinstance(opening.file, str):
            return Step.PASTE
        if step is Step.FOUND:
            self._tell_found()
        elif step is Step.PREVIEW:
            self._tell_preview()
        return step

    # ------------------------------------------------------------------------------------------------------- writing

    def import_it(self) -> None:
        """Exactly what was previewed."""
        previewed = self._state.previewed
        if previewed is None or not self.can_import():
            return
        asked = self._state.asked(self._end())
        if self._troubled:
            return
        if asked != previewed.asked:
            self.ask_again()
            return

        def done(change: PeopleChanged) -> None:
            self._batch = change.uid
            counts = {"new": change.new, "changed": change.changed, "unchanged": change.unchanged}
            rejected = len(change.rejected) + len(self._state.roster.rejected if self._state.roster else ())
            counted = counts_text(counts, len(change.doubtful), rejected, change.ended)
            self.say(_("Imported: {counts}.").format(counts=counted))
            self.query_one(PreviewStep).finish()
            self.go_to(Step.DONE)

        self.write_it(_("Importing …"), self._write(previewed.asked, self._state.memory()), done)

    def take_back(self) -> None:
        """The whole import, by its one undo."""
        if self._batch is None:
            return

        def done(_change: ChangesUndone) -> None:
            self._batch = None
            self._state.previewed = None
            self.say(_("The import was taken back."))
            self.go_to(Step.FILE)

        self.write_it(_("Taking it back …"), self._undo(self._batch), done)
