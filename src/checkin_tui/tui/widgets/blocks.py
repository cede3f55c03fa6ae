"""Text in rectangles: lines of spans, exactly as wide as they say, that are put beside and above each other. Pure.

A span may have a key: what choosing it means. Spans with the same key are one thing, however many lines it takes.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple

from checkin_tui.tui.safe import brief, cells, plain


class Span(NamedTuple):
    """Some text in one style. kind: a component class of `Canvas` without its prefix.

    A span with a key begins with a blank, which is where the sign of the highlight goes.
    """

    text: str
    kind: str = "text"
    key: Hashable | None = None


Spans = tuple[Span, ...]


class Block(NamedTuple):
    """Lines of `width` cells each. panels: the keys in it in reading order, one group for each panel."""

    width: int
    lines: tuple[Spans, ...]
    panels: tuple[tuple[Hashable, ...], ...] = ()


def row(width: int, left: Iterable[Span], right: Iterable[Span] = ()) -> Spans:
    """One line of exactly `width` cells: `left`, cut where it is too long, and `right` at the right edge."""
    kept = tuple(_cut(right, width))
    room = width - _cells(kept)
    begun = tuple(_cut(left, room - 1 if kept else room))
    gap = room - _cells(begun)
    return (*begun, Span(" " * gap), *kept) if gap > 0 else (*begun, *kept)


def _cells(spans: Iterable[Span]) -> int:
    return sum(cells(span.text) for span in spans)


def _cut(spans: Iterable[Span], width: int) -> Iterator[Span]:
    left = width
    for span in spans:
        if left <= 0:
            return
        shown = brief(plain(span.text), left)
        left -= cells(shown)
        yield span._replace(text=shown)


def panel(
    width: int, title: str, lines: Iterable[Spans], aside: str | Span = "", keys: Iterable[Hashable] | None = None
) -> Block:
    """A heading, with something at its right, and its lines. keys: in reading order; None: as they stand."""
    right = (Span(aside, "muted") if isinstance(aside, str) else aside, Span(" ")) if aside else ()
    held = (row(width, (Span(f" {title}", "head"),), right), *(row(width, spans) for spans in lines))
    if keys is None:
        keys = (span.key for spans in held for span in spans if span.key is not None)
    return Block(width, held, (tuple(dict.fromkeys(keys)),))


def plain_block(width: int, lines: Iterable[Iterable[Span]]) -> Block:
    """Lines without a heading."""
    held = tuple(row(width, spans) for spans in lines)
    keys = dict.fromkeys(span.key for spans in held for span in spans if span.key is not None)
    return Block(width, held, (tuple(keys),) if keys else ())


def above(blocks: Sequence[Block], gap: int = 0) -> Block:
    """Blocks of one width from top to bottom, with `gap` blank lines between."""
    width = max((block.width for block in blocks), default=0)
    lines: list[Spans] = []
    for block in blocks:
        if lines and block.lines:
            lines += [row(width, ())] * gap
        lines += block.lines
    return Block(width, tuple(lines), tuple(group for block in blocks for group in block.panels))


def beside(blocks: Sequence[Block], gap: int = 2) -> Block:
    """Blocks from left to right, `gap` cells apart."""
    height = max((len(block.lines) for block in blocks), default=0)
    lines = []
    for number in range(height):
        spans: list[Span] = []
        for block in blocks:
            if spans:
                spans.append(Span(" " * gap))
            spans += block.lines[number] if number < len(block.lines) else row(block.width, ())
        lines.append(tuple(spans))
    width = sum(block.width for block in blocks) + gap * max(0, len(blocks) - 1)
    return Block(width, tuple(lines), tuple(group for block in blocks for group in block.panels))


def grid(width: int, spans: Sequence[Span], least: int) -> list[Spans]:
    """Spans in columns of the same width, at least `least` cells: what grows by a digit moves nothing else."""
    columns = max(1, min(len(spans), width // least))
    rows = -(-len(spans) // columns)
    columns = -(-len(spans) // rows)  # as even as can be
    cell = width // columns
    lines = []
    for start in range(0, len(spans), columns):
        line: list[Span] = []
        for span in spans[start : start + columns]:
            line += row(cell, (span,))
        lines.append(tuple(line))
    return lines


def wrapped(width: int, text: str) -> list[str]:
    """Words on lines of at most `width` cells; a word that is longer is cut."""
    lines: list[str] = []
    for word in plain(text).split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and cells(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(brief(word, width))
    return lines
