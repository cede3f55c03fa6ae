"""The people of a session as a view holds them: the order they are shown in, their marks, the counts, the filter.

Plain Python, without a screen. A position is an index into the people as they are sorted now; it stays the same until
they are sorted again, which happens only on request.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.campaign import NoteCounts
from checkin_tui.domain.desk import CodeIndex
from checkin_tui.domain.notes import NoteState
from checkin_tui.domain.roster import UNMARKED_MARK, Counts, Mark, Person
from checkin_tui.domain.search import Query, filter_positions, whole_position
from checkin_tui.domain.text import visible
from checkin_tui.tui.safe import cells


class Order(Enum):
    """How the people are sorted."""

    SHEET = "sheet"
    UNMARKED_FIRST = "unmarked_first"
    OWING_FIRST = "owing_first"


_QUEUE = {
    NoteState.MISSING: 0,
    NoteState.TOO_SHORT: 1,
    NoteState.COMPLETE: 2,
    NoteState.WITHOUT_PRESENCE: 3,
    NoteState.NOT_REQUIRED: 4,
}
"""The order of the writing desk."""


class Widest(NamedTuple):
    """The widest code, name, branch and title, in terminal cells."""

    code: int = 0
    name: int = 0
    branch: int = 0
    title: int = 0


class RosterModel:
    """People, marks, counts and the filter."""

    def __init__(
        self, people: Sequence[Person] = (), marks: Mapping[int, Mark] | None = None, others: Sequence[Person] = ()
    ) -> None:
        """`people` in sheet order: by branch and name, then the guests of the day. `others`: known, not expected."""
        self.marks: dict[int, Mark] = dict(marks or {})
        self.others = {person.member_id: person for person in others}
        self.codes = CodeIndex((person.code, person.member_id) for person in (*people, *others))
        self.order = Order.SHEET
        self.text = ""
        self.branch: str | None = None
        self._sheet: list[Person] = list(people)
        self._query = Query()
        self.widest = _widest(self._sheet)
        self._arrange(self._sheet)
        self._count()

    # ------------------------------------------------------------------------------------------------------ people

    def __len__(self) -> int:
        return len(self.people)

    @property
    def branches(self) -> list[str]:
        """The branches of the people, in sheet order."""
        return list(dict.fromkeys(person.branch for person in self._sheet if person.expected))

    def position_of(self, member_id: int) -> int | None:
        """Where a member is now; None for somebody who is not on the list."""
        return self._at.get(member_id)

    def person(self, member_id: int) -> Person | None:
        """A member on the list, or a known one who is not expected here."""
        position = self._at.get(member_id)
        return self.others.get(member_id) if position is None else self.people[position]

    def is_code(self, text: str) -> bool:
        """Whether this is somebody's code as it is written: what a scanner sends."""
        member_id = self.codes.find(text)
        person = None if member_id is None else self.person(member_id)
        return person is not None and person.code.casefold() == text.strip().casefold()

    def add(self, person: Person) -> None:
        """Somebody new on the list (a guest of the day): at the end, or in the place they had."""
        position = self._at.get(person.member_id)
        self.others.pop(person.member_id, None)
        if position is not None:
            old = self.people[position]
            self._sheet[self._sheet.index(old)] = person
            self.people[position] = person
            self.keys[position] = person.search
            self._count()
            return
        self._sheet.append(person)
        self.widest = Widest(*map(max, self.widest, _widest([person])))
        if self.people is not self._sheet:
            self.people.append(person)
        self.keys.append(person.search)
        self._at[person.member_id] = len(self.people) - 1
        self.codes.add(person.code, person.member_id)
        self._tally(person, self.mark(person.member_id), 1)
        self._refilter()

    def sort(self, order: Order) -> None:
        """Sort again: by branch and name, with those not here yet first, or with those who owe a note first.

        The filter stays.
        """
        self.order = order
        if order is Order.SHEET:
            self._arrange(self._sheet)
        elif order is Order.UNMARKED_FIRST:
            self._arrange(sorted(self._sheet, key=lambda person: self.mark(person.member_id).status is not None))
        else:
            self._arrange(sorted(self._sheet, key=lambda person: _QUEUE[self.mark(person.member_id).note]))
        self._refilter()

    def _arrange(self, people: list[Person]) -> None:
        self.people = people
        self.keys = [person.search for person in people]
        self._at = {person.member_id: position for position, person in enumerate(people)}
        self.shown: Sequence[int] = range(len(people))

    # ------------------------------------------------------------------------------------------------------- marks

    def mark(self, member_id: int) -> Mark:
        """What is known of a member this afternoon."""
        return self.marks.get(member_id, UNMARKED_MARK)

    def set_mark(self, member_id: int, mark: Mark) -> int | None:
        """Take in a new mark; the position that changed, None for somebody not on the list or for the same mark."""
        position = self._at.get(member_id)
        before = self.mark(member_id)
        self.marks[member_id] = mark  # also of somebody nobody expected: their note is in no row, but it is counted
        if position is None or before == mark:
            return None
        person = self.people[position]
        self._tally(person, before, -1)
        self._tally(person, mark, 1)
        return position

    @property
    def counts(self) -> Counts:
        """Everybody of the session, whatever is filtered."""
        return Counts(**self._counts)

    @property
    def note_counts(self) -> NoteCounts:
        """The notes of everybody expected."""
        notes = self._notes
        required = sum(notes[state] for state in NoteState if state.required)
        return NoteCounts(required, notes[NoteState.COMPLETE], notes[NoteState.TOO_SHORT])

    def _count(self) -> None:
        """Everything from scratch."""
        self._counts = dict.fromkeys(("expected", "present", "late", "excused", "absent", "unmarked", "guests"), 0)
        self._notes: Counter[NoteState] = Counter()
        marked = [person for person in self._sheet if person.member_id in self.marks]
        for person in marked:
            self._tally(person, self.marks[person.member_id], 1)
        waiting = sum(1 for person in self._sheet if person.expected) - self._counts["expected"]
        self._counts["expected"] += waiting
        self._counts["unmarked"] += waiting

    def _tally(self, person: Person, mark: Mark, step: int) -> None:
        for name in _places(person, mark):
            self._counts[name] += step
        if person.expected:
            self._notes[mark.note] += step

    # ------------------------------------------------------------------------------------------------------ filter

    def filter(self, text: str) -> None:
        """Show who matches `text`; a text that goes on from the one before looks only at those already shown."""
        self.text = text
        query = Query.parse(text)
        if not query.terms:
            self._query = query
            self._show_all()
            return
        narrowing = bool(self._query.terms) and query.extends(self._query)
        if not narrowing:
            self._show_all()
        among = None if isinstance(self.shown, range) else self.shown
        self.shown = filter_positions(self.keys, query, among)
        self._query = query

    def _refilter(self) -> None:
        self._query = Query()
        self.filter(self.text)

    def only_branch(self, branch: str | None) -> None:
        """Show one branch alone (roll-call); None: all."""
        self.branch = branch
        self._refilter()

    def _show_all(self) -> None:
        if self.branch is None:
            self.shown = range(len(self.people))
        else:
            self.shown = [number for number, person in enumerate(self.people) if person.branch == self.branch]

    def row_of(self, position: int) -> int | None:
        """In which row of the list a position is shown; None where the filter hides it."""
        if isinstance(self.shown, range):
            return position if position in self.shown else None
        low = bisect_left(self.shown, position)
        return low if low < len(self.shown) and self.shown[low] == position else None

    def only_hit(self) -> int | None:
        """The position that is shown highlighted: the one hit, or the one hit that matches whole."""
        if not self._query.terms:
            return None
        if self._query.has_digit and self.codes.find(self.text) is None:
            return None  # a number that is nobody's code only lists
        if len(self.shown) == 1:
            return self.shown[0]
        return whole_position(self.keys, self._query, self.shown)

    def is_whole(self, position: int) -> bool:
        """Whether the text in the box is the whole name, pinyin or all initials of the person there."""
        return self._query.whole(self.keys[position])

    def member_at(self, position: int) -> int:
        """The member at a position."""
        return self.people[position].member_id

    def unmarked_shown(self) -> list[int]:
        """The members who are shown, expected and unmarked."""
        people = (self.people[position] for position in self.shown)
        return [p.member_id for p in people if p.expected and self.mark(p.member_id).status is None]

    def unmarked(self) -> Iterable[Person]:
        """Everybody expected and unmarked, in sheet order."""
        return (p for p in self._sheet if p.expected and self.mark(p.member_id).status is None)

    def with_status(self, status: Status) -> Iterable[Person]:
        """Everybody expected with that status, in sheet order."""
        return (p for p in self._sheet if p.expected and self.mark(p.member_id).status is status)

    def others_matching(self, text: str) -> list[Person]:
        """Known people who are not expected here and match `text`."""
        query = Query.parse(text)
        return [person for person in self.others.values() if query.terms and query.matches(person.search)]


def _widest(people: Iterable[Person]) -> Widest:
    """Measured once, where the model is made. Sets, because many people share a branch or a title."""
    known = list(people)
    columns = ({p.code for p in known}, {p.name for p in known}, {p.branch for p in known}, {p.title for p in known})
    return Widest(*(max((cells(visible(text)) for text in column), default=0) for column in columns))


def _places(person: Person, mark: Mark) -> tuple[str, ...]:
    """Which counts a person is in. A guest is in one only."""
    if not person.expected:
        return ("guests",) if mark.status is not None and mark.status.attended else ()
    return ("expected", mark.status.value if mark.status is not None else "unmarked")
