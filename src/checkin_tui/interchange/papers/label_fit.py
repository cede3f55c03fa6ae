"""How large a name may stand on a label, and in which lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

LINE: Final = 1.15
"""The height of a line, in sizes of the letters."""

_WIDEST: Final = frozenset("mwMW@%&—…")
_NARROW: Final = frozenset("fijlrtI1 .,:;'|!-()[]/")
_ROOM: Final = 0.95
"""Fonts differ: so much of the width is counted on."""
_MOST_LINES: Final = 4
_WORTH: Final = 1.1
"""A line more has to make the letters larger by so much."""
_CLOSE: Final = 0.05
"""Sizes of a letter: nearer to the least width need not be looked for."""


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
    """The text as large as it can be in one to four lines within `width` and `height`, all in millimetres.

    It is divided between words and behind hyphens, where there are none anywhere. What is too long for the smallest
    size ends with `…`.
    """
    width *= _ROOM
    best = Fitted((text,), _size((text,), width, height, largest))
    for lines in _divided(text):
        size = _size(lines, width, height, largest)
        if size > best.size * _WORTH:
            best = Fitted(lines, size)
    if best.size >= smallest:
        return Fitted(best.lines, round(best.size, 2))
    return Fitted(tuple(_cut(line, width / smallest) for line in best.lines), smallest)


def _size(lines: tuple[str, ...], width: float, height: float, largest: float) -> float:
    widest = max(map(ems, lines))
    return min(largest, height / (LINE * len(lines)), width / widest if widest else largest)


def _divided(text: str) -> Iterator[tuple[str, ...]]:
    """Two, three and four lines of it, each time with the widest as narrow as it can be."""
    parts = [part for part in re.split("(?<=[ -])", text) if part]
    if len(parts) == 1:
        starts = [place for place in range(len(text)) if place == 0 or not _joined(text, place)]
        parts = [text[begin:end] for begin, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    widths = [ems(part) for part in parts]
    for count in range(2, min(_MOST_LINES, len(parts)) + 1):
        yield _lines(parts, widths, count)


def _lines(parts: list[str], widths: list[float], count: int) -> tuple[str, ...]:
    """The parts in at most so many lines, filled up to the least width at which they are enough."""
    low, high = max(widths), sum(widths)
    while high - low > _CLOSE:
        middle = (low + high) / 2
        low, high = (low, middle) if len(_filled(parts, widths, middle)) <= count else (middle, high)
    return tuple(line.strip() for line in _filled(parts, widths, high))


def _filled(parts: list[str], widths: list[float], most: float) -> list[str]:
    lines, taken = [""], 0.0
    for part, width in zip(parts, widths, strict=True):
        if lines[-1] and taken + width > most:
            lines.append("")
            taken = 0.0
        lines[-1] += part
        taken += width
    return lines


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
