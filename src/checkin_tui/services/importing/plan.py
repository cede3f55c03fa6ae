"""What each line of a roster does to the people there: whom it is about, and what they are afterwards."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from checkin_tui.domain.erasing import is_erased
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import CLOSED_SESSION, SAME_PERSON_TWICE, Answer, Place, RosterLine
from checkin_tui.domain.matching import match_lines
from checkin_tui.domain.people import Member, Membership, name_key, new_codes
from checkin_tui.domain.whom import Match, Verdict, plain_code
from checkin_tui.services.context import the_program, today
from checkin_tui.services.importing.branches import as_they_are_called, newly_made
from checkin_tui.services.importing.codes import code_twice, settle_codes
from checkin_tui.services.importing.lines import Planned
from checkin_tui.services.importing.registers import Registers
from checkin_tui.services.people import dated, first_day_for, moved
from checkin_tui.store import people

_NOBODY = UUID(int=0)
_DAY = timedelta(days=1)


class Plan(NamedTuple):
    """All lines, in the order of the file. members: who is there, but for the erased. joined: what a blank *joined*
    becomes, and from when on whoever is transferred or comes back is where the file has them. recoded: the lines that
    give a person another code, each after the one that gives that code up. branches: those it makes, in the order of
    the file. registers: the sessions the past of which stays as it is.
    """

    lines: list[Planned]
    members: Sequence[Member]
    joined: date
    recoded: Sequence[Planned]
    branches: tuple[str, ...]
    registers: Registers

    def counts(self) -> dict[str, int]:
        """How many lines of each result."""
        counts = dict.fromkeys(("new", "changed", "unchanged", "doubtful", "rejected"), 0)
        for one in self.lines:
            counts[one.result] += 1
        return counts


def plan(
    connection: Connection,
    lines: Sequence[RosterLine],
    answers: Iterable[Answer],
    now: int,
    members: Sequence[Member] | None = None,
    made: Collection[str] = (),
) -> Plan:
    """What the lines do. members: who was there; None: who is there now. made: branches that were not there then.

    Raises CheckInError `import_answer_row` for an answer about a row that is not in the file, `import_answer_twice`,
    `member_unknown` for one that names nobody who is there.
    """
    registers = Registers(connection)
    joined = registers.after_closed(first_day_for(connection, today(the_program(connection), now)))
    there_already = [one.name for one in people.load_branches(connection) if one.name not in made]
    lines = as_they_are_called(lines, there_already)
    if members is None:
        members = people.load_members(connection)
    there = [one for one in members if not is_erased(one.code)]
    unusable = code_twice(lines) | {
        number: Planned(line, None, None, "code_reserved", {"code": line.code})
        for number, line in enumerate(lines)
        if is_erased(line.code)
    }
    usable = [line for number, line in enumerate(lines) if number not in unusable]
    matches = iter(match_lines(usable, there, _by_place(answers, lines, there)))
    codes = _fresh(members, lines)
    planned = [
        unusable[number] if number in unusable else _planned(line, next(matches), joined, codes)
        for number, line in enumerate(lines)
    ]
    for number, one in enumerate(planned):
        if one.after is not None and (closed := registers.closed_to(one.before, one.after)) is not None:
            planned[number] = one._replace(after=None, reason=CLOSED_SESSION, values={"key": closed})
    recoded = settle_codes(planned, there)
    return Plan(planned, there, joined, recoded, newly_made(planned, there_already), registers)


def _by_place(
    answers: Iterable[Answer], lines: Sequence[RosterLine], members: Sequence[Member]
) -> dict[Place, int | None]:
    found: dict[Place, int | None] = {}
    given = list(answers)
    if not given:
        return found
    places, known = {line.place for line in lines}, {None, *(one.id for one in members)}
    for answer in given:
        if answer.member_id not in known:
            raise CheckInError("member_unknown", code="")
        if answer.place not in places:
            raise CheckInError("import_answer_row", row=answer.place.row)
        if answer.place in found:
            raise CheckInError("import_answer_twice", row=answer.place.row)
        found[answer.place] = answer.member_id
    return found


def _fresh(members: Sequence[Member], lines: Sequence[RosterLine]) -> Iterator[str]:
    """Codes for those who have none, made when the first one is asked for."""
    taken = {*(one.code for one in members), *(line.code for line in lines if line.code)}
    blank = sum(1 for line in lines if not line.code)
    yield from new_codes(taken, blank)


def _planned(line: RosterLine, match: Match, joined: date, codes: Iterator[str]) -> Planned:
    if match.verdict is Verdict.TWICE:
        return Planned(line, None, None, SAME_PERSON_TWICE, {"name": line.name})
    if match.verdict is Verdict.DOUBTFUL:
        return Planned(line, None, None, match.reason, None, match.candidates)
    before = match.member
    try:
        if before is None:
            return Planned(line, None, _new(line, line.code or next(codes), joined))
        after, back = _changed(before, line, joined)
    except CheckInError as error:
        return Planned(line, before, None, error.code, dict(error.values))
    return Planned(line, before, after, back=back)


def _new(line: RosterLine, code: str, joined: date) -> Member:
    first = line.joined or joined
    until = None if line.left is None else line.left + _DAY
    if until is not None and until <= first:
        raise CheckInError("left_before_joined", joined=first, left=line.left)
    place = Membership(None, line.branch or "", bool(line.leader), first, until)
    texts = (line.title or "", line.rank or "", line.phone or "")
    return Member(0, _NOBODY, code, line.name, *texts, memberships=(place,))


def _changed(before: Member, line: RosterLine, since: date) -> tuple[Member, date | None]:
    """The member as the line has them, and from when on they belong again.

    What the file has no column for stays, and so does what a blank cell says nothing of; only a leader cell says no.

    Another branch is a transfer from the first session not yet taken, so that the past keeps its own. Whoever had left
    and is in the file without a last day belongs again from that session on. A code that is only written otherwise
    stays; another one is the organizer's answer. Neither is a name another one for the spaces in it.
    """
    texts: dict[str, Any] = {field: value for field in ("title", "rank", "phone") if (value := getattr(line, field))}
    places, back = list(before.memberships), None
    named = line.branch or None
    if before.guest or not places:  # a guest becomes a member from now on: what was is not counted anew
        branch = places[-1].branch if places and named is None else named or ""
        back = None if before.guest else line.joined or since
        places = [Membership(None, branch, bool(line.leader), line.joined or since)]
    elif _comes_back(places[-1], line, since):
        last = places[-1]
        assert last.until is not None
        back = line.joined if line.joined is not None and line.joined >= last.until else max(since, last.until)
        branch = last.branch if named is None else named
        leader = last.leader if line.leader is None else line.leader
        places.append(Membership(None, branch, leader, back))
    elif places[-1].until is None or places[-1].until > since:
        places = moved(places, named, None, line.leader, since)
    if back is None and not before.guest:
        places = dated(places, line.joined, None, False)
    places = dated(places, None, line.left, False)
    known = {place.branch: place.branch_id for place in before.memberships}
    placed = tuple(replace(place, branch_id=known.get(place.branch, place.branch_id)) for place in places)
    code = line.code if line.code and plain_code(line.code) != plain_code(before.code) else before.code
    name = before.name if _only_spaced(before.name, line.name) else line.name
    return replace(before, code=code, name=name, guest=False, memberships=placed, **texts), back


def _only_spaced(one: str, other: str) -> bool:
    """Whether only the spaces inside a Chinese name tell them apart, which align it with longer ones."""
    return name_key(one) == name_key(other) and "".join(one.split()) == "".join(other.split())


def _comes_back(last: Membership, line: RosterLine, since: date) -> bool:
    return last.until is not None and last.until <= since and (line.left is None or line.left >= max(since, last.until))
