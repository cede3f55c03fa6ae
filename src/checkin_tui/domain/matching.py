"""Whom the lines of a roster are about. What a line is surely about goes before what others may be about, so that the
order of the lines decides nothing; and the organizer's answer goes before everything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from checkin_tui.domain.imports import SEVERAL_LINES, Place, RosterLine
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
        self._repeated: set[int] = set()
        self._named: set[str] = set()

    def verdicts(self) -> list[Match]:
        """All of them; the surest lines first: by code, by phone, by place. What is not sure is decided at the end,
        when everybody who is surely in the file is known, so that the order of the lines decides nothing.
        """
        self._answered()
        if self._known.by_id:
            self._certain([number for number in self._open() if self._lines[number].code])
            self._named = {name_key(line.name) for line in self._lines}
            self._settle_sure([number for number in self._open() if self._lines[number].code in self._known.by_code])
        self._twice()
        blank = [number for number in self._open() if not self._lines[number].code]
        for surely in (_phone_and_branch, _phone, _branch):
            self._settle_sure(blank, surely)
        while self._settle_sure(self._open(), last=True):
            pass
        self._found |= self._judged(self._open())
        return [self._found[number] for number in range(len(self._lines))]

    def _open(self) -> list[int]:
        return [number for number in range(len(self._lines)) if number not in self._found]

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

    def _judged(self, numbers: Sequence[int]) -> dict[int, Match]:
        """Those lines that are open, all with the same people still to be had."""
        still = [number for number in numbers if number not in self._found]
        if not self._known.by_id:
            return dict.fromkeys(still, NEW)
        lines, claimed, named = self._lines, self._claimed, self._named
        return {
            number: decide(lines[number], self._known, claimed, repeated=number in self._repeated, named=named)
            for number in still
        }

    def _settle_sure(
        self, numbers: Sequence[int], surely: Callable[[RosterLine, Member], bool] | None = None, *, last: bool = False
    ) -> bool:
        """Settle those lines that are about somebody, and surely so. Whether there were any.

        Where several would be one person nobody can tell which is. last: what could tell was looked at, they are asked
        about.
        """
        wanted: dict[int, list[tuple[int, Match]]] = {}
        for number, match in self._judged(numbers).items():
            if match.member is not None and (surely is None or surely(self._lines[number], match.member)):
                wanted.setdefault(match.member.id, []).append((number, match))
        for member_id, lines in wanted.items():
            if len(lines) == 1:
                self._found[lines[0][0]] = lines[0][1]
                self._claimed.add(member_id)
            elif last:
                doubt = Match(Verdict.DOUBTFUL, None, SEVERAL_LINES, (self._known.by_id[member_id],))
                self._found |= dict.fromkeys((number for number, _match in lines), doubt)
        return bool(wanted)

    def _twice(self) -> None:
        """Lines without a code that name somebody whom another line names already: same name, branch and phone.

        Without a telephone it may be any of that name and branch.
        """
        places: dict[tuple[str, str], list[int]] = {}
        for number, line in enumerate(self._lines):
            places.setdefault(_place_of(line), []).append(number)
        for numbers in places.values():
            if len(numbers) == 1:
                continue
            lines = {number: self._lines[number] for number in numbers}
            before = [number for number, line in lines.items() if line.code or number in self._found]
            blank = [number for number in numbers if number not in before]
            # One with a telephone, or a branch, says more than the same line without.
            for number in sorted(blank, key=lambda number: (not lines[number].phone, lines[number].branch is None)):
                if all(phones_differ(lines[number].phone, lines[other].phone) for other in before):
                    before.append(number)
                else:
                    self._found[number] = TWICE
            if len(before) > 1:
                self._repeated.update(before)

    def _settle(self, number: int, match: Match) -> None:
        member = match.member
        if member is not None and member.id in self._claimed:
            match = TWICE
        elif member is not None:
            self._claimed.add(member.id)
        self._found[number] = match


def _phone_and_branch(line: RosterLine, member: Member) -> bool:
    return _branch(line, member) and same_phone(line.phone, member.phone)


def _phone(line: RosterLine, member: Member) -> bool:
    return same_phone(line.phone, member.phone)


def _branch(line: RosterLine, member: Member) -> bool:
    return line.branch == branch_of(member)


def _place_of(line: RosterLine) -> tuple[str, str]:
    return name_key(line.name), line.branch or ""
