"""One form for every file that is written for somebody: of what, how, where to."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import ClassVar, Final, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.types import CSSPathType
from textual.widgets import Input, Static

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.sessions import Session, SessionKey, SessionState
from checkin_tui.domain.text import visible
from checkin_tui.i18n import _
from checkin_tui.interchange.orders import FORMATS, Ask, Order, Paper, ending_of
from checkin_tui.interchange.outputs import Written
from checkin_tui.tui import shown
from checkin_tui.tui.exporting import Job
from checkin_tui.tui.safe import cells, content
from checkin_tui.tui.screens.confirm import Confirm
from checkin_tui.tui.screens.exporting import words as export_words
from checkin_tui.tui.screens.exporting.progress import AWAY, ExportProgress
from checkin_tui.tui.screens.form import Choice, Field, FormDialog, Row
from checkin_tui.tui.screens.importing.paths import PathSuggester
from checkin_tui.tui.screens.long_choices import OneOfMany, Ticks
from checkin_tui.tui.screens.save_as import path_of, proposed_path, short_path
from checkin_tui.words import key_text, sentence

ALL: Final = "all"
SOON: Final = 0.2
"""Seconds in which most files are there: what is refused by then is told at once."""


class Facts(NamedTuple):
    """What a form is about. branches: names. shown: the session on the screen. person: code and name of who is chosen.

    hidden: names are, on the screen. practice: the people are invented.
    """

    program: str
    today: date
    sessions: tuple[Session, ...] = ()
    branches: tuple[str, ...] = ()
    shown: SessionKey | None = None
    person: tuple[str, str] | None = None
    hidden: bool = False
    practice: bool = False

    @property
    def held(self) -> tuple[Session, ...]:
        """The sessions that are or were to be held, by key."""
        there = (one for one in self.sessions if one.state is not SessionState.CANCELLED)
        return tuple(sorted(there, key=lambda one: one.key))


class FewTicks(Ticks):
    """The branches, in a form that has other things to show."""

    LINES = 3


class ExportForm(FormDialog[bool]):
    """Writes a file and ends with True; what stands in the way is told, and the form stays.

    start: begins to carry out an order.
    """

    PAPER: ClassVar[Paper]
    CSS_PATH: ClassVar[CSSPathType | None] = ["../dialog.tcss", "export.tcss"]

    def __init__(self, facts: Facts, start: Callable[[Order], Job]) -> None:
        super().__init__(export_words.HEADINGS[self.PAPER])
        self.facts, self._start_job = facts, start
        self._formats = FORMATS[self.PAPER]
        self._proposed = ""
        self._busy = False

    # ---------------------------------------------------------------------------------------------- what is different

    def options(self) -> Sequence[Row]:
        """What else can be chosen."""
        return ()

    @abstractmethod
    def ask(self) -> Ask | None:
        """What is wanted, as it was chosen; None after `complain`."""

    def chosen(self) -> None:
        """Another value was chosen."""

    def about(self) -> str:
        """What the name of the file says after that of the paper."""
        return self.facts.today.isoformat()

    # ------------------------------------------------------------------------------------------------------ the screen

    def compose_body(self) -> ComposeResult:
        """What it is, the options, and where to; Enter after Enter saves where it was proposed."""
        yield Static(content(export_words.ABOUT[self.PAPER]), classes="about")
        if len(self._formats) > 1:
            formats = [(one, export_words.FORMATS[one]) for one in self._formats]
            yield Row(_("Format"), OneOfMany("format", formats, self._formats[0]))
        yield from self.options()
        path = Field("path", placeholder=_("type, → takes the offer"), first=True)
        path.suggester = PathSuggester()
        yield Static(content(self._names()), classes="quiet")  # beside the field that has the keyboard: always in view
        yield Row(_("File"), path)

    def compose_foot(self) -> ComposeResult:
        """What stood in the way."""
        yield Static(id="said")

    def _names(self) -> str:
        if self.facts.practice:
            return _("This is the sample: the people in the file are invented.")
        if self.facts.hidden:
            return _("Names are hidden on the screen. The file has them.")
        return _("The file has people's names: mind who gets it.")

    def hint(self) -> str:
        """The keys."""
        return _("Enter next, on Save it saves · ← → or Space choose · Esc leave")

    def opened(self) -> None:
        """A place that is free; once the field has its width."""
        self.call_after_refresh(self._propose)

    @property
    def format(self) -> str:
        """The one chosen."""
        return self.choice("format").value if len(self._formats) > 1 else self._formats[0]

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """The name follows, unless somebody gave it; then only its ending does."""
        event.stop()
        self.chosen()
        self._propose()

    @on(Input.Changed, "#path")
    def _show_name(self, event: Input.Changed) -> None:
        """The name of the file below its path, where the field is too short for both."""
        event.stop()
        room = self.field("path").size.width - 3
        self.row("path").remark(Path(event.value).name if 0 < room < cells(visible(event.value)) else "")

    def _propose(self) -> None:
        field = self.field("path")
        if field.value == self._proposed:
            name = export_words.file_name(self.facts.program, self.PAPER, self.about(), self.format)
            self._proposed = short_path(export_words.free(proposed_path(name)))
            field.value = self._proposed
            field.cursor_position = len(field.value)
            return
        before, dot, ending = field.value.rpartition(".")
        if dot and ending.lower() in {ending_of(one) for one in self._formats}:
            field.value = f"{before}.{ending_of(self.format)}"

    def read(self) -> None:
        """Saving takes a while: `finish` is called when it is done."""
        if self._busy:
            return
        self._say("")
        path, ask = self._path(), self.ask()
        if path is not None and ask is not None and not self.query(".remark.trouble"):
            self._busy = True
            self.begin(self._save(Order(path, self.format, ask)))

    def _path(self) -> Path | None:
        try:
            return path_of(self.field("path").value)
        except CheckInError as error:
            self.complain("path", sentence(error.code, error.values))
            return None

    async def _save(self, order: Order) -> None:
        try:
            result = await self._written(order)
            if isinstance(result, CheckInError) and result.code == "save_exists":
                if not await self._may_replace(order):
                    self.set_focus(self.field("path"))
                    return
                result = await self._written(order._replace(force=True))
        finally:
            self._busy = False
        if isinstance(result, CheckInError):
            self._say("✗ " + sentence(result.code, shown.refusal(result.values, None, hidden=self.facts.hidden)))
            self.set_focus(self.field("path"))
        elif result is None:
            self._say(_("Given up. Nothing was written."), trouble=False)
        else:
            await self._close()

    async def _written(self, order: Order) -> Written | CheckInError | str | None:
        """How it ended, or AWAY. What takes longer than a moment, and what went well, is shown."""
        job = self._start_job(order)
        await asyncio.wait({job.done}, timeout=SOON)
        if not job.done.done() or isinstance(job.done.result(), Written):
            page = ExportProgress(job, hidden=self.facts.hidden, behind=True)
            page.feed = self.backlog.extend
            box = self.query_one(".box")
            box.visible = False  # one box at a time
            if await self.app.push_screen_wait(page) == AWAY:
                return AWAY
            box.visible = not isinstance(job.done.result(), Written)
        return job.done.result()

    async def _may_replace(self, order: Order) -> bool:
        question = _("There is already {file}. Write over it?").format(file=short_path(order.path))
        if self.PAPER is Paper.REPORT:
            question += " " + _("What its author wrote into it stays.")
        page = Confirm(_("There is a file already"), question, _("Write over it"), _("No"), losing=True)
        page.feed = self.backlog.extend
        answer = await self.app.push_screen_wait(page)
        return bool(answer)

    async def _close(self) -> None:
        while not self.is_current:  # somebody is asked about quitting: a screen behind another one cannot go
            await asyncio.sleep(SOON)
        self.finish(True)

    def _say(self, text: str, *, trouble: bool = True) -> None:
        place = self.query_one("#said", Static)
        place.update(content(text))
        place.display = bool(text)
        place.set_class(trouble, "trouble")
        self.call_after_refresh(self._fit)

    # ------------------------------------------------------------------------------------------- rows of several forms

    def sessions_row(self, *more: tuple[str, str], first: SessionKey | None) -> Row:
        """One session; before them what else there is to choose. first: the one proposed, else the first entry."""
        keys = [(str(one.key), key_text(one.key)) for one in self.facts.held]
        known = [key for key, _label in keys]
        chosen = str(first) if str(first) in known else (*more, *keys)[0][0]
        return Row(_("Session"), OneOfMany("session", [*more, *keys], chosen))

    def session(self) -> SessionKey | None:
        """The session chosen; None for what is not one."""
        chosen = self.choice("session").value
        return None if chosen == ALL else SessionKey.parse(chosen)

    def branches_rows(self) -> tuple[Row, ...]:
        """Only some branches; nothing ticked is everybody."""
        return (Row(_("Only branches"), FewTicks("branches", self.facts.branches, ())),) if self.facts.branches else ()

    def branches(self) -> tuple[str, ...]:
        """Those ticked."""
        return self.query_one(FewTicks).names if self.facts.branches else ()

    def number(self, name: str, least: int, most: int) -> int:
        """The number in that field; `least` after complaining about it."""
        text = self.field(name).text
        if text.isascii() and text.isdecimal() and least <= int(text[:9]) <= most:
            return int(text)
        self.complain(name, _("A whole number from {least} to {most}.").format(least=least, most=most))
        return least
