"""The real program with a database that is known not to be durable: what has to lose something when the power goes.

`python -m tests.faults.unsafe MODE [arguments of checkin]`. Everything else is as installed.
"""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

from sqlalchemy import Engine, event

from checkin_tui.__main__ import main
from checkin_tui.store import engine

MODES: dict[str, tuple[str, str]] = {
    "synchronous=OFF": ("", "OFF"),
    "WAL, synchronous=NORMAL": ("wal", "NORMAL"),
    "DELETE, synchronous=FULL": ("delete", "FULL"),
}
"""The journal mode ('' for the one that is chosen) and how much is synced."""


def program(mode: str) -> tuple[str, ...]:
    """What to run instead of `checkin`."""
    return (sys.executable, "-m", "tests.faults.unsafe", mode)


def weaken(journal: str, synchronous: str) -> None:
    """From now on every connection is set so, after everything that makes it safe."""
    make_engine = engine.make_engine

    def set_badly(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA synchronous={synchronous}")

    def make_badly(path: Path) -> Engine:
        made = make_engine(path)
        event.listen(made, "connect", set_badly)
        return made

    engine.make_engine = make_badly
    if journal:
        engine.journal_mode = lambda *_: journal


if __name__ == "__main__":
    weaken(*MODES[sys.argv.pop(1)])
    main()
