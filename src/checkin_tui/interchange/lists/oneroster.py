"""OneRoster: people in users.csv, their schools in orgs.csv and, from 1.2 on, what they are there in roles.csv.

The three lie in one folder, or in one ZIP file (1EdTech, OneRoster CSV Binding 1.1 and 1.2; ids refer to `sourcedId`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from checkin_tui.domain.text import clean

USERS: Final = "users.csv"
ORGS: Final = "orgs.csv"
ROLES: Final = "roles.csv"
ROLE: Final = "role"
_UNIT_KINDS: Final = frozenset({"school", "department"})  # the others are above: district, local, state, national

Rows = Sequence[Sequence[str]]
Reader = Callable[[str], Rows | None]
"""Reads another file of the same data set; None where it is not there."""


class _Org(NamedTuple):
    name: str
    is_unit: bool


def with_orgs(rows: Rows, read: Reader) -> list[list[str]]:
    """The rows of users.csv, header first, with the names of schools for their ids, and with a column for the role.

    Of several schools of one person the first counts, a district only where there is nothing smaller. An id that
    orgs.csv does not know stays as it is.
    """
    head = _places(rows[0])
    users, people, width = rows[1:], head.get("sourcedid"), len(rows[0])
    org = head.get("orgsourcedids", head.get("primaryorgsourcedid"))
    if org is None or people is None:
        return [list(row) for row in rows]
    orgs = _orgs(read(ORGS) or ())
    roles = {} if ROLE in head else _roles(read(ROLES) or ())
    out = [[*rows[0], ROLE] if roles else list(rows[0])]
    for row in users:
        cells = [*row, *[""] * (width - len(row))]
        role, of_role = roles.get(clean(cells[people]), ("", ""))
        cells[org] = _unit(clean(cells[org]) or of_role, orgs)
        if roles and len(cells) == width:
            cells.append(role)
        out.append(cells)
    return out


def _unit(ids: str, orgs: dict[str, _Org]) -> str:
    """The name of the first school of a list of ids with commas between them."""
    named = [orgs.get(one, _Org(one, is_unit=False)) for one in map(str.strip, ids.split(",")) if one]
    return next((org.name for org in named if org.is_unit), named[0].name if named else "")


def _orgs(rows: Rows) -> dict[str, _Org]:
    if not rows:
        return {}
    head = _places(rows[0])
    key, name, kind = head.get("sourcedid"), head.get("name"), head.get("type")
    if key is None or name is None:
        return {}
    return {
        _cell(row, key): _Org(_cell(row, name) or _cell(row, key), _cell(row, kind).lower() in _UNIT_KINDS)
        for row in rows[1:]
    }


def _roles(rows: Rows) -> dict[str, tuple[str, str]]:
    """Of each user the role and the school; the primary one before others."""
    if not rows:
        return {}
    head = _places(rows[0])
    found: dict[str, tuple[str, str]] = {}
    primary: set[str] = set()
    for row in rows[1:]:
        user, kind = _cell(row, head.get("usersourcedid")), _cell(row, head.get("roletype")).lower()
        if _cell(row, head.get("status")).lower() == "tobedeleted" or not user or user in primary:
            continue
        if kind == "primary" or user not in found:
            found[user] = _cell(row, head.get("role")), _cell(row, head.get("orgsourcedid"))
        if kind == "primary":
            primary.add(user)
    return found


def _places(row: Sequence[str]) -> dict[str, int]:
    return {clean(cell).lower(): place for place, cell in enumerate(row)}


def _cell(row: Sequence[str], place: int | None) -> str:
    return clean(row[place]) if place is not None and place < len(row) else ""
