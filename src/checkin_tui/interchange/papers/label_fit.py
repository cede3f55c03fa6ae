"""How large a name may stand on a label, and in which lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

LINE: Final = 1.15
"""The height of a line, in sizes of the letters."""

_WIDEST: Final = frozenset("mwMW@%&—…")
_NARROW: Final = frozenset("fijlrtI1 .,:;'|!-()[]/")
_ROOM: Final = 0.95
"""Fonts differ: so much of the width is counted on."""


class Fitted(NamedTuple):
    """A text in lines, with the size of its letters in millimetres."""

    lines: tuple[str, ...]
    size: float


def ems(text: str) -> float:
    """About how wide the text is in a bold font, in sizes of its letters; from the cells it takes."""
    from rich.cells import cell_len

    total = 0.0
    for one in text:
        cells = cell_len(one)
        if cells != 1:
            total += cells / 2
        elif one in _NARROW:
            total += 0.45
        else:
            total += 0.95 if one in _WIDEST else 0.75 if one.isupper() else 0.63
    return total


def fitted(text: str, width: float, height: float, largest: float, smallest: float) -> Fitted:
    """The text as large as it can be in one line or two within `width` and `height`, all in millimetres.

    It is divided between words, where there are none anywhere. What is too long for the smallest size ends with `…`.
    """
    width *= _ROOM
    best = Fitted((text,), _size((text,), width, height, largest))
    for lines in _divided(text):
        size = _size(lines, width, height, largest)
        if size > best.size:
            best = Fitted(lines, size)
    if best.size >= smallest:
        return Fitted(best.lines, round(best.size, 2))
    return Fitted(tuple(_cut(line, width / smallest) for line in best.lines), smallest)


def _size(lines: tuple[str, ...], width: float, height: float, largest: float) -> float:
    widest = max(map(ems, lines))
    return min(largest, height / (LINE * len(lines)), width / widest if widest else largest)


def _divided(text: str) -> Iterator[tuple[str, str]]:
    """The ways to make two lines of it."""
    spaces = [place for place, one in enumerate(text) if one == " "]
    for place in spaces:
        yield text[:place].rstrip(), text[place:].lstrip()
    if not spaces:
        whole, place = ems(text), 0
        while place < len(text) and ems(text[:place]) < whole / 2:
            place += 1
        while place < len(text) and _joined(text, place):
            place += 1
        if 0 < place < len(text):
            yield text[:place], text[place:]


def _joined(text: str, place: int) -> bool:
    """Whether what stands there belongs to the character before it."""
    return text[place - 1] == "\u200d" or text[place] == "\u200d" or unicodedata.category(text[place])[0] == "M"


def _cut(line: str, most: float) -> str:
    if ems(line) <= most:
        return line
    most -= ems("…")
    taken, place = 0.0, 0
    while place < len(line) and taken + ems(line[place]) <= most:
        taken += ems(line[place])
        place += 1
    return line[:place].rstrip() + "…"
