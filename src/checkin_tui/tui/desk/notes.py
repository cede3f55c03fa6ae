"""Notes from any view with people: the notebook was seen, the note is opened, a step about notes is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkin_tui.domain.requests import RedoNotes, SeeNotebooks, UndoNotes

if TYPE_CHECKING:
    from checkin_tui.tui.screens.desk import DeskScreen


class Notes:
    """Everything about notes but the editor."""

    def __init__(self, screen: DeskScreen) -> None:
        self.screen = screen

    def seen(self, member_id: int | None = None) -> None:
        """The notebook of the highlighted person, or of this one, was seen."""
        chosen = self.screen.highlighted if member_id is None else member_id
        if chosen is not None:
            self.many((chosen,))

    def many(self, member_ids: tuple[int, ...]) -> None:
        """The notebooks of all of them were seen."""
        session = self.screen.marks.session_id
        if session is not None and member_ids:
            uid, made = self.screen.stamp()
            self.screen.marks.send(SeeNotebooks(uid=uid, made=made, session_id=session, member_ids=member_ids))

    def write(self) -> None:
        """Open the note of the highlighted person on the writing desk."""
        member_id = self.screen.highlighted
        if member_id is not None:
            self.screen.desk_app.write_note(member_id)

    def undo(self) -> None:
        """Take back this laptop's newest step about notes at this session."""
        session = self.screen.marks.session_id
        if session is not None:
            uid, made = self.screen.stamp()
            self.screen.send(UndoNotes(uid=uid, made=made, session_id=session))

    def redo(self) -> None:
        """Do again what was taken back last."""
        session = self.screen.marks.session_id
        if session is not None:
            uid, made = self.screen.stamp()
            self.screen.send(RedoNotes(uid=uid, made=made, session_id=session))
