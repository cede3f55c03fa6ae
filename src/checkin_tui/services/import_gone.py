"""Who is a member and not in the file, and ending their membership. Nobody is ever deleted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from checkin_tui.domain.erasing import places_until
from checkin_tui.domain.imports import Ending, Gone, RosterLine
from checkin_tui.domain.people import Member, name_key
from checkin_tui.domain.whom import branch_of, plain_code
from checkin_tui.services.import_lines import somebody
from checkin_tui.services.import_plan import Plan

_DAY = timedelta(days=1)


def whoever_is_gone(
    plan: Plan, end: Ending | None, unread: Iterable[tuple[str, ...]]
) -> tuple[Gone, list[tuple[Member, Member]]]:
    """Those the file should have named, and each of them before and after their membership is ended.

    It should have named everybody in the branches it names; all, where it names none. A file that knows nobody is
    another list: it says of nobody that they are gone. Whoever a line that is not written may be about is not gone.
    The last day is the one before the first session not yet taken: until then they were expected.
    """
    last = plan.joined - _DAY if end is None or end.last is None else end.last
    there = {one.before.id for one in plan.lines if one.before is not None}
    if not there:
        return Gone(last=last), []
    missing = [one for one in plan.members if one.id not in there and not one.guest and _until(one, last) != one]
    named = {one.line.branch for one in plan.lines if one.line.branch}
    spared = _Spared(plan, unread) if missing else None
    gone = [one for one in missing if spared and not spared.covers(one) and (not named or branch_of(one) in named)]
    apart = Counter(branch_of(one) for one in missing if named and branch_of(one) not in named)
    return Gone(tuple(map(somebody, gone)), last, tuple(sorted(apart.items()))), [
        (one, _until(one, last)) for one in gone
    ]


def _until(member: Member, last: date) -> Member:
    return replace(member, memberships=places_until(member.memberships, last))


class _Spared:
    """Whoever a line that is not written may be about."""

    def __init__(self, plan: Plan, unread: Iterable[tuple[str, ...]]) -> None:
        open_ones = [one for one in plan.lines if one.after is None]
        self._ids = {member.id for one in open_ones for member in one.candidates}
        said = [text for one in open_ones for text in _named(one.line)]
        said += [text for cells in unread for text in cells if text]
        self._codes = set(map(plain_code, said))
        self._names = set(map(name_key, said))

    def covers(self, member: Member) -> bool:
        return member.id in self._ids or plain_code(member.code) in self._codes or name_key(member.name) in self._names


def _named(line: RosterLine) -> tuple[str, ...]:
    return (line.code, line.name) if line.code else (line.name,)
