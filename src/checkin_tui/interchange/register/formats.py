"""The formats of a register, for whoever only asks which there are."""

from __future__ import annotations

from typing import Final

BY_NAME: Final = ("xlsx", "csv", "json", "jsonl")
"""Formats a file's name tells."""
FORMATS: Final = (*BY_NAME, "moodle", "rollcall")
SHORT_ONLY: Final = ("moodle", "rollcall")
"""Those of other programs, which know no events."""
