"""The generation of a file: `user_version`, which grows whenever everything in it is replaced or derived anew.

A window that finds another one than it knew reads all again, and whoever writes by a number from before is refused
(`origin`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Final

LIMIT: Final = 2**31
"""The number is a signed one of 32 bits in the header; it goes on from 0."""


def generation_of(raw: sqlite3.Connection) -> int:
    """The generation of the file that is open there."""
    return int(raw.execute("PRAGMA main.user_version").fetchone()[0])


def advance(raw: sqlite3.Connection, beyond: Iterable[int] = ()) -> None:
    """Begin the next generation. beyond: others that were given already."""
    raw.execute(f"PRAGMA main.user_version = {(max((generation_of(raw), *beyond)) + 1) % LIMIT}")
