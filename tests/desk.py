"""A desk for tests of the use-cases: short words for long requests, on a real file."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from checkin_tui.domain.attendance.events import Reason, Status
from checkin_tui.domain.changes import AttendanceChanged
from checkin_tui.domain.imports import RosterLine
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.reads import LoadDesk, LoadNote, LoadOwed
from checkin_tui.domain.requests import (
    AddMember,
    CloseSession,
    CreateProgram,
    EditMember,
    EditSession,
    ImportMembers,
    MarkMany,
    MarkPerson,
    OpenSession,
    Redo,
    RedoNotes,
    ReopenSession,
    SeeNotebooks,
    TakeBack,
    Undo,
    UndoNotes,
    WriteNote,
)
from checkin_tui.domain.roster import Counts, Mark
from checkin_tui.domain.sessions import Session, SessionKey
from checkin_tui.domain.views import DeskView, NoteView, OwedView
from checkin_tui.services import status
from checkin_tui.services.context import Context
from checkin_tui.services.handler import Handler
from checkin_tui.store.engine import open_database
from tests.conftest import MONDAY, TERMS, Bench, Furnished, at, context_for

PEOPLE = tuple(
    RosterLine(row + 2, f"{row + 1:03d}", name, branch, leader=row % 4 == 0)
    for row, (name, branch) in enumerate(
        [
            ("Zhang Wei", "Xinghe"),
            ("Li Na", "Xinghe"),
            ("王小明", "Xinghe"),
            ("Zhang Wei", "Lotus Ford"),
            ("José Álvarez", "Lotus Ford"),
            ("Анна Лист", "Lotus Ford"),
            ("سارة الورد", "Clinic"),
            ("Noor [/foo]", "Clinic"),
        ]
    )
)


class Desk:
    """One station at one file. Members are named by code."""

    def __init__(
        self,
        ctx: Context,
        bench: Bench,
        *,
        terms: ProgramTerms = TERMS,
        people: tuple[RosterLine, ...] = PEOPLE,
        new: bool = True,
    ) -> None:
        """new: the file has no program yet; it gets this one, with these people."""
        self.ctx, self.bench, self.handler = ctx, bench, Handler(ctx)
        if new:
            self.do(CreateProgram, terms=terms)
            self.do(ImportMembers, lines=people)

    def do(self, request: type, **values: Any) -> Any:
        uid = values.pop("uid", None) or self.bench.uid()
        return self.handler.handle(request(uid=uid, made=values.pop("made", self.bench.now), **values))

    def view(self, day: date | None = MONDAY) -> DeskView:
        key = None if day is None else SessionKey(day)
        found: DeskView = self.handler.handle(LoadDesk(key))
        return found

    def session(self, day: date = MONDAY) -> Session:
        session = self.view(day).session
        assert session is not None
        return session

    def id_of(self, code: str) -> int:
        view = self.view()
        return next(one.member_id for one in (*view.people, *view.others) if one.code == code)

    def mark(self, code: str, day: date = MONDAY, **values: Any) -> AttendanceChanged:
        for name in ("at", "left"):
            if isinstance(values.get(name), str):
                values[name] = at(values[name], day)
        changed = self.do(MarkPerson, session_id=self.session(day).id, member_id=self.id_of(code), **values)
        assert isinstance(changed, AttendanceChanged)
        return changed

    def excuse(self, code: str, reason: Reason | None = None, **values: Any) -> AttendanceChanged:
        return self.mark(code, status=Status.EXCUSED, reason=reason, **values)

    def many(self, codes: list[str], status: Status, **values: Any) -> Any:
        ids = tuple(self.id_of(code) for code in codes)
        return self.do(MarkMany, session_id=self.session().id, member_ids=ids, status=status, **values)

    def undo(self, **values: Any) -> Any:
        return self.do(Undo, session_id=values.pop("session_id", self.session().id), **values)

    def redo(self) -> Any:
        return self.do(Redo, session_id=self.session().id)

    def take_back(self, code: str, **values: Any) -> Any:
        return self.do(TakeBack, session_id=self.session().id, member_id=self.id_of(code), **values)

    def open(self, day: date = MONDAY, **values: Any) -> Any:
        return self.do(OpenSession, key=SessionKey(day), **values)

    def close(self, absent_rest: bool = False) -> Any:
        return self.do(CloseSession, session_id=self.session().id, absent_rest=absent_rest)

    def reopen(self, because: str = "forgot somebody") -> Any:
        return self.do(ReopenSession, session_id=self.session().id, because=because)

    def edit(self, day: date = MONDAY, **values: Any) -> Any:
        return self.do(EditSession, session_id=self.session(day).id, **values)

    def add(self, name: str, **values: Any) -> Any:
        return self.do(AddMember, name=name, **values)

    def change(self, code: str, **values: Any) -> Any:
        return self.do(EditMember, member_id=self.id_of(code), **values)

    def note(self, code: str, text: str | None = None, **values: Any) -> Any:
        return self.do(WriteNote, session_id=self.session().id, member_id=self.id_of(code), text=text, **values)

    def notebooks(self, *codes: str, **values: Any) -> Any:
        ids = tuple(self.id_of(code) for code in codes)
        return self.do(SeeNotebooks, session_id=self.session().id, member_ids=ids, **values)

    def undo_notes(self, **values: Any) -> Any:
        return self.do(UndoNotes, session_id=self.session().id, **values)

    def redo_notes(self, **values: Any) -> Any:
        return self.do(RedoNotes, session_id=self.session().id, **values)

    def note_of(self, code: str) -> NoteView:
        found: NoteView = self.handler.handle(LoadNote(self.session().id, self.id_of(code)))
        return found

    def text_of(self, code: str) -> str:
        versions = self.note_of(code).versions
        return versions[0].text if versions else ""

    def owed(self, day: date | None = MONDAY, **values: Any) -> OwedView:
        found: OwedView = self.handler.handle(LoadOwed(None if day is None else SessionKey(day), **values))
        return found

    def owing(self) -> dict[str, int]:
        """Who owes a note on Monday, with the characters that are there."""
        people = [one for branch in self.owed().branches for one in branch.people]
        return {one.code: one.notes[0].chars for one in people}

    def mark_of(self, code: str, day: date = MONDAY) -> Mark:
        return self.view(day).marks.get(self.id_of(code), Mark())

    def statuses(self) -> dict[str, str]:
        view = self.view()
        return {
            one.code: status.value
            for one in view.people
            if (status := view.marks.get(one.member_id, Mark()).status) is not None
        }

    def counts(self) -> Counts:
        return status.status(self.ctx, SessionKey(MONDAY)).figures.counts

    def station(self) -> UUID:
        return self.ctx.station


@contextmanager
def fresh_desk(made: Furnished) -> Iterator[Desk]:
    """For one example of many in a test: a desk on a file that no other example has seen."""
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(count=made.ids)
        with open_database(Path(shutil.copyfile(made.path, Path(folder) / "checkin.db"))) as database:
            yield Desk(context_for(database, bench), bench, new=False)
