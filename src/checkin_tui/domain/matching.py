"""Whom the lines of a roster are about. What a line is surely about goes before what others may be about, so that the
order of the lines does not matter to those with codes; and the organizer's answer goes before everything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from checkin_tui.domain.imports import Place, RosterLine
from checkin_tui.domain.people import Member, name_key
from checkin_tui.domain.whom import NEW, TWICE, Known, Match, Verdict, branch_of, decide, phones_differ, same_phone


def match_lines(
    lines: Sequence[RosterLine], members: Sequence[Member], answers: Mapping[Place, int | None] | None = None
) -> list[Match]:
    """The verdicts about all lines of a file, in their order. answers: whom some are about, as the organizer says."""
    return _Matching(lines, Known(members), answers or {}).verdicts()


class _Matching:
    """One file: a line that is surely about somebody leaves them to no other line."""

    def __init__(self, lines: Sequence[RosterLine], known: Known, answers: Mapping[Place, int | None]) -> None:
        self._lines, self._known, self._answers = lines, known, answers
        self._found: dict[int, Match] = {}
        self._claimed: set[int] = set()

    def verdicts(self) -> list[Match]:
        """All of them; the surest lines first."""
        lines = self._lines
        self._answered()
        open_ones = [number for number in range(len(lines)) if number not in self._found]
        blank = [number for number in open_ones if not lines[number].code]
        if not self._known.by_id:
            self._found |= dict.fromkeys((number for number in open_ones if lines[number].code), NEW)
        else:
            coded = [number for number in open_ones if lines[number].code]
            self._certain(coded)
            # A code that is known before one that is not: nobody is taken for another line's person.
            self._decide([number for number in coded if lines[number].code in self._known.by_code])
        if blank:
            self._without_codes(blank)
        self._decide(open_ones)
        return [self._found[number] for number in range(len(lines))]

    def _answered(self) -> None:
        for number, line in enumerate(self._lines if self._answers else ()):
            if line.place in self._answers:
                member_id = self._answers[line.place]
                member = None if member_id is None else self._known.by_id.get(member_id)
                self._settle(number, NEW if member is None else Match(Verdict.SAME, member))

    def _certain(self, numbers: Sequence[int]) -> None:
        """Code and name fit. A code as it stands goes before one that lost its zeros."""
        for number in sorted(numbers, key=lambda number: self._lines[number].code not in self._known.by_code):
            line = self._lines[number]
            member = self._known.certain(line, name_key(line.name))
            if member is not None:
                self._settle(number, Match(Verdict.SAME, member))

    def _decide(self, numbers: Sequence[int]) -> None:
        claimed = frozenset(self._claimed)
        for number in numbers:
            if number not in self._found:
                self._settle(number, decide(self._lines[number], self._known, claimed))

    def _without_codes(self, numbers: Sequence[int]) -> None:
        """Those of whom one line is enough; then, who has the branch; then the others."""
        places: dict[tuple[str, str], list[str | None]] = {}
        for line in self._lines:
            if line.code:
                places.setdefault(_place_of(line), []).append(line.phone)
        named = Counter(_place_of(self._lines[number]) for number in numbers)
        left = []
        for number in numbers:
            line, place = self._lines[number], _place_of(self._lines[number])
            before = places.setdefault(place, [])
            if any(not phones_differ(line.phone, phone) for phone in before):
                self._found[number] = TWICE
            else:
                left.append((number, named[place] > 1 or bool(before)))
                before.append(line.phone)
        for surely in (_phone_and_branch, _branch, None):
            later = []
            for number, repeated in left:
                line = self._lines[number]
                match = decide(line, self._known, self._claimed, repeated=repeated)
                if surely is not None and (match.member is None or not surely(line, match.member)):
                    later.append((number, repeated))
                else:
                    self._settle(number, match)
            left = later

    def _settle(self, number: int, match: Match) -> None:
        member = match.member
        if member is not None and member.id in self._claimed:
            match = TWICE
        elif member is not None:
            self._claimed.add(member.id)
        self._found[number] = match


def _phone_and_branch(line: RosterLine, member: Member) -> bool:
    return _branch(line, member) and same_phone(line.phone, member.phone)


def _branch(line: RosterLine, member: Member) -> bool:
    return line.branch == branch_of(member)


def _place_of(line: RosterLine) -> tuple[str, str]:
    return name_key(line.name), line.branch or ""
