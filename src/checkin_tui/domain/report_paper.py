"""What the report says, part by part: made where the words are, laid out where the files are."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from checkin_tui.domain.reporting import ReportView


class Own(StrEnum):
    """A part the author writes, which a second run leaves as it is."""

    SHORTCOMINGS = "shortcomings"
    NEXT = "next"


class Text(NamedTuple):
    """A paragraph. strong: it must not be overlooked."""

    text: str
    strong: bool = False


class Table(NamedTuple):
    """Rows under headings. numbers: columns that end in line. outside: columns with people's own words.

    total: the last row, of what stands above it; () where there is none.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    outside: frozenset[int] = frozenset()
    total: tuple[str, ...] = ()


class Bar(NamedTuple):
    """A rate as a bar. percent: 0 to 100, None where nobody was expected. line: the target. text: what is beside it."""

    label: str
    text: str
    percent: Fraction | None
    line: Fraction
    met: bool | None


class RateChart(NamedTuple):
    """Rates against the target; the figures are in the table that stands beside it, where no chart can be drawn.

    about: the same for somebody who cannot see it. low: per cent at which the bars begin. upright: a column each, in
    order of time. scale: the words for that axis. met, missed, target: the legend.
    """

    title: str
    about: str
    bars: tuple[Bar, ...]
    low: int
    upright: bool
    scale: str
    met: str
    missed: str
    target: str


class CountChart(NamedTuple):
    """How many by minute. columns: (minute, how many, marked); every minute of the span has one. marked: hatched.

    ticks: (minute, label). The same figures are in a table beside it.
    """

    title: str
    about: str
    columns: tuple[tuple[int, int, bool], ...]
    ticks: tuple[tuple[int, str], ...]
    plain: str
    marked: str


class Place(NamedTuple):
    """Where the author writes. hint: what stands there at first."""

    part: Own
    hint: str


Block = Text | Table | RateChart | CountChart | Place


class Section(NamedTuple):
    """A heading and what is under it. page: it begins a new page in print."""

    heading: str
    blocks: tuple[Block, ...]
    page: bool = False


class ReportPaper(NamedTuple):
    """The report. lines: under the title. end: the last paragraph before the appendix, which says what a second run
    keeps. pages: `{page} of {pages}`, with those in braces. appendix: what names people.
    """

    language: str
    title: str
    lines: tuple[Text, ...]
    sections: tuple[Section, ...]
    end: str
    pages: str
    appendix: tuple[Section, ...] = ()


ReportWords = Callable[[ReportView], ReportPaper]
"""Makes the paper of what was read."""
