"""What this terminal can do: asked of the terminal itself, where there is one."""

from __future__ import annotations

import os
import re
import select
import sys
import time
from collections.abc import Callable, Mapping
from typing import Final

from checkin_tui.domain.health import Check, Finding, State

SAMPLES: Final = ("中文", "✓", "✗", "·", "▌", "é")
"""What the screens draw with and columns are made of: ideographs, the signs of statuses, a bar, a letter."""

WAIT_SECONDS: Final = 0.5
"""For each answer; a terminal that does not answer the first question is not asked again."""

_ANSWER: Final = re.compile(rb"\x1b\[(\d+);(\d+)R")
_PLACE: Final = b"\x1b[6n"  # DSR 6, answered by CPR: ECMA-48, 8.3.35 and 8.3.14


def look(environment: Mapping[str, str], *, ask: bool) -> Finding:
    """Encoding, colours, and how wide the terminal draws what the screens are made of.

    ask: whether the terminal may be asked; never where standard input or output is no terminal.
    """
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    wrong = crooked(_measure) if terminal and ask else {}
    values = {
        "terminal": terminal,
        "encoding": encoding,
        "colours": colours(environment) if terminal else 0,
        "crooked": wrong,
    }
    bad = encoding != "utf8" or bool(wrong)
    return Finding(Check.TERMINAL, State.WARNING if terminal and bad else State.OK, values)


def colours(environment: Mapping[str, str]) -> int:
    """How many colours there are, by what the environment says; 0 for none or not wanted (no-color.org)."""
    kind = environment.get("TERM", "")
    if environment.get("NO_COLOR") or kind == "dumb":
        return 0
    if environment.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return 1 << 24
    return 256 if "256" in kind else 16


def crooked(measure: Callable[[tuple[str, ...]], list[int]]) -> dict[str, tuple[int, int]]:
    """The samples drawn in another width than the screens count with: (counted, drawn) in cells."""
    from rich.cells import cell_len

    drawn = measure(SAMPLES)
    pairs = zip(SAMPLES, drawn, strict=False)
    return {sample: (cell_len(sample), cells) for sample, cells in pairs if cells != cell_len(sample)}


def _measure(samples: tuple[str, ...]) -> list[int]:
    """How many cells each one takes; fewer answers where the terminal gave none."""
    try:
        import termios
        import tty
    except ImportError:  # Windows
        return []
    keys, page = sys.stdin.fileno(), sys.stdout.fileno()
    sys.stdout.flush()
    found: list[int] = []
    try:
        before = termios.tcgetattr(keys)
    except termios.error:
        return []
    try:
        tty.setcbreak(keys)
        for sample in samples:
            os.write(page, b"\r" + sample.encode("utf-8") + _PLACE)
            column = answered(keys)
            if column is None:
                break
            found.append(column - 1)
    finally:
        os.write(page, b"\r\x1b[K")
        termios.tcsetattr(keys, termios.TCSAFLUSH, before)  # a late answer is no key press
    return found


def answered(keys: int) -> int | None:
    """The column the terminal says, counted from 1; None if it says nothing in time."""
    said, end = b"", time.monotonic() + WAIT_SECONDS
    while (left := end - time.monotonic()) > 0 and select.select([keys], [], [], left)[0]:
        data = os.read(keys, 64)
        if not data:
            break
        said += data
        found = _ANSWER.search(said)
        if found is not None:
            return int(found[2])
    return None
