"""Whether every value of a file is one that this program writes: whole pages and indexes say nothing of that."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Column, Table
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.types import INTEGER, TypeDecorator

from checkin_tui.domain.errors import DatabaseError
from checkin_tui.store import copying
from checkin_tui.store.changelog import read_state
from checkin_tui.store.engine import Database
from checkin_tui.store.failures import Unreadable, telling
from checkin_tui.store.programs import load_program
from checkin_tui.store.schema import changes, metadata, programs
from checkin_tui.store.types import Flag, Uid
from checkin_tui.store.unit_of_work import reading

_Reader = Callable[[Any], object]
_DIALECT: Final = SQLiteDialect()
_KEPT: Final = 4096
"""How many different values of a column are remembered: days and words come again and again."""


def unreadable_rows(database: Database) -> dict[str, int]:
    """The tables with rows that hold what cannot be read, and how many. Raises DatabaseError."""
    found = {table.name: _count(database.path, table) for table in metadata.sorted_tables}
    if not found[programs.name]:
        found[programs.name] = int(not _makes_sense(database))
    return {name: count for name, count in found.items() if count}


def _makes_sense(database: Database) -> bool:
    """Whether weekdays, hours and zone of the program are some."""
    try:
        with reading(database) as connection:
            load_program(connection)
    except DatabaseError as error:
        if error.code != "db_damaged":
            raise
        return False
    return True


def _count(path: Path, table: Table) -> int:
    readers = {column.name: reader for column in table.columns if (reader := _reader(column)) is not None}
    if not readers:
        return 0
    listed = ", ".join(f'"{name}"' for name in readers)
    wrong = 0
    with telling(path), closing(copying.connect_to(path)) as raw:
        raw.text_factory = bytes  # the driver would stop at the first text that is none
        for row in raw.execute(f'SELECT {listed} FROM "{table.name}"'):
            try:
                for value, read in zip(row, readers.values(), strict=True):
                    if value is not None:
                        read(value)
            except (Unreadable, UnicodeDecodeError):
                wrong += 1
    return wrong


def _reader(column: Column[Any]) -> _Reader | None:
    """What makes something of a value of this column, or raises; None where any number will do."""
    kind = column.type
    if isinstance(kind, INTEGER | Flag):
        return None
    if column is changes.c.before or column is changes.c.after:
        return lambda value: read_state(value.decode())
    if isinstance(kind, Uid):
        return lambda value: kind.process_result_value(value, _DIALECT)
    if isinstance(kind, TypeDecorator):
        typed: TypeDecorator[Any] = kind
        return lru_cache(_KEPT)(lambda value: typed.process_result_value(value.decode(), _DIALECT))
    return bytes.decode
