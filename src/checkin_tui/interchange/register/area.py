"""Where things are on the wide register, and the formulas of its totals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.register import RegisterWords

FIXED: Final = ("number", "code", "name", "branch", "title")
"""What stands before the sessions."""
SUMS: Final = ("attended", "expected", "rate", "remark")
"""What stands behind them."""
TOTALS: Final = ("expected", "attended", "rate", "excused", "absent", "unmarked", "guests", "counted")
"""What stands below the people, a row each."""


def column_name(column: int) -> str:
    """The letters of a column (from 0): `A`, `Z`, `AA`."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


class Area(NamedTuple):
    """Rows from 0: the first and last of the people, and the first of the totals. sessions: how many columns they have.

    last: before `first` where there is nobody.
    """

    sessions: int
    first: int
    last: int
    totals: int

    def people(self, number: int) -> str:
        """The cells of everybody at that session (from 0)."""
        name = column_name(len(FIXED) + number)
        return f"{name}${self.first + 1}:{name}${self.last + 1}"

    def row(self, row: int) -> str:
        """The cells of every session in that row."""
        first, last = column_name(len(FIXED)), column_name(len(FIXED) + self.sessions - 1)
        return f"${first}{row + 1}:${last}{row + 1}"

    @property
    def counted(self) -> str:
        """The row that says how each session counts, wherever the formula goes."""
        number = self.totals + TOTALS.index("counted") + 1
        first, last = column_name(len(FIXED)), column_name(len(FIXED) + self.sessions - 1)
        return f"${first}${number}:${last}${number}"

    def sum_column(self, name: str) -> int:
        """The column of one of `SUMS`."""
        return len(FIXED) + self.sessions + SUMS.index(name)


class Formulas(NamedTuple):
    """Attended, expected and the rate of one row."""

    attended: str
    expected: str
    rate: str

    @classmethod
    def of_person(cls, area: Area, row: int, words: RegisterWords) -> Formulas:
        """Over the sessions that count; people on leave are expected where the session says so."""
        cells, counted, letter = area.row(row), area.counted, words.letter
        attended = "+".join(f'({cells}="{letter(one)}")' for one in (Status.PRESENT, Status.LATE))
        others = "+".join(f'({cells}="{letter(one)}")' for one in (Status.ABSENT, None))
        leave = f'({counted}=1)*({cells}="{letter(Status.EXCUSED)}")'
        return cls(
            f"=SUMPRODUCT(({counted}>0)*({attended}))",
            f"=SUMPRODUCT(({counted}>0)*({attended}+{others})+{leave})",
            cls._of_row(area, row),
        )

    @classmethod
    def of_group(cls, area: Area, row: int, people: int) -> Formulas:
        """The sums over the rows below."""
        attended, expected = (column_name(area.sum_column(name)) for name in ("attended", "expected"))
        first, last = row + 2, row + 1 + people
        return cls(
            f"=SUM({attended}{first}:{attended}{last})",
            f"=SUM({expected}{first}:{expected}{last})",
            cls._of_row(area, row),
        )

    @classmethod
    def of_campaign(cls, area: Area, rows: Mapping[str, int]) -> Formulas:
        """Over the sessions that count, from their totals. rows: where those are."""
        counted, attended, expected = area.counted, area.row(rows["attended"]), area.row(rows["expected"])
        leave = f"SUMPRODUCT(({counted}=2)*{area.row(rows['excused'])})"
        at = [f"{column_name(area.sum_column(name))}{rows[name] + 1}" for name in ("attended", "expected")]
        return cls(
            f"=SUMPRODUCT(({counted}>0)*{attended})",
            f"=SUMPRODUCT(({counted}>0)*{expected})-{leave}",
            cls.rate_of(*at),
        )

    @staticmethod
    def rate_of_session(attended: str, expected: str, excused: str, counted: str) -> str:
        """Blank where the session does not count, and for 0/0."""
        asked = f"({expected}-({counted}=2)*{excused})"
        return f'=IF({counted}=0,"",IF({asked}=0,"",{attended}/{asked}))'

    @staticmethod
    def tally(area: Area, number: int, name: str, words: RegisterWords) -> str:
        """How many of a session (from 0) are what one of `TOTALS` says."""
        letter, guest = words.letter, words.guest
        expected = [letter(one) for one in (*Status, None)]
        counted = {
            "expected": expected,
            "attended": [letter(Status.PRESENT), letter(Status.LATE)],
            "excused": [letter(Status.EXCUSED)],
            "absent": [letter(Status.ABSENT)],
            "unmarked": [letter(None)],
            "guests": [guest(Status.PRESENT), guest(Status.LATE)],
        }
        return "=" + "+".join(f'COUNTIF({area.people(number)},"{sign}")' for sign in counted[name])

    @staticmethod
    def rate_of(attended: str, expected: str) -> str:
        """Blank for 0/0."""
        return f'=IF({expected}=0,"",{attended}/{expected})'

    @classmethod
    def _of_row(cls, area: Area, row: int) -> str:
        attended, expected = (f"{column_name(area.sum_column(name))}{row + 1}" for name in ("attended", "expected"))
        return cls.rate_of(attended, expected)
