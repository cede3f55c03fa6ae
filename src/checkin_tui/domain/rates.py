"""Participation: exact fractions held against a target, and how they may be written without flattering anybody.

Every decision compares whole numbers and fractions. A float appears only in `percent`, for JSON, after all is decided.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from typing import Literal

from checkin_tui.domain.roster import Counts

DECIMALS = 2
MOST_DECIMALS = 12

_TARGET = re.compile(r"(>=|>|≥)\s*(\d{1,3}(?:\.\d{1,6})?)\s*%?")


@dataclass(frozen=True, slots=True)
class Target:
    """The line a rate has to pass: `>` means above it, `>=` at least it. `percent` is exact (0 to 100)."""

    rule: Literal[">", ">="]
    percent: Fraction | int

    @classmethod
    @lru_cache(maxsize=64)  # of every session read: a program has one or two
    def parse(cls, text: str) -> Target:
        """The target written as `>98`, `>=98` or `> 97.5 %`. Raises ValueError `target` for anything else.

        Above 100, and more than 100, nobody can be: refused too.
        """
        match = _TARGET.fullmatch(unicodedata.normalize("NFKC", text).strip())
        if match is None:
            raise ValueError("target")
        rule: Literal[">", ">="] = ">" if match[1] == ">" else ">="
        percent = Fraction(match[2])
        if percent > 100 or (rule == ">" and percent == 100):
            raise ValueError("target")
        return cls(rule, int(percent) if percent.denominator == 1 else percent)

    def __str__(self) -> str:
        return self.rule + self.percent_text

    @property
    def percent_text(self) -> str:
        """The line alone, without needless zeros: `98`, `97.5`."""
        exact = Fraction(self.percent)
        if exact.denominator == 1:
            return str(exact.numerator)
        return format(Decimal(exact.numerator) / Decimal(exact.denominator), "f")

    @property
    def number(self) -> int | float:
        """The line for JSON."""
        return int(self.percent) if Fraction(self.percent).denominator == 1 else float(self.percent)

    def met_by(self, attended: int, expected: int) -> bool | None:
        """Whether attended / expected passes the line; None for 0/0."""
        return self._passed_by(Fraction(100 * attended, expected)) if expected else None

    def _passed_by(self, percent: Fraction) -> bool:
        return percent > self.percent if self.rule == ">" else percent >= self.percent

    def least(self, expected: int) -> int:
        """The smallest number attending, of `expected`, that passes the line; above `expected` where none does."""
        line = Fraction(self.percent) * expected / 100
        return floor(line) + 1 if self.rule == ">" else ceil(line)


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of how many; never stored as a quotient."""

    attended: int
    expected: int

    @property
    def fraction(self) -> Fraction | None:
        """The exact quotient; None for 0/0."""
        return Fraction(self.attended, self.expected) if self.expected else None


@dataclass(frozen=True, slots=True)
class Participation:
    """One session's rate against its target.

    percent, met, needed: None for 0/0. needed: how many more must attend, which may be more than can. reachable:
    whether that many are still unmarked (once closed: whether none is missing). best: the rate if all of the unmarked
    came; once closed, the rate itself.
    """

    attended: int
    expected: int
    percent: float | None
    target: Target
    met: bool | None
    needed: int | None
    reachable: bool
    best: Rate

    @property
    def rate(self) -> Rate:
        """The rate as it stands."""
        return Rate(self.attended, self.expected)

    @property
    def percent_text(self) -> str | None:
        """The per cent for a reader, None for 0/0."""
        return percent_text(self.rate, self.target)


def needed(attended: int, expected: int, target: Target) -> int | None:
    """How many more of the expected must attend for the line to be passed; None for 0/0, 0 when it is."""
    return max(0, target.least(expected) - attended) if expected else None


def reachable(needed: int | None, unmarked: int, closed: bool) -> bool:
    """Whether the line can still be passed by people not yet marked; a closed register is what it is.

    Without anybody expected (`needed` None) nothing is lost until the register is closed.
    """
    if closed:
        return needed == 0
    return needed is None or needed <= unmarked


def best_still(attended: int, expected: int, unmarked: int) -> Rate:
    """The rate if everybody not yet marked came."""
    return Rate(min(attended + unmarked, expected), expected)


def percent(rate: Rate, target: Target | None = None) -> float | None:
    """The rate in per cent: two decimals, more if it misses `target` and would otherwise read as if it did not."""
    text = percent_text(rate, target)
    return None if text is None else float(text)


def percent_text(rate: Rate, target: Target | None = None) -> str | None:
    """As `percent`, with all its decimals (`98.00`); None for 0/0."""
    exact = rate.fraction
    if exact is None:
        return None
    exact *= 100
    missed = target if target is not None and not target._passed_by(exact) else None
    for decimals in range(DECIMALS, MOST_DECIMALS + 1):
        scale = 10**decimals
        units = floor(exact * scale + Fraction(1, 2))
        if missed is None or not missed._passed_by(Fraction(units, scale)):
            return _written(units, decimals)
    return _written(floor(exact * 10**MOST_DECIMALS), MOST_DECIMALS)


def participation(counts: Counts, target: Target, leave_counts: bool, closed: bool) -> Participation:
    """A session's figures from its counts. `leave_counts` False takes the people on leave out of the expected."""
    attended = counts.attended
    expected = counts.expected if leave_counts else counts.expected - counts.excused
    missing = needed(attended, expected, target)
    return Participation(
        attended=attended,
        expected=expected,
        percent=percent(Rate(attended, expected), target),
        target=target,
        met=target.met_by(attended, expected),
        needed=missing,
        reachable=reachable(missing, counts.unmarked, closed),
        best=best_still(attended, expected, 0 if closed else counts.unmarked),
    )


def campaign(sessions: Iterable[tuple[int, int]]) -> Rate:
    """The rate over several sessions: the sums of (attended, expected), never a mean of rates."""
    attended = expected = 0
    for came, invited in sessions:
        attended += came
        expected += invited
    return Rate(attended, expected)


def allowance(attended: int, expected: int, future_expected: int, target: Target) -> int | None:
    """How many absences may still happen over the rest (`future_expected` places) and the line be passed at the end.

    Never more than the rest has places. Negative: out of reach by that many, even if nobody is absent. None for 0/0.
    """
    total = expected + future_expected
    if not total:
        return None
    return min(attended + future_expected - target.least(total), future_expected)


def _written(units: int, decimals: int) -> str:
    whole, part = divmod(units, 10**decimals)
    return f"{whole}.{part:0{decimals}d}"
