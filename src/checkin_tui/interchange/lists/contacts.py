"""Contacts in: a file of branches with whom to call there, as clean lines ready to import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from checkin_tui.domain import imports
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import ContactLine, Contacts, Rejected
from checkin_tui.domain.text import clean
from checkin_tui.interchange.lists.columns import CONTACTS, headers_of
from checkin_tui.interchange.lists.headers import Header, find_header
from checkin_tui.interchange.lists.kinds import refuse_people
from checkin_tui.interchange.lists.totals import is_total
from checkin_tui.interchange.reading.tables import open_source


def read_contacts(
    path: Path, *, sheet: str | None = None, encoding: str | None = None, mapping: Mapping[str, str] | None = None
) -> Contacts:
    """The contacts in the file at `path`. `mapping` is field -> header, where the table of words does not know it.

    Raises CheckInError as `read_table` and `find_header` do, and `import_no_contact` (file, headers) for a file that
    names neither contact nor telephone, import_is_roster (file) for a list of people, import_header_only (file). Empty
    rows, lines of totals and the header row repeated on a later page are passed over.
    """
    table = open_source(path).table(sheet, encoding)
    header = find_header(table.rows, str(path), mapping, CONTACTS)
    top = table.rows[header.position]
    if "contact" not in header.places and "phone" not in header.places:
        raise CheckInError("import_no_contact", file=str(path), headers=headers_of(top))
    place = header.places["branch"]
    below = [clean(row[place]) for row in table.rows[header.position + 1 :] if place < len(row)]
    refuse_people(top, [branch for branch in below if branch], str(path), is_mapped=bool(mapping))
    lines: list[ContactLine] = []
    rejected: list[Rejected] = []
    first = table.first_row_number + header.position + 1
    for number, row in enumerate(table.rows[header.position + 1 :], first):
        texts = [text for text in map(clean, row) if text]
        if row == top or not texts or is_total(texts, clean(row[place]) if place < len(row) else "", "", ""):
            continue
        read = _line(header, number, row)
        if isinstance(read, Rejected):
            rejected.append(read)
        else:
            lines.append(read)
    if not (lines or rejected):
        raise CheckInError("import_header_only", file=str(path))
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
