"""How Chinese names are read aloud, so that they are found by typing pinyin or its first letters.

A dictionary's first reading is wrong for many surnames, and which of its readings a family uses cannot be told from the
characters. So every reading of the first character is kept, the surname's own before the others, and the most common
one of the characters after it. Made once, when people come into the file, and stored with them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import Final

from checkin_tui.domain.search import NO_READINGS, Readings
from checkin_tui.domain.text import fold_text
from checkin_tui.interchange.surnames import COMPOUND_SURNAMES, SURNAMES

_HAN: Final = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_ANY_HAN: Final = re.compile(f"[{_HAN}]")
_PIECE: Final = re.compile(f"[{_HAN}]+|[^{_HAN}]+")

_UMLAUT: Final = re.compile("(?<=^[ln])v(?=e?$)")  # lü, nü, lüe, nüe: pinyin writes no other v


def readings(name: str) -> Readings:
    """The ways to type `name` by sound: whole, without spaces, and by first letters; the most likely way first.

    Empty without a Chinese character. Words in other scripts inside the name stay, folded.
    A syllable with ü is there as `v` (as it is typed), `u` and `yu` (as passports write it).
    """
    if _ANY_HAN.search(name) is None:
        return NO_READINGS
    ways: list[tuple[str, ...]] = [()]
    surname_read = False
    for piece in _PIECE.findall(name):
        if _ANY_HAN.match(piece) is None:
            words = tuple(fold_text(piece).split())
            ways = [way + words for way in ways]
        elif surname_read:
            given = _common(piece)
            ways = [way + given for way in ways]
        else:
            surname_read = True
            ways = [way + family for way in ways for family in _family_readings(piece)]
    full = chain.from_iterable(map(_spellings, ways))
    initials = ("".join(syllable[0] for syllable in way) for way in ways)
    return Readings(tuple(dict.fromkeys(filter(None, full))), tuple(dict.fromkeys(filter(None, initials))))


def _family_readings(han: str) -> list[tuple[str, ...]]:
    """The readings of a run of characters whose beginning may be a surname."""
    compound = COMPOUND_SURNAMES.get(han[:2])
    ways = [] if compound is None else [compound + _common(han[2:])]
    rest = _common(han[1:])
    own = SURNAMES.get(han[0], ())
    ways += [(syllable, *rest) for syllable in dict.fromkeys((*own, *_syllables(han[0])))]
    return ways or [rest]


def _common(han: str) -> tuple[str, ...]:
    """The most common reading of each character; one nobody has a reading for is passed over."""
    return tuple(chain.from_iterable(_syllables(character)[:1] for character in han))


def _spellings(way: Sequence[str]) -> tuple[str, ...]:
    """A way run together, in each spelling of its ü."""
    whole = "".join(way)
    if "v" not in whole:
        return (whole,)
    return tuple("".join(_UMLAUT.sub(letter, syllable) for syllable in way) for letter in ("v", "u", "yu"))


@cache
def _syllables(character: str) -> tuple[str, ...]:
    """Every reading of one character without tones, the most common first; empty when there is none.

    pypinyin is imported here because it costs 35 ms, and 137 ms without the setting that leaves its phrases out.
    """
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(syllable for syllable in chain.from_iterable(found) if syllable.isascii() and syllable.isalpha())
