"""Figures and their table: medians, spread, the ratio to the yardstick and the budget it is held to."""

from __future__ import annotations

import os
import platform
import sqlite3
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

from rich import box
from rich.console import Console
from rich.table import Table

from checkin_tui.store.engine import journal_mode


@dataclass
class Figure:
    """One line: what was measured, ours and the yardstick's values (same unit), and what the ratio may be."""

    name: str
    ours: Sequence[float]
    yardstick: Sequence[float] = ()
    budget: float | None = None
    unit: str = "ms"
    percentile: int = 50
    note: str = ""
    difference: bool = False
    ratios: list[float] = field(default_factory=list)

    def value(self, values: Sequence[float]) -> float:
        """The median, or another percentile."""
        if self.percentile == 50 or len(values) < 2:
            return statistics.median(values)
        if self.percentile == 100:
            return max(values)
        return statistics.quantiles(values, n=100)[self.percentile - 1]

    @property
    def ratio(self) -> float | None:
        """Ours to the yardstick; ours itself where the budget is a plain figure."""
        if self.difference or not self.yardstick:
            return None
        return self.value(self.ours) / self.value(self.yardstick)

    @property
    def held(self) -> bool | None:
        """Whether the budget holds; None without one."""
        if self.budget is None:
            return None
        reached = self.ratio if self.ratio is not None else self.value(self.ours)
        return reached <= self.budget


def _spread(values: Sequence[float]) -> str:
    if len(values) < 2:
        return ""
    return f"{min(values):.4g}-{max(values):.4g}"


def machine() -> str:
    """What it was measured on."""
    return (
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, journal {journal_mode()}, "
        f"synchronous FULL, {os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    )


def show(figures: Sequence[Figure]) -> bool:
    """Print the table. Returns whether every budget held."""
    console = Console(width=150, highlight=False)
    console.print(machine(), markup=False)
    table = Table(box=box.SIMPLE)
    for column in ("figure", "ours", "spread", "yardstick", "spread", "ratio", "budget", ""):
        table.add_column(column, justify="left" if column in ("figure", "") else "right")
    for figure in figures:
        ratio = figure.ratio
        table.add_row(
            figure.name + (f" (p{figure.percentile})" if figure.percentile != 50 else ""),
            f"{figure.value(figure.ours):.4g} {figure.unit}",
            _spread(figure.ours),
            f"{figure.value(figure.yardstick):.4g} {figure.unit}" if figure.yardstick else "",
            _spread(figure.yardstick),
            "" if ratio is None else f"{ratio:.2f}x",
            "" if figure.budget is None else (f"{figure.budget:g}x" if ratio is not None else f"{figure.budget:g}"),
            {True: "held", False: "MISSED", None: ""}[figure.held] + (f"  {figure.note}" if figure.note else ""),
        )
    console.print(table)
    return all(figure.held is not False for figure in figures)
