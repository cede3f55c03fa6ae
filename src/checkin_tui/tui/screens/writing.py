"""The writing desk: the queue of those who owe a note, and the editor beside it."""

from __future__ import annotations

from asyncio import sleep
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.types import CSSPathType

from checkin_tui.domain.errors import UNCHANGED
from checkin_tui.domain.requests import WriteNote
from checkin_tui.i18n import _
from checkin_tui.tui import commands
from checkin_tui.tui.commands import View
from checkin_tui.tui.desk.writing import WritingDesk
from checkin_tui.tui.register import same_place
from checkin_tui.tui.screens.people_screen import PeopleScreen
from checkin_tui.tui.widgets.lines import BannerValue
from checkin_tui.tui.widgets.note_counts import NoteCountsLine
from checkin_tui.tui.widgets.note_editor import NoteEditor
from checkin_tui.tui.widgets.note_lines import EmptyLines, ProgressLine, TitleLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from checkin_tui.domain.changes import NoteChanged, NotesChanged
    from checkin_tui.domain.views import News
    from checkin_tui.tui.gateway import Failure
    from checkin_tui.tui.register import Register
    from checkin_tui.tui.widgets.roster_list import RosterList

IN_EDITOR = ("view.", "note.", "app.")  # the groups of commands whose keys work while a note is written


