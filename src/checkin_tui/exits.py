"""What a process of `checkin` ends with; its help tells them. A leaf."""

from __future__ import annotations

from typing import Final

DONE: Final = 0
FOUND: Final = 1
"""A finding: what was looked for is not as it should be."""
REFUSED: Final = 2
"""Wrong usage, or refused."""
UNREACHABLE: Final = 3
"""The database cannot be reached, or is busy."""
INTERNAL: Final = 70
"""A mistake of the program (EX_SOFTWARE of sysexits)."""
INTERRUPTED: Final = 130
"""Ctrl+C: 128 and the number of SIGINT."""
