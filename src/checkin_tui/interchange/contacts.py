"""Contacts in: a file of branches with whom to call there, as clean lines ready to import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from checkin_tui.domain import imports
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import ContactLine, Contacts, Rejected
from checkin_tui.domain.text import clean
from checkin_tui.interchange.columns import CONTACTS, Header, find_header, headers_of
from checkin_tui.interchange.tables import read_table


def read_contacts(
    path: Path, *, sheet: str | None = None, encoding: str | None = None, mapping: Mapping[str, str] | None = None
) -> Contacts:
    """The contacts in the file at `path`. `mapping` is field -> header, where the table of words does not know it.

    Raises CheckInError as `read_table` and `find_header` do, and `import_no_contact` (file, headers) for a file that
    names neither contact nor telephone. Empty rows and the header row repeated on a later page are passed over.
    """
    table = read_table(path, sheet=sheet, encoding=encoding)
    header = find_header(table.rows, str(path), mapping, CONTACTS)
    top = table.rows[header.position]
    if "contact" not in header.places and "phone" not in header.places:
        raise CheckInError("import_no_contact", file=str(path), headers=headers_of(top))
    lines: list[ContactLine] = []
    rejected: list[Rejected] = []
    first = table.first_row_number + header.position + 1
    for number, row in enumerate(table.rows[header.position + 1 :], first):
        if row == top or not any(map(clean, row)):
            continue
        read = _line(header, number, row)
        if isinstance(read, Rejected):
            rejected.append(read)
        else:
            lines.append(read)
    return Contacts(tuple(lines), tuple(rejected), header.columns, table.source)


def _line(header: Header, number: int, row: Sequence[str]) -> ContactLine | Rejected:
    cells = {field: clean(row[place]) if place < len(row) else "" for field, place in header.places.items()}
    if not cells["branch"]:
        return Rejected(number, imports.NO_BRANCH, {})
    if len(row) > header.width and any(map(clean, row[header.width :])):
        return Rejected(number, imports.TOO_MANY_CELLS, {"cells": len(row), "headers": header.width})
    for field, text in cells.items():
        if (values := imports.text_too_long(field, text)) is not None:
            return Rejected(number, imports.TEXT_TOO_LONG, values)
    return ContactLine(number, cells["branch"], cells.get("contact"), cells.get("phone"))