class WritingScreen(PeopleScreen):
    """Enter on a person opens the note; Esc in the editor goes back to the box."""

    VIEW: ClassVar[View] = View.WRITING
    CSS_PATH: ClassVar[CSSPathType | None] = "writing.tcss"

    def make_counts(self) -> NoteCountsLine:
        """The notes instead of the people."""
        return NoteCountsLine(id="counts")

    def make_parts(self) -> None:
        """The queue, the hands on the box, and the editor."""
        from checkin_tui.tui.desk.writing_hands import WritingHands
        from checkin_tui.tui.model import Order
        from checkin_tui.tui.widgets.columns import Layout

        self.make_list(Layout.QUEUE)
        self.list.model.order = Order.OWING_FIRST
        self.hands = WritingHands(self)
        self.desk = WritingDesk(self)
        self.editor = NoteEditor(self, id="editor")
        self.title_line, self.progress_line = TitleLine(id="note-title"), ProgressLine(id="note-progress")
        self.pane = Vertical(self.title_line, self.editor, self.progress_line, id="pane")
        self.pane.display = False
        self.empty = EmptyLines(id="no-note")
        self.place.mount(self.empty, self.pane)
        way = commands.keys_now("note.write", self.desk_app.keymap) or "→ " + commands.bar_digit("note.next", self.VIEW)
        self.empty.show(way)

    # ----------------------------------------------------------------------------------------------- editor and box

    @property
    def writing(self) -> bool:
        """Whether the editor has the keyboard."""
        return self.furnished and self.focused is self.editor

    def begin_writing(self, member_id: int) -> None:
        """The keyboard goes to the editor; the queue shows whose note it is."""
        self.pane.display, self.empty.display = True, False
        self.box.put("")
        self.box.close_bar()
        self.choose(member_id)
        self.set_focus(self.editor)
        self.figures.show_hints()

    def stop_writing(self) -> None:
        """The keyboard goes back to the box; the note stays in view."""
        self.set_focus(self.box)
        self.hands.unchoose()
        if self.desk.note is None and self.desk.opening is None:
            self.pane.display, self.empty.display = False, True
            self.editor.load("")
        self.figures.show_hints()

    def written(self) -> None:
        """A key changed the text."""
        self.desk.written()

    def pasting(self, text: str) -> None:
        """A paste is about to go in."""
        self.desk.pasting(text)

    def pasted(self) -> None:
        """It is in."""
        self.desk.pasted()

    def took(self, key: str) -> bool:
        """Esc leaves the editor; the keys of the table that are about notes, views and the program work in it."""
        if key == "escape":
            self.desk.save()
            self.stop_writing()
            return True
        command = self.box.keys.get(key, "")
        if command.startswith(IN_EDITOR):
            self.run_command(command)
            return True
        return False

    def refused(self, key: str) -> bool:
        """A key for somebody on the list does nothing to whoever's note is being written."""
        command = self.box.keys.get(key)
        if command is None:
            return False
        text = _("! {key} {label}: Esc first, for the keys are for the note now.")
        label = commands.BY_ID[command].label
        self.hands.trouble(BannerValue("trouble", text.format(key=commands.key_words(key), label=label)))
        return True

    def on_roster_list_chosen(self, event: RosterList.Chosen) -> None:
        """A click on the queue leaves the editor and chooses."""
        if self.editor.busy:
            return  # the keys behind the paste are still to come
        if self.writing:
            self.desk.save()
            self.stop_writing()
        super().on_roster_list_chosen(event)

    def on_descendant_focus(self) -> None:
        """A click into the editor or the box: other keys are worth knowing."""
        if self.furnished:
            self.figures.show_hints()

    # ------------------------------------------------------------------------------------------------------- commands

    def own_commands(self) -> dict[str, Callable[[], object]]:
        """What is about the note in the editor."""
        from checkin_tui.tui.desk.note_tools import NoteTools

        tools = NoteTools(self)
        return {
            "note.write": self.write_or_next,
            "note.next": self.next_owing,
            "note.versions": tools.versions,
            "note.preview": tools.preview,
            "note.editor": tools.external,
            "note.save": self.save_now,
        }

    def why_not(self, command: commands.Command) -> str | None:
        """The key that opens the note of a person goes on to the next one here, so it needs nobody."""
        if command.id == "note.write" and self.highlighted is None:
            command = commands.BY_ID["note.next"]
        return super().why_not(command)

    def has_own(self, need: commands.Need) -> bool:
        """Whether a note is in the editor."""
        return need is commands.Need.NOTE and self.desk.note is not None

    def write_or_next(self) -> None:
        """In the box: the note of the highlighted person. In the editor, or with nobody: the next who owes one."""
        member_id = self.highlighted
        if self.writing or member_id is None:
            self.next_owing()
        else:
            self.desk.open(member_id)

    def next_owing(self) -> None:
        """The next in the queue who owes a note, after the one in the editor; from the top at its end."""
        register, note = self.register, self.desk.note
        if register is None:
            return
        people = register.model.people
        at = None if note is None else register.model.position_of(note.member_id)
        start = -1 if at is None else at
        for number in (*range(start + 1, len(people)), *range(start)):
            person = people[number]
            if person.expected and register.model.mark(person.member_id).note.owed:
                self.desk.open(person.member_id)
                return
        self.desk.save()
        self.stop_writing()
        self.say(BannerValue("present", _("✓ Nobody owes a note any more.")))

    def save_now(self) -> None:
        """Saved at once, and said so."""
        self.desk.save()
        self.say(BannerValue("info", _("Saved. A note is saved by itself a second after it was typed.")))

    # --------------------------------------------------------------------------------------------------------- answers

    def note_changed(self, change: NoteChanged | NotesChanged) -> None:
        """The editor's own writes are told beside it, not in the banner."""
        if self.desk.changed(change):
            self.reading.patch(change)
        else:
            super().note_changed(change)

    def on_failure(self, failure: Failure) -> None:
        """Not saved: the editor keeps the text and tries again. What was there already is saved."""
        request = failure.request
        if isinstance(request, WriteNote) and failure.error.code == UNCHANGED:
            self.desk.unchanged(request)
            self.figures.show_saving()
            return
        super().on_failure(failure)
        self.desk.failed(failure)

    def on_news(self, news: News) -> None:
        """Another window may have written at the note in the editor."""
        if self.desk.note is not None and any(who == self.desk.note.member_id for who, _mark in news.marks):
            self.desk.others.look_again()

    def show_register(self) -> None:
        """Read again: the names may be other ones."""
        super().show_register()
        self.desk.others.show_title()

    def show_figures(self) -> None:
        """How many notes are there, and how many are owed."""
        self.counts_line.show(None if self.register is None else self.register.model.note_counts)

    def left(self) -> None:
        """Another view, or the end: the stay is over and everything is on its way."""
        if self.furnished:
            self.desk.end_stay()

    def on_screen_suspend(self) -> None:
        """A dialog, or another view: what was typed is on its way before anything else happens there."""
        if self.furnished:
            self.desk.save()

    async def finish(self) -> None:
        """What was typed behind a long paste, or for a note that is still being read, is written too."""
        while self.furnished and (self.editor.busy or self.desk.opening is not None):
            await sleep(0.01)
        self.left()

    def given_up(self) -> None:
        """The text that was not saved goes from the editor too, or leaving the note would try it again."""
        note = self.desk.note if self.furnished else None
        if note is not None and note.failed:
            note.failed = False
            self.editor.load(note.saved_text)
            self.desk.show()

    def dropped(self) -> None:
        """Another day: the note of this one is closed."""
        self.desk.leave()
        self.stop_writing()
        super().dropped()

    def replaced(self, before: Register) -> None:
        """The note is closed. One that is being typed is opened again with its text, if it still is that person's."""
        note, text, writing = self.desk.note, self.editor.text, self.writing
        typed = note is not None and (note.typed or self.desk.unsaved(note))
        super().replaced(before)
        if note is not None and typed and writing and same_place(before, self.register, note.member_id):
            self.desk.reopen(note.member_id, text)

    def hints(self) -> tuple[tuple[str, str], ...]:
        """In the editor other keys than in the box."""
        if not self.writing:
            return self.dispatch.hints(_("open the note"), ("note.write",))
        keys = [("Esc", _("to the queue"))]
        for command_id, label in (
            ("note.write", _("next who owes")),
            ("note.versions", _("versions")),
            ("note.preview", _("read")),
            ("note.editor", _("editor")),
        ):
            bound = commands.keys_of(commands.BY_ID[command_id], self.desk_app.keymap)
            if bound:
                keys.append((commands.key_words(bound[0]), label))
        return tuple(keys)
