"""Whether two names may be one person's: a name that was mistyped, married or written more fully."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Final

from checkin_tui.domain.people import CJK, name_key

_LEAST: Final = 0.75
"""From which share of equal letters on (difflib's ratio) two names may be one that was mistyped."""

_HAN: Final = re.compile(f"[{CJK}]")
_WORD: Final = re.compile(r"\w{2,}")


def names_alike(one: str, other: str) -> bool:
    """Whether one name may have become the other.

    Chinese names: one holds the other, or they have the same first character and the same length. Others: they share a
    word of two letters or more, or most of their letters.
    """
    first, second = name_key(one), name_key(other)
    if not first or not second:
        return False
    if _HAN.search(first) and _HAN.search(second):
        if first in second or second in first:
            return True
        return first[0] == second[0] and len(first) == len(second)
    if set(_WORD.findall(first)) & set(_WORD.findall(second)):
        return True
    return max(_ratio(first, second), _ratio(second, first)) >= _LEAST


def _ratio(one: str, other: str) -> float:
    """Depends on the order of the two; nobody's verdict should."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
