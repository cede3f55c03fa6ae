"""Figures as pictures of signs that take one cell in every terminal: big digits, bars, columns. Pure.

Solid parts are the sign `#` (or another of ASCII) in a style whose ground has the same colour: solid where there are
colours, and told apart by the sign where there are none.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from checkin_tui.domain.rates import Rate, Target
from checkin_tui.tui.safe import cells
from checkin_tui.tui.widgets.blocks import Span, Spans

DIGIT_ROWS = 5
_GAP = " "
_DIGITS = {
    "0": ("#####", "## ##", "## ##", "## ##", "#####"),
    "1": (" ### ", "  ## ", "  ## ", "  ## ", " ####"),
    "2": ("#####", "   ##", "#####", "##   ", "#####"),
    "3": ("#####", "   ##", " ####", "   ##", "#####"),
    "4": ("## ##", "## ##", "#####", "   ##", "   ##"),
    "5": ("#####", "##   ", "#####", "   ##", "#####"),
    "6": ("#####", "##   ", "#####", "## ##", "#####"),
    "7": ("#####", "   ##", "  ## ", " ##  ", " ##  "),
    "8": ("#####", "## ##", "#####", "## ##", "#####"),
    "9": ("#####", "## ##", "#####", "   ##", "#####"),
    "/": ("   #", "  ##", " ## ", "##  ", "#   "),
    ".": ("  ", "  ", "  ", "  ", "##"),
    "%": ("##  #", "   # ", "  #  ", " #   ", "#  ##"),
    " ": (" ", " ", " ", " ", " "),
}


def big(text: str) -> tuple[str, ...]:
    """Digits, `/`, `.`, `%` and blanks five lines high; all lines are equally wide."""
    glyphs = [_DIGITS[character] for character in text]
    return tuple(_GAP.join(glyph[line] for glyph in glyphs) for line in range(DIGIT_ROWS))


def solid(line: str, kind: str) -> Spans:
    """A line of a picture: its blanks are ground, the rest is solid."""
    runs = ((blank, "".join(part)) for blank, part in groupby(line, key=lambda sign: sign == " "))
    return tuple(Span(text, "text" if blank else kind) for blank, text in runs)


def shares(parts: Sequence[int], width: int, exact: int = 0) -> list[int]:
    """Cells for each part of a whole, `width` in all. No part that is there vanishes as long as there are cells.

    exact: so many first parts are rounded down, so that they never read as more than they are; what rounding leaves
    over goes to the largest of the others.
    """
    whole = sum(parts)
    if not whole:
        return [0] * len(parts)
    found = [max(width * part // whole, 1 if part and width > len(parts) else 0) for part in parts]
    spare = width - sum(found)
    others = [number for number in range(exact, len(parts)) if parts[number]] or [found.index(max(found))]
    largest = max(others if spare > 0 else range(len(parts)), key=lambda number: found[number])
    found[largest] += spare
    return found


def stacked(parts: Sequence[tuple[int, str, str]], width: int, *, exact: int = 0, tick: int | None = None) -> Spans:
    """A bar of parts (number, sign, kind) over `width` cells, with a tick at that cell; blank for nothing at all."""
    sizes = shares([number for number, _sign, _kind in parts], width, exact)
    row = [(sign, kind) for (_number, sign, kind), size in zip(parts, sizes, strict=True) for _cell in range(size)]
    row += [(" ", "text")] * (width - len(row))
    if tick is not None and 0 <= tick < width:
        row[tick] = ("|", "tick")
    return tuple(Span("".join(sign for sign, _kind in run), kind) for kind, run in _runs(row))


def _runs(row: Sequence[tuple[str, str]]) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(kind, list(run)) for kind, run in groupby(row, key=lambda cell: cell[1])]


def tick_at(target: Target, width: int, low: int = 0) -> int:
    """The cell of a bar from `low` to 100 % in which the line is."""
    place = (target.percent - low) * width / (100 - low)
    return max(0, min(width - 1, int(place)))


def scale_of(rates: Sequence[Rate], target: Target) -> int:
    """Where the bars of several rates begin: a multiple of ten per cent below all of them and below the line."""
    known = [rate.fraction * 100 for rate in rates if rate.fraction is not None]
    lowest = min([*known, target.percent])
    return max(0, min(80, int(lowest - 1) // 10 * 10))


def rate_bar(rate: Rate, target: Target, width: int, low: int = 0) -> Spans:
    """A rate against its line, from `low` to 100 %; solid in another style where the line is missed."""
    exact = rate.fraction
    if exact is None or width < 1:
        return (Span(" " * max(0, width)),)
    filled = max(0, min(width, int((exact * 100 - low) * width / (100 - low))))
    met = target.met_by(rate.attended, rate.expected)
    row = [("#", "fill-good" if met else "fill-bad")] * filled + [(".", "rest")] * (width - filled)
    row[tick_at(target, width, low)] = ("|", "tick")
    return tuple(Span("".join(sign for sign, _kind in run), kind) for kind, run in _runs(row))


def column_width(most: int) -> int:
    """Cells for a column of a chart whose highest number is `most`: the number above it can be read."""
    return max(2, cells(str(most)) + 1)


def columns(values: Sequence[tuple[int, str, object | None]], height: int) -> list[Spans]:
    """A chart of (number, kind, key), `height` lines and one above for the numbers. Nothing is drawn for a zero."""
    most = max((number for number, _kind, _key in values), default=0)
    cell = column_width(most)
    lines = []
    for level in range(height, -1, -1):
        spans = []
        for number, kind, key in values:
            tall = -(-number * height // most) if most else 0
            if tall and level == tall:
                spans.append(Span(f"{number:>{cell}}", "strong", key))
            elif level < tall:
                spans += [Span(" ", "text"), Span("#" * (cell - 1), kind, key)]
            else:
                spans.append(Span(" " * cell))
        lines.append(tuple(spans))
    return lines


class Tick(NamedTuple):
    """A cell of an axis, the sign there ('' for none) and what it says.

    before: the words end at the cell if they can, else they begin there. The other way round without.
    """

    place: int
    sign: str
    text: str
    before: bool = False


def axis(width: int, room: int, ticks: Sequence[Tick]) -> tuple[str, str]:
    """A base line of `width` cells with its signs, and below it, in `room` cells, what the ticks say.

    Signs that meet stand side by side. A label touches its own sign's cell with that sign (`14:30|`, `L14:40`); the
    first ticks come first, and one that would run into another says nothing, as does one beyond the line.
    """
    base, below = ["-"] * width, [" "] * room
    for tick in ticks:
        cell = max(0, tick.place)
        while tick.sign and cell < width and base[cell] != "-":
            cell += 1
        if cell >= width:
            continue
        if tick.sign:
            base[cell] = tick.sign
        for before in (tick.before, not tick.before):
            text = tick.text + tick.sign if before else tick.sign + tick.text
            start = cell - cells(text) + 1 if before else cell
            if _put(below, start, text):
                break
    return "".join(base), "".join(below)


def _put(line: list[str], start: int, text: str) -> bool:
    """Write the text where it and a cell on either side are free. A wide sign leaves nothing in its second cell."""
    end = start + cells(text)
    if start < 0 or end > len(line) or any(sign != " " for sign in line[max(0, start - 1) : end + 1]):
        return False
    line[start:end] = [text, *[""] * (end - start - 1)]
    return True
