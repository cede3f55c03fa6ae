"""One line of a roster with what it does, and as a preview shows it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from checkin_tui.domain.imports import MEMBER_FIELDS, Doubt, Renamed, RosterLine, Somebody
from checkin_tui.domain.people import Member
from checkin_tui.domain.views import ImportLine
from checkin_tui.domain.whom import branch_of

_DAY = timedelta(days=1)


class Planned(NamedTuple):
    """One line with what it does.

    reason: why it is rejected or doubtful, '' otherwise. after None: nothing is written. back: the day from which the
    person belongs again, who had left.
    """

    line: RosterLine
    before: Member | None
    after: Member | None
    reason: str = ""
    values: dict[str, object] | None = None
    candidates: tuple[Member, ...] = ()
    back: date | None = None

    @property
    def result(self) -> str:
        """As `ImportLine.result`."""
        if self.after is None:
            return "doubtful" if self.candidates else "rejected"
        if self.before is None:
            return "new"
        return "unchanged" if self.after == self.before else "changed"


def somebody(member: Member) -> Somebody:
    """A person as a question or a list names them."""
    return Somebody(member.id, member.code, member.name, branch_of(member))


def doubt(one: Planned) -> Doubt:
    """A doubtful line as a question."""
    return Doubt(one.line.place, one.line.name, one.reason, tuple(map(somebody, one.candidates)))


def renamed(one: Planned) -> Renamed | None:
    """Whose name the line changes; None where it changes no name."""
    if one.before is None or one.after is None or one.before.name == one.after.name:
        return None
    return Renamed(one.line.place, one.after.code, one.before.name, one.after.name)


def shown(one: Planned) -> ImportLine:
    """The line as a preview shows it."""
    line, member = one.line, one.after or one.before
    return ImportLine(
        line.row,
        one.result,
        line.code if member is None else member.code,
        line.name,
        line.branch or "" if member is None else branch_of(member),
        _changes(one),
        one.reason,
        one.values,
        line.sheet,
        tuple(map(somebody, one.candidates)),
    )


def _changes(one: Planned) -> tuple[tuple[str, str, str], ...]:
    if one.before is None or one.after is None or one.after == one.before:
        return ()
    old, new = _flat(one.before), _flat(one.after)
    changes = tuple((field, old[field], new[field]) for field in MEMBER_FIELDS if old[field] != new[field])
    if one.before.guest and not one.after.guest:
        changes = (*changes, ("guest", "yes", "no"))
    if one.back is not None:
        changes = (*changes, ("back", "", one.back.isoformat()))
    return changes or _ahead(one.before, one.after)


def _ahead(before: Member, after: Member) -> tuple[tuple[str, str, str], ...]:
    """What is another only for a time, before something that is known already: a transfer before the next one."""
    for place in after.memberships:
        old = before.membership_on(place.first)
        then = ("since", "", place.first.isoformat())
        if old is None or old.branch != place.branch:
            return (("branch", "" if old is None else old.branch, place.branch), then)
        if old.leader != place.leader:
            return (("leader", "yes" if old.leader else "no", "yes" if place.leader else "no"), then)
    return (("joined", _days(before), _days(after)),)


def _days(member: Member) -> str:
    """`2026-05-18 – 2026-05-19, 2026-05-21 –`: the days of each membership, the last one inclusive."""
    spans = (
        f"{place.first} –" + ("" if place.until is None else f" {place.until - _DAY}") for place in member.memberships
    )
    return ", ".join(spans)


def _flat(member: Member) -> dict[str, str]:
    last = member.memberships[-1] if member.memberships else None
    values: dict[str, Any] = {
        "code": member.code,
        "name": member.name,
        "branch": branch_of(member),
        "title": member.title,
        "rank": member.rank,
        "leader": "yes" if last and last.leader else "no",
        "joined": member.joined_on or "",
        "left": member.left_on or "",
        "phone": member.phone,
    }
    return {field: str(value) for field, value in values.items()}
