"""What others do about the note in the editor, in another window or another laptop: read again, and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkin_tui.domain.erasing import is_erased
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.reads import LoadNote
from checkin_tui.domain.text import clean_lines
from checkin_tui.i18n import _
from checkin_tui.tui.gateway import Superseded
from checkin_tui.tui.widgets.lines import BannerValue
from checkin_tui.tui.widgets.note_lines import NoteTitle
from checkin_tui.words import day_text

if TYPE_CHECKING:
    from checkin_tui.domain.views import NoteVersion, NoteView
    from checkin_tui.tui.desk.open_note import OpenNote
    from checkin_tui.tui.desk.writing import WritingDesk


class NoteOthers:
    """Looks at the file for the editor, and at who the note is of."""

    def __init__(self, desk: WritingDesk) -> None:
        self.desk = desk

    def show_title(self) -> None:
        """Whose note is in the editor, as this window shows names. That of a person who was erased is put away."""
        screen, note = self.desk.screen, self.desk.note
        register = screen.register
        person = None if note is None or register is None else register.model.person(note.member_id)
        if note is None or person is None:
            return
        if is_erased(person.code) and self.desk.put_away():
            screen.stop_writing()
            text = _("{code} was erased meanwhile: nothing of the note is left.").format(code=person.code)
            screen.say(BannerValue("info", text))
        else:
            screen.title_line.show(NoteTitle(person.name, person.branch, day_text(note.day)))

    def look_again(self) -> None:
        """Somebody else may have written at this note."""
        if self.desk.note is not None:
            self.desk.screen.run_worker(self._look_again(self.desk.note), group="look", exclusive=True)

    async def _look_again(self, note: OpenNote) -> None:
        desk = self.desk
        try:
            view: NoteView = await desk.screen.gateway.ask(LoadNote(note.session_id, note.member_id), asker=note)
        except (Superseded, CheckInError):
            return
        if note is not desk.note or not view.versions:
            return
        newest = view.versions[0]
        note.mark, note.versions = view.mark, view.versions
        if newest.uid == note.base or desk.writes.texts:
            desk.show()
            return
        if clean_lines(newest.text) == note.saved_text:  # only the notebook was seen
            note.base = newest.uid
        elif not note.typed and not desk.unsaved(note):  # nothing of ours is in it: show what is there now
            note.base, note.saved_text, note.saved_at = newest.uid, clean_lines(newest.text), newest.recorded
            desk.screen.editor.load(note.saved_text)
        else:
            note.other = self.writer("" if newest.own else newest.operator or newest.station)
        desk.show()

    async def read_versions(self) -> tuple[NoteVersion, ...]:
        """Every version of the note in the editor, after what is typed was written."""
        note = self.desk.note
        if note is None:
            return ()
        self.desk.save()
        await self.desk.screen.gateway.drain(1.0)
        view: NoteView = await self.desk.screen.gateway.ask(LoadNote(note.session_id, note.member_id))
        return view.versions

    def writer(self, name: str) -> str:
        """Who wrote at the note too. Somebody of the same name is most likely the same person, in another window."""
        register = self.desk.screen.register
        return name if name and (register is None or name != register.view.operator) else _("Another window")
