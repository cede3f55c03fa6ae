"""The columns of files that came in: remembered with the import, asked for when the same headers come again."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from checkin_tui.domain.headers import HEADER_LIMIT, headers_key
from checkin_tui.domain.imports import FileKind
from checkin_tui.domain.reads import LoadMapping
from checkin_tui.services.context import Context
from checkin_tui.store import import_columns


def load_mapping(ctx: Context, request: LoadMapping) -> dict[str, str]:
    """Field -> header, as the organizer gave it for a file with these headers; empty where nothing is remembered."""
    keys = [headers_key(headers) for headers in request.headers]
    with ctx.reading() as connection:
        return import_columns.find(connection, request.kind, keys)


def remember(
    connection: Connection,
    kind: FileKind,
    headers: Sequence[str],
    mapping: Sequence[tuple[str, str]],
    forget: bool,
) -> None:
    """Keep what the organizer said of the columns of such a file, or forget it.

    A mapping with a header too long to be one is not kept.
    """
    if forget:
        import_columns.keep(connection, kind, headers_key(headers), {})
    elif mapping and all(len(header) <= HEADER_LIMIT for _field, header in mapping):
        import_columns.keep(connection, kind, headers_key(headers), dict(mapping))
