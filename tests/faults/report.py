"""The table of `make faults`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rich import box
from rich.console import Console
from rich.table import Table

from tests.bench.report import machine

ANSWER_MS = 250.0
"""How long a key may take to show on the screen, whatever the disk does."""

SHOWN = 10
"""So many of the things that went wrong are printed below the table."""


@dataclass
class Found:
    """What is wrong with one file. lost: what was said to be saved and is not in it. corrupt: what is wrong with it."""

    lost: list[str] = field(default_factory=list)
    corrupt: list[str] = field(default_factory=list)


@dataclass
class Row:
    """One fault, and what came of it.

    acknowledged: what a screen or a command had said to be saved. lost: of that, what was not in the file afterwards.
    corrupt: files that did not open, failed SQLite's own check, or whose standings were not what the events add up to.
    false_saved: what was said to be saved while the disk could not have taken it. slowest: the longest a key took to
    show, in milliseconds. trouble: promises that were broken in another way, each in a few words. found: what was lost
    or corrupt, each in a few words. must_lose: the fault
    is one against which nothing helps: a round that loses nothing could not have seen a loss.
    """

    fault: str
    trials: int = 0
    acknowledged: int = 0
    lost: int = 0
    corrupt: int = 0
    false_saved: int = 0
    slowest: float | None = None
    note: str = ""
    trouble: list[str] = field(default_factory=list)
    must_lose: bool = False
    found: list[str] = field(default_factory=list)

    def complain(self, what: str) -> None:
        """A promise was broken."""
        self.trouble.append(what)

    def take(self, said: int, found: Found) -> None:
        """One file was held against what had been said."""
        self.acknowledged += said
        self.lost += len(found.lost)
        self.corrupt += bool(found.corrupt)
        self.found += [*found.lost, *found.corrupt]

    @property
    def held(self) -> bool:
        """Whether all zeros are zeros, where zeros are promised."""
        if self.must_lose:
            return self.lost + self.corrupt > 0
        fast = self.slowest is None or self.slowest <= ANSWER_MS
        return bool(self.trials) and fast and not (self.lost or self.corrupt or self.false_saved or self.trouble)


def merged(parts: Sequence[Row]) -> Row:
    """One row of several of the same fault."""
    row = Row(parts[0].fault, note=parts[0].note, must_lose=parts[0].must_lose)
    for part in parts:
        row.trials += part.trials
        row.acknowledged += part.acknowledged
        row.lost += part.lost
        row.corrupt += part.corrupt
        row.false_saved += part.false_saved
        row.trouble += part.trouble
        row.found += part.found
        if part.slowest is not None:
            row.slowest = max(row.slowest or 0.0, part.slowest)
    return row


def line(row: Row) -> str:
    """The same in a line, for who waits for the table."""
    counts = f"{row.trials:,} trials, {row.acknowledged:,} acknowledged, {row.lost} lost, {row.corrupt} corrupt"
    return f"  {row.fault}: {counts}, {row.false_saved} false{'' if row.held else ', MISSED'}"


def show(rows: Sequence[Row]) -> bool:
    """Print the table. Returns whether every promise held."""
    console = Console(width=150, highlight=False)
    console.print(machine(), markup=False)
    table = Table(box=box.SIMPLE)
    for column in ("fault", "trials", "acknowledged", "lost", "corrupt", "false “saved”", "slowest answer", ""):
        table.add_column(column, justify="left" if column in ("fault", "") else "right")
    for row in rows:
        said = "" if row.held else "MISSED "
        table.add_row(
            row.fault,
            f"{row.trials:,}",
            f"{row.acknowledged:,}",
            str(row.lost),
            str(row.corrupt),
            str(row.false_saved),
            "" if row.slowest is None else f"{row.slowest:.0f} ms",
            said + row.note,
        )
    console.print(table)
    for row in rows:
        if not row.held:
            for what in [*row.trouble, *row.found][:SHOWN]:
                console.print(f"{row.fault}: {what}", markup=False)
    return all(row.held for row in rows)
