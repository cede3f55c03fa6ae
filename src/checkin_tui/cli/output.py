"""Plain output: JSON for scripts, and columns that line up in a terminal whatever script a name is written in."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from checkin_tui.domain.text import visible

GAP = "  "


def as_json(shape: Mapping[str, Any]) -> str:
    """The shape on one line. Whatever a terminal could obey is written as an escape: the same value for a reader."""
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"  # a pipe on Windows: nothing may be lost
    text = json.dumps(shape, ensure_ascii=plain)
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else json.dumps(one)[1:-1] for one in text)


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
