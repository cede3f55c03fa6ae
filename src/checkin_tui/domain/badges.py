"""Badges: who gets one, and on which label of a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

A4: Final = (210.0, 297.0)
"""A sheet of paper, in millimetres: how wide and how high."""


class BadgeKind(StrEnum):
    """How the code stands on a badge for the scanner."""

    QR = "qr"
    CODE128 = "code128"


class Holder(NamedTuple):
    """Who gets a badge, in the branch of today (who is still to come: in their first one)."""

    code: str
    name: str
    branch: str
    leader: bool


class Labels(NamedTuple):
    """A sheet of A4 with labels in its middle. Everything in millimetres; gap: between two columns."""

    columns: int
    rows: int
    width: float
    height: float
    gap: float

    @property
    def places(self) -> int:
        """How many are on one sheet."""
        return self.columns * self.rows

    def place(self, number: int) -> tuple[float, float]:
        """Where label `number` (from 0, row by row) begins: millimetres from the left and from the top of the sheet."""
        row, column = divmod(number, self.columns)
        whole = self.columns * self.width + (self.columns - 1) * self.gap
        left = (A4[0] - whole) / 2 + column * (self.width + self.gap)
        return left, (A4[1] - self.rows * self.height) / 2 + row * self.height


LABELS: Final[Mapping[str, Labels]] = {
    "2x7": Labels(2, 7, 99.1, 38.1, 2.5),
    "3x8": Labels(3, 8, 63.5, 33.9, 2.5),
    "2x5": Labels(2, 5, 99.1, 57.0, 2.5),
}
"""The common sheets, by columns and rows."""


class BadgeAsk(NamedTuple):
    """Which badges. codes: only of these people, in this order. branches: only of these. start: the first free label.

    leaders: it stands on the badges of leaders that they are.
    """

    codes: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    kind: BadgeKind = BadgeKind.QR
    labels: str = "2x7"
    start: int = 1
    leaders: bool = False


class BadgeWords(NamedTuple):
    """What a sheet of badges says besides names. hint: how to print it; only the screen shows it."""

    language: str
    title: str
    hint: str
    leader: str
    nobody: str
