"""The invented population of the sample: who they are, where they belong, what they learn. One seed, one population."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final, NamedTuple

from checkin_tui.demo.names import OTHER_SCRIPTS, TWIN_NAME, VERY_LONG, invented_name
from checkin_tui.demo.note_texts import note_texts
from checkin_tui.domain.sessions import SessionKind

__all__ = ["SampleBranch", "SamplePerson", "SampleTopic", "branches", "note_texts", "population", "topics"]

# Branch -> how many belong to it, in the order of the codes.
VILLAGES: Final = {
    "Xinghe": 12,
    "Lotus Ford": 9,
    "Baishan": 11,
    "Pine Hollow": 10,
    "Qingtang": 8,
    "Willow Bend": 13,
    "Hongqiao": 10,
    "Stone Mill": 9,
    "Yunling": 11,
    "Plum Orchard": 12,
    "Longwan": 7,
    "Reed Marsh": 10,
    "Taohua": 12,
    "Old Ferry": 9,
    "Meixi": 11,
    "Crane Hill": 10,
    "Shuangjing": 8,
    "Kiln Lane": 13,
    "Fenglin": 10,
    "Bamboo Gate": 9,
    "Dongping": 11,
    "Cedar Rise": 12,
    "Lianhua": 7,
    "Amber Terrace": 10,
}
UNITS: Final = {
    "Township Office": 16,
    "Clinic": 14,
    "Primary School": 15,
    "Forestry Station": 9,
    "Water Works": 10,
    "Culture House": 12,
}

_UNIT_TITLES: Final = {
    "Township Office": ("Director", "Clerk", "Accountant", "Archivist"),
    "Clinic": ("Head physician", "Nurse", "Physician", "Pharmacist"),
    "Primary School": ("Principal", "Teacher", "Teacher", "Librarian"),
    "Forestry Station": ("Station head", "Ranger", "Surveyor", "Nursery gardener"),
    "Water Works": ("Chief engineer", "Fitter", "Meter reader", "Pump attendant"),
    "Culture House": ("Curator", "Choir master", "Librarian", "Caretaker"),
}
_VILLAGE_TITLES: Final = ("Village head", "Farmer", "Farmer", "Orchardist", "Carpenter", "Shopkeeper", "Team lead", "")
_RANKS: Final = ("", "", "", "Grade 3", "Grade 2", "Grade 1")
_LEADERS_OF_OFFICE: Final = 2
_WITHOUT_PHONE: Final = 0.05


class SamplePerson(NamedTuple):
    """One invented person, with the fields of a roster line. phone: of a prefix nobody has, or ''."""

    code: str
    name: str
    branch: str
    title: str
    rank: str
    leader: bool
    phone: str


class SampleBranch(NamedTuple):
    """A branch and whom to call there."""

    name: str
    contact: str
    phone: str


class SampleTopic(NamedTuple):
    """What an afternoon is about. presenter: the leader who lectures, None where nobody does."""

    kind: SessionKind
    topic: str
    presenter: SamplePerson | None = None


def population(rng: Random) -> tuple[SamplePerson, ...]:
    """The 320 people of 24 villages and 6 units in the order of their codes, each branch's leader first.

    Two of them, in different branches, are called the same; nobody else is.
    """
    seats = [(branch, seat) for branch, size in (VILLAGES | UNITS).items() for seat in range(size)]
    names = _names(rng, seats)
    numbers = rng.sample(range(10_000), len(seats))
    people = []
    for position, ((branch, seat), name, number) in enumerate(zip(seats, names, numbers, strict=True), 1):
        leader = _leads(branch, seat)
        titles = _UNIT_TITLES.get(branch, _VILLAGE_TITLES)
        title = titles[0] if seat == 0 else "Deputy director" if leader else rng.choice(titles[1:])
        rank = "Section head" if leader else rng.choice(_RANKS)
        # A leader is called when somebody of the branch is missing, so every leader has a telephone.
        phone = f"000-{number:04d}" if leader or rng.random() >= _WITHOUT_PHONE else ""
        people.append(SamplePerson(f"{position:04d}", name, branch, title, rank, leader, phone))
    return tuple(people)


def _leads(branch: str, seat: int) -> bool:
    return seat < (_LEADERS_OF_OFFICE if branch == "Township Office" else 1)


def _names(rng: Random, seats: Sequence[tuple[str, int]]) -> list[str]:
    """A name for each seat: the twins and the special ones are scattered, everybody else is invented on the spot."""
    followers = [position for position, (branch, seat) in enumerate(seats) if not _leads(branch, seat)]
    special = (*OTHER_SCRIPTS, *VERY_LONG)
    chosen = rng.sample(followers, len(special) + 1)
    given = dict(zip(chosen, (*special, TWIN_NAME), strict=False))
    home = seats[chosen[-1]][0]
    elsewhere = [position for position in followers if position not in given and seats[position][0] != home]
    given[rng.choice(elsewhere)] = TWIN_NAME
    taken = set(given.values())
    for position in range(len(seats)):
        if position not in given:
            name = next(name for name in iter(lambda: invented_name(rng), None) if name not in taken)
            taken.add(name)
            given[position] = name
    return [given[position] for position in range(len(seats))]


def branches(people: Sequence[SamplePerson]) -> tuple[SampleBranch, ...]:
    """Every branch of `people` in their order; the first leader there is its contact."""
    contacts: dict[str, SampleBranch] = {}
    for person in people:
        if person.leader:
            contacts.setdefault(person.branch, SampleBranch(person.branch, person.name, person.phone))
    return tuple(contacts.values())


_TOPICS: Final = (
    (SessionKind.MEETING, "Opening: what we want to learn, and why together", True),
    (SessionKind.LECTURE, "Water: where it comes from and how we keep it clean", True),
    (SessionKind.STUDY, "Reading: The Orchard Year, chapters 1 to 3", False),
    (SessionKind.LECTURE, "Accounts a village can read: income, costs, reserves", True),
    (SessionKind.SEMINAR, "Everyone speaks: one thing that works in our branch", False),
    (SessionKind.STUDY, "Reading: The Orchard Year, chapters 4 to 6", False),
    (SessionKind.LECTURE, "First aid until the clinic arrives", True),
    (SessionKind.SELF_STUDY, "Own reading and the first half of the reflection", False),
    (SessionKind.LECTURE, "Woods and slopes: planting for the next fifty years", True),
    (SessionKind.SEMINAR, "Everyone speaks: what I would change first", False),
    (SessionKind.STUDY, "学习：山村一年，第七章至第九章", False),
    (SessionKind.MEETING, "Closing: reflections are read aloud", True),
)


def topics(people: Sequence[SamplePerson]) -> list[SampleTopic]:
    """Twelve afternoons in their order. Lectures and meetings are given by leaders of `people`, each by another one."""
    leaders = iter([person for person in people if person.leader][::4])
    return [SampleTopic(kind, topic, next(leaders) if given else None) for kind, topic, given in _TOPICS]
