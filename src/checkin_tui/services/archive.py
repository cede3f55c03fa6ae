"""The whole program out of one file and into another, with everything that was ever written about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, Final
from uuid import UUID

from checkin_tui.domain.archive.check import Checked, checked
from checkin_tui.domain.archive.fields import FIELDS
from checkin_tui.domain.archive.records import PARTS, Checkup, ImportProgram, ProgramImported
from checkin_tui.domain.errors import CheckInError, DatabaseError
from checkin_tui.domain.people import Member
from checkin_tui.domain.program import Program, ProgramTerms
from checkin_tui.domain.search import branch_key
from checkin_tui.services.context import Context, the_program
from checkin_tui.services.people_changes import logged_change, member_columns
from checkin_tui.store import archive as store
from checkin_tui.store import changelog
from checkin_tui.store.programs import insert_program, load_program
from checkin_tui.store.schema import Entity
from checkin_tui.store.selfcheck import differences, rederive
from checkin_tui.store.unit_of_work import UnitOfWork

Plain = dict[str, Any]
_TERMS: Final = tuple(field.name for field in fields(ProgramTerms))
_COUNTED: Final = PARTS[1:]


def count_entries(ctx: Context) -> dict[str, int]:
    """How many records each part has. Raises CheckInError `no_program`."""
    with ctx.reading() as connection:
        the_program(connection)
        return {"program": 1, **{part: store.count(connection, part) for part in _COUNTED}}


def entry_pages(ctx: Context) -> Iterator[tuple[str, list[Plain]]]:
    """The records of every part in order, as JSON has them; what is blank is left out.

    A page at a time: to be read from a context that stands still. Raises CheckInError `no_program`.
    """
    with ctx.reading() as connection:
        program = the_program(connection)
        reader = store.Reader(connection)
    yield "program", [_plain("program", _of_program(program))]
    for part in _COUNTED:
        after, more = 0, True
        while more:
            with ctx.reading() as connection:
                records, after = reader.page(connection, part, after)
            yield part, [_plain(part, record) for record in records]
            more = len(records) == store.PAGE


def check(request: ImportProgram) -> Checkup:
    """Read it all and write nothing. Raises CheckInError as `archive_check.checked` does."""
    name, counts = "", Counter[str]()
    for one in checked(request.entries(), request.file):
        counts[one.part] += 1
        if one.part == PARTS[0]:
            name = one.record["name"]
    return Checkup(name, {part: counts[part] for part in PARTS})


def import_program(ctx: Context, request: ImportProgram) -> ProgramImported:
    """Write it all, in one transaction; what is derived is derived anew.

    Raises CheckInError `program_exists`, and as `check` does.
    """
    with ctx.writing() as work:
        there = load_program(work.connection)
        if there is not None:
            if changelog.of_batch(work.connection, request.uid):
                return ProgramImported(request.uid, there, check(request).counts)
            raise CheckInError("program_exists", name=there.terms.name)
        counts = _write(ctx, work, request)
        program = the_program(work.connection)
        changelog.append(work.connection, [_mark_of_import(ctx, work, request.uid, program)])
        rederive(work.connection)
        if differences(work.connection):
            raise DatabaseError("db_damaged", path=ctx.database.path)  # rolled back
        work.commit()
    return ProgramImported(request.uid, program, {part: counts[part] for part in PARTS})


def _write(ctx: Context, work: UnitOfWork, request: ImportProgram) -> Counter[str]:
    writer, counts = store.Writer(work.connection), Counter[str]()
    for one in checked(request.entries(), request.file):
        counts[one.part] += 1
        if one.part == "program":
            terms = ProgramTerms(**{name: one.record[name] for name in _TERMS})
            insert_program(work.connection, one.record["uid"], terms, one.record["practice"])
        else:
            writer.add(one.part, _with_keys(ctx, one))
    writer.flush()
    return counts


def _with_keys(ctx: Context, one: Checked) -> dict[str, Any]:
    """The record with what searching and sorting need, which is in no file."""
    if one.part == "branches":
        return {**one.record, "search": branch_key(one.record["name"], ctx.readings(one.record["name"]))}
    if one.part == "members":
        return {"uid": one.record["uid"], **member_columns(ctx, Member(id=0, **one.record))}
    return one.record


def _mark_of_import(ctx: Context, work: UnitOfWork, batch: UUID, program: Program) -> changelog.LoggedChange:
    """A line that says nothing of the program, only by which request it came: it goes out with no copy."""
    return logged_change(ctx, work, batch, "create", Entity.PROGRAM, program.uid, None, None)


def _of_program(program: Program) -> dict[str, Any]:
    terms = {name: getattr(program.terms, name) for name in _TERMS}
    return {"uid": program.uid, **terms, "practice": program.practice}


def _plain(part: str, record: dict[str, Any]) -> Plain:
    found = {field.name: field.plain(record[field.name]) for field in FIELDS[part]}
    return {name: value for name, value in found.items() if value is not None}
