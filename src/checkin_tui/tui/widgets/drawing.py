"""Figures as pictures of signs that take one cell in every terminal: big digits, bars, columns. Pure.

Solid parts are the sign `#` (or another of ASCII) in a style whose ground has the same colour: solid where there are
colours, and told apart by the sign where there are none.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

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


def solid(line: str, kind: str, key: object | None = None) -> Spans:
    """A line of a picture: its blanks are ground, the rest is solid."""
    runs = ((blank, "".join(part)) for blank, part in groupby(line, key=lambda sign: sign == " "))
    return tuple(Span(text, "text" if blank else kind, key) for blank, text in runs)


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


def axis(width: int, marks: Sequence[tuple[int, str]]) -> str:
    """A base line with signs at these cells; two that meet stand side by side."""
    cells_of = ["-"] * width
    for place, sign in marks:
        free = next((cell for cell in range(max(0, place), width) if cells_of[cell] == "-"), None)
        if free is not None:
            cells_of[free] = sign
    return "".join(cells_of)


def labels(width: int, wanted: Sequence[tuple[int, str]]) -> str:
    """Texts at these cells, the first ones first; one that finds no room at its place is left out."""
    line = [" "] * width
    for place, text in wanted:
        start = max(0, min(place, width - len(text)))
        if start + len(text) <= width and all(sign == " " for sign in line[max(0, start - 1) : start + len(text) + 1]):
            line[start : start + len(text)] = text
    return "".join(line)
