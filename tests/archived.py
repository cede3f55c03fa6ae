"""A program in which everything happened that may happen, and whether two files hold the same one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import Table, select

from checkin_tui.cli.shapes import status_shape
from checkin_tui.domain.archive.records import Entries, ImportProgram, ProgramImported
from checkin_tui.domain.attendance.events import Reason, Status
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import RosterLine
from checkin_tui.domain.requests import (
    CancelSession,
    CloseSession,
    EditBranch,
    ErasePerson,
    ImportMembers,
    RecordRefusal,
    ReopenSession,
    SeeNotebooks,
    UndoNotes,
    UndoPlan,
    WriteNote,
)
from checkin_tui.domain.sessions import AudienceKind
from checkin_tui.services.context import Context
from checkin_tui.services.handler import Handler
from checkin_tui.services.status import status
from checkin_tui.store.engine import open_database
from checkin_tui.store.people import load_branches
from checkin_tui.store.schema import attendance, attendance_events, members, note_revisions, notes, sessions
from checkin_tui.store.selfcheck import differences
from checkin_tui.store.sessions import load_sessions
from tests.conftest import Bench, at, context_for
from tests.desk import Desk

TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2026, 5, day) for day in (19, 20, 21, 22))
HOSTILE = (
    "=1+1",
    "'@SUM(A1)",
    "' =1;=2|'-3",
    "'\n=1+1\n\n'=2",
    "<r>bold</r>",
    "_x000D_ _x0041_ &amp; <b>",
    "a\ttab and\rline\u2028ends",
    "\U0001f600 👩‍👩‍👧 字\u3000wide  ",
    "  \n ",
    "\U0001f600" * 10_001,
    "字" * 40_000 + ";=",
    "=" + ";=" * 12_000,
    "e\u0301 ␊ ␛",
)


def lived(desk: Desk) -> None:
    """A week with every kind of step, three days of it as they come by a seed that is always the same."""
    monday(desk)
    for day, seed in ((TUESDAY, 7), (THURSDAY, 8)):
        by_chance(desk, day, Random(seed))
    desk.do(CancelSession, session_id=desk.session(FRIDAY).id, because="flood =1")
    desk.edit(WEDNESDAY, topic="=Water", presenter="002", audience=AudienceKind.BRANCHES, branches=("Clinic", "Xinghe"))
    desk.excuse("003", Reason.OFFICIAL, day=WEDNESDAY)
    with desk.ctx.reading() as connection:
        branch = load_branches(connection)[0]
    desk.do(EditBranch, branch_id=branch.id, contact="Ah Mei", phone="+86 0755")
    desk.do(ErasePerson, member_id=desk.id_of("006"), name="erased person")


def monday(desk: Desk) -> None:
    desk.add("Guest of Monday", code="900", guest=True)
    desk.change("004", branch="Clinic", leader=True, since=WEDNESDAY)
    desk.change("008", left=TUESDAY, phone="=0012")
    desk.open()
    desk.bench.now = at("16:45") + 123
    desk.mark("001", at="14:26")
    desk.mark("002", at="15:02")
    desk.mark("002", at="14:40", correct=True)
    desk.mark("002", left="16:30")
    desk.excuse("003", Reason.SICK)
    desk.mark("900", at="14:50", guest=True)
    desk.mark("004", status=Status.LATE)
    desk.undo()
    desk.redo()
    desk.take_back("003")
    session = {"session_id": desk.session().id}
    desk.do(
        RecordRefusal, **session, typed="\x1b[31m00?", code="unknown", sentence="00? is nobody here", member_id=None
    )
    for number, text in enumerate(HOSTILE):
        desk.note(f"00{number % 6 + 1}", text)
    desk.undo_notes()
    desk.notebooks("001")
    desk.close(absent_rest=True)
    desk.undo()
    desk.close(absent_rest=True)
    desk.reopen()
    desk.close()
    desk.mark("005", status=Status.EXCUSED, reason=Reason.PERSONAL, correct=True, because="=called, late")


def by_chance(desk: Desk, day: date, chance: Random) -> None:
    desk.bench.now = at("14:20", day)
    desk.open(day)
    codes = [f"00{number}" for number in range(1, 9)]

    def note() -> dict[str, int]:
        return {"session_id": desk.session(day).id, "member_id": desk.id_of(chance.choice(codes))}

    steps: list[Callable[[], Any]] = [
        lambda: desk.mark(chance.choice(codes), day),
        lambda: desk.mark(chance.choice(codes), day, at="14:25"),
        lambda: desk.mark(chance.choice(codes), day, status=chance.choice(list(Status))),
        lambda: desk.mark(chance.choice(codes), day, left=at("15:30", day)),
        lambda: desk.undo(session_id=desk.session(day).id),
        lambda: desk.mark("900", day, guest=True),
        lambda: desk.undo(session_id=None),
        lambda: desk.mark(chance.choice(codes), day, at="14:50", correct=True, because="=asked"),
        lambda: desk.edit(THURSDAY, topic="t=;=", presenter=chance.choice(["003", "Somebody else", ""])),
        lambda: desk.change(chance.choice(codes), branch=chance.choice(["Clinic", "=New", ""]), since=day),
        lambda: desk.do(ImportMembers, lines=(RosterLine(2, f"x{chance.randrange(9)}", "新人", "Far; =1"),)),
        lambda: desk.do(UndoPlan),
        lambda: desk.do(WriteNote, **note(), text=chance.choice(HOSTILE[:9])),
        lambda: desk.do(SeeNotebooks, session_id=desk.session(day).id, member_ids=(desk.id_of("001"),)),
        lambda: desk.do(UndoNotes, session_id=desk.session(day).id),
        lambda: desk.do(CloseSession, session_id=desk.session(day).id, absent_rest=True),
        lambda: desk.do(ReopenSession, session_id=desk.session(day).id, because='"forgot"'),
    ]
    for minute in range(24):
        desk.bench.now = at("14:24", day) + minute * 4 * 60_000
        with suppress(CheckInError, StopIteration):  # refused; or about somebody whose coming in was taken back
            chance.choice(steps)()


@contextmanager
def copied(template: Path, entries: Entries, path: Path, bench: Bench, station: int = 1):
    """What came out of the import into a new file at `path`, and a desk at it."""
    with open_database(Path(shutil.copyfile(template, path))) as database:
        ctx = context_for(database, bench, station)
        request = ImportProgram(bench.uid(), bench.now, "archive", entries)
        done: ProgramImported = Handler(ctx).handle(request)
        yield done, Desk(ctx, bench, new=False)


def facts(ctx: Context) -> dict[str, Any]:
    """What was written, and what it comes to: every standing, every note, every figure of the sessions and campaign."""
    with ctx.reading() as connection:
        assert differences(connection) == []
        codes = dict(connection.execute(select(members.c.id, members.c.code)).all())
        days = {row.id: (row.day, row.ordinal) for row in connection.execute(select(sessions)).all()}
        standings = {
            (days[row.session_id], codes[row.member_id]): row[2:] for row in connection.execute(select(attendance))
        }
        written = {
            (days[row.session_id], codes[row.member_id]): row[3:] for row in connection.execute(select(notes)).all()
        }
        searched = {row.code: (row.sort, row.search) for row in connection.execute(select(members)).all()}
        planned = load_sessions(connection)
        written_down = {
            table.name: [
                (days[row[1]], codes[row[2]], *row[3:])
                for row in connection.execute(select(table.c.id, table.c.session_id, table.c.member_id, *rest(table)))
            ]
            for table in (attendance_events, note_revisions)
        }
    return {
        **written_down,
        "standings": standings,
        "notes": written,
        "searched": searched,
        "reasons": {str(one.key): one.reason for one in planned},
        "terms": asdict(status(ctx).program.terms),
        "figures": [status_shape(status(ctx, one.key)) for one in planned],
    }


def rest(table: Table) -> list[Any]:
    """Every column that means the same in every file."""
    return [column for column in table.c if column.name not in ("id", "session_id", "member_id")]


def number(value: int) -> str:
    """An id as a file has it."""
    return str(UUID(int=value))
