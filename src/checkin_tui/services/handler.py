"""The one door for screens: a frozen request in, a change or a view out."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from checkin_tui.domain import reads, requests
from checkin_tui.domain.archive.records import ImportProgram
from checkin_tui.domain.errors import CheckInError, DatabaseError
from checkin_tui.domain.views import Origin
from checkin_tui.services.context import Context
from checkin_tui.services.opening import Door
from checkin_tui.store.engine import Database, exists, why_absent

_USE_CASES: dict[type, str] = {
    reads.LoadDesk: "reads.load_desk",
    reads.LoadNews: "reads.load_news",
    reads.LoadHistory: "reads.load_history",
    reads.LoadMember: "reads.load_member",
    reads.LoadBranches: "reads.load_branches",
    reads.LoadSessions: "reads.load_all_sessions",
    reads.LoadCampaign: "campaign.load_campaign",
    reads.LoadOwes: "owed_counts.load_owes",
    reads.LoadOwed: "owed.load_owed",
    reads.LoadNote: "notes.load_note",
    reads.PreviewImport: "importing.people.preview_import",
    reads.PreviewMarks: "importing.marks.preview_marks",
    reads.LoadMapping: "importing.columns.load_mapping",
    reads.PreviewErase: "erasing.preview_erase",
    reads.PreviewContacts: "contacts.preview_contacts",
    reads.PreviewProgram: "program.preview_program",
    requests.MarkPerson: "attendance.mark_person",
    requests.MarkMany: "attendance.mark_many",
    requests.TakeBack: "attendance.take_back",
    requests.Undo: "undo_changes.undo_last",
    requests.Redo: "undoing.redo_step",
    requests.UndoChanges: "undo_changes.undo_batch",
    requests.UndoPlan: "undo_changes.undo_plan",
    requests.RecordRefusal: "refusals.record_refusal",
    requests.OpenSession: "sessions.open_session",
    requests.CloseSession: "sessions.close_session",
    requests.ReopenSession: "sessions.reopen_session",
    requests.EditSession: "session_edits.edit_session",
    requests.AddMember: "people.add_member",
    requests.EditMember: "people.edit_member",
    requests.ErasePerson: "erasing.erase_person",
    requests.ImportMembers: "importing.people.import_members",
    requests.ImportMarks: "importing.marks.import_marks",
    requests.CreateProgram: "program.create_program",
    ImportProgram: "archive.import_program",
    requests.EditProgram: "program.edit_program",
    requests.PlanSessions: "planning.plan_sessions",
    requests.CancelSession: "cancelling.cancel_session",
    requests.EditBranch: "contacts.edit_branch",
    requests.ImportContacts: "contacts.import_contacts",
    requests.WriteNote: "notes.write_note",
    requests.SeeNotebooks: "notebooks.see_notebooks",
    requests.UndoNotes: "note_undo.undo_notes",
    requests.RedoNotes: "note_undo.redo_notes",
}
"""Request -> use-case, imported with its first request: the first roster does not wait for what writes."""


@cache
def use_case(request: type) -> Callable[[Context, Any], Any]:
    """The function that does what requests of this type ask."""
    module, name = _USE_CASES[request].rsplit(".", 1)
    found: Callable[[Context, Any], Any] = getattr(import_module(f"checkin_tui.services.{module}"), name)
    return found


class Handler:
    """Answers requests for one station on one connection; to be used from one thread."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def handle(self, request: Any, origin: Origin | None = None) -> Any:
        """Do what the request asks. Raises CheckInError; a failing disk or a lock is a DatabaseError.

        origin: where a write was made from; `db_replaced` if the file has become another one since.
        """
        kind: type = type(request)
        database = self.context.database
        database.expected = origin
        try:
            return use_case(kind)(self.context, request)
        finally:
            database.expected = None

    def foreign_changes(self) -> bool:
        """Whether somebody else committed since the last call."""
        return self.context.database.foreign_changes()

    def close(self) -> None:
        """Give the file back."""
        self.context.database.close()


class FileHandler:
    """A handler that opens its file at the first request, and makes it with the program where there is none yet."""

    def __init__(self, door: Door, context_for: Callable[[Database], Context]) -> None:
        self._door = door
        self._path = door.path
        self._context_for = context_for
        self._handler: Handler | None = None
        self._looked = False
        self._ways_out: dict[str, dict[str, Any]] = {}  # by code, looked for once: it takes as long as reading a backup

    def handle(self, request: Any, origin: Origin | None = None) -> Any:
        """As `Handler.handle`. Without a file everything but CreateProgram and ImportProgram is refused: `no_program`,
        with what `Door.refusal` knows of it.

        What the database itself is to blame for brings a way out (`Door.refusal`).
        """
        try:
            if self._handler is None:
                if not exists(self._path):
                    self._make(request)
                self._handler = Handler(self._context_for(self._door.open()))
            return self._handler.handle(request, origin)
        except DatabaseError as error:
            if not error.wrong_file:
                raise
            raise type(error)(error.code, **self._with_way_out(error)) from error

    def _with_way_out(self, error: DatabaseError) -> dict[str, Any]:
        known = self._ways_out.get(error.code)
        if known is None:
            known = self._ways_out[error.code] = self._door.refusal(error).values
        return {**known, **error.values}

    def _make(self, request: Any) -> None:
        absent = why_absent(self._path)
        if not isinstance(request, requests.CreateProgram | ImportProgram):
            if absent.code != "db_missing":
                raise absent
            raise CheckInError("no_program", **self._with_way_out(absent))
        from checkin_tui.services.archive import check
        from checkin_tui.services.program import checked_terms
        from checkin_tui.store.migrations import create

        if isinstance(request, requests.CreateProgram):
            checked_terms(request.terms)
        else:
            check(request)
        try:
            create(self._path)
        except DatabaseError as error:
            if error.code != "db_exists":
                raise  # else somebody made it a moment ago: whose program it gets, its transaction decides

    def foreign_changes(self) -> bool:
        """As `Handler.foreign_changes`. Yes at the first look: nobody knows what came while the file was being read."""
        if self._handler is not None and self._looked:
            return self._handler.foreign_changes()
        if self._handler is None:
            if not exists(self._path):
                return False
            self._handler = Handler(self._context_for(self._door.open()))
        self._handler.foreign_changes()
        self._looked = True
        return True

    def close(self) -> None:
        """Give the file back."""
        if self._handler is not None:
            self._handler.close()
