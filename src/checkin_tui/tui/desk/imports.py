"""Dialogs over the desk: how they are opened, and those that bring people, contacts and marks in from a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from checkin_tui.domain.changes import ChangesUndone, PeopleChanged
from checkin_tui.domain.errors import REPLACED, CheckInError
from checkin_tui.domain.requests import ImportContacts, ImportMarks, ImportMembers, Undo, UndoChanges, Write
from checkin_tui.tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from uuid import UUID

    from checkin_tui.domain.imports import ContactLine
    from checkin_tui.domain.mark_imports import MarksImported
    from checkin_tui.domain.reads import PreviewImport, PreviewMarks
    from checkin_tui.tui.screens.desk import DeskScreen
    from checkin_tui.tui.screens.importing.state import Memory

T = TypeVar("T")


class Importing:
    """Opens dialogs, and turns what an import comes to into requests. A dialog is loaded when it is opened."""

    def __init__(self, screen: DeskScreen) -> None:
        self.screen = screen

    def open(self, dialog: Dialog[T], then: Callable[[T], object], left: Callable[[], object] | None = None) -> None:
        """Show a dialog; `then` gets its result, `left` is called if it was left without one.

        What the dialog had no field for goes to the box. What it was answered about another file than the one that is
        on the screen by then is for nobody.
        """
        origin = self.screen.reading.origin
        dialog.feed = lambda characters: self.screen.feed("".join(characters))

        def done(result: T | None) -> None:
            if result is not None and self.screen.reading.origin == origin:
                then(result)
            elif result is not None:
                self.screen.tell(CheckInError(REPLACED))
            elif left is not None:
                left()

        self.screen.app.push_screen(dialog, done)

    def import_file(self) -> None:
        """People from a file, with a preview."""
        from checkin_tui.tui.screens.importing.file import first_folder
        from checkin_tui.tui.screens.importing.preview import ImportScreen

        register = self.screen.register
        if register is None:
            return

        async def write(asked: PreviewImport, memory: Memory) -> PeopleChanged:
            uid, made = self.screen.stamp()
            request = ImportMembers(uid=uid, made=made, **asked._asdict(), **memory._asdict())
            change: PeopleChanged = await self._written(request)
            return change

        dialog = ImportScreen(
            ask=self.screen.gateway.ask,
            write=write,
            undo=self._take_import_back,
            zone=register.zone,
            folder=first_folder(),
        )
        self.open(dialog, lambda _none: None)

    def import_contacts(self) -> None:
        """Whom to call at each branch, from a file."""
        from checkin_tui.tui.screens.importing.contacts import ContactsImport

        register = self.screen.register
        if register is None:
            return

        async def write(lines: tuple[ContactLine, ...]) -> PeopleChanged:
            uid, made = self.screen.stamp()
            change: PeopleChanged = await self._written(ImportContacts(uid=uid, made=made, lines=lines))
            return change

        ask = self.screen.gateway.ask
        dialog = ContactsImport(ask=ask, write=write, undo=self._take_import_back, zone=register.zone)
        self.open(dialog, lambda _none: None)

    def import_marks(self) -> None:
        """The marks of a filled register or sheet, with a preview."""
        from checkin_tui.tui.screens.importing.file import first_folder
        from checkin_tui.tui.screens.importing.marks import MarksImport

        register = self.screen.register
        if register is None:
            return

        async def write(asked: PreviewMarks, memory: Memory) -> MarksImported:
            uid, made = self.screen.stamp()
            request = ImportMarks(uid=uid, made=made, **asked._asdict(), **memory._asdict())
            change: MarksImported = await self._written(request)
            return change

        async def undo() -> ChangesUndone:
            uid, made = self.screen.stamp()
            change: ChangesUndone = await self._written(Undo(uid=uid, made=made, session_id=None))
            return change

        terms = register.view.program.terms
        dialog = MarksImport(
            ask=self.screen.gateway.ask,
            write=write,
            undo=undo,
            first=terms.first_day,
            last=terms.last_day,
            zone=register.zone,
            folder=first_folder(),
        )
        self.open(dialog, lambda _none: None)

    async def _take_import_back(self, batch: UUID) -> ChangesUndone:
        uid, made = self.screen.stamp()
        change: ChangesUndone = await self._written(UndoChanges(uid=uid, made=made, batch=batch))
        return change

    async def _written(self, request: Write) -> Any:
        """The change, or the refusal raised for the dialog that asked."""
        result = await self.screen.gateway.write(request, self.screen.reading.origin, patient=False).done
        if isinstance(result, CheckInError):
            raise result
        return result
