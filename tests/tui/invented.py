"""Invented people on an invented afternoon, and what else every test of the screens begins with."""

from __future__ import annotations

from datetime import date, time
from fractions import Fraction
from itertools import count
from pathlib import Path
from uuid import UUID

from checkin_tui.domain.calendar import instant
from checkin_tui.domain.errors import DatabaseError
from checkin_tui.domain.rates import Target
from checkin_tui.domain.roster import Person
from checkin_tui.domain.search import branch_key, person_key
from checkin_tui.domain.sessions import Audience, Session, SessionKey, SessionKind, SessionState
from checkin_tui.settings import Settings

DAY = date(2026, 5, 18)
ZONE = "UTC"
STARTS = instant(DAY, time(14, 30), ZONE)
ENDS = instant(DAY, time(17, 0), ZONE)
MINUTE = 60_000

GIVEN = [
    "Wei", "Anna", "Mei", "Boris", "Lian", "Nora", "Tao", "Elif", "Jun", "Mira",
    "Bo", "Sara", "Hui", "Omar", "Yan", "Ida", "Lei", "Noor", "Min", "Petra",
]  # fmt: skip
FAMILY = [
    "Zhang", "Larsen", "Chen", "Novak", "Wu", "Okoye", "Sun", "Rossi",
    "Gao", "Silva", "Luo", "Weber", "Tang", "Kaya", "Shen", "Moreau",
]  # fmt: skip
BRANCHES = ["Xinghe", "Hepan", "Dongshan", "Willow Farm", "Old Mill", "Lakeside"]


def person(number: int, name: str, branch: str, **more) -> Person:
    """One invented person; the code is the number in four digits."""
    code = more.pop("code", f"{number:04d}")
    key = person_key(code, name, "") + branch_key(branch)
    values = {"title": "", "leader": False, "expected": True, "phone": "", "search": key} | more
    return Person(member_id=number, code=code, name=name, branch=branch, **values)


def people(number: int) -> list[Person]:
    """So many people, all with different names, by branch."""
    made = []
    for n in range(1, number + 1):
        turn = (n - 1) // (len(GIVEN) * len(FAMILY))
        name = f"{FAMILY[n % len(FAMILY)]} {GIVEN[(n // len(FAMILY)) % len(GIVEN)]}" + (f" {turn + 1}" if turn else "")
        made.append(person(n, name, BRANCHES[(n - 1) * len(BRANCHES) // number]))
    return made


def session(**more) -> Session:
    """A study session on a Monday afternoon, open unless told otherwise."""
    values = {
        "id": 1,
        "uid": UUID(int=11),
        "key": SessionKey(DAY),
        "kind": SessionKind.STUDY,
        "state": SessionState.OPEN,
        "topic": "",
        "presenter_id": None,
        "presenter": "",
        "starts": STARTS,
        "ends": ENDS,
        "late_from": STARTS + 10 * MINUTE,
        "grace": 10,
        "minimum_note": 50,
        "target": Target(">", Fraction(98)),
        "leave_counts": True,
        "audience": Audience(),
        "opened": STARTS - 30 * MINUTE,
    }
    return Session(**(values | more))


class Clock:
    """Stands still until it is set."""

    def __init__(self, at: int = STARTS - 4 * MINUTE) -> None:
        self.at = at

    def __call__(self) -> int:
        return self.at


FULL = DatabaseError("db_full")


def settings(**more) -> Settings:
    """Settings of a test: no bell, a file that is never opened."""
    return Settings(**({"database": Path("test.db"), "operator": "Wang", "bell": False} | more))


def uids():
    """A maker of ids that never repeats itself."""
    numbers = count(1 << 20)
    return lambda: UUID(int=next(numbers))
