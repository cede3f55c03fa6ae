"""The generation of a file: `user_version`, which grows whenever everything in it is replaced or derived anew.

A window that finds another one than it knew reads all again, and whoever writes by a number from before is refused
(`origin`).
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable
from typing import Final

LIMIT: Final = 2**31
"""The number is a signed one of 32 bits in the header; it goes on from 0."""


def generation_of(raw: sqlite3.Connection) -> int:
    """The generation of the file that is open there."""
    return int(raw.execute("PRAGMA main.user_version").fetchone()[0])


def write_anew(raw: sqlite3.Connection) -> None:
    """Set it to what it is: that changes nothing, and writes page 1."""
    raw.execute(f"PRAGMA main.user_version = {generation_of(raw)}")


def begin_anywhere(raw: sqlite3.Connection) -> None:
    """That of a new file, which is hardly ever that of another one."""
    raw.execute(f"PRAGMA main.user_version = {secrets.randbelow(LIMIT)}")


def advance(raw: sqlite3.Connection, beyond: Iterable[int] = ()) -> None:
    """Begin the next generation. beyond: others that were given already."""
    raw.execute(f"PRAGMA main.user_version = {(max((generation_of(raw), *beyond)) + 1) % LIMIT}")
