"""Codes among the lines of a roster: each belongs to one person, before and after."""

from __future__ import annotations

from collections.abc import Sequence

from checkin_tui.domain.imports import CODE_HELD, CODE_TWICE, RosterLine
from checkin_tui.domain.people import Member
from checkin_tui.services.importing.lines import Planned


def settle_codes(planned: list[Planned], members: Sequence[Member]) -> list[Planned]:
    """Reject, in place, the lines that would give somebody a code another person keeps.

    Returns those that give a person another code, in an order in which that can be written: whoever gives a code up
    comes before whoever gets it. Two people who would exchange theirs both keep them.
    """
    held = {member.code: member for member in members}
    moving = {number for number, one in enumerate(planned) if _takes_another(one)}
    waiting = {
        number
        for number, one in enumerate(planned)
        if one.after is not None and one.after.code in held and (one.before is None or number in moving)
    }
    order: list[Planned] = []
    free: set[str] = set()
    ready = moving - waiting
    while ready:
        for number in sorted(ready):
            one = planned[number]
            if one.before is not None:
                free.add(one.before.code)
                order.append(one)
        waiting -= ready
        ready = {number for number in waiting if _code(planned[number]) in free}
    for number in waiting:
        one = planned[number]
        holder = held[_code(one)]
        planned[number] = Planned(one.line, one.before, None, CODE_HELD, {"code": holder.code, "name": holder.name})
    return order


def code_twice(lines: Sequence[RosterLine]) -> dict[int, Planned]:
    """The lines, by their number, whose code an earlier one has. They are rejected before anybody is matched: nobody is
    taken by a line that is not written.
    """
    first: dict[str, int] = {}
    found = {}
    for number, line in enumerate(lines):
        if line.code and first.setdefault(line.code, number) != number:
            values: dict[str, object] = {"code": line.code, "first_row": lines[first[line.code]].row}
            found[number] = Planned(line, None, None, CODE_TWICE, values)
    return found


def _takes_another(one: Planned) -> bool:
    return one.before is not None and one.after is not None and one.after.code != one.before.code


def _code(one: Planned) -> str:
    return one.line.code if one.after is None else one.after.code
