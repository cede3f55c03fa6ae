"""Whom the rows of a file of marks are about: only people who are there; nobody is made, nobody is guessed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from checkin_tui.domain import mark_imports
from checkin_tui.domain.erasing import is_erased
from checkin_tui.domain.mark_imports import MarkLine
from checkin_tui.domain.people import Member, name_key
from checkin_tui.domain.whom import Known, branch_of, plain_code


class Nobody(NamedTuple):
    """Why a row is about nobody: one of `mark_imports.MARK_ROW_CODES`, and what its sentence names."""

    code: str
    values: dict[str, Any]


class Whom:
    """Finds people by code, else by name and branch, else by a name that only one has.

    A code whose zeros a spreadsheet took away counts where the name fits. Where no code of the whole file is known the
    codes are another program's, and names decide; else a row with an unknown code is about nobody.
    """

    def __init__(self, members: Sequence[Member], lines: Iterable[MarkLine]) -> None:
        there = [one for one in members if not is_erased(one.code)]
        self._known = Known(there)
        self._plain: dict[str, list[Member]] = {}
        for member in there:
            self._plain.setdefault(plain_code(member.code), []).append(member)
        self._coded = any(line.code and plain_code(line.code) in self._plain for line in lines)
        self._found: dict[tuple[str, str, str | None], Member | Nobody] = {}

    def find(self, line: MarkLine) -> Member | Nobody:
        """The person, or why there is none."""
        asked = (line.code, line.name, line.branch)
        if asked not in self._found:
            coded = line.code and (self._coded or not line.name)
            self._found[asked] = self._by_code(line) if coded else self._by_name(line)
        return self._found[asked]

    def _by_code(self, line: MarkLine) -> Member | Nobody:
        key, member = name_key(line.name), self._known.by_code.get(line.code)
        alike = [member] if member is not None else self._plain.get(plain_code(line.code), [])
        if not line.name:
            return member or Nobody(mark_imports.NO_CODE_HERE, {"code": line.code})
        fitting = [one for one in alike if name_key(one.name) == key]
        if len(fitting) == 1:
            return fitting[0]
        if not alike:
            return Nobody(mark_imports.NO_CODE_HERE, {"code": line.code})
        return Nobody(mark_imports.CODE_OF_ANOTHER, {"code": line.code, "name": line.name})

    def _by_name(self, line: MarkLine) -> Member | Nobody:
        same = self._known.namesakes(name_key(line.name), ())
        here = [one for one in same if line.branch and name_key(line.branch) in _branches(one)]
        found = here or same
        if len(found) == 1:
            return found[0]
        code = mark_imports.NAMESAKES if found else mark_imports.NOBODY
        return Nobody(code, {"name": line.name})


def _branches(member: Member) -> set[str]:
    """Every branch they were ever in: a register may be older than their last move."""
    return {name_key(place.branch) for place in member.memberships} | {name_key(branch_of(member))}
