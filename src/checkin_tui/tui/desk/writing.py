"""The note in the editor: opened, saved by itself a second after the first unsaved key, and never mixed up.

The writes of one stay at one person are one revision. A paste, a version brought back and what an external editor gave
back are revisions of their own. Whoever else writes at the same note is told of; both texts are kept.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from checkin_tui.domain.attendance.events import Action
from checkin_tui.domain.changes import NoteChanged, NotesChanged
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.reads import LoadNote
from checkin_tui.tui import commands
from checkin_tui.tui.desk.note_others import NoteOthers
from checkin_tui.tui.desk.note_words import not_taken
from checkin_tui.tui.desk.note_writes import NoteWrites, is_text
from checkin_tui.tui.desk.open_note import OpenNote
from checkin_tui.tui.gateway import Superseded

if TYPE_CHECKING:
    from textual.timer import Timer

    from checkin_tui.domain.requests import WriteNote
    from checkin_tui.domain.views import NoteView
    from checkin_tui.tui.gateway import Failure
    from checkin_tui.tui.screens.writing import WritingScreen

SAVE_SECONDS = 0.8
"""From the first unsaved key; with the write itself it stays below the promised second."""

COUNT_SECONDS = 0.2
AT_ONCE = 5_000  # characters up to which the count follows every key


class WritingDesk:
    """What happens to the note in the editor."""

    def __init__(self, screen: WritingScreen) -> None:
        self.screen = screen
        self.note: OpenNote | None = None
        self._kept: str | None = None  # what comes into the editor with the note being read
        self.opening: int | None = None  # whose note is being read; keys wait for it
        self._timer: Timer | None = None
        self._count: Timer | None = None
        self.writes = NoteWrites(screen)
        self.others = NoteOthers(self)
        self._turn = 0  # counts openings and leavings, so that an answer that comes late is for nobody
        self._since: float | None = None  # when the first unsaved key came, in seconds of the steady clock
        self._length = 0  # of the text when it was counted last

    # --------------------------------------------------------------------------------------------------------- opening

    def open(self, member_id: int) -> None:
        """Put somebody's note into the editor, which gets the keyboard."""
        session_id = self.screen.marks.session_id
        if session_id is None:
            return
        self.leave()
        self.opening = member_id
        self._turn += 1
        self.screen.editor.hold()
        self.screen.begin_writing(member_id)
        self.screen.run_worker(self._open(session_id, member_id, self._turn), group="note", exclusive=True)

    async def _open(self, session_id: int, member_id: int, turn: int) -> None:
        await self.writes.settled()  # what was just typed has to be on the disk before the same note is read again
        try:
            view: NoteView = await self.screen.gateway.ask(LoadNote(session_id, member_id), asker=self)
        except Superseded:
            return
        except CheckInError as error:
            if turn != self._turn:
                return
            self.opening = None
            lost = self.screen.editor.dismissed()  # it was for a note nobody can read, and is for nobody else
            self.screen.stop_writing()
            self.screen.tell(error, not_taken(lost))
            return
        if turn != self._turn:  # another note, or another day, was asked for meanwhile
            return
        self.opening = None
        self.note = OpenNote(view, self.screen.desk_app.new_uid(), self.screen.reading.origin)
        unsaved, kept = self.writes.newest_refused(self.note), self._kept
        if unsaved is None and kept != self.note.saved_text:
            unsaved = kept
        self.screen.editor.load(self.note.saved_text if unsaved is None else unsaved)
        if unsaved is not None:
            self.note.typed = self.note.failed = True
            self.save()
        self.others.show_title()
        self.show()
        self.screen.editor.release()

    def put_away(self) -> bool:
        """Close a note that is not to be seen any more. Whether it is: not while the editor holds what is not saved."""
        gone = self.note is not None and not self.unsaved(self.note)
        if gone:
            self.leave()
        return gone

    def reopen(self, member_id: int, text: str) -> None:
        """Put the note into the editor again, with this text: it is written, unless the file has just that."""
        self.open(member_id)
        self._kept = text

    def leave(self) -> None:
        """The stay is over: what is not saved is written now, and what is being read is for nobody any more."""
        self.screen.editor.stop_pasting()  # all of it is on its way already
        self.save()
        self.note = self.opening = self._kept = None
        self._turn += 1

    def end_stay(self) -> None:
        """Another view comes: what is typed after it is another revision."""
        self.save()
        self._new_stay()
        if self.note is not None:
            self.note.over = True
            self._rest(self.note)

    def _rest(self, note: OpenNote) -> None:
        """A stay that is over and wholly on the disk: what others write from now on is simply shown."""
        if note.over and not self.unsaved(note):
            note.typed = False

    def unsaved(self, note: OpenNote) -> bool:
        """Whether the editor holds what is not on the disk."""
        return bool(note.failed or self.writes.texts or self.screen.editor.text != note.saved_text)

    # ---------------------------------------------------------------------------------------------------------- saving

    def written(self) -> None:
        """A key changed the text."""
        note = self.note
        if note is None:
            return
        note.typed, note.over = True, False
        now = monotonic()
        if self._since is None:
            self._since = now
        elif now - self._since > SAVE_SECONDS and not note.failed:
            self.save()  # the keys come so fast that the timer never has its turn
            return
        if self._timer is None:
            self._timer = self.screen.set_timer(SAVE_SECONDS, self._due)
        if self._length < AT_ONCE:
            self.show()
        elif self._count is None:
            self._count = self.screen.set_timer(COUNT_SECONDS, self._recount)

    def pasting(self, text: str) -> None:
        """A paste is a revision of its own: first what was typed, then all of it, before it is even shown."""
        if self.note is not None:
            self.note.typed, self.note.over = True, False
            self.save()
            self._new_stay()
            self.writes.send(self.note, self.screen.editor.text_with(text))
            self.show()

    def pasted(self) -> None:
        """What is typed from here on is another revision."""
        self._new_stay()
        self.show()

    def replace(self, text: str) -> None:
        """Another text takes the place of the whole note (a version brought back, an external editor): a revision."""
        if self.note is not None:
            self.note.typed, self.note.over = True, False
            self.save()
            self._new_stay()
            self.screen.editor.load(text)
            self.writes.send(self.note, text)
            self._new_stay()
            self.show()

    def _new_stay(self) -> None:
        if self.note is not None:
            self.note.stay = self.screen.desk_app.new_uid()

    def _due(self) -> None:
        self._timer = None
        self.save()

    def save(self) -> None:
        """Write what is not saved yet. While a long paste goes in there is nothing: it is on its way as a whole."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._since = None
        note = self.note
        if note is None or self.screen.editor.busy:
            return
        text = self.screen.editor.text
        if text != note.newest(self.writes.texts) or note.failed:
            self.writes.send(note, text)
        self.show()

    # --------------------------------------------------------------------------------------------------------- answers

    def changed(self, change: NoteChanged | NotesChanged) -> bool:
        """A note was written. Whether it was this editor that asked."""
        text = self.writes.answered(change.uid)
        note = self.note
        if note is None or change.session_id != note.session_id:
            return text is not None
        if isinstance(change, NoteChanged) and change.member_id == note.member_id:
            note.mark, note.base = change.mark, change.revision
            note.other = (change.other and self.others.writer(change.other)) or note.other
            note.saved_at = self.screen.now()
            if text is not None:
                note.saved_text = text
            self._rest(note)
            self.show()
        elif isinstance(change, NotesChanged) and any(who == note.member_id for who, _mark in change.marks):
            if change.action is not Action.BULK:  # taken back or done again: the note says something else now
                note.typed = False
                self._new_stay()
            self.others.look_again()
        return text is not None

    def failed(self, failure: Failure) -> None:
        """Not saved: the text stays in the editor, and is tried again by itself."""
        note = self.note
        mine = self.writes.answered(failure.request.uid) is not None
        if not is_text(failure):
            return
        if failure.not_saved:
            self.writes.try_later()
        if mine and note is not None:
            note.failed = True  # also where it was refused: the text is nowhere but here
            self.show()

    def unchanged(self, request: WriteNote) -> None:
        """The very text was there already: saved."""
        text = self.writes.answered(request.uid)
        if self.note is not None and text is not None:
            self.note.saved_text = text
            self.show()

    # --------------------------------------------------------------------------------------------------------- showing

    @property
    def _versions(self) -> str:
        """The way to them."""
        way = commands.keys_now("note.versions", self.screen.desk_app.keymap)
        return way or "→ " + commands.bar_digit("note.versions", self.screen.VIEW)

    def _recount(self) -> None:
        self._count = None
        self.show()

    def show(self) -> None:
        """Characters and saved state."""
        note = self.note
        if note is None:
            self.screen.progress_line.show(None)
            return
        text = self.screen.editor.text
        self._length = len(text)
        register = self.screen.register
        zone = "UTC" if register is None else register.zone
        editor = self.screen.editor
        state = note.state(text, self.writes.texts, pasting=editor.busy)
        self.screen.progress_line.show(note.progress(text, state, zone, editor.unwrapped, self._versions))
