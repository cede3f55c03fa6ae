"""Pinyin written in Latin letters: `zhangxiaoming` cut into its syllables, so that it has the initials people type.

The syllables are those of the Hanyu Pinyin scheme (ISO 7098), toneless, with `v` and `u` for `ü` after l and n.
"""

from __future__ import annotations

from functools import cache, lru_cache

LONGEST = 24

_FINALS = {
    "": "a ai an ang ao e ei en eng er o ou",
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng o ou u",
    "d": "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan ue uo v ve",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu ong ou u uan ue un uo v ve",
    "g": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "k": "a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo",
    "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "ch": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u ua uan ui un uo",
    "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "c": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "y": "a an ang ao e i in ing o ong ou u uan ue un",
    "w": "a ai an ang ao ei en eng o u",
}


@lru_cache(maxsize=4096)
def syllables(word: str) -> tuple[str, ...]:
    """The syllables of a folded Latin word, longest first from the left; empty when it is not pinyin throughout.

    A syllable inside a word never begins with a vowel (there an apostrophe would stand): `maria` is not pinyin.
    """
    if not word.isascii() or len(word) > LONGEST:
        return ()
    return _cut(word) or ()


def _cut(word: str) -> tuple[str, ...] | None:
    if not word:
        return ()
    for size in range(min(6, len(word)), 0, -1):
        rest = word[size:]
        if word[:size] in _known() and rest[:1] not in ("a", "e", "o"):
            tail = _cut(rest)
            if tail is not None:
                return (word[:size], *tail)
    return None


@cache
def _known() -> frozenset[str]:
    return frozenset(initial + final for initial, finals in _FINALS.items() for final in finals.split())
