"""Participation: exact fractions held against a target, and how they may be written without flattering anybody."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal


@dataclass(frozen=True, slots=True)
class Target:
    """The line a rate has to pass: `>` means above it, `>=` at least it. `percent` is exact (0 to 100)."""

    rule: Literal[">", ">="]
    percent: Fraction | int
