"""The program row."""

from __future__ import annotations

from dataclasses import fields
from datetime import time
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, insert, select, update

from checkin_tui.domain.calendar import zone_info
from checkin_tui.domain.program import Program, ProgramTerms
from checkin_tui.store.failures import Unreadable
from checkin_tui.store.schema import programs

_LOAD = select(programs)


def load_program(connection: Connection) -> Program | None:
    """The program of this file, or None in a file that has none yet."""
    row = connection.execute(_LOAD).first()
    return None if row is None else _program(row)


def insert_program(connection: Connection, uid: UUID, terms: ProgramTerms, practice: bool) -> Program:
    """Write the program of a new file."""
    connection.execute(insert(programs).values(id=1, uid=uid, practice=practice, **_columns(terms)))
    return Program(1, uid, terms, practice)


def update_program(connection: Connection, program: Program, terms: ProgramTerms) -> Program:
    """Write new terms."""
    connection.execute(update(programs).where(programs.c.id == program.id).values(**_columns(terms)))
    return Program(program.id, program.uid, terms, program.practice)


def _columns(terms: ProgramTerms) -> dict[str, Any]:
    values = {field.name: getattr(terms, field.name) for field in fields(terms)}
    values["weekdays"] = " ".join(str(day) for day in sorted(terms.weekdays))
    values["starts"] = terms.starts.strftime("%H:%M")
    values["ends"] = terms.ends.strftime("%H:%M")
    return values


def _program(row: Row[Any]) -> Program:
    values = {field.name: getattr(row, field.name) for field in fields(ProgramTerms)}
    try:
        values["weekdays"] = frozenset(int(day) for day in row.weekdays.split())
        values["starts"] = time.fromisoformat(row.starts)
        values["ends"] = time.fromisoformat(row.ends)
        zone_info(row.zone)
    except ValueError as error:
        raise Unreadable from error
    return Program(row.id, row.uid, ProgramTerms(**values), row.practice)
