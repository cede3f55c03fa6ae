"""The whole program, part by part: read in pages, and written anew into a file that has none.

Numbers of rows say something in one database only; outside, people are known by their code, branches by their name and
sessions by their key.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sqlalchemy import Connection, Table, func, insert, or_, select

from checkin_tui.domain.archive.fields import FIELDS
from checkin_tui.domain.archive.states import PRESENTER_CODE, PRESENTER_ID
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.store.changelog import read_state
from checkin_tui.store.schema import (
    attendance_events,
    branches,
    changes,
    members,
    memberships,
    note_revisions,
    refused_attempts,
    session_branches,
    sessions,
)

Record = dict[str, Any]
PAGE: Final = 2_000
TABLES: Final[Mapping[str, Table]] = {
    "branches": branches,
    "members": members,
    "memberships": memberships,
    "sessions": sessions,
    "events": attendance_events,
    "notes": note_revisions,
    "changes": changes,
    "refused": refused_attempts,
}
_REFUSAL: Final = "refusal"  # what the table calls `code`
_SESSION, _MEMBER, _BRANCH, _PRESENTER = "session_id", "member_id", "branch_id", "presenter_id"
_STATES: Final = ("before", "after")


def count(connection: Connection, part: str) -> int:
    """How many records there are of a part."""
    table = TABLES[part]
    return int(connection.execute(select(func.count()).select_from(table).where(_ours(table))).scalar_one())


def _ours(table: Table) -> Any:
    """Not how a copy of the program came into this file: that is no part of the program (`mark_of_import`)."""
    return or_(changes.c.before.is_not(None), changes.c.after.is_not(None)) if table is changes else True


class Reader:
    """Reads the records of one file, which stands still."""

    def __init__(self, connection: Connection) -> None:
        self._branches: dict[int | None, str] = {None: ""}
        self._branches |= {row.id: row.name for row in connection.execute(select(branches.c.id, branches.c.name))}
        self._codes: dict[int | None, str] = {None: ""}
        self._codes |= {row.id: row.code for row in connection.execute(select(members.c.id, members.c.code))}
        rows = connection.execute(select(sessions.c.id, sessions.c.day, sessions.c.ordinal)).all()
        self._keys = {row.id: SessionKey(row.day, row.ordinal) for row in rows}
        self._invited: dict[int, list[str]] = {}
        for session_id, branch_id in connection.execute(select(session_branches)).all():
            self._invited.setdefault(session_id, []).append(self._branches[branch_id])

    def page(self, connection: Connection, part: str, after: int) -> tuple[list[Record], int]:
        """The next records in the order in which they were written, and where the page behind them begins."""
        table = TABLES[part]
        query = select(table).where(table.c.id > after, _ours(table)).order_by(table.c.id).limit(PAGE)
        rows = connection.execute(query).mappings().all()
        return [self._record(part, dict(row)) for row in rows], rows[-1]["id"] if rows else after

    def _record(self, part: str, row: Record) -> Record:
        found = dict(row)
        if part == "refused":
            found[_REFUSAL] = found.pop("code")
        if part == "sessions":
            found["key"] = SessionKey(row["day"], row["ordinal"])
            found[PRESENTER_CODE] = self._codes[row[_PRESENTER]]
            found["branches"] = sorted(self._invited.get(row["id"], ()))
        if part == "memberships":
            found["branch"] = self._branches[row[_BRANCH]]
        if part == "changes":
            found |= {name: self._state(row[name]) for name in _STATES}
        if _SESSION in found:
            found["session"] = self._keys.get(row[_SESSION])
        if _MEMBER in found:
            found["code"] = self._codes[row[_MEMBER]]
        return {field.name: found[field.name] for field in FIELDS[part]}

    def _state(self, text: str | None) -> dict[str, Any] | None:
        state = read_state(text)
        if state is None or PRESENTER_ID not in state:
            return state
        member = state.pop(PRESENTER_ID)
        return dict(sorted({**state, PRESENTER_CODE: self._codes.get(member) or None}.items()))


class Writer:
    """Writes records in the order of the parts. Whatever they refer to has been written before."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._part = ""
        self._rows: list[Record] = []
        self._branches: dict[str, int] = {}
        self._codes: dict[str, int] = {}
        self._keys: dict[SessionKey, int] = {}
        self._invited: list[tuple[SessionKey, str]] = []

    def add(self, part: str, record: Record) -> None:
        """Write a record; with `search` (branches, members) and `sort` (members), which are in no file."""
        if part != self._part or len(self._rows) >= PAGE:
            self.flush()
            self._part = part
        self._rows.append(self._columns(part, record))

    def flush(self) -> None:
        """Write what has not been written yet."""
        if not self._rows:
            return
        self._connection.execute(insert(TABLES[self._part]), self._rows)
        self._rows = []
        if self._part == "branches":
            self._branches = {row.name: row.id for row in self._all(branches)}
        elif self._part == "members":
            self._codes = {row.code: row.id for row in self._all(members)}
        elif self._part == "sessions":
            self._keys = {SessionKey(row.day, row.ordinal): row.id for row in self._all(sessions)}
            self._invite()

    def _all(self, table: Table) -> Iterator[Any]:
        return iter(self._connection.execute(select(table)).all())

    def _invite(self) -> None:
        rows = [{_SESSION: self._keys[key], _BRANCH: self._branches[name]} for key, name in self._invited]
        if rows:
            self._connection.execute(insert(session_branches), rows)
        self._invited = []

    def _columns(self, part: str, record: Record) -> Record:
        row = dict(record)
        if part == "sessions":
            key = row.pop("key")
            row["day"], row["ordinal"] = key
            row[_PRESENTER] = self._codes.get(row.pop(PRESENTER_CODE))
            self._invited += [(key, name) for name in row.pop("branches")]
        elif part == "memberships":
            row[_BRANCH] = self._branches.get(row.pop("branch"))
        elif part == "changes":
            row |= {name: self._logged(row[name]) for name in _STATES}
        if "session" in row:
            row[_SESSION] = self._keys.get(row.pop("session"))
        if part in ("memberships", "events", "notes", "refused"):
            row[_MEMBER] = self._codes.get(row.pop("code"))
        if part == "refused":
            row["code"] = row.pop(_REFUSAL)
        return row

    def _logged(self, state: dict[str, Any] | None) -> str | None:
        if state is None:
            return None
        if PRESENTER_CODE in state:
            code = state[PRESENTER_CODE]
            state = {name: value for name, value in state.items() if name != PRESENTER_CODE}
            state[PRESENTER_ID] = None if code is None else self._codes.get(code)
        return json.dumps(state, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
