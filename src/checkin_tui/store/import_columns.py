"""What is remembered of the columns of files that came in."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from checkin_tui.domain.imports import FileKind
from checkin_tui.store.schema import import_columns

_c = import_columns.c


def find(connection: Connection, kind: FileKind, keys: Sequence[str]) -> dict[str, str]:
    """Field -> header of files with these headers (`headers_key`): of the first key that is known; else nothing."""
    rows = connection.execute(select(_c.headers, _c.columns).where(_c.kind == kind, _c.headers.in_(keys))).all()
    found = {row.headers: row.columns for row in rows}
    return next((dict(found[key]) for key in keys if key in found), {})


def keep(connection: Connection, kind: FileKind, key: str, columns: dict[str, str]) -> None:
    """Remember them, instead of what was remembered; nothing is written where that is the same. {}: forget."""
    there = find(connection, kind, [key])
    if there == columns:
        return
    if there:
        connection.execute(delete(import_columns).where(_c.kind == kind, _c.headers == key))
    if columns:
        connection.execute(insert(import_columns), [{"kind": kind, "headers": key, "columns": columns}])
