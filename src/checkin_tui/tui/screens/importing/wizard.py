"""What every import in steps has in common: its page, its keys, and waiting for what a step needs."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.types import CSSPathType
from textual.widget import Widget
from textual.widgets import Button, Static

from checkin_tui.i18n import _
from checkin_tui.tui.safe import content
from checkin_tui.tui.screens.dialog import DialogButton, Part
from checkin_tui.tui.screens.form import Field
from checkin_tui.tui.screens.importing.columns import ColumnList
from checkin_tui.tui.screens.importing.file import FileList, FileStep, PasteArea, PathField
from checkin_tui.tui.screens.importing.paths import ENDINGS
from checkin_tui.tui.screens.importing.picks import Picks
from checkin_tui.tui.screens.importing.steps import BACK, CLOSE, Step
from checkin_tui.tui.screens.importing.wait import PatientForm
from checkin_tui.tui.screens.importing.work import Working


class ImportWizard(PatientForm):
    """A file in steps, of which each is gone back by Esc without losing what was typed or chosen."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["../dialog.tcss", "preview.tcss", "wizard.tcss"]
    SAVE = "next"
    EXAMPLE: ClassVar[str]
    ENDINGS: ClassVar[tuple[str, ...]] = ENDINGS

    def __init__(self, heading: str, *, zone: str, folder: str) -> None:
        """`folder`: where one begins to look for a file, with its slash."""
        super().__init__(heading, zone)
        self._folder = folder
        self._step = Step.FILE

    # ---------------------------------------------------------------------------------------------- what is different

    @abstractmethod
    def can_import(self) -> bool:
        """Whether what is previewed holds anything to write."""

    @abstractmethod
    def came_back(self, step: Step) -> Step:
        """Esc leads back to `step`: say again what it said; the step that is really meant."""

    @abstractmethod
    def ask_again(self) -> None:
        """Something was chosen or typed of which depends what would be written."""

    @abstractmethod
    def compose_steps(self) -> ComposeResult:
        """The steps after the file."""

    @abstractmethod
    def read_file(self, file: Path | str) -> None:
        """The file at that path, or a pasted list, was chosen."""

    @abstractmethod
    def preview(self) -> None:
        """What was found is right: what would become of it."""

    @abstractmethod
    def import_it(self) -> None:
        """The Import button."""

    @abstractmethod
    def take_back(self) -> None:
        """The Undo button."""

    @abstractmethod
    def turn(self, by: int) -> None:
        """Another kind of lines in the preview."""

    # ------------------------------------------------------------------------------------------------------ the screen

    def compose_foot(self) -> ComposeResult:
        """What is to be said, and the steps, of which one is in view."""
        yield Static(id="summary")
        yield Working("working")
        yield FileStep(self._folder, self.EXAMPLE, self._zone, self.ENDINGS)
        yield PasteArea()
        yield from self.compose_steps()

    def compose_buttons(self) -> ComposeResult:
        """The next step, the other way, and back."""
        for name, main in ((self.SAVE, True), ("paste", False), ("undo", True), (CLOSE, False)):
            yield DialogButton("", name, main=main)

    def hint(self) -> str:
        """The keys of the step."""
        return self._step.hint

    def opened(self) -> None:
        """The first step."""
        self.go_to(Step.FILE)

    def go_to(self, step: Step, focus: Part | Widget | None = None) -> None:
        """Show a step. Enter counts there half a second later: a bouncing one takes nothing nobody has seen yet."""
        if step is not self._step:  # a message carries the time of the clock the keys have
            self._spoke = None if step is Step.PASTE else Message().time
        self._step = step
        self.query_one(".title", Static).update(content(f"{self.heading} · {step.title}"))
        for page in self.query(".step"):
            page.display = page.id == step.page
        self.show_buttons()
        self._show_hint(self.hint(), trouble=False)
        self.set_focus(focus or self.query_one(f"#{step.first}"))

    def show_buttons(self) -> None:
        """Those of the step; Import only where there is something to import."""
        labels = self._step.labels
        if self._step is Step.PREVIEW and not self.can_import():
            labels = {**labels, self.SAVE: ""}
        for name in (self.SAVE, "paste", "undo", CLOSE):
            button = self.query_one(f"#{name}", DialogButton)
            text = labels.get(name, "")
            button.display = bool(text)
            if str(button.label) != f" {text} ":
                button.label = content(f" {text} ")
                button.refresh(layout=True)

    # ------------------------------------------------------------------------------------------------------------ keys

    def action_step(self, by: int) -> None:
        """Up and down along a list, and at its ends on to the next part."""
        if not (isinstance(self.focused, Picks) and self.focused.step(by)):
            self._go(self.focused, by)

    def action_page(self, by: int) -> None:
        """Page up and page down along the list of the step."""
        lists = [one for one in self.query(Picks) if one.is_on_screen or one is self.focused]
        chosen = self.focused if isinstance(self.focused, Picks) else next(iter(lists), None)
        if isinstance(chosen, Picks):
            chosen.page(by)

    def action_walk(self, by: int) -> None:
        """Left and right: the kind of lines, the field of a column, else along the buttons."""
        if isinstance(self.focused, Picks) and self.focused.id == "lines":
            self.turn(by)
        elif isinstance(self.focused, ColumnList):
            self.focused.turn(by)
        else:
            super().action_walk(by)

    def _tell_typed_nowhere(self) -> None:
        if isinstance(self.focused, Picks):
            self._tell(_("Nothing is typed in a list: ↑ ↓ choose, Enter goes on."))
        else:
            super()._tell_typed_nowhere()

    def take_end(self, key: str, fresh: bool) -> bool:
        """A tab among what is being typed divides the cells of a list; a fresh one leaves it."""
        if key == "tab" and not fresh and isinstance(self.focused, PasteArea):
            self.focused.put("\t")
            return True
        return super().take_end(key, fresh)

    def go_on(self, part: Part) -> None:
        """Enter in a field. What was typed in one of the preview is asked about."""
        super().go_on(part)
        if isinstance(part, Field) and self._step is Step.PREVIEW:
            self.ask_again()

    def leave(self) -> None:
        """Esc: what is waited for is given up; else one step back; from the first one leaves."""
        if self.gave_up():
            return
        if self._step in BACK:
            self.say("")
            self.go_to(self.came_back(BACK[self._step]))
        else:
            super().leave()

    # ------------------------------------------------------------------------------------------------------- the file

    def read(self) -> None:
        """The screen itself is the result."""
        return

    def save(self) -> None:
        """The main button."""
        if self.busy:
            return
        if self._step is Step.FILE:
            self._take_file()
        elif self._step is Step.PASTE:
            self._take_list()
        elif self._step is Step.FOUND:
            self.preview()
        elif self._step is Step.PREVIEW:
            self.import_it()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The other ways."""
        if event.button.id == "paste" and not self.busy:
            self.go_to(Step.PASTE)
        elif event.button.id == "undo" and not self.busy:
            self.take_back()

    @on(PathField.Listed)
    def _list_pasted(self, event: PathField.Listed) -> None:
        event.stop()
        self.query_one(PasteArea).put(event.text)
        self.go_to(Step.PASTE)

    def picked_file(self, files: FileList) -> None:
        """Enter on a line of the folder: into it, or this file."""
        if files.entry is not None and not self.busy:
            self.query_one(FileStep).take(files.entry)
            if not files.entry.is_folder:
                self._take_file()

    def _take_file(self) -> None:
        step = self.query_one(FileStep)
        path, entry = step.path(), step.files.entry
        if path is None:
            self.say(_("Which file? Type or paste its path, or choose it below."), trouble=True)
        elif path.is_dir() and entry is not None and not entry.is_folder and step.files.seen:
            step.take(entry)
            self._take_file()
        else:
            self.read_file(path)

    def _take_list(self) -> None:
        text = self.query_one(PasteArea).text
        if text.strip():
            self.read_file(text)
        else:
            self.say(_("Paste the list first, or type it."), trouble=True)
