"""A line is cut between characters as they are seen, so that it stays as wide as it was.

A repair of Rich 15: `Segment.split_cells` cuts between code points, but a flag, a family or a sign with a variation
selector is measured as one. Below the edge of a dialog its two halves took a cell more or less than the whole, and the
frame of the dialog stood beside its place. It may go when `test_clusters.py` passes without it.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len, split_graphemes
from rich.segment import Segment

_FLAG_LETTERS = range(0x1F1E6, 0x1F200)
"""Regional indicators: two of them are one flag (Unicode UAX #29, GB12), which Rich takes for two characters."""


def clusters(text: str) -> Iterator[tuple[int, int, int]]:
    """The characters as they are seen: begin, end, and how many cells each takes."""
    half: tuple[int, int, int] | None = None
    for start, stop, size in split_graphemes(text)[0]:
        flag = ord(text[start]) in _FLAG_LETTERS
        if half is not None:
            if flag:
                yield half[0], stop, half[2] + size
                half = None
                continue
            yield half
            half = None
        if flag:
            half = start, stop, size
        else:
            yield start, stop, size
    if half is not None:
        yield half


def keep_whole() -> None:
    """From now on. Only texts with a character that is not one cell wide come here; the others never did."""
    Segment._split_cells = classmethod(_split)  # type: ignore[method-assign,assignment]


def _split(_kind: type[Segment], segment: Segment, cut: int) -> tuple[Segment, Segment]:
    """At this cell; a character that lies on it becomes blanks on both sides."""
    text, style, control = segment
    if cut >= cell_len(text):
        return segment, Segment("", style, control)
    taken = 0
    for start, stop, size in clusters(text):
        if taken + size > cut:
            before, behind = (start, start) if taken == cut else (start, stop)
            left = text[:before] + " " * (cut - taken)
            right = " " * (taken + size - cut if behind == stop else 0) + text[behind:]
            return Segment(left, style, control), Segment(right, style, control)
        taken += size
    return segment, Segment("", style, control)
