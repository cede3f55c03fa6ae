"""Who is a member and not in the file, and ending their membership. Nobody is ever deleted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from checkin_tui.domain.erasing import places_until
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import Ending, Gone, RosterLine
from checkin_tui.domain.people import Member, name_key
from checkin_tui.domain.whom import branch_of, plain_code
from checkin_tui.services.importing.lines import somebody
from checkin_tui.services.importing.plan import Plan

_DAY = timedelta(days=1)


def whoever_is_gone(
    plan: Plan, end: Ending | None, unread: Iterable[tuple[str, ...]], unread_sheets: Sequence[str] = ()
) -> tuple[Gone, list[tuple[Member, Member]]]:
    """Those the file should have named, and each of them before and after their membership is ended.

    It should have named everybody in the branches it names; all, where it names none. A file that knows nobody is
    another list: it says of nobody that they are gone. Whoever a line that is not written may be about is not gone.
    The last day is the one before the first session not yet taken: until then they were expected.

    Raises CheckInError where memberships are to be ended: `import_end_sheets` with sheets that were not read;
    `import_end_few` when fewer than half of those it should have named are in the file and no last day was given;
    `import_end_closed` when that would change who was expected at a closed session.
    """
    if end is not None and unread_sheets:
        raise CheckInError("import_end_sheets", sheets=list(unread_sheets))
    last = plan.joined - _DAY if end is None or end.last is None else end.last
    there = {one.before.id for one in plan.lines if one.before is not None}
    if not there:
        return Gone(last=last), []
    active = [one for one in plan.members if not one.guest and _belongs_after(one, last)]
    missing = [one for one in active if one.id not in there]
    named = {one.line.branch for one in plan.lines if one.line.branch}
    spared = _Spared(plan, unread) if missing else None
    gone = [one for one in missing if spared and not spared.covers(one) and (not named or branch_of(one) in named)]
    apart = Counter(branch_of(one) for one in missing if named and branch_of(one) not in named)
    asked = sum(1 for one in active if not named or branch_of(one) in named)
    if end is not None and end.last is None and gone and 2 * (asked - len(gone)) < asked:
        raise CheckInError("import_end_few", count=asked - len(gone), members=asked)
    ending = [(one, until) for one in gone if (until := _until(one, last, plan)) is not None]
    if end is not None:
        _keep_closed(plan, ending, last)
    ended = {one.id for one, _until in ending}
    kept = tuple(somebody(one) for one in gone if one.id not in ended)
    return Gone(tuple(map(somebody, gone)), last, tuple(sorted(apart.items())), kept), ending


def _belongs_after(member: Member, last: date) -> bool:
    return any(place.until is None or place.until > last + _DAY for place in member.memberships)


def _until(member: Member, last: date, plan: Plan) -> Member | None:
    """The member with that last day. Whoever begins only later keeps that one day, so that the branch stays to be seen;
    None where they would be expected on it.
    """
    places = places_until(member.memberships, last)
    if not places and plan.registers.on(last):
        return None
    return replace(member, memberships=places or (replace(member.memberships[0], first=last, until=last + _DAY),))


def _keep_closed(plan: Plan, ending: Iterable[tuple[Member, Member]], last: date) -> None:
    for before, after in ending:
        closed = plan.registers.closed_to(before, after)
        if closed is not None:
            raise CheckInError("import_end_closed", key=closed, last=last)


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
