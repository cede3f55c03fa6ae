"""Whom one line of a roster is about, among those who are there: somebody, somebody new, or nobody can tell.

People of one name are told apart by code, then branch, then phone. A line with a code is never taken for somebody with
another one; one without a code never for one of several.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from enum import Enum
from typing import Final, NamedTuple

from checkin_tui.domain import imports
from checkin_tui.domain.alike import names_alike
from checkin_tui.domain.imports import RosterLine
from checkin_tui.domain.people import Member, name_key

_WHOLE_NUMBER: Final = 7
"""Digits from which a phone may stand without the numbers of its country or city."""


class Verdict(Enum):
    """What a line is. TWICE: somebody the file names already, in another line."""

    SAME = "same"
    NEW = "new"
    DOUBTFUL = "doubtful"
    TWICE = "twice"


class Match(NamedTuple):
    """The verdict about one line. member: who it is (SAME). reason, candidates: of a doubt."""

    verdict: Verdict
    member: Member | None = None
    reason: str = ""
    candidates: tuple[Member, ...] = ()


NEW: Final = Match(Verdict.NEW)
TWICE: Final = Match(Verdict.TWICE)


class Known:
    """Those who are there, by what a file may call them."""

    def __init__(self, members: Sequence[Member]) -> None:
        self.by_id = {member.id: member for member in members}
        self.by_code = {member.code: member for member in members}
        self._by_plain: dict[str, list[Member]] = {}
        self._by_name: dict[str, list[Member]] = {}
        for member in members:
            self._by_plain.setdefault(plain_code(member.code), []).append(member)
            self._by_name.setdefault(name_key(member.name), []).append(member)

    def namesakes(self, key: str, claimed: Collection[int]) -> list[Member]:
        """Who has that name (`name_key`), but for those whom other lines are about."""
        return [member for member in self._by_name.get(key, ()) if member.id not in claimed]

    def certain(self, line: RosterLine, key: str) -> Member | None:
        """Whom code and name both fit; also where a spreadsheet took the code's zeros away."""
        member = self.by_code.get(line.code)
        if member is not None:
            return member if name_key(member.name) == key else None
        alike = [one for one in self._by_plain.get(plain_code(line.code), ()) if name_key(one.name) == key]
        return alike[0] if len(alike) == 1 else None


def decide(
    line: RosterLine,
    known: Known,
    claimed: Collection[int] = frozenset(),
    *,
    repeated: bool = False,
    named: Collection[str] = frozenset(),
) -> Match:
    """Whom one line is about. claimed: the ids of those whom other lines are about.

    repeated: another line of the file names the same name and branch, so that only a phone can tell them apart. named:
    every name in the file (`name_key`): nobody loses a name in silence that another line has.
    """
    key = name_key(line.name)
    if not line.code:
        return _by_place(line, known.namesakes(key, claimed), repeated)
    certain = known.certain(line, key)
    if certain is not None:
        return Match(Verdict.SAME, certain)
    holder = known.by_code.get(line.code)
    if holder is not None:
        free = holder.id not in claimed and name_key(holder.name) not in named
        return _renamed(line, holder, known.namesakes(key, claimed), free)
    alike = [
        one
        for one in known.namesakes(key, claimed)
        if not phones_differ(line.phone, one.phone) and (_may_be_there(line, one) or same_phone(line.phone, one.phone))
    ]
    return _doubt(imports.OTHER_CODE, alike) if alike else NEW


def _renamed(line: RosterLine, holder: Member, namesakes: Sequence[Member], free: bool) -> Match:
    """The code is known and the name is another: a name was changed only where the phone says so, or a like name in
    the same branch. free: no other line is about whoever has the code, or has their name.
    """
    here = [one for one in namesakes if _may_be_there(line, one)]
    if here:
        return _doubt(imports.CODE_OF_ANOTHER, [holder, *here])
    likely = (
        names_alike(line.name, holder.name)
        and (not line.branch or line.branch == branch_of(holder))
        and not phones_differ(line.phone, holder.phone)
    )
    if free and (likely or same_phone(line.phone, holder.phone)):
        return Match(Verdict.SAME, holder)
    return _doubt(imports.CODE_GIVEN_ANEW, [holder])


def _by_place(line: RosterLine, namesakes: Sequence[Member], repeated: bool) -> Match:
    """A line without a code: by name and branch, then by phone."""
    here = [one for one in namesakes if line.branch is None or branch_of(one) == line.branch]
    by_phone = [one for one in here or namesakes if same_phone(line.phone, one.phone)]
    if len(by_phone) == 1:
        return Match(Verdict.SAME, by_phone[0])
    if len(here) > 1 or by_phone:
        return _doubt(imports.SEVERAL_HERE if len(here) > 1 else imports.ELSEWHERE, here or by_phone)
    if here and repeated:
        return _doubt(imports.SEVERAL_HERE, here)
    if here and line.branch is None and phones_differ(line.phone, here[0].phone):
        return _doubt(imports.OTHER_PHONE, here)
    if here:
        return Match(Verdict.SAME, here[0])
    elsewhere = [one for one in namesakes if not phones_differ(line.phone, one.phone)]
    return _doubt(imports.ELSEWHERE, elsewhere) if elsewhere else NEW


def _doubt(reason: str, candidates: Sequence[Member]) -> Match:
    return Match(Verdict.DOUBTFUL, None, reason, tuple(candidates))


def _may_be_there(line: RosterLine, member: Member) -> bool:
    """Whether the branches do not tell them apart: one that is not known tells nothing."""
    there = branch_of(member)
    return not line.branch or not there or line.branch == there


def branch_of(member: Member) -> str:
    """The last branch they were in; '' without one."""
    return member.memberships[-1].branch if member.memberships else ""


def plain_code(code: str) -> str:
    """The code without what a spreadsheet or an input method changes: width, case, leading zeros."""
    plain = code if code.isascii() else unicodedata.normalize("NFKC", code)
    return plain.lstrip("0") if plain.isdecimal() else plain.casefold()


def same_phone(one: str | None, other: str | None) -> bool:
    """Whether both are known and the same, one of them perhaps with the numbers of its country."""
    if not one or not other:
        return False
    short, long = sorted((_digits(one), _digits(other)), key=len)
    return bool(short) and (short == long or (len(short) >= _WHOLE_NUMBER and long.endswith(short)))


def phones_differ(one: str | None, other: str | None) -> bool:
    """Whether both are known and not the same."""
    return bool(one and other and _digits(one) and _digits(other)) and not same_phone(one, other)


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", phone))
