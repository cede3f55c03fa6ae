"""Finding a person by a few letters: the stored search key, and what matches it.

A key is one text of tokens, each preceded by a line feed. A token that stands for the whole person (name without
spaces, full pinyin, initials) is also followed by a line feed, one that is only good for a beginning (code, parts of
the name, branch, end of the phone) by a carriage return. So a term matches when `"\\n" + term` is in the key, and
matches *whole* when `"\\n" + term + "\\n"` is: two substring searches, the fastest thing there is at 100,000 keys.
Folded text holds neither character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import NamedTuple

from checkin_tui.domain.syllables import syllables
from checkin_tui.domain.text import fold_text, pieces, squash

PHONE_END = 4
SHORTEST_INITIALS = 2

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_UMLAUT = re.compile("[ln]v")
_TWO_CHARACTER_SURNAMES = (
    "欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 东方 東方 尉迟 尉遲 皇甫 公孙 公孫 慕容 司徒 令狐 夏侯 端木 "
    "南宫 南宮 宇文 长孙 長孫 呼延 轩辕 軒轅 独孤 獨孤 남궁 황보 제갈 선우"
)


@cache
def _has_han() -> re.Pattern[str]:
    """Compiled at the first name that is written: so wide a class takes longer than all the rest of this module."""
    return re.compile(f"[{_HAN}]")


@cache
def _cjk_name() -> re.Pattern[str]:
    return re.compile(f"[{_HAN}]{{2,}}|[\uac00-\ud7a3]{{2,5}}")


class Readings(NamedTuple):
    """How a name is typed in Latin letters: whole (`zhangwei`) and by initials (`zw`), each in every likely reading."""

    full: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()


NO_READINGS = Readings()


def latin_readings(name: str) -> Readings:
    """The readings of a name in an alphabet; none for one with Chinese characters, whose readings come from a table.

    Initials are taken word by word (`jd`), piece by piece (`jpd` for Jean-Pierre Dupont) and, where all of it is
    pinyin, syllable by syllable (`zxm` for Zhang Xiaoming). One letter alone is no initials.
    """
    if _has_han().search(name):
        return NO_READINGS
    words = [cut for word in name.split() if (cut := pieces(word))]
    parts = [piece for word in words for piece in word]
    sounds = [syllables(part) for part in parts]
    ways = ["".join(word[0][0] for word in words), "".join(part[0] for part in parts)]
    if all(sounds):
        ways.append("".join(sound[0] for word in sounds for sound in word))
    initials = tuple(way for way in dict.fromkeys(ways) if len(way) >= SHORTEST_INITIALS)
    return Readings((whole,), initials) if (whole := "".join(parts)) else NO_READINGS


def person_key(code: str, name: str, phone: str, readings: Readings = NO_READINGS) -> str:
    """The search key of one person, to be followed by `branch_key`. `readings`: empty unless the name is Chinese."""
    known = _known(name, readings)
    identity = [squash(fold_text(name)), *known.full]
    identity += [way for way in known.initials if len(way) >= SHORTEST_INITIALS]
    number = squash(fold_text(code))
    beginnings = [number, number.lstrip("0") if number.isdecimal() else "", *_parts(name)]
    digits = re.sub(r"\D", "", fold_text(phone))
    beginnings.append(digits[-PHONE_END:])
    return _join(identity, beginnings)


def branch_key(name: str, readings: Readings = NO_READINGS) -> str:
    """The search key of a branch: everything in it is only a beginning, for a branch is nobody's whole name."""
    known = _known(name, readings)
    return _join((), [squash(fold_text(name)), *_parts(name), *known.full, *known.initials])


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, ready for matching. terms: all of them must match. squashed: the terms run together."""

    terms: tuple[str, ...] = ()
    squashed: str = ""
    has_digit: bool = False

    @classmethod
    def parse(cls, text: str) -> Query:
        """The query typed as `text`; without terms when nothing in it can be searched for."""
        folded = fold_text(text)
        return cls(tuple(folded.split()), squash(folded), any(character.isdigit() for character in folded))

    def matches(self, key: str) -> bool:
        """Every term begins a token of the key. An empty query matches everybody."""
        return all("\n" + term in key for term in self.terms)

    def whole(self, key: str) -> bool:
        """The text is the whole name, the full pinyin or all initials."""
        return bool(self.squashed) and f"\n{self.squashed}\n" in key

    def extends(self, other: Query) -> bool:
        """Whether whatever matches this query also matched `other`, so that filtering may start from those hits."""
        return all(any(mine.startswith(theirs) for mine in self.terms) for theirs in other.terms)


def filter_positions(keys: Sequence[str], query: Query, among: Sequence[int] | None = None) -> list[int]:
    """The positions of the keys that match, ascending. `among`: only look at these (the hits of a query it extends)."""
    hits = among
    for needle in sorted({"\n" + term for term in query.terms}, key=len, reverse=True):
        if hits is None:
            hits = [position for position, key in enumerate(keys) if needle in key]
        else:
            hits = [position for position in hits if needle in keys[position]]
    return list(range(len(keys))) if hits is None else list(hits)


def whole_position(keys: Sequence[str], query: Query, among: Iterable[int]) -> int | None:
    """The one position of `among` whose key the query matches whole; None for none or several. As fast as filtering."""
    needle = f"\n{query.squashed}\n"
    exact = list(islice((position for position in among if needle in keys[position]), 2)) if query.squashed else []
    return exact[0] if len(exact) == 1 else None


def _parts(name: str) -> list[str]:
    """Where a name may be begun: at each word, at each piece of a word, and at the given name of a CJK name."""
    starts: list[str] = []
    for word in name.split():
        cut = pieces(word)
        starts += ["".join(cut[first:]) for first in range(len(cut))] if len(cut) > 1 else cut
        if len(cut) == 1 and not cut[0].isascii() and _cjk_name().fullmatch(cut[0]):
            starts.append(cut[0][2 if len(cut[0]) > 2 and cut[0][:2] in _TWO_CHARACTER_SURNAMES else 1 :])
    return starts


def _known(name: str, readings: Readings) -> Readings:
    """The readings given, folded; the name's own where none are."""
    if readings.full or readings.initials:
        return Readings(_typed(readings.full), _typed(readings.initials))
    return latin_readings(name)


def _typed(readings: Iterable[str]) -> tuple[str, ...]:
    """The readings as they are typed: `lv` and, for whoever has no idea where the ü went, `lu`."""
    typed: list[str] = []
    for reading in readings:
        folded = squash(fold_text(reading.replace("ü", "v")))
        typed += [folded, folded.replace("v", "u")] if _UMLAUT.search(folded) else [folded]
    return tuple(typed)


def _join(identity: Iterable[str], beginnings: Iterable[str]) -> str:
    whole = dict.fromkeys(token for token in identity if token)
    rest = dict.fromkeys(token for token in beginnings if token and token not in whole)
    return "".join(f"\n{token}\n" for token in whole) + "".join(f"\n{token}\r" for token in rest)
