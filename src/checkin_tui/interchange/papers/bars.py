"""Codes for the scanner as drawings: a QR code, or the bars of Code 128.

A drawing is a path of rectangles in whole modules, with the quiet zone in its size. What is read back is exactly the
code that was drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from checkin_tui.interchange.extras import extra

EXTRA: Final = "badges"

_QR_QUIET: Final = 4  # modules, ISO/IEC 18004
_BARS_QUIET: Final = 10  # modules, ISO/IEC 15417
_START_B: Final = 104
_START_C: Final = 105
_TO_B: Final = 100
_TO_C: Final = 99
_PAIRS: Final = re.compile(r"((?:[0-9]{2}){2,}(?![0-9]))")
"""Four digits and more, two in one sign; of an odd number the first stays outside."""


class Bars(NamedTuple):
    """A drawing. width, height: in modules. path: of an SVG in them."""

    width: int
    height: int
    path: str


def qr_bars(code: str) -> Bars:
    """The code as a QR code of level M or better.

    What is not ASCII stands there as bytes of UTF-8 and without an ECI mark: many scanners type that mark (`\\000026`)
    before the code, and those that know UTF-8 find it by themselves. Raises CheckInError `extra_missing`.
    """
    segno: Any = extra("segno", EXTRA)
    how = {} if code.isascii() else {"encoding": "utf-8", "mode": "byte"}  # else signs of Japanese would be Shift JIS
    drawn = segno.make(code, error="m", micro=False, **how)
    size = len(drawn.matrix) + 2 * _QR_QUIET
    rows = enumerate(drawn.matrix, _QR_QUIET)
    return Bars(size, size, _path((y, run) for y, row in rows for run in _runs(row, _QR_QUIET)))


def code128_bars(code: str) -> Bars:
    """The bars of Code 128 (ISO/IEC 15417) for a code of printable ASCII, one module high.

    Raises CheckInError `extra_missing`.
    """
    extra("barcode", EXTRA)
    tables: Any = extra("barcode.charsets.code128", EXTRA)
    signs = _signs(code, tables.B)
    check = (signs[0] + sum(place * sign for place, sign in enumerate(signs))) % 103
    modules = [one == "1" for one in "".join(tables.CODES[sign] for sign in (*signs, check)) + tables.STOP + "11"]
    return Bars(len(modules) + 2 * _BARS_QUIET, 1, _path((0, run) for run in _runs(modules, _BARS_QUIET)))


def fits_code128(code: str) -> bool:
    """Whether all of it can be said in Code 128."""
    return code.isascii() and code.isprintable()


def _signs(code: str, letters: Mapping[str, int]) -> list[int]:
    """The values of the signs with the start before them: digits in pairs where four or more stand together.

    Put together here: python-barcode up to 0.16 loses a 99 at the beginning.
    """
    signs: list[int] = []
    for place, part in enumerate(_PAIRS.split(code)):
        if not part:
            continue
        pairs = place % 2 == 1  # what the pattern found
        begin = _START_C if pairs else _START_B
        signs.append((_TO_C if pairs else _TO_B) if signs else begin)
        signs += [int(part[at : at + 2]) for at in range(0, len(part), 2)] if pairs else [letters[one] for one in part]
    return signs


def _runs(modules: Iterable[Any], first: int) -> Iterator[tuple[int, int]]:
    """Where the dark runs of a row begin, and how long they are."""
    begun: int | None = None
    for place, dark in enumerate((*modules, False), first):
        if dark and begun is None:
            begun = place
        elif not dark and begun is not None:
            yield begun, place - begun
            begun = None


def _path(runs: Iterable[tuple[int, tuple[int, int]]]) -> str:
    return "".join(f"M{x} {y}h{length}v1h-{length}z" for y, (x, length) in runs)
