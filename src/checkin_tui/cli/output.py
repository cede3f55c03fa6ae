"""Plain output: JSON for scripts, and columns that line up in a terminal whatever script a name is written in."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from typing import Any, Final

from checkin_tui.domain.text import visible

GAP = "  "
_COMMAND: Final = re.compile(r": ((?:checkin|chmod) \S.*)$")


def as_json(shape: Mapping[str, Any]) -> str:
    """The shape on one line. Whatever a terminal could obey is written as an escape: the same value for a reader."""
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"  # a pipe on Windows: nothing may be lost
    text = json.dumps(shape, ensure_ascii=plain)
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else json.dumps(one)[1:-1] for one in text)


def in_lines(sentence: str, width: int) -> str:
    """The sentence broken between words into lines of `width` cells; a command at its end has a line of its own, whole.

    What has lines already, or columns, stays as it is; so does a word (a path) that is longer than a line.
    """
    from rich.cells import cell_len

    if "\n" in sentence or GAP in sentence or cell_len(sentence) <= width:
        return sentence
    said, command = sentence, ""
    if (found := _COMMAND.search(sentence)) is not None:
        said, command = sentence[: found.start() + 1], found[1]
    lines, taken = [""], 0
    for word in said.split(" "):
        cells = cell_len(word)
        if taken and taken + 1 + cells > width:
            lines.append("")
            taken = 0
        lines[-1] += f" {word}" if taken else word
        taken = cell_len(lines[-1])
    return "\n".join([*lines, GAP + command] if command else lines)


def table(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> str:
    """The rows with their columns aligned by the cells they take; `right`: columns of numbers, ending in line.

    Every text is made visible here. Blank ends are cut off.
    """
    from rich.cells import cell_len

    shown = [[visible(cell) for cell in row] for row in rows]
    measured = [[cell_len(cell) for cell in row] for row in shown]
    widths = [max(column) for column in zip(*measured, strict=True)]
    lines = []
    for row, cells in zip(shown, measured, strict=True):
        parts = []
        for number, (text, taken) in enumerate(zip(row, cells, strict=True)):
            blank = " " * (widths[number] - taken)
            parts.append(blank + text if number in right else text + blank)
        lines.append(GAP.join(parts).rstrip())
    return "\n".join(lines)
