"""Badges on A4 labels: name, branch and the code, in print and for the scanner. Everything is measured in mm."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from checkin_tui.domain.badges import LABELS, BadgeAsk, BadgeKind, BadgeWords, Holder, Labels
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import CODE_LIMIT
from checkin_tui.domain.program import Program
from checkin_tui.domain.text import visible
from checkin_tui.interchange.extras import extra
from checkin_tui.interchange.outputs import Progress, Written, format_of, unheard
from checkin_tui.interchange.pages import write_page
from checkin_tui.interchange.papers.bars import EXTRA, Bars, code128_bars, fits_code128, qr_bars
from checkin_tui.interchange.papers.label_fit import LINE, fitted
from checkin_tui.interchange.saving import saving
from checkin_tui.services.context import Context
from checkin_tui.services.papers import read_holders
from checkin_tui.services.status import program_of

BADGE_FORMATS: Final = ("html",)

PAD: Final = 3.0
_BETWEEN: Final = 2.0
_BRANCH: Final = 4.6  # the line of the branch
_QR_MOST: Final = 30.0
_BARS_HIGH: Final = 10.0
_MODULE_MOST: Final = 0.4
_MODULE_LEAST: Final = 0.19  # what an ordinary scanner still reads off a laser printer (7.5 mil)
_NAME: Final = (9.0, 1.6)  # the largest and the smallest letters
_CODE: Final = (4.0, 2.0)
_MONO: Final = 0.62  # how wide a cell of the code is, in sizes of its letters
_EVERY: Final = 50


class _Badge(NamedTuple):
    """One label as the page needs it. left, top: on the sheet. wide, high: of the bars."""

    holder: Holder
    left: float
    top: float
    width: float
    height: float
    name: tuple[str, ...]
    size: float
    branch: str
    leader: str
    code_size: float
    bars: Bars
    wide: float
    high: float


def write_badges(
    ctx: Context,
    path: Path,
    ask: BadgeAsk,
    words: Callable[[Program], BadgeWords],
    *,
    format: str | None = None,
    force: bool = False,
    progress: Progress = unheard,
) -> Written:
    """Write a sheet of badges, or as many as it takes.

    Raises CheckInError `extra_missing`, `badge_start` (limit), `export_code128` (names) for codes that are not ASCII,
    `badge_long` (names) for codes that would be too fine for the label, `export_format`, and as `read_holders`
    and `saving` do.
    """
    kind = format_of(path, format, BADGE_FORMATS)
    labels = LABELS[ask.labels]
    if not 1 <= ask.start <= labels.places:
        raise CheckInError("badge_start", limit=labels.places)
    extra("segno" if ask.kind is BadgeKind.QR else "barcode", EXTRA)
    holders = read_holders(ctx, ask)
    if ask.kind is BadgeKind.CODE128:
        _refuse("export_code128", [one for one in holders if not fits_code128(one.code)])
    _refuse("badge_long", [one for one in holders if _too_long(one.code, ask.kind, labels)])
    said = words(program_of(ctx))
    with saving(path, force=force) as draft:
        pages = _pages(holders, ask, said.leader, progress)
        write_page(draft, "badges.html", paper=said, pages=pages if holders else (), kind=ask.kind.value, pad=PAD)
        progress(len(holders), len(holders))
    return Written(path, kind, len(holders))


def _too_long(code: str, kind: BadgeKind, labels: Labels) -> bool:
    """Whether a scanner could not read it on such a label; longer codes than the program gives are never drawn."""
    if len(code) > CODE_LIMIT:
        return True
    return kind is BadgeKind.CODE128 and _module(code128_bars(code), labels) < _MODULE_LEAST


def _refuse(code: str, holders: list[Holder]) -> None:
    if holders:
        raise CheckInError(code, names=[f"{one.name[:CODE_LIMIT]} ({one.code[:CODE_LIMIT]})" for one in holders])


def _pages(holders: tuple[Holder, ...], ask: BadgeAsk, leader: str, progress: Progress) -> Iterator[list[_Badge]]:
    """The badges of each sheet of labels, one sheet after the other."""
    labels = LABELS[ask.labels]
    page: list[_Badge] = []
    place = ask.start - 1
    for number, holder in enumerate(holders):
        if number % _EVERY == 0:
            progress(number, len(holders))
        page.append(_badge(holder, labels, place, ask.kind, leader if ask.leaders and holder.leader else ""))
        place = (place + 1) % labels.places
        if place == 0:
            yield page
            page = []
    if page:
        yield page


def _badge(holder: Holder, labels: Labels, place: int, kind: BadgeKind, leader: str) -> _Badge:
    from rich.cells import cell_len

    left, top = labels.place(place)
    inner, high = labels.width - 2 * PAD, labels.height - 2 * PAD
    if kind is BadgeKind.QR:
        bars = qr_bars(holder.code)
        side = round(min(_QR_MOST, high, 0.4 * inner), 2)
        wide, tall, room = side, side, inner - side - _BETWEEN
        above = high
    else:
        bars = code128_bars(holder.code)
        wide, tall, room = round(bars.width * _module(bars, labels), 2), _BARS_HIGH, inner
        above = high - tall
    shown = visible(holder.code)
    code_size = max(_CODE[1], min(_CODE[0], room / max(cell_len(shown) * _MONO, 1)))
    code_high = code_size * LINE * (1 if code_size > _CODE[1] else 2) + 1
    branch = _BRANCH if holder.branch or leader else 0.0
    name = fitted(visible(holder.name), room, above - code_high - branch, *_NAME)
    return _Badge(
        holder=holder,
        left=round(left, 2),
        top=round(top, 2),
        width=labels.width,
        height=labels.height,
        name=name.lines,
        size=name.size,
        branch=holder.branch,
        leader=leader,
        code_size=round(code_size, 2),
        bars=bars,
        wide=wide,
        high=tall,
    )


def _module(bars: Bars, labels: Labels) -> float:
    """How wide the narrowest bar can be on that label, in millimetres."""
    return min(_MODULE_MOST, (labels.width - 2 * PAD) / bars.width)
