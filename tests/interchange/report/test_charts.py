"""Charts: what is drawn is what the figures are."""

from __future__ import annotations

import re
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from checkin_tui.domain.report_paper import Bar, CountChart, RateChart
from checkin_tui.interchange.report.charts import count_chart, rate_chart

SPACE = "{http://www.w3.org/2000/svg}"


def chart(*bars: Bar, low: int = 90, upright: bool = True) -> RateChart:
    return RateChart(
        "A <title>", "about \x1b it", bars, low, upright, "scale 90 to 100 %", "met", "missed", "target > 98 %"
    )


def bar(percent: int | None, label: str = "Mon", met: bool | None = True) -> Bar:
    return Bar(label, f"{percent} %", None if percent is None else Fraction(percent), Fraction(98), met)


def drawn(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def boxes(root: ElementTree.Element) -> list[ElementTree.Element]:
    """What is drawn beside the legend and the pattern."""
    return [one for one in root.findall(f"{SPACE}rect") if float(one.get("y", "0")) > 20]


@pytest.mark.parametrize(("upright", "side"), [(True, "height"), (False, "width")])
def test_bars_are_as_long_as_their_rates(upright, side):
    root = drawn(rate_chart(chart(bar(100), bar(95, met=False), bar(None, met=None), bar(80), upright=upright), "c1"))
    long = [float(one.get(side, "")) for one in boxes(root)]
    assert len(long) == 3, "nobody expected, no bar"
    assert long[1] == pytest.approx(long[0] / 2)
    assert long[2] == 0, "below the scale"
    assert [one.get("class") for one in boxes(root)] == ["ok", "no", "ok"], "told apart without colour"


def test_it_is_told_to_whoever_cannot_see_it():
    root = drawn(rate_chart(chart(bar(100)), "c1"))
    ids = (root.get("aria-labelledby") or "").split()
    assert [root.find(f"{SPACE}{tag}").get("id") for tag in ("title", "desc")] == ids
    assert [root.find(f"{SPACE}{tag}").text for tag in ("title", "desc")] == ["A <title>", "about ␛ it"]


def test_names_are_letters_and_nothing_is_fetched():
    svg = rate_chart(chart(bar(99, "<script>x</script> " + "长" * 40), upright=False), "c1")
    drawn(svg)
    assert "<script" not in svg
    assert "…" in svg
    assert re.findall(r"(?:href|src|url\()=?[\"']?(?!#)\w+", svg) == []


def test_minutes_are_columns():
    columns = ((-1, 2, False), (0, 4, False), (1, 0, False), (2, 1, True))
    root = drawn(count_chart(CountChart("t", "a", columns, ((0, "start"),), "in time", "later"), "c2"))
    high = [float(one.get("height", "")) for one in boxes(root)]
    assert high == [pytest.approx(high[1] / 2), high[1], pytest.approx(high[1] / 4)]
    assert [one.get("class") for one in boxes(root)] == ["ok", "ok", "no"]


def test_without_anything_there_is_an_empty_chart():
    assert boxes(drawn(rate_chart(chart(), "c1"))) == []
    assert boxes(drawn(count_chart(CountChart("t", "a", (), (), "x", "y"), "c2"))) == []
