"""Charts as SVG inside a page: readable in black and white, and told to whoever cannot see them.

What met the line is filled, what missed it is hatched, the line is dashed. Everything is measured in user units, which
the page scales. The figures are in the table beside each chart.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil
from typing import Final

from markupsafe import Markup, escape

from checkin_tui.domain.report_paper import CountChart, RateChart
from checkin_tui.domain.text import visible

_WIDE: Final = 760
_HIGH: Final = 200
_LEFT: Final = 44
_TOP: Final = 26
_UNDER: Final = 64
_ROW: Final = 20
_NAME: Final = 190
_TEXT: Final = 150
_LABEL_LIMIT: Final = 26
_COLUMN_MOST: Final = 34
_SMALLEST, _LARGEST = 9.0, 11.0  # letters
_STYLE: Final = Markup(
    "<style>.ax{stroke:#000;stroke-width:1}.gr{stroke:#bbb;stroke-width:.5}.ln{stroke:#000;stroke-width:1.5;"
    "stroke-dasharray:5 3}.ok{fill:#3b6ea5;stroke:#000;stroke-width:.6}"
    ".no{stroke:#000;stroke-width:.8}text{font-size:11px;fill:#000}</style>"
)


def rate_chart(chart: RateChart, name: str) -> Markup:
    """The chart as an `svg` element. name: unlike that of any other chart of the page, of letters and digits."""
    draw = _upright if chart.upright else _lying
    return draw(chart, name)


def count_chart(chart: CountChart, name: str) -> Markup:
    """How many by minute."""
    most = max((count for _minute, count, _marked in chart.columns), default=0) or 1
    room = _WIDE - _LEFT
    step = room / max(len(chart.columns), 1)
    first = chart.columns[0][0] if chart.columns else 0

    def parts() -> Iterator[Markup]:
        yield _legend(((chart.plain, "ok"), (chart.marked, "no")), name)
        for number in (most, most // 2):
            yield _grid(1 - number / most, str(number))
        for place, (_minute, count, marked) in enumerate(chart.columns):
            if count:
                yield _column(_LEFT + place * step, step * 0.9, count / most, marked=marked, name=name)
        for minute, label in chart.ticks:
            x = _LEFT + (minute - first) * step
            yield _line("ax", x, _TOP + _HIGH, x, _TOP + _HIGH + 5)
            yield _text(x, _TOP + _HIGH + 18, label, "middle" if minute > first else "start")
        yield _line("ax", _LEFT, _TOP + _HIGH, _WIDE, _TOP + _HIGH)

    return _svg(chart.title, chart.about, name, _TOP + _HIGH + 26, parts())


def _upright(chart: RateChart, name: str) -> Markup:
    """A column for each, with a label under it as long as they fit."""
    step = min((_WIDE - _LEFT) / max(len(chart.bars), 1), 3 * _COLUMN_MOST)
    wide = min(step * 0.7, _COLUMN_MOST)
    every = ceil(_SMALLEST / step)  # of very many only some have room for a label

    def parts() -> Iterator[Markup]:
        yield _legend(((chart.met, "ok"), (chart.missed, "no"), (chart.target, "ln"), (chart.scale, "")), name)
        for percent in range(chart.low, 101, 10 if chart.low else 20):
            yield _grid(1 - float(_share(Fraction(percent), chart.low)), f"{percent} %")
        for place, bar in enumerate(chart.bars):
            x = _LEFT + place * step
            if bar.percent is not None:
                share = float(_share(bar.percent, chart.low))
                yield _column(x + (step - wide) / 2, wide, share, marked=not bar.met, name=name)
            if place % every == 0:
                yield _under(x + step / 2, bar.label, max(_SMALLEST, min(_LARGEST, step * 0.9)))
            y = _TOP + _HIGH * (1 - float(_share(bar.line, chart.low)))
            yield _line("ln", x, y, x + step, y)
        yield _line("ax", _LEFT, _TOP + _HIGH, _WIDE, _TOP + _HIGH)

    return _svg(chart.title, chart.about, name, _TOP + _HIGH + _UNDER + 20, parts())


def _lying(chart: RateChart, name: str) -> Markup:
    """A row for each, with its name before and its figures behind."""
    room = _WIDE - _NAME - _TEXT

    def across(percent: Fraction) -> float:
        return _NAME + room * float(_share(percent, chart.low))

    def parts() -> Iterator[Markup]:
        yield _legend(((chart.met, "ok"), (chart.missed, "no"), (chart.target, "ln"), (chart.scale, "")), name)
        for place, bar in enumerate(chart.bars):
            y = _TOP + place * _ROW
            yield _text(_NAME - 6, y + 14, _short(bar.label), "end")
            if bar.percent is not None:
                yield _bar(_NAME, y + 3, across(bar.percent) - _NAME, _ROW - 6, marked=not bar.met, name=name)
            yield _text(_NAME + room + 6, y + 14, bar.text, "start")
            yield _line("ln", across(bar.line), y, across(bar.line), y + _ROW)
        yield _line("ax", _NAME, _TOP, _NAME, _TOP + _ROW * len(chart.bars))

    return _svg(chart.title, chart.about, name, _TOP + _ROW * len(chart.bars) + 6, parts())


def _svg(title: str, about: str, name: str, high: float, parts: Iterator[Markup]) -> Markup:
    hatch = Markup(
        '<pattern id="{0}h" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="5" height="5" fill="#fff"/><rect width="1.6" height="5" fill="#000"/></pattern>'
    ).format(name)
    head = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img" '
        'aria-labelledby="{name}t {name}d"><title id="{name}t">{title}</title><desc id="{name}d">{about}</desc>'
    ).format(wide=_WIDE, high=_round(high), name=name, title=visible(title), about=visible(about))
    return Markup("").join((head, _STYLE, Markup("<defs>"), hatch, Markup("</defs>"), *parts, Markup("</svg>\n")))


def _share(percent: Fraction, low: int) -> Fraction:
    """How far along the scale, 0 to 1; what lies below it is at its beginning."""
    return max(Fraction(0), (percent - low) / (100 - low))


def _legend(entries: tuple[tuple[str, str], ...], name: str) -> Markup:
    """The words for each way of drawing, in one line above. '' only says something."""
    parts, x = [], float(_LEFT)
    for words, kind in entries:
        if kind == "ln":
            parts.append(_line("ln", x, 9, x + 22, 9))
        elif kind:
            parts.append(_bar(x, 4, 22, 10, marked=kind == "no", name=name))
        x += 27 if kind else 0
        parts.append(_text(x, 13, words, "start"))
        x += _cells(words) * 6.2 + 18
    return Markup("").join(parts)


def _cells(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)


def _column(x: float, wide: float, share: float, *, marked: bool, name: str) -> Markup:
    return _bar(x, _TOP + _HIGH * (1 - share), wide, _HIGH * share, marked=marked, name=name)


def _bar(x: float, y: float, wide: float, high: float, *, marked: bool, name: str) -> Markup:
    fill = Markup(' class="no" fill="url(#{}h)"').format(name) if marked else Markup(' class="ok"')
    values = map(_round, (x, y, max(wide, 0.0), max(high, 0.0)))
    return Markup('<rect x="{}" y="{}" width="{}" height="{}"{}/>').format(*values, fill)


def _grid(down: float, label: str) -> Markup:
    y = _TOP + _HIGH * down
    return _line("gr", _LEFT, y, _WIDE, y) + _text(_LEFT - 5, y + 4, label, "end")


def _line(kind: str, x: float, y: float, to_x: float, to_y: float) -> Markup:
    values = map(_round, (x, y, to_x, to_y))
    return Markup('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(kind, *values)


def _text(x: float, y: float, words: str, anchor: str) -> Markup:
    shown = escape(visible(words))
    return Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>').format(_round(x), _round(y), anchor, shown)


def _under(x: float, words: str, size: float) -> Markup:
    """A label that stands on end below its column."""
    place = Markup('<text transform="translate({} {}) rotate(-90)" text-anchor="end" style="font-size:{}px">{}</text>')
    return place.format(_round(x + size / 3), _round(_TOP + _HIGH + 6), _round(size), escape(visible(words)))


def _short(label: str) -> str:
    """As much of a name as there is room for; all of it is in the table."""
    if _cells(label) <= _LABEL_LIMIT:
        return label
    from rich.cells import chop_cells

    return f"{chop_cells(label, _LABEL_LIMIT - 1)[0]}…"


def _round(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
